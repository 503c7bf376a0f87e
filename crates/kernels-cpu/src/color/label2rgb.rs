use tagswitch_image::{Float, ImageView, ImageViewMut, Sample, Shape};

use crate::error::{Error, Result, check_channels, check_shape};
use crate::ranks::{Label, Ranks};

/// How to paint regions.
#[derive(Clone, Copy, Debug)]
pub struct Label2Rgb<'a> {
    /// Colours of the labels that occur, background aside, in ascending order; repeated as needed.
    pub colors: &'a [[f64; 3]],
    /// Opacity of the colours over the image.
    pub alpha: f64,
    /// The label that is background.
    pub background: f64,
    /// Its colour; `None` leaves the image there.
    pub background_color: Option<[f64; 3]>,
    /// Opacity of the image over white.
    pub image_alpha: f64,
    /// Share of its saturation that the image keeps.
    pub saturation: f64,
}

/// The image below the colours, one or three channels.
pub type Underlay<'a, T> = Option<ImageView<'a, T>>;

/// Paints every region of `label` in a colour of its own, over an image or (opaquely) over nothing.
///
/// `skimage.color.label2rgb` with kind `overlay`. There saturation is scaled in HSV, where a channel is
/// v · (1 − s · k) with k given by the hue: so it moves linearly between itself and v, the largest of the three.
/// A NaN in a colour pixel makes it black.
///
/// # Errors
///
/// [`Error::Channels`] unless `label` has one and the image one or three; [`Error::Mismatch`] unless rows and columns
/// of all are equal and `out` has three channels; [`Error::Option`] for no colours.
pub fn label2rgb<L: Label, T: Sample>(
    label: ImageView<'_, L>,
    image: Underlay<'_, T>,
    options: &Label2Rgb<'_>,
    out: ImageViewMut<'_, T::Output>,
) -> Result<()> {
    check_shapes(label.shape(), image.map(|image| image.shape()), out.shape())?;
    if options.colors.is_empty() {
        let expected = "at least one colour";
        return Err(Error::Option { name: "colors", given: "empty".into(), expected });
    }
    let alpha = if image.is_some() { options.alpha } else { 1.0 };
    let paints = Ranks::of(label.samples(), options.background).map(|rank| {
        let color = match rank {
            None => options.background_color,
            Some(rank) => Some(options.colors[rank % options.colors.len()]),
        };
        Paint::<T::Work>::new(color, alpha)
    });
    let (out, _) = out.into_samples().as_chunks_mut::<3>();
    let labels = label.samples();
    let Some(image) = image else {
        for (out, &label) in out.iter_mut().zip(labels) {
            *out = paints.get(label).color.map(Float::cast);
        }
        return Ok(());
    };

    let white = T::Work::from_f64(1.0 - options.image_alpha);
    let image_alpha = T::Work::from_f64(options.image_alpha);
    let saturation = T::Work::from_f64(options.saturation);
    if image.shape().channels() == 1 {
        for ((out, &label), sample) in out.iter_mut().zip(labels).zip(image.samples()) {
            let gray = sample.to_float() * image_alpha + white;
            *out = paints.get(label).over([gray; 3]).map(Float::cast);
        }
    } else {
        let (pixels, _) = image.samples().as_chunks::<3>();
        for ((out, &label), pixel) in out.iter_mut().zip(labels).zip(pixels) {
            let muted = mute(pixel.map(Sample::to_float), saturation);
            *out = paints.get(label).over(muted.map(|v| v * image_alpha + white)).map(Float::cast);
        }
    }
    Ok(())
}

/// A pixel with less saturation: its channels moved towards the largest of them.
#[inline]
fn mute<W: Float>(pixel: [W; 3], saturation: W) -> [W; 3] {
    let [r, g, b] = pixel;
    let larger = if r > g { r } else { g };
    let value = if larger > b { larger } else { b };
    if pixel.iter().any(|v| v.is_nan()) {
        return [W::ZERO; 3];
    }
    if saturation == W::ZERO || !value.is_finite() {
        return [value; 3];
    }
    pixel.map(|channel| value + saturation * (channel - value))
}

