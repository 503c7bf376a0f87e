use tagswitch_image::Float;

use crate::simd::Level;

/// Which derivative to take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EdgeAxis {
    /// The root mean square of both derivatives.
    Both,
    /// Down the rows: finds horizontal edges. Signed; positive where the lower side is brighter.
    Rows,
    /// Across the columns: finds vertical edges. Signed; positive where the right side is brighter.
    Columns,
}

/// By which weights to find edges.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EdgeOperator {
    /// The difference \[1 0 −1\], smoothed by \[1 2 1\]/4 across it.
    Sobel,
    /// The same difference, smoothed by \[3 10 3\]/16.
    Scharr,
    /// The same difference, smoothed by \[1 1 1\]/3.
    Prewitt,
    /// H. Farid and E. P. Simoncelli's five taps: "Differentiation of discrete multidimensional signals", IEEE Transactions on
    /// Image Processing 13(4), 2004.
    Farid,
}

impl EdgeOperator {
    /// The operator by its function's name.
    pub fn from_name(name: &str) -> Option<Self> {
        Some(match name {
            "sobel" => Self::Sobel,
            "scharr" => Self::Scharr,
            "prewitt" => Self::Prewitt,
            "farid" => Self::Farid,
            _ => return None,
        })
    }
}

/// Weights outwards from the pixel, for either side; where they can be whole numbers they are, and divided last.
pub struct Weights<W, const RADIUS: usize> {
    centre: W,
    smoothing: [W; RADIUS],
    difference: [W; RADIUS],
    pub divisor: f64,
}

pub const FARID: Weights<f64, 2> = Weights {
    centre: 0.426374573253687,
    smoothing: [0.249153396177344, 0.0376593171958126],
    difference: [0.276690988455557, 0.109603762960254],
    divisor: 1.0,
};

/// The difference of the two neighbours, smoothed over three lines.
pub const fn three_taps(centre: f64, side: f64) -> Weights<f64, 1> {
    Weights { centre, smoothing: [side], difference: [1.0], divisor: centre + 2.0 * side }
}

impl<const RADIUS: usize> Weights<f64, RADIUS> {
    /// The same in another type.
    pub fn cast<W: Float>(&self) -> Weights<W, RADIUS> {
        Weights {
            centre: W::from_f64(self.centre),
            smoothing: self.smoothing.map(W::from_f64),
            difference: self.difference.map(W::from_f64),
            divisor: self.divisor,
        }
    }
}

impl<W: Float, const RADIUS: usize> Weights<W, RADIUS> {
    /// The weighed sum of `2 × RADIUS + 1` samples.
    #[inline(always)]
    pub fn smoothed<L: Level>(&self, sample: impl Fn(usize) -> W) -> W {
        let mut sum = self.centre * sample(RADIUS);
        for i in 0..RADIUS {
            let pair = sample(RADIUS - 1 - i) + sample(RADIUS + 1 + i);
            sum = L::fma(self.smoothing[i], pair, sum);
        }
        sum
    }

    /// The weighed sum of the differences between the samples after the middle one and those before it.
    #[inline(always)]
    pub fn difference<L: Level>(&self, sample: impl Fn(usize) -> W) -> W {
        let mut sum = self.difference[0] * (sample(RADIUS + 1) - sample(RADIUS - 1));
        for i in 1..RADIUS {
            let pair = sample(RADIUS + 1 + i) - sample(RADIUS - 1 - i);
            sum = L::fma(self.difference[i], pair, sum);
        }
        sum
    }
}
