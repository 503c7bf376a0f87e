use crate::blocks;
use crate::error::{GpuError, Result};
use crate::extrema::{Extrema, extrema};
use crate::image::{DType, GpuImage, Shape, byte_length};
use crate::params::params;
use crate::pipeline::{Binding, Kernel};
use crate::rank::{self, rank};
use crate::recording::Recording;
use crate::storage::Storage;
use crate::tiling::{Need, Unit};

/// What [`label2rgb`] is to do: scikit-image's kind `"overlay"`.
#[derive(Debug, Clone, PartialEq)]
pub struct Label2Rgb {
    /// The label that is background.
    pub bg_label: i64,
    /// Colour of the background; `None` lets the image show.
    pub bg_color: Option<[f32; 3]>,
    /// Colours of the labels that occur, in ascending order, repeated as needed; not empty.
    pub colors: Vec<[f32; 3]>,
    /// Opacity of the colours over the image; without one they are opaque.
    pub alpha: f32,
    /// Opacity of the image over white.
    pub image_alpha: f32,
    /// Share of its saturation that the image keeps.
    pub saturation: f32,
}

params!(PresentParams { count: u32, least: i32, background: i32, span: u32 });
params!(OverlayParams {
    pixels: u32,
    least: i32,
    span: u32,
    background: i32,
    has_background: u32,
    colors: u32,
    paint_background: u32,
    alpha: f32,
    image_alpha: f32,
    saturation: f32,
    image_scale: f32,
});

/// Labels may span this many values, as each takes a word of memory to rank them.
const SPAN: i64 = 1 << 24;

pub(super) static PRESENT: Kernel = Kernel {
    name: "color.label2rgb/present",
    workgroup: [256, 1, 1],
    bindings: &[Binding::Read(1), Binding::Write(2)],
    sources: &[
        include_str!("../../shaders/shared/line.wgsl"),
        include_str!("../../shaders/shared/source.wgsl"),
        include_str!("../../shaders/shared/sample.wgsl"),
        include_str!("../../shaders/color/label_present.wgsl"),
    ],
    params: PresentParams::LAYOUT,
};

pub(super) static COUNT: Kernel = Kernel {
    name: "color.label2rgb/count",
    workgroup: [256, 1, 1],
    bindings: rank::COUNT_BINDINGS,
    sources: &[
        include_str!("../../shaders/shared/line.wgsl"),
        include_str!("../../shaders/color/label_flag.wgsl"),
        blocks::INVOCATION,
        blocks::REDUCTION,
        include_str!("../../shaders/shared/rank_count.wgsl"),
    ],
    params: rank::PARAMS,
};

pub(super) static NUMBER: Kernel = Kernel {
    name: "color.label2rgb/number",
    workgroup: [256, 1, 1],
    bindings: rank::NUMBER_BINDINGS,
    sources: &[
        include_str!("../../shaders/shared/line.wgsl"),
        include_str!("../../shaders/color/label_flag.wgsl"),
        blocks::INVOCATION,
        blocks::SCAN,
        include_str!("../../shaders/shared/rank_number.wgsl"),
    ],
    params: rank::PARAMS,
};

pub(super) static OVERLAY: Kernel = Kernel {
    name: "color.label2rgb",
    workgroup: [256, 1, 1],
    bindings: &[
        Binding::Read(1),
        Binding::Read(2),
        Binding::Read(3),
        Binding::Read(4),
        Binding::Write(5),
    ],
    sources: &[
        include_str!("../../shaders/shared/line.wgsl"),
        include_str!("../../shaders/shared/source.wgsl"),
        include_str!("../../shaders/shared/sample.wgsl"),
        include_str!("../../shaders/shared/order.wgsl"),
        include_str!("../../shaders/color/label2rgb.wgsl"),
    ],
    params: OverlayParams::LAYOUT,
};

