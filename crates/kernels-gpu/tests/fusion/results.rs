//! The same results, fused or not.

use tagswitch_kernels_gpu::pointwise::Chain;
use tagswitch_kernels_gpu::{Shape, color, util};

use crate::operations::{Draw, hard, samples_of};
use crate::oracle::Samples;
use crate::support::{SHAPES, bytes_of, noise, upload};
use crate::{Alone, DTYPES};

#[test]
fn chains_of_any_operations_give_what_they_give_one_by_one() {
    let Some(alone) = Alone::new() else { return };
    let mut draw = Draw(1);
    for round in 0..120 {
        let (height, width) = SHAPES[draw.below(5)];
        let channels = [1, 3, 3, 2, 4, 5][draw.below(6)];
        let (shape, dtype) = (Shape { height, width, channels }, DTYPES[round % 4]);
        let samples = hard(shape, dtype, round as u64);
        let length = 2 + draw.below(9);
        let operations = draw.operations(channels, length);
        let what = format!("{shape:?} {dtype:?} {operations:?}");

        // One by one, each held to the oracle with what the one before made.
        let source = upload(&alone.engine, &samples, shape);
        let expected = alone.without_fusion(|| {
            let (mut image, mut before) = (source.clone(), samples.clone());
            for operation in &operations {
                image = operation.run(&image);
                let found = samples_of(&image);
                if let Some(expected) = operation.expected(&before) {
                    same(&found, &expected, &what);
                }
                before = found;
            }
            (bytes_of(&image), image.shape(), image.dtype())
        });

        let run = || {
            let end =
                operations.iter().fold(source.clone(), |image, operation| operation.run(&image));
            (bytes_of(&end), end.shape(), end.dtype())
        };
        let (found, kernels, fused) = alone.counted(run);
        assert!(found == expected, "{what}");
        let least = operations.len().div_ceil(Chain::LONGEST);
        assert_eq!((kernels, fused), (least as u64, (operations.len() - least) as u64), "{what}");
    }
}

#[test]
fn arithmetic_is_not_drawn_together() {
    let Some(alone) = Alone::new() else { return };
    // A product, and a difference from it: one rounding instead of two is what compilers like to make of them.
    let shape = Shape { height: 256, width: 256, channels: 3 };
    for dtype in DTYPES {
        let photo = upload(&alone.engine, &noise(shape, dtype, 3), shape);
        let inverted =
            || bytes_of(&util::invert(&color::rgb2gray(&photo).unwrap(), false).unwrap());
        let expected = alone.without_fusion(inverted);
        let (found, kernels, _) = alone.counted(inverted);
        assert!(found == expected && kernels == 1, "{dtype:?}");
    }
}

#[test]
fn tiles_of_fused_kernels() {
    let Some(alone) = Alone::new() else { return };
    let shape = Shape { height: 97, width: 61, channels: 3 };
    for dtype in DTYPES {
        let photo = upload(&alone.engine, &hard(shape, dtype, 8), shape);
        let work = || {
            let gray = util::invert(
                &color::rgb2gray(&util::invert(&photo, false).unwrap()).unwrap(),
                false,
            );
            let rgb = color::gray2rgb(&gray.unwrap()).unwrap();
            bytes_of(&util::invert(&rgb, true).unwrap())
        };
        let expected = alone.without_fusion(work);
        for limit in [3072, 5000, 20_000] {
            alone.engine.set_largest_binding(limit);
            let (found, kernels, fused) = alone.counted(work);
            alone.engine.set_largest_binding(u64::MAX);
            assert!(found == expected, "{dtype:?} {limit}");
            assert!(kernels > 1 && fused == 4, "{dtype:?} {limit}");
        }
    }
}

/// The same numbers; the oracle knows one zero and one NaN.
fn same(found: &Samples, expected: &Samples, what: &str) {
    match (found, expected) {
        (Samples::F32(a), Samples::F32(b)) => {
            assert!(a.iter().zip(b).all(|(a, b)| *a == *b || (a.is_nan() && b.is_nan())), "{what}");
        }
        (a, b) => assert!(a.bytes() == b.bytes(), "{what}"),
    }
}
