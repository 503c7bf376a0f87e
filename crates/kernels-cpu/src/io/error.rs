use image::error::{ImageError, UnsupportedErrorKind};
use thiserror::Error;

use super::Format;

/// The result of reading or writing.
pub type Result<T> = std::result::Result<T, Error>;

/// What cannot be read or written.
#[derive(Debug, Error)]
pub enum Error {
    /// No known format begins like this.
    #[error("unknown format: {begin}; expected PNG, JPEG, WebP or TIFF")]
    Unknown {
        /// How the data begins.
        begin: String,
    },
    /// Damaged or truncated.
    #[error("bad {format}: {reason}")]
    Malformed {
        /// The format that the data begins like.
        format: Format,
        /// What is wrong.
        reason: String,
    },
    /// Whole, but of a kind that is not read.
    #[error("{format} of a kind that is not supported: {reason}")]
    Unsupported {
        /// The format.
        format: Format,
        /// The kind.
        reason: String,
    },
    /// Larger than the caller allows or the system can hold.
    #[error("{format} too large: {reason}")]
    Limit {
        /// The format.
        format: Format,
        /// What exceeds what.
        reason: String,
    },
    /// Samples of a type that the format does not hold.
    #[error("{format} cannot hold {given} samples; {advice}")]
    SampleType {
        /// The format.
        format: Format,
        /// The samples' type.
        given: &'static str,
        /// What to do.
        advice: &'static str,
    },
    /// A shape that the format does not hold.
    #[error("{format} cannot hold {given}; expected {expected}")]
    Shape {
        /// The format.
        format: Format,
        /// What was given.
        given: String,
        /// What fits.
        expected: &'static str,
    },
    /// An encoder that failed otherwise.
    #[error("{format} could not be written: {reason}")]
    Encoding {
        /// The format.
        format: Format,
        /// What went wrong.
        reason: String,
    },
}

impl Error {
    /// From what the `image` crate says.
    pub(super) fn decoding(format: Format, error: &ImageError) -> Self {
        let reason = match error {
            ImageError::Limits(limit) => return Self::Limit { format, reason: limit.to_string() },
            ImageError::Unsupported(unsupported) => {
                let reason = match unsupported.kind() {
                    UnsupportedErrorKind::GenericFeature(feature) => feature.clone(),
                    _ => unsupported.to_string(),
                };
                return Self::Unsupported { format, reason };
            }
            // Without the crate's own preamble where there is a source.
            ImageError::Decoding(error) => {
                let source = std::error::Error::source(error);
                source.map_or_else(|| error.to_string(), ToString::to_string)
            }
            other => other.to_string(),
        };
        Self::Malformed { format, reason }
    }

    /// From what the `tiff` crate says.
    pub(super) fn tiff(error: ::tiff::TiffError) -> Self {
        let format = Format::Tiff;
        match error {
            ::tiff::TiffError::LimitsExceeded => {
                Self::Limit { format, reason: "its parts exceed the memory allowed".into() }
            }
            ::tiff::TiffError::UnsupportedError(error) => {
                Self::Unsupported { format, reason: error.to_string() }
            }
            other => Self::Malformed { format, reason: other.to_string() },
        }
    }
}
