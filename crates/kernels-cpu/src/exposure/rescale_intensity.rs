use tagswitch_image::{Float, ImageView, ImageViewMut, Sample};

use super::look_up::entries;
use crate::error::{Result, check_shape};
use crate::groups::{Maker, Streaming};
use crate::level::Level as _;
use crate::simd::{Kernel, Level, dispatch};
use crate::stream::is_streamed;

/// Options of [`rescale_intensity`].
#[derive(Clone, Copy, Debug)]
pub struct RescaleIntensity {
    /// The range that is stretched; samples beyond it become its limits.
    pub from: [f64; 2],
    /// What it is stretched to.
    pub to: [f64; 2],
}

/// Samples that can be rescaled, and the type that NumPy does it in.
pub trait Rescalable: Sample {
    /// As wide as the samples, 64 bits for integers.
    type Precision: Float;
    /// The sample, exactly.
    fn widened(self) -> Self::Precision;

    /// The work of [`rescale_intensity`], on slices of one length.
    #[doc(hidden)]
    fn rescale<O: Rescaled>(samples: &[Self], options: RescaleIntensity, out: &mut [O]) {
        stretch(samples, options, out);
    }
}

macro_rules! each_by_itself {
    ($($type:ident in $precision:ident),+) => {
        $(impl Rescalable for $type {
            type Precision = $precision;

            #[inline(always)]
            fn widened(self) -> $precision {
                $precision::from(self)
            }
        })+
    };
}

each_by_itself!(i32 in f64, f32 in f32, f64 in f64);

macro_rules! by_table {
    ($($type:ident),+) => {
        $(impl Rescalable for $type {
            type Precision = f64;

            #[inline(always)]
            fn widened(self) -> f64 {
                f64::from(self)
            }

            fn rescale<O: Rescaled>(samples: &[Self], options: RescaleIntensity, out: &mut [O]) {
                if samples.len() < $type::LEVELS {
                    return stretch(samples, options, out);
                }
                let levels: Vec<Self> = ($type::MIN..=$type::MAX).collect();
                let mut table = vec![O::default(); levels.len()];
                stretch(&levels, options, &mut table);
                entries(samples, &table, out);
            }
        })+
    };
}

by_table!(u8, u16);

/// What rescaled samples can be made.
pub trait Rescaled: Sample {
    /// Cut to a whole number, and to the limits, where the type has them; NaN is 0 there.
    fn from_value<F: Float>(value: F) -> Self;
}

macro_rules! rescaled {
    (integers $($integer:ident),+; floats $($float:ident),+) => {
        $(impl Rescaled for $integer {
            #[inline(always)]
            fn from_value<F: Float>(value: F) -> Self {
                value.to_f64() as Self
            }
        })+

        $(impl Rescaled for $float {
            #[inline(always)]
            fn from_value<F: Float>(value: F) -> Self {
                value.cast()
            }
        })+
    };
}

rescaled!(integers u8, u16, i32; floats f32, f64);

/// One range of samples stretched to another: `skimage.exposure.rescale_intensity`, its steps one by one, any number of
/// channels.
///
/// # Errors
///
/// [`Error::Mismatch`](crate::Error::Mismatch) unless `out` has the image's shape.
pub fn rescale_intensity<T: Rescalable, O: Rescaled>(
    image: ImageView<'_, T>,
    options: RescaleIntensity,
    out: ImageViewMut<'_, O>,
) -> Result<()> {
    check_shape("out", out.shape(), image.shape())?;
    T::rescale(image.samples(), options, out.into_samples());
    Ok(())
}

/// Every sample by itself.
fn stretch<T: Rescalable, O: Rescaled>(samples: &[T], options: RescaleIntensity, out: &mut [O]) {
    let RescaleIntensity { from, to } = options;
    if from[0] == from[1] {
        let [from, to] = [from, to].map(|range| range.map(Float::from_f64));
        return dispatch(Clip { samples, from, to, out });
    }
    let line = Line {
        from: from.map(Float::from_f64),
        span: T::Precision::from_f64(from[1] - from[0]),
        base: T::Precision::from_f64(to[0]),
        height: T::Precision::from_f64(to[1] - to[0]),
    };
    dispatch(Rescale { samples, line, out });
}

/// `numpy.clip`: NaN stays, or comes with the limits.
#[inline(always)]
fn clip<F: Float>(value: F, [least, greatest]: [F; 2]) -> F {
    let value = if value < least || least.is_nan() { least } else { value };
    if value > greatest || greatest.is_nan() { greatest } else { value }
}

struct Clip<'a, T: Rescalable, O> {
    samples: &'a [T],
    from: [T::Precision; 2],
    to: [T::Precision; 2],
    out: &'a mut [O],
}

