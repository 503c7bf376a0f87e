//! Image files in memory: PNG, JPEG, WebP and TIFF, decoded and encoded.
//!
//! The bytes may come from anywhere. A header is believed only within [`Limits`]; memory that the system refuses is an
//! error, not an abort; a file that ends early is an error even where its format would let a decoder guess the rest.
//!
//! Colour profiles and orientation are ignored, as by `skimage.io.imread`; of several frames or pages the first is read.

mod complete;
mod decode;
mod decoded;
mod encode;
mod error;
mod format;
mod limits;
mod tiff;
mod tiff_directory;

pub use decode::decode;
pub use decoded::Decoded;
pub use encode::{Quality, encode};
pub use error::{Error, Result};
pub use format::Format;
pub use limits::Limits;
