use tagswitch_image::{ChordFootprint, Float, ImageView, Sample};

use super::peak_regions::{Region, regions};
use super::peak_selection::{all_corners, apart, peaks_among, select};
use super::peak_strips::strips;
use super::spacing::Peak;
use crate::error::{Result, check_channels, check_shape};
use crate::exposure::extrema;
use crate::morphology::Ordered;
use crate::ranks::Label;

/// Pixels that are compared with their neighbours before asking whether any is a peak.
const BLOCK: usize = 64;

/// What to take for a peak.
#[derive(Clone, Debug)]
pub struct Peaks {
    /// How far apart peaks are at least.
    pub min_distance: usize,
    /// Above what they are; none: the least sample.
    pub threshold_abs: Option<f64>,
    /// Above how much of the greatest sample.
    pub threshold_rel: Option<f64>,
    /// Rows and columns at the border that are left out.
    pub excluded: [usize; 2],
    /// At most so many.
    pub num_peaks: usize,
    /// Which neighbours a peak is not below; none: there are no others.
    pub footprint: Option<ChordFootprint>,
    /// At most so many in each region.
    pub num_peaks_per_label: usize,
    /// Of the norm of distances.
    pub p_norm: f64,
}

impl Peaks {
    /// Whether the threshold depends on the extremes of the image.
    #[must_use]
    pub fn are_relative(&self) -> bool {
        self.threshold_abs.is_none() || self.threshold_rel.is_some()
    }
}

/// The peaks of an image, the greatest first, equal ones row by row; in regions of labels, if there are any, one region after the
/// other: `skimage.feature.peak_local_max`.
///
/// # Errors
///
/// [`Error::Channels`](crate::Error::Channels) for several channels, [`Error::Mismatch`](crate::Error::Mismatch) for labels of another shape.
pub fn peak_local_max<T: Ordered, L: Label>(
    image: ImageView<'_, T>,
    labels: Option<ImageView<'_, L>>,
    options: &Peaks,
) -> Result<Vec<Peak>> {
    check_channels("image", image.shape(), &[1], "1")?;
    let Some(labels) = labels else { return in_all(image, options) };
    check_shape("labels", labels.shape(), image.shape())?;
    in_regions(image, &regions(labels, options.excluded)?, options)
}

fn in_all<T: Ordered>(image: ImageView<'_, T>, options: &Peaks) -> Result<Vec<Peak>> {
    let sides = sides_of(image);
    let mut found = candidates(image, None, peak_threshold::<T>(extrema(image), options), options)?;
    found.retain(|peak| {
        (0..2).all(|axis| {
            let margin = options.excluded[axis];
            (margin..sides[axis].saturating_sub(margin)).contains(&(peak[axis] as usize))
        })
    });
    Ok(peaks_among(valued(image, found), sides, options))
}

fn in_regions<T: Ordered>(
    image: ImageView<'_, T>,
    regions: &[Region],
    options: &Peaks,
) -> Result<Vec<Peak>> {
    let threshold = peak_threshold::<T>(extrema(image), options);
    let mut peaks = vec![];
    for region in regions {
        let samples = region.samples(image);
        let part = ImageView::new(&samples, region.shape())?;
        let found = candidates(part, Some(region), threshold, options)?;
        let [top, left] = region.corner();
        let most = options.num_peaks_per_label;
        let chosen = select(valued(part, found), sides_of(part), options, most);
        peaks.extend(chosen.into_iter().map(|[row, column]| [row + top, column + left]));
    }
    if peaks.len() > options.num_peaks {
        peaks.sort_unstable();
        peaks = peaks_among(valued(image, peaks), sides_of(image), options);
    }
    Ok(peaks)
}

/// Of the peaks, spaced by rows and columns, each that is not within the distance, by the norm, of one before:
/// `skimage.feature.corner_peaks`.
///
/// # Errors
///
/// As [`peak_local_max`].
pub fn corner_peaks<T: Ordered, L: Label>(
    image: ImageView<'_, T>,
    labels: Option<ImageView<'_, L>>,
    options: &Peaks,
) -> Result<Vec<Peak>> {
    let found = peak_local_max(image, labels, &all_corners(options))?;
    Ok(apart(found, sides_of(image), options))
}

