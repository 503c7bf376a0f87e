//! Kernels on another thread than JavaScript's, which goes on meanwhile.

use std::cell::RefCell;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::ptr;
use std::sync::{Arc, Condvar, Mutex, PoisonError};

use napi::bindgen_prelude::{FromNapiValue, Object, ToNapiValue, Unknown};
use napi::{Env, JsValue, sys};
use tagswitch_addon_values::error::{Result, coded, into_js};
use tagswitch_kernels_cpu::threads;

/// A call of a kernel, as JavaScript asks for it.
pub struct Call<'env> {
    pub env: &'env Env,
    pub args: Vec<Unknown<'env>>,
}

/// A binding of a kernel: arguments that JavaScript gives, a result that it gets.
pub trait Binding<A, R> {
    /// The binding with its arguments, for any thread.
    fn prepare(self, call: &Call<'_>) -> napi::Result<impl FnOnce() -> Result<R> + Send + 'static>;
}

macro_rules! bindings {
    ($($argument:ident $name:ident),*) => {
        impl<F, R, $($argument),*> Binding<($($argument,)*), R> for F
        where
            F: FnOnce($($argument),*) -> Result<R> + Send + 'static,
            $($argument: FromNapiValue + Send + 'static),*
        {
            fn prepare(
                self,
                call: &Call<'_>,
            ) -> napi::Result<impl FnOnce() -> Result<R> + Send + 'static> {
                let mut args = call.args.iter();
                $(let $name = call.argument::<$argument>(args.next())?;)*
                Ok(move || self($($name),*))
            }
        }
    };
}

bindings!(A a, B b);
bindings!(A a, B b, C c);
bindings!(A a, B b, C c, D d);
bindings!(A a, B b, C c, D d, E e);
bindings!(A a, B b, C c, D d, E e, F1 f);
bindings!(A a, B b, C c, D d, E e, F1 f, G g);
bindings!(A a, B b, C c, D d, E e, F1 f, G g, H h);
bindings!(A a, B b, C c, D d, E e, F1 f, G g, H h, I i);
bindings!(A a, B b, C c, D d, E e, F1 f, G g, H h, I i, J j);
bindings!(A a, B b, C c, D d, E e, F1 f, G g, H h, I i, J j, K k);
bindings!(A a, B b, C c, D d, E e, F1 f, G g, H h, I i, J j, K k, L l);

impl<'env> Call<'env> {
    fn argument<T: FromNapiValue>(&self, given: Option<&Unknown<'_>>) -> napi::Result<T> {
        match given {
            // SAFETY: a value of this environment; the handles of the call are open.
            Some(value) => unsafe { T::from_napi_value(self.env.raw(), value.raw()) },
            None => {
                let mut undefined = ptr::null_mut();
                // SAFETY: the environment is the call's, `undefined` a place for the result, and then a value of it.
                unsafe {
                    sys::napi_get_undefined(self.env.raw(), &mut undefined);
                    T::from_napi_value(self.env.raw(), undefined)
                }
            }
        }
    }

    /// Has `binding` run on a thread of its own; the promise gets its result, on the caller's. Typed arrays among the arguments are held
    /// until then. Nobody else may reach their memory: JavaScript could write it meanwhile, or take it away.
    ///
    /// The promise is left alone if its environment ends before; the environment waits for the kernel.
    pub fn start<A, R>(self, binding: impl Binding<A, R>) -> Result<Object<'env>>
    where
        R: ToNapiValue + Send + 'static,
    {
        type Settle<R> = Box<dyn FnOnce(Env) -> napi::Result<R> + Send>;
        let internal = |error: napi::Error| coded("InvalidArg", &error.reason);
        let work = binding.prepare(&self).map_err(internal)?;
        let (deferred, promise) = self.env.create_deferred::<R, Settle<R>>().map_err(internal)?;
        let running = running(self.env).map_err(internal)?;
        let held = Held::new(self.env, &self.args);
        let visit = running.enter();
        let spawned = threads::spawn(move || {
            let result = catch_unwind(AssertUnwindSafe(work))
                .unwrap_or_else(|_| Err(coded("GenericFailure", "a panic in the kernel")));
            deferred.resolve(Box::new(move |env| {
                held.release(env);
                result.map_err(|error| into_js(env, error))
            }));
            drop(visit);
        });
        if spawned {
            return Ok(promise);
        }
        Err(coded("ERR_IMAGE_LIMIT", "the system gives no thread to run the kernel on"))
    }
}

/// Values that the engine keeps.
struct Held(Vec<sys::napi_ref>);

// SAFETY: references are used by `new` and `release` alone, each on the environment's thread.
unsafe impl Send for Held {}

impl Held {
    /// Numbers and the like, which cannot be held, need it not.
    fn new(env: &Env, values: &[Unknown<'_>]) -> Self {
        let hold = |value: &Unknown<'_>| {
            let mut reference = ptr::null_mut();
            // SAFETY: environment and value are of the call that is under way, `reference` is a place for the result.
            let status =
                unsafe { sys::napi_create_reference(env.raw(), value.raw(), 1, &mut reference) };
            (status == sys::Status::napi_ok).then_some(reference)
        };
        Self(values.iter().filter_map(hold).collect())
    }

    fn release(self, env: Env) {
        for reference in self.0 {
            // SAFETY: made by `new` in this environment, on whose thread this is, and deleted once.
            unsafe { sys::napi_delete_reference(env.raw(), reference) };
        }
    }
}

/// How many kernels run for an environment.
#[derive(Default)]
struct Running {
    count: Mutex<usize>,
    changed: Condvar,
}

/// One of them, until it is dropped.
struct Visit(Arc<Running>);

impl Running {
    fn enter(self: &Arc<Self>) -> Visit {
        *self.count.lock().unwrap_or_else(PoisonError::into_inner) += 1;
        Visit(Arc::clone(self))
    }

    fn wait_for_none(&self) {
        let mut count = self.count.lock().unwrap_or_else(PoisonError::into_inner);
        while *count > 0 {
            count = self.changed.wait(count).unwrap_or_else(PoisonError::into_inner);
        }
    }
}

impl Drop for Visit {
    fn drop(&mut self) {
        *self.0.count.lock().unwrap_or_else(PoisonError::into_inner) -= 1;
        self.0.changed.notify_all();
    }
}

/// Those of this thread's environment, which waits for them before it ends and its memory with it.
fn running(env: &Env) -> napi::Result<Arc<Running>> {
    thread_local! {
        static RUNNING: RefCell<Option<Arc<Running>>> = const { RefCell::new(None) };
    }
    if let Some(running) = RUNNING.with_borrow(Clone::clone) {
        return Ok(running);
    }
    let running = Arc::new(Running::default());
    env.add_env_cleanup_hook(Arc::clone(&running), |running| {
        running.wait_for_none();
        RUNNING.set(None);
    })?;
    RUNNING.set(Some(Arc::clone(&running)));
    Ok(running)
}
