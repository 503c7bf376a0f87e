use tagswitch_kernels_gpu::Shape;
use tagswitch_kernels_gpu::color::Label2Rgb;

use super::Samples;

pub fn rgb2gray(samples: &Samples) -> Vec<f64> {
    samples.intensities().chunks(3).map(|p| 0.2125 * p[0] + 0.7154 * p[1] + 0.0721 * p[2]).collect()
}

pub fn gray2rgb(samples: &Samples) -> Samples {
    match samples {
        Samples::U8(values) => Samples::U8(values.iter().flat_map(|&v| [v; 3]).collect()),
        Samples::U16(values) => Samples::U16(values.iter().flat_map(|&v| [v; 3]).collect()),
        Samples::I32(values) => Samples::I32(values.iter().flat_map(|&v| [v; 3]).collect()),
        Samples::F32(values) => Samples::F32(values.iter().flat_map(|&v| [v; 3]).collect()),
    }
}

pub fn label2rgb(
    labels: &Samples,
    image: Option<&Samples>,
    shape: Shape,
    options: &Label2Rgb,
) -> Vec<f64> {
    let labels: Vec<i64> = labels.values().iter().map(|&v| v as i64).collect();
    let mut others: Vec<i64> =
        labels.iter().copied().filter(|&label| label != options.bg_label).collect();
    others.sort_unstable();
    others.dedup();
    let (image_alpha, saturation) = (f64::from(options.image_alpha), f64::from(options.saturation));
    let alpha = if image.is_some() { f64::from(options.alpha) } else { 1.0 };
    let intensities = image.map(Samples::intensities);
    let pixels = shape.pixels() as usize;
    (0..pixels)
        .flat_map(|i| {
            let mut rgb = [0.0; 3];
            if let Some(values) = &intensities {
                rgb = if values.len() == pixels {
                    [values[i]; 3]
                } else {
                    [0, 1, 2].map(|c| values[3 * i + c])
                };
                let value = rgb.iter().fold(f64::NEG_INFINITY, |a, &b| a.max(b));
                rgb = rgb
                    .map(|c| (value - (value - c) * saturation) * image_alpha + 1.0 - image_alpha);
                if values.len() == pixels {
                    rgb = [values[i] * image_alpha + 1.0 - image_alpha; 3];
                }
            }
            let color = match others.binary_search(&labels[i]) {
                Ok(rank) => Some(options.colors[rank % options.colors.len()]),
                Err(_) => options.bg_color,
            };
            match color {
                Some(color) => {
                    [0, 1, 2].map(|c| f64::from(color[c]) * alpha + rgb[c] * (1.0 - alpha))
                }
                None => rgb,
            }
        })
        .collect()
}
