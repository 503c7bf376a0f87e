//! Features of images, by `skimage.feature`.

mod blurred_rows;
mod canny;
mod gradients;
mod quantile;
mod smoothed_rows;

pub use canny::{Canny, canny};
