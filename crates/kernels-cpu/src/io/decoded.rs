//! An image out of a file, and how the `image` crate's decoders give one.

use image::{ColorType, ImageDecoder};
use tagswitch_image::{Samples, Shape};

use super::limits::{Limits, allocate, check_size};
use super::{Error, Format, Result};

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

/// Decodes what `decoder` has the header of.
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
