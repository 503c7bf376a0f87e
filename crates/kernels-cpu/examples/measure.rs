//! Times every kernel on one square image: `cargo run --release -p tagswitch-kernels-cpu --example measure [side]`.
//!
//! Minimum and median milliseconds per call, one thread, output buffers reused. A quick look while working on a
//! kernel; comparisons with other libraries live in `bench/`.

use std::hint::black_box;
use std::time::Instant;

use tagswitch_image::{ChordFootprint, ImageView, ImageViewMut, Sample, Shape};
use tagswitch_kernels_cpu::border::Border;
use tagswitch_kernels_cpu::color::{
    Label2Rgb, gray2rgb, hsv2rgb, lab2rgb, label2rgb, rgb2gray, rgb2hsv, rgb2lab, rgb2xyz,
};
use tagswitch_kernels_cpu::exposure::{
    AdjustGamma, AdjustLog, AdjustSigmoid, EqualizeAdapthist, RescaleIntensity, SourceRange,
    adjust_gamma, adjust_log, adjust_sigmoid, equalize_adapthist, equalize_hist, extrema,
    float_histogram, level_histogram, match_histograms, quantiles, rescale_intensity,
};
use tagswitch_kernels_cpu::filters::{
    DifferenceOfGaussians, EdgeAxis, EdgeFilter, EdgeOperator, Gaussian, Median, UnsharpMask,
    difference_of_gaussians, edges, gaussian, laplace, median, threshold_histogram, threshold_mean,
    unsharp_mask,
};
use tagswitch_kernels_cpu::footprint::Footprint;
use tagswitch_kernels_cpu::measure::{Connectivity, label};
use tagswitch_kernels_cpu::morphology::{Morphology, dilation, erosion, opening};
use tagswitch_kernels_cpu::util::{
    Noise, RandomNoise, greater, img_as_float, img_as_ubyte, invert, random_noise,
};

