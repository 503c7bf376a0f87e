//! The parts of `exposure.equalizeAdapthist`: pixels know where they lie in the image.

use tagswitch_kernels_gpu::exposure::{self, SourceRange, Tiles};
use tagswitch_kernels_gpu::{DType, Shape};

use crate::limited::Limited;
use crate::oracle::Samples;
use crate::support::{bytes_of, noise, upload};
use crate::{DTYPES, SHAPES};

#[test]
fn equalization_by_tiles() {
    let Some(limited) = Limited::new() else { return };
    for (height, width) in SHAPES {
        let shape = Shape { height, width, channels: 1 };
        let tiles = Tiles { rows: height.div_ceil(3), columns: width.div_ceil(2), bins: 20 };
        let words = noise(shape, DType::U16, 41).values();
        let bins = Samples::U16(words.into_iter().map(|word| word as u16 % 20).collect());
        let image = upload(&limited.engine, &bins, shape);
        let curves: Vec<u16> = (0..).map(|i| i * 137).take(3 * 2 * 20).collect();
        let what = format!("{shape:?}");
        let tables = u64::from(tiles.rows + tiles.columns) * 16;
        let limits = [tables.max(4 * u64::from(height + width)), 2 * tables].map(|l| l.max(1024));
        let levels = || exposure::levels_by_tiles(&image, tiles, &curves).unwrap();
        if shape.pixels() * 2 > limits[0] {
            limited.same(&limits, &what, || exposure::tile_counts(&image, tiles).unwrap());
            limited.same(&limits, &what, || bytes_of(&levels()));
        }
    }
}

#[test]
fn values_of_colours() {
    let Some(limited) = Limited::new() else { return };
    let limits = [4096, 5001];
    for (height, width) in SHAPES {
        let single = Shape { height, width, channels: 1 };
        if single.pixels() * 4 <= limits[1] {
            continue; // fits whatever the limit
        }
        let values = upload(&limited.engine, &noise(single, DType::F32, 42), single);
        for (dtype, channels) in DTYPES.into_iter().flat_map(|dtype| [(dtype, 3), (dtype, 4)]) {
            let shape = Shape { channels, ..single };
            let image = upload(&limited.engine, &noise(shape, dtype, 43), shape);
            let what = format!("{dtype:?} {shape:?}");
            let colors = || exposure::with_value(&image, &values).unwrap();
            limited.same(&limits, &what, || bytes_of(&colors()));
            if image.byte_length() > limits[1] {
                let value = || exposure::value_in_16_bits(&image).unwrap();
                limited.same(&limits, &what, || bytes_of(&value()));
            }
        }
    }
}

#[test]
fn channels_by_themselves() {
    let Some(limited) = Limited::new() else { return };
    let shape = Shape { height: 67, width: 43, channels: 3 };
    let table: Vec<u8> = (0..3 * 256).map(|entry: u32| (entry * 7) as u8).collect();
    for dtype in [DType::U8, DType::F32] {
        let image = upload(&limited.engine, &noise(shape, dtype, 44), shape);
        if dtype == DType::U8 {
            limited.same(&[1024, 3001], "counts", || {
                exposure::level_histogram("t", &image, 3).unwrap()
            });
            limited.same(&[1024, 3001], "tables", || {
                bytes_of(&exposure::look_up("t", &image, &table, DType::U8, 0, 3).unwrap())
            });
        } else {
            limited.same(&[4096, 5001], "counts of floats", || {
                exposure::float_histogram("t", &image, 9, SourceRange::Image, 3).unwrap()
            });
            // Keys of a channel, whose number is filled up, are bound at once.
            limited.same(&[16_384, 20_001], "levels of floats", || {
                exposure::level_histogram("t", &image, 3).unwrap()
            });
            limited.engine.set_largest_binding(16_383);
            let refused = exposure::level_histogram("t", &image, 3).unwrap_err();
            assert_eq!(refused.code(), "ERR_GPU_UNSUPPORTED");
            let [levels, values] = [[0.0, 0.5, 0.2, 0.0, 0.9], [1.0, 2.0, 3.0, 4.0, 5.0]];
            limited.same(&[4096, 5001], "values of floats", || {
                bytes_of(
                    &exposure::look_up_float("t", &image, &levels, &values, &[2, 1, 2]).unwrap(),
                )
            });
        }
    }
}

#[test]
fn pixels_under_a_mask() {
    let Some(limited) = Limited::new() else { return };
    let shape = Shape { height: 67, width: 43, channels: 1 };
    let mask = upload(&limited.engine, &noise(shape, DType::U16, 46), shape);
    for (dtype, limits) in [(DType::U8, [1024, 2001]), (DType::F32, [4096, 5001])] {
        let image = upload(&limited.engine, &noise(shape, dtype, 45), shape);
        limited.same(&limits, &format!("{dtype:?}"), || {
            exposure::histogram_under("t", &image, &mask, 9).unwrap()
        });
    }
}
