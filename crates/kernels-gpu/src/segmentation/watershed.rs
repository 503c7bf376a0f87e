use super::flood::{AROUND, Flood, IN_ROUNDS, OPERATION, SIZE, Spread};
use super::local_minima::local_minima;
use crate::error::{GpuError, Result};
use crate::image::{DType, GpuImage};
use crate::measure::Connectivity;
use crate::pipeline::{Binding, Kernel};
use crate::storage::Storage;

pub(super) static START: Kernel = Kernel {
    name: "segmentation.watershed/start",
    workgroup: [256, 1, 1],
    bindings: &[Binding::Read(1), Binding::Read(2), Binding::Write(3), Binding::Write(4)],
    sources: &[
        include_str!("../../shaders/shared/line.wgsl"),
        include_str!("../../shaders/shared/source.wgsl"),
        include_str!("../../shaders/shared/sample.wgsl"),
        include_str!("../../shaders/segmentation/flood_start.wgsl"),
    ],
    params: SIZE,
};

pub(super) static PARENTS: Kernel = Kernel {
    name: "segmentation.watershed/parents",
    workgroup: [256, 1, 1],
    bindings: &[Binding::Read(1), Binding::Read(2), Binding::Write(3)],
    sources: &[
        include_str!("../../shaders/shared/line.wgsl"),
        AROUND,
        include_str!("../../shaders/segmentation/flood_order.wgsl"),
        include_str!("../../shaders/segmentation/flood_parents.wgsl"),
    ],
    params: SIZE,
};

pub(super) static TIES: Kernel = Kernel {
    name: "segmentation.watershed/ties",
    workgroup: [256, 1, 1],
    bindings: &[
        Binding::Read(1),
        Binding::Read(2),
        Binding::Read(3),
        Binding::Update(4),
        Binding::Update(5),
        Binding::Update(6),
    ],
    sources: &[
        include_str!("../../shaders/shared/line.wgsl"),
        AROUND,
        include_str!("../../shaders/segmentation/flood_order.wgsl"),
        include_str!("../../shaders/shared/rounds.wgsl"),
        include_str!("../../shaders/segmentation/flood_ties.wgsl"),
    ],
    params: IN_ROUNDS,
};

pub(super) static ROOTS: Kernel = Kernel {
    name: "segmentation.watershed/roots",
    workgroup: [256, 1, 1],
    bindings: &[Binding::Update(1), Binding::Update(2)],
    sources: &[
        include_str!("../../shaders/shared/line.wgsl"),
        include_str!("../../shaders/shared/rounds.wgsl"),
        include_str!("../../shaders/segmentation/flood_roots.wgsl"),
    ],
    params: IN_ROUNDS,
};

pub(super) static REGIONS: Kernel = Kernel {
    name: "segmentation.watershed",
    workgroup: [256, 1, 1],
    bindings: &[Binding::Read(1), Binding::Read(2), Binding::Write(3)],
    sources: &[
        include_str!("../../shaders/shared/line.wgsl"),
        include_str!("../../shaders/segmentation/flood_regions.wgsl"),
    ],
    params: SIZE,
};

/// Floods an image from markers, lowest values first; scikit-image's `watershed` without lines and compactness, pixel for pixel.
///
/// Takes one channel of any dtype, markers of integers, and a mask of any dtype, 0 where nothing is flooded, all of one size; without
/// markers, the local minima are the markers. Gives `i32`. Waits.
///
/// No heap: the level at which the flood reaches a pixel is the least that a way from some marker rises to, which neighbours settle among
/// themselves, and so are, among pixels of one level, the steps from where it was entered: a queue by value and age is a lexicographic cost
/// of both (R. Lotufo, A. Falcão, "The ordered queue and the optimality of the watershed approaches", ISMM 2000; A. Körbes et al., "Advances on
/// watershed processing on GPU architecture", ISMM 2011). A pixel belongs to the neighbour that comes first by both; where several do, to the
/// one whose parent came first, and so on, up to the markers.
///
/// # Errors
///
/// [`GpuError::Argument`] for several channels, for float markers and for sizes that differ; [`GpuError::Unsupported`] where the order matters
/// in which markers of one value leave scikit-image's heap, for NaN, and for the greatest `i32`; [`GpuError::Binding`] for what cannot be bound
/// at once, and those of the device.
pub fn watershed(
    image: &GpuImage,
    markers: Option<&GpuImage>,
    mask: Option<&GpuImage>,
    connectivity: Connectivity,
) -> Result<GpuImage> {
    let shape = image.shape();
    if shape.channels != 1 {
        let message = format!("image has {} channels; expected one", shape.channels);
        return Err(GpuError::argument(OPERATION, message));
    }
    for (other, what) in [(markers, "markers are"), (mask, "the mask is")] {
        let Some(other) = other else { continue };
        image.check_beside(OPERATION, other)?;
        if other.shape() != shape {
            let message = format!("{what} not one channel of the image's size");
            return Err(GpuError::argument(OPERATION, message));
        }
    }
    if markers.is_some_and(|markers| markers.dtype() == DType::F32) {
        return Err(GpuError::argument(OPERATION, "markers are F32; expected integers"));
    }
    let flood = Flood::new(image, connectivity)?;
    let values = flood.values(mask)?;
    let regions = match markers {
        Some(markers) => flooded(&flood, &values, markers),
        None => flooded(&flood, &values, &local_minima(&flood, &values, mask.is_some())?),
    }?;
    Ok(GpuImage::new(&image.engine, regions, shape, DType::I32))
}

/// Finds out how high the flood stands when it comes to each pixel, how many steps that is from where that level was entered, and from which
/// pixel it comes.
fn flooded(flood: &Flood<'_>, values: &Storage, markers: &GpuImage) -> Result<Storage> {
    let engine = &flood.image.engine;
    let [labels, levels] = engine.record(OPERATION, |recording| {
        let source = markers.storage(recording)?;
        let [labels, levels] = [flood.words(recording)?, flood.words(recording)?];
        let constants = [("DTYPE", markers.dtype().constant())];
        flood.look(recording, &START, &constants, &[&*source, values, &labels, &levels])?;
        Ok([labels, levels])
    })?;
    flood.spread(&Spread::Raised, values, &levels)?;
    let steps = flood.entries(&levels, Some(&labels))?;
    flood.spread(&Spread::Among(1), &levels, &steps)?;
    let parents = engine.record(OPERATION, |recording| {
        let parents = flood.words(recording)?;
        flood.look(recording, &PARENTS, &[flood.corners()], &[&levels, &steps, &parents])?;
        Ok(parents)
    })?;
    flood.settle(
        &TIES,
        &[flood.corners()],
        &[&levels, &steps, &labels, &parents, &flood.doubts],
    )?;
    flood.check_doubts()?;
    flood.settle(&ROOTS, &[], &[&parents])?;
    engine.record(OPERATION, |recording| {
        let regions = flood.words(recording)?;
        flood.look(recording, &REGIONS, &[], &[&labels, &parents, &regions])?;
        Ok(regions)
    })
}
