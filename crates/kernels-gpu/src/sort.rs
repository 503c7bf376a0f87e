//! Floats in order.

use crate::error::{GpuError, Result};
use crate::image::GpuImage;
use crate::params::params;
use crate::pipeline::{Binding, Kernel};
use crate::storage::Storage;

params!(KeysParams { count: u32 });
params!(FarParams { pairs: u32, span: u32, distance: u32 });
params!(NearParams { count: u32, first_span: u32, last_span: u32 });

/// Keys that a workgroup sorts, as in the shader.
const NEAR: u64 = 512;

static KEYS: Kernel = Kernel {
    name: "gpu.sort/keys",
    workgroup: [256, 1, 1],
    bindings: &[Binding::Read(1), Binding::Write(2)],
    sources: &[
        include_str!("../shaders/shared/line.wgsl"),
        include_str!("../shaders/shared/order.wgsl"),
        include_str!("../shaders/sort/key_of.wgsl"),
        include_str!("../shaders/sort/sort_keys.wgsl"),
    ],
    params: KeysParams::LAYOUT,
};

static FAR: Kernel = Kernel {
    name: "gpu.sort/far",
    workgroup: [256, 1, 1],
    bindings: &[Binding::Update(1)],
    sources: &[
        include_str!("../shaders/shared/line.wgsl"),
        include_str!("../shaders/sort/sort_far.wgsl"),
    ],
    params: FarParams::LAYOUT,
};

static NEAR_BY: Kernel = Kernel {
    name: "gpu.sort/near",
    workgroup: [256, 1, 1],
    bindings: &[Binding::Update(1)],
    sources: &[
        include_str!("../shaders/shared/line.wgsl"),
        include_str!("../shaders/sort/sort_near.wgsl"),
    ],
    params: NearParams::LAYOUT,
};

pub(crate) static KERNELS: &[&Kernel] = &[&KEYS, &FAR, &NEAR_BY];

/// The keys of all samples of a float image, ascending by the samples: complements of their [`order`](crate::extrema::order), 0 for NaN;
/// behind them zeros that make their number a power of two.
///
/// Source: K. E. Batcher, "Sorting networks and their applications" (1968), the bitonic one.
///
/// # Errors
///
/// [`GpuError::Unsupported`] for keys that cannot be bound at once, and those of the device.
pub(crate) fn sorted_keys(operation: &str, image: &GpuImage) -> Result<Storage> {
    let shape = image.shape();
    let count = shape.samples().next_power_of_two().max(NEAR);
    let (bytes, limit) = (4 * count, image.engine.largest_binding());
    if bytes > limit {
        let reason =
            format!("{bytes} bytes of floats to be sorted at once, and a kernel sees {limit}");
        return Err(GpuError::unsupported(operation, reason));
    }
    let (count, near) = (count as u32, NEAR as u32);
    image.engine.record(operation, |recording| {
        let source = image.storage(recording)?;
        let keys = recording.zeros(bytes)?;
        let samples = shape.samples();
        let buffers = [(&*source).into(), (&keys).into()];
        let params = KeysParams { count: samples as u32 };
        recording.dispatch(&KEYS, &[], &params, &buffers, samples.div_ceil(256))?;
        let blocks = u64::from(count / near);
        let params = NearParams { count, first_span: 2, last_span: near };
        recording.dispatch(&NEAR_BY, &[], &params, &[(&keys).into()], blocks)?;
        let spans = std::iter::successors(Some(2 * u64::from(near)), |span| Some(span * 2));
        for span in spans.take_while(|&span| span <= u64::from(count)) {
            let span = span as u32;
            let mut distance = span / 2;
            while distance >= near {
                recording.make_room()?;
                let params = FarParams { pairs: count / 2, span, distance };
                recording.dispatch(&FAR, &[], &params, &[(&keys).into()], blocks)?;
                distance /= 2;
            }
            recording.make_room()?;
            let params = NearParams { count, first_span: span, last_span: span };
            recording.dispatch(&NEAR_BY, &[], &params, &[(&keys).into()], blocks)?;
        }
        Ok(keys)
    })
}
