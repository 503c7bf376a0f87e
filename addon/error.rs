//! Errors on their way to JavaScript: a stable `code` and a message.

/// A result whose error becomes a JavaScript `Error` with the status as its `code`.
pub type Result<T> = std::result::Result<T, napi::Error<String>>;

/// An error with a code.
pub fn coded(code: &str, message: &str) -> napi::Error<String> {
    napi::Error::new(code.to_owned(), message.to_owned())
}
