use tagswitch_image::{ImageView, ImageViewMut, Sample};

use super::padded::Padded;
use crate::error::{Result, check_channels, check_shape};
use crate::measure::Connectivity;

/// Numbers the local minima, plateaus of equal value without a lower neighbour, from 1 in raster order: the markers that
/// `skimage.segmentation.watershed` takes when it is given none.
///
/// A constant image has none. A minimum may come apart where the mask is 0.
///
/// # Errors
///
/// [`Error::Channels`](crate::Error::Channels) for several channels, [`Error::Mismatch`](crate::Error::Mismatch) unless mask and `out` have
/// the image's shape.
pub fn local_minima<T: Sample>(
    image: ImageView<'_, T>,
    connectivity: Connectivity,
    mask: Option<ImageView<'_, u8>>,
    out: ImageViewMut<'_, i32>,
) -> Result<()> {
    let shape = image.shape();
    check_channels("image", shape, &[1], "1")?;
    check_shape("out", out.shape(), shape)?;
    if let Some(mask) = mask {
        check_shape("mask", mask.shape(), shape)?;
    }
    let padded = Padded::new(shape);
    let offsets = padded.neighbours(connectivity);
    // What lies around is neither lower than anything nor equal to it.
    let values = padded.pad(image.samples(), None, |&sample| Some(sample));
    let mut state = vec![State::New; padded.len()];
    let mut plateau = Vec::new();
    for start in padded.pixels() {
        if state[start] != State::New {
            continue;
        }
        plateau.clear();
        plateau.push(start);
        state[start] = State::Other;
        let (value, mut lowest, mut next) = (values[start], true, 0);
        while let Some(&pixel) = plateau.get(next) {
            next += 1;
            for offset in &offsets {
                let neighbour = pixel.wrapping_add_signed(*offset);
                if values[neighbour] == value {
                    if state[neighbour] == State::New {
                        state[neighbour] = State::Other;
                        plateau.push(neighbour);
                    }
                } else if values[neighbour].is_some() && values[neighbour] < value {
                    lowest = false;
                }
            }
        }
        if lowest && plateau.len() < shape.pixels() {
            for &pixel in &plateau {
                state[pixel] = State::Minimum;
            }
        }
    }
    if let Some(mask) = mask {
        for (pixel, &inside) in padded.pixels().zip(mask.samples()) {
            if inside == 0 {
                state[pixel] = State::Other;
            }
        }
    }
    let mut labels = vec![0; padded.len()];
    let mut regions = 0;
    plateau.clear();
    for start in padded.pixels() {
        if state[start] != State::Minimum || labels[start] != 0 {
            continue;
        }
        regions += 1;
        labels[start] = regions;
        plateau.push(start);
        while let Some(pixel) = plateau.pop() {
            for offset in &offsets {
                let neighbour = pixel.wrapping_add_signed(*offset);
                if state[neighbour] == State::Minimum && labels[neighbour] == 0 {
                    labels[neighbour] = regions;
                    plateau.push(neighbour);
                }
            }
        }
    }
    for (out, pixel) in out.into_samples().iter_mut().zip(padded.pixels()) {
        *out = labels[pixel];
    }
    Ok(())
}

#[derive(Clone, Copy, PartialEq)]
enum State {
    New,
    Minimum,
    Other,
}
