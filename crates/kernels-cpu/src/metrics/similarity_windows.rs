use tagswitch_image::{ImageView, Sample};

use super::StructuralSimilarity;
use super::window_averages::WindowAverages;
use crate::simd::Level;

/// What the windows about the samples of two images amount to, row by row.
pub struct Windows<'a, T> {
    images: [ImageView<'a, T>; 2],
    options: &'a StructuralSimilarity,
    /// Of both images, their squares and their product.
    averages: WindowAverages<5>,
    /// The next row of the images that has no place yet.
    next: usize,
}

impl<'a, T: Sample> Windows<'a, T> {
    /// From row `first` on.
    #[inline(always)]
    pub fn new(
        images: [ImageView<'a, T>; 2],
        options: &'a StructuralSimilarity,
        first: usize,
    ) -> Self {
        let averages = WindowAverages::new(images[0].shape(), &options.weights);
        let next = first.saturating_sub(averages.radius());
        Self { images, options, averages, next }
    }

    /// Those about the samples of row `y`. Ask for each once, in order.
    #[inline(always)]
    pub fn about<L: Level>(&mut self, y: usize) -> impl Iterator<Item = Window> + Clone {
        let until = (y + self.averages.radius() + 1).min(self.images[0].shape().height());
        for row in self.next..until {
            let [x, y, xx, yy, xy] = self.averages.place(row).map(|place| place.iter_mut());
            let places = x.zip(y).zip(xx.zip(yy).zip(xy));
            let [first, second] = self.images.map(|image| image.row(row).iter());
            for (((x, y), ((xx, yy), xy)), (first, second)) in places.zip(first.zip(second)) {
                let (a, b) = (first.to_f64(), second.to_f64());
                (*x, *y, *xx, *yy, *xy) = (a, b, a * a, b * b, a * b);
            }
        }
        self.next = until;
        let StructuralSimilarity { covariance, c1, c2, .. } = *self.options;
        let [ux, uy, uxx, uyy, uxy] = self.averages.about::<L>(y).map(|average| average.iter());
        ux.zip(uy).zip(uxx.zip(uyy).zip(uxy)).map(move |((a, b), ((aa, bb), ab))| {
            let vx = covariance * (aa - a * a);
            let vy = covariance * (bb - b * b);
            let vxy = covariance * (ab - a * b);
            Window {
                means: [*a, *b],
                numerators: [2.0 * a * b + c1, 2.0 * vxy + c2],
                denominators: [a * a + b * b + c1, vx + vy + c2],
            }
        })
    }
}

/// A window about a sample.
#[derive(Clone, Copy)]
pub struct Window {
    /// Of either image.
    pub means: [f64; 2],
    /// What is divided: by the means, and by the covariances.
    pub numerators: [f64; 2],
    /// What by.
    pub denominators: [f64; 2],
}

impl Window {
    /// The similarity of the images there.
    #[inline(always)]
    pub fn similarity(self) -> f64 {
        let [a1, a2] = self.numerators;
        (a1 * a2) / self.divisor()
    }

    /// What the product of both numerators is divided by.
    #[inline(always)]
    pub fn divisor(self) -> f64 {
        let [b1, b2] = self.denominators;
        b1 * b2
    }
}
