use crate::error::{GpuError, Result};
use crate::image::{DType, GpuImage, byte_length};
use crate::params::params;
use crate::pipeline::{Binding, Kernel};
use crate::tiling::{Need, Unit};

/// Of which matrix eigenvalues are: this only names them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Matrix {
    /// That of second derivatives.
    Hessian,
    /// That of the gradient's products.
    StructureTensor,
}

params!(Params { count: u32 });

const fn kernel(name: &'static str) -> Kernel {
    Kernel {
        name,
        workgroup: [256, 1, 1],
        bindings: &[
            Binding::Read(1),
            Binding::Read(2),
            Binding::Read(3),
            Binding::Write(4),
            Binding::Write(5),
        ],
        sources: &[
            include_str!("../../shaders/shared/line.wgsl"),
            include_str!("../../shaders/feature/eigenvalues.wgsl"),
        ],
        params: Params::LAYOUT,
    }
}

// One shader under the names of its functions, which errors and timings show.
pub(super) static HESSIAN: Kernel = kernel("feature.hessianMatrixEigvals");
pub(super) static STRUCTURE_TENSOR: Kernel = kernel("feature.structureTensorEigenvalues");

/// The larger and the smaller eigenvalue of a symmetric 2 × 2 matrix for each pixel: its upper left, upper right and lower right elements;
/// scikit-image's `hessian_matrix_eigvals` and `structure_tensor_eigenvalues`.
///
/// Takes three images of one channel of `f32` and one shape, gives two such.
///
/// # Errors
///
/// [`GpuError::Argument`] for other images, [`GpuError::Limit`], and those of the device.
pub fn eigenvalues(matrix: Matrix, elements: [&GpuImage; 3]) -> Result<[GpuImage; 2]> {
    let kernel = match matrix {
        Matrix::Hessian => &HESSIAN,
        Matrix::StructureTensor => &STRUCTURE_TENSOR,
    };
    let operation = kernel.name;
    let [first, ..] = elements;
    let shape = first.shape();
    let bytes = byte_length(operation, shape, DType::F32)?;
    for element in elements {
        first.check_beside(operation, element)?;
        let (dtype, other) = (element.dtype(), element.shape());
        if dtype != DType::F32 || other != shape || shape.channels != 1 {
            let message =
                format!("an element is {dtype:?} of {other:?}; expected F32 of {shape:?}");
            return Err(GpuError::argument(operation, message));
        }
    }
    let both = first.engine.record(operation, |recording| {
        let [a, b, c] = elements.map(|element| element.storage(recording));
        let (a, b, c) = (a?, b?, c?);
        let [larger, smaller] = [recording.buffer(bytes)?, recording.buffer(bytes)?];
        recording.tiled(
            kernel,
            &[],
            (Unit::Pixel, shape.pixels()),
            &[&a, &b, &c, &larger, &smaller].map(|storage| Need::part(storage, 4)),
            |tile| (Params { count: tile.units }, u64::from(tile.units).div_ceil(256)),
        )?;
        Ok([larger, smaller])
    })?;
    Ok(both.map(|storage| GpuImage::new(&first.engine, storage, shape, DType::F32)))
}
