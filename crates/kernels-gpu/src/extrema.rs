//! Least and greatest sample of an image.

use crate::blocks;
use crate::error::Result;
use crate::image::{DType, GpuImage, Shape, read};
use crate::params::params;
use crate::pipeline::{Binding, Kernel};
use crate::recording::Recording;
use crate::storage::Storage;
use crate::tiling::{Need, Unit};

params!(Params { count: u32 });

static EXTREMA: Kernel = Kernel {
    name: "gpu.extrema",
    workgroup: [256, 1, 1],
    bindings: &[Binding::Read(1), Binding::Update(2)],
    sources: &[
        include_str!("../shaders/shared/line.wgsl"),
        include_str!("../shaders/shared/source.wgsl"),
        include_str!("../shaders/shared/sample.wgsl"),
        include_str!("../shaders/shared/order.wgsl"),
        blocks::INVOCATION,
        blocks::REDUCTION,
        include_str!("../shaders/shared/extrema.wgsl"),
    ],
    params: Params::LAYOUT,
};

pub(crate) static KERNELS: &[&Kernel] = &[&EXTREMA];

/// Workgroups that stride over an image to reduce it.
pub(crate) fn strides(count: u64) -> u64 {
    count.div_ceil(256).clamp(1, 512)
}

/// The least and the greatest sample of an image.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Extrema {
    /// Of an integer image.
    Levels(i32, i32),
    /// Of a float image, infinities included.
    Floats(f32, f32),
    /// A float image with a NaN.
    Nan,
}

impl Extrema {
    /// As numbers; NaN both if there is one.
    #[must_use]
    pub fn values(self) -> [f64; 2] {
        match self {
            Self::Levels(least, greatest) => [least.into(), greatest.into()],
            Self::Floats(least, greatest) => [least.into(), greatest.into()],
            Self::Nan => [f64::NAN; 2],
        }
    }
}

/// Records the search for the extrema of samples: their keys, and how many are NaN.
pub(crate) fn record_extrema(
    recording: &mut Recording<'_>,
    storage: &Storage,
    dtype: DType,
    shape: Shape,
) -> Result<Storage> {
    let result = recording.words(&[u32::MAX, 0, 0])?;
    let pixel_bytes = u64::from(shape.channels) * dtype.bytes() as u64;
    recording.tiled(
        &EXTREMA,
        &[("DTYPE", dtype.constant())],
        (Unit::Pixel, shape.pixels()),
        &[Need::part(storage, pixel_bytes), Need::Whole((&result).into())],
        |tile| {
            let count = tile.units * shape.channels;
            (Params { count }, strides(u64::from(count)))
        },
    )?;
    Ok(result)
}

/// The extrema of all channels: one submission, and a wait. `operation` is for messages.
///
/// # Errors
///
/// Those of the device.
pub fn extrema(operation: &str, image: &GpuImage) -> Result<Extrema> {
    let [least, greatest, nans] = keys(operation, image)?;
    Ok(match image.dtype() {
        DType::F32 if nans > 0 => Extrema::Nan,
        DType::F32 => Extrema::Floats(unorder(least), unorder(greatest)),
        _ => Extrema::Levels(
            (least ^ 0x8000_0000).cast_signed(),
            (greatest ^ 0x8000_0000).cast_signed(),
        ),
    })
}

/// The least sample of a float image that is a number, NaN if none is. Waits.
pub(crate) fn least(operation: &str, image: &GpuImage) -> Result<f32> {
    keys(operation, image).map(|[least, ..]| unorder(least))
}

fn keys(operation: &str, image: &GpuImage) -> Result<[u32; 3]> {
    let result = image.engine.record(operation, |recording| {
        let source = image.storage(recording)?;
        record_extrema(recording, &source, image.dtype(), image.shape())
    })?;
    read(&image.engine, operation, &result, |bytes| bytemuck::pod_read_unaligned(&bytes[..12]))
}

/// The key that orders floats as unsigned integers, as `order` does in shaders.
pub(crate) fn order(value: f32) -> u32 {
    let bits = value.to_bits();
    match bits {
        0 | 0x8000_0000 => 0x8000_0000,
        _ if bits >> 31 == 1 => !bits,
        _ => bits | 0x8000_0000,
    }
}

/// The float of a key.
pub(crate) fn unorder(key: u32) -> f32 {
    f32::from_bits(if key >> 31 == 1 { key & 0x7fff_ffff } else { !key })
}

#[cfg(test)]
mod tests {
    use super::{order, unorder};

    #[test]
    fn order_keeps_the_order_of_floats() {
        let values =
            [f32::NEG_INFINITY, -2.5, -1e-40, 0.0, 1e-45, 1e-40, 1.0, f32::MAX, f32::INFINITY];
        for pair in values.windows(2) {
            assert!(order(pair[0]) < order(pair[1]), "{pair:?}");
        }
        assert_eq!(order(-0.0), order(0.0));
        for value in values {
            assert_eq!(unorder(order(value)), value);
        }
    }
}
