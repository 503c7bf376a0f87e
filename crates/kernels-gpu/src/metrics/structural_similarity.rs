use super::similarity_in_tiles::RADIUS;
use super::{check_alike, similarity_by_columns, similarity_gradient, similarity_in_tiles};
use crate::error::{GpuError, Result};
use crate::image::{DType, GpuImage, Shape, byte_length, read};
use crate::long_work::LongWork;
use crate::recording::Recording;
use crate::storage::Storage;
use crate::tiling::Need;

/// What [`structural_similarity`] is to do.
#[derive(Debug, Clone, PartialEq)]
pub struct StructuralSimilarity {
    /// Weights of the window along either axis; their number is odd, and 4095 at most.
    pub weights: Vec<f64>,
    /// Pixels along each edge that do not count.
    pub margin: u32,
    /// From the least to the greatest value that is possible.
    pub range: f64,
    /// What covariances are multiplied by.
    pub covariance: f64,
    /// What keeps the quotient of the means stable, in the square of the images' units.
    pub c1: f64,
    /// What keeps the quotient of the covariances stable, likewise.
    pub c2: f64,
}

/// Which images are asked for beside the mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct SimilarityImages {
    /// The similarity at each sample, those in the margin too.
    pub similarities: bool,
    /// The derivative of the mean by each sample of the second image.
    pub gradient: bool,
}

/// What [`structural_similarity`] gives; the images are of `f32`.
#[derive(Debug, Clone)]
pub struct Similarity {
    /// Over pixels and channels, without the margin.
    pub mean: f64,
    /// Where it was asked for.
    pub similarities: Option<GpuImage>,
    /// Likewise.
    pub gradient: Option<GpuImage>,
}

/// The largest side of a window: more would keep a GPU busy for too long at once.
const LARGEST: usize = 4095;

/// Taps of 32-bit floats that take no longer than a sum and product of 64 bits, each by a few dozen operations.
const TAPS: u64 = 4;

/// The structural similarity of two images of one shape and dtype; scikit-image's `structural_similarity`. The gradient is A. N. Avanaki's
/// ("Exact global histogram specification optimized for structural similarity", Optical Review 16, 2009) as there.
///
/// Computed in 32-bit floats, in which variances are those of what differs from the pixel in the window's middle, and the gradient is made
/// of what the images differ by, so that little cancels; added up here in 64. Waits.
///
/// # Errors
///
/// [`GpuError::Argument`] for images that differ, an even number of weights and a margin that leaves no pixel,
/// [`GpuError::Unsupported`] for larger windows, and those of the device.
pub fn structural_similarity(
    first: &GpuImage,
    second: &GpuImage,
    options: &StructuralSimilarity,
    images: SimilarityImages,
) -> Result<Similarity> {
    let operation = "metrics.structuralSimilarity";
    check_alike(operation, first, second)?;
    let (shape, count) = (first.shape(), options.weights.len());
    let margin = options.margin;
    if count.is_multiple_of(2) || 2 * margin >= shape.height.min(shape.width) {
        let message = format!(
            "{count} weights and a margin of {margin}; expected an odd number, and pixels within"
        );
        return Err(GpuError::argument(operation, message));
    }
    if count > LARGEST {
        let reason = format!("a window of {count} pixels a side; at most {LARGEST}");
        return Err(GpuError::unsupported(operation, reason));
    }
    byte_length(operation, shape, DType::F32)?;
    let weights: Vec<f32> = options.weights.iter().map(|&weight| weight as f32).collect();
    let recorded = first.engine.record(operation, |recording| {
        let stored = [first.storage(recording)?, second.storage(recording)?];
        let [one, other] = &stored;
        let pair =
            Pair { images: [one, other], shape, dtype: first.dtype(), weights: &weights, options };
        if pair.radius() <= RADIUS && !images.gradient {
            return similarity_in_tiles::record(recording, &pair, images.similarities);
        }
        let found = similarity_by_columns::record(recording, &pair, images)?;
        let gradient = match &found.terms {
            Some(terms) => Some(similarity_gradient::record(recording, &pair, terms)?),
            None => None,
        };
        Ok(Recorded { sums: found.sums, similarities: found.similarities, gradient })
    })?;
    let Recorded { sums: (sums, count), similarities, gradient } = recorded;
    let total = read(&first.engine, operation, &sums, |bytes| {
        let sums: Vec<f32> = bytemuck::pod_collect_to_vec(&bytes[..4 * count]);
        sums.into_iter().map(f64::from).sum::<f64>()
    })?;
    let inside = |side: u32| f64::from(side - 2 * margin);
    let samples = inside(shape.height) * inside(shape.width) * f64::from(shape.channels);
    let image = |kept| GpuImage::new(&first.engine, kept, shape, DType::F32);
    Ok(Similarity {
        mean: total / samples,
        similarities: similarities.filter(|_| images.similarities).map(image),
        gradient: gradient.map(image),
    })
}

