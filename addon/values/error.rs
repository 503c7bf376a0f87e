//! Errors on their way to JavaScript: a stable `code` and a message.

use napi::{Env, JsError};
use tagswitch_image::ShapeError;
use tagswitch_kernels_cpu::{Error as KernelError, io};

/// A result whose error becomes a JavaScript `Error` with the status as its `code`.
pub type Result<T> = std::result::Result<T, napi::Error<String>>;

/// An error with a code.
pub fn coded(code: &str, message: &str) -> napi::Error<String> {
    napi::Error::new(code.to_owned(), message.to_owned())
}

/// What a CPU kernel refuses.
pub fn kernel_error(error: KernelError) -> napi::Error<String> {
    let code = match error {
        KernelError::Shape(error) => return shape_error(error),
        KernelError::Channels { .. } | KernelError::Mismatch { .. } => "ERR_IMAGE_SHAPE",
        KernelError::Option { .. } => "ERR_IMAGE_OPTION",
        KernelError::NotFinite { .. }
        | KernelError::EmptyMask
        | KernelError::Negative { .. }
        | KernelError::Wide { .. }
        | KernelError::Bins { .. }
        | KernelError::Range { .. }
        | KernelError::FewValues { .. }
        | KernelError::NegativeLabel { .. } => "ERR_IMAGE_VALUE",
        KernelError::TooManyPixels { .. } | KernelError::TooManySets { .. } => "ERR_IMAGE_LIMIT",
    };
    coded(code, &error.to_string())
}

/// A shape that cannot be, or samples that do not fit it.
pub fn shape_error(error: ShapeError) -> napi::Error<String> {
    let code = match error {
        ShapeError::Empty { .. } => "ERR_IMAGE_SHAPE",
        ShapeError::TooLarge { .. } => "ERR_IMAGE_LIMIT",
        ShapeError::Length { .. } => "ERR_IMAGE_BUFFER",
    };
    coded(code, &error.to_string())
}

/// What cannot be read from or written to a file.
pub fn io_error(error: io::Error) -> napi::Error<String> {
    let code = match error {
        io::Error::Unknown { .. }
        | io::Error::Malformed { .. }
        | io::Error::Unsupported { .. }
        | io::Error::Encoding { .. } => "ERR_IMAGE_FORMAT",
        io::Error::Limit { .. } => "ERR_IMAGE_LIMIT",
        io::Error::SampleType { .. } => "ERR_IMAGE_DTYPE",
        io::Error::Shape { .. } => "ERR_IMAGE_SHAPE",
    };
    coded(code, &error.to_string())
}

/// The same error where only `napi`'s own status fits: as the JavaScript object, which keeps its code.
pub fn into_js(env: Env, error: napi::Error<String>) -> napi::Error {
    JsError::from(error).into_unknown(env).into()
}
