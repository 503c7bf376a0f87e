//! Results so large that they are streamed are those of smaller images.

use tagswitch_image::{ImageView, ImageViewMut, Sample, Shape};
use tagswitch_kernels_cpu::color::{gray2rgb, rgb2gray, rgb2hsv, rgb2lab};
use tagswitch_kernels_cpu::exposure::{
    AdjustGamma, RescaleIntensity, adjust_gamma, rescale_intensity,
};
use tagswitch_kernels_cpu::util::{greater, img_as_float, invert};
use tagswitch_kernels_cpu::{Error, Result};

/// Odd, so that hardly a row begins where a line of the cache does.
const WIDTH: usize = 1023;
/// Rows of a small image, which a large one repeats.
const ROWS: usize = 8;
/// Of results of as many bytes all are streamed, whatever the CPU's caches hold.
const STREAMED: usize = 16 << 20;

/// Holds a large result to a small one, bit by bit.
fn assert_same<T: Sample, O: Sample>(
    [from, to]: [usize; 2],
    sample: impl Fn(usize) -> T,
    kernel: impl Fn(ImageView<'_, T>, ImageViewMut<'_, O>) -> Result<()>,
) {
    let small: Vec<T> = (0..ROWS * WIDTH * from).map(|i| sample(i * 7919 % 65_521)).collect();
    let run = |times: usize| {
        let samples = small.repeat(times);
        let shape = Shape::new(ROWS * times, WIDTH, from).unwrap();
        let mut out = vec![O::default(); shape.pixels() * to];
        let view = ImageViewMut::new(&mut out, shape.with_channels(to).unwrap()).unwrap();
        kernel(ImageView::new(&samples, shape).unwrap(), view).unwrap();
        out
    };
    let result = run(1);
    let times = STREAMED.div_ceil(result.len() * size_of::<O>());
    assert!(times > 1);
    for (i, large) in run(times).chunks(result.len()).enumerate() {
        let same =
            large.iter().zip(&result).all(|(a, b)| a.to_f64().to_bits() == b.to_f64().to_bits());
        assert!(same, "rows from {} on differ", i * ROWS);
    }
}

fn byte(i: usize) -> u8 {
    (i % 256) as u8
}

fn float(i: usize) -> f32 {
    i as f32 / 65_521.0
}

#[test]
fn samples() {
    assert_same([1, 1], float, |image, out| invert(image, false, out));
    assert_same([2, 2], byte, |image, out| invert(image, false, out));
    assert_same([1, 1], byte, |image, out| greater(image, 99.5, out));
    assert_same([3, 3], byte, img_as_float);
}

#[test]
fn colours() {
    assert_same([1, 3], byte, gray2rgb);
    assert_same([3, 1], byte, rgb2gray);
    assert_same([3, 1], float, rgb2gray);
    assert_same([3, 3], float, rgb2hsv);
    let white = [0.95047, 1.0, 1.08883];
    assert_same([3, 3], byte, |image, out| rgb2lab(image, white, out));
}

#[test]
fn intensities() {
    for gain in [1.0, 0.1] {
        let options = AdjustGamma { gamma: 0.5, gain };
        assert_same([1, 1], float, |image, out| adjust_gamma(image, options, out));
        assert_same([1, 1], |i| i as i32, |image, out| adjust_gamma(image, options, out));
    }
    let options = RescaleIntensity { from: [0.1, 0.9], to: [0.0, 255.0] };
    assert_same([1, 1], float, |image, out: ImageViewMut<'_, f32>| {
        rescale_intensity(image, options, out)
    });
    assert_same([1, 1], float, |image, out: ImageViewMut<'_, u8>| {
        rescale_intensity(image, options, out)
    });
}

#[test]
fn a_negative_sample_is_refused_wherever_it_lies() {
    let len = STREAMED / size_of::<f32>() + 21;
    let shape = Shape::new(1, len, 1).unwrap();
    let (mut samples, mut out) = (vec![0.25f32; len], vec![0.0f32; len]);
    for at in [0, 1, 40, len / 2, len - 30, len - 1] {
        samples[at] = -0.5;
        let image = ImageView::new(&samples, shape).unwrap();
        let out = ImageViewMut::new(&mut out, shape).unwrap();
        let refused = adjust_gamma(image, AdjustGamma { gamma: 0.5, gain: 1.0 }, out);
        assert_eq!(refused, Err(Error::Negative { value: -0.5 }), "at {at}");
        samples[at] = 0.25;
    }
}
