use tagswitch_image::{ImageView, Sample, Shape};

use super::places::{Places, is_near};
use super::spline::{Degree, Spline, doubles, round};
use super::spline_resize::keep_within;
use super::warp::Warp;
use crate::border::Border;
use crate::error::Result;
use crate::threads::each_band;

/// Operations per sample and tap.
const COST: usize = 4;

/// What `warp` does of a degree, in 64 bits for all types.
pub fn warped<T: Sample>(
    image: ImageView<'_, T>,
    degree: Degree,
    options: &Warp<'_>,
    to: Shape,
    out: &mut [T::Output],
) -> Result<()> {
    let Warp { border, cval, clip, preserve_range, .. } = *options;
    let source = doubles(image, !preserve_range);
    let source = ImageView::new(&source, image.shape())?;
    let spline = Spline::through(source, degree, border, cval)?;
    let mut results = vec![0.0; to.len()];
    match degree {
        Degree::Quadratic => sampled::<3>(&spline, options, to, &mut results)?,
        Degree::Cubic => sampled::<4>(&spline, options, to, &mut results)?,
        Degree::Quartic => sampled::<5>(&spline, options, to, &mut results)?,
        Degree::Quintic => sampled::<6>(&spline, options, to, &mut results)?,
    }
    if clip {
        keep_within(source, border, cval, &mut results);
    }
    round(&results, out);
    Ok(())
}

/// The spline at the places of all pixels.
fn sampled<const N: usize>(
    spline: &Spline,
    options: &Warp<'_>,
    to: Shape,
    out: &mut [f64],
) -> Result<()> {
    let coefficients = spline.coefficients()?;
    let channels = to.channels();
    let places = Places::new(options.map);
    each_band(out, to.row_len(), COST * N * N, |out| {
        for (y, row) in out.rows() {
            for (x, pixel) in row.chunks_exact_mut(channels).enumerate() {
                let place = places.of(x, y);
                if is_near(place) {
                    at_place::<N>(spline, coefficients, options, place, pixel);
                } else {
                    pixel.fill(options.cval);
                }
            }
        }
    });
    Ok(())
}

/// A pixel of all channels.
#[inline(always)]
fn at_place<const N: usize>(
    spline: &Spline,
    coefficients: ImageView<'_, f64>,
    &Warp { border, cval, .. }: &Warp<'_>,
    [column, row]: [f64; 2],
    pixel: &mut [f64],
) {
    let shape = coefficients.shape();
    let channels = shape.channels();
    let ((left, across), (top, down)) = (spline.taps::<N>(column), spline.taps::<N>(row));
    let inside = |first: isize, len: usize| first >= 0 && (first as usize).saturating_add(N) <= len;
    if inside(left, shape.width()) && inside(top, shape.height()) {
        pixel.fill(0.0);
        for (y, weight) in (top as usize..).zip(down) {
            let around = &coefficients.row(y)[left as usize * channels..][..N * channels];
            for (channel, sum) in pixel.iter_mut().enumerate() {
                let mut along = 0.0;
                for (tap, share) in across.iter().enumerate() {
                    along += share * around[tap * channels + channel];
                }
                *sum += weight * along;
            }
        }
        return;
    }
    let columns: [_; N] =
        std::array::from_fn(|tap| border.resolve(left + tap as isize, shape.width()));
    let rows: [_; N] =
        std::array::from_fn(|tap| border.resolve(top + tap as isize, shape.height()));
    let is_none = |indices: [Option<usize>; N]| indices.iter().all(Option::is_none);
    // A sum of weights times the constant might miss it by a bit, and the range of the result with it.
    if border == Border::Constant && (is_none(columns) || is_none(rows)) {
        return pixel.fill(cval);
    }
    for (channel, sum) in pixel.iter_mut().enumerate() {
        *sum = 0.0;
        for (row, weight) in rows.into_iter().zip(down) {
            let mut along = 0.0;
            for (column, share) in columns.into_iter().zip(across) {
                let value = row.zip(column).map_or(cval, |(row, column)| {
                    coefficients.row(row)[column * channels + channel]
                });
                along += share * value;
            }
            *sum += weight * along;
        }
    }
}
