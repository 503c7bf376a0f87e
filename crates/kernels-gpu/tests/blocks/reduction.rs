use tagswitch_kernels_gpu::{Binding, DType, Kernel, Layout, Shape, blocks};

use crate::engines;
use crate::oracle::Samples;
use crate::support::{download, noise, upload};

static REDUCE: Kernel = Kernel {
    name: "test.reduction",
    workgroup: [256, 1, 1],
    bindings: &[Binding::Read(1), Binding::Write(2)],
    sources: &[
        blocks::LINE,
        blocks::INVOCATION,
        blocks::REDUCTION,
        "
        struct Params { count: u32 }
        @group(0) @binding(0) var<storage, read> params: Params;
        @group(0) @binding(1) var<storage, read> source: array<u32>;
        @group(0) @binding(2) var<storage, read_write> result: array<u32>;

        alias Element = vec3<u32>;
        fn combined(a: Element, b: Element) -> Element {
          return vec3(a.x + b.x, min(a.y, b.y), max(a.z, b.z));
        }

        @compute @workgroup_size(256)
        fn main(at: Invocation) {
          let group = line(at.group, at.groups);
          let i = group * 256u + place_of(at);
          // In a row, as the second must not disturb what the first gives.
          let first = reduced(vec3(source[i]), at);
          let second = reduced(vec3(3u * source[i]) + first, at);
          if (place_of(at) == 77u) {
            result[4u * group] = first.x;
            result[4u * group + 1u] = first.y;
            result[4u * group + 2u] = first.z;
            result[4u * group + 3u] = second.x;
          }
        }",
    ],
    params: Layout { size: 4, fields: &[] },
};

#[test]
fn what_a_workgroup_has_is_combined() {
    let groups = 9;
    let shape = Shape { height: groups, width: 256, channels: 1 };
    let samples = noise(shape, DType::I32, 1);
    let Samples::I32(values) = &samples else { unreachable!() };
    let expected: Vec<u32> = values
        .chunks(256)
        .flat_map(|all| {
            let all: Vec<u32> = all.iter().map(|value| value.cast_unsigned()).collect();
            let sum = |all: &[u32]| all.iter().fold(0, |sum: u32, one| sum.wrapping_add(*one));
            let second: Vec<u32> =
                all.iter().map(|one| one.wrapping_mul(3).wrapping_add(sum(&all))).collect();
            [sum(&all), *all.iter().min().unwrap(), *all.iter().max().unwrap(), sum(&second)]
        })
        .collect();
    for engine in engines() {
        let to = (Shape { width: 4, ..shape }, DType::I32);
        let image = upload(&engine, &samples, shape);
        let found = REDUCE.run(&engine, &[], &[0], &[&image], to, groups.into()).unwrap();
        assert_eq!(download::<u32>(&found), expected);
    }
}