impl<T: Rescalable, O: Rescaled> Kernel for Clip<'_, T, O> {
    type Output = ();

    #[inline(always)]
    fn run<L: Level>(self) {
        for (out, &sample) in self.out.iter_mut().zip(self.samples) {
            *out = O::from_value(clip(clip(sample.widened(), self.from), self.to));
        }
    }
}

#[derive(Clone, Copy)]
struct Line<F> {
    from: [F; 2],
    span: F,
    base: F,
    height: F,
}

struct Rescale<'a, T: Rescalable, O> {
    samples: &'a [T],
    line: Line<T::Precision>,
    out: &'a mut [O],
}

impl<T: Rescalable, O: Rescaled> Kernel for Rescale<'_, T, O> {
    type Output = ();

    #[inline(always)]
    fn run<L: Level>(self) {
        let Self { samples, line, out } = self;
        let streaming = Streaming(is_streamed(out));
        Stretch { samples, line }.make_all::<L>(out, 1, &streaming);
    }
}

struct Stretch<'a, T: Rescalable> {
    samples: &'a [T],
    line: Line<T::Precision>,
}

impl<T: Rescalable, O: Rescaled> Maker<O> for Stretch<'_, T> {
    #[inline(always)]
    fn make<L: Level>(&mut self, first: usize, out: &mut [O]) {
        let Line { from, span, base, height } = self.line;
        let samples = &self.samples[first..][..out.len()];
        // Not fused: the last bit decides where a result is cut.
        for (out, &sample) in out.iter_mut().zip(samples) {
            // Where a limit is NaN, so is the span, and with it all that is made.
            let value = sample.widened();
            let value = if value < from[0] { from[0] } else { value };
            let value = if value > from[1] { from[1] } else { value };
            let share = (value - from[0]) / span;
            *out = O::from_value(share * height + base);
        }
    }
}

#[cfg(test)]
mod tests {
    use tagswitch_image::Shape;

    use super::*;

    fn rescaled<T: Rescalable, O: Rescaled>(samples: &[T], from: [f64; 2], to: [f64; 2]) -> Vec<O> {
        let shape = Shape::new(1, samples.len(), 1).unwrap();
        let mut out = vec![O::default(); samples.len()];
        let image = ImageView::new(samples, shape).unwrap();
        let options = RescaleIntensity { from, to };
        rescale_intensity(image, options, ImageViewMut::new(&mut out, shape).unwrap()).unwrap();
        out
    }

    // Expected values: skimage.exposure.rescale_intensity of scikit-image 0.26.0.

    #[test]
    fn stretches_one_range_to_another() {
        assert_eq!(rescaled::<u8, u8>(&[51, 102, 153], [51.0, 153.0], [0.0, 255.0]), [0, 127, 255]);
        assert_eq!(
            rescaled::<f64, f64>(&[51.0, 102.0, 153.0], [0.0, 102.0], [0.0, 1.0]),
            [0.5, 1.0, 1.0]
        );
        assert_eq!(
            rescaled::<i32, f32>(&[-10, 0, 10], [-10.0, 10.0], [0.0, 127.0]),
            [0.0, 63.5, 127.0]
        );
    }

    #[test]
    fn tables_have_what_a_single_sample_becomes() {
        let bytes: Vec<u8> = (0..300).map(|i| i as u8).collect();
        let words: Vec<u16> = (0..70_000).map(|i| i as u16).collect();
        for (from, to) in [([20.0, 200.0], [3.0, 250.0]), ([7.0, 7.0], [0.0, 255.0])] {
            let each: Vec<u8> = bytes.iter().flat_map(|&v| rescaled(&[v], from, to)).collect();
            assert_eq!(rescaled::<_, u8>(&bytes, from, to), each);
            let each: Vec<f32> = words.iter().flat_map(|&v| rescaled(&[v], from, to)).collect();
            assert_eq!(rescaled::<_, f32>(&words, from, to), each);
        }
    }

    #[test]
    fn a_range_of_no_width_only_clips() {
        assert_eq!(rescaled::<i32, f32>(&[130; 3], [130.0; 2], [0.0, 127.0]), [127.0; 3]);
        assert_eq!(
            rescaled::<f32, f32>(&[f32::NAN], [0.5; 2], [0.0, 1.0])[0].to_bits(),
            f32::NAN.to_bits()
        );
    }

    #[test]
    fn what_a_type_cannot_hold_is_its_limit() {
        assert_eq!(rescaled::<u8, u8>(&[0, 255], [0.0, 255.0], [-50.0, 300.0]), [0, 255]);
        assert_eq!(
            rescaled::<f32, i32>(&[1.0], [0.0, 1.0], [-2147483648.0, 2147483647.0]),
            [i32::MAX]
        );
        assert_eq!(rescaled::<f32, u8>(&[f32::NAN, 1.0], [f64::NAN; 2], [0.0, 255.0]), [0, 0]);
    }
}
