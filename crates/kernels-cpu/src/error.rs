//! What kernels refuse.

use tagswitch_image::{Shape, ShapeError};
use thiserror::Error;

/// The result of a kernel.
pub type Result<T> = std::result::Result<T, Error>;

/// Input that a kernel cannot work on.
#[derive(Clone, Debug, PartialEq, Error)]
pub enum Error {
    /// A shape that cannot be.
    #[error(transparent)]
    Shape(#[from] ShapeError),
    /// An image with another number of channels than the kernel works on.
    #[error("{image} has {given} channels; expected {expected}")]
    Channels {
        /// Which image.
        image: &'static str,
        /// Its channels.
        given: usize,
        /// What the kernel takes.
        expected: &'static str,
    },
    /// Two images whose shapes must fit do not.
    #[error("{image} has shape {given}; expected {expected}")]
    Mismatch {
        /// Which image.
        image: &'static str,
        /// Its shape.
        given: Shape,
        /// The shape that fits.
        expected: Shape,
    },
    /// An option outside its range.
    #[error("{name} is {given}; expected {expected}")]
    Option {
        /// The option's name.
        name: &'static str,
        /// The value given.
        given: String,
        /// What is accepted.
        expected: &'static str,
    },
    /// Infinite or NaN samples where a range is needed.
    #[error("the image holds infinite or NaN samples, so it has no histogram")]
    NotFinite,
    /// More bins than there are numbers between the smallest and the largest sample.
    #[error("{nbins} bins do not fit between {low} and {high}: neighbouring edges would coincide")]
    Bins {
        /// Bins asked for.
        nbins: usize,
        /// Smallest sample.
        low: f64,
        /// Largest sample.
        high: f64,
    },
    /// Samples outside the range of images.
    #[error("the image holds {value}; expected samples from −1 to 1")]
    Range {
        /// The first such sample.
        value: f64,
    },
    /// More pixels than 32-bit labels can number.
    #[error("{pixels} pixels could need more labels than 32 bits hold")]
    TooManyPixels {
        /// Pixels of the image.
        pixels: usize,
    },
}

/// Refuses an image with another number of channels.
pub(crate) fn check_channels(
    image: &'static str,
    shape: Shape,
    accepted: &[usize],
    expected: &'static str,
) -> Result<()> {
    if accepted.contains(&shape.channels()) {
        return Ok(());
    }
    Err(Error::Channels { image, given: shape.channels(), expected })
}

/// Refuses an image of another shape.
pub(crate) fn check_shape(image: &'static str, given: Shape, expected: Shape) -> Result<()> {
    if given == expected { Ok(()) } else { Err(Error::Mismatch { image, given, expected }) }
}
