//! Features of images, by `skimage.feature`.

mod blurred_rows;
mod canny;
mod corners;
mod crests;
mod eigenvalues;
pub(crate) mod gaussian_derivatives;
mod gradients;
mod hessian_matrix;
mod peak_regions;
mod peak_selection;
mod peak_strips;
mod peaks;
mod quantile;
mod smoothed_rows;
mod spacing;
mod structure_tensor;

pub use canny::{Canny, canny};
pub use corners::{CornerMeasure, corners};
pub use eigenvalues::eigenvalues;
pub(crate) use eigenvalues::eigenvalues_at;
pub use hessian_matrix::{Derivatives, HessianMatrix, hessian_matrix};
pub use peak_selection::{corners_among, peaks_among};
pub use peaks::{Peaks, corner_peaks, peak_local_max, peak_threshold};
pub use spacing::Peak;
pub use structure_tensor::{StructureTensor, structure_tensor};
