use tagswitch_image::{Float, ImageView, ImageViewMut};

use crate::error::{Result, check_shape};
use crate::simd::{Kernel, Level, dispatch};
use crate::stream::RowStream;
use crate::threads::each_bands;

/// The larger and the smaller eigenvalue of a symmetric 2 × 2 matrix for each sample.
///
/// `skimage.feature.structure_tensor_eigenvalues` and `hessian_matrix_eigvals`. Matrices come by their upper left, upper right and
/// lower right elements.
///
/// # Errors
///
/// [`Error::Mismatch`](crate::Error::Mismatch) unless all have one shape.
pub fn eigenvalues<F: Float>(
    elements: [ImageView<'_, F>; 3],
    out: [ImageViewMut<'_, F>; 2],
) -> Result<()> {
    let shape = elements[0].shape();
    for element in &elements[1..] {
        check_shape("element", element.shape(), shape)?;
    }
    for eigenvalue in &out {
        check_shape("out", eigenvalue.shape(), shape)?;
    }
    let out = out.map(ImageViewMut::into_samples);
    let len = shape.len();
    each_bands(out, shape.row_len(), COST, |[larger, smaller]| {
        let elements = elements.map(|element| larger.same_rows(element));
        dispatch(Eigenvalues { elements, out: [larger.samples, smaller.samples], len });
    });
    Ok(())
}

/// About how many operations a sample takes.
const COST: usize = 12;
/// Samples that are made together, so that a tile of either result stays in the nearest cache with those that they are of.
const TILE: usize = 1 << 9;

struct Eigenvalues<'a, F> {
    elements: [&'a [F]; 3],
    out: [&'a mut [F]; 2],
    /// How many samples the whole results have.
    len: usize,
}

impl<F: Float> Kernel for Eigenvalues<'_, F> {
    type Output = ();

    #[inline(always)]
    fn run<L: Level>(self) {
        let mut streams = [(); 2].map(|()| RowStream::new(TILE, self.len));
        let [a, b, c] = self.elements.map(|element| element.chunks(TILE));
        let [larger, smaller] = self.out.map(|out| out.chunks_mut(TILE));
        for (((a, b), c), (larger, smaller)) in a.zip(b).zip(c).zip(larger.zip(smaller)) {
            let [of_larger, of_smaller] = &mut streams;
            eigenvalues_of([a, b, c], [of_larger.tile(larger), of_smaller.tile(smaller)]);
            of_larger.store::<L>(larger);
            of_smaller.store::<L>(smaller);
        }
    }
}

/// Those of matrices one after the other.
#[inline(always)]
fn eigenvalues_of<F: Float>([a, b, c]: [&[F]; 3], [larger, smaller]: [&mut [F]; 2]) {
    let matrices = a.iter().zip(b).zip(c);
    let results = larger.iter_mut().zip(smaller);
    for (((&a, &b), &c), (larger, smaller)) in matrices.zip(results) {
        [*larger, *smaller] = eigenvalues_at(a, b, c);
    }
}

/// Those of \[\[a, b\], \[b, c\]\].
#[inline(always)]
pub(crate) fn eigenvalues_at<F: Float>(a: F, b: F, c: F) -> [F; 2] {
    let half = F::from_f64(0.5);
    let (middle, beside) = ((a + c) * half, (a - c) * half);
    let distance = (b * b + beside * beside).sqrt();
    [middle + distance, middle - distance]
}

#[cfg(test)]
mod tests {
    use tagswitch_image::Shape;

    use super::*;
    use crate::random::Random;

    #[test]
    fn are_those_of_symmetric_matrices() {
        assert_eq!(eigenvalues_at(3.0, 0.0, 1.0), [3.0, 1.0]);
        assert_eq!(eigenvalues_at(1.0, 0.0, 3.0), [3.0, 1.0]);
        assert_eq!(eigenvalues_at(0.0f32, 2.0, 0.0), [2.0, -2.0]);
        let [larger, smaller] = eigenvalues_at(2.0f64, 1.0, -1.0);
        assert!((larger + smaller - 1.0).abs() < 1e-15 && (larger * smaller + 3.0).abs() < 1e-14);
    }

    /// Compares all samples, to the bit but for NaN, with what they are by themselves.
    fn are_each_by_itself<F: Float>(width: usize, height: usize) {
        let mut random = Random::new((width * height) as u64);
        let edges = [f64::NAN, f64::INFINITY, f64::NEG_INFINITY, 1e38, -1e38, 0.0, -0.0, 1e-40];
        let elements: [Vec<F>; 3] = [(); 3].map(|()| {
            let sample = |_| match random.bits() as usize % 64 {
                edge if edge < edges.len() => edges[edge],
                _ => random.unit() - 0.5,
            };
            (0..width * height).map(sample).map(F::from_f64).collect()
        });
        let shape = Shape::new(width, height, 1).unwrap();
        let mut out = [vec![F::ZERO; shape.len()], vec![F::ZERO; shape.len()]];
        let views = out.each_mut().map(|out| ImageViewMut::new(out, shape).unwrap());
        let [a, b, c] = elements.each_ref().map(Vec::as_slice);
        eigenvalues([a, b, c].map(|samples| ImageView::new(samples, shape).unwrap()), views)
            .unwrap();
        for i in 0..shape.len() {
            for (found, expected) in
                [out[0][i], out[1][i]].into_iter().zip(eigenvalues_at(a[i], b[i], c[i]))
            {
                let [found, expected] = [found, expected].map(F::to_f64);
                let is_same = found.to_bits() == expected.to_bits();
                assert!(is_same || found.is_nan() && expected.is_nan(), "{found}: {i} of {width}");
            }
        }
    }

    #[test]
    fn all_samples_have_those_of_their_own() {
        for width in 1..70 {
            are_each_by_itself::<f32>(width, 3);
            are_each_by_itself::<f64>(width, 2);
        }
        // So large that results are streamed.
        are_each_by_itself::<f32>(1031, 1021);
        are_each_by_itself::<f64>(733, 727);
    }
}
