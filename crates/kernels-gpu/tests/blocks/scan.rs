use tagswitch_kernels_gpu::{Binding, DType, Kernel, Layout, Shape, blocks};

use crate::engines;
use crate::oracle::Samples;
use crate::support::{download, noise, upload};

/// Elements are functions x → (m + 1) x + b, of which one is applied after the other: their order matters.
static SCAN: Kernel = Kernel {
    name: "test.scan",
    workgroup: [256, 1, 1],
    bindings: &[Binding::Read(1), Binding::Write(2)],
    sources: &[
        blocks::LINE,
        blocks::INVOCATION,
        blocks::SCAN,
        "
        struct Params { count: u32 }
        @group(0) @binding(0) var<storage, read> params: Params;
        @group(0) @binding(1) var<storage, read> source: array<vec2<u32>>;
        @group(0) @binding(2) var<storage, read_write> result: array<vec4<u32>>;

        alias Element = vec2<u32>;
        fn combined(a: Element, b: Element) -> Element {
          return vec2((a.x + 1u) * (b.x + 1u) - 1u, (b.x + 1u) * a.y + b.y);
        }

        @compute @workgroup_size(256)
        fn main(at: Invocation) {
          let i = line(at.group, at.groups) * 256u + place_of(at);
          let first = scanned(source[i], at);
          let again = scanned(first.before, at);
          result[2u * i] = vec4(first.before, first.all);
          result[2u * i + 1u] = vec4(again.before, again.all);
        }",
    ],
    params: Layout { size: 4, fields: &[] },
};

type Function = [u32; 2];

fn then([a, b]: Function, [c, d]: Function) -> Function {
    let [a, c] = [a.wrapping_add(1), c.wrapping_add(1)];
    [a.wrapping_mul(c).wrapping_sub(1), c.wrapping_mul(b).wrapping_add(d)]
}

/// What comes before each, and all of them.
fn scanned(all: &[Function]) -> (Vec<Function>, Function) {
    let mut sum = [0, 0];
    let step = |one: &Function| {
        let through = then(sum, *one);
        std::mem::replace(&mut sum, through)
    };
    let before = all.iter().map(step).collect();
    (before, sum)
}

#[test]
fn each_invocation_gets_what_comes_before_it() {
    let groups = 5;
    let shape = Shape { height: groups, width: 256, channels: 2 };
    let samples = noise(shape, DType::I32, 2);
    let Samples::I32(values) = &samples else { unreachable!() };
    let functions: Vec<Function> =
        values.as_chunks().0.iter().map(|pair: &[i32; 2]| pair.map(i32::cast_unsigned)).collect();
    let mut expected: Vec<[Function; 4]> = Vec::new();
    for all in functions.chunks(256) {
        let (before, sum) = scanned(all);
        let (again, sum_again) = scanned(&before);
        expected.extend(before.iter().zip(again).map(|(&a, b)| [a, sum, b, sum_again]));
    }
    for engine in engines() {
        let to = (Shape { channels: 8, ..shape }, DType::I32);
        let image = upload(&engine, &samples, shape);
        let found = SCAN.run(&engine, &[], &[0], &[&image], to, groups.into()).unwrap();
        assert!(download::<u32>(&found) == expected.as_flattened().as_flattened());
    }
}
