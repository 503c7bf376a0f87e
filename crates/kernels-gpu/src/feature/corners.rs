use super::structure_tensor::{StructureTensor, check_tensor, tensor};
use crate::error::Result;
use crate::image::{DType, GpuImage, byte_length};
use crate::params::params;
use crate::pipeline::{Binding, Kernel};
use crate::tiling::{Need, Unit};

/// What of the structure tensor says how much a pixel is a corner.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum CornerMeasure {
    /// `determinant − k × trace²`
    Harris {
        /// How much an edge is held against a pixel.
        k: f64,
    },
    /// `2 × determinant / (trace + eps)`
    Noble {
        /// Keeps the quotient finite.
        eps: f64,
    },
    /// The smaller eigenvalue.
    ShiTomasi,
}

params!(Params { count: u32, measure: u32, parameter: f32 });

const fn kernel(name: &'static str) -> Kernel {
    Kernel {
        name,
        workgroup: [256, 1, 1],
        bindings: &[Binding::Read(1), Binding::Write(2)],
        sources: &[
            include_str!("../../shaders/shared/line.wgsl"),
            include_str!("../../shaders/feature/corner_response.wgsl"),
        ],
        params: Params::LAYOUT,
    }
}

// One shader under the names of its functions, which errors and timings show.
pub(super) static HARRIS: Kernel = kernel("feature.cornerHarris");
pub(super) static SHI_TOMASI: Kernel = kernel("feature.cornerShiTomasi");

/// How much each pixel is a corner; scikit-image's `corner_harris` and `corner_shi_tomasi`.
///
/// Takes one channel of any dtype, gives `f32`.
///
/// # Errors
///
/// As [`structure_tensor`](super::structure_tensor()).
pub fn corners(
    image: &GpuImage,
    options: &StructureTensor,
    measure: CornerMeasure,
) -> Result<GpuImage> {
    let (kernel, measure, parameter) = match measure {
        CornerMeasure::Harris { k } => (&HARRIS, 0, k),
        CornerMeasure::Noble { eps } => (&HARRIS, 1, eps),
        CornerMeasure::ShiTomasi => (&SHI_TOMASI, 2, 0.0),
    };
    let operation = kernel.name;
    let shape = image.shape();
    let bytes = byte_length(operation, shape, DType::F32)?;
    check_tensor(operation, image, options)?;
    let response = image.engine.record(operation, |recording| {
        let tensor = tensor(recording, image, options)?;
        let response = recording.buffer(bytes)?;
        recording.tiled(
            kernel,
            &[],
            (Unit::Pixel, shape.pixels()),
            &[Need::part(&tensor, 12), Need::part(&response, 4)],
            |tile| {
                let count = tile.units;
                let params = Params { count, measure, parameter: parameter as f32 };
                (params, u64::from(count).div_ceil(256))
            },
        )?;
        Ok(response)
    })?;
    Ok(GpuImage::new(&image.engine, response, shape, DType::F32))
}
