//! The registry's refusals on their way to JavaScript.

use tagswitch_addon_values::error::{Result, coded};
use tagswitch_dispatch::DispatchError;

/// What `resolve` and `base` answer when JavaScript must hand over a larger table.
const TABLE_FULL: u32 = 0;

/// The answer, where a full table is one too.
pub fn full_as_zero(answer: std::result::Result<u32, DispatchError>) -> Result<u32> {
    match answer {
        Err(DispatchError::TableFull) => Ok(TABLE_FULL),
        other => other.map_err(to_js),
    }
}

/// A refusal with its code.
pub fn to_js(error: DispatchError) -> napi::Error<String> {
    let code = match error {
        DispatchError::UnknownBackend { .. } => "ERR_DISPATCH_UNKNOWN_BACKEND",
        DispatchError::Duplicate { .. } => "ERR_DISPATCH_DUPLICATE",
        DispatchError::OrderCycle { .. } => "ERR_DISPATCH_ORDER",
        DispatchError::NoSuch { .. } | DispatchError::TableFull => "ERR_DISPATCH_INTERNAL",
    };
    coded(code, &error.to_string())
}
