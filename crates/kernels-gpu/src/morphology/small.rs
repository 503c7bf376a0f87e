use crate::error::{GpuError, Result};
use crate::image::{DType, GpuImage};
use crate::measure::{Connectivity, label};
use crate::params::params;
use crate::pipeline::{Binding, Kernel};
use crate::recording::Recording;
use crate::storage::Storage;
use crate::util::greater;

params!(SizesParams { count: u32 });
params!(KeptParams { count: u32, kept_size: u32 });

pub(super) static SIZES: Kernel = Kernel {
    name: "morphology.small/sizes",
    workgroup: [256, 1, 1],
    bindings: &[Binding::Read(1), Binding::Update(2)],
    sources: &[
        include_str!("../../shaders/shared/line.wgsl"),
        include_str!("../../shaders/morphology/small_sizes.wgsl"),
    ],
    params: SizesParams::LAYOUT,
};

pub(super) static KEPT: Kernel = Kernel {
    name: "morphology.small/kept",
    workgroup: [256, 1, 1],
    bindings: &[Binding::Read(1), Binding::Read(2), Binding::Read(3), Binding::Write(4)],
    sources: &[
        include_str!("../../shaders/shared/line.wgsl"),
        include_str!("../../shaders/morphology/small_kept.wgsl"),
    ],
    params: KeptParams::LAYOUT,
};

/// The mask without its connected regions of fewer than `kept_size` pixels, which become 0; scikit-image's
/// `remove_small_objects` of a mask.
///
/// Takes one channel of `u8`, of which what is not 0 belongs to a region, and gives the same.
///
/// # Errors
///
/// [`GpuError::Argument`] for several channels, [`GpuError::Unsupported`] for other dtypes,
/// [`GpuError::Binding`] where there may be more regions than can be bound at once, and those of [`label`](crate::measure::label).
pub fn remove_small_objects(
    mask: &GpuImage,
    kept_size: u32,
    connectivity: Connectivity,
) -> Result<GpuImage> {
    let operation = "morphology.removeSmallObjects";
    if mask.dtype() != DType::U8 {
        return Err(GpuError::unsupported(operation, "only masks of uint8 are done on the GPU"));
    }
    check_regions(operation, mask)?;
    let labels = label(&greater(mask, 0.0)?, 0, connectivity)?;
    large(operation, &labels, mask, kept_size, false)
}

/// A mask of 0 and 1 in which the connected regions of 0 of fewer than `kept_size` pixels are filled; scikit-image's
/// `remove_small_holes`.
///
/// Takes one channel of `u8` or `u16`, gives `u8`.
///
/// # Errors
///
/// As [`remove_small_objects`].
pub fn remove_small_holes(
    image: &GpuImage,
    kept_size: u32,
    connectivity: Connectivity,
) -> Result<GpuImage> {
    let operation = "morphology.removeSmallHoles";
    if !matches!(image.dtype(), DType::U8 | DType::U16) {
        return Err(GpuError::unsupported(operation, "only unsigned integers are done on the GPU"));
    }
    check_regions(operation, image)?;
    let mask = greater(image, 0.0)?;
    // Where the mask is 1 is the background.
    let labels = label(&mask, 1, connectivity)?;
    large(operation, &labels, &mask, kept_size, true)
}

/// Refuses images of which there may be more regions than can be bound at once.
fn check_regions(operation: &str, image: &GpuImage) -> Result<()> {
    let bytes = 4 * (image.shape().pixels() + 1);
    image.engine.check_binding(operation, "the size of each region", bytes)
}

fn large(
    operation: &str,
    labels: &GpuImage,
    mask: &GpuImage,
    kept_size: u32,
    holes: bool,
) -> Result<GpuImage> {
    let shape = mask.shape();
    let pixels = shape.pixels();
    let result = mask.engine.record(operation, |recording| {
        let labels = labels.storage(recording)?;
        let sizes = recording.zeros(4 * (pixels + 1))?;
        let params = SizesParams { count: pixels as u32 };
        let buffers = [(&*labels).into(), (&sizes).into()];
        recording.dispatch(&SIZES, &[], &params, &buffers, pixels.div_ceil(16 * 256))?;
        kept(recording, (&labels, &sizes), mask, (kept_size, holes))
    })?;
    Ok(GpuImage::new(mask.engine(), result, shape, DType::U8))
}

/// Records a mask without its regions of sizes, by label, below `kept_size`, or of 1 but in holes that are no smaller.
pub(crate) fn kept(
    recording: &mut Recording<'_>,
    (labels, sizes): (&Storage, &Storage),
    mask: &GpuImage,
    (kept_size, holes): (u32, bool),
) -> Result<Storage> {
    let pixels = mask.shape().pixels();
    let mask = mask.storage(recording)?;
    let result = recording.buffer(pixels)?;
    recording.dispatch(
        &KEPT,
        &[("HOLES", f64::from(u8::from(holes)))],
        &KeptParams { count: pixels as u32, kept_size },
        &[labels.into(), sizes.into(), (&*mask).into(), (&result).into()],
        pixels.div_ceil(4 * 256),
    )?;
    Ok(result)
}
