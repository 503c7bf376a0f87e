//! Point-wise operations, by NumPy's names.

mod greater;

pub use greater::greater;
