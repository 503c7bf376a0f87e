//! `color.*`

use tagswitch_kernels_gpu::measure::Connectivity;
use tagswitch_kernels_gpu::{DType, Shape, color, measure};

use crate::oracle::{self, Samples};
use crate::support::{SHAPES, bytes_of, download, noise, require_gpu, upload};
use crate::{DTYPES, close};

#[test]
fn rgb2gray() {
    let Some(engine) = require_gpu() else { return };
    for dtype in DTYPES {
        for (height, width) in SHAPES {
            let shape = Shape { height, width, channels: 3 };
            let samples = noise(shape, dtype, 1);
            let gray = color::rgb2gray(&upload(&engine, &samples, shape)).unwrap();
            assert_eq!(gray.shape(), Shape { channels: 1, ..shape });
            close(
                &download::<f32>(&gray),
                &oracle::rgb2gray(&samples),
                1e-5,
                &format!("{dtype:?} {shape:?}"),
            );
        }
    }
}

#[test]
fn gray2rgb() {
    let Some(engine) = require_gpu() else { return };
    for dtype in DTYPES {
        for (height, width) in SHAPES {
            let shape = Shape { height, width, channels: 1 };
            let samples = noise(shape, dtype, 2);
            let rgb = color::gray2rgb(&upload(&engine, &samples, shape)).unwrap();
            assert_eq!((rgb.shape(), rgb.dtype()), (Shape { channels: 3, ..shape }, dtype));
            let found = bytes_of(&rgb);
            assert!(found == oracle::gray2rgb(&samples).bytes(), "{dtype:?} {shape:?}");
        }
    }
}

#[test]
fn label2rgb() {
    let Some(engine) = require_gpu() else { return };
    let options = color::Label2Rgb {
        bg_label: 0,
        bg_color: Some([0.1, 0.2, 0.3]),
        colors: vec![[1.0, 0.0, 0.0], [0.0, 1.0, 0.5], [0.25, 0.5, 1.0]],
        alpha: 0.3,
        image_alpha: 0.8,
        saturation: 0.4,
    };
    for (height, width) in SHAPES {
        let shape = Shape { height, width, channels: 1 };
        let mask = oracle::levels(&noise(shape, DType::U16, 20), 3, DType::U8);
        for label_dtype in [DType::U8, DType::U16, DType::I32] {
            let labels = oracle::levels(&noise(shape, DType::U16, 21), 7, label_dtype);
            let on_gpu = upload(&engine, &labels, shape);
            for image_dtype in DTYPES {
                for channels in [0, 1, 3] {
                    for (bg_label, bg_color) in [
                        (0, options.bg_color),
                        (3, options.bg_color),
                        (3, None),
                        (-9, None),
                        (1 << 40, None),
                    ] {
                        let options = color::Label2Rgb { bg_label, bg_color, ..options.clone() };
                        let under = Shape { channels, ..shape };
                        let image = (channels > 0).then(|| noise(under, image_dtype, 22));
                        let image_on_gpu =
                            image.as_ref().map(|samples| upload(&engine, samples, under));
                        let overlay =
                            color::label2rgb(&on_gpu, image_on_gpu.as_ref(), &options).unwrap();
                        let expected = oracle::label2rgb(&labels, image.as_ref(), shape, &options);
                        let what = format!(
                            "{shape:?} {label_dtype:?} {image_dtype:?} × {channels}, {bg_label}"
                        );
                        close(&download::<f32>(&overlay), &expected, 1e-5, &what);
                    }
                }
            }
        }
        // Labels that number themselves take another way.
        let labels =
            measure::label(&upload(&engine, &mask, shape), 0, Connectivity::Eight).unwrap();
        let expected =
            oracle::label2rgb(&Samples::I32(download::<i32>(&labels)), None, shape, &options);
        close(
            &download::<f32>(&color::label2rgb(&labels, None, &options).unwrap()),
            &expected,
            1e-6,
            "numbered",
        );
    }
}
