use tagswitch_image::{Float, ImageView, ImageViewMut, Sample, Shape};

use crate::border::{Border, pad_row};
use crate::error::{Result, check_channels, check_shape};
use crate::filters::blur::{BlurredRows, Kernels};
use crate::filters::row_window::RowSource;
use crate::simd::{Kernel, Level, dispatch};
use crate::threads::{Band, each_bands};

/// How to average the products of derivatives.
#[derive(Clone, Copy, Debug)]
pub struct StructureTensor {
    /// Standard deviation of the Gaussian down the rows and across the columns, in pixels.
    pub sigma: [f64; 2],
    /// How far its kernel reaches; 0 leaves an axis as it is.
    pub radius: [usize; 2],
    /// What lies beyond the edges: of the image, of its differences and of their products.
    pub border: Border,
    /// The constant of [`Border::Constant`], an intensity.
    pub cval: f64,
}

/// The structure tensor by (row, row), (row, column) and (column, column).
///
/// `skimage.feature.structure_tensor` of one channel. The three products are made row by row for the blur, which takes them for
/// three channels, so that they are stored only as they are averaged. Differences of 8- and 16-bit integers are weighed exactly
/// and then scaled; 32-bit integers and doubles are computed in 64 bits.
///
/// # Errors
///
/// [`Error::Channels`](crate::Error::Channels) for several channels, [`Error::Mismatch`](crate::Error::Mismatch) unless the
/// results have the image's shape, and those of [`gaussian`](crate::filters::gaussian()).
pub fn structure_tensor<T: Sample>(
    image: ImageView<'_, T>,
    options: &StructureTensor,
    out: [ImageViewMut<'_, T::Output>; 3],
) -> Result<()> {
    for element in &out {
        check_shape("out", element.shape(), image.shape())?;
    }
    let tensors = Tensors::new(image, options)?;
    let out = out.map(ImageViewMut::into_samples);
    each_bands(out, image.shape().width(), tensors.cost(), |out| {
        dispatch(Elements { tensors: &tensors, out });
    });
    Ok(())
}

struct Elements<'a, T: Sample> {
    tensors: &'a Tensors<'a, T>,
    out: [Band<'a, T::Output>; 3],
}

impl<T: Sample> Kernel for Elements<'_, T> {
    type Output = ();

    #[inline(always)]
    fn run<L: Level>(self) {
        let [rr, rc, cc] = self.out;
        let mut rows = self.tensors.rows(rr.first);
        let mut tensor = vec![T::Output::default(); 3 * rr.row_len];
        for (((y, rr), (_, rc)), (_, cc)) in rr.rows().zip(rc.rows()).zip(cc.rows()) {
            rows.row::<L, _>(y, &mut tensor);
            let places = rr.iter_mut().zip(rc).zip(cc);
            for (((rr, rc), cc), tensor) in places.zip(tensor.as_chunks().0) {
                [*rr, *rc, *cc] = *tensor;
            }
        }
    }
}

/// The tensors of an image.
pub(super) struct Tensors<'a, T: Sample> {
    image: ImageView<'a, T>,
    /// Of three channels.
    shape: Shape,
    options: &'a StructureTensor,
    kernels: Kernels<T::Work>,
}

impl<'a, T: Sample> Tensors<'a, T> {
    /// # Errors
    ///
    /// As [`structure_tensor`].
    pub fn new(image: ImageView<'a, T>, options: &'a StructureTensor) -> Result<Self> {
        check_channels("image", image.shape(), &[1], "1")?;
        let shape = image.shape().with_channels(3)?;
        let kernels = Kernels::new(options.sigma, options.radius)?;
        Ok(Self { image, shape, options, kernels })
    }

    /// Operations per pixel.
    pub fn cost(&self) -> usize {
        3 * self.kernels.cost() + 30
    }

    /// Their rows from `first` on, in each the three elements of a pixel side by side.
    #[inline(always)]
    pub fn rows(&self, first: usize) -> BlurredRows<'_, T::Work, Products<'a, T>> {
        let Self { image, shape, options, kernels } = self;
        let products = Products::new(*image, *shape, options);
        BlurredRows::new(products, first, kernels, options.border, options.cval)
    }
}

/// The products of an image's derivatives, side by side.
pub(super) struct Products<'a, T: Sample> {
    image: ImageView<'a, T>,
    shape: Shape,
    border: Border,
    /// On the scale of the samples.
    cval: T::Work,
    /// The row and those above and below it, with a pixel on either side.
    lines: [Vec<T::Work>; 3],
    /// Differences between rows, likewise.
    changes: Vec<T::Work>,
}

impl<'a, T: Sample> Products<'a, T> {
    #[inline(always)]
    fn new(image: ImageView<'a, T>, shape: Shape, options: &StructureTensor) -> Self {
        let line = || vec![T::Work::ZERO; shape.width() + 2];
        let cval = T::Work::from_f64(options.cval / T::SCALE);
        let (border, lines, changes) = (options.border, [line(), line(), line()], line());
        Self { image, shape, border, cval, lines, changes }
    }
}