/// An RGB picture of labels, alone or over an image of 1 or 3 channels; scikit-image's `label2rgb`, kind `"overlay"`.
///
/// Takes one channel of `u8`, `u16` or `i32`, gives 3 of `f32`. Labels that come from [`label`](crate::measure::label) with
/// background 0 need no look at them first; others are ranked, and `i32` ones are waited for to learn their range.
///
/// # Errors
///
/// [`GpuError::Argument`] for shapes, dtypes and options that do not fit, [`GpuError::Unsupported`] for `i32` labels more
/// than 2²⁴ apart, and those of the device.
pub fn label2rgb(
    label: &GpuImage,
    image: Option<&GpuImage>,
    options: &Label2Rgb,
) -> Result<GpuImage> {
    let operation = OVERLAY.name;
    check(operation, label, image, options)?;
    let shape = Shape { channels: 3, ..label.shape() };
    let bytes = byte_length(operation, shape, DType::F32)?;
    let background = i32::try_from(options.bg_label).ok();
    let numbered = label.numbered && options.bg_label == 0;
    let (least, span) = if numbered { (0, 1) } else { span(operation, label)? };

    let overlay = label.engine.record(operation, |recording| {
        let source = label.storage(recording)?;
        let under = image.map(|image| Ok((image.storage(recording)?, image.pixel_bytes())));
        let under = under.transpose()?;
        let ranks =
            if numbered { None } else { Some(ranks(recording, label, background, least, span)?) };
        let overlay = recording.buffer(bytes)?;
        let mut palette = vec![options.bg_color.unwrap_or_default()];
        palette.extend(&options.colors);
        let palette = recording.table(bytemuck::cast_slice(&palette))?;
        let params = |pixels| OverlayParams {
            pixels,
            least,
            span: span as u32,
            background: background.unwrap_or(0),
            has_background: u32::from(background.is_some()),
            colors: options.colors.len() as u32,
            paint_background: u32::from(options.bg_color.is_some()),
            alpha: if image.is_some() { options.alpha } else { 1.0 },
            image_alpha: options.image_alpha,
            saturation: options.saturation,
            image_scale: image.map_or(1.0, |image| image.dtype().scale()),
        };
        let labels = || Need::part(&source, label.pixel_bytes());
        recording.tiled(
            &OVERLAY,
            &[
                ("DTYPE", label.dtype().constant()),
                ("UNDERLAY", image.map_or(3.0, |image| image.dtype().constant())),
                ("CHANNELS", image.map_or(0.0, |image| f64::from(image.shape().channels))),
                ("NUMBERED", f64::from(u8::from(numbered))),
            ],
            (Unit::Pixel, shape.pixels()),
            &[
                labels(),
                // What is not used is bound to what is there.
                under.as_ref().map_or_else(labels, |(image, bytes)| Need::part(image, *bytes)),
                ranks.as_ref().map_or_else(labels, |ranks| Need::Whole(ranks.into())),
                Need::Whole(palette.bound()),
                Need::part(&overlay, 12),
            ],
            |tile| (params(tile.units), u64::from(tile.units).div_ceil(256)),
        )?;
        Ok(overlay)
    })?;
    Ok(GpuImage::new(&label.engine, overlay, shape, DType::F32))
}

fn check(
    operation: &str,
    label: &GpuImage,
    image: Option<&GpuImage>,
    options: &Label2Rgb,
) -> Result<()> {
    let refuse = |message: &str| Err(GpuError::argument(operation, message));
    if label.shape().channels != 1 || label.dtype() == DType::F32 {
        return refuse("label has several channels or is float; expected one channel of integers");
    }
    if options.colors.is_empty() {
        return refuse("colors is empty; expected at least one");
    }
    let Some(image) = image else { return Ok(()) };
    let Shape { height, width, channels } = image.shape();
    if (height, width) != (label.shape().height, label.shape().width)
        || (channels != 1 && channels != 3)
    {
        return refuse("image differs from label in size, or has not 1 or 3 channels");
    }
    label.check_beside(operation, image)
}

/// The least label and how many values there are from it to the greatest.
fn span(operation: &str, label: &GpuImage) -> Result<(i32, u64)> {
    let (least, greatest) = match label.dtype() {
        DType::U8 => (0, 255),
        DType::U16 => (0, 65_535),
        DType::I32 | DType::F32 => match extrema(operation, label)? {
            Extrema::Levels(least, greatest) => (least, greatest),
            Extrema::Floats(..) | Extrema::Nan => (0, 0), // refused before
        },
    };
    let span = i64::from(greatest) - i64::from(least) + 1;
    if span > SPAN {
        let reason =
            format!("labels go from {least} to {greatest}; they may lie {SPAN} apart at most");
        return Err(GpuError::unsupported(operation, reason));
    }
    Ok((least, span.unsigned_abs()))
}

/// The ranks, from 1, of the labels that occur, without the background; by label less `least`.
fn ranks(
    recording: &mut Recording<'_>,
    label: &GpuImage,
    background: Option<i32>,
    least: i32,
    span: u64,
) -> Result<Storage> {
    let source = label.storage(recording)?;
    let present = recording.zeros(span * 4)?;
    // A background outside the range is none.
    let params = |count| PresentParams {
        count,
        least,
        background: background.unwrap_or(least.wrapping_sub(1)),
        span: span as u32,
    };
    recording.tiled(
        &PRESENT,
        &[("DTYPE", label.dtype().constant())],
        (Unit::Pixel, label.shape().pixels()),
        &[Need::part(&source, label.pixel_bytes()), Need::Whole((&present).into())],
        |tile| (params(tile.units), u64::from(tile.units).div_ceil(256)),
    )?;
    let ranks = recording.zeros(span * 4)?;
    rank(recording, &COUNT, &NUMBER, &present, span, &ranks)?;
    Ok(ranks)
}
