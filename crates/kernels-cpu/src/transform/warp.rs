use tagswitch_image::{ImageView, ImageViewMut, Sample, Shape};

use super::exactly::Warped;
use super::near::distances;
use super::places::{Map, Places};
use super::resize::Clip;
use super::spline::Degree;
use super::spline_warp::warped;
use super::warp_line::Line;
use crate::border::Border;
use crate::error::{Result, check_shape};
use crate::simd::{Kernel, Level, dispatch};
use crate::threads::{Band, each_band};

/// Operations per sample and tap.
const COST: usize = 4;
/// Rows of a tile: where a map turns the image, neighbouring rows need the same of its samples while they are in cache.
const TILE_ROWS: usize = 16;
/// Columns of a tile.
const TILE_COLUMNS: usize = 128;

/// How to compute what lies between pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Interpolation {
    /// Linear in both directions.
    Linear,
    /// Cubic in both directions: Keys's kernel (1981) with a = −½.
    Cubic,
    /// On the spline through all samples.
    Spline(Degree),
}

/// How to warp.
#[derive(Clone, Copy, Debug)]
pub struct Warp<'a> {
    /// From a pixel of the result to its place in the image.
    pub map: Map<'a>,
    /// What lies between pixels.
    pub interpolation: Interpolation,
    /// What lies beyond the edges, pixel by pixel.
    pub border: Border,
    /// The constant of [`Border::Constant`], on the scale of the result; and the result where the map leads nowhere.
    pub cval: f64,
    /// Keep results within the image's range.
    pub clip: bool,
    /// Keep integers' values instead of scaling them to [0, 1].
    pub preserve_range: bool,
}

/// The image seen through a transform, in the size of `out`, channels kept apart.
///
/// `skimage.transform.warp` and `warp_polar` of orders above 0. Places are computed in 64 bits; of neighbours that a matrix leads to, for what
/// is computed with in 32 bits, every sixteenth, and the others from there in fixed point. Where all pixels around a place lie inside, several are
/// done at once, and where none does the constant is filled in.
///
/// # Errors
///
/// [`Error::Mismatch`](crate::Error::Mismatch) for another number of channels, [`Error::Option`](crate::Error::Option) for a polar map of another
/// size.
pub fn warp<T: Sample>(
    image: ImageView<'_, T>,
    options: &Warp<'_>,
    out: ImageViewMut<'_, T::Output>,
) -> Result<()> {
    let (from, to) = (image.shape(), out.shape());
    check_shape("out", to, to.with_channels(from.channels())?)?;
    options.map.check(to)?;
    let out = out.into_samples();
    match options.interpolation {
        Interpolation::Linear => sampled::<T, 2>(image, options, to, out),
        Interpolation::Cubic => sampled::<T, 4>(image, options, to, out),
        Interpolation::Spline(degree) => return warped(image, degree, options, to, out),
    }
    Ok(())
}

fn sampled<T: Sample, const N: usize>(
    image: ImageView<'_, T>,
    options: &Warp<'_>,
    to: Shape,
    out: &mut [T::Output],
) {
    let width = to.width();
    each_band(out, to.row_len(), COST * N * N, |out| {
        dispatch(Sampled::<T, N> { image, options, width, out });
    });
    let Warp { border, cval, preserve_range, clip, .. } = *options;
    // Weights of two taps are not negative, so that they only lead out of the range by the constant.
    if clip && (N > 2 || border == Border::Constant) {
        dispatch(Clip { image, scaled: !preserve_range, overshoots: N > 2, border, cval, out });
    }
}

/// `N` taps in each direction.
struct Sampled<'a, T: Sample, const N: usize> {
    image: ImageView<'a, T>,
    options: &'a Warp<'a>,
    /// Of the result.
    width: usize,
    out: Band<'a, T::Output>,
}

impl<T: Sample, const N: usize> Kernel for Sampled<'_, T, N> {
    type Output = ();

    #[inline(always)]
    fn run<L: Level>(self) {
        // Compiled twice: a loop for any number of channels would compute where each pixel is.
        if self.image.shape().channels() == 1 {
            self.draw::<L, true>()
        } else {
            self.draw::<L, false>()
        }
    }
}

