//! The engine: submissions, buffers, limits, loss. One test at a time, as they watch the same counters.

mod oracle;
mod support;

use std::sync::{Mutex, MutexGuard, PoisonError};

use oracle::Samples;
use support::{download, noise, require_gpu, upload};
use tagswitch_kernels_gpu::filters::{EdgeFilter, EdgeOperator, Gaussian};
use tagswitch_kernels_gpu::measure::Connectivity;
use tagswitch_kernels_gpu::segmentation::Margin;
use tagswitch_kernels_gpu::{
    DType, GpuImage, Shape, adapter, color, engine, existing_engine, filters, measure, metrics,
    segmentation, util,
};

static ALONE: Mutex<()> = Mutex::new(());

fn alone() -> MutexGuard<'static, ()> {
    ALONE.lock().unwrap_or_else(PoisonError::into_inner)
}

const SHAPE: Shape = Shape { height: 67, width: 43, channels: 3 };

fn overlay_options() -> color::Label2Rgb {
    color::Label2Rgb {
        bg_label: 0,
        bg_color: Some([0.0; 3]),
        colors: vec![[1.0, 0.0, 0.0], [0.0, 0.0, 1.0]],
        alpha: 0.3,
        image_alpha: 1.0,
        saturation: 0.0,
    }
}

fn chain(photo: &GpuImage) -> GpuImage {
    let gray = color::rgb2gray(photo).unwrap();
    let blurred = filters::gaussian(&gray, &Gaussian::new(1.0, 4.0)).unwrap();
    let edges = filters::edges(&blurred, &EdgeFilter::new(EdgeOperator::Sobel)).unwrap();
    let mask = util::greater(&edges, 0.05).unwrap();
    let labels = measure::label(&mask, 0, Connectivity::Eight).unwrap();
    color::label2rgb(&labels, Some(photo), &overlay_options()).unwrap()
}

#[test]
fn a_chain_is_one_submission() {
    let _alone = alone();
    let Some(engine) = require_gpu() else { return };
    let samples = noise(SHAPE, DType::U8, 1);
    let before = engine.stats();
    let overlay = chain(&upload(&engine, &samples, SHAPE));
    assert_eq!(engine.stats().submissions, before.submissions, "kernels only record");
    let found = download::<f32>(&overlay);
    let after = engine.stats();
    assert_eq!(after.submissions - before.submissions, 1);
    assert_eq!(after.uploaded_bytes - before.uploaded_bytes, SHAPE.samples());
    assert_eq!(after.downloaded_bytes - before.downloaded_bytes, 4 * SHAPE.samples());
    assert!(found.iter().all(|sample| (0.0..=1.0).contains(sample)));
}

#[test]
fn buffers_are_used_again() {
    let _alone = alone();
    let Some(engine) = require_gpu() else { return };
    // Staging buffers of other tests may come back only now, and would drive this one's out of a full pool.
    engine.set_pool_limit(u64::MAX);
    let samples = noise(SHAPE, DType::U8, 2);
    let first = download::<f32>(&chain(&upload(&engine, &samples, SHAPE)));
    let warm = engine.stats();
    for _ in 0..5 {
        assert_eq!(download::<f32>(&chain(&upload(&engine, &samples, SHAPE))), first);
    }
    let after = engine.stats();
    assert_eq!(after.allocations, warm.allocations);
    assert_eq!(after.pipelines, warm.pipelines);
    assert_eq!(after.live_bytes, warm.live_bytes);
    assert!(after.pooled_bytes > 0);
    engine.set_pool_limit(0);
    assert_eq!(engine.stats().pooled_bytes, 0);
    assert_eq!(download::<f32>(&chain(&upload(&engine, &samples, SHAPE))), first);
    assert_eq!(engine.stats().pooled_bytes, 0);
    engine.set_pool_limit(256 << 20);
}

#[test]
fn an_upload_never_lands_in_a_buffer_that_recorded_commands_read() {
    let _alone = alone();
    let Some(engine) = require_gpu() else { return };
    let shape = Shape { height: 64, width: 64, channels: 1 };
    let images: Vec<_> = (0..20).map(|seed| noise(shape, DType::F32, seed)).collect();
    // Every source is dropped before its mask is computed.
    let masks: Vec<_> = images
        .iter()
        .map(|samples| util::greater(&upload(&engine, samples, shape), 0.5).unwrap())
        .collect();
    for (samples, mask) in images.iter().zip(&masks) {
        assert_eq!(download::<u8>(mask), oracle::greater(samples, 0.5));
    }
}

