use napi_derive::napi;
use tagswitch_image::{ChordFootprint, Shape};
use tagswitch_kernels_cpu::border::Border;
use tagswitch_kernels_cpu::measure::Connectivity;

use crate::error::{Result, coded, shape_error};

/// Rows, columns and interleaved channels; an `Image` is one.
#[napi(object)]
#[derive(Clone, Copy)]
pub struct Geometry {
    pub width: u32,
    pub height: u32,
    pub channels: u32,
}

impl Geometry {
    pub fn shape(self) -> Result<Shape> {
        shape_of(self.height, self.width, self.channels)
    }

    pub fn shape_with(self, channels: usize) -> Result<Shape> {
        self.shape()?.with_channels(channels).map_err(shape_error)
    }
}

/// The shape of these sides. Bindings of kernels take them as numbers: reading the properties of an object takes longer than many kernels
/// run on small images.
pub fn shape_of(height: u32, width: u32, channels: u32) -> Result<Shape> {
    let [height, width, channels] = [height, width, channels].map(|side| side as usize);
    Shape::new(height, width, channels).map_err(shape_error)
}

/// The border mode by SciPy's name.
pub fn border(name: &str) -> Result<Border> {
    Border::from_name(name).ok_or_else(|| {
        let expected = "reflect, constant, nearest, mirror or wrap";
        coded("ERR_IMAGE_OPTION", &format!("mode is {name:?}; expected {expected}"))
    })
}

/// The footprint of these cells, row by row; sides are \[rows, columns\].
pub fn footprint(sides: &[u32], cells: &[u8]) -> Result<ChordFootprint> {
    let found = match *sides {
        [height, width] => ChordFootprint::new(height as usize, width as usize, cells),
        _ => None,
    };
    found.ok_or_else(|| {
        let expected = "odd sides [rows, columns] and at least one cell that counts";
        let message =
            format!("footprint has {} cells for {sides:?}; expected {expected}", cells.len());
        coded("ERR_IMAGE_OPTION", &message)
    })
}

/// Standard deviations and kernel radii by axis.
pub fn kernels(sigma: &[f64], radius: &[u32]) -> Result<([f64; 2], [usize; 2])> {
    let (&[row_sigma, column_sigma], &[row_radius, column_radius]) = (sigma, radius) else {
        return Err(coded("ERR_IMAGE_OPTION", "sigma and radius must be [row, column]"));
    };
    Ok(([row_sigma, column_sigma], [row_radius as usize, column_radius as usize]))
}

/// Which pixels are neighbours, by scikit-image's number.
pub fn connectivity_of(connectivity: u32) -> Result<Connectivity> {
    match connectivity {
        1 => Ok(Connectivity::Edges),
        2 => Ok(Connectivity::Corners),
        other => {
            let message = format!("connectivity is {other}; expected 1 or 2");
            Err(coded("ERR_IMAGE_OPTION", &message))
        }
    }
}
