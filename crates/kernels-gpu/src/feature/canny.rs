use super::canny_smoothing::Blur;
use crate::border::Border;
use crate::error::{GpuError, Result};
use crate::filters::connected_to;
use crate::filters::pass64::{ARITHMETIC, check_border, check_reach, words};
use crate::image::{DType, GpuImage, Shape, byte_length};
use crate::measure::{Connectivity, check_marks};
use crate::params::params;
use crate::pipeline::{Binding, Kernel};
use crate::recording::Recording;
use crate::storage::Storage;
use crate::tiling::{Need, Unit, strangers, words_of};

params!(GradientParams {
    width: u32,
    height: u32,
    top: u32,
    rows: u32,
    first_word: u32,
    gradient_first: u32,
    lengths_first: u32
});
params!(CrestParams {
    width: u32,
    height: u32,
    begin: u32,
    words: u32,
    first_word: u32,
    gradient_first: u32,
    within_first: u32,
    crests_first: u32,
    strong_first: u32,
    low_high: u32,
    low_low: u32,
    high_high: u32,
    high_low: u32
});

pub(super) static GRADIENT: Kernel = Kernel {
    name: "feature.canny/gradient",
    workgroup: [64, 1, 1],
    bindings: &[Binding::Read(1), Binding::Write(2), Binding::Write(3)],
    sources: &[
        ARITHMETIC,
        include_str!("../../shaders/shared/source_window.wgsl"),
        include_str!("../../shaders/feature/canny_gradient.wgsl"),
    ],
    params: GradientParams::LAYOUT,
};

pub(super) static CREST: Kernel = Kernel {
    name: "feature.canny/crest",
    workgroup: [64, 1, 1],
    bindings: &[
        Binding::Read(1),
        Binding::Read(2),
        Binding::Read(3),
        Binding::Write(4),
        Binding::Write(5),
    ],
    sources: &[
        ARITHMETIC,
        include_str!("../../shaders/shared/source_window.wgsl"),
        include_str!("../../shaders/feature/canny_crest.wgsl"),
    ],
    params: CrestParams::LAYOUT,
};

/// What [`canny`] is to do.
#[derive(Debug, Clone, Copy)]
pub struct Canny<'a> {
    /// Weights of the Gaussian down the rows and across the columns, from the centre outwards.
    pub weights: [&'a [f64]; 2],
    /// What lies beyond the edge of the image; the constant is an intensity.
    pub border: Border,
    /// The least gradient of an edge, and of some pixel of it, of intensities.
    pub thresholds: [f64; 2],
    /// Where it is 0 the image is left out: one channel of `u8`, of the image's size.
    pub mask: Option<&'a GpuImage>,
}

/// Edges, one pixel wide, as a `u8` mask; scikit-image's `canny`, computed in 64 bits by integers and rounded at each step as `f64`s are.
///
/// Takes one channel of any dtype. The image is blurred, its gradient taken by Sobel's filter and suppressed where it is greater on either
/// side across the edge; what is left is kept where it leads, by edges or corners, to a strong gradient (J. Canny, "A computational
/// approach to edge detection", 1986).
///
/// # Errors
///
/// [`GpuError::Argument`] for several channels, an axis without weights and a mask of another size or dtype, [`GpuError::Limit`] for weights
/// that reach too far, [`GpuError::Unsupported`] for a constant whose square is beyond what 64 bits hold, those of
/// [`label`](crate::measure::label), [`GpuError::Binding`] where there may be more regions than can be bound at once, and those of the device.
pub fn canny(image: &GpuImage, options: &Canny<'_>) -> Result<GpuImage> {
    let operation = "feature.canny";
    let shape = image.shape();
    check(operation, image, options)?;
    check_marks(operation, image)?;
    let found = image.engine.record(operation, |recording| crests(recording, image, options))?;
    let [crests, strong] = found.map(|mask| GpuImage::new(&image.engine, mask, shape, DType::U8));
    connected_to(operation, &crests, &strong, Connectivity::Eight)
}