/// Two images, and how they are compared.
pub(super) struct Pair<'a> {
    pub(super) images: [&'a Storage; 2],
    pub(super) shape: Shape,
    pub(super) dtype: DType,
    pub(super) weights: &'a [f32],
    options: &'a StructuralSimilarity,
}

/// What is recorded of a pair: sums of similarities, and how many there are, and what is kept.
pub(super) struct Recorded {
    pub(super) sums: (Storage, usize),
    pub(super) similarities: Option<Storage>,
    pub(super) gradient: Option<Storage>,
}

impl Pair<'_> {
    /// How far a window reaches from its sample.
    pub(super) fn radius(&self) -> u32 {
        self.weights.len() as u32 / 2
    }

    /// Samples of a row.
    pub(super) fn line(&self) -> u32 {
        self.shape.width * self.shape.channels
    }

    pub(super) fn margin(&self) -> u32 {
        self.options.margin
    }

    pub(super) fn covariance(&self) -> f32 {
        self.options.covariance as f32
    }

    /// What samples are multiplied by, so that squares of them stay in the range of floats.
    pub(super) fn scale(&self) -> f32 {
        (1.0 / self.options.range) as f32
    }

    /// The constants of the quotients, for samples with that scale.
    pub(super) fn stabilizers(&self) -> [f32; 2] {
        let StructuralSimilarity { range, c1, c2, .. } = *self.options;
        [c1, c2].map(|c| (c / (range * range)) as f32)
    }

    /// From the gradient of windows' similarities to that of their mean, in the images' units.
    pub(super) fn gradient_share(&self) -> f32 {
        (2.0 / (self.shape.pixels() as f64 * self.options.range)) as f32
    }

    /// Work on all rows, of so many sweeps over the windows along one axis.
    pub(super) fn long_work(&self, recording: &mut Recording<'_>, sweeps: u64) -> Result<LongWork> {
        let taps = sweeps * u64::from(self.line()) * self.weights.len() as u64;
        LongWork::begin(recording, self.shape.height.into(), taps.div_ceil(TAPS))
    }

    /// Both images, of which a unit of work needs so many rows, and those of so many units about it.
    pub(super) fn needs(&self, rows: u32, halo: u64) -> [Need<'_>; 2] {
        let row = u64::from(self.line()) * self.dtype.bytes() as u64;
        self.images.map(|storage| Need::Part { storage, bytes: u64::from(rows) * row, halo })
    }
}

#[cfg(test)]
mod tests {
    use super::{SimilarityImages, StructuralSimilarity, structural_similarity};
    use crate::settings::Settings;
    use crate::{DType, GpuImage, Shape, engine_of_its_own};

    #[test]
    fn wide_windows_are_submitted_part_by_part() {
        let own = || engine_of_its_own(&Settings::from_environment());
        if own().is_err() {
            return;
        }
        let shape = Shape { height: 33, width: 20, channels: 1 };
        let samples = |step: u32| (0..33 * 20).map(|i| (i * i % step) as u8).collect::<Vec<_>>();
        let [one, other] = [251, 239].map(samples);
        let options = StructuralSimilarity {
            weights: vec![1.0 / 31.0; 31],
            margin: 5,
            range: 255.0,
            covariance: 1.0,
            c1: 6.5,
            c2: 58.5,
        };
        let all = SimilarityImages { similarities: true, gradient: true };
        let found = |most_work: u64| {
            // No buffers of the run before, which have the right results already.
            let engine = own().unwrap();
            engine.recorder().most_work = most_work;
            let before = engine.stats().submissions;
            let [one, other] =
                [&one, &other].map(|s| GpuImage::upload(&engine, s, shape, DType::U8).unwrap());
            let found = structural_similarity(&one, &other, &options, all).unwrap();
            let images = [found.similarities, found.gradient].map(|image| {
                let mut out = vec![0; 4 * 33 * 20];
                image.unwrap().download(&mut out).unwrap();
                out
            });
            (found.mean.to_bits(), images, engine.stats().submissions - before)
        };
        let (mean, images, submissions) = found(u64::MAX);
        assert!(submissions <= 5, "{submissions} submissions of all at once");
        // Sweeps of 20 × 31 / 4 taps a row and half as many: some rows, one, a part of one.
        for (most_work, least) in [(1000, 15), (310, 60), (10, 120)] {
            let (of_parts, in_parts, submissions) = found(most_work);
            assert!(of_parts == mean && in_parts == images, "{most_work}");
            assert!(submissions >= least, "{submissions} submissions of {most_work}");
        }
    }
}
