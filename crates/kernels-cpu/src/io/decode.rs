use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

use image::codecs::jpeg::JpegDecoder;
use image::codecs::png::PngDecoder;
use image::codecs::webp::WebPDecoder;
use image::{ColorType, ImageDecoder};
use tagswitch_image::{Samples, Shape};

use super::complete::{is_complete, palette};
use super::{Error, Format, Result, tiff};

/// What a decoder may use beside the samples themselves.
const SCRATCH: u64 = 256 << 20;

/// How much a file may ask for.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Rows times columns.
    pub max_pixels: u64,
}

impl Default for Limits {
    /// 2²⁷ pixels, about 134 million.
    fn default() -> Self {
        Self { max_pixels: 1 << 27 }
    }
}

/// An image out of a file.
#[derive(Clone, Debug)]
pub struct Decoded {
    /// Rows, columns and channels.
    pub shape: Shape,
    /// Whether the last channel is opacity.
    pub alpha: bool,
    /// The samples, as many as the shape says.
    pub samples: Samples,
    /// Where they come from.
    pub format: Format,
}

/// Reads a file that is in memory.
///
/// Sample types are the file's: 8 and 16 bits unsigned, of TIFF also 32-bit integers, 32- and 64-bit floats (8- and
/// 16-bit signed integers widen to 32). Palettes become RGB, fewer bits than 8 become 8, CMYK becomes RGB.
///
/// # Errors
///
/// [`Error::Unknown`], [`Error::Malformed`] (truncated files too), [`Error::Unsupported`], [`Error::Limit`].
pub fn decode(bytes: &[u8], limits: &Limits) -> Result<Decoded> {
    let format =
        Format::of_bytes(bytes).ok_or_else(|| Error::Unknown { begin: beginning(bytes) })?;
    // The decoder takes a palette's length on trust.
    if let Some(length) = palette(format, bytes).filter(|length| length % 3 != 0) {
        let reason = format!("a palette of {length} bytes; colours have 3");
        return Err(Error::Malformed { format, reason });
    }
    // Decoders are others' code, and files anybody's: what one stumbles over must not end the process.
    let decoded = catch_unwind(AssertUnwindSafe(|| by_format(format, bytes, limits)));
    match decoded.unwrap_or_else(|_| {
        Err(Error::Malformed { format, reason: "the decoder stumbled over it".into() })
    }) {
        // What a truncated file makes a decoder say is seldom clear.
        Ok(_) | Err(Error::Malformed { .. }) if !is_complete(format, bytes) => {
            let reason = format!("the data ends early, after {} bytes", bytes.len());
            Err(Error::Malformed { format, reason })
        }
        decoded => decoded,
    }
}

fn by_format(format: Format, bytes: &[u8], limits: &Limits) -> Result<Decoded> {
    let wrap = |error| Error::decoding(format, &error);
    let mut allowed = image::Limits::default();
    allowed.max_alloc = Some(allowance(limits));
    match format {
        Format::Png => PngDecoder::with_limits(Cursor::new(bytes), allowed.clone())
            .map_err(wrap)
            .and_then(|decoder| read(decoder, format, limits, allowed)),
        Format::Jpeg => JpegDecoder::new(Cursor::new(bytes))
            .map_err(wrap)
            .and_then(|decoder| read(decoder, format, limits, allowed)),
        Format::WebP => WebPDecoder::new(Cursor::new(bytes))
            .map_err(wrap)
            .and_then(|decoder| read(decoder, format, limits, allowed)),
        Format::Tiff => tiff::decode(bytes, limits),
    }
}

/// The memory that a decoder may have: the samples of the largest image allowed and some more.
pub(super) fn allowance(limits: &Limits) -> u64 {
    limits.max_pixels.saturating_mul(8).saturating_add(SCRATCH)
}

/// Refuses a header that promises too much.
pub(super) fn check_size(format: Format, width: u32, height: u32, limits: &Limits) -> Result<()> {
    let pixels = u64::from(width) * u64::from(height);
    if pixels <= limits.max_pixels {
        return Ok(());
    }
    let reason =
        format!("{height} × {width} is {pixels} pixels; at most {} are allowed", limits.max_pixels);
    Err(Error::Limit { format, reason })
}

/// Zeroed memory, or an error where the system has none.
pub(super) fn allocate<T: Clone + Default>(format: Format, len: usize) -> Result<Vec<T>> {
    let mut samples = Vec::new();
    samples.try_reserve_exact(len).map_err(|_| Error::Limit {
        format,
        reason: format!("no memory for {len} samples of {} bytes", size_of::<T>()),
    })?;
    samples.resize(len, T::default());
    Ok(samples)
}

pub(super) fn read<D: ImageDecoder>(
    mut decoder: D,
    format: Format,
    limits: &Limits,
    allowed: image::Limits,
) -> Result<Decoded> {
    let wrap = |error| Error::decoding(format, &error);
    let (width, height) = decoder.dimensions();
    check_size(format, width, height, limits)?;
    decoder.set_limits(allowed).map_err(wrap)?;
    let color = decoder.color_type();
    let shape = Shape::new(height as usize, width as usize, usize::from(color.channel_count()))
        .map_err(|error| Error::Malformed { format, reason: error.to_string() })?;
    let samples = match color {
        ColorType::L8 | ColorType::La8 | ColorType::Rgb8 | ColorType::Rgba8 => {
            let mut samples = allocate(format, shape.len())?;
            decoder.read_image(&mut samples).map_err(wrap)?;
            Samples::U8(samples)
        }
        ColorType::L16 | ColorType::La16 | ColorType::Rgb16 | ColorType::Rgba16 => {
            let mut samples = allocate::<u16>(format, shape.len())?;
            decoder.read_image(bytemuck::cast_slice_mut(&mut samples)).map_err(wrap)?;
            Samples::U16(samples)
        }
        other => return Err(Error::Unsupported { format, reason: format!("{other:?} pixels") }),
    };
    Ok(Decoded { shape, alpha: color.has_alpha(), samples, format })
}

fn beginning(bytes: &[u8]) -> String {
    if bytes.is_empty() {
        return "there is no data".into();
    }
    let shown: Vec<String> = bytes.iter().take(8).map(|byte| format!("{byte:02x}")).collect();
    format!("{} bytes that begin with {}", bytes.len(), shown.join(" "))
}
