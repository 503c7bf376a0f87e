use tagswitch_image::{ImageView, ImageViewMut, Sample};

use super::eager_flood::flood_eagerly;
use super::flood_queue::{Flood, FloodQueue, Ticket, Turn};
use super::levels::levels;
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
/// Pixels wait by value, raised to that of the pixel that they were reached from, then age (P. Soille, L. Vincent, "Determining
/// watersheds in digital pictures via flooding simulations", 1990; P. Neubert, P. Protzel, "Compact watershed and preemptive SLIC", 2014).
/// Memory: 16 bytes per pixel, 4 for each turn, and 8 for as many as wait at each level at most; 8 and 4 more where the order of markers
/// matters; 9 and 16 for lines; 13 and 24 with compactness and for what is no number. Values of 64 bits take 20 before that.
///
/// A pixel on a line is flooded over by each that reached it before, which in scikit-image double from pixel to pixel where line lies beside
/// line, until memory ends. Whatever but the first of them reaches comes later than what that reached: it only matters to the order in which
/// markers of one value leave the heap. So it is passed over once no marker waits, or more than 32 have come to wait per pixel.
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
    let mask = flooding.mask.map(|mask| mask.samples());
    let is_open = |i: usize| mask.is_none_or(|mask| mask[i] != 0);
    let neighbours = padded.neighbours(flooding.connectivity);
    let compact = flooding.compactness > 0.0;
    let has_levels = !compact && padded.len() <= Ticket::NUMBERS;
    let levels = if has_levels { levels(image.samples()) } else { None };
    if let Some(levels) = &levels
        && !flooding.line
    {
        flood_eagerly(padded, levels, is_open, &neighbours, out);
        return Ok(());
    }
    // Ages of so many have 32 bits.
    const NEIGHBOURS: usize = 8;
    let is_few = padded.len() <= u32::MAX as usize / (COMINGS + NEIGHBOURS + 1);
    let levels = levels.filter(|_| is_few).map(|levels| padded.pad(&levels, 0, |&level| level));
    let mut basins = Basins {
        labels: padded.pad(out, 0, |&label| label),
        open: vec![false; padded.len()],
        neighbours,
        eager: !compact && !flooding.line,
        line: !compact && flooding.line,
    };
    for (i, pixel) in padded.pixels().enumerate() {
        if is_open(i) {
            basins.open[pixel] = true;
        } else {
            basins.labels[pixel] = 0;
        }
    }
    match levels {
        Some(levels) => basins.flood::<u64>(padded, &levels, |level, _, _| level),
        None => {
            let values = padded.pad(image.samples(), 0.0, |sample| sample.to_f64());
            let toll = |pixel, source| flooding.compactness * padded.distance(pixel, source);
            basins.flood::<(f64, u64)>(padded, &values, |value, pixel, source| {
                if compact { value + toll(pixel, source) } else { value }
            });
        }
    }
    for (out, pixel) in out.iter_mut().zip(padded.pixels()) {
        *out = basins.labels[pixel];
    }
    Ok(())
}

/// How many pixels may come to wait, for each that there is, before what floods a line again is passed over in any case.
const COMINGS: usize = 32;

struct Basins {
    labels: Vec<i32>,
    /// What may still be flooded: not the frame, nor what is masked, nor lines.
    open: Vec<bool>,
    neighbours: Vec<isize>,
    /// Whether a pixel belongs to the first that reaches it, and not to the first whose turn comes.
    eager: bool,
    line: bool,
}

impl Basins {
    /// `toll` gives what a value becomes on the way to a pixel from the marker's.
    fn flood<T: Turn>(
        &mut self,
        padded: Padded,
        values: &[T::Value],
        toll: impl Fn(T::Value, usize, usize) -> T::Value,
    ) {
        let mut queue = FloodQueue::new();
        let mut markers_waiting = 0;
        for pixel in padded.pixels().filter(|&pixel| self.labels[pixel] != 0) {
            markers_waiting += 1;
            let source = pixel as u32;
            queue.push(Flood { turn: T::new(values[pixel], 0), pixel: source, source });
        }
        let mut age = 0;
        let plenty = (COMINGS * padded.pixels().count()) as u64;
        while let Some(flood) = queue.pop() {
            let (pixel, source) = (flood.pixel as usize, flood.source as usize);
            if pixel == source {
                markers_waiting -= 1;
            }
            if !self.eager {
                if self.labels[pixel] != 0 && pixel != source {
                    continue;
                }
                let is_idle = markers_waiting == 0 || age >= plenty;
                if self.line && !self.open[pixel] && is_idle {
                    continue;
                }
                let label = self.labels[source];
                // A pixel on a line keeps 0, and others out, but is flooded over.
                if self.line && self.on_line(pixel, label) {
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
                if self.eager {
                    self.labels[neighbour] = self.labels[pixel];
                }
                let mut value = toll(values[neighbour], neighbour, source);
                if value < flood.turn.value() {
                    value = flood.turn.value();
                }
                age += 1;
                let turn = T::new(value, age);
                queue.push(Flood { turn, pixel: neighbour as u32, source: flood.source });
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
}

#[cfg(test)]
mod tests {
    use tagswitch_image::Shape;

    use super::*;
    use crate::random::Random;

    /// Regions around a marker every seven pixels, without the first pixel.
    fn regions<T: Sample>(samples: &[T], shape: Shape, line: bool) -> Vec<i32> {
        let mut labels: Vec<i32> =
            (0..shape.len() as i32).map(|i| if i % 7 == 0 { i + 1 } else { 0 }).collect();
        let mut inside = vec![1; shape.len()];
        inside[0] = 0;
        let mask = Some(ImageView::new(&inside, shape).unwrap());
        let connectivity = Connectivity::Corners;
        let flooding = Flooding { connectivity, mask, compactness: 0.0, line };
        let image = ImageView::new(samples, shape).unwrap();
        watershed(image, &flooding, ImageViewMut::new(&mut labels, shape).unwrap()).unwrap();
        labels
    }

    #[test]
    fn levels_flood_as_values_do() {
        let shape = Shape::new(40, 53, 1).unwrap();
        let mut random = Random::new(11);
        for levels in [1.0, 3.0, 200.0] {
            let few: Vec<f32> =
                (0..shape.len()).map(|_| (random.unit() * levels).floor() as f32 - 1.0).collect();
            // A third of an integer is no number of 32 bits.
            let wide: Vec<f64> = few.iter().map(|&value| f64::from(value) / 3.0).collect();
            // One of no level, at the corner that the mask leaves out: all wait in a heap by their values.
            let mut none = few.clone();
            none[0] = f32::NAN;
            for line in [false, true] {
                let expected = regions(&none, shape, line);
                assert_eq!(regions(&few, shape, line), expected);
                assert_eq!(regions(&wide, shape, line), expected);
            }
        }
    }

    #[test]
    fn lines_beside_lines_are_flooded_over_once() {
        let shape = Shape::new(60, 50, 1).unwrap();
        let slope: Vec<u16> = (0..3000).collect();
        let lines = regions(&slope, shape, true).iter().filter(|&&label| label == 0).count();
        assert!(lines > 2000, "{lines}");
    }
}