fn main() {
    let side = std::env::args().nth(1).map_or(2048, |side| side.parse().expect("side: a number"));
    let shape = Shape::new(side, side, 1).unwrap();
    let bytes = texture(side);
    let floats: Vec<f32> = bytes.iter().map(|&v| v.to_float()).collect();
    let rgb: Vec<u8> = bytes.iter().flat_map(|&v| [v, v.wrapping_mul(3), 255 - v]).collect();

    let mut gray = vec![0f32; shape.len()];
    let mut color = vec![0f32; 3 * shape.len()];
    let mut mask = vec![0u8; shape.len()];
    let mut labels = vec![0i32; shape.len()];
    println!("{side} × {side}{:20}min    median ms", "");

    let image = view(&rgb, shape.with_channels(3).unwrap());
    time("rgb2gray u8", || rgb2gray(image, out(&mut gray, shape)).unwrap());
    let mut repeated = vec![0u8; 3 * shape.len()];
    time("gray2rgb u8", || {
        let out = out(&mut repeated, shape.with_channels(3).unwrap());
        gray2rgb(view(&bytes, shape), out).unwrap();
    });
    let colors = shape.with_channels(3).unwrap();
    let white = [0.95047, 1.0, 1.08883];
    time("rgb2hsv u8", || rgb2hsv(image, out(&mut color, colors)).unwrap());
    time("rgb2xyz u8", || rgb2xyz(image, out(&mut color, colors)).unwrap());
    time("rgb2lab u8", || rgb2lab(image, white, out(&mut color, colors)).unwrap());
    let rgb_floats: Vec<f32> = rgb.iter().map(|&v| v.to_float()).collect();
    let float_image = view(&rgb_floats, colors);
    time("hsv2rgb f32", || hsv2rgb(float_image, out(&mut color, colors)).unwrap());
    time("lab2rgb f32", || lab2rgb(float_image, white, out(&mut color, colors)).unwrap());
    time("rgb2hsv f32", || rgb2hsv(float_image, out(&mut color, colors)).unwrap());
    time("rgb2lab f32", || rgb2lab(float_image, white, out(&mut color, colors)).unwrap());
    time("rgb2gray f32", || rgb2gray(float_image, out(&mut gray, shape)).unwrap());
    for gamma in [0.5, 2.2] {
        let options = AdjustGamma { gamma, gain: 1.0 };
        time(&format!("adjust_gamma {gamma} f32"), || {
            adjust_gamma(view(&floats, shape), options, out(&mut gray, shape)).unwrap();
        });
    }
    let log = AdjustLog { gain: 1.0, inverse: false };
    time("adjust_log f32", || {
        adjust_log(view(&floats, shape), log, out(&mut gray, shape)).unwrap();
    });
    let sigmoid = AdjustSigmoid { cutoff: 0.5, gain: 10.0, inverse: false };
    time("adjust_sigmoid f32", || {
        adjust_sigmoid(view(&floats, shape), sigmoid, out(&mut gray, shape)).unwrap();
    });
    let noise = Noise::Additive { mean: 0.0, deviation: 0.1 };
    let noise = RandomNoise { noise, low: 0.0, clip: true, key: [1, 0] };
    time("random_noise f32", || {
        random_noise(view(&floats, shape), noise, out(&mut gray, shape)).unwrap();
    });
    time("extrema u8", || {
        black_box(extrema(view(&bytes, shape)));
    });
    let stretch = RescaleIntensity { from: [20.0, 200.0], to: [0.0, 255.0] };
    time("rescale_intensity u8", || {
        rescale_intensity(view(&bytes, shape), stretch, out(&mut mask, shape)).unwrap();
    });
    time("rescale_intensity f32", || {
        rescale_intensity(view(&floats, shape), stretch, out(&mut gray, shape)).unwrap();
    });
    time("equalize_hist u8", || {
        equalize_hist(view(&bytes, shape), None, 256, out(&mut gray, shape)).unwrap();
    });
    time("equalize_hist f32", || {
        equalize_hist(view(&floats, shape), None, 256, out(&mut gray, shape)).unwrap();
    });
    time("level_histogram rgb u8", || drop(black_box(level_histogram(image, 0, 256, 3))));
    time("float_histogram f32", || {
        drop(black_box(float_histogram(view(&floats, shape), 256, SourceRange::Image, 1)));
    });
    time("match_histograms u8", || {
        let like = quantiles(view(&bytes, shape), 1).unwrap();
        match_histograms(view(&bytes, shape), &like, out(&mut gray, shape)).unwrap();
    });
    time("match_histograms f32", || {
        let like = quantiles(view(&floats, shape), 1).unwrap();
        match_histograms(view(&floats, shape), &like, out(&mut gray, shape)).unwrap();
    });
    let tile = (side / 8).max(1);
    let limit = (tile * tile / 100).max(1);
    let adaptive = EqualizeAdapthist { rows: tile, columns: tile, limit, nbins: 256 };
    time("equalize_adapthist u8", || {
        equalize_adapthist(view(&bytes, shape), adaptive, out(&mut gray, shape)).unwrap();
    });
    time("equalize_adapthist f32", || {
        equalize_adapthist(view(&floats, shape), adaptive, out(&mut gray, shape)).unwrap();
    });
    time("equalize_adapthist rgb u8", || {
        equalize_adapthist(image, adaptive, out(&mut color, colors)).unwrap();
    });
    time("img_as_float u8", || img_as_float(view(&bytes, shape), out(&mut gray, shape)).unwrap());
    time("img_as_ubyte f32", || img_as_ubyte(view(&floats, shape), out(&mut mask, shape)).unwrap());
    for sigma in [2.0, 8.0] {
        let options = Gaussian {
            sigma: [sigma; 2],
            radius: [4 * sigma as usize; 2],
            border: Border::Nearest,
            cval: 0.0,
            preserve_range: false,
        };
        time(&format!("gaussian σ{sigma} f32"), || {
            gaussian(view(&floats, shape), &options, out(&mut gray, shape)).unwrap();
        });
        time(&format!("gaussian σ{sigma} u8"), || {
            gaussian(view(&bytes, shape), &options, out(&mut gray, shape)).unwrap();
        });
    }
    for operator in [EdgeOperator::Sobel, EdgeOperator::Scharr, EdgeOperator::Farid] {
        let options =
            EdgeFilter { operator, axis: EdgeAxis::Both, border: Border::Reflect, cval: 0.0 };
        time(&format!("{operator:?} f32"), || {
            edges(view(&floats, shape), &options, out(&mut gray, shape)).unwrap();
        });
        time(&format!("{operator:?} u8"), || {
            edges(view(&bytes, shape), &options, out(&mut gray, shape)).unwrap();
        });
    }
    time("laplace f32", || laplace(view(&floats, shape), out(&mut gray, shape)).unwrap());
    for side in [3, 5, 15] {
        let cells = vec![1; side * side];
        let footprint = Footprint::new(side, side, &cells).unwrap();
        let options = Median { footprint, border: Border::Nearest, cval: 0.0 };
        time(&format!("median {side}×{side} u8"), || {
            median(view(&bytes, shape), &options, out(&mut mask, shape)).unwrap();
        });
        if side < 15 {
            time(&format!("median {side}×{side} f32"), || {
                median(view(&floats, shape), &options, out(&mut gray, shape)).unwrap();
            });
        }
    }
    let options = DifferenceOfGaussians {
        low_sigma: [1.0; 2],
        low_radius: [4; 2],
        high_sigma: [1.6; 2],
        high_radius: [6; 2],
        border: Border::Nearest,
        cval: 0.0,
    };
    time("difference of gaussians", || {
        difference_of_gaussians(view(&floats, shape), &options, out(&mut gray, shape)).unwrap();
    });
    let options =
        UnsharpMask { sigma: [1.0; 2], radius: [4; 2], amount: 1.0, preserve_range: false };
    time("unsharp mask f32", || {
        unsharp_mask(view(&floats, shape), &options, out(&mut gray, shape)).unwrap();
    });
    time("threshold_histogram u8", || {
        drop(black_box(threshold_histogram(view(&bytes, shape), Some(256))));
    });
    time("threshold_histogram f32", || {
        drop(black_box(threshold_histogram(view(&floats, shape), Some(256))));
    });
    time("levels f32", || drop(black_box(threshold_histogram(view(&floats, shape), None))));
    time("threshold_mean u8", || drop(black_box(threshold_mean(view(&bytes, shape)))));
    time("threshold_mean f32", || drop(black_box(threshold_mean(view(&floats, shape)))));
    time("greater u8", || greater(view(&bytes, shape), 127.5, out(&mut mask, shape)).unwrap());
    time("greater f32", || greater(view(&floats, shape), 0.5, out(&mut mask, shape)).unwrap());
    time("invert u8", || invert(view(&bytes, shape), false, out(&mut mask, shape)).unwrap());
    time("label mask", || {
        let out = out(&mut labels, shape);
        black_box(label(view(&mask, shape), 0.0, Connectivity::Corners, out).unwrap());
    });
    for (name, footprint) in [
        ("cross", rows(3, |y, x| y == 1 || x == 1)),
        ("3 × 3", rows(3, |_, _| true)),
        ("5 × 5", rows(5, |_, _| true)),
        ("31 × 31", rows(31, |_, _| true)),
        ("disk 10", rows(21, |y, x| (y - 10).pow(2) + (x - 10).pow(2) <= 100)),
    ] {
        let border = Border::Reflect;
        let options = Morphology { footprint, border, erosion_cval: 0.0, dilation_cval: 0.0 };
        time(&format!("dilation {name} u8"), || {
            dilation(view(&bytes, shape), &options, out(&mut mask, shape)).unwrap();
        });
        time(&format!("opening {name} u8"), || {
            opening(view(&bytes, shape), &options, out(&mut mask, shape)).unwrap();
        });
        time(&format!("erosion {name} f32"), || {
            erosion(view(&floats, shape), &options, out(&mut gray, shape)).unwrap();
        });
    }
    let options = Label2Rgb {
        colors: &[[1.0, 0.0, 0.0], [0.0, 0.0, 1.0], [1.0, 1.0, 0.0]],
        alpha: 0.3,
        background: 0.0,
        background_color: None,
        image_alpha: 1.0,
        saturation: 0.0,
    };
    time("label2rgb on u8 RGB", || {
        let out = out(&mut color, shape.with_channels(3).unwrap());
        label2rgb(view(&labels, shape), Some(image), &options, out).unwrap();
    });
    println!("{} regions", labels.iter().max().unwrap());
}

