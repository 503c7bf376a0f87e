//! Morphology, by `skimage.morphology`.

mod convex_hull_image;
mod distance_transform_edt;
mod gray;
mod line;
mod neighbourhood;
mod order;
mod rectangle;
mod short_distances;
mod small;
mod twice;

pub use convex_hull_image::convex_hull_image;
pub use distance_transform_edt::{distance_transform_edt, nearest_background};
pub use gray::{Morphology, black_tophat, closing, dilation, erosion, opening, white_tophat};
pub(crate) use neighbourhood::greatest_around;
pub use order::Ordered;
pub use small::{Label, remove_small_holes, remove_small_labels, remove_small_objects};
