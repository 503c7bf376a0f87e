use tagswitch_image::{Float, ImageView, ImageViewMut, Sample};

use super::edge_operator::{EdgeAxis, EdgeOperator, FARID, Weights, three_taps};
use super::row_window::{BLOCK, Converted, Line, Reach, RowWindow, line};
use crate::border::Border;
use crate::error::{Result, check_channels, check_shape};
use crate::simd::{Kernel, Level, dispatch};
use crate::stream::RowStream;
use crate::threads::{Band, each_band};

/// Operations per sample.
const COST: usize = 20;

/// How to find edges.
#[derive(Clone, Copy, Debug)]
pub struct EdgeFilter {
    /// By which weights.
    pub operator: EdgeOperator,
    /// Which derivative.
    pub axis: EdgeAxis,
    /// What lies beyond the edges of the image.
    pub border: Border,
    /// The constant of [`Border::Constant`], on the scale of the result.
    pub cval: f64,
}

/// Edge strength by Sobel's operator or one of its kin.
///
/// `skimage.filters.sobel`, `scharr`, `prewitt` and `farid` of one channel, in one pass. Integers become floats in [0, 1]
/// first. 8- and 16-bit ones are weighed exactly by all but `farid` and scaled last; 32-bit integers and doubles are computed
/// in 64 bits.
///
/// # Errors
///
/// [`Error::Channels`](crate::Error::Channels) for several channels,
/// [`Error::Mismatch`](crate::Error::Mismatch) unless `out` has the image's shape.
pub fn edges<T: Sample>(
    image: ImageView<'_, T>,
    options: &EdgeFilter,
    out: ImageViewMut<'_, T::Output>,
) -> Result<()> {
    check_channels("image", image.shape(), &[1], "1")?;
    check_shape("out", out.shape(), image.shape())?;
    each_band(out.into_samples(), image.shape().width(), COST, |out| {
        dispatch(Edges::<T> { image, options, out });
    });
    Ok(())
}

struct Edges<'a, T: Sample> {
    image: ImageView<'a, T>,
    options: &'a EdgeFilter,
    out: Band<'a, T::Output>,
}

impl<T: Sample> Kernel for Edges<'_, T> {
    type Output = ();

    #[inline(always)]
    fn run<L: Level>(self) {
        let weights = match self.options.operator {
            EdgeOperator::Farid => return self.weigh::<L, 2, 5>(&FARID),
            EdgeOperator::Sobel => three_taps(2.0, 1.0),
            EdgeOperator::Scharr => three_taps(10.0, 3.0),
            EdgeOperator::Prewitt => three_taps(1.0, 1.0),
        };
        self.weigh::<L, 1, 3>(&weights);
    }
}

impl<T: Sample> Edges<'_, T> {
    #[inline(always)]
    fn weigh<L: Level, const RADIUS: usize, const TAPS: usize>(
        self,
        weights: &Weights<f64, RADIUS>,
    ) {
        let scale = T::Work::from_f64(T::SCALE / weights.divisor);
        let weights = weights.cast::<T::Work>();
        match self.options.axis {
            EdgeAxis::Both => self.filter::<L, RADIUS, TAPS>(&weights, |changes, sums, x| {
                // Scaled before squaring so that it overflows where scikit-image does.
                let rows = weights.smoothed::<L>(|tap| changes[x + tap]) * scale;
                let columns = weights.difference::<L>(|tap| sums[x + tap]) * scale;
                ((rows * rows + columns * columns) * T::Work::from_f64(0.5)).sqrt()
            }),
            EdgeAxis::Rows => self.filter::<L, RADIUS, TAPS>(&weights, |changes, _, x| {
                weights.smoothed::<L>(|tap| changes[x + tap]) * scale
            }),
            EdgeAxis::Columns => self.filter::<L, RADIUS, TAPS>(&weights, |_, sums, x| {
                weights.difference::<L>(|tap| sums[x + tap]) * scale
            }),
        }
    }

    /// Down the columns first, into one line each of differences and of sums; `along` makes a result of those from a place on.
    #[inline(always)]
    fn filter<L: Level, const RADIUS: usize, const TAPS: usize>(
        self,
        weights: &Weights<T::Work, RADIUS>,
        along: impl Fn(&Line<T::Work>, &Line<T::Work>, usize) -> T::Work,
    ) {
        let Self { image, options, out } = self;
        // Samples are weighed before they are scaled; so the constant goes to their scale.
        let cval = T::Work::from_f64(options.cval / T::SCALE);
        let reach = Reach { rows: RADIUS, columns: RADIUS };
        let levels = Converted::new(image, |sample: T| sample.to_level());
        let mut rows = RowWindow::new(levels, out.first, reach, options.border, cval);
        let mut starts = [0; TAPS];
        let mut changes = [T::Work::ZERO; BLOCK + 4];
        let mut sums = changes;
        let mut found = [T::Work::ZERO; BLOCK];
        let mut result = RowStream::new(out.row_len, image.shape().len());
        for (y, row) in out.rows() {
            let store = rows.around(y, &mut starts);
            for (block, out) in result.tile(row).chunks_mut(BLOCK).enumerate() {
                let taps = starts.map(|start| line(store, start + block * BLOCK));
                for x in 0..BLOCK + 4 {
                    changes[x] = weights.difference::<L>(|tap| taps[tap][x]);
                    sums[x] = weights.smoothed::<L>(|tap| taps[tap][x]);
                }
                for (x, found) in found.iter_mut().enumerate() {
                    *found = along(&changes, &sums, x);
                }
                for (out, &found) in out.iter_mut().zip(&found) {
                    *out = found.cast();
                }
            }
            result.store::<L>(row);
        }
    }
}

