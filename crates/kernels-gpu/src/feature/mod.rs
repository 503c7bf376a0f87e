//! Features: the matrices of second order, their eigenvalues, the corners that are found by them, peaks and edges.

mod canny;
mod canny_smoothing;
mod corners;
mod eigenvalues;
mod hessian_matrix;
mod peaks;
mod structure_tensor;

pub use canny::{Canny, canny};
pub use corners::{CornerMeasure, corners};
pub use eigenvalues::{Matrix, eigenvalues};
pub use hessian_matrix::{Derivatives, HessianMatrix, hessian_matrix};
pub use peaks::{PeakCandidates, peak_candidates};
pub use structure_tensor::{StructureTensor, structure_tensor};

pub(crate) static KERNELS: &[&crate::Kernel] = &[
    &structure_tensor::PRODUCTS,
    &structure_tensor::ELEMENTS,
    &corners::HARRIS,
    &corners::SHI_TOMASI,
    &hessian_matrix::DIFFERENCES,
    &eigenvalues::HESSIAN,
    &eigenvalues::STRUCTURE_TENSOR,
    &canny_smoothing::INTENSITY,
    &canny_smoothing::BLUR,
    &canny::GRADIENT,
    &canny::CREST,
    &peaks::COUNT,
    &peaks::LIST,
];
