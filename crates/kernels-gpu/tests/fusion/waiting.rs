//! What waits: for whom it is computed, when, from what, and what memory it holds meanwhile.

use tagswitch_kernels_gpu::filters::{EdgeFilter, EdgeOperator};
use tagswitch_kernels_gpu::measure::Connectivity;
use tagswitch_kernels_gpu::{DType, GpuImage, Shape, color, engine, filters, measure, util};

use crate::operations::hard;
use crate::support::{bytes_of, download, noise, upload};
use crate::{Alone, PHOTO, oracle};

#[test]
fn what_nobody_reads_is_not_computed() {
    let Some(alone) = Alone::new() else { return };
    let photo = upload(&alone.engine, &noise(PHOTO, DType::U8, 4), PHOTO);
    let gray = color::rgb2gray(&photo).unwrap();
    let live = alone.engine.stats().live_bytes;
    let (mask, kernels, _) = alone.counted(|| {
        let inverted = util::invert(&gray, false).unwrap();
        util::greater(&inverted, 0.5).unwrap()
    });
    assert_eq!((kernels, alone.engine.stats().live_bytes), (0, live), "nothing is recorded yet");
    let (_, kernels, fused) = alone.counted(|| download::<u8>(&mask));
    assert_eq!((kernels, fused), (1, 2));
    let (again, kernels, _) = alone.counted(|| (download::<u8>(&mask), download::<f32>(&gray)));
    assert_eq!(kernels, 1);
    let expected: Vec<_> = again.1.iter().map(|value| u8::from(1.0 - value > 0.5)).collect();
    assert_eq!(again.0, expected);
}

#[test]
fn steps_that_are_kept_can_be_read_in_any_order() {
    let Some(alone) = Alone::new() else { return };
    let samples = hard(PHOTO, DType::F32, 5);
    let steps = |source: &GpuImage| {
        let mut images = vec![color::rgb2gray(source).unwrap()];
        for i in 0..5 {
            let last = images.last().unwrap();
            images.push(
                if i == 2 { color::gray2rgb(last) } else { util::invert(last, i % 2 == 1) }
                    .unwrap(),
            );
        }
        images
    };
    let source = upload(&alone.engine, &samples, PHOTO);
    let expected: Vec<_> = alone.without_fusion(|| steps(&source).iter().map(bytes_of).collect());
    for order in [[0, 1, 2, 3, 4, 5], [5, 4, 3, 2, 1, 0], [3, 0, 5, 1, 4, 2]] {
        let mut images: Vec<_> = steps(&source).into_iter().map(Some).collect();
        for place in order {
            // The others may be gone, or not, and so may the source.
            let image = images[place].take().unwrap();
            assert!(bytes_of(&image) == expected[place], "{place} of {order:?}");
        }
    }
    // The first submission takes the end along; of the others, each begins with the one before.
    let images = steps(&source);
    let (_, kernels, fused) = alone.counted(|| images.iter().map(bytes_of).collect::<Vec<_>>());
    assert_eq!((kernels, fused), (6, 4));
    let images = steps(&upload(&alone.engine, &samples, PHOTO));
    for (image, expected) in images.iter().zip(&expected).rev() {
        assert!(bytes_of(image) == *expected);
        assert!(bytes_of(image) == *expected);
    }
}

#[test]
fn other_kernels_get_the_samples() {
    let Some(alone) = Alone::new() else { return };
    let photo = upload(&alone.engine, &noise(PHOTO, DType::U16, 6), PHOTO);
    let work = || {
        let gray = color::rgb2gray(&photo).unwrap();
        let inverted = util::invert(&gray, false).unwrap();
        let edges = filters::edges(&inverted, &EdgeFilter::new(EdgeOperator::Sobel)).unwrap();
        let mask = util::greater(&util::invert(&edges, false).unwrap(), 0.9).unwrap();
        let labels = measure::label(&mask, 0, Connectivity::Four).unwrap();
        let options = color::Label2Rgb {
            bg_label: 0,
            bg_color: None,
            colors: vec![[1.0, 0.0, 0.0]],
            alpha: 0.3,
            image_alpha: 1.0,
            saturation: 0.0,
        };
        // The same image twice, and what it waited for is done once.
        let same = util::invert(&mask, false).unwrap();
        let overlay = color::label2rgb(&same, Some(&same), &options).unwrap();
        (bytes_of(&color::label2rgb(&labels, Some(&gray), &options).unwrap()), bytes_of(&overlay))
    };
    let expected = alone.without_fusion(work);
    let (found, _, fused) = alone.counted(work);
    assert!(found == expected);
    assert_eq!(fused, 2);
}

#[test]
fn ends_of_chains_go_with_any_submission() {
    let Some(alone) = Alone::new() else { return };
    let photo = upload(&alone.engine, &noise(PHOTO, DType::U8, 7), PHOTO);
    let gray = color::rgb2gray(&photo).unwrap();
    let (low, high) = (util::greater(&gray, 0.3).unwrap(), util::greater(&gray, 0.6).unwrap());
    let before = alone.engine.stats().submissions;
    // What two begin with was recorded when the second one was, and both are computed from that.
    let (_, kernels, fused) = alone.counted(|| alone.engine.flush().unwrap());
    assert_eq!((kernels, fused), (2, 0));
    let (masks, kernels, _) = alone.counted(|| [&low, &high].map(download::<u8>));
    assert_eq!((kernels, alone.engine.stats().submissions - before), (0, 3));
    let gray = download::<f32>(&gray);
    for (mask, threshold) in masks.iter().zip([0.3_f32, 0.6]) {
        assert!(mask.iter().zip(&gray).all(|(&m, &v)| m == u8::from(v > threshold)));
    }
}

