use tagswitch_kernels_gpu::{Binding, DType, Kernel, Layout, Shape, blocks};

use crate::oracle::Samples;
use crate::support::{download, noise, require_gpu, upload};

/// One workgroup unites pairs of elements, all its invocations at once; `measure.label` does it with many.
static UNITE: Kernel = Kernel {
    name: "test.unionFind",
    workgroup: [256, 1, 1],
    bindings: &[Binding::Read(1), Binding::Update(2)],
    sources: &[
        blocks::UNION_FIND,
        "
        struct Params { pairs: u32, elements: u32 }
        @group(0) @binding(0) var<storage, read> params: Params;
        @group(0) @binding(1) var<storage, read> pairs: array<vec2<u32>>;

        @compute @workgroup_size(256)
        fn main(@builtin(local_invocation_index) local: u32) {
          for (var i = local; i < params.elements; i += 256u) {
            atomicStore(&forest[i], i);
          }
          storageBarrier();
          for (var i = local; i < params.pairs; i += 256u) {
            unite(pairs[i].x, pairs[i].y);
          }
          storageBarrier();
          for (var i = local; i < params.elements; i += 256u) {
            atomicMin(&forest[i], root(i));
          }
        }",
    ],
    params: Layout { size: 8, fields: &[] },
};

/// The least element of each one's set.
fn least(pairs: &[[i32; 2]], elements: usize) -> Vec<i32> {
    let mut sets: Vec<i32> = (0..elements as i32).collect();
    for [a, b] in pairs.iter().map(|pair| pair.map(|one| one as usize)) {
        let (low, high) = (sets[a].min(sets[b]), sets[a].max(sets[b]));
        sets.iter_mut().filter(|set| **set == high).for_each(|set| *set = low);
    }
    sets
}

#[test]
fn pairs_become_sets() {
    let Some(engine) = require_gpu() else { return };
    for (elements, pairs) in [(3, 1), (300, 80), (300, 150), (1000, 700), (2000, 4000)] {
        for seed in 0..4 {
            let shape = Shape { height: pairs, width: 1, channels: 2 };
            let numbers = noise(shape, DType::U16, seed).values();
            let numbers: Vec<i32> =
                numbers.iter().map(|value| *value as i32 % elements as i32).collect();
            let expected = least(numbers.as_chunks().0, elements as usize);
            let image = upload(&engine, &Samples::I32(numbers), shape);
            let to = (Shape { height: elements, width: 1, channels: 1 }, DType::I32);
            let found = UNITE.run(&engine, &[], &[pairs, elements], &[&image], to, 1).unwrap();
            assert_eq!(download::<i32>(&found), expected, "{pairs} pairs of {elements}");
        }
    }
}
