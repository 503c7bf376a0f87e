//! A GPU image as JavaScript holds it.

use std::sync::Arc;

use napi::Env;
use napi::bindgen_prelude::ObjectFinalize;
use napi_derive::napi;
use tagswitch_addon_values::error::{Result, coded};
use tagswitch_kernels_gpu::{DType, GpuImage};

/// An image in GPU memory. It is freed by `gpuDispose`, or with the object.
#[napi(custom_finalize)]
pub struct GpuImageHandle {
    image: Option<GpuImage>,
}

/// What there is to know of a GPU image without its samples.
#[napi(object, object_from_js = false)]
pub struct GpuImageHeader {
    pub width: u32,
    pub height: u32,
    pub channels: u32,
    #[napi(ts_type = "\"uint8\" | \"uint16\" | \"int32\" | \"float32\"")]
    pub dtype: &'static str,
}

impl GpuImageHandle {
    /// Hands an image to JavaScript, whose garbage collector is told of its size.
    pub fn new(env: &Env, image: GpuImage) -> Self {
        account(env, &image, 1);
        Self { image: Some(image) }
    }

    /// The image, unless it was disposed of.
    pub fn image(&self, operation: &str) -> Result<&GpuImage> {
        self.image.as_ref().ok_or_else(|| {
            coded("ERR_GPU_DISPOSED", &format!("{operation}: the image was disposed of"))
        })
    }

    fn free(&mut self, env: &Env) {
        if let Some(image) = self.image.take() {
            account(env, &image, -1);
            let engine = Arc::clone(image.engine());
            drop(image);
            engine.reclaim();
        }
    }
}

impl ObjectFinalize for GpuImageHandle {
    fn finalize(mut self, env: Env) -> napi::Result<()> {
        self.free(&env);
        Ok(())
    }
}

fn account(env: &Env, image: &GpuImage, sign: i64) {
    // At most 2^33 bytes. The figure only guides the garbage collector, and nothing can be done if that fails.
    _ = env.adjust_external_memory(sign * image.byte_length() as i64);
}

/// Width, height, channels and dtype.
#[napi(catch_unwind)]
pub fn gpu_header(handle: &GpuImageHandle) -> Result<GpuImageHeader> {
    let image = handle.image("gpu.header")?;
    let shape = image.shape();
    let dtype = match image.dtype() {
        DType::U8 => "uint8",
        DType::U16 => "uint16",
        DType::I32 => "int32",
        DType::F32 => "float32",
    };
    Ok(GpuImageHeader { width: shape.width, height: shape.height, channels: shape.channels, dtype })
}

/// Another handle of the same image and memory; nothing for one that was disposed of.
#[napi(catch_unwind)]
pub fn gpu_share(env: &Env, handle: &GpuImageHandle) -> Option<GpuImageHandle> {
    handle.image.clone().map(|image| GpuImageHandle::new(env, image))
}

/// Frees the image's memory for other images. Later uses fail; doing it twice is fine.
#[napi(catch_unwind)]
pub fn gpu_dispose(env: &Env, handle: &mut GpuImageHandle) {
    handle.free(env);
}
