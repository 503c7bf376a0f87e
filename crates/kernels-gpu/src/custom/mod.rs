//! Kernels that users bring, as WGSL. The shader itself says what it reads, writes and is told.

mod fault;
mod kernel;
mod limits;
mod parameters;
mod shader;

pub use fault::ShaderFault;
pub use kernel::CustomKernel;
pub use parameters::{Declared, Dimension, Field, Parameters, Value};
pub use shader::{Array, Bound, Element, Shader};
