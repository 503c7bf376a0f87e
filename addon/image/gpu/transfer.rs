//! Samples to the GPU and back.

use napi::Env;
use napi::bindgen_prelude::{Either4, Float32Array, Int32Array, Object, Uint8Array, Uint16Array};
use napi_derive::napi;
use tagswitch_addon_values::error::{Result, coded};
use tagswitch_addon_values::geometry::Geometry;
use tagswitch_addon_values::samples::{TypedArray, borrow, borrow_input};
use tagswitch_image::{SamplesMut, SamplesRef};
use tagswitch_kernels_gpu::{DType, GpuImage, Shape, engine};

use super::background::promise;
use super::gpu_error;
use super::handle::GpuImageHandle;

/// Samples of the four types that the GPU has.
enum Owned {
    U8(Vec<u8>),
    U16(Vec<u16>),
    I32(Vec<i32>),
    F32(Vec<f32>),
}

/// Copies an image to the GPU. `allowSoftware` lets a software adapter do where there is no other.
#[napi(
    catch_unwind,
    ts_args_type = "image: Uint8Array | Uint16Array | Int32Array | Float32Array, geometry: Geometry, allowSoftware: boolean"
)]
pub fn gpu_upload(
    env: &Env,
    image: TypedArray<'_>,
    geometry: Geometry,
    allow_software: bool,
) -> Result<GpuImageHandle> {
    let shape =
        Shape { height: geometry.height, width: geometry.width, channels: geometry.channels };
    let (bytes, dtype) = match borrow_input("image", image)? {
        SamplesRef::U8(samples) => (samples, DType::U8),
        SamplesRef::U16(samples) => (bytemuck::cast_slice(samples), DType::U16),
        SamplesRef::I32(samples) => (bytemuck::cast_slice(samples), DType::I32),
        SamplesRef::F32(samples) => (bytemuck::cast_slice(samples), DType::F32),
        SamplesRef::F64(_) => {
            let message = "gpu.upload: image is float64; the GPU has 32-bit floats only";
            return Err(coded("ERR_GPU_DTYPE", message));
        }
    };
    let engine = engine(allow_software).map_err(gpu_error)?;
    let image = GpuImage::upload(&engine, bytes, shape, dtype).map_err(gpu_error)?;
    Ok(GpuImageHandle::new(env, image))
}

/// Runs what was recorded and copies the image to `out`. Waits.
#[napi(
    catch_unwind,
    ts_args_type = "handle: GpuImageHandle, out: Uint8Array | Uint16Array | Int32Array | Float32Array"
)]
pub fn gpu_download(handle: &GpuImageHandle, out: TypedArray<'_>) -> Result<()> {
    let image = handle.image("gpu.download")?;
    let ([], out) = borrow([], [], out)?;
    let given = out.type_name();
    let bytes = match (out, image.dtype()) {
        (SamplesMut::U8(samples), DType::U8) => samples,
        (SamplesMut::U16(samples), DType::U16) => bytemuck::cast_slice_mut(samples),
        (SamplesMut::I32(samples), DType::I32) => bytemuck::cast_slice_mut(samples),
        (SamplesMut::F32(samples), DType::F32) => bytemuck::cast_slice_mut(samples),
        (_, dtype) => {
            let message = format!("gpu.download: out is {given}; the image is {dtype:?}");
            return Err(coded("ERR_GPU_DTYPE", &message));
        }
    };
    image.download(bytes).map_err(gpu_error)
}

/// Runs what was recorded and copies the image, off the event loop.
#[napi(
    catch_unwind,
    ts_args_type = "handle: GpuImageHandle",
    ts_return_type = "Promise<Uint8Array<ArrayBuffer> | Uint16Array<ArrayBuffer> | Int32Array<ArrayBuffer> | Float32Array<ArrayBuffer>>"
)]
pub fn gpu_download_async<'env>(env: &'env Env, handle: &GpuImageHandle) -> Result<Object<'env>> {
    let image = handle.image("gpu.download")?.clone();
    promise(
        env,
        move || download(&image),
        |_, samples| match samples {
            // The memory goes to JavaScript as it is; where the engine forbids that, napi copies it.
            Owned::U8(samples) => Either4::A(Uint8Array::from(samples)),
            Owned::U16(samples) => Either4::B(Uint16Array::from(samples)),
            Owned::I32(samples) => Either4::C(Int32Array::from(samples)),
            Owned::F32(samples) => Either4::D(Float32Array::from(samples)),
        },
    )
}

fn download(image: &GpuImage) -> Result<Owned> {
    fn samples<T: bytemuck::Pod>(image: &GpuImage) -> Result<Vec<T>> {
        let count = image.byte_length() as usize / size_of::<T>();
        let mut samples = Vec::new();
        samples
            .try_reserve_exact(count)
            .map_err(|error| coded("ERR_GPU_OUT_OF_MEMORY", &format!("gpu.download: {error}")))?;
        samples.resize(count, T::zeroed());
        image.download(bytemuck::cast_slice_mut(&mut samples)).map_err(gpu_error)?;
        Ok(samples)
    }
    Ok(match image.dtype() {
        DType::U8 => Owned::U8(samples(image)?),
        DType::U16 => Owned::U16(samples(image)?),
        DType::I32 => Owned::I32(samples(image)?),
        DType::F32 => Owned::F32(samples(image)?),
    })
}