#[cfg(test)]
mod tests {
    use tagswitch_image::Shape;

    use super::*;
    use crate::error::Error;
    use crate::random::Random;

    const OPERATORS: [EdgeOperator; 4] =
        [EdgeOperator::Sobel, EdgeOperator::Scharr, EdgeOperator::Prewitt, EdgeOperator::Farid];

    fn cases() -> impl Iterator<Item = (EdgeOperator, EdgeAxis)> {
        let axes = [EdgeAxis::Both, EdgeAxis::Rows, EdgeAxis::Columns];
        OPERATORS.into_iter().flat_map(move |operator| axes.map(|axis| (operator, axis)))
    }

    fn options(operator: EdgeOperator, axis: EdgeAxis, border: Border) -> EdgeFilter {
        EdgeFilter { operator, axis, border, cval: 0.5 }
    }

    fn found<T: Sample>(samples: &[T], shape: Shape, options: &EdgeFilter) -> Vec<T::Output> {
        let mut out = vec![T::Output::default(); shape.len()];
        let image = ImageView::new(samples, shape).unwrap();
        edges(image, options, ImageViewMut::new(&mut out, shape).unwrap()).unwrap();
        out
    }

    /// The definition, in doubles.
    fn reference<T: Sample>(samples: &[T], shape: Shape, options: &EdgeFilter) -> Vec<f64> {
        let (h, w) = (shape.height(), shape.width());
        let value = |y: usize, x: usize, dy: isize, dx: isize| {
            let (y, x) = (y as isize + dy, x as isize + dx);
            let place = options.border.resolve(y, h).zip(options.border.resolve(x, w));
            place.map_or(options.cval, |(y, x)| samples[y * w + x].to_level().to_f64() * T::SCALE)
        };
        let (smooth, sides): (&[f64], &[f64]) = match options.operator {
            EdgeOperator::Sobel => (&[0.25, 0.5, 0.25], &[1.0]),
            EdgeOperator::Scharr => (&[3.0 / 16.0, 10.0 / 16.0, 3.0 / 16.0], &[1.0]),
            EdgeOperator::Prewitt => (&[1.0 / 3.0; 3], &[1.0]),
            EdgeOperator::Farid => (
                &[
                    0.0376593171958126,
                    0.249153396177344,
                    0.426374573253687,
                    0.249153396177344,
                    0.0376593171958126,
                ],
                &[0.276690988455557, 0.109603762960254],
            ),
        };
        let reach = sides.len() as isize;
        let mut out = Vec::new();
        for (y, x) in (0..h).flat_map(|y| (0..w).map(move |x| (y, x))) {
            let [mut rows, mut columns] = [0.0; 2];
            for (d, k) in (-reach..).zip(smooth) {
                for (e, side) in (1..).zip(sides) {
                    rows += k * side * (value(y, x, e, d) - value(y, x, -e, d));
                    columns += k * side * (value(y, x, d, e) - value(y, x, d, -e));
                }
            }
            out.push(match options.axis {
                EdgeAxis::Both => ((rows * rows + columns * columns) / 2.0).sqrt(),
                EdgeAxis::Rows => rows,
                EdgeAxis::Columns => columns,
            });
        }
        out
    }

