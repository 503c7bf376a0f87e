//! `feature.peakLocalMax` and `feature.cornerPeaks`.

use napi::bindgen_prelude::{Uint8Array, Uint32Array};
use napi_derive::napi;
use tagswitch_addon_values::error::{Result, coded, kernel_error, shape_error};
use tagswitch_addon_values::geometry::{footprint, shape_of};
use tagswitch_addon_values::samples::{TypedArray, borrow_input};
use tagswitch_addon_values::{each_label, each_type};
use tagswitch_image::{ImageView, SamplesRef, Shape};
use tagswitch_kernels_cpu::Label;
use tagswitch_kernels_cpu::feature::{self, Peak, Peaks};

/// Checked options of the functions that find peaks.
#[napi(object)]
pub struct PeakOptions {
    pub min_distance: f64,
    /// Absent: the least sample.
    pub threshold_abs: Option<f64>,
    /// Absent: does not matter.
    pub threshold_rel: Option<f64>,
    #[napi(ts_type = "readonly [rows: number, columns: number]")]
    pub excluded: Vec<f64>,
    /// May be infinite.
    pub num_peaks: f64,
    /// May be infinite.
    pub num_peaks_per_label: f64,
    /// 1 to infinity.
    pub p_norm: f64,
    /// The sides of the footprint, which are odd.
    #[napi(ts_type = "readonly [rows: number, columns: number]")]
    pub sides: Vec<u32>,
    /// What is not 0 counts; row by row.
    pub cells: Uint8Array,
}

/// Row and column of each peak, one after the other; of `corners` those of `feature.cornerPeaks`.
#[napi(
    catch_unwind,
    ts_args_type = "image: Uint8Array | Uint16Array | Int32Array | Float32Array | Float64Array, height: number, width: number, channels: number, options: PeakOptions, labels: Uint8Array | Uint16Array | Int32Array | null, corners: boolean"
)]
pub fn cpu_peaks(
    image: TypedArray<'_>,
    height: u32,
    width: u32,
    channels: u32,
    options: PeakOptions,
    labels: Option<TypedArray<'_>>,
    corners: bool,
) -> Result<Uint32Array> {
    let shape = shape_of(height, width, channels)?;
    let options = peaks(&options)?;
    let image = borrow_input("image", image)?;
    let found = match labels {
        None => find::<u8>(image, None, shape, &options, corners),
        Some(labels) => each_label!("labels", borrow_input("labels", labels)?, samples => {
            let labels = ImageView::new(samples, shape).map_err(shape_error)?;
            find(image, Some(labels), shape, &options, corners)
        }),
    };
    Ok(found?.into_flattened().into())
}

fn find<L: Label>(
    image: SamplesRef<'_>,
    labels: Option<ImageView<'_, L>>,
    shape: Shape,
    options: &Peaks,
    corners: bool,
) -> Result<Vec<Peak>> {
    each_type!(image, samples => {
        let image = ImageView::new(samples, shape).map_err(shape_error)?;
        let find = if corners { feature::corner_peaks } else { feature::peak_local_max };
        find(image, labels, options).map_err(kernel_error)
    })
}

pub fn peaks(options: &PeakOptions) -> Result<Peaks> {
    let &[rows, columns] = options.excluded.as_slice() else {
        return Err(coded("ERR_IMAGE_OPTION", "excluded must be [rows, columns]"));
    };
    let footprint = footprint(&options.sides, &options.cells)?;
    Ok(Peaks {
        // Infinite numbers and those that no image reaches become the greatest.
        min_distance: options.min_distance as usize,
        threshold_abs: options.threshold_abs,
        threshold_rel: options.threshold_rel,
        excluded: [rows as usize, columns as usize],
        num_peaks: options.num_peaks as usize,
        footprint: (options.cells.len() > 1).then_some(footprint),
        num_peaks_per_label: options.num_peaks_per_label as usize,
        p_norm: options.p_norm,
    })
}