fn sides_of<T>(image: ImageView<'_, T>) -> [usize; 2] {
    [image.shape().height(), image.shape().width()]
}

/// Above what a peak must be, by the least and the greatest sample; NaN where nothing is.
pub fn peak_threshold<T: Sample>([least, greatest]: [f64; 2], options: &Peaks) -> f64 {
    // Numbers are compared in the precision of floats, integers in 64 bits.
    let is_float = T::exactly(0.5).is_some();
    let own = |value: f64| if is_float { T::Work::from_f64(value).to_f64() } else { value };
    let threshold = options.threshold_abs.map_or(least, own);
    let relative = options.threshold_rel.map_or(f64::NAN, |share| own(own(share) * greatest));
    if relative > threshold { relative } else { threshold }
}

/// Pixels above the threshold that no neighbour is above, row by row.
fn candidates<T: Ordered>(
    image: ImageView<'_, T>,
    region: Option<&Region>,
    threshold: f64,
    options: &Peaks,
) -> Result<Vec<Peak>> {
    let (shape, samples) = (image.shape(), image.samples());
    let width = shape.width();
    let mut found = vec![];
    let mut consider = |at: usize| {
        let own = region.is_none_or(|region| region.mask()[at]);
        if own && samples[at].to_f64() > threshold {
            found.push([(at / width) as u32, (at % width) as u32]);
        }
    };
    let footprint = options.footprint.as_ref().filter(|_| samples.len() > 1);
    let Some(footprint) = footprint else {
        (0..samples.len()).for_each(consider);
        return Ok(found);
    };
    let mut is_flat = true;
    strips(image, footprint, |start, samples, greatest| {
        let is_outside = |i: usize| region.is_some_and(|region| !region.mask()[start + i]);
        if is_flat {
            let mut pairs = samples.iter().zip(greatest).enumerate();
            is_flat = pairs.all(|(i, (sample, greatest))| sample == greatest || is_outside(i));
            if is_flat {
                return;
            }
            (0..start).for_each(&mut consider);
        }
        let blocks = samples.chunks(BLOCK).zip(greatest.chunks(BLOCK));
        for (first, (samples, greatest)) in (start..).step_by(BLOCK).zip(blocks) {
            let pairs = samples.iter().zip(greatest);
            if pairs.clone().fold(false, |any, (a, b)| any | (a == b)) {
                let equal = pairs.enumerate().filter(|(_, (a, b))| a == b);
                equal.for_each(|(i, _)| consider(first + i));
            }
        }
    })?;
    if is_flat && let Some(region) = region {
        // A flat image has no peaks; of a flat region those pixels are that no cross within it covers.
        (0..samples.len()).filter(|&at| region.is_lonely(at)).for_each(consider);
    }
    Ok(found)
}

/// Peaks with their samples.
fn valued<T: Sample>(image: ImageView<'_, T>, found: Vec<Peak>) -> Vec<(T, Peak)> {
    let value = |[row, column]: Peak| image.row(row as usize)[column as usize];
    found.into_iter().map(|peak| (value(peak), peak)).collect()
}

#[cfg(test)]
mod tests {
    use tagswitch_image::Shape;

    use super::*;
    use crate::threads::threads;

    fn options() -> Peaks {
        Peaks {
            min_distance: 1,
            threshold_abs: None,
            threshold_rel: None,
            excluded: [0, 0],
            num_peaks: usize::MAX,
            footprint: ChordFootprint::new(3, 3, &[1; 9]),
            num_peaks_per_label: usize::MAX,
            p_norm: f64::INFINITY,
        }
    }

