//! Point-wise operations, by NumPy's names, and conversions, by `skimage.util`.

mod greater;
mod img_as_float;
mod img_as_unsigned;
mod invert;
mod philox;
mod random_noise;

pub use greater::{greater, greater_than};
pub use img_as_float::img_as_float;
pub use img_as_unsigned::{AsUnsigned, Unsigned, img_as_ubyte, img_as_uint};
pub use invert::{Invert, invert};
pub use random_noise::{Noise, RandomNoise, random_noise};
