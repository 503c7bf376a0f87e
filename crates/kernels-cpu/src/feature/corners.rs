use tagswitch_image::{Float, ImageView, ImageViewMut, Sample};

use super::eigenvalues_at;
use super::structure_tensor::{StructureTensor, Tensors};
use crate::error::{Result, check_shape};
use crate::simd::{Kernel, Level, dispatch};
use crate::threads::{Band, each_band};

/// What of the structure tensor says how much a pixel is a corner.
#[derive(Clone, Copy, Debug)]
pub enum CornerMeasure {
    /// `determinant − k × trace²`: C. Harris and M. Stephens, "A combined corner and edge detector", 1988.
    Harris {
        /// How much an edge is held against a pixel.
        k: f64,
    },
    /// `2 × determinant / (trace + eps)`: J. A. Noble, "Finding corners", 1988.
    Noble {
        /// Keeps the quotient finite.
        eps: f64,
    },
    /// The smaller eigenvalue: J. Shi and C. Tomasi, "Good features to track", 1994.
    ShiTomasi,
}

/// How much each pixel is a corner.
///
/// `skimage.feature.corner_harris` and `corner_shi_tomasi` of one channel, in one pass with the
/// [`structure_tensor`](super::structure_tensor()), of which nothing is stored but the response.
///
/// # Errors
///
/// As [`structure_tensor`](super::structure_tensor()).
pub fn corners<T: Sample>(
    image: ImageView<'_, T>,
    options: &StructureTensor,
    measure: CornerMeasure,
    out: ImageViewMut<'_, T::Output>,
) -> Result<()> {
    check_shape("out", out.shape(), image.shape())?;
    let tensors = Tensors::new(image, options)?;
    each_band(out.into_samples(), image.shape().width(), tensors.cost(), |out| {
        dispatch(Responses { tensors: &tensors, measure, out });
    });
    Ok(())
}

struct Responses<'a, T: Sample> {
    tensors: &'a Tensors<'a, T>,
    measure: CornerMeasure,
    out: Band<'a, T::Output>,
}

impl<T: Sample> Kernel for Responses<'_, T> {
    type Output = ();

    #[inline(always)]
    fn run<L: Level>(self) {
        let from = T::Work::from_f64;
        match self.measure {
            CornerMeasure::Harris { k } => self.respond::<L>(|[rr, rc, cc]| {
                let trace = rr + cc;
                (rr * cc - rc * rc) - from(k) * (trace * trace)
            }),
            CornerMeasure::Noble { eps } => self.respond::<L>(|[rr, rc, cc]| {
                from(2.0) * (rr * cc - rc * rc) / ((rr + cc) + from(eps))
            }),
            CornerMeasure::ShiTomasi => {
                self.respond::<L>(|[rr, rc, cc]| eigenvalues_at(rr, rc, cc)[1]);
            }
        }
    }
}

impl<T: Sample> Responses<'_, T> {
    #[inline(always)]
    fn respond<L: Level>(self, response: impl Fn([T::Work; 3]) -> T::Work) {
        let Self { tensors, out, .. } = self;
        let mut rows = tensors.rows(out.first);
        let mut tensor = vec![T::Work::ZERO; 3 * out.row_len];
        for (y, out) in out.rows() {
            rows.row::<L, _>(y, &mut tensor);
            for (out, &tensor) in out.iter_mut().zip(tensor.as_chunks().0) {
                *out = response(tensor).cast();
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use tagswitch_image::Shape;

    use super::*;
    use crate::border::Border;

    #[test]
    fn corners_of_a_square_are_corners_and_its_sides_are_not() {
        let inside = |i: usize| (5..15).contains(&(i / 20)) && (5..15).contains(&(i % 20));
        let samples: Vec<u8> = (0..400).map(|i| if inside(i) { 255 } else { 0 }).collect();
        let shape = Shape::new(20, 20, 1).unwrap();
        let options = StructureTensor {
            sigma: [1.0; 2],
            radius: [4; 2],
            border: Border::Constant,
            cval: 0.0,
        };
        for measure in [
            CornerMeasure::Harris { k: 0.05 },
            CornerMeasure::Noble { eps: 1e-6 },
            CornerMeasure::ShiTomasi,
        ] {
            let mut out = vec![0f32; 400];
            let image = ImageView::new(&samples, shape).unwrap();
            let view = ImageViewMut::new(&mut out, shape).unwrap();
            corners(image, &options, measure, view).unwrap();
            let little = out[5 * 20 + 5] / 1000.0;
            assert!(little > 0.0, "{measure:?}");
            assert!(out[5 * 20 + 10] < little && out[10 * 20 + 5] < little, "{measure:?}");
            assert!(out[10 * 20 + 10].abs() < little, "{measure:?}");
        }
    }
}