impl<T: Sample> RowSource<T::Work> for Products<'_, T> {
    #[inline(always)]
    fn shape(&self) -> Shape {
        self.shape
    }

    #[inline(always)]
    fn write(&mut self, y: usize, row: &mut [T::Work]) {
        let Self { image, shape, border, cval, lines, changes } = self;
        let (width, zero) = (shape.width(), T::Work::ZERO);
        let (scale, two) = (T::Work::from_f64(T::SCALE), T::Work::from_f64(2.0));
        let mut beyond = [zero; 3];
        for (tap, line) in lines.iter_mut().enumerate() {
            let Some(y) = border.resolve((y + tap) as isize - 1, shape.height()) else {
                line.fill(*cval);
                // Beyond the edge lies the constant for differences too.
                beyond[tap] = *cval;
                continue;
            };
            for (level, &sample) in line[1..].iter_mut().zip(image.row(y)) {
                *level = sample.to_level();
            }
            pad_row(line, width, 1, 1, *border, *cval);
        }
        let [above, here, below] = lines.each_ref().map(|line| &line[..width + 2]);
        // What has no weight counts all the same where it is NaN or infinite, as in SciPy.
        for (x, change) in changes[1..=width].iter_mut().enumerate() {
            *change = (below[x + 1] - above[x + 1]) + zero * here[x + 1];
        }
        pad_row(changes, width, 1, 1, *border, *cval);
        let changes = &changes[..width + 2];
        let difference = |line: &[T::Work], x: usize| (line[x + 2] - line[x]) + zero * line[x + 1];
        for (x, products) in row.as_chunks_mut().0.iter_mut().enumerate() {
            let down = two * changes[x + 1] + (changes[x] + changes[x + 2]);
            let sides = (difference(above, x) + beyond[0]) + (difference(below, x) + beyond[2]);
            let across = two * difference(here, x) + sides;
            let (down, across) = (down * scale, across * scale);
            *products = [down * down, down * across, across * across];
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tensor<T: Sample>(samples: &[T], shape: Shape, border: Border) -> [Vec<T::Output>; 3] {
        let mut out = [(); 3].map(|()| vec![T::Output::default(); shape.len()]);
        let options = StructureTensor { sigma: [0.4; 2], radius: [2; 2], border, cval: 0.25 };
        let image = ImageView::new(samples, shape).unwrap();
        let views = out.each_mut().map(|out| ImageViewMut::new(out, shape).unwrap());
        structure_tensor(image, &options, views).unwrap();
        out
    }

    #[test]
    fn agrees_with_recorded_scikit_image() {
        // skimage.feature.structure_tensor(a, 0.4, mode=…, cval=0.25) of [[1, 2, 4], [8, 16, 32]] / 32.
        let samples = [1.0, 2.0, 4.0, 8.0, 16.0, 32.0].map(|v: f64| v / 32.0);
        for (border, expected) in SKIMAGE {
            let found = tensor(&samples, Shape::new(2, 3, 1).unwrap(), border);
            for (found, expected) in found.iter().zip(expected) {
                for (found, expected) in found.iter().zip(expected) {
                    assert!((found - expected).abs() < 1e-14, "{border:?}: {found} {expected}");
                }
            }
        }
    }

    #[test]
    fn a_flat_image_has_no_structure() {
        for element in tensor(&[0.1f32; 35], Shape::new(5, 7, 1).unwrap(), Border::Reflect) {
            assert_eq!(element, [0.0; 35]);
        }
    }

    const SKIMAGE: [(Border, [[f64; 6]; 3]); 2] = [
        (
            Border::Constant,
            [
                [
                    0.3183158872618667,
                    1.5093327398839038,
                    3.4760335605803077,
                    0.6977230182996105,
                    0.5575202213066504,
                    0.589394912762023,
                ],
                [
                    0.14814246681186535,
                    1.3444348309131573,
                    0.7091837730022572,
                    0.4896074479175937,
                    1.202949406165985,
                    0.06294602098534116,
                ],
                [
                    0.10263510713877333,
                    1.3341546914407012,
                    0.19665338486079453,
                    0.4162232251536444,
                    2.946973082937109,
                    0.15681432680622093,
                ],
            ],
        ),
        (
            Border::Mirror,
            [
                [0.0, 0.0, 0.0, 0.0, 0.0, 0.0],
                [0.0, 0.0, 0.0, 0.0, 0.0, 0.0],
                [
                    0.23002009736670995,
                    2.61763615263329,
                    0.23002009736670995,
                    0.23002009736670995,
                    2.61763615263329,
                    0.23002009736670995,
                ],
            ],
        ),
    ];
}
