use crate::border::Border;
use crate::error::{GpuError, Result};
use crate::image::{DType, GpuImage, byte_length};
use crate::params::params;
use crate::pipeline::{Binding, Kernel};
use crate::tiling::{Need, Tile, Unit};

/// What [`gabor`] is to do.
#[derive(Debug, Clone, PartialEq)]
pub struct Gabor {
    /// How far the kernel reaches, in rows and columns.
    pub radius: [u32; 2],
    /// Its real and imaginary parts, row by row: what the neighbours of a pixel weigh.
    pub weights: Vec<[f32; 2]>,
    /// What lies beyond the edge.
    pub border: Border,
}

params!(Params {
    width: u32,
    height: u32,
    top: u32,
    rows: u32,
    source_first: u32,
    beyond_first: u32,
    real_first: u32,
    imag_first: u32,
    reach_down: u32,
    reach_across: u32,
    cval: f32
});

pub(super) static GABOR: Kernel = Kernel {
    name: "filters.gabor",
    workgroup: [256, 1, 1],
    bindings: &[
        Binding::Read(1),
        Binding::Read(4),
        Binding::Read(5),
        Binding::Write(2),
        Binding::Write(3),
    ],
    sources: &[
        include_str!("../../shaders/shared/line.wgsl"),
        include_str!("../../shaders/shared/source_windows.wgsl"),
        include_str!("../../shaders/shared/sample.wgsl"),
        include_str!("../../shaders/shared/border.wgsl"),
        include_str!("../../shaders/shared/neighbour.wgsl"),
        include_str!("../../shaders/filters/gabor.wgsl"),
    ],
    params: Params::LAYOUT,
};

/// The neighbours of each pixel, weighed by the real and by the imaginary part of a kernel; scikit-image's `gabor`.
///
/// Takes one channel of any dtype, samples as they are, and gives two images of `f32`.
///
/// # Errors
///
/// [`GpuError::Argument`] for several channels and another number of weights, [`GpuError::Limit`], [`GpuError::Binding`], and those of the
/// device.
pub fn gabor(image: &GpuImage, options: &Gabor) -> Result<[GpuImage; 2]> {
    let operation = "filters.gabor";
    let shape = image.shape();
    let [down, across] = options.radius;
    let sides = (2 * u64::from(down) + 1) * (2 * u64::from(across) + 1);
    if shape.channels != 1 || options.weights.len() as u64 != sides {
        let (channels, weights) = (shape.channels, options.weights.len());
        let message = format!("{channels} channels, {weights} weights; expected one, and {sides}");
        return Err(GpuError::argument(operation, message));
    }
    let bytes = byte_length(operation, shape, DType::F32)?;
    image.engine.check_binding(operation, "the kernel", 8 * sides)?;
    let width = u64::from(shape.width);
    let both = image.engine.record(operation, |recording| {
        let source = image.storage(recording)?;
        let weights = recording.table(bytemuck::cast_slice(&options.weights))?;
        let [real, imag] = [recording.buffer(bytes)?, recording.buffer(bytes)?];
        let params = |tile: &Tile| Params {
            width: shape.width,
            height: shape.height,
            top: tile.first,
            rows: tile.units,
            source_first: tile.first_words[0],
            beyond_first: tile.first_words[1],
            real_first: tile.first_words[3],
            imag_first: tile.first_words[4],
            reach_down: down,
            reach_across: across,
            cval: options.border.cval as f32,
        };
        let far = down >= shape.height || across >= shape.width;
        let mode = ("BORDER", f64::from(options.border.mode as u8));
        let (storage, bytes, halo) = (&*source, width * image.pixel_bytes(), u64::from(down));
        recording.tiled(
            &GABOR,
            &[("DTYPE", image.dtype().constant()), mode, ("FAR", f64::from(u8::from(far)))],
            (Unit::Row, u64::from(shape.height)),
            &[
                Need::Part { storage, bytes, halo },
                Need::Wrapped { storage, bytes, halo },
                Need::Whole(weights.bound()),
                Need::part(&real, width * 4),
                Need::part(&imag, width * 4),
            ],
            |tile| (params(tile), (u64::from(tile.units) * width).div_ceil(256)),
        )?;
        Ok([real, imag])
    })?;
    Ok(both.map(|storage| GpuImage::new(&image.engine, storage, shape, DType::F32)))
}
