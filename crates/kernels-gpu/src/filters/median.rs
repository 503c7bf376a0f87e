use crate::border::Border;
use crate::error::{GpuError, Result};
use crate::image::{DType, GpuImage, byte_length};
use crate::params::params;
use crate::pipeline::{Binding, Kernel};
use crate::tiling::{Need, Tile, Unit};

/// How often samples are looked at for one of the result, at most: more would keep a GPU busy for too long at once.
const MOST_LOOKS: usize = 32 * 1024;

/// What [`median`] is to do.
#[derive(Debug, Clone, PartialEq)]
pub struct Median {
    /// Rows and columns from a pixel to its neighbours.
    pub offsets: Vec<[i32; 2]>,
    /// What lies beyond the edge; the constant is a number that the image's dtype has.
    pub border: Border,
    /// Count only neighbours inside the image, whatever the border; where there are none the median is 0.
    pub inside: bool,
}

impl Median {
    /// The neighbours of a full square of odd side.
    #[must_use]
    pub fn square(side: i32, border: Border) -> Self {
        Self::rectangle([side.unsigned_abs(); 2], border)
    }

    /// The neighbours of a full rectangle of odd sides, so many rows and columns.
    #[must_use]
    pub fn rectangle(sides: [u32; 2], border: Border) -> Self {
        let [rows, columns] = sides.map(|side| side as i32 / 2).map(|reach| -reach..=reach);
        let offsets = rows.flat_map(|row| columns.clone().map(move |column| [row, column]));
        Self { offsets: offsets.collect(), border, inside: false }
    }

    /// Whether they are those of a full square of this side.
    fn is_square(&self, side: i32) -> bool {
        self.offsets == Self::square(side, self.border).offsets
    }
}

params!(Params {
    width: u32,
    height: u32,
    top: u32,
    rows: u32,
    source_first: u32,
    beyond_first: u32,
    medians_first: u32,
    cval: i32,
    count: u32
});

pub(super) static NETWORK: Kernel = Kernel {
    name: "filters.median/network",
    workgroup: [256, 1, 1],
    bindings: &[Binding::Read(1), Binding::Read(4), Binding::Write(2)],
    sources: &[
        include_str!("../../shaders/shared/line.wgsl"),
        include_str!("../../shaders/shared/source_windows.wgsl"),
        include_str!("../../shaders/shared/sample.wgsl"),
        include_str!("../../shaders/shared/order.wgsl"),
        include_str!("../../shaders/shared/border.wgsl"),
        include_str!("../../shaders/filters/median_network.wgsl"),
        include_str!("../../shaders/filters/median.wgsl"),
    ],
    params: Params::LAYOUT,
};

pub(super) static SEARCH: Kernel = Kernel {
    name: "filters.median/search",
    workgroup: [256, 1, 1],
    bindings: &[Binding::Read(1), Binding::Read(4), Binding::Write(2), Binding::Read(3)],
    sources: &[
        include_str!("../../shaders/shared/line.wgsl"),
        include_str!("../../shaders/shared/source_windows.wgsl"),
        include_str!("../../shaders/shared/sample.wgsl"),
        include_str!("../../shaders/shared/order.wgsl"),
        include_str!("../../shaders/shared/border.wgsl"),
        include_str!("../../shaders/filters/median_search.wgsl"),
        include_str!("../../shaders/filters/median.wgsl"),
    ],
    params: Params::LAYOUT,
};

