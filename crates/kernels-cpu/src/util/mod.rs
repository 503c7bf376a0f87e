//! Point-wise operations, by NumPy's names, and conversions, by `skimage.util`.

mod greater;
mod img_as_ubyte;
mod invert;

pub use greater::greater;
pub use img_as_ubyte::img_as_ubyte;
pub use invert::{Invert, invert};
