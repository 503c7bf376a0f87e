use tagswitch_image::{ImageView, ImageViewMut};

use super::connected::{Connected, connect};
use super::pixels::{Pixels, has_short_runs};
use super::runs::Run;
use super::value::Value;
use crate::error::{Error, Result, check_channels, check_shape};
use crate::simd::{Kernel, Level, dispatch};

/// Which pixels are neighbours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Connectivity {
    /// Those that share an edge: four. scikit-image's 1.
    Edges,
    /// Those that share an edge or a corner: eight. scikit-image's 2.
    Corners,
}

impl Connectivity {
    /// How far a run reaches beyond its ends into the row below.
    pub(crate) fn reach(self) -> u32 {
        u32::from(self == Self::Corners)
    }
}

/// Numbers the connected regions of equal value from 1, by their first pixel in raster order; returns how many.
///
/// `skimage.measure.label` of one channel. The background becomes 0. As there, floats are cut to whole numbers
/// first; NaN is background (there it depends on the processor).
///
/// Runs of equal pixels are joined by union-find with the smaller number as root (C. Fiorio, J. Gustedt, "Two linear
/// time Union-Find strategies for image processing", 1996; runs as in L. He, Y. Chao, K. Suzuki, "A run-based
/// two-scan labeling algorithm", 2008). Memory: 24 bytes per run at most. Where runs are short, pixels are joined in place of them, and no
/// memory is taken.
///
/// # Errors
///
/// [`Error::Channels`] for several channels, [`Error::TooManyPixels`] above 2³¹ − 1,
/// [`Error::Mismatch`] unless `out` has the image's shape.
pub fn label<T: Value>(
    image: ImageView<'_, T>,
    background: f64,
    connectivity: Connectivity,
    out: ImageViewMut<'_, i32>,
) -> Result<usize> {
    let shape = image.shape();
    check_channels("image", shape, &[1], "1")?;
    check_shape("out", out.shape(), shape)?;
    if i32::try_from(shape.pixels()).is_err() {
        return Err(Error::TooManyPixels { pixels: shape.pixels() });
    }
    let out = out.into_samples();
    if has_short_runs(image) {
        let corners = connectivity == Connectivity::Corners;
        let out = bytemuck::cast_slice_mut(out);
        return Ok(dispatch(Pixels { image, background, corners, out }));
    }
    Ok(dispatch(Regions { image, background, reach: connectivity.reach(), out }))
}

struct Regions<'a, T> {
    image: ImageView<'a, T>,
    background: f64,
    /// How far a run reaches beyond its ends into the row below.
    reach: u32,
    out: &'a mut [i32],
}

impl<T: Value> Kernel for Regions<'_, T> {
    type Output = usize;

    #[inline(always)]
    fn run<L: Level>(self) -> usize {
        let Self { image, background, reach, out } = self;
        let shape = image.shape();
        let Connected { runs, row_ends, forest } = connect(image, background, reach);
        let (numbers, count) = forest.number();
        let mut run = 0;
        for (row, row_end) in out.chunks_exact_mut(shape.width()).zip(row_ends) {
            let mut x = 0;
            for Run { start, end, region, .. } in &runs[run..row_end] {
                row[x..*start as usize].fill(0);
                row[*start as usize..*end as usize].fill(numbers[*region as usize] as i32);
                x = *end as usize;
            }
            row[x..].fill(0);
            run = row_end;
        }
        count
    }
}

#[cfg(test)]
mod tests {
    use tagswitch_image::Shape;

    use tagswitch_image::Sample;

    use super::*;
    use crate::random::Random;

    fn regions<T: Value>(
        samples: &[T],
        width: usize,
        background: f64,
        connectivity: Connectivity,
    ) -> Vec<i32> {
        let shape = Shape::new(samples.len() / width, width, 1).unwrap();
        let mut out = vec![-1; samples.len()];
        let image = ImageView::new(samples, shape).unwrap();
        let count =
            label(image, background, connectivity, ImageViewMut::new(&mut out, shape).unwrap())
                .unwrap();
        assert_eq!(count, out.iter().copied().max().unwrap().max(0) as usize);
        out
    }

    /// Floods one region after the other in raster order.
    fn reference<T: Sample>(
        samples: &[T],
        width: usize,
        background: f64,
        connectivity: Connectivity,
    ) -> Vec<i32> {
        let value = |at: usize| {
            let v = samples[at].to_f64();
            if v.is_nan() { background } else { v.trunc() }
        };
        let height = samples.len() / width;
        let mut out = vec![0; samples.len()];
        let mut count = 0;
        for seed in 0..samples.len() {
            if out[seed] != 0 || value(seed) == background {
                continue;
            }
            count += 1;
            out[seed] = count;
            let mut pending = vec![seed];
            while let Some(at) = pending.pop() {
                let (y, x) = (at / width, at % width);
                for y2 in y.saturating_sub(1)..(y + 2).min(height) {
                    for x2 in x.saturating_sub(1)..(x + 2).min(width) {
                        let (next, corner) = (y2 * width + x2, y2 != y && x2 != x);
                        let joined = value(next) == value(seed)
                            && !(corner && connectivity == Connectivity::Edges);
                        if joined && out[next] == 0 {
                            out[next] = count;
                            pending.push(next);
                        }
                    }
                }
            }
        }
        out
    }

