use tagswitch_kernels_gpu::exposure::{self, Histogram, SourceRange};
use tagswitch_kernels_gpu::{DType, Shape};

use crate::engines;
use crate::oracle::{self, Samples};
use crate::support::{noise, upload};

/// How many samples have each level.
fn counted(samples: &Samples) -> Histogram {
    let mut values = samples.values();
    values.sort_by(f64::total_cmp);
    let levels = values.chunk_by(|a, b| a == b);
    let (bin_centers, counts) = levels.map(|level| (level[0], level.len() as f64)).unzip();
    Histogram { counts, bin_centers }
}

#[test]
fn levels_are_counted_whatever_word_they_lie_in() {
    for engine in engines() {
        for (height, width, channels) in [(1, 1, 1), (3, 5, 1), (61, 43, 3), (300, 301, 1)] {
            let shape = Shape { height, width, channels };
            let many = noise(shape, DType::U16, 41);
            for samples in [
                noise(shape, DType::U8, 40),
                // One bin is added to by all at once.
                oracle::levels(&many, 1, DType::U8),
                many.clone(),
                oracle::levels(&many, 900, DType::I32),
            ] {
                let image = upload(&engine, &samples, shape);
                let found = exposure::level_histogram("t", &image, 1).unwrap();
                assert!(found == counted(&samples), "{:?} {shape:?}", samples.dtype());
            }
        }
    }
}

#[test]
fn floats_are_counted_between_edges() {
    for engine in engines() {
        for (height, width) in [(1, 2), (61, 43), (300, 301)] {
            let shape = Shape { height, width, channels: 1 };
            let samples = noise(shape, DType::F32, 42);
            let image = upload(&engine, &samples, shape);
            // In the memory of a workgroup, and in that of all.
            for nbins in [1, 256, 2048, 5000] {
                let found = exposure::float_histogram("t", &image, nbins, SourceRange::Image, 1);
                let expected = oracle::histogram(&samples, nbins as usize);
                assert!(found.unwrap() == expected, "{shape:?} {nbins}");
            }
        }
    }
}

#[test]
fn what_lies_on_an_edge_belongs_to_the_bin_above() {
    let Some(engine) = engines().pop() else { return };
    let samples = [-1.0, -0.5, -0.25, 0.0, 0.5, 0.75, 1.0, 1.5, -1.5, f32::NAN, f32::INFINITY];
    let shape = Shape { height: 1, width: 11, channels: 1 };
    let image = upload(&engine, &Samples::F32(samples.to_vec()), shape);
    let found = exposure::float_histogram("t", &image, 4, SourceRange::Type, 1).unwrap();
    // The last bin has both its edges; what is beyond is not counted.
    assert_eq!(found.counts, [1.0, 2.0, 1.0, 3.0]);
}