/// Gives every region of `label` its mean colour in the image, in the image's own units.
///
/// `skimage.color.label2rgb` with kind `avg`: integers are cut towards zero. The background takes `background_color`.
///
/// # Errors
///
/// As [`label2rgb`].
pub fn label2rgb_avg<L: Label, T: Mean>(
    label: ImageView<'_, L>,
    image: ImageView<'_, T>,
    background: f64,
    background_color: [f64; 3],
    out: ImageViewMut<'_, T>,
) -> Result<()> {
    check_shapes(label.shape(), Some(image.shape()), out.shape())?;
    let labels = label.samples();
    let mut sums = Ranks::of(labels, background).map(|rank| (rank.is_none(), 0u64, [0.0; 3]));
    let channels = image.shape().channels();
    for (&label, pixel) in labels.iter().zip(image.samples().chunks_exact(channels)) {
        let (_, count, color) = sums.get_mut(label);
        *count += 1;
        for (c, sum) in color.iter_mut().enumerate() {
            *sum += pixel[c.min(channels - 1)].to_f64();
        }
    }
    let (out, _) = out.into_samples().as_chunks_mut::<3>();
    for (out, &label) in out.iter_mut().zip(labels) {
        let &(is_background, count, color) = sums.get(label);
        let mean =
            if is_background { background_color } else { color.map(|sum| sum / count as f64) };
        *out = mean.map(T::cut);
    }
    Ok(())
}

fn check_shapes(label: Shape, image: Option<Shape>, out: Shape) -> Result<()> {
    check_channels("label", label, &[1], "1")?;
    if let Some(image) = image {
        check_channels("image", image, &[1, 3], "1 or 3")?;
        check_shape("image", image, label.with_channels(image.channels())?)?;
    }
    check_shape("out", out, label.with_channels(3)?)
}

/// A sample type that means can be stored in.
pub trait Mean: Sample {
    /// The value, cut towards zero if need be.
    #[doc(hidden)]
    fn cut(value: f64) -> Self;
}

macro_rules! mean {
    ($($type:ident),*) => {$(
        impl Mean for $type {
            #[inline(always)]
            fn cut(value: f64) -> Self {
                value as $type
            }
        }
    )*};
}

mean!(u8, u16, i32, f32, f64);

/// A colour times its opacity, and what that leaves of the image.
#[derive(Clone, Copy)]
struct Paint<W> {
    color: [W; 3],
    rest: W,
}

impl<W: Float> Paint<W> {
    fn new(color: Option<[f64; 3]>, alpha: f64) -> Self {
        let (color, alpha) = color.map_or(([0.0; 3], 0.0), |color| (color, alpha));
        Self { color: color.map(|c| W::from_f64(c * alpha)), rest: W::from_f64(1.0 - alpha) }
    }

    #[inline(always)]
    fn over(&self, image: [W; 3]) -> [W; 3] {
        let mut mixed = self.color;
        for (mixed, image) in mixed.iter_mut().zip(image) {
            *mixed = *mixed + image * self.rest;
        }
        mixed
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const OPTIONS: Label2Rgb<'_> = Label2Rgb {
        colors: &[[1.0, 0.0, 0.0], [0.0, 0.0, 1.0]],
        alpha: 0.3,
        background: 0.0,
        background_color: Some([0.0; 3]),
        image_alpha: 1.0,
        saturation: 0.0,
    };

    fn paint<L: Label, T: Sample>(
        labels: &[L],
        image: Option<(&[T], usize)>,
        options: &Label2Rgb<'_>,
    ) -> Vec<T::Output> {
        let shape = Shape::new(1, labels.len(), 1).unwrap();
        let image = image.map(|(s, channels)| {
            ImageView::new(s, shape.with_channels(channels).unwrap()).unwrap()
        });
        let mut out = vec![T::Output::default(); 3 * labels.len()];
        let result = ImageViewMut::new(&mut out, shape.with_channels(3).unwrap()).unwrap();
        label2rgb(ImageView::new(labels, shape).unwrap(), image, options, result).unwrap();
        out
    }

    const RED: [f32; 3] = [1.0, 0.0, 0.0];
    const BLUE: [f32; 3] = [0.0, 0.0, 1.0];
    const BLACK: [f32; 3] = [0.0; 3];

