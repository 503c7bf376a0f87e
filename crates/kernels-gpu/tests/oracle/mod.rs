//! The operations as plainly as can be, in 64 bits.
#![allow(dead_code, unused_imports, reason = "each test program uses its part")]

mod color;
mod feature;
mod filters;
mod flood;
mod measure;
mod morphology;
mod philox;
mod plane;
mod spline;
mod windows;

pub use color::{gray2rgb, label2rgb, rgb2gray};
pub use feature::{hessian_matrix, structure_tensor};
pub use filters::{border, edges, gaussian, histogram, laplace, median, unsharp_mask};
pub use flood::{flooded, local_minima};
pub use measure::{euler_number, perimeter};
pub use morphology::neighbourhood;
pub use philox::numbers_at;
pub use plane::{Axis, Plane};
pub use spline::Spline;
use tagswitch_kernels_gpu::measure::Connectivity;
use tagswitch_kernels_gpu::{DType, Shape};
pub use windows::threshold_window;

/// Samples of any dtype.
#[derive(Debug, Clone)]
pub enum Samples {
    U8(Vec<u8>),
    U16(Vec<u16>),
    I32(Vec<i32>),
    F32(Vec<f32>),
}

impl Samples {
    pub fn dtype(&self) -> DType {
        match self {
            Self::U8(_) => DType::U8,
            Self::U16(_) => DType::U16,
            Self::I32(_) => DType::I32,
            Self::F32(_) => DType::F32,
        }
    }

    pub fn of(dtype: DType, bytes: &[u8]) -> Self {
        match dtype {
            DType::U8 => Self::U8(bytes.to_vec()),
            DType::U16 => Self::U16(bytemuck::pod_collect_to_vec(bytes)),
            DType::I32 => Self::I32(bytemuck::pod_collect_to_vec(bytes)),
            DType::F32 => Self::F32(bytemuck::pod_collect_to_vec(bytes)),
        }
    }

    pub fn bytes(&self) -> &[u8] {
        match self {
            Self::U8(values) => values,
            Self::U16(values) => bytemuck::cast_slice(values),
            Self::I32(values) => bytemuck::cast_slice(values),
            Self::F32(values) => bytemuck::cast_slice(values),
        }
    }

    pub fn values(&self) -> Vec<f64> {
        match self {
            Self::U8(values) => values.iter().map(|&v| f64::from(v)).collect(),
            Self::U16(values) => values.iter().map(|&v| f64::from(v)).collect(),
            Self::I32(values) => values.iter().map(|&v| f64::from(v)).collect(),
            Self::F32(values) => values.iter().map(|&v| f64::from(v)).collect(),
        }
    }

    pub fn intensities(&self) -> Vec<f64> {
        let scale = match self.dtype() {
            DType::U8 => 1.0 / 255.0,
            DType::U16 => 1.0 / 65_535.0,
            DType::I32 => 1.0 / 2_147_483_647.0,
            DType::F32 => 1.0,
        };
        self.values().iter().map(|v| v * scale).collect()
    }
}

/// Samples cut to a few levels, in another dtype.
pub fn levels(samples: &Samples, levels: u64, dtype: DType) -> Samples {
    let values = samples.values().into_iter().map(|v| v as u64 / 7 % levels);
    match dtype {
        DType::U8 => Samples::U8(values.map(|v| v as u8).collect()),
        DType::U16 => Samples::U16(values.map(|v| v as u16).collect()),
        DType::I32 => Samples::I32(values.map(|v| v as i32).collect()),
        DType::F32 => Samples::F32(values.map(|v| v as f32).collect()),
    }
}

pub fn greater(samples: &Samples, threshold: f64) -> Vec<u8> {
    let threshold =
        if samples.dtype() == DType::F32 { f64::from(threshold as f32) } else { threshold };
    samples.values().iter().map(|&v| u8::from(v > threshold)).collect()
}

pub fn greater_than(samples: &Samples, thresholds: &Samples) -> Vec<u8> {
    samples.values().iter().zip(thresholds.values()).map(|(&v, t)| u8::from(v > t)).collect()
}

/// Edges times 0 where a 0 of the mask, or the border, is among the nine pixels about them.
pub fn mask_edges(edges: &[f32], mask: &Samples, shape: Shape) -> Vec<f32> {
    let (values, w) = (mask.values(), shape.width as usize);
    let inside = |i: usize| {
        let (y, x) = (i / w, i % w);
        (1..shape.height as usize - 1).contains(&y)
            && (1..w.max(2) - 1).contains(&x)
            && (y - 1..=y + 1)
                .all(|row| (x - 1..=x + 1).all(|column| values[row * w + column] != 0.0))
    };
    (0..).zip(edges).map(|(i, edge)| if inside(i) { *edge } else { edge * 0.0 }).collect()
}

pub fn invert(samples: &Samples, signed_float: bool) -> Samples {
    match samples {
        Samples::U8(values) => Samples::U8(values.iter().map(|v| u8::MAX - v).collect()),
        Samples::U16(values) => Samples::U16(values.iter().map(|v| u16::MAX - v).collect()),
        Samples::I32(values) => Samples::I32(values.iter().map(|v| -1 - v).collect()),
        Samples::F32(values) => {
            let from = if signed_float { 0.0 } else { 1.0 };
            Samples::F32(values.iter().map(|v| from - v).collect())
        }
    }
}

pub fn label(
    samples: &Samples,
    shape: Shape,
    background: i64,
    connectivity: Connectivity,
) -> Vec<i32> {
    let values = samples.values();
    let (h, w) = (shape.height as usize, shape.width as usize);
    let mut labels = vec![0; values.len()];
    let mut regions = 0;
    for start in 0..values.len() {
        if labels[start] != 0 || values[start] == background as f64 {
            continue;
        }
        regions += 1;
        labels[start] = regions;
        let mut pending = vec![start];
        while let Some(pixel) = pending.pop() {
            let (y, x) = (pixel / w, pixel % w);
            for r in y.saturating_sub(1)..=(y + 1).min(h - 1) {
                for c in x.saturating_sub(1)..=(x + 1).min(w - 1) {
                    let near = r * w + c;
                    let diagonal = r != y && c != x;
                    if labels[near] == 0
                        && values[near] == values[start]
                        && !(diagonal && connectivity == Connectivity::Four)
                    {
                        labels[near] = regions;
                        pending.push(near);
                    }
                }
            }
        }
    }
    labels
}
