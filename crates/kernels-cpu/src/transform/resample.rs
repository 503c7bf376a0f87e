use tagswitch_image::{Float, ImageView, Sample};

use super::taps::Taps;
use crate::simd::{Kernel, Level, dispatch};
use crate::threads::{Band, each_band};

/// Operations per sample and tap.
const COST: usize = 3;

/// An image whose rows and columns are sums of another one's: `down` of the rows and `across` of the columns.
pub fn resample<T: Sample>(
    image: ImageView<'_, T>,
    scaled: bool,
    [down, across]: [&Taps<T::Work>; 2],
    cval: f64,
    out: &mut [T::Output],
) {
    let shape = image.shape();
    let row_len = across.count() * shape.channels();
    // Rows are summed in the image's width.
    let taps = down.of(0).0.len() * shape.row_len() / row_len + across.of(0).0.len();
    each_band(out, row_len, COST * taps, |out| {
        dispatch(Resample { image, scaled, down, across, cval, out });
    });
}

/// The rows first, one at a time, so that both sums and the
/// conversion to numbers are one pass over memory.
struct Resample<'a, T: Sample> {
    image: ImageView<'a, T>,
    scaled: bool,
    down: &'a Taps<T::Work>,
    across: &'a Taps<T::Work>,
    cval: f64,
    out: Band<'a, T::Output>,
}

impl<T: Sample> Kernel for Resample<'_, T> {
    type Output = ();

    #[inline(always)]
    fn run<L: Level>(self) {
        let Self { image, scaled, down, across, cval, out } = self;
        let cval = T::Work::from_f64(cval);
        let channels = image.shape().channels();
        let mut row = vec![T::Work::ZERO; image.shape().row_len()];
        let columns = Columns::new(across, channels, cval);
        for (y, out) in out.rows() {
            sum_rows::<L, T>(image, scaled, down.of(y), cval, &mut row);
            columns.sum::<L, _>(&row, channels, out);
        }
    }
}

/// Pixels of a row that are summed together.
const BLOCK: usize = 16;

/// Taps along a row, as many for each pixel, those of a block of pixels side by side.
struct Columns<W> {
    /// Of each pixel.
    taps: usize,
    /// Places in the row; whole blocks, tap by tap.
    places: Vec<[u32; BLOCK]>,
    weights: Vec<[W; BLOCK]>,
    /// What the border's constant adds.
    constants: Vec<[W; BLOCK]>,
}

impl<W: Float> Columns<W> {
    #[inline(always)]
    fn new(across: &Taps<W>, channels: usize, cval: W) -> Self {
        let taps = (0..across.count()).map(|x| across.of(x).0.len()).max().unwrap_or(0);
        let blocks = across.count().div_ceil(BLOCK);
        let mut columns = Self {
            taps,
            places: vec![[0; BLOCK]; blocks * taps],
            weights: vec![[W::ZERO; BLOCK]; blocks * taps],
            constants: vec![[W::ZERO; BLOCK]; blocks],
        };
        for x in 0..across.count() {
            let (indices, weights, constant) = across.of(x);
            let (block, i) = (x / BLOCK, x % BLOCK);
            columns.constants[block][i] = constant * cval;
            for (tap, (&index, &weight)) in indices.iter().zip(weights).enumerate() {
                columns.places[block * taps + tap][i] = (index * channels) as u32;
                columns.weights[block * taps + tap][i] = weight;
            }
        }
        columns
    }

    #[inline(always)]
    fn sum<L: Level, O: Float>(&self, row: &[W], channels: usize, out: &mut [O]) {
        for (block, out) in out.chunks_mut(BLOCK * channels).enumerate() {
            let taps = block * self.taps..(block + 1) * self.taps;
            for channel in 0..channels {
                let mut sums = self.constants[block];
                let row = &row[channel..];
                for (places, weights) in
                    self.places[taps.clone()].iter().zip(&self.weights[taps.clone()])
                {
                    let values: [W; BLOCK] = std::array::from_fn(|i| row[places[i] as usize]);
                    for i in 0..BLOCK {
                        // Where a pixel has fewer taps than others, the first sample is not to matter.
                        let value = if weights[i] == W::ZERO { W::ZERO } else { values[i] };
                        sums[i] = L::fma(weights[i], value, sums[i]);
                    }
                }
                for (pixel, sum) in out.chunks_exact_mut(channels).zip(sums) {
                    pixel[channel] = sum.cast();
                }
            }
        }
    }
}

/// A weighted sum of rows, in blocks that stay in registers.
#[inline(always)]
fn sum_rows<L: Level, T: Sample>(
    image: ImageView<'_, T>,
    scaled: bool,
    taps: (&[usize], &[T::Work], T::Work),
    cval: T::Work,
    sums: &mut [T::Work],
) {
    let done = if size_of::<T::Work>() == 4 {
        blocks::<L, T, 64>(image, scaled, taps, cval, 0, sums)
    } else {
        blocks::<L, T, 32>(image, scaled, taps, cval, 0, sums)
    };
    let done = blocks::<L, T, 8>(image, scaled, taps, cval, done, sums);
    blocks::<L, T, 1>(image, scaled, taps, cval, done, sums);
}

/// Blocks of `N` from `x` on, as long as they fit; returns where they end.
#[inline(always)]
fn blocks<L: Level, T: Sample, const N: usize>(
    image: ImageView<'_, T>,
    scaled: bool,
    (rows, weights, constant): (&[usize], &[T::Work], T::Work),
    cval: T::Work,
    mut x: usize,
    sums: &mut [T::Work],
) -> usize {
    let number = |sample: T| if scaled { sample.to_float() } else { sample.to_work() };
    while x + N <= sums.len() {
        let mut block = [constant * cval; N];
        for (&row, &weight) in rows.iter().zip(weights) {
            for (sum, &sample) in block.iter_mut().zip(&image.row(row)[x..][..N]) {
                *sum = L::fma(weight, number(sample), *sum);
            }
        }
        sums[x..x + N].copy_from_slice(&block);
        x += N;
    }
    x
}
