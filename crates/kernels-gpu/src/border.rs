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

    /// The sample that stands for `i` on a line of `length`, as shaders find it; none is the constant.
    pub(crate) fn index(self, i: i64, length: u32) -> Option<u32> {
        let length = i64::from(length);
        let folded = |period: i64, twice: i64| {
            let i = i.rem_euclid(period);
            i.min(period - twice - i)
        };
        let index = match self {
            Self::Constant if !(0..length).contains(&i) => return None,
            Self::Constant => i,
            Self::Nearest => i.clamp(0, length - 1),
            Self::Wrap => i.rem_euclid(length),
            Self::Reflect => folded(2 * length, 1),
            Self::Mirror => folded((2 * length - 2).max(1), 0),
        };
        Some(index as u32)
    }
}

#[cfg(test)]
mod tests {
    use super::BorderMode;

    #[test]
    fn lines_go_on() {
        let line = |mode: BorderMode, length| -> Vec<_> {
            (-4..7).map(|i| mode.index(i, length)).collect()
        };
        let some = |indices: [u32; 11]| indices.map(Some).to_vec();
        assert_eq!(line(BorderMode::Reflect, 3), some([2, 2, 1, 0, 0, 1, 2, 2, 1, 0, 0]));
        assert_eq!(line(BorderMode::Mirror, 3), some([0, 1, 2, 1, 0, 1, 2, 1, 0, 1, 2]));
        assert_eq!(line(BorderMode::Wrap, 3), some([2, 0, 1, 2, 0, 1, 2, 0, 1, 2, 0]));
        assert_eq!(line(BorderMode::Nearest, 3), some([0, 0, 0, 0, 0, 1, 2, 2, 2, 2, 2]));
        assert_eq!(line(BorderMode::Mirror, 1), some([0; 11]));
        assert_eq!(BorderMode::Constant.index(3, 3), None);
        assert_eq!(BorderMode::Constant.index(2, 3), Some(2));
    }
}
