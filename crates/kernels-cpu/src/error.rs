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
    /// Infinite or NaN samples where a histogram is needed.
    #[error("image holds {}; expected finite samples", plain(*value))]
    NotFinite {
        /// The first such sample.
        value: f64,
    },
    /// A mask under which there is nothing to count.
    #[error("mask is 0 everywhere; expected other samples")]
    EmptyMask,
    /// Samples below 0 where only intensities can be.
    #[error("image holds {}; expected samples of at least 0", plain(*value))]
    Negative {
        /// The first such sample.
        value: f64,
    },
    /// A largest and a smallest sample whose difference the type does not hold.
    #[error("the range of the samples, {low} to {high}, is too wide for {sample_type}")]
    Wide {
        /// The samples' type.
        sample_type: &'static str,
        /// Smallest sample.
        low: f64,
        /// Largest sample.
        high: f64,
    },
    /// More bins than there are numbers between the smallest and the largest sample.
    #[error("the range of the samples, {low} to {high}, is too narrow for {nbins} distinct bins")]
    Bins {
        /// Bins asked for.
        nbins: usize,
        /// Smallest sample.
        low: f64,
        /// Largest sample.
        high: f64,
    },
    /// Samples outside the range of images.
    #[error("image holds {}; expected samples from -1 to 1", plain(*value))]
    Range {
        /// The first such sample.
        value: f64,
    },
    /// A label below 0.
    #[error("image holds {value}; expected labels of at least 0")]
    NegativeLabel {
        /// The first such label.
        value: i64,
    },
    /// Fewer values than an image is to be parted by.
    #[error("image has {values} different values in its histogram; {classes} classes need as many")]
    FewValues {
        /// Values that occur.
        values: usize,
        /// Classes asked for.
        classes: usize,
    },
    /// More sets of thresholds than are compared.
    #[error(
        "{values} values and {classes} classes make {} sets of thresholds; at most {} are compared",
        format!("{sets:.2e}").replace('e', "e+"),
        1u64 << 32
    )]
    TooManySets {
        /// Values that occur.
        values: usize,
        /// Classes asked for.
        classes: usize,
        /// The sets.
        sets: f64,
    },
    /// More pixels than 32-bit labels can number.
    #[error("{pixels} pixels could need more labels than 32 bits hold")]
    TooManyPixels {
        /// Pixels of the image.
        pixels: usize,
    },
}

/// Numbers that are not finite by JavaScript's names, which are clearer than Rust's.
fn plain(value: f64) -> String {
    if value.is_infinite() {
        return if value > 0.0 { "Infinity".into() } else { "-Infinity".into() };
    }
    value.to_string()
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
