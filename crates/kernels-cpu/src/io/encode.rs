use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::PngEncoder;
use image::codecs::webp::WebPEncoder;
use image::{ExtendedColorType, ImageEncoder, ImageResult};
use tagswitch_image::{SamplesRef, Shape};

use super::{Error, Format, Result, tiff};

/// How well a JPEG keeps the image: 1 to 100.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quality(u8);

impl Quality {
    /// `None` outside 1 to 100.
    pub fn new(quality: u8) -> Option<Self> {
        (1..=100).contains(&quality).then_some(Self(quality))
    }
}

impl Default for Quality {
    /// 75: Pillow's, which scikit-image writes with.
    fn default() -> Self {
        Self(75)
    }
}

/// Makes a file of samples, in memory. `quality` matters to JPEG only; WebP is written without loss.
///
/// # Errors
///
/// [`Error::SampleType`] and [`Error::Shape`] for what the format does not hold, [`Error::Encoding`] otherwise.
pub fn encode(
    samples: SamplesRef<'_>,
    shape: Shape,
    format: Format,
    quality: Quality,
) -> Result<Vec<u8>> {
    if samples.len() != shape.len() {
        let given = format!("{} samples", samples.len());
        return Err(Error::Encoding { format, reason: format!("{given} given for shape {shape}") });
    }
    match format {
        Format::Png => png(samples, shape),
        Format::Jpeg => jpeg(samples, shape, quality),
        Format::WebP => webp(samples, shape),
        Format::Tiff => tiff::encode(samples, shape),
    }
}

fn png(samples: SamplesRef<'_>, shape: Shape) -> Result<Vec<u8>> {
    use ExtendedColorType::{L8, L16, La8, La16, Rgb8, Rgb16, Rgba8, Rgba16};
    let (bytes, colors): (&[u8], _) = match samples {
        SamplesRef::U8(samples) => (samples, [L8, La8, Rgb8, Rgba8]),
        SamplesRef::U16(samples) => (bytemuck::cast_slice(samples), [L16, La16, Rgb16, Rgba16]),
        other => return Err(wrong_type(Format::Png, other)),
    };
    let color = color(Format::Png, shape, &colors, "1 to 4 channels")?;
    write(Format::Png, shape, u32::MAX, |out, width, height| {
        PngEncoder::new(out).write_image(bytes, width, height, color)
    })
}

fn jpeg(samples: SamplesRef<'_>, shape: Shape, quality: Quality) -> Result<Vec<u8>> {
    let SamplesRef::U8(bytes) = samples else { return Err(wrong_type(Format::Jpeg, samples)) };
    let color = match shape.channels() {
        1 => ExtendedColorType::L8,
        3 => ExtendedColorType::Rgb8,
        channels => {
            let given = format!("{channels} channels");
            return Err(Error::Shape {
                format: Format::Jpeg,
                given,
                expected: "1 or 3: there is no opacity",
            });
        }
    };
    write(Format::Jpeg, shape, 65_535, |out, width, height| {
        JpegEncoder::new_with_quality(out, quality.0).write_image(bytes, width, height, color)
    })
}

fn webp(samples: SamplesRef<'_>, shape: Shape) -> Result<Vec<u8>> {
    use ExtendedColorType::{L8, La8, Rgb8, Rgba8};
    let SamplesRef::U8(bytes) = samples else { return Err(wrong_type(Format::WebP, samples)) };
    let color = color(Format::WebP, shape, &[L8, La8, Rgb8, Rgba8], "1 to 4 channels")?;
    write(Format::WebP, shape, 16_384, |out, width, height| {
        WebPEncoder::new_lossless(out).write_image(bytes, width, height, color)
    })
}

fn color(
    format: Format,
    shape: Shape,
    colors: &[ExtendedColorType],
    expected: &'static str,
) -> Result<ExtendedColorType> {
    let channels = shape.channels();
    let given = || format!("{channels} channels");
    colors.get(channels - 1).copied().ok_or_else(|| Error::Shape {
        format,
        given: given(),
        expected,
    })
}

