use tagswitch_kernels_gpu::{Binding, DType, Kernel, Layout, Shape, blocks};

use crate::support::{download, require_gpu};

/// Where samples are gathered from, for places from `before` places before a line of `length` samples on.
static GATHER: Kernel = Kernel {
    name: "test.border",
    workgroup: [256, 1, 1],
    bindings: &[Binding::Write(2)],
    sources: &[
        blocks::BORDER,
        "
        struct Params { count: u32, before: u32, length: u32 }
        @group(0) @binding(0) var<storage, read> params: Params;
        @group(0) @binding(2) var<storage, read_write> result: array<i32>;

        @compute @workgroup_size(256)
        fn main(@builtin(global_invocation_id) id: vec3<u32>) {
          if (id.x < params.count) {
            result[id.x] = border(i32(id.x) - i32(params.before), i32(params.length));
          }
        }",
    ],
    params: Layout { size: 12, fields: &[] },
};

/// One step after the other along the line, turning or going on at its ends.
fn walked(mode: u32, place: i32, length: i32) -> i32 {
    if (0..length).contains(&place) {
        return place;
    }
    let (mut at, mut step) = if place < 0 { (0, -1) } else { (length - 1, 1) };
    let beyond = if place < 0 { -place } else { place - length + 1 };
    for _ in 0..beyond {
        let next = at + step;
        if (0..length).contains(&next) {
            at = next;
            continue;
        }
        match mode {
            // Reflect: the sample at the end twice.
            0 => step = -step,
            1 => return -1,
            2 => {}
            // Mirror: once.
            3 if length > 1 => {
                step = -step;
                at += step;
            }
            3 => {}
            _ => at = if next < 0 { length - 1 } else { 0 },
        }
    }
    at
}

#[test]
fn every_mode_finds_its_sample_near_and_far() {
    let Some(engine) = require_gpu() else { return };
    for mode in 0..5 {
        for length in [1, 2, 3, 7, 50] {
            for far in [false, true] {
                // Without repetition as far as the line is long, a mirror one less.
                let before = if far { 3 * length + 2 } else { length - i32::from(mode == 3) };
                let count = length + 2 * before;
                let expected: Vec<_> =
                    (0..count).map(|i| walked(mode, i - before, length)).collect();
                let constants = [("BORDER", f64::from(mode)), ("FAR", f64::from(u8::from(far)))];
                let params = [count, before, length].map(i32::cast_unsigned);
                let to = (Shape { height: 1, width: params[0], channels: 1 }, DType::I32);
                let groups = u64::from(params[0].div_ceil(256));
                let found = GATHER.run(&engine, &constants, &params, &[], to, groups).unwrap();
                assert_eq!(
                    download::<i32>(&found),
                    expected,
                    "mode {mode}, {length}, {before} before"
                );
            }
        }
    }
}
