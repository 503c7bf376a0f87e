use crate::border::Border;
use crate::error::{GpuError, Result};
use crate::filters::Gaussian;
use crate::filters::gaussian::{Source, check, gaussian_kernels, separable};
use crate::image::{DType, GpuImage, Shape, byte_length};
use crate::params::params;
use crate::pipeline::{Binding, Kernel};
use crate::recording::Recording;
use crate::storage::Storage;
use crate::tiling::{Need, Tile, Unit};

/// How to average the products of derivatives.
#[derive(Debug, Clone, PartialEq)]
pub struct StructureTensor {
    /// Standard deviations of the Gaussian down the rows and across the columns.
    pub sigma: [f64; 2],
    /// Radii of its kernels; an axis of radius 0 is left alone.
    pub radius: [u32; 2],
    /// What lies beyond the edge: of the image, of its differences and of their products.
    pub border: Border,
}

params!(ProductsParams {
    width: u32,
    height: u32,
    top: u32,
    rows: u32,
    source_first: u32,
    beyond_first: u32,
    products_first: u32,
    cval: f32,
    scale: f32
});
params!(ElementsParams { count: u32 });

pub(super) static PRODUCTS: Kernel = Kernel {
    name: "feature.structureTensor/products",
    workgroup: [256, 1, 1],
    bindings: &[Binding::Read(1), Binding::Read(4), Binding::Write(2)],
    sources: &[
        include_str!("../../shaders/shared/line.wgsl"),
        include_str!("../../shaders/shared/source_windows.wgsl"),
        include_str!("../../shaders/shared/sample.wgsl"),
        include_str!("../../shaders/shared/border.wgsl"),
        include_str!("../../shaders/shared/neighbour.wgsl"),
        include_str!("../../shaders/feature/tensor_products.wgsl"),
    ],
    params: ProductsParams::LAYOUT,
};

pub(super) static ELEMENTS: Kernel = Kernel {
    name: "feature.structureTensor/elements",
    workgroup: [256, 1, 1],
    bindings: &[Binding::Read(1), Binding::Write(2), Binding::Write(3), Binding::Write(4)],
    sources: &[
        include_str!("../../shaders/shared/line.wgsl"),
        include_str!("../../shaders/feature/tensor_elements.wgsl"),
    ],
    params: ElementsParams::LAYOUT,
};

/// The structure tensor by (row, row), (row, column) and (column, column); scikit-image's `structure_tensor`.
///
/// Takes one channel of any dtype, gives `f32`.
///
/// # Errors
///
/// [`GpuError::Argument`] for several channels, and those of [`gaussian`](crate::filters::gaussian()).
pub fn structure_tensor(image: &GpuImage, options: &StructureTensor) -> Result<[GpuImage; 3]> {
    let operation = "feature.structureTensor";
    let shape = image.shape();
    let bytes = byte_length(operation, shape, DType::F32)?;
    check_tensor(operation, image, options)?;
    let elements = image.engine.record(operation, |recording| {
        let tensor = tensor(recording, image, options)?;
        let [rr, rc, cc] =
            [recording.buffer(bytes)?, recording.buffer(bytes)?, recording.buffer(bytes)?];
        recording.tiled(
            &ELEMENTS,
            &[],
            (Unit::Pixel, shape.pixels()),
            &[Need::part(&tensor, 12), Need::part(&rr, 4), Need::part(&rc, 4), Need::part(&cc, 4)],
            |tile| (ElementsParams { count: tile.units }, u64::from(tile.units).div_ceil(256)),
        )?;
        Ok([rr, rc, cc])
    })?;
    Ok(elements.map(|element| GpuImage::new(&image.engine, element, shape, DType::F32)))
}

/// Refuses what no tensor is made of.
pub(super) fn check_tensor(
    operation: &str,
    image: &GpuImage,
    options: &StructureTensor,
) -> Result<()> {
    let shape = image.shape();
    if shape.channels != 1 {
        let message = format!("image has {} channels; expected one", shape.channels);
        return Err(GpuError::argument(operation, message));
    }
    let StructureTensor { sigma, radius, border } = *options;
    check(
        operation,
        Shape { channels: 3, ..shape },
        &Gaussian { sigma, radius, border, preserve_range: true },
    )
}

/// The tensor, three numbers for each pixel side by side.
pub(super) fn tensor(
    recording: &mut Recording<'_>,
    image: &GpuImage,
    options: &StructureTensor,
) -> Result<Storage> {
    let shape = image.shape();
    let three = Shape { channels: 3, ..shape };
    let (width, border) = (u64::from(shape.width), options.border);
    let source = image.storage(recording)?;
    let products = recording.buffer(byte_length(recording.operation, three, DType::F32)?)?;
    let params = |tile: &Tile| ProductsParams {
        width: shape.width,
        height: shape.height,
        top: tile.first,
        rows: tile.units,
        source_first: tile.first_words[0],
        beyond_first: tile.first_words[1],
        products_first: tile.first_words[2],
        cval: (border.cval / f64::from(image.dtype().scale())) as f32,
        scale: image.dtype().scale(),
    };
    let [mode, far] = border.mode.constants(1, shape.width.min(shape.height));
    let (storage, bytes) = (&*source, width * image.pixel_bytes());
    recording.tiled(
        &PRODUCTS,
        &[("DTYPE", image.dtype().constant()), mode, far],
        (Unit::Row, u64::from(shape.height)),
        &[
            Need::Part { storage, bytes, halo: 1 },
            Need::Wrapped { storage, bytes, halo: 1 },
            Need::part(&products, width * 12),
        ],
        |tile| (params(tile), (u64::from(tile.units) * width).div_ceil(256)),
    )?;
    let source = Source { storage: &products, shape: three, dtype: DType::F32, scale: 1.0 };
    separable(recording, &source, &gaussian_kernels(options.sigma, options.radius), border)
}
