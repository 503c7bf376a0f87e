//! TIFF, whose sample types go beyond what the `image` crate reads and writes.

use std::io::Cursor;

use image::codecs::tiff::TiffDecoder;
use tagswitch_image::{Samples, SamplesRef, Shape};
use tiff::ColorType;
use tiff::decoder::{Decoder, DecodingResult, Limits as TiffLimits};
use tiff::encoder::{TiffEncoder, TiffValue, colortype};

use super::decoded::{Decoded, read};
use super::limits::{Limits, allowance, check_size};
use super::tiff_directory::{as_stored, check_texts};
use super::{Error, Format, Result};

const FORMAT: Format = Format::Tiff;

pub(super) fn decode(bytes: &[u8], limits: &Limits) -> Result<Decoded> {
    check_texts(bytes)?;
    let bytes = &*as_stored(bytes);
    let memory = usize::try_from(allowance(limits)).unwrap_or(usize::MAX);
    let mut allowed = TiffLimits::default();
    allowed.decoding_buffer_size = memory;
    allowed.intermediate_buffer_size = memory;
    let mut decoder = Decoder::new(Cursor::new(bytes)).map_err(Error::tiff)?.with_limits(allowed);
    let (width, height) = decoder.dimensions().map_err(Error::tiff)?;
    check_size(FORMAT, width, height, limits)?;
    let channels = match decoder.colortype().map_err(Error::tiff)? {
        ColorType::Gray(8 | 16 | 32 | 64) => 1,
        ColorType::GrayA(8 | 16 | 32 | 64) => 2,
        ColorType::RGB(8 | 16 | 32 | 64) => 3,
        ColorType::RGBA(8 | 16 | 32 | 64) => 4,
        // Single bits, CMYK.
        _ => {
            let wrap = |error| Error::decoding(FORMAT, &error);
            let decoder = TiffDecoder::new(Cursor::new(bytes)).map_err(wrap)?;
            let mut allowed = image::Limits::default();
            allowed.max_alloc = Some(allowance(limits));
            return read(decoder, FORMAT, limits, allowed);
        }
    };
    let shape = Shape::new(height as usize, width as usize, channels).map_err(malformed)?;
    let mut result = DecodingResult::U8(Vec::new());
    let planes = decoder.read_image_to_buffer(&mut result).map_err(Error::tiff)?.planes;
    let samples = match result {
        DecodingResult::U8(samples) => Samples::U8(interleaved(samples, planes, shape)?),
        DecodingResult::U16(samples) => Samples::U16(interleaved(samples, planes, shape)?),
        DecodingResult::I8(samples) => Samples::I32(interleaved(widened(&samples), planes, shape)?),
        DecodingResult::I16(samples) => {
            Samples::I32(interleaved(widened(&samples), planes, shape)?)
        }
        DecodingResult::I32(samples) => Samples::I32(interleaved(samples, planes, shape)?),
        DecodingResult::F32(samples) => Samples::F32(interleaved(samples, planes, shape)?),
        DecodingResult::F64(samples) => Samples::F64(interleaved(samples, planes, shape)?),
        DecodingResult::U32(_) => return Err(unsupported("uint32 samples")),
        DecodingResult::U64(_) => return Err(unsupported("uint64 samples")),
        DecodingResult::I64(_) => return Err(unsupported("int64 samples")),
        DecodingResult::F16(_) => return Err(unsupported("float16 samples")),
    };
    Ok(Decoded { shape, alpha: matches!(channels, 2 | 4), samples, format: FORMAT })
}

fn widened<T: Copy + Into<i32>>(samples: &[T]) -> Vec<i32> {
    samples.iter().map(|&sample| sample.into()).collect()
}

/// Pixels from planes, one per channel, where the file has them.
fn interleaved<T: Copy>(samples: Vec<T>, planes: usize, shape: Shape) -> Result<Vec<T>> {
    if samples.len() != shape.len() {
        return Err(malformed(format!("{} samples for shape {shape}", samples.len())));
    }
    if planes <= 1 {
        return Ok(samples);
    }
    let pixels = shape.pixels();
    let pixel = |at| (0..shape.channels()).map(move |channel| channel * pixels + at);
    Ok((0..pixels).flat_map(pixel).map(|at| samples[at]).collect())
}

fn malformed(reason: impl ToString) -> Error {
    Error::Malformed { format: FORMAT, reason: reason.to_string() }
}

fn unsupported(reason: &str) -> Error {
    Error::Unsupported { format: FORMAT, reason: reason.into() }
}

/// Uncompressed, one page.
pub(super) fn encode(samples: SamplesRef<'_>, shape: Shape) -> Result<Vec<u8>> {
    use colortype::{Gray8, Gray16, Gray32Float, Gray64Float, GrayI32};
    use colortype::{RGB8, RGB16, RGB32Float, RGB64Float, RGBA8, RGBA16, RGBA32Float, RGBA64Float};

    match (samples, shape.channels()) {
        (SamplesRef::U8(samples), 1) => write::<Gray8>(samples, shape),
        (SamplesRef::U8(samples), 3) => write::<RGB8>(samples, shape),
        (SamplesRef::U8(samples), 4) => write::<RGBA8>(samples, shape),
        (SamplesRef::U16(samples), 1) => write::<Gray16>(samples, shape),
        (SamplesRef::U16(samples), 3) => write::<RGB16>(samples, shape),
        (SamplesRef::U16(samples), 4) => write::<RGBA16>(samples, shape),
        (SamplesRef::I32(samples), 1) => write::<GrayI32>(samples, shape),
        (SamplesRef::F32(samples), 1) => write::<Gray32Float>(samples, shape),
        (SamplesRef::F32(samples), 3) => write::<RGB32Float>(samples, shape),
        (SamplesRef::F32(samples), 4) => write::<RGBA32Float>(samples, shape),
        (SamplesRef::F64(samples), 1) => write::<Gray64Float>(samples, shape),
        (SamplesRef::F64(samples), 3) => write::<RGB64Float>(samples, shape),
        (SamplesRef::F64(samples), 4) => write::<RGBA64Float>(samples, shape),
        (samples, channels) => Err(Error::Shape {
            format: FORMAT,
            given: format!("{channels} channels of {}", samples.type_name()),
            expected: "1 channel, or 3 or 4 of a type other than int32",
        }),
    }
}

fn write<C: colortype::ColorType>(samples: &[C::Inner], shape: Shape) -> Result<Vec<u8>>
where
    [C::Inner]: TiffValue,
{
    let failed = |reason: String| Error::Encoding { format: FORMAT, reason };
    let side = |side: usize| u32::try_from(side).map_err(|error| failed(error.to_string()));
    let (width, height) = (side(shape.width())?, side(shape.height())?);
    let mut bytes = Cursor::new(Vec::new());
    TiffEncoder::new(&mut bytes)
        .and_then(|mut encoder| encoder.write_image::<C>(width, height, samples))
        .map_err(|error| failed(error.to_string()))?;
    Ok(bytes.into_inner())
}
