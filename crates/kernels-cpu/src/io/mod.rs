//! Image files in memory: PNG, JPEG, WebP and TIFF, decoded and encoded.
//!
//! The bytes may come from anywhere. A header is believed only within [`Limits`]; memory that the system refuses is an
//! error, not an abort; a file that ends early is an error even where its format would let a decoder guess the rest.
//!
//! Colour profiles and orientation are ignored, as by `skimage.io.imread`; of several frames or pages the first is read.

mod complete;
mod decode;
mod encode;
mod error;
mod format;
mod tiff;
mod tiff_directory;

pub use decode::{Decoded, Limits, decode};
pub use encode::{Quality, encode};
pub use error::{Error, Result};
pub use format::Format;
