//! Features: the matrices of second order, their eigenvalues, and the corners that are found by them.

mod corners;
mod eigenvalues;
mod hessian_matrix;
mod structure_tensor;

pub use corners::{CornerMeasure, corners};
pub use eigenvalues::{Matrix, eigenvalues};
pub use hessian_matrix::{Derivatives, HessianMatrix, hessian_matrix};
pub use structure_tensor::{StructureTensor, structure_tensor};

pub(crate) static KERNELS: &[&crate::Kernel] = &[
    &structure_tensor::PRODUCTS,
    &structure_tensor::ELEMENTS,
    &corners::HARRIS,
    &corners::SHI_TOMASI,
    &hessian_matrix::DIFFERENCES,
    &eigenvalues::HESSIAN,
    &eigenvalues::STRUCTURE_TENSOR,
];
