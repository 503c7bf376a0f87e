use crate::error::{GpuError, Result};
use crate::image::{DType, GpuImage, byte_length};
use crate::params::params;
use crate::pipeline::{Binding, Kernel};
use crate::tiling::{Need, Unit};

params!(Params {
    first: [u32; 2],
    key: [u32; 2],
    amount: [u32; 2],
    salt: [u32; 2],
    count: u32,
    scale: f32,
    mean: f32,
    low: f32
});

pub(super) static RANDOM_NOISE: Kernel = Kernel {
    name: "util.randomNoise",
    workgroup: [256, 1, 1],
    bindings: &[Binding::Read(1), Binding::Read(2), Binding::Write(3)],
    sources: &[
        include_str!("../../shaders/shared/line.wgsl"),
        include_str!("../../shaders/shared/source.wgsl"),
        include_str!("../../shaders/shared/sample.wgsl"),
        include_str!("../../shaders/shared/point.wgsl"),
        include_str!("../../shaders/shared/order.wgsl"),
        include_str!("../../shaders/shared/long.wgsl"),
        include_str!("../../shaders/shared/wide.wgsl"),
        include_str!("../../shaders/util/random_noise.wgsl"),
    ],
    params: Params::LAYOUT,
};

/// What happens to intensities.
#[derive(Debug, Clone, Copy)]
pub enum Noise<'a> {
    /// A normal number is added.
    Additive {
        /// Its mean.
        mean: f64,
        /// Its standard deviation.
        deviation: f64,
    },
    /// A normal number of mean 0 is added.
    Local {
        /// Its standard deviation for each sample, floats of the image's shape.
        deviations: &'a GpuImage,
    },
    /// A normal number times the intensity is added.
    Multiplicative {
        /// Its mean.
        mean: f64,
        /// Its standard deviation.
        deviation: f64,
    },
    /// Some are replaced.
    Impulse {
        /// The share that is.
        amount: f64,
        /// The share of these that become 1, and not the least intensity.
        salt: f64,
    },
}

/// Options of [`random_noise`].
#[derive(Debug, Clone, Copy)]
pub struct RandomNoise<'a> {
    /// The kind of noise.
    pub noise: Noise<'a>,
    /// The least intensity.
    pub low: f64,
    /// Cut the result to `low` and 1.
    pub clip: bool,
    /// The seed's lower and upper word.
    pub key: [u32; 2],
}

/// Intensities with noise; scikit-image's `random_noise`, with the numbers of this library's CPU kernels, which belong to the places of
/// samples. Samples are replaced exactly where they are there.
///
/// Takes any dtype and channels, gives `f32`.
///
/// # Errors
///
/// [`GpuError::Argument`] for deviations of another shape or dtype, and those of the device.
pub fn random_noise(image: &GpuImage, options: &RandomNoise<'_>) -> Result<GpuImage> {
    let operation = RANDOM_NOISE.name;
    let shape = image.shape();
    let bytes = byte_length(operation, shape, DType::F32)?;
    let (kind, mean, deviation, shares) = match options.noise {
        Noise::Additive { mean, deviation } => (0, mean, deviation, [0.0; 2]),
        Noise::Local { .. } => (0, 0.0, 0.0, [0.0; 2]),
        Noise::Multiplicative { mean, deviation } => (1, mean, deviation, [0.0; 2]),
        Noise::Impulse { amount, salt } => (2, 0.0, 0.0, [amount, salt]),
    };
    let each = match options.noise {
        Noise::Local { deviations } => Some(deviations),
        _ => None,
    };
    if let Some(each) = each {
        image.check_beside(operation, each)?;
        if (each.shape(), each.dtype()) != (shape, DType::F32) {
            let message = format!("deviations are {:?} of {:?}", each.dtype(), each.shape());
            let expected = format!("{message}; expected F32 of the image's {shape:?}");
            return Err(GpuError::argument(operation, expected));
        }
    }
    let [amount, salt] = shares.map(words_below);
    let constants = [
        ("DTYPE", image.dtype().constant()),
        ("KIND", f64::from(kind)),
        ("EACH", f64::from(u8::from(each.is_some()))),
        ("CLIP", f64::from(u8::from(options.clip))),
    ];
    let storage = image.engine.record(operation, |recording| {
        let source = image.storage(recording)?;
        let each = each.map(|each| each.storage(recording)).transpose()?;
        let result = recording.buffer(bytes)?;
        let all = recording.table(bytemuck::bytes_of(&(deviation as f32)))?;
        let deviations = match &each {
            Some(each) => Need::part(each, bytes / shape.pixels()),
            None => Need::Whole(all.bound()),
        };
        recording.tiled(
            &RANDOM_NOISE,
            &constants,
            (Unit::Pixel, shape.pixels()),
            &[
                Need::part(&source, image.pixel_bytes()),
                deviations,
                Need::part(&result, bytes / shape.pixels()),
            ],
            |tile| {
                let first = u64::from(tile.first) * u64::from(shape.channels);
                let count = tile.units * shape.channels;
                let params = Params {
                    first: [first as u32, (first >> 32) as u32],
                    key: options.key,
                    amount,
                    salt,
                    count,
                    scale: image.dtype().scale(),
                    mean: mean as f32,
                    low: options.low as f32,
                };
                (params, u64::from(count).div_ceil(256))
            },
        )?;
        Ok(result)
    })?;
    Ok(GpuImage::new(&image.engine, storage, shape, DType::F32))
}

/// How many words make a number, of themselves and ½ over 2³², that is less than a share; in two words, the lower one first.
fn words_below(share: f64) -> [u32; 2] {
    // Both are exact, unless none is below.
    let count = (share * 4_294_967_296.0 - 0.5).ceil() as u64;
    [count as u32, (count >> 32) as u32]
}

#[cfg(test)]
mod tests {
    use super::words_below;

    #[test]
    fn words_are_below_a_share_where_their_numbers_are() {
        assert_eq!([0.0, 1.0].map(words_below), [[0, 0], [0, 1]]);
        let number = |word: u64| (word as f64 + 0.5) / 4_294_967_296.0;
        for word in [0, 1, 2, 1 << 16, (1 << 31) - 1, 1 << 31, (1 << 32) - 2] {
            let below = |share| {
                let [low, high] = words_below(share);
                u64::from(high) << 32 | u64::from(low)
            };
            assert_eq!(below(number(word)), word);
            assert_eq!(below(number(word).next_up()), word + 1);
            assert_eq!(below(number(word).next_down()), word);
        }
        assert_eq!(words_below(f64::MIN_POSITIVE), [0, 0]);
        assert_eq!(words_below(1.0_f64.next_down()), [0, 1]);
    }
}
