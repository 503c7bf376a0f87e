//! Waiting for the GPU, on the caller's thread or on one of its own: libuv's few stay free for files and names.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Sender, channel};
use std::sync::{Mutex, PoisonError};
use std::thread;

use napi::Env;
use napi::bindgen_prelude::{Either, Object, ToNapiValue};
use tagswitch_addon_values::error::{Result, coded, into_js};

type Job = Box<dyn FnOnce() + Send>;

/// What waited for the GPU gives, or a promise of it.
pub type Answer<'env, V> = Either<V, Object<'env>>;

static QUEUE: Mutex<Option<Sender<Job>>> = Mutex::new(None);

/// Runs `work`, which waits for the GPU: at once, or `later`, as [`promise`] does.
pub fn answer<'env, T, V>(
    env: &'env Env,
    later: bool,
    work: impl FnOnce() -> Result<T> + Send + 'static,
    value: fn(&Env, T) -> V,
) -> Result<Answer<'env, V>>
where
    T: Send + 'static,
    V: ToNapiValue + 'static,
{
    if later {
        return promise(env, work, value).map(Either::B);
    }
    work().map(|given| Either::A(value(env, given)))
}

/// Runs `work` on the GPU's thread; the promise gets what it returns, made a JavaScript value on the caller's thread.
///
/// The promise is left alone if its environment ends before.
pub fn promise<'env, T, V>(
    env: &'env Env,
    work: impl FnOnce() -> Result<T> + Send + 'static,
    value: fn(&Env, T) -> V,
) -> Result<Object<'env>>
where
    T: Send + 'static,
    V: ToNapiValue + 'static,
{
    type Settle<V> = Box<dyn FnOnce(Env) -> napi::Result<V> + Send>;
    let (deferred, promise) = env
        .create_deferred::<V, Settle<V>>()
        .map_err(|error| coded("ERR_GPU_INTERNAL", &error.reason))?;
    run(Box::new(move || {
        let result = catch_unwind(AssertUnwindSafe(work))
            .unwrap_or_else(|_| Err(coded("ERR_GPU_INTERNAL", "gpu: a panic on the GPU's thread")));
        deferred.resolve(Box::new(move |env| match result {
            Ok(given) => Ok(value(&env, given)),
            Err(error) => Err(into_js(env, error)),
        }));
    }))?;
    Ok(promise)
}

fn run(mut job: Job) -> Result<()> {
    let mut queue = QUEUE.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(sender) = queue.as_ref() {
        match sender.send(job) {
            Ok(()) => return Ok(()),
            Err(unsent) => job = unsent.0,
        }
    }
    let (sender, receiver) = channel::<Job>();
    thread::Builder::new()
        .name("tagswitch-gpu".to_owned())
        .spawn(move || receiver.into_iter().for_each(|job| _ = catch_unwind(AssertUnwindSafe(job))))
        .map_err(|error| {
            coded("ERR_GPU_INTERNAL", &format!("gpu: no thread to wait on: {error}"))
        })?;
    // The thread holds the receiver until the sender is gone.
    _ = sender.send(job);
    *queue = Some(sender);
    Ok(())
}