fn check(operation: &str, image: &GpuImage, options: &Canny<'_>) -> Result<()> {
    let shape = image.shape();
    if shape.channels != 1 {
        let message = format!("image has {} channels; expected one", shape.channels);
        return Err(GpuError::argument(operation, message));
    }
    if options.weights.iter().any(|weights| weights.is_empty()) {
        return Err(GpuError::argument(operation, "an axis has no weights"));
    }
    if let Some(mask) = options.mask {
        image.check_beside(operation, mask)?;
        if (mask.shape(), mask.dtype()) != (shape, DType::U8) {
            let message = "the mask is not one channel of 8 bits, of the image's size";
            return Err(GpuError::argument(operation, message));
        }
    }
    check_border(operation, options.border)?;
    let [down, across] = options.weights.map(<[f64]>::len);
    check_reach(operation, shape, down.max(across))?;
    byte_length(operation, shape, DType::U8).map(|_| ())
}

/// Masks of the crests of the gradient, and of the strong ones.
fn crests(
    recording: &mut Recording<'_>,
    image: &GpuImage,
    options: &Canny<'_>,
) -> Result<[Storage; 2]> {
    let shape = image.shape();
    let Shape { height, width, .. } = shape;
    let (row, work) = (u64::from(width), (Unit::Row, u64::from(height)));
    let Canny { weights, border, thresholds, mask } = *options;
    let smoothed = Blur { shape, weights, border }.smoothed(recording, image, mask)?;
    let gradient = recording.buffer(16 * shape.pixels())?;
    let lengths = recording.buffer(8 * shape.pixels())?;
    recording.cut(
        work,
        &[
            Need::Part { storage: &smoothed, bytes: 8 * row, halo: 1 },
            Need::part(&gradient, 16 * row),
            Need::part(&lengths, 8 * row),
        ],
        |recording, tile, buffers| {
            let params = GradientParams {
                width,
                height,
                top: tile.first,
                rows: tile.units,
                first_word: tile.first_words[0],
                gradient_first: tile.first_words[1],
                lengths_first: tile.first_words[2],
            };
            let workgroups = (u64::from(tile.units) * row).div_ceil(64);
            recording.dispatch(&GRADIENT, &[], &params, buffers, workgroups)
        },
    )?;
    drop(smoothed);
    let found = [recording.buffer(shape.pixels())?, recording.buffer(shape.pixels())?];
    let within = mask.map(|mask| mask.storage(recording)).transpose()?;
    let [[low_high, low_low], [high_high, high_low]] = least(thresholds).map(words);
    let halo = strangers(row);
    recording.cut(
        work,
        &[
            Need::Part { storage: &lengths, bytes: 8 * row, halo: 1 + halo },
            Need::Part { storage: &gradient, bytes: 16 * row, halo },
            match &within {
                Some(mask) => Need::Part { storage: mask, bytes: row, halo: 1 + halo },
                None => Need::Part { storage: &gradient, bytes: 16 * row, halo },
            },
            Need::part(&found[0], row),
            Need::part(&found[1], row),
        ],
        |recording, tile, buffers| {
            let words = words_of(tile, row);
            let params = CrestParams {
                width,
                height,
                begin: words.start,
                words: words.end - words.start,
                first_word: tile.first_words[0],
                gradient_first: tile.first_words[1],
                within_first: tile.first_words[2],
                crests_first: tile.first_words[3],
                strong_first: tile.first_words[4],
                low_high,
                low_low,
                high_high,
                high_low,
            };
            let constants = [("MASKED", f64::from(u8::from(within.is_some())))];
            let workgroups = u64::from(params.words).div_ceil(64);
            recording.dispatch(&CREST, &constants, &params, buffers, workgroups)
        },
    )?;
    Ok(found)
}

/// The least gradients, as they are compared: scikit-image rounds the lower one to 32 bits, what is no gradient at all is no edge, and none is
/// below 0.
fn least([low, high]: [f64; 2]) -> [f64; 2] {
    let low = if low as f32 == 0.0 { 1e-14 } else { low as f32 };
    [f64::from(low).max(0.0), high.max(0.0)]
}