fn wrong_type(format: Format, samples: SamplesRef<'_>) -> Error {
    let advice = match samples {
        SamplesRef::I32(_) => "show labels with color.label2rgb, or write TIFF, which keeps them",
        SamplesRef::U16(_) => "convert to uint8 first, or write PNG or TIFF, which keep them",
        _ => "convert to uint8 first, or write TIFF, which keeps them",
    };
    Error::SampleType { format, given: samples.type_name(), advice }
}

fn write(
    format: Format,
    shape: Shape,
    max_side: u32,
    encode: impl FnOnce(&mut Vec<u8>, u32, u32) -> ImageResult<()>,
) -> Result<Vec<u8>> {
    let side = |side: usize| u32::try_from(side).ok().filter(|&side| side <= max_side);
    let (Some(width), Some(height)) = (side(shape.width()), side(shape.height())) else {
        let expected = match format {
            Format::WebP => "sides of at most 16384",
            Format::Jpeg => "sides of at most 65535",
            _ => "sides below 2³²",
        };
        return Err(Error::Shape { format, given: format!("shape {shape}"), expected });
    };
    let mut out = Vec::new();
    encode(&mut out, width, height)
        .map_err(|error| Error::Encoding { format, reason: error.to_string() })?;
    Ok(out)
}

#[cfg(test)]
mod tests {
    use tagswitch_image::Samples;

    use super::super::{Limits, decode};
    use super::*;

    const FORMATS: [Format; 4] = [Format::Png, Format::Jpeg, Format::WebP, Format::Tiff];

    fn pattern<T>(shape: Shape, sample: impl Fn(usize) -> T) -> Vec<T> {
        (0..shape.len()).map(sample).collect()
    }

    #[track_caller]
    fn round_trip(samples: Samples, shape: Shape, format: Format) {
        let bytes = encode(samples.as_ref(), shape, format, Quality::default()).unwrap();
        let decoded = decode(&bytes, &Limits::default()).unwrap();
        assert_eq!((decoded.shape, decoded.format, decoded.samples), (shape, format, samples));
        assert_eq!(decoded.alpha, matches!(shape.channels(), 2 | 4));
    }

    #[test]
    fn lossless_formats_keep_every_sample() {
        for (height, width) in [(1, 1), (1, 19), (17, 1), (7, 13)] {
            for channels in 1..=4 {
                let shape = Shape::new(height, width, channels).unwrap();
                let bytes = pattern(shape, |i| (i * 37 % 256) as u8);
                let words = pattern(shape, |i| (i * 9973 % 65_536) as u16);
                round_trip(Samples::U8(bytes.clone()), shape, Format::Png);
                round_trip(Samples::U16(words.clone()), shape, Format::Png);
                if channels > 2 {
                    round_trip(Samples::U8(bytes.clone()), shape, Format::WebP);
                }
                if channels != 2 {
                    round_trip(Samples::U8(bytes), shape, Format::Tiff);
                    round_trip(Samples::U16(words), shape, Format::Tiff);
                    round_trip(
                        Samples::F32(pattern(shape, |i| i as f32 / 7.0)),
                        shape,
                        Format::Tiff,
                    );
                    round_trip(
                        Samples::F64(pattern(shape, |i| i as f64 / -7.0)),
                        shape,
                        Format::Tiff,
                    );
                }
                if channels == 1 {
                    round_trip(
                        Samples::I32(pattern(shape, |i| i as i32 * -77)),
                        shape,
                        Format::Tiff,
                    );
                }
            }
        }
    }

