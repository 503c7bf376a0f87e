use super::flood::{Flood, OPERATION, SIZE, Spread};
use crate::error::Result;
use crate::extrema::extrema;
use crate::image::{DType, GpuImage};
use crate::measure::label;
use crate::pipeline::{Binding, Kernel};
use crate::storage::Storage;

pub(super) static MINIMA: Kernel = Kernel {
    name: "segmentation.watershed/minima",
    workgroup: [256, 1, 1],
    bindings: &[Binding::Read(1), Binding::Read(2), Binding::Write(3)],
    sources: &[
        include_str!("../../shaders/shared/line.wgsl"),
        include_str!("../../shaders/segmentation/flood_minima.wgsl"),
    ],
    params: SIZE,
};

/// The local minima, plateaus of equal value without a lower neighbour, numbered from 1 in raster order: the markers that scikit-image's
/// `watershed` takes when it is given none.
///
/// A constant image has none. `open` are its values, of which those that are masked do not count; a minimum may come apart there.
pub(super) fn local_minima(flood: &Flood<'_>, open: &Storage, is_masked: bool) -> Result<GpuImage> {
    let image = flood.image;
    let [least, greatest] = extrema(OPERATION, image)?.values();
    let whole = is_masked.then(|| flood.values(None)).transpose()?;
    let values = whole.as_ref().unwrap_or(open);
    let steps = flood.entries(values, None)?;
    flood.spread(&Spread::Among(0), values, &steps)?;
    let minima = image.engine.record(OPERATION, |recording| {
        if least == greatest {
            return recording.zeros(4 * image.shape().pixels());
        }
        let minima = flood.words(recording)?;
        flood.look(recording, &MINIMA, &[], &[open, &steps, &minima])?;
        Ok(minima)
    })?;
    let minima = GpuImage::new(&image.engine, minima, image.shape(), DType::I32);
    label(&minima, 0, flood.connectivity)
}