/// Each sample's median over its neighbours, of an even number of them the upper one in the middle; scikit-image's `median`, and of those
/// inside the image its `rank.median`.
///
/// Takes one channel of any dtype and gives the same. NaN counts as greater than any number. Full squares of 3 and 5 go
/// through sorting networks, other neighbours are searched once for each bit of a sample.
///
/// # Errors
///
/// [`GpuError::Argument`] for several channels or no neighbours, [`GpuError::Unsupported`] for more than 4096 of bytes, 2048 of
/// samples of 16 bits and 1024 of others, and those of the device.
pub fn median(image: &GpuImage, options: &Median) -> Result<GpuImage> {
    let operation = "filters.median";
    let (shape, dtype) = (image.shape(), image.dtype());
    if shape.channels != 1 || options.offsets.is_empty() {
        let count = options.offsets.len();
        let message = format!(
            "image has {} channels, and there are {count} neighbours; expected one, and some",
            shape.channels
        );
        return Err(GpuError::argument(operation, message));
    }
    // Once for each bit.
    let most = MOST_LOOKS / (8 * dtype.bytes());
    if options.offsets.len() > most {
        let reason = format!("{} neighbours; at most {most} of {dtype:?}", options.offsets.len());
        return Err(GpuError::unsupported(operation, reason));
    }
    let bytes = byte_length(operation, shape, dtype)?;
    let side = [3, 5].into_iter().find(|&side| !options.inside && options.is_square(side));
    let reach = |axis: usize| {
        options.offsets.iter().map(|offset| offset[axis].unsigned_abs()).max().unwrap_or(0)
    };
    let [down, across] = [reach(0), reach(1)];
    let far = down >= shape.height || across >= shape.width;
    let [border, _] = options.border.mode.constants(0, 1);
    let cval = rank(dtype, options.border.cval);
    let medians = image.engine.record(operation, |recording| {
        let source = image.storage(recording)?;
        let medians = recording.buffer(bytes)?;
        let width = u64::from(shape.width);
        let params = |tile: &Tile| Params {
            width: shape.width,
            height: shape.height,
            top: tile.first,
            rows: tile.units,
            source_first: tile.first_words[0],
            beyond_first: tile.first_words[1],
            medians_first: tile.first_words[2],
            cval,
            count: options.offsets.len() as u32,
        };
        let row_bytes = width * image.pixel_bytes();
        // The last word of a tile may end in the rows after it.
        let halo = u64::from(down) + 3_u64.div_ceil(row_bytes);
        let (storage, bytes) = (&*source, row_bytes);
        let mut needs = vec![
            Need::Part { storage, bytes, halo },
            Need::Wrapped { storage, bytes, halo },
            Need::part(&medians, row_bytes),
        ];
        let mut constants =
            vec![("DTYPE", dtype.constant()), border, ("FAR", f64::from(u8::from(far)))];
        let offsets;
        let kernel = if let Some(side) = side {
            constants.push(("SIDE", f64::from(side)));
            &NETWORK
        } else {
            offsets = recording.table(bytemuck::cast_slice(&options.offsets))?;
            needs.push(Need::Whole(offsets.bound()));
            constants.push(("INSIDE", f64::from(u8::from(options.inside))));
            &SEARCH
        };
        let rows = (Unit::Row, u64::from(shape.height));
        recording.tiled(kernel, &constants, rows, &needs, |tile| {
            (params(tile), (u64::from(tile.units) * row_bytes).div_ceil(4).div_ceil(256))
        })?;
        Ok(medians)
    })?;
    Ok(GpuImage::new(&image.engine, medians, shape, dtype))
}

/// The integer that stands for a number among the samples of a dtype.
fn rank(dtype: DType, value: f64) -> i32 {
    if dtype != DType::F32 {
        return value as i32;
    }
    let bits = (value as f32).to_bits().cast_signed();
    if bits < 0 { bits ^ i32::MAX } else { bits }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranks_order_as_numbers_do() {
        let rising = [-2e9, -1.5, -1e-40, 0.0, 0.25, 3e38];
        assert!(rising.is_sorted_by(|&a, &b| rank(DType::F32, a) < rank(DType::F32, b)));
        assert_eq!(rank(DType::I32, -2e9), -2_000_000_000);
        assert_eq!(rank(DType::U8, 255.0), 255);
    }
}
