use tagswitch_kernels_gpu::{Binding, DType, Kernel, Layout, Shape, blocks};

use crate::oracle::Samples;
use crate::support::{download, require_gpu, upload};

/// Of two numbers of 64 bits the product, also in 32 bits; of two of 32 bits the sum; of a whole number the same in 64 bits.
static ARITHMETIC: Kernel = Kernel {
    name: "test.ieee754",
    workgroup: [256, 1, 1],
    bindings: &[Binding::Read(1), Binding::Write(2)],
    sources: &[
        blocks::LONG,
        blocks::IEEE754,
        "
        struct Params { count: u32 }
        @group(0) @binding(0) var<storage, read> params: Params;
        @group(0) @binding(1) var<storage, read> source: array<u32>;
        @group(0) @binding(2) var<storage, read_write> result: array<u32>;

        @compute @workgroup_size(256)
        fn main(@builtin(global_invocation_id) id: vec3<u32>) {
          if (id.x >= params.count) {
            return;
          }
          let i = 7u * id.x;
          let product = double_product(vec2(source[i], source[i + 1u]), vec2(source[i + 2u], source[i + 3u]));
          let whole = double_of(source[i + 6u]);
          let o = 6u * id.x;
          result[o] = product.x;
          result[o + 1u] = product.y;
          result[o + 2u] = single_of(product);
          result[o + 3u] = single_sum(source[i + 4u], source[i + 5u]);
          result[o + 4u] = whole.x;
          result[o + 5u] = whole.y;
        }",
    ],
    params: Layout { size: 4, fields: &[] },
};

fn halves(number: f64) -> [u32; 2] {
    [(number.to_bits() >> 32) as u32, number.to_bits() as u32]
}

#[test]
fn floats_are_rounded_as_a_cpu_rounds() {
    let Some(engine) = require_gpu() else { return };
    let mut state = 1_u64;
    let mut draw = |below: u64| {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 24) % below
    };
    let mut source = Vec::new();
    let mut expected = Vec::new();
    for i in 0..40_000 {
        // Any two; two of 27 bits, whose products lie in the middle between numbers; shares; two of few bits, so that they lie there in 32 bits
        // too. The first one lies above the middle by its last bits only.
        let [a, b] = match i % 4 {
            _ if i == 0 => [((1u64 << 51) + 1) / 3, 3].map(|n| ((1u64 << 52) + n) as f64),
            0 => [(); 2].map(|()| (draw(1 << 40) as f64 + 0.5) / 3.0 / f64::from(1 << 20)),
            1 => [(); 2].map(|()| (2 * draw(1 << 26) + 1) as f64),
            2 => [(); 2].map(|()| draw(77) as f64 / 76.0),
            _ => [(); 2].map(|()| (draw(1 << 13) * 2 + 1) as f64),
        };
        // Near each other and far apart, of all bits and of few.
        let [c, d] = [(); 2].map(|()| {
            let bits = if draw(2) == 0 { draw(1 << 24) } else { draw(8) << 21 | draw(2) };
            bits as f32 * 2.0_f32.powi(draw(28) as i32 - 14)
        });
        let whole = draw(1 << 24) as u32 >> draw(24);
        source.extend(halves(a).into_iter().chain(halves(b)));
        source.extend([c.to_bits(), d.to_bits(), whole]);
        expected.extend(halves(a * b));
        expected.extend([((a * b) as f32).to_bits(), (c + d).to_bits()]);
        expected.extend(halves(f64::from(whole)));
    }
    let count = expected.len() as u32 / 6;
    let given = Shape { height: count, width: 7, channels: 1 };
    let source = source.into_iter().map(u32::cast_signed).collect();
    let source = upload(&engine, &Samples::I32(source), given);
    let to = (Shape { width: 6, ..given }, DType::I32);
    let groups = u64::from(count.div_ceil(256));
    let found = ARITHMETIC.run(&engine, &[], &[count], &[&source], to, groups).unwrap();
    let names = ["product, upper", "product, lower", "in 32 bits", "sum", "whole, upper", "lower"];
    for (i, (found, expected)) in download::<u32>(&found).into_iter().zip(expected).enumerate() {
        assert_eq!(found, expected, "{} of {}", names[i % 6], i / 6);
    }
}
