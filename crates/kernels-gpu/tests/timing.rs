//! Times of kernels. One test at a time: all kernels of the engine are timed.

mod oracle;
mod support;

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use support::{download, noise, require_gpu, upload};
use tagswitch_kernels_gpu::filters::{EdgeFilter, EdgeOperator, Gaussian};
use tagswitch_kernels_gpu::measure::Connectivity;
use tagswitch_kernels_gpu::{DType, Shape, color, engine, filters, measure, util};

static ALONE: Mutex<()> = Mutex::new(());

fn alone() -> MutexGuard<'static, ()> {
    ALONE.lock().unwrap_or_else(PoisonError::into_inner)
}

const SHAPE: Shape = Shape { height: 256, width: 512, channels: 1 };
const PIXELS: u64 = 256 * 512;

#[test]
fn each_kernel_has_a_time_and_the_bytes_that_it_moves() {
    let _alone = alone();
    let Some(engine) = require_gpu() else { return };
    let photo = upload(
        &engine,
        &noise(Shape { channels: 3, ..SHAPE }, DType::U8, 1),
        Shape { channels: 3, ..SHAPE },
    );
    let before = Instant::now();
    engine.time_kernels().unwrap();
    let gray = color::rgb2gray(&photo).unwrap();
    let blurred = filters::gaussian(&gray, &Gaussian::new(1.0, 4.0)).unwrap();
    let edges = filters::edges(&blurred, &EdgeFilter::new(EdgeOperator::Sobel)).unwrap();
    let mask = util::greater(&edges, 0.05).unwrap();
    let labels = measure::label(&mask, 0, Connectivity::Eight).unwrap();
    let times = engine.kernel_times().unwrap();
    let wall = before.elapsed().as_nanos() as f64;

    let found: Vec<_> = times.iter().map(|one| (one.kernel.as_str(), one.bytes)).collect();
    let blocks = PIXELS / 1024 * 4;
    assert_eq!(
        found,
        [
            ("color.rgb2gray", 7 * PIXELS),
            ("filters.gaussian/down", 8 * PIXELS),
            ("filters.gaussian/across", 8 * PIXELS),
            ("filters.sobel", 8 * PIXELS),
            ("util.greater", 5 * PIXELS),
            ("measure.label/start", 5 * PIXELS),
            ("measure.label/flatten", 8 * PIXELS),
            ("measure.label/merge", 9 * PIXELS),
            ("measure.label/flatten", 8 * PIXELS),
            ("measure.label/count", 4 * PIXELS + blocks),
            ("gpu.rank/scan", 2 * blocks),
            ("measure.label/rank", 8 * PIXELS + blocks),
            ("measure.label/number", 12 * PIXELS),
        ]
    );
    assert!(times.iter().all(|one| one.nanoseconds >= 0.0));
    let all: f64 = times.iter().map(|one| one.nanoseconds).sum();
    assert!(all > 0.0 && all < wall, "{all} ns of {wall}");
    assert_eq!(download::<i32>(&labels).len() as u64, PIXELS);
}

#[test]
fn results_are_the_same_and_nothing_is_timed_outside() {
    let _alone = alone();
    let Some(engine) = require_gpu() else { return };
    let image = upload(&engine, &noise(SHAPE, DType::F32, 2), SHAPE);
    let edges = || filters::edges(&image, &EdgeFilter::new(EdgeOperator::Sobel)).unwrap();
    let expected = download::<f32>(&edges());
    // Recorded before: not timed.
    let waiting = edges();
    engine.time_kernels().unwrap();
    let timed = edges();
    let found = download::<f32>(&timed);
    let again = edges();
    assert_eq!(engine.kernel_times().unwrap().len(), 2);
    assert!(found == expected && download::<f32>(&again) == expected);
    assert!(download::<f32>(&waiting) == expected);
    assert_eq!(download::<f32>(&edges()), expected);
    assert_eq!(engine.kernel_times(), Ok(Vec::new()));
}

#[test]
fn more_kernels_than_a_set_of_timestamps_holds() {
    let _alone = alone();
    let Some(engine) = require_gpu() else { return };
    let shape = Shape { height: 3, width: 5, channels: 1 };
    let mut image = upload(&engine, &noise(shape, DType::F32, 3), shape);
    engine.time_kernels().unwrap();
    for _ in 0..2500 {
        image = filters::edges(&image, &EdgeFilter::new(EdgeOperator::Sobel)).unwrap();
    }
    let times = engine.kernel_times().unwrap();
    assert_eq!(times.len(), 2500);
    assert!(times.iter().all(|one| one.kernel == "filters.sobel" && one.bytes == 120));
}

#[test]
fn timing_is_for_one_at_a_time_and_ends_with_the_device() {
    let _alone = alone();
    let Some(old) = require_gpu() else { return };
    old.time_kernels().unwrap();
    assert_eq!(old.time_kernels().unwrap_err().code(), "ERR_GPU_ARGUMENT");
    old.destroy();
    assert_eq!(old.kernel_times().unwrap_err().code(), "ERR_GPU_DEVICE_LOST");
    let new = engine(true).unwrap();
    assert_eq!(new.kernel_times(), Ok(Vec::new()));
}
