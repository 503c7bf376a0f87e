use tagswitch_image::{ImageView, Sample};

use crate::simd::{Kernel, Level, dispatch};

/// A mask of what is above 0, with pixels of none around it.
pub struct Objects {
    /// Row by row, those around included.
    pub pixels: Vec<u8>,
    /// From one row to the next.
    pub pitch: usize,
}

/// What is above 0 in an image of one channel, with `around` rows and columns of none on every side.
pub fn objects<T: Sample>(image: ImageView<'_, T>, around: usize) -> Objects {
    dispatch(Above { image, around })
}

struct Above<'a, T> {
    image: ImageView<'a, T>,
    around: usize,
}

impl<T: Sample> Kernel for Above<'_, T> {
    type Output = Objects;

    #[inline(always)]
    fn run<L: Level>(self) -> Objects {
        let Self { image, around } = self;
        let shape = image.shape();
        let pitch = shape.width() + 2 * around;
        let mut pixels = vec![0; pitch * (shape.height() + 2 * around)];
        let lines = pixels[around * pitch..].chunks_exact_mut(pitch);
        for (line, row) in lines.zip(image.rows()) {
            for (pixel, &sample) in line[around..].iter_mut().zip(row) {
                *pixel = u8::from(sample > T::default());
            }
        }
        Objects { pixels, pitch }
    }
}
