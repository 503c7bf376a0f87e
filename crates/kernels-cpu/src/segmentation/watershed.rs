use tagswitch_image::{ImageView, ImageViewMut, Sample};

use super::flood_queue::{Flood, FloodQueue};
use super::padded::Padded;
use crate::error::{Error, Result, check_channels, check_shape};
use crate::measure::Connectivity;

/// How an image is flooded.
#[derive(Clone, Copy, Debug)]
pub struct Flooding<'a> {
    /// Which pixels are neighbours.
    pub connectivity: Connectivity,
    /// Where it is 0 nothing is flooded.
    pub mask: Option<ImageView<'a, u8>>,
    /// What a pixel of distance from the marker adds to a pixel's value; 0 for none.
    pub compactness: f64,
    /// Whether a line of 0 stays between regions; for no compactness only.
    pub line: bool,
}

/// Floods an image from markers, lowest values first: `skimage.segmentation.watershed`, pixel for pixel.
///
/// `labels` holds the markers, 0 where there is none, and then the regions.
///
/// Pixels wait in a heap by value, raised to that of the pixel that they were reached from, then age (P. Soille, L. Vincent, "Determining
/// watersheds in digital pictures via flooding simulations", 1990; P. Neubert, P. Protzel, "Compact watershed and preemptive SLIC", 2014).
/// Memory: 13 bytes per pixel, and 24 for each that waits.
///
/// # Errors
///
/// [`Error::Channels`] for several channels, [`Error::Mismatch`] unless mask and labels have the image's shape, [`Error::TooManyPixels`] for
/// more than 32 bits number, with those of a frame around the image.
pub fn watershed<T: Sample>(
    image: ImageView<'_, T>,
    flooding: &Flooding<'_>,
    labels: ImageViewMut<'_, i32>,
) -> Result<()> {
    let shape = image.shape();
    check_channels("image", shape, &[1], "1")?;
    check_shape("labels", labels.shape(), shape)?;
    if let Some(mask) = flooding.mask {
        check_shape("mask", mask.shape(), shape)?;
    }
    let padded = Padded::new(shape);
    if u32::try_from(padded.len()).is_err() {
        return Err(Error::TooManyPixels { pixels: shape.pixels() });
    }
    let out = labels.into_samples();
    let open = match flooding.mask {
        Some(mask) => padded.pad(mask.samples(), false, |&inside| inside != 0),
        None => padded.pad(out, false, |_| true),
    };
    let mut basins = Basins {
        values: padded.pad(image.samples(), 0.0, |sample| sample.to_f64()),
        labels: padded.pad(out, 0, |&label| label),
        open,
        neighbours: padded.neighbours(flooding.connectivity),
        pitch: padded.pitch(),
    };
    for pixel in padded.pixels() {
        if !basins.open[pixel] {
            basins.labels[pixel] = 0;
        }
    }
    basins.flood(padded, flooding);
    for (out, pixel) in out.iter_mut().zip(padded.pixels()) {
        *out = basins.labels[pixel];
    }
    Ok(())
}

struct Basins {
    values: Vec<f64>,
    labels: Vec<i32>,
    /// What may still be flooded: not the frame, nor what is masked, nor lines.
    open: Vec<bool>,
    neighbours: Vec<isize>,
    pitch: usize,
}

impl Basins {
    fn flood(&mut self, padded: Padded, flooding: &Flooding<'_>) {
        let compact = flooding.compactness > 0.0;
        let mut queue = FloodQueue::default();
        for pixel in padded.pixels().filter(|&pixel| self.labels[pixel] != 0) {
            let source = pixel as u32;
            queue.push(Flood { value: self.values[pixel], age: 0, pixel: source, source });
        }
        let mut age = 0;
        while let Some(flood) = queue.pop() {
            let (pixel, source) = (flood.pixel as usize, flood.source as usize);
            if compact || flooding.line {
                if self.labels[pixel] != 0 && pixel != source {
                    continue;
                }
                let label = self.labels[source];
                // A pixel on a line keeps 0, and others out, but is flooded over.
                if !compact && self.on_line(pixel, label) {
                    self.open[pixel] = false;
                } else {
                    self.labels[pixel] = label;
                }
            }
            for i in 0..self.neighbours.len() {
                let neighbour = pixel.wrapping_add_signed(self.neighbours[i]);
                if !self.open[neighbour] || self.labels[neighbour] != 0 {
                    continue;
                }
                let mut value = self.values[neighbour];
                if compact {
                    value += flooding.compactness * self.distance(neighbour, source);
                } else if !flooding.line {
                    self.labels[neighbour] = self.labels[pixel];
                }
                if value < flood.value {
                    value = flood.value;
                }
                age += 1;
                queue.push(Flood { value, age, pixel: neighbour as u32, source: flood.source });
            }
        }
    }

    /// Whether a pixel that `label` reaches has a neighbour with another, or was found to have one before.
    fn on_line(&self, pixel: usize, label: i32) -> bool {
        !self.open[pixel]
            || self.neighbours.iter().any(|&offset| {
                let neighbour = pixel.wrapping_add_signed(offset);
                let other = self.labels[neighbour];
                self.open[neighbour] && other != 0 && other != label
            })
    }

    fn distance(&self, a: usize, b: usize) -> f64 {
        let rows = (a / self.pitch) as f64 - (b / self.pitch) as f64;
        let columns = (a % self.pitch) as f64 - (b % self.pitch) as f64;
        (rows * rows + columns * columns).sqrt()
    }
}