impl<T: Sample, const N: usize> Sampled<'_, T, N> {
    #[inline(always)]
    fn draw<L: Level, const ALONE: bool>(self) {
        let Self { image, options, width, out } = self;
        let places = &Places::new(options.map);
        let (warped, distances) = (Warped { image, options, places }, distances());
        let groups = out.samples.chunks_mut(TILE_ROWS * out.row_len);
        for (first, rows) in (out.first..).step_by(TILE_ROWS).zip(groups) {
            let lines: [Line; TILE_ROWS] =
                std::array::from_fn(|i| Line::of::<N>(image, options, places, first + i, width));
            for left in (0..width).step_by(TILE_COLUMNS) {
                let columns = left..width.min(left + TILE_COLUMNS);
                for (line, row) in lines.iter().zip(rows.chunks_exact_mut(out.row_len)) {
                    line.draw::<L, T, N, ALONE>(warped, &distances, columns.clone(), row);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use tagswitch_image::Shape;

    use super::super::between_pixels::pixel;
    use super::super::places::Polar;
    use super::*;
    use crate::error::Error;
    use crate::random::Random;

    const TURN: [f64; 9] = [0.83, -0.31, 3.7, 0.37, 1.13, -5.2, 0.0, 0.0, 1.0];
    const TILT: [f64; 9] = [1.1, -0.11, 1.3, 0.13, 0.93, -2.2, 0.0017, -0.0023, 1.0];

    fn options(interpolation: Interpolation, border: Border) -> Warp<'static> {
        Warp {
            map: Map::Matrix(TURN),
            interpolation,
            border,
            cval: 0.25,
            clip: false,
            preserve_range: true,
        }
    }

    fn warped<T: Sample>(samples: &[T], from: Shape, to: Shape, options: &Warp) -> Vec<T::Output> {
        let mut out = vec![T::Output::default(); to.len()];
        let image = ImageView::new(samples, from).unwrap();
        warp(image, options, ImageViewMut::new(&mut out, to).unwrap()).unwrap();
        out
    }

    #[test]
    fn blocks_do_what_single_pixels_do() {
        let mut random = Random::new(7);
        for (height, width, channels) in [(37, 53, 1), (29, 31, 3), (5, 90, 2)] {
            let shape = Shape::new(height, width, channels).unwrap();
            let samples: Vec<f64> = (0..shape.len()).map(|_| random.unit()).collect();
            let narrow: Vec<f32> = samples.iter().map(|&v| v as f32).collect();
            let bytes: Vec<u8> = samples.iter().map(|&v| (v * 255.0) as u8).collect();
            let image = ImageView::new(&samples, shape).unwrap();
            let narrow = ImageView::new(&narrow, shape).unwrap();
            let bytes = ImageView::new(&bytes, shape).unwrap();
            let radii: Vec<f64> = (0..width).map(|x| 0.37 * x as f64).collect();
            let (sines, cosines): (Vec<f64>, Vec<f64>) =
                (0..height).map(|y| (0.11 * y as f64).sin_cos()).unzip();
            let center = [height as f64 / 2.0, width as f64 / 2.0];
            let polar = Polar { radii: &radii, cosines: &cosines, sines: &sines, center };
            for map in [Map::Matrix(TURN), Map::Matrix(TILT), Map::Polar(polar)] {
                for border in [Border::Mirror, Border::Constant] {
                    let linear = Warp { map, ..options(Interpolation::Linear, border) };
                    as_single::<_, 2>(image, &linear, 1e-14);
                    as_single::<_, 2>(narrow, &linear, 1e-6);
                    as_single::<_, 2>(bytes, &linear, 3e-4);
                    let cubic = Warp { interpolation: Interpolation::Cubic, ..linear };
                    as_single::<_, 4>(image, &cubic, 1e-14);
                    as_single::<_, 4>(narrow, &cubic, 2e-6);
                }
            }
        }
    }

    fn as_single<T: Sample, const N: usize>(
        image: ImageView<'_, T>,
        options: &Warp<'_>,
        bound: f64,
    ) {
        let shape = image.shape();
        let channels = shape.channels();
        let out = warped(image.samples(), shape, shape, options);
        let places = Places::new(options.map);
        for (i, samples) in out.chunks_exact(channels).enumerate() {
            let mut expected = vec![T::Output::default(); channels];
            let place = places.of(i % shape.width(), i / shape.width());
            pixel::<_, N>(image, options, place, &mut expected);
            for (got, expected) in samples.iter().zip(&expected) {
                let distance = (got.to_f64() - expected.to_f64()).abs();
                assert!(distance < bound, "{i}: {got:?}, not {expected:?}");
            }
        }
    }

    /// Places that are whole in 64 bits, and others that are not.
    #[test]
    fn what_has_no_weight_does_not_matter() {
        for channels in [1, 3] {
            let [from, to] = [40, 360].map(|width| Shape::new(6, width, channels).unwrap());
            // In the first channel only.
            let nan = |i: usize| i % from.row_len() == 20 * channels;
            let samples: Vec<f64> =
                (0..from.len()).map(|i| if nan(i) { f64::NAN } else { i as f64 }).collect();
            let narrow: Vec<f32> = samples.iter().map(|&v| v as f32).collect();
            for scale in [0.1, 0.3, 0.6, 1.0 / 3.0, 0.25, 1.0] {
                for interpolation in [Interpolation::Linear, Interpolation::Cubic] {
                    let matrix = [scale, 0.0, 0.0, 0.0, 1.0, 0.5, 0.0, 0.0, 1.0];
                    let map = Map::Matrix(matrix);
                    let options = Warp { map, ..options(interpolation, Border::Nearest) };
                    let exact = warped(&samples, from, to, &options);
                    let found = warped(&narrow, from, to, &options);
                    let differ =
                        exact.iter().zip(&found).position(|(a, b)| a.is_nan() != b.is_nan());
                    assert_eq!(differ, None, "{scale} {interpolation:?} {channels}");
                }
            }
        }
    }

    #[test]
    fn refuses_angles_and_radii_of_another_size() {
        let shape = Shape::new(2, 3, 1).unwrap();
        let polar =
            Polar { radii: &[0.0, 1.0], cosines: &[1.0; 2], sines: &[0.0; 2], center: [0.0; 2] };
        let options =
            Warp { map: Map::Polar(polar), ..options(Interpolation::Linear, Border::Nearest) };
        let image = ImageView::new(&[0.0f32; 6], shape).unwrap();
        let mut out = [0.0; 6];
        let error = warp(image, &options, ImageViewMut::new(&mut out, shape).unwrap()).unwrap_err();
        assert!(matches!(error, Error::Option { name: "angles and radii", .. }), "{error}");
    }

    #[test]
    fn the_identity_changes_nothing() {
        let shape = Shape::new(3, 40, 1).unwrap();
        let mut samples: Vec<f32> = (0..120).map(|i| i as f32).collect();
        samples[57] = f32::INFINITY;
        let matrix = [1.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 1.0];
        for interpolation in [Interpolation::Linear, Interpolation::Cubic] {
            let options =
                Warp { map: Map::Matrix(matrix), ..options(interpolation, Border::Nearest) };
            assert_eq!(warped(&samples, shape, shape, &options), samples);
        }
    }

    #[test]
    fn a_constant_is_in_the_range_only_where_it_shows_by_itself() {
        let shape = Shape::new(1, 3, 1).unwrap();
        let shifted = |shift: f64| {
            let matrix = [1.0, 0.0, shift, 0.0, 1.0, 0.0, 0.0, 0.0, 1.0];
            let options = Warp {
                map: Map::Matrix(matrix),
                clip: true,
                cval: 0.0,
                ..options(Interpolation::Linear, Border::Constant)
            };
            warped(&[4.0f32, 4.0, 6.0], shape, shape, &options)
        };
        assert_eq!(shifted(-0.5), [4.0, 4.0, 5.0]);
        assert_eq!(shifted(-1.5), [0.0, 2.0, 4.0]);
    }
}
