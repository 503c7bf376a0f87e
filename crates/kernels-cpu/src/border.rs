//! What lies beyond an image's edge: the only place that knows.

/// How an image goes on beyond its edges, by SciPy's names (`transform` functions use NumPy's, where
/// `reflect` is this enum's `Mirror`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Border {
    /// `d c b a | a b c d | d c b a`: the edge sample twice.
    Reflect,
    /// `k k k k | a b c d | k k k k`: one given value.
    Constant,
    /// `a a a a | a b c d | d d d d`: the edge sample for ever.
    Nearest,
    /// `d c b | a b c d | c b a`: the edge sample once.
    Mirror,
    /// `a b c d | a b c d | a b c d`: from the other side.
    Wrap,
}

impl Border {
    /// The mode by SciPy's name.
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

    /// Where to read sample `index` of a line of `len` samples; `None` means the constant.
    ///
    /// Indices may lie beyond the line by any distance. `len` must not be 0.
    #[inline]
    pub fn resolve(self, index: isize, len: usize) -> Option<usize> {
        let n = len as isize;
        if (0..n).contains(&index) {
            return Some(index as usize);
        }
        let inside = match self {
            Self::Constant => return None,
            Self::Nearest => index.clamp(0, n - 1),
            Self::Wrap => remainder(index, n),
            Self::Reflect => {
                let i = remainder(index, 2 * n);
                if i < n { i } else { 2 * n - 1 - i }
            }
            Self::Mirror if n == 1 => 0,
            Self::Mirror => {
                let i = remainder(index, 2 * n - 2);
                if i < n { i } else { 2 * n - 2 - i }
            }
        };
        Some(inside as usize)
    }

    /// Where SciPy takes a place beyond an end to lie before it takes the nearest sample: folded back where the border mirrors. It matters
    /// where two samples are equally near.
    #[inline]
    pub(crate) fn folded(self, place: f64, len: usize) -> f64 {
        let shared = match self {
            Self::Mirror => 1.0,
            Self::Reflect => 0.0,
            _ => return place,
        };
        let length = len as f64;
        if place >= 0.0 && place <= length - 1.0 {
            return place;
        }
        if len == 1 {
            return 0.0;
        }
        let period = 2.0 * (length - shared);
        let rest = place % period;
        if place < 0.0 {
            if rest < shared - length { rest + period } else { shared - 1.0 - rest }
        } else if rest >= length {
            period + shared - 1.0 - rest
        } else {
            rest
        }
    }
}

/// The remainder that is not negative. A division takes longer than all else that is done to a place near the line, and it needs none.
#[inline]
fn remainder(index: isize, period: isize) -> isize {
    match index {
        _ if (0..period).contains(&index) => index,
        _ if (-period..0).contains(&index) => index + period,
        _ => index.rem_euclid(period),
    }
}

/// Fills `radius` pixels on either side of a padded row of `width` pixels, which lie in its middle.
pub(crate) fn pad_row<W: Copy>(
    row: &mut [W],
    width: usize,
    channels: usize,
    radius: usize,
    border: Border,
    cval: W,
) {
    let left = (0..radius).map(|i| (i, i as isize - radius as isize));
    let right = (0..radius).map(|i| (radius + width + i, (width + i) as isize));
    for (slot, index) in left.chain(right) {
        match border.resolve(index, width) {
            Some(source) => {
                let from = (radius + source) * channels;
                row.copy_within(from..from + channels, slot * channels);
            }
            None => row[slot * channels..][..channels].fill(cval),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(border: Border, text: &str, reach: isize) -> String {
        let samples: Vec<char> = text.chars().collect();
        let n = samples.len();
        (-reach..n as isize + reach)
            .map(|i| border.resolve(i, n).map_or('k', |at| samples[at]))
            .collect()
    }

    // Expected values: scipy.ndimage.correlate1d with a one-hot kernel, SciPy 1.17.

    #[test]
    fn continues_a_line_as_scipy_does() {
        for (border, two, four) in [
            (Border::Reflect, "baabbaabbaabba", "cddcbaabcddcbaab"),
            (Border::Constant, "kkkkkkabkkkkkk", "kkkkkkabcdkkkkkk"),
            (Border::Nearest, "aaaaaaabbbbbbb", "aaaaaaabcddddddd"),
            (Border::Mirror, "ababababababab", "abcdcbabcdcbabcd"),
            (Border::Wrap, "ababababababab", "cdabcdabcdabcdab"),
        ] {
            assert_eq!(line(border, "ab", 6), two, "{border:?}");
            assert_eq!(line(border, "abcd", 6), four, "{border:?}");
        }
    }

    #[test]
    fn one_sample_is_all_there_is() {
        for border in [Border::Reflect, Border::Nearest, Border::Mirror, Border::Wrap] {
            assert_eq!(line(border, "a", 3), "aaaaaaa");
        }
        assert_eq!(line(Border::Constant, "a", 2), "kkakk");
    }

    #[test]
    fn pads_whole_pixels() {
        let mut row = [0, 0, 0, 0, 1, 2, 3, 4, 0, 0, 0, 0];
        pad_row(&mut row, 2, 2, 2, Border::Reflect, 9);
        assert_eq!(row, [3, 4, 1, 2, 1, 2, 3, 4, 3, 4, 1, 2]);
        pad_row(&mut row, 2, 2, 2, Border::Constant, 9);
        assert_eq!(row, [9, 9, 9, 9, 1, 2, 3, 4, 9, 9, 9, 9]);
    }

    #[test]
    fn names_are_scipys() {
        assert_eq!(Border::from_name("mirror"), Some(Border::Mirror));
        assert_eq!(Border::from_name("grid-wrap"), None);
    }
}