#[test]
fn sources_that_only_wait_are_not_kept_without_end() {
    let Some(alone) = Alone::new() else { return };
    let shape = Shape { height: 256, width: 256, channels: 1 };
    let bytes = 4 * shape.samples();
    alone.engine.set_pool_limit(8 * bytes);
    let live = alone.engine.stats().live_bytes;
    let mut most = 0;
    let masks: Vec<_> = (0..60)
        .map(|seed| {
            let samples = noise(shape, DType::F32, seed);
            let mask = util::greater(&upload(&alone.engine, &samples, shape), 0.5).unwrap();
            most = most.max(alone.engine.stats().live_bytes - live);
            (mask, samples)
        })
        .collect();
    assert!(most <= 60 * bytes / 4 + 10 * bytes, "{most} bytes");
    for (mask, samples) in &masks {
        assert_eq!(download::<u8>(mask), oracle::greater(samples, 0.5));
    }
    assert!(alone.engine.stats().live_bytes - live <= 60 * bytes / 4);
    drop(masks);
    assert_eq!(alone.engine.stats().live_bytes, live);
    // With no room at all they wait for the next operation only.
    alone.engine.set_pool_limit(0);
    let mask =
        util::greater(&upload(&alone.engine, &noise(shape, DType::F32, 1), shape), 0.5).unwrap();
    let other = util::invert(&mask, false).unwrap();
    assert_eq!(alone.engine.stats().live_bytes - live, bytes / 4);
    assert_eq!(
        download::<u8>(&other),
        download::<u8>(&mask).iter().map(|v| 255 - v).collect::<Vec<_>>()
    );
}

#[test]
fn kernels_are_compiled_once_and_named_after_what_is_in_them() {
    let Some(alone) = Alone::new() else { return };
    let photo = upload(&alone.engine, &noise(PHOTO, DType::U8, 9), PHOTO);
    let mask = |threshold| {
        let gray = color::rgb2gray(&photo).unwrap();
        util::greater(&util::invert(&gray, false).unwrap(), threshold).unwrap()
    };
    _ = download::<u8>(&mask(0.1));
    let before = alone.engine.stats();
    alone.engine.time_kernels().unwrap();
    // It need not be read to be timed.
    let kept = mask(0.2);
    let times = alone.engine.kernel_times().unwrap();
    let name = "color.rgb2gray+util.invert+util.greater";
    let found: Vec<_> = times.iter().map(|one| (one.kernel.as_str(), one.bytes)).collect();
    let pixels = PHOTO.pixels();
    assert_eq!(found, [(name, (3 * pixels).next_multiple_of(4) + pixels.next_multiple_of(4))]);
    let after = alone.engine.stats();
    assert_eq!((after.pipelines, after.shaders), (before.pipelines, before.shaders));
    assert_eq!(after.pipeline_hits - before.pipeline_hits, 1);
    drop(kept);
}

#[test]
fn the_switch_holds_for_what_comes_after_it() {
    let Some(alone) = Alone::new() else { return };
    let photo = upload(&alone.engine, &noise(PHOTO, DType::U8, 10), PHOTO);
    let waiting = util::invert(&color::rgb2gray(&photo).unwrap(), false).unwrap();
    alone.engine.set_fusion(false);
    assert!(!alone.engine.fusion());
    // What waits is done at once, together; then each by itself.
    let (mask, kernels, fused) = alone.counted(|| util::greater(&waiting, 0.5).unwrap());
    assert_eq!((kernels, fused), (2, 1));
    let found = download::<u8>(&mask);
    alone.engine.set_fusion(true);
    assert_eq!(found, download::<u8>(&util::greater(&waiting, 0.5).unwrap()));
}

#[test]
fn threads_may_share_what_waits() {
    let Some(alone) = Alone::new() else { return };
    let photo = upload(&alone.engine, &noise(PHOTO, DType::U8, 11), PHOTO);
    let work = |gray: &GpuImage| {
        let inverted = util::invert(gray, false).unwrap();
        (bytes_of(&util::greater(&inverted, 0.4).unwrap()), bytes_of(&inverted), bytes_of(gray))
    };
    let expected = work(&color::rgb2gray(&photo).unwrap());
    for _ in 0..20 {
        let gray = color::rgb2gray(&photo).unwrap();
        std::thread::scope(|scope| {
            for _ in 0..3 {
                scope.spawn(|| assert!(work(&gray) == expected));
            }
        });
    }
}

#[test]
fn what_waits_goes_with_its_device() {
    let Some(alone) = Alone::new() else { return };
    let photo = upload(&alone.engine, &noise(PHOTO, DType::U8, 12), PHOTO);
    let gray = color::rgb2gray(&photo).unwrap();
    let inverted = util::invert(&gray, false).unwrap();
    alone.engine.destroy();
    let lost = "ERR_GPU_DEVICE_LOST";
    for image in [&gray, &inverted] {
        let mut out = vec![0; image.byte_length() as usize];
        assert_eq!(image.download(&mut out).unwrap_err().code(), lost);
        assert_eq!(util::greater(image, 0.5).unwrap_err().code(), lost);
        assert_eq!(
            filters::edges(image, &EdgeFilter::new(EdgeOperator::Sobel)).unwrap_err().code(),
            lost
        );
    }
    let new = engine(true).unwrap();
    let again = upload(&new, &noise(PHOTO, DType::U8, 12), PHOTO);
    drop((photo, gray, inverted));
    assert_eq!(download::<f32>(&color::rgb2gray(&again).unwrap()).len() as u64, PHOTO.pixels());
}