#[test]
fn uploads_use_staging_memory_again() {
    let _alone = alone();
    let Some(engine) = require_gpu() else { return };
    let rounds = |count: u64| {
        for seed in 0..count {
            let samples = noise(SHAPE, DType::U8, seed);
            assert_eq!(download::<u8>(&upload(&engine, &samples, SHAPE)), samples.bytes());
        }
    };
    rounds(2);
    let warm = engine.stats();
    rounds(10);
    let after = engine.stats();
    assert_eq!(after.allocations, warm.allocations);
    // The image, and what its samples go through on the way there and back.
    assert_eq!(after.pool_hits - warm.pool_hits, 30);
    assert_eq!(after.pooled_bytes, warm.pooled_bytes);
}

#[test]
fn many_uploads_do_not_wait_in_memory_for_ever() {
    let _alone = alone();
    let Some(engine) = require_gpu() else { return };
    let shape = Shape { height: 4096, width: 4096, channels: 1 };
    let data = vec![9; shape.samples() as usize];
    let before = engine.stats();
    let upload = || GpuImage::upload(&engine, &data, shape, DType::U8).unwrap();
    let images: Vec<_> = (0..20).map(|_| upload()).collect();
    let after = engine.stats();
    assert_eq!(after.submissions - before.submissions, 1);
    drop(images);
    // What is dropped unread is not copied.
    for _ in 0..40 {
        drop(upload());
    }
    assert_eq!(engine.stats().submissions, after.submissions);
    assert!(engine.stats().allocations - after.allocations <= 2);
}

#[test]
fn beyond_its_limit_the_pool_frees_what_was_not_used_for_longest() {
    let _alone = alone();
    let Some(engine) = require_gpu() else { return };
    engine.set_pool_limit(0);
    engine.set_pool_limit(40_000);
    let before = engine.stats();
    for side in 1..=50 {
        let shape = Shape { height: 2 * side, width: 50, channels: 1 };
        let samples = noise(shape, DType::U8, 6);
        assert_eq!(download::<u8>(&upload(&engine, &samples, shape)), samples.bytes());
        assert!(engine.stats().pooled_bytes <= 40_000);
    }
    let after = engine.stats();
    assert_eq!(after.pool_limit, 40_000);
    assert!(after.pool_evictions > before.pool_evictions);
    assert!(after.pooled_bytes > 20_000, "kept: {}", after.pooled_bytes);
    engine.set_pool_limit(256 << 20);
}

#[test]
fn a_long_chain_is_submitted_in_parts() {
    let _alone = alone();
    let Some(engine) = require_gpu() else { return };
    let shape = Shape { height: 9, width: 11, channels: 1 };
    let mut image = upload(&engine, &noise(shape, DType::F32, 3), shape);
    let before = engine.stats();
    for _ in 0..3000 {
        image = filters::edges(&image, &EdgeFilter::new(EdgeOperator::Sobel)).unwrap();
    }
    let sum: f32 = download::<f32>(&image).iter().sum();
    assert!(sum.is_finite());
    assert!((2..20).contains(&(engine.stats().submissions - before.submissions)));
}

#[test]
fn threads_share_the_engine() {
    let _alone = alone();
    let Some(engine) = require_gpu() else { return };
    let samples = noise(SHAPE, DType::U8, 4);
    let expected = download::<f32>(&chain(&upload(&engine, &samples, SHAPE)));
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                for _ in 0..4 {
                    let found = download::<f32>(&chain(&upload(&engine, &samples, SHAPE)));
                    assert!(found == expected);
                }
            });
        }
    });
}

