//! Images for tests, to and from the GPU.
#![allow(dead_code, reason = "each test program uses its part")]

use std::sync::Arc;

use bytemuck::Pod;
use tagswitch_kernels_gpu::{DType, Engine, GpuImage, Shape, engine};

use crate::oracle::Samples;

/// One pixel, one row, one column, odd sizes, more than a tile, a power of two.
pub const SHAPES: [(u32, u32); 6] = [(1, 1), (1, 37), (41, 1), (5, 3), (67, 43), (256, 256)];

/// The same for results that know of a window about their pixels: four times as many have nothing new for these.
pub const WINDOW_SHAPES: [(u32, u32); 6] = [(1, 1), (1, 37), (41, 1), (5, 3), (67, 43), (128, 128)];

/// The engine, a software one included; `None` where there is none and none is required.
pub fn require_gpu() -> Option<Arc<Engine>> {
    match engine(true) {
        Ok(engine) => Some(engine),
        Err(error) if std::env::var("TAGSWITCH_REQUIRE_GPU").as_deref() == Ok("1") => {
            panic!("TAGSWITCH_REQUIRE_GPU is 1, but: {error}")
        }
        Err(error) => {
            println!("skipped: {error}");
            None
        }
    }
}

/// Reproducible noise over the range of the dtype, [0, 1] for floats.
pub fn noise(shape: Shape, dtype: DType, seed: u64) -> Samples {
    let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    let words = (0..shape.samples()).map(|_| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state >> 24) as u32
    });
    match dtype {
        DType::U8 => Samples::U8(words.map(|w| w as u8).collect()),
        DType::U16 => Samples::U16(words.map(|w| w as u16).collect()),
        DType::I32 => Samples::I32(words.map(u32::cast_signed).collect()),
        DType::F32 => Samples::F32(words.map(|w| w as f32 / u32::MAX as f32).collect()),
    }
}

/// To the GPU.
pub fn upload(engine: &Arc<Engine>, samples: &Samples, shape: Shape) -> GpuImage {
    GpuImage::upload(engine, samples.bytes(), shape, samples.dtype()).unwrap()
}

/// And back, as bytes, whatever the dtype.
pub fn bytes_of(image: &GpuImage) -> Vec<u8> {
    let mut bytes = vec![0; image.byte_length() as usize];
    image.download(&mut bytes).unwrap();
    bytes
}

/// And back.
pub fn download<T: Pod>(image: &GpuImage) -> Vec<T> {
    let mut samples = vec![T::zeroed(); image.shape().samples() as usize];
    image.download(bytemuck::cast_slice_mut(&mut samples)).unwrap();
    samples
}
