//! What lies beyond the edges of an image.

/// How an image goes on beyond its edges, by SciPy's names (`abcd` is the image).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BorderMode {
    /// `dcba|abcd|dcba`
    Reflect = 0,
    /// A constant.
    Constant = 1,
    /// `aaaa|abcd|dddd`
    Nearest = 2,
    /// `dcb|abcd|cba`
    Mirror = 3,
    /// `abcd|abcd|abcd`
    Wrap = 4,
}

impl BorderMode {
    /// The mode of this name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Some(match name {
            "reflect" => Self::Reflect,
            "constant" => Self::Constant,
            "nearest" => Self::Nearest,
            "mirror" => Self::Mirror,
            "wrap" => Self::Wrap,
            _ => return None,
        })
    }
}

/// A border mode and the value beyond the edge for [`BorderMode::Constant`].
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Border {
    /// The mode.
    pub mode: BorderMode,
    /// The constant, in the units of the result.
    pub cval: f64,
}

impl BorderMode {
    /// The constants of shaders for a kernel that reaches `radius` samples beyond a line of `length`.
    pub(crate) fn constants(self, radius: u32, length: u32) -> [(&'static str, f64); 2] {
        // One fold will do within the image's own length; a mirror is one sample shorter.
        [("BORDER", f64::from(self as u8)), ("FAR", f64::from(u8::from(radius >= length)))]
    }
}