    #[test]
    fn runs_and_pixels_agree() {
        let mut random = Random::new(9);
        for (height, width) in [(1, 1), (1, 2), (2, 1), (40, 1), (3, 67), (37, 41)] {
            let shape = Shape::new(height, width, 1).unwrap();
            for levels in [1, 2, 3, 9] {
                let samples: Vec<u16> =
                    (0..shape.len()).map(|_| random.below(levels) as u16).collect();
                let image = ImageView::new(&samples, shape).unwrap();
                for connectivity in [Connectivity::Edges, Connectivity::Corners] {
                    for background in [0.0, 1.0, 0.5] {
                        let reach = connectivity.reach();
                        let mut by_runs = vec![-1; shape.len()];
                        let out = &mut by_runs[..];
                        let runs = dispatch(Regions { image, background, reach, out });
                        let corners = connectivity == Connectivity::Corners;
                        let mut by_pixels = vec![9; shape.len()];
                        let out = &mut by_pixels[..];
                        let pixels = dispatch(Pixels { image, background, corners, out });
                        assert_eq!(runs, pixels);
                        assert!(by_runs.iter().zip(&by_pixels).all(|(&a, &b)| a as u32 == b));
                    }
                }
            }
        }
    }

    #[test]
    fn agrees_with_flooding_on_noise() {
        let mut random = Random::new(4);
        for (height, width) in
            [(1, 1), (1, 200), (200, 1), (3, 64), (3, 65), (3, 66), (17, 129), (64, 64)]
        {
            for levels in [2, 3, 7] {
                for stretch in [1, 5] {
                    let mut samples = vec![0u8; height * width];
                    for chunk in samples.chunks_mut(stretch) {
                        chunk.fill(random.below(levels) as u8);
                    }
                    for connectivity in [Connectivity::Edges, Connectivity::Corners] {
                        for background in [0.0, 1.0, -1.0, 0.5] {
                            let expected = reference(&samples, width, background, connectivity);
                            assert_eq!(
                                regions(&samples, width, background, connectivity),
                                expected
                            );
                            let ints: Vec<i32> = samples.iter().map(|&v| i32::from(v)).collect();
                            assert_eq!(regions(&ints, width, background, connectivity), expected);
                            let floats: Vec<f32> =
                                samples.iter().map(|&v| f32::from(v) + 0.7).collect();
                            assert_eq!(regions(&floats, width, background, connectivity), expected);
                        }
                    }
                }
            }
        }
    }

    // Expected values: skimage.measure.label, scikit-image 0.26.0.

    #[test]
    fn agrees_with_recorded_scikit_image() {
        let eye = [1u8, 0, 0, 0, 1, 0, 0, 0, 1];
        assert_eq!(regions(&eye, 3, 0.0, Connectivity::Edges), [1, 0, 0, 0, 2, 0, 0, 0, 3]);
        assert_eq!(regions(&eye, 3, 0.0, Connectivity::Corners), [1, 0, 0, 0, 1, 0, 0, 0, 1]);
        assert_eq!(regions(&eye, 3, -1.0, Connectivity::Corners), [1, 2, 2, 2, 1, 2, 2, 2, 1]);
        let values = [1u16, 0, 0, 1, 1, 5, 0, 0, 0];
        assert_eq!(regions(&values, 3, 0.0, Connectivity::Corners), [1, 0, 0, 1, 1, 2, 0, 0, 0]);
    }

    #[test]
    fn arms_that_meet_late_are_one_region() {
        #[rustfmt::skip]
        let spiral = [
            1u8, 0, 1, 0, 1,
            1,   0, 1, 0, 1,
            1,   0, 1, 1, 1,
            1,   0, 0, 0, 0,
            1,   1, 1, 1, 1,
        ];
        let out = regions(&spiral, 5, 0.0, Connectivity::Edges);
        assert_eq!(out, reference(&spiral, 5, 0.0, Connectivity::Edges));
        assert_eq!(out.iter().max(), Some(&2));
    }

    #[test]
    fn floats_are_cut_and_nan_is_background() {
        let samples = [1.2f64, 1.8, f64::NAN, 0.4, -0.4, -1.5, 1.0];
        assert_eq!(regions(&samples, 7, 0.0, Connectivity::Edges), [1, 1, 0, 0, 0, 2, 3]);
    }
}