    #[test]
    fn colours_go_by_rank_and_repeat() {
        let out = paint::<_, f32>(&[9i32, 0, -4, 9, 70], None, &OPTIONS);
        assert_eq!(out, [BLUE, BLACK, RED, BLUE, RED].concat());
        // Far apart: another table, the same colours.
        let out = paint::<_, f32>(&[i32::MAX, 0, i32::MIN, i32::MAX], None, &OPTIONS);
        assert_eq!(out, [BLUE, BLACK, RED, BLUE].concat());
        // Without background in the image; with one that no label can equal.
        assert_eq!(paint::<_, f32>(&[1u8, 2], None, &OPTIONS), [RED, BLUE].concat());
        let options = Label2Rgb { background: -1.0, ..OPTIONS };
        assert_eq!(paint::<_, f32>(&[0u8, 2], None, &options), [RED, BLUE].concat());
    }

    #[test]
    fn blends_with_gray() {
        let out = paint(&[1u8, 0], Some((&[0.5f64, 0.5], 1)), &OPTIONS);
        assert_eq!(out, [0.3 + 0.35, 0.35, 0.35, 0.35, 0.35, 0.35]);
        let bare = Label2Rgb { background_color: None, image_alpha: 0.5, ..OPTIONS };
        let out = paint(&[1u8, 0], Some((&[255u8, 0], 1)), &bare);
        assert_eq!(out[3..], [0.5; 3]);
        assert!((out[0] - 1.0).abs() < 1e-6 && (out[1] - 0.7).abs() < 1e-6);
    }

    #[test]
    fn blends_with_colour_less_its_saturation() {
        let bare = Label2Rgb { background_color: None, ..OPTIONS };
        let pixel = [0.2f64, 0.8, 0.4];
        assert_eq!(paint(&[0u8], Some((&pixel, 3)), &bare), [0.8; 3]);
        for (saturation, expected) in [(1.0, pixel), (0.5, [0.5, 0.8, 0.6])] {
            let out = paint(&[0u8], Some((&pixel, 3)), &Label2Rgb { saturation, ..bare });
            assert!(out.iter().zip(expected).all(|(a, b)| (a - b).abs() < 1e-15), "{out:?}");
        }
        assert_eq!(paint(&[0u8], Some((&[0.1f32, f32::NAN, 0.2], 3)), &bare), [0.0; 3]);
        assert_eq!(paint(&[0u8], Some((&[f32::INFINITY, 1.0, 0.2], 3)), &bare), [f32::INFINITY; 3]);
    }

    #[test]
    fn averages_regions() {
        let shape = Shape::new(1, 4, 1).unwrap();
        let labels = ImageView::new(&[7u16, 7, 0, 7], shape).unwrap();
        let image = ImageView::new(&[1u8, 2, 200, 5], shape).unwrap();
        let mut out = [0u8; 12];
        let result = ImageViewMut::new(&mut out, shape.with_channels(3).unwrap()).unwrap();
        label2rgb_avg(labels, image, 0.0, [9.0, 8.0, 7.0], result).unwrap();
        assert_eq!(out, [2, 2, 2, 2, 2, 2, 9, 8, 7, 2, 2, 2]);
    }

    #[test]
    fn refuses_shapes_that_do_not_fit() {
        let shape = Shape::new(1, 2, 1).unwrap();
        let labels = ImageView::new(&[1u8, 2], shape).unwrap();
        let image = ImageView::new(&[0u8; 8], shape.with_channels(4).unwrap()).unwrap();
        let mut out = [0.0; 6];
        let result = ImageViewMut::new(&mut out, shape.with_channels(3).unwrap()).unwrap();
        let error = label2rgb(labels, Some(image), &OPTIONS, result).unwrap_err();
        assert!(matches!(error, Error::Channels { image: "image", given: 4, .. }), "{error}");
        let result = ImageViewMut::new(&mut out[..2], shape).unwrap();
        let error = label2rgb::<_, f32>(labels, None, &OPTIONS, result).unwrap_err();
        assert!(matches!(error, Error::Mismatch { image: "out", .. }), "{error}");
    }
}