#[test]
fn what_is_too_large_is_refused() {
    let _alone = alone();
    let Some(engine) = require_gpu() else { return };
    let refused =
        |data: &[u8], shape| GpuImage::upload(&engine, data, shape, DType::U8).unwrap_err().code();
    let huge = Shape { height: u32::MAX, width: u32::MAX, channels: 4 };
    assert_eq!(refused(&[], huge), "ERR_GPU_LIMIT");
    assert_eq!(refused(&[], Shape { height: 0, width: 1, channels: 1 }), "ERR_GPU_ARGUMENT");
    assert_eq!(refused(&[0; 3], Shape { height: 2, width: 2, channels: 1 }), "ERR_GPU_ARGUMENT");

    // What is told of each region is read at any place: it is not cut into tiles.
    let limit = engine.largest_binding();
    if limit <= 128 << 20 {
        let shape = Shape { height: (limit / 4 / 4096) as u32 + 1, width: 4096, channels: 1 };
        let data = vec![0; shape.samples() as usize];
        let image = GpuImage::upload(&engine, &data, shape, DType::U8).unwrap();
        assert_eq!(
            segmentation::clear_border(&image, Margin::Edges(0), 0.0).unwrap_err().code(),
            "ERR_GPU_LIMIT"
        );
    }
    let small = upload(&engine, &Samples::U8(vec![7]), Shape { height: 1, width: 1, channels: 1 });
    assert_eq!(small.download(&mut [0; 2]).unwrap_err().code(), "ERR_GPU_ARGUMENT");
    assert_eq!(download::<u8>(&small), [7]);
}

#[test]
fn more_workgroups_than_a_dimension_takes() {
    let _alone = alone();
    let Some(engine) = require_gpu() else { return };
    // More than 65,535 × 256 pixels.
    let shape = Shape { height: 4100, width: 4099, channels: 1 };
    let data: Vec<u8> = (0..shape.samples()).map(|i| (i % 251) as u8).collect();
    let image = GpuImage::upload(&engine, &data, shape, DType::U8).unwrap();
    let mask = download::<u8>(&util::greater(&image, 100.0).unwrap());
    assert!(mask.iter().zip(&data).all(|(&m, &v)| m == u8::from(v > 100)));
    let gaussian = Gaussian { radius: [0, 1], ..Gaussian::new(0.5, 2.0) };
    let blurred = download::<f32>(&filters::gaussian(&image, &gaussian).unwrap());
    for i in [1, 4097, 1 << 20, data.len() - 2] {
        let least = data[i - 1].min(data[i]).min(data[i + 1]);
        let greatest = data[i - 1].max(data[i]).max(data[i + 1]);
        let levels = f32::from(least) - 0.01..f32::from(greatest) + 0.01;
        assert!(levels.contains(&(blurred[i] * 255.0)), "sample {i}");
    }
}

#[test]
fn a_lost_device_is_replaced() {
    let _alone = alone();
    let Some(old) = require_gpu() else { return };
    let shape = Shape { height: 3, width: 4, channels: 1 };
    let samples = noise(shape, DType::U8, 5);
    let image = upload(&old, &samples, shape);
    let mask = util::greater(&image, 100.0).unwrap();
    old.destroy();

    let lost = "ERR_GPU_DEVICE_LOST";
    assert_eq!(mask.download(&mut [0; 12]).unwrap_err().code(), lost);
    assert_eq!(util::greater(&image, 1.0).unwrap_err().code(), lost);
    assert_eq!(filters::threshold_histogram("h", &image, Some(256)).unwrap_err().code(), lost);
    assert_eq!(old.flush().unwrap_err().code(), lost);

    let new = engine(true).unwrap();
    assert!(!std::sync::Arc::ptr_eq(&old, &new));
    let labels = measure::label(&upload(&new, &samples, shape), 0, Connectivity::Four).unwrap();
    assert_eq!(
        color::label2rgb(&labels, Some(&image), &overlay_options()).unwrap_err().code(),
        lost
    );
    let other = upload(&new, &samples, shape);
    assert_eq!(metrics::compare("m", &other, &image).unwrap_err().code(), lost);
    drop((image, mask, old));
    assert_eq!(
        download::<u8>(&util::greater(&upload(&new, &samples, shape), 100.0).unwrap()),
        oracle::greater(&samples, 100.0)
    );
    assert!(existing_engine().is_some());
}

#[test]
fn software_adapters_are_used_only_when_asked_for() {
    let _alone = alone();
    let Some(engine) = require_gpu() else { return };
    assert_eq!(adapter(true).as_ref(), Ok(engine.adapter()));
    if engine.adapter().is_software() && std::env::var_os("TAGSWITCH_WGPU_ADAPTER").is_none() {
        assert_eq!(adapter(false).unwrap_err().code(), "ERR_GPU_SOFTWARE_ADAPTER");
    }
}
