use tagswitch_kernels_gpu::measure::{self, Connectivity};
use tagswitch_kernels_gpu::{DType, Shape};

use crate::limited::Limited;
use crate::oracle::{self, Samples};
use crate::support::{download, noise, upload};

/// Masks whose regions go through many tiles, and some that touch each other only there.
fn masks(shape: Shape) -> Vec<(&'static str, Samples)> {
    let (w, pixels) = (shape.width as usize, shape.pixels() as usize);
    let of = |set: &dyn Fn(usize, usize) -> bool| {
        Samples::U8((0..pixels).map(|i| u8::from(set(i / w, i % w))).collect())
    };
    let random = noise(shape, DType::U16, 31);
    // Hard for union-find: regions whose parts only meet at the end of a long way.
    let comb = of(&|y, x| x % 2 == 0 || y + 1 == shape.height as usize);
    let spiral = of(&|y, x| {
        let (h, ring) = (shape.height as usize, y.min(x));
        let ring = ring.min(h - 1 - y).min(w - 1 - x);
        ring % 2 == 0 && !(ring > 0 && x == ring && y == ring + 1)
    });
    vec![
        ("noise of 2", oracle::levels(&random, 2, DType::U8)),
        ("noise of 5", oracle::levels(&random, 5, DType::I32)),
        ("noise of floats", oracle::levels(&random, 3, DType::F32)),
        ("all", of(&|_, _| true)),
        ("comb", comb),
        ("spiral", spiral),
        ("chessboard", of(&|y, x| (y + x) % 2 == 0)),
        ("stripes", of(&|y, _| y % 3 != 0)),
        ("diagonals", of(&|y, x| (y + x) % 5 == 0 || (y + 2 * w - x) % 7 == 0)),
    ]
}

#[test]
fn regions_across_tiles() {
    let Some(limited) = Limited::new() else { return };
    for (height, width) in [(97, 61), (331, 7), (3001, 1), (12, 255)] {
        let shape = Shape { height, width, channels: 1 };
        for (name, samples) in masks(shape) {
            let image = upload(&limited.engine, &samples, shape);
            for connectivity in [Connectivity::Four, Connectivity::Eight] {
                // Tiles of 1024 pixels, which end in the middle of rows, or of 2048.
                let limits: &[u64] = if width == 61 { &[4500, 9000] } else { &[4500] };
                let what = format!("{name} {shape:?} {connectivity:?}");
                let labels = || measure::label(&image, 0, connectivity).unwrap();
                limited.same(limits, &what, || download::<i32>(&labels()));
                let expected = oracle::label(&samples, shape, 0, connectivity);
                assert!(download::<i32>(&labels()) == expected, "{what}");
            }
        }
    }
}

#[test]
fn each_pixel_by_itself_takes_as_many_numbers() {
    let Some(limited) = Limited::new() else { return };
    let shape = Shape { height: 83, width: 59, channels: 1 };
    let samples = Samples::I32((1..=83 * 59).collect());
    let image = upload(&limited.engine, &samples, shape);
    limited.same(&[4500, 13_000], "numbers", || {
        let labels = measure::label(&image, 0, Connectivity::Eight).unwrap();
        Samples::I32(download(&labels)).bytes() == samples.bytes()
    });
}
