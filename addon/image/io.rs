//! Image files, at once or on a thread of the pool.

use std::panic::{AssertUnwindSafe, catch_unwind};

use napi::bindgen_prelude::{
    AsyncTask, Either5, Float32Array, Float64Array, Int32Array, Uint8Array, Uint16Array,
};
use napi::{Env, Task};
use napi_derive::napi;
use tagswitch_addon_values::error::{Result, coded, into_js, io_error, kernel_error, shape_error};
use tagswitch_addon_values::geometry::Geometry;
use tagswitch_addon_values::samples::{TypedArray, borrow_input};
use tagswitch_image::{ImageView, ImageViewMut, Samples, SamplesRef, Shape};
use tagswitch_kernels_cpu::io::{self, Decoded, Format, Limits, Quality};
use tagswitch_kernels_cpu::util::{AsUnsigned, img_as_ubyte};

/// An image out of a file.
#[napi(object, object_from_js = false)]
pub struct DecodedImage {
    #[napi(
        ts_type = "Uint8Array<ArrayBuffer> | Uint16Array<ArrayBuffer> | Int32Array<ArrayBuffer> | Float32Array<ArrayBuffer> | Float64Array<ArrayBuffer>"
    )]
    pub data: Either5<Uint8Array, Uint16Array, Int32Array, Float32Array, Float64Array>,
    pub width: u32,
    pub height: u32,
    pub channels: u32,
    /// Whether the last channel is opacity.
    pub alpha: bool,
}

impl From<Decoded> for DecodedImage {
    fn from(Decoded { shape, alpha, samples, .. }: Decoded) -> Self {
        // The memory goes to JavaScript as it is; where the engine forbids that, napi copies it.
        let data = match samples {
            Samples::U8(samples) => Either5::A(samples.into()),
            Samples::U16(samples) => Either5::B(samples.into()),
            Samples::I32(samples) => Either5::C(samples.into()),
            Samples::F32(samples) => Either5::D(samples.into()),
            Samples::F64(samples) => Either5::E(samples.into()),
        };
        // Decoders have sides of at most 32 bits.
        let [height, width, channels] =
            [shape.height(), shape.width(), shape.channels()].map(|side| side as u32);
        Self { data, width, height, channels, alpha }
    }
}

/// Reads an image file from memory.
#[napi(catch_unwind, ts_args_type = "bytes: Uint8Array, maxPixels: number")]
pub fn decode_image(bytes: TypedArray<'_>, max_pixels: f64) -> Result<DecodedImage> {
    let decoded = io::decode(file(bytes)?, &limits(max_pixels)).map_err(io_error)?;
    Ok(decoded.into())
}

/// As `decodeImage`, off the event loop.
#[napi(
    catch_unwind,
    ts_args_type = "bytes: Uint8Array, maxPixels: number",
    ts_return_type = "Promise<DecodedImage>"
)]
pub fn decode_image_async(bytes: TypedArray<'_>, max_pixels: f64) -> Result<AsyncTask<Decode>> {
    // JavaScript goes on and may write the buffer; files are small beside what is in them.
    let bytes = file(bytes)?.to_vec();
    Ok(AsyncTask::new(Decode { bytes, limits: limits(max_pixels) }))
}

/// Makes an image file in memory: `format` is "png", "jpeg", "webp" or "tiff", `quality` (1 to 100) is for JPEG. Floats
/// become bytes unless it is TIFF.
#[napi(
    catch_unwind,
    ts_args_type = "image: Uint8Array | Uint16Array | Int32Array | Float32Array | Float64Array, geometry: Geometry, format: string, quality?: number",
    ts_return_type = "Uint8Array<ArrayBuffer>"
)]
pub fn encode_image(
    image: TypedArray<'_>,
    geometry: Geometry,
    format: String,
    quality: Option<u32>,
) -> Result<Uint8Array> {
    let samples = borrow_input("image", image)?;
    let target = Target::new(geometry, &format, quality)?;
    Ok(target.encode(samples)?.into())
}