    fn peaks<T: Ordered>(samples: &[T], width: usize, options: &Peaks) -> Vec<Peak> {
        let shape = Shape::new(samples.len() / width, width, 1).unwrap();
        let image = ImageView::new(samples, shape).unwrap();
        peak_local_max::<_, u8>(image, None, options).unwrap()
    }

    #[rustfmt::skip]
    const HILLS: [f32; 20] = [
        0.0, 0.0, 0.0, 0.0, 2.0,
        0.0, 3.0, 3.0, 0.0, 0.0,
        0.0, 0.0, 0.0, 0.0, 0.0,
        1.0, 0.0, 0.0, 5.0, 0.0,
    ];

    #[test]
    fn the_greatest_come_first_and_plateaus_row_by_row() {
        let expected = [[3, 3], [1, 1], [1, 2], [0, 4], [3, 0]];
        assert_eq!(peaks(&HILLS, 5, &options()), expected);
        let few = Peaks { num_peaks: 2, ..options() };
        assert_eq!(peaks(&HILLS, 5, &few), expected[..2]);
        let high = Peaks { threshold_rel: Some(0.5), ..options() };
        assert_eq!(peaks(&HILLS, 5, &high), expected[..3]);
        let inner = Peaks { excluded: [1, 1], ..options() };
        assert_eq!(peaks(&HILLS, 5, &inner), expected[1..3]);
    }

    #[test]
    fn apart_means_from_all_that_are_taken() {
        let apart = Peaks { min_distance: 2, ..options() };
        assert_eq!(peaks(&HILLS, 5, &apart), [[3, 3], [1, 1], [0, 4], [3, 0]]);
        let image = ImageView::new(&HILLS, Shape::new(4, 5, 1).unwrap()).unwrap();
        let corners = corner_peaks::<_, u8>(image, None, &options()).unwrap();
        assert_eq!(corners, [[3, 3], [1, 1], [0, 4], [3, 0]]);
    }

    #[test]
    fn a_flat_beginning_is_made_up_for() {
        // Several strips are flat; the peak is in the last one.
        let (height, width) = (300_000 * threads(), 2);
        let mut samples = vec![3u8; height * width];
        samples[(height - 2) * width] = 4;
        let found = peaks(&samples, width, &Peaks { threshold_abs: Some(3.0), ..options() });
        assert_eq!(found, [[height as u32 - 2, 0]]);
        let low = Peaks { threshold_abs: Some(0.0), ..options() };
        let near = 3 * 2 - 1;
        assert_eq!(peaks(&samples, width, &low).len(), samples.len() - near);
        samples[(height - 2) * width] = 3;
        assert!(peaks(&samples, width, &low).is_empty());
    }

    #[test]
    fn what_is_flat_or_not_a_number_has_no_peaks() {
        assert!(peaks(&[3u8; 12], 4, &options()).is_empty());
        assert!(peaks(&[3.0, f64::NAN, 1.0, 2.0], 2, &options()).is_empty());
        let above = Peaks { threshold_abs: Some(2.5), ..options() };
        assert_eq!(peaks(&[3.0, f64::NAN, 1.0, 2.0], 2, &above), [[0, 0]]);
    }

    #[test]
    fn regions_have_peaks_by_themselves() {
        #[rustfmt::skip]
        let labels = [
            0u8, 0, 0, 0, 2,
            1, 1, 2, 2, 2,
            0, 0, 0, 0, 0,
            1, 0, 0, 0, 0,
        ];
        let shape = Shape::new(4, 5, 1).unwrap();
        let image = ImageView::new(&HILLS, shape).unwrap();
        let labels = ImageView::new(&labels, shape).unwrap();
        let found = peak_local_max(image, Some(labels), &options()).unwrap();
        assert_eq!(found, [[1, 1], [3, 0], [1, 2], [0, 4]]);
        let few = Peaks { num_peaks: 3, num_peaks_per_label: 2, ..options() };
        let found = peak_local_max(image, Some(labels), &few).unwrap();
        assert_eq!(found, [[1, 1], [1, 2], [0, 4]]);
    }
}