    #[track_caller]
    fn assert_close<F: Float>(got: &[F], expected: &[f64], tolerance: f64) {
        for (i, (got, expected)) in got.iter().zip(expected).enumerate() {
            assert!(
                (got.to_f64() - expected).abs() <= tolerance,
                "{i}: {got:?}, expected {expected}"
            );
        }
    }

    #[test]
    fn follows_the_definition_for_every_border_dtype_and_size() {
        let mut random = Random::new(3);
        for (h, w) in [(1, 1), (1, 7), (7, 1), (2, 2), (5, 33), (9, 70)] {
            let shape = Shape::new(h, w, 1).unwrap();
            let doubles: Vec<f64> = (0..shape.len()).map(|_| random.unit()).collect();
            for border in
                [Border::Reflect, Border::Constant, Border::Nearest, Border::Mirror, Border::Wrap]
            {
                for (operator, axis) in cases() {
                    let options = options(operator, axis, border);
                    let expected = reference(&doubles, shape, &options);
                    assert_close(&found(&doubles, shape, &options), &expected, 1e-14);
                    let floats: Vec<f32> = doubles.iter().map(|&v| v as f32).collect();
                    assert_close(&found(&floats, shape, &options), &expected, 1e-6);
                    let bytes: Vec<u8> = doubles.iter().map(|&v| (v * 256.0) as u8).collect();
                    assert_close(
                        &found(&bytes, shape, &options),
                        &reference(&bytes, shape, &options),
                        1e-7,
                    );
                    let ints: Vec<i32> =
                        doubles.iter().map(|&v| ((v - 0.5) * 4e9) as i32).collect();
                    assert_close(
                        &found(&ints, shape, &options),
                        &reference(&ints, shape, &options),
                        1e-7,
                    );
                }
            }
        }
    }

    #[test]
    fn agrees_with_recorded_scikit_image() {
        // skimage.filters.sobel(a, axis=…) of [[1, 2, 4], [8, 16, 32]] / 32.
        let samples = [1.0, 2.0, 4.0, 8.0, 16.0, 32.0].map(|v: f64| v / 32.0);
        for (axis, expected) in [
            (
                EdgeAxis::Both,
                [
                    0.20267377767301323,
                    0.3928840925212549,
                    0.554852528267647,
                    0.2376079113397742,
                    0.5410967053413372,
                    0.6077703230867726,
                ],
            ),
            (EdgeAxis::Rows, [0.2734375, 0.4921875, 0.765625, 0.2734375, 0.4921875, 0.765625]),
            (EdgeAxis::Columns, [0.0859375, 0.2578125, 0.171875, 0.1953125, 0.5859375, 0.390625]),
        ] {
            let shape = Shape::new(2, 3, 1).unwrap();
            assert_close(
                &found(&samples, shape, &options(EdgeOperator::Sobel, axis, Border::Reflect)),
                &expected,
                1e-15,
            );
        }
    }

    #[test]
    fn a_flat_image_has_no_edges_and_nan_touches_its_neighbours() {
        let shape = Shape::new(7, 7, 1).unwrap();
        for operator in OPERATORS {
            let options = options(operator, EdgeAxis::Both, Border::Reflect);
            let mut samples = [0.1f32; 49];
            assert_eq!(found(&samples, shape, &options), [0.0; 49]);
            samples[24] = f32::NAN;
            let reach = if operator == EdgeOperator::Farid { 2 } else { 1 };
            for (i, v) in found(&samples, shape, &options).iter().enumerate() {
                // The middle has no weight.
                let near = i != 24 && (i / 7).abs_diff(3) <= reach && (i % 7).abs_diff(3) <= reach;
                assert_eq!(v.is_nan(), near, "{i}");
            }
        }
    }

    #[test]
    fn refuses_colour() {
        let shape = Shape::new(1, 1, 3).unwrap();
        let mut out = [0.0; 3];
        let image = ImageView::new(&[0u8; 3], shape).unwrap();
        let out = ImageViewMut::new(&mut out, shape).unwrap();
        let options = options(EdgeOperator::Sobel, EdgeAxis::Both, Border::Reflect);
        let error = edges(image, &options, out).unwrap_err();
        assert_eq!(error, Error::Channels { image: "image", given: 3, expected: "1" });
    }
}
