use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

use image::codecs::jpeg::JpegDecoder;
use image::codecs::png::PngDecoder;
use image::codecs::webp::WebPDecoder;

use super::complete::{is_complete, palette};
use super::decoded::{Decoded, read};
use super::limits::{Limits, allowance};
use super::{Error, Format, Result, tiff};

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

fn beginning(bytes: &[u8]) -> String {
    if bytes.is_empty() {
        return "there is no data".into();
    }
    let shown: Vec<String> = bytes.iter().take(8).map(|byte| format!("{byte:02x}")).collect();
    format!("{} bytes that begin with {}", bytes.len(), shown.join(" "))
}