    #[test]
    fn jpeg_stays_near() {
        let shape = Shape::new(16, 24, 3).unwrap();
        let bytes = pattern(shape, |i| (i / 12) as u8);
        let samples = SamplesRef::U8(&bytes);
        let file = encode(samples, shape, Format::Jpeg, Quality::new(95).unwrap()).unwrap();
        let Samples::U8(decoded) = decode(&file, &Limits::default()).unwrap().samples else {
            panic!()
        };
        assert!(decoded.iter().zip(&bytes).all(|(a, b)| a.abs_diff(*b) < 12));
    }

    #[test]
    fn every_truncation_is_an_error() {
        let shape = Shape::new(9, 11, 3).unwrap();
        let bytes = pattern(shape, |i| (i * 37 % 256) as u8);
        for format in FORMATS {
            let file = encode(SamplesRef::U8(&bytes), shape, format, Quality::default()).unwrap();
            assert!(decode(&file, &Limits::default()).is_ok());
            for end in 0..file.len() {
                let error = decode(&file[..end], &Limits::default()).map(|d| d.shape).unwrap_err();
                let expected = matches!(error, Error::Malformed { .. } | Error::Unknown { .. });
                assert!(expected, "{format} cut to {end} of {}: {error}", file.len());
            }
        }
    }

    #[test]
    fn damage_never_panics() {
        let shape = Shape::new(5, 6, 3).unwrap();
        let bytes = pattern(shape, |i| (i * 37 % 256) as u8);
        let limits = Limits { max_pixels: 1 << 16 };
        for format in FORMATS {
            let file = encode(SamplesRef::U8(&bytes), shape, format, Quality::default()).unwrap();
            for at in 0..file.len() {
                for value in [0x00, 0xff, file[at] ^ 0x10] {
                    let mut damaged = file.clone();
                    damaged[at] = value;
                    if let Ok(decoded) = decode(&damaged, &limits) {
                        assert_eq!(decoded.samples.as_ref().len(), decoded.shape.len());
                    }
                }
            }
        }
    }

    #[test]
    fn a_header_that_promises_too_much_is_refused() {
        let shape = Shape::new(4, 5, 1).unwrap();
        let bytes = pattern(shape, |i| i as u8);
        for format in [Format::Png, Format::Jpeg, Format::WebP, Format::Tiff] {
            let file = encode(SamplesRef::U8(&bytes), shape, format, Quality::default()).unwrap();
            let error = decode(&file, &Limits { max_pixels: 19 }).map(|d| d.shape).unwrap_err();
            assert!(matches!(error, Error::Limit { .. }), "{error}");
            assert!(
                error.to_string().contains("4 × 5 is 20 pixels; at most 19 are allowed"),
                "{error}"
            );
        }
    }

    #[test]
    fn what_is_no_image_says_how_it_begins() {
        let message = |bytes: &[u8]| {
            decode(bytes, &Limits::default()).map(|d| d.shape).unwrap_err().to_string()
        };
        assert_eq!(
            message(b""),
            "unknown format: there is no data; expected PNG, JPEG, WebP or TIFF"
        );
        assert!(message(b"GIF89a..").contains("8 bytes that begin with 47 49 46 38 39 61"));
    }

    #[test]
    fn formats_refuse_what_they_do_not_hold() {
        let labels = SamplesRef::I32(&[1, 2]);
        let shape = Shape::new(1, 2, 1).unwrap();
        let error = encode(labels, shape, Format::Png, Quality::default()).unwrap_err();
        assert_eq!(
            error.to_string(),
            "PNG cannot hold int32 samples; show labels with color.label2rgb, or write TIFF, which keeps them"
        );
        let shape = Shape::new(1, 1, 4).unwrap();
        let error =
            encode(SamplesRef::U8(&[0; 4]), shape, Format::Jpeg, Quality::default()).unwrap_err();
        assert!(matches!(error, Error::Shape { .. }), "{error}");
        let shape = Shape::new(1, 16_385, 1).unwrap();
        let error = encode(SamplesRef::U8(&[0; 16_385]), shape, Format::WebP, Quality::default())
            .unwrap_err();
        assert!(error.to_string().contains("at most 16384"), "{error}");
    }
}
