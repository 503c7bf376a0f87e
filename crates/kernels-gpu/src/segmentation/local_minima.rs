use super::flood::{Flood, OPERATION, SIZE, Spread};
use crate::error::Result;
use crate::extrema::extrema;
use crate::image::{DType, GpuImage};
use crate::measure::label;
use crate::pipeline::{Binding, Kernel};

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
/// A constant image has none. A minimum may come apart where the mask is 0.
pub(super) fn local_minima(flood: &Flood<'_>, mask: Option<&GpuImage>) -> Result<GpuImage> {
    let image = flood.image;
    let [least, greatest] = extrema(OPERATION, image)?.values();
    let values = flood.values(None)?;
    let steps = flood.entries(&values, None)?;
    flood.spread(&Spread::Among(0), &values, &steps)?;
    let open = flood.values(mask)?;
    let minima = image.engine.record(OPERATION, |recording| {
        if least == greatest {
            return recording.zeros(4 * image.shape().pixels());
        }
        let minima = flood.words(recording)?;
        flood.look(recording, &MINIMA, &[], &[&open, &steps, &minima])?;
        Ok(minima)
    })?;
    let minima = GpuImage::new(&image.engine, minima, image.shape(), DType::I32);
    label(&minima, 0, flood.connectivity)
}
