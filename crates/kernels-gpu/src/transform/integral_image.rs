use crate::blocks;
use crate::error::{GpuError, Result};
use crate::image::{DType, GpuImage, read};
use crate::params::params;
use crate::pipeline::{Binding, Kernel};

params!(Params { width: u32, height: u32 });
params!(CarryParams { width: u32, strips: u32 });

/// Rows of a strip, as in the shaders.
const STRIP: u32 = 64;

pub(super) static ACROSS: Kernel = Kernel {
    name: "transform.integralImage/across",
    workgroup: [256, 1, 1],
    bindings: &[Binding::Read(1), Binding::Write(2)],
    sources: &[
        include_str!("../../shaders/shared/line.wgsl"),
        include_str!("../../shaders/shared/source.wgsl"),
        include_str!("../../shaders/shared/sample.wgsl"),
        include_str!("../../shaders/shared/wide.wgsl"),
        blocks::INVOCATION,
        blocks::SCAN,
        include_str!("../../shaders/transform/integral_across.wgsl"),
    ],
    params: Params::LAYOUT,
};

pub(super) static STRIPS: Kernel = Kernel {
    name: "transform.integralImage/strips",
    workgroup: [256, 1, 1],
    bindings: &[Binding::Read(1), Binding::Write(2)],
    sources: &[
        include_str!("../../shaders/shared/line.wgsl"),
        include_str!("../../shaders/shared/wide.wgsl"),
        include_str!("../../shaders/transform/integral_strips.wgsl"),
    ],
    params: Params::LAYOUT,
};

pub(super) static CARRY: Kernel = Kernel {
    name: "transform.integralImage/carry",
    workgroup: [256, 1, 1],
    bindings: &[Binding::Update(1)],
    sources: &[
        include_str!("../../shaders/shared/line.wgsl"),
        include_str!("../../shaders/shared/wide.wgsl"),
        include_str!("../../shaders/transform/integral_carry.wgsl"),
    ],
    params: CarryParams::LAYOUT,
};

pub(super) static DOWN: Kernel = Kernel {
    name: "transform.integralImage/down",
    workgroup: [256, 1, 1],
    bindings: &[Binding::Read(1), Binding::Update(2)],
    sources: &[
        include_str!("../../shaders/shared/line.wgsl"),
        include_str!("../../shaders/shared/wide.wgsl"),
        include_str!("../../shaders/transform/integral_down.wgsl"),
    ],
    params: Params::LAYOUT,
};

/// The sum of the samples above and to the left of each, itself included; scikit-image's `integral_image`.
///
/// Takes one channel of integers, which are added up exactly, in 64 bits: no image on the GPU holds that, so the sums come here. Waits.
///
/// # Errors
///
/// [`GpuError::Argument`] for several channels, [`GpuError::Unsupported`] for floats, [`GpuError::Binding`] for sums that cannot be
/// bound at once, and those of the device.
pub fn integral_image(image: &GpuImage) -> Result<Vec<f64>> {
    let operation = "transform.integralImage";
    let shape = image.shape();
    if shape.channels != 1 {
        let message = format!("image has {} channels; expected one", shape.channels);
        return Err(GpuError::argument(operation, message));
    }
    if image.dtype() == DType::F32 {
        let reason = "sums of floats need 64 bits, and the GPU has 32-bit floats only";
        return Err(GpuError::unsupported(operation, reason));
    }
    let bytes = 8 * shape.pixels();
    image.engine.check_binding(operation, "the sums of all pixels", bytes)?;
    let (width, height) = (shape.width, shape.height);
    let strips = height.div_ceil(STRIP);
    let columns = u64::from(strips) * u64::from(width);
    let params = Params { width, height };
    let sums = image.engine.record(operation, |recording| {
        let source = image.storage(recording)?;
        let sums = recording.buffer(bytes)?;
        let constants = [("DTYPE", image.dtype().constant())];
        let buffers = [(&*source).into(), (&sums).into()];
        recording.dispatch(&ACROSS, &constants, &params, &buffers, height.into())?;
        if height > 1 {
            let before = recording.buffer(8 * columns)?;
            let workgroups = columns.div_ceil(256);
            let buffers = [(&sums).into(), (&before).into()];
            recording.dispatch(&STRIPS, &[], &params, &buffers, workgroups)?;
            let carry = CarryParams { width, strips };
            let buffers = [(&before).into()];
            recording.dispatch(&CARRY, &[], &carry, &buffers, u64::from(width).div_ceil(256))?;
            let buffers = [(&before).into(), (&sums).into()];
            recording.dispatch(&DOWN, &[], &params, &buffers, workgroups)?;
        }
        Ok(sums)
    })?;
    read(&image.engine, operation, &sums, |bytes| {
        let sums: Vec<[u32; 2]> = bytemuck::pod_collect_to_vec(bytes);
        let joined = |[low, high]: [u32; 2]| (u64::from(high) << 32 | u64::from(low)).cast_signed();
        sums.into_iter().map(|sum| joined(sum) as f64).collect()
    })
}