/// A square footprint of the cells that belong to it.
fn rows(side: i32, belongs: impl Fn(i32, i32) -> bool) -> ChordFootprint {
    let cells: Vec<u8> = (0..side * side).map(|i| u8::from(belongs(i / side, i % side))).collect();
    ChordFootprint::new(side as usize, side as usize, &cells).unwrap()
}

/// Blobs about ten pixels wide, with noise on them.
fn texture(side: usize) -> Vec<u8> {
    let mut state = 1u32;
    let mut noise = move || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        f64::from(state >> 16) / 65_536.0
    };
    let cells = side / 10 + 2;
    let grid: Vec<f64> = (0..cells * cells).map(|_| noise()).collect();
    let mut samples = Vec::with_capacity(side * side);
    for y in 0..side {
        for x in 0..side {
            let (cy, cx) = (y / 10, x / 10);
            let (fy, fx) = ((y % 10) as f64 / 10.0, (x % 10) as f64 / 10.0);
            let row =
                |cy: usize| grid[cy * cells + cx] * (1.0 - fx) + grid[cy * cells + cx + 1] * fx;
            let smooth = row(cy) * (1.0 - fy) + row(cy + 1) * fy;
            samples.push(((smooth * 0.96 + noise() * 0.04) * 255.0) as u8);
        }
    }
    samples
}

fn view<T>(samples: &[T], shape: Shape) -> ImageView<'_, T> {
    ImageView::new(samples, shape).unwrap()
}

fn out<T>(samples: &mut [T], shape: Shape) -> ImageViewMut<'_, T> {
    ImageViewMut::new(samples, shape).unwrap()
}

fn time(name: &str, mut call: impl FnMut()) {
    call();
    let mut times: Vec<f64> = Vec::new();
    let begin = Instant::now();
    while times.len() < 5 || (begin.elapsed().as_secs_f64() < 0.5 && times.len() < 100) {
        let start = Instant::now();
        call();
        times.push(start.elapsed().as_secs_f64() * 1e3);
    }
    times.sort_by(f64::total_cmp);
    println!("{name:24} {:8.2} {:8.2}", times[0], times[times.len() / 2]);
}
