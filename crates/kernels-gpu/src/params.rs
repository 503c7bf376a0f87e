//! Parameters of kernels: Rust structs that a test compares, field by field, with the `Params` of the WGSL.

/// The layout of a parameter struct.
#[derive(Debug, Clone, Copy)]
pub struct Layout {
    /// Size in bytes.
    pub size: usize,
    /// Names and offsets of the fields.
    pub fields: &'static [(&'static str, usize)],
}

/// Defines a parameter struct, plain bytes in the order of its fields, and its `LAYOUT`.
macro_rules! params {
    ($visible:vis $name:ident { $($field:ident: $type:ty),+ $(,)? }) => {
        #[repr(C)]
        #[derive(Debug, Clone, Copy, bytemuck::Pod, bytemuck::Zeroable)]
        $visible struct $name { $($visible $field: $type),+ }

        impl $name {
            $visible const LAYOUT: $crate::params::Layout = $crate::params::Layout {
                size: size_of::<$name>(),
                fields: &[$((stringify!($field), std::mem::offset_of!($name, $field))),+],
            };
        }
    };
}

pub(crate) use params;
