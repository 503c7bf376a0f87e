//! Waiting for the GPU happens on a thread of its own: libuv's few stay free for files and names.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Sender, channel};
use std::sync::{Mutex, PoisonError};
use std::thread;

use napi::Env;
use napi::bindgen_prelude::{Object, ToNapiValue};

use crate::error::{Result, coded, into_js};

type Job = Box<dyn FnOnce() + Send>;

static QUEUE: Mutex<Option<Sender<Job>>> = Mutex::new(None);

/// Runs `work` on the GPU's thread; the promise gets what it returns, made a JavaScript value on the caller's thread.
///
/// The promise is left alone if its environment ends before.
pub fn promise<'env, T, V>(
    env: &'env Env,
    work: impl FnOnce() -> Result<T> + Send + 'static,
    value: fn(T) -> V,
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
        deferred
            .resolve(Box::new(move |env| result.map(value).map_err(|error| into_js(env, error))));
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
