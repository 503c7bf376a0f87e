//! Morphology, by `skimage.morphology`.

mod gray;
mod line;
mod neighbourhood;
mod order;
mod rectangle;

pub use gray::{Morphology, black_tophat, closing, dilation, erosion, opening, white_tophat};
pub use order::Ordered;
