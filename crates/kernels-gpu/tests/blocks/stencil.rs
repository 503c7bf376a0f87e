use tagswitch_kernels_gpu::{Binding, DType, Kernel, Layout, Shape, blocks};

use crate::oracle::Samples;
use crate::support::{download, noise, require_gpu, upload};

static STENCIL: Kernel = Kernel {
    name: "test.stencil",
    workgroup: [256, 1, 1],
    bindings: &[Binding::Read(1), Binding::Write(2)],
    sources: &[
        blocks::LINE,
        blocks::STENCIL,
        "
        struct Params { height: u32, width: u32 }
        @group(0) @binding(0) var<storage, read> params: Params;
        @group(0) @binding(1) var<storage, read> source: array<i32>;
        @group(0) @binding(2) var<storage, read_write> result: array<i32>;

        alias Cell = i32;
        const CELLS: u32 = 4096u;
        fn cell(y: i32, x: i32) -> i32 {
          if (y < 0 || x < 0 || y >= i32(params.height) || x >= i32(params.width)) {
            return y * 7 - x;
          }
          return source[u32(y) * params.width + u32(x)];
        }

        @compute @workgroup_size(256)
        fn main(
          @builtin(workgroup_id) group: vec3<u32>,
          @builtin(num_workgroups) groups: vec3<u32>,
          @builtin(local_invocation_index) local: u32,
        ) {
          let across = (params.width + 15u) / 16u;
          let place = line(group, groups);
          let top = place / across * 16u;
          let left = place % across * 16u;
          load_stencil(top, left, local);
          var sum = 0;
          for (var down = 0u; down <= 2u * RADIUS; down++) {
            for (var right = 0u; right <= 2u * RADIUS; right++) {
              sum += i32(3u * down + right + 1u) * stencil_cell(local, down, right);
            }
          }
          let y = top + local / 16u;
          let x = left + local % 16u;
          if (y < params.height && x < params.width) {
            result[y * params.width + x] = sum;
          }
        }",
    ],
    params: Layout { size: 8, fields: &[] },
};

#[test]
fn neighbours_come_from_the_tile_and_its_halo() {
    let Some(engine) = require_gpu() else { return };
    for (height, width, radius) in
        [(1, 1, 1), (37, 45, 0), (37, 45, 1), (16, 16, 2), (33, 7, 5), (20, 50, 24)]
    {
        let shape = Shape { height, width, channels: 1 };
        let samples = noise(shape, DType::U16, 3);
        let values: Vec<i32> = samples.values().iter().map(|&value| value as i32).collect();
        let (h, w, r) = (height as i32, width as i32, radius);
        let at = |y: i32, x: i32| match y >= 0 && x >= 0 && y < h && x < w {
            true => values[(y * w + x) as usize],
            false => y * 7 - x,
        };
        let mut expected = Vec::new();
        for (y, x) in (0..h).flat_map(|y| (0..w).map(move |x| (y, x))) {
            let mut sum = 0_i32;
            for (down, right) in (0..=2 * r).flat_map(|d| (0..=2 * r).map(move |a| (d, a))) {
                let weight: i32 = 3 * down + right + 1;
                sum = sum.wrapping_add(weight.wrapping_mul(at(y + down - r, x + right - r)));
            }
            expected.push(sum);
        }
        let image = upload(&engine, &Samples::I32(values.clone()), shape);
        let groups = u64::from(height.div_ceil(16) * width.div_ceil(16));
        let constants = [("RADIUS", f64::from(radius))];
        let found = STENCIL
            .run(&engine, &constants, &[height, width], &[&image], (shape, DType::I32), groups)
            .unwrap();
        assert!(download::<i32>(&found) == expected, "{shape:?}, radius {radius}");
    }
}
