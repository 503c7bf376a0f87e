use tagswitch_image::{Float, ImageView, ImageViewMut};

use crate::error::{Result, check_shape};
use crate::simd::{Kernel, Level, dispatch};

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
    let [larger, smaller] = out.map(ImageViewMut::into_samples);
    dispatch(Eigenvalues { elements, larger, smaller });
    Ok(())
}

struct Eigenvalues<'a, F> {
    elements: [ImageView<'a, F>; 3],
    larger: &'a mut [F],
    smaller: &'a mut [F],
}

impl<F: Float> Kernel for Eigenvalues<'_, F> {
    type Output = ();

    #[inline(always)]
    fn run<L: Level>(self) {
        let [a, b, c] = self.elements.map(|element| element.samples());
        let matrices = a.iter().zip(b).zip(c);
        let results = self.larger.iter_mut().zip(self.smaller);
        for (((&a, &b), &c), (larger, smaller)) in matrices.zip(results) {
            [*larger, *smaller] = eigenvalues_at(a, b, c);
        }
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
    use super::*;

    #[test]
    fn are_those_of_symmetric_matrices() {
        assert_eq!(eigenvalues_at(3.0, 0.0, 1.0), [3.0, 1.0]);
        assert_eq!(eigenvalues_at(1.0, 0.0, 3.0), [3.0, 1.0]);
        assert_eq!(eigenvalues_at(0.0f32, 2.0, 0.0), [2.0, -2.0]);
        let [larger, smaller] = eigenvalues_at(2.0f64, 1.0, -1.0);
        assert!((larger + smaller - 1.0).abs() < 1e-15 && (larger * smaller + 3.0).abs() < 1e-14);
    }
}