/// As `encodeImage`, off the event loop; the samples are copied before it returns.
#[napi(
    catch_unwind,
    ts_args_type = "image: Uint8Array | Uint16Array | Int32Array | Float32Array | Float64Array, geometry: Geometry, format: string, quality?: number",
    ts_return_type = "Promise<Uint8Array<ArrayBuffer>>"
)]
pub fn encode_image_async(
    image: TypedArray<'_>,
    geometry: Geometry,
    format: String,
    quality: Option<u32>,
) -> Result<AsyncTask<Encode>> {
    let samples = borrow_input("image", image)?.to_samples();
    Ok(AsyncTask::new(Encode { samples, target: Target::new(geometry, &format, quality)? }))
}

/// The bytes of a file, of which there must be some.
fn file(bytes: TypedArray<'_>) -> Result<&[u8]> {
    match borrow_input("bytes", bytes)? {
        SamplesRef::U8(bytes) => Ok(bytes),
        other => {
            let message = format!("bytes are {}; expected a Uint8Array", other.type_name());
            Err(coded("ERR_IMAGE_DTYPE", &message))
        }
    }
}

fn limits(max_pixels: f64) -> Limits {
    // Saturates; NaN allows nothing.
    Limits { max_pixels: max_pixels as u64 }
}

/// What to write.
struct Target {
    shape: Shape,
    format: Format,
    quality: Quality,
}

impl Target {
    fn new(geometry: Geometry, format: &str, quality: Option<u32>) -> Result<Self> {
        let refuse = |message: String| coded("ERR_IMAGE_OPTION", &message);
        let quality = match quality {
            None => Quality::default(),
            Some(given) => u8::try_from(given)
                .ok()
                .and_then(Quality::new)
                .ok_or_else(|| refuse(format!("quality is {given}; expected 1 to 100")))?,
        };
        let format = Format::of_extension(format).ok_or_else(|| {
            refuse(format!("format is {format:?}; expected png, jpeg, webp or tiff"))
        })?;
        Ok(Self { shape: geometry.shape()?, format, quality })
    }

    fn encode(&self, samples: SamplesRef<'_>) -> Result<Vec<u8>> {
        let bytes = match samples {
            _ if self.format == Format::Tiff => None,
            SamplesRef::F32(samples) => Some(bytes(samples, self.shape)?),
            SamplesRef::F64(samples) => Some(bytes(samples, self.shape)?),
            _ => None,
        };
        let samples = bytes.as_deref().map_or(samples, SamplesRef::U8);
        io::encode(samples, self.shape, self.format, self.quality).map_err(io_error)
    }
}

fn bytes<T: AsUnsigned>(samples: &[T], shape: Shape) -> Result<Vec<u8>> {
    let mut bytes = vec![0; samples.len()];
    let image = ImageView::new(samples, shape).map_err(shape_error)?;
    let out = ImageViewMut::new(&mut bytes, shape).map_err(shape_error)?;
    img_as_ubyte(image, out).map_err(kernel_error)?;
    Ok(bytes)
}

pub struct Decode {
    bytes: Vec<u8>,
    limits: Limits,
}

impl Task for Decode {
    /// Our own error, whose code `napi`'s result has no place for.
    type Output = Result<Decoded>;
    type JsValue = DecodedImage;

    fn compute(&mut self) -> napi::Result<Self::Output> {
        Ok(caught(|| io::decode(&self.bytes, &self.limits).map_err(io_error)))
    }

    fn resolve(&mut self, env: Env, output: Self::Output) -> napi::Result<Self::JsValue> {
        output.map(DecodedImage::from).map_err(|error| into_js(env, error))
    }
}

pub struct Encode {
    samples: Samples,
    target: Target,
}

impl Task for Encode {
    type Output = Result<Vec<u8>>;
    type JsValue = Uint8Array;

    fn compute(&mut self) -> napi::Result<Self::Output> {
        Ok(caught(|| self.target.encode(self.samples.as_ref())))
    }

    fn resolve(&mut self, env: Env, output: Self::Output) -> napi::Result<Self::JsValue> {
        output.map(Uint8Array::from).map_err(|error| into_js(env, error))
    }
}

/// A panic must not unwind into the pool's thread.
fn caught<T>(work: impl FnOnce() -> Result<T>) -> Result<T> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|panic| {
        let what = panic.downcast_ref::<&str>().map(ToString::to_string);
        let what = what.or_else(|| panic.downcast_ref::<String>().cloned());
        Err(coded("ERR_IMAGE_FORMAT", &format!("the codec failed: {}", what.unwrap_or_default())))
    })
}
