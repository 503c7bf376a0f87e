use tagswitch_image::Float;

/// Samples whose bins are found together, in vectors.
pub const GROUP: usize = 32;

/// Bins between edges that ascend in equal steps, but for rounding.
pub struct EqualBins<F> {
    count: usize,
    low: F,
    /// How many lie in 1.
    density: F,
    /// The greatest place within the last one.
    top: F,
    /// How far into its bin a sample is at least whose place tells the bin for sure, and at most.
    inner: [F; 2],
    /// The first edge and the last, or NaN where no place tells anything for sure.
    ends: [F; 2],
}

impl<F: Float> EqualBins<F> {
    /// Those between edges, of which there are two at least and 2³¹ at most.
    #[inline(never)]
    pub fn between(edges: &[F]) -> Self {
        let count = edges.len() - 1;
        let (low, high, number) = (edges[0], edges[count], count as f64);
        let density = F::from_f64(number) / (high - low);
        let top = F::from_f64(number * (1.0 - F::EPSILON));
        let mut bins = Self { count, low, density, top, inner: [F::ZERO; 2], ends: [low, high] };
        let miss = |(i, &edge): (usize, &F)| (bins.place(edge).to_f64() - i as f64).abs();
        let furthest = edges.iter().enumerate().map(miss).fold(0.0, f64::max);
        // The two operations of a place may each round it by half of what numbers of its size lie apart, of edges and of samples.
        let margin = furthest + 4.0 * number * F::EPSILON;
        bins.inner = [margin, 1.0 - margin].map(F::from_f64);
        if margin >= 0.5 {
            bins.ends = [F::from_f64(f64::NAN); 2];
        }
        bins
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.count
    }

    /// Where between the edges a sample lies, in bins: about. Before them, and of NaN, it is 0.
    #[inline(always)]
    fn place(&self, sample: F) -> F {
        let place = (sample - self.low) * self.density;
        let place = if place > F::ZERO { place } else { F::ZERO };
        if place < self.top { place } else { self.top }
    }

    /// The bins of samples, each less than their [count](Self::count), if their places tell all of them, whatever was rounded: if the
    /// samples lie between the edges, and none too near to one but the first and the last.
    #[inline(always)]
    pub fn of(&self, samples: &[F; GROUP]) -> Option<[u32; GROUP]> {
        let mut bins = [0; GROUP];
        let mut sure = true;
        for (bin, &sample) in bins.iter_mut().zip(samples) {
            let place = self.place(sample);
            let within = place - place.floor();
            sure &= (within > self.inner[0]) & (within < self.inner[1])
                | (sample == self.ends[0])
                | (sample == self.ends[1]);
            // SAFETY: a place is a number from 0 to less than that of bins, which is one of 32 bits.
            *bin = unsafe { place.to_f64().to_int_unchecked::<i32>() } as u32;
        }
        sure.then_some(bins)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::Random;

    /// Looks for bins of samples next to edges and far from them; returns how many groups were sure.
    fn sure_bins_are_those_between_edges<F: Float>(edges: &[F], samples: &[F]) -> usize {
        let bins = EqualBins::between(edges);
        let mut sure = 0;
        for group in samples.as_chunks::<GROUP>().0 {
            for &sample in group {
                // One sample, and others that are always sure.
                let mut alone = [edges[0]; GROUP];
                alone[7] = sample;
                let Some(found) = bins.of(&alone) else { continue };
                let last = edges.len() - 2;
                let bin = edges.iter().rposition(|&edge| edge <= sample).unwrap().min(last);
                assert!(sample <= edges[last + 1]);
                assert_eq!(found[7] as usize, bin, "{sample:?}");
                assert!(found[6] == 0 && found[8] == 0);
            }
            sure += usize::from(bins.of(group).is_some());
        }
        sure
    }

    fn samples<F: Float>(low: f64, high: f64, edges: &[F]) -> Vec<F> {
        let mut random = Random::new(5);
        let span = high - low;
        let mut samples: Vec<F> =
            (0..640).map(|_| F::from_f64(random.unit() * span + low)).collect();
        let near = [1.0 - F::EPSILON, 1.0, 1.0 + F::EPSILON, 1.0 - 1e-6, 1.0 + 1e-6];
        samples.extend(
            edges.iter().flat_map(|edge| near.map(|factor| F::from_f64(edge.to_f64() * factor))),
        );
        let special = [f64::NAN, f64::INFINITY, f64::NEG_INFINITY, f64::MAX, f64::MIN];
        samples.extend(special.map(F::from_f64));
        samples.extend([edges[0]; GROUP]);
        samples.extend([edges[edges.len() - 1]; GROUP]);
        samples
    }

    fn equal<F: Float>(low: f64, high: f64, count: usize) -> Vec<F> {
        let at = |i: usize| F::from_f64(low + (high - low) * i as f64 / count as f64);
        (0..=count).map(at).collect()
    }

    fn check<F: Float>() {
        for count in [1, 2, 7, 255, 256, 5000] {
            for (low, high) in [(0.0, 1.0), (-3.5, 1e4), (1e-30, 3e-30), (-1e30, 1e30)] {
                let edges: Vec<F> = equal(low, high, count);
                let samples = samples(low, high, &edges);
                // Nearly all of the random ones, and those at the ends.
                assert!(sure_bins_are_those_between_edges(&edges, &samples) > 2, "{count}");
            }
        }
    }

    #[test]
    fn what_is_sure_is_right() {
        check::<f32>();
        check::<f64>();
    }

    #[test]
    fn edges_next_to_each_other_leave_nothing_sure() {
        let edges: Vec<f32> = (0..9).map(|i| f32::from_bits(1.0f32.to_bits() + i)).collect();
        assert!(EqualBins::between(&edges).of(&[1.0; GROUP]).is_some());
        let many: Vec<f32> = equal(0.0, 1.0, 1 << 20);
        let bins = EqualBins::between(&many);
        for sample in [0.0, 0.3, 1.0] {
            assert!(bins.of(&[sample; GROUP]).is_none());
        }
        // So narrow that the number of bins in 1 is infinite.
        let narrow = [0.0, 1e-45, 3e-45f32];
        sure_bins_are_those_between_edges(&narrow, &narrow.repeat(GROUP));
    }
}
