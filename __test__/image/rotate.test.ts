import test from "ava";
import { Image, transform } from "../../src/image/index.ts";
import { resolveRotate } from "../../src/image/transform/rotate.ts";

// Expected values: skimage.transform of scikit-image 0.26.0, with NumPy's BLAS on a processor that multiplies and adds at once.

test("the matrix of a rotation is scikit-image's to the last bit", (t) => {
  const shape = { height: 7, width: 10, channels: 1, alpha: false, dtype: "uint8" } as const;
  // oxfmt-ignore
  const rows: readonly [angle: number, first: readonly number[], second: readonly number[]][] = [
    [3, [0.9986295347545738, -0.052335956242943835, 0.16317496233324924], [0.052335956242943835, 0.9986295347545738, -0.23140040735696887]],
    [-77.5, [0.2164396139381029, 0.9762960071199334, 0.5971337159187371], [-0.9762960071199334, 0.2164396139381029, 6.744013190225392]],
    [116, [-0.4383711467890775, -0.8987940462991669, 9.16905229944835], [0.8987940462991669, -0.4383711467890775, 0.27054023202098154]],
    [163, [-0.9563047559630355, -0.2923717047227366, 9.68048651600187], [0.2923717047227366, -0.9563047559630355, 4.553241596636791]],
  ];
  for (const [angle, first, second] of rows) t.deepEqual(resolveRotate(shape, angle).map, [first, second, [0, 0, 1]]);
});

for (const backend of ["default", "native"]) {
  test(`${backend}: a pixel between two others turns into the one that scikit-image takes`, (t) => {
    const square = new Image(Uint8Array.from({ length: 16 }, (_, i) => i), { width: 4, height: 4 }); // oxfmt-ignore
    const options = { order: 0, mode: "symmetric", backend } as const;
    t.deepEqual(
      [...transform.rotate(square, 45, options).data],
      [1, 2, 7, 11, 1, 6, 10, 11, 4, 9, 10, 14, 8, 8, 13, 14],
    );
    const flat = new Image(Uint8Array.from({ length: 12 }, (_, i) => i), { width: 4, height: 3 }); // oxfmt-ignore
    t.deepEqual([...transform.rotate(flat, 90, options).data], [3, 7, 11, 11, 2, 6, 10, 10, 1, 5, 9, 9]);
  });
}

test("halves beyond the edge are folded before they are rounded", (t) => {
  const line = new Image(Float64Array.of(1, 2, 3), { width: 3, height: 1 });
  const rows = {
    reflect: [3, 3, 2, 2, 3, 2, 2],
    symmetric: [3, 2, 1, 2, 3, 3, 3],
    edge: [1, 1, 1, 2, 3, 3, 3],
  } as const;
  for (const [mode, expected] of Object.entries(rows)) {
    const options = { order: 0, mode: mode as keyof typeof rows, outputShape: [1, 7], backend: "default" } as const;
    const shift: transform.Matrix = [
      [1, 0, -2.5],
      [0, 1, 0],
      [0, 0, 1],
    ];
    t.deepEqual([...transform.warp(line, shift, options).data], [...expected], mode);
  }
});

for (const backend of ["default", "native"]) {
  test(`${backend}: pixels between two others of a larger result are those that scikit-image takes`, (t) => {
    // oxfmt-ignore
    const rows: readonly [height: number, width: number, angle: number, expected: readonly number[]][] = [
    [3, 3, 60, [1, 2, 5, 8, 1, 4, 5, 8, 0, 3, 7, 7, 3, 6, 6, 6]],
    [3, 4, 120, [3, 7, 11, 10, 3, 7, 10, 10, 2, 2, 5, 9, 1, 1, 4, 8, 0, 0, 0, 4]],
    [4, 3, 30, [0, 1, 2, 5, 0, 4, 5, 5, 3, 3, 7, 8, 6, 6, 10, 11, 9, 9, 9, 10]],
    [4, 8, 45, [3, 4, 5, 6, 6, 7, 15, 15, 3, 3, 4, 5, 6, 14, 15, 23, 2, 3, 3, 4, 13, 14, 22, 31, 1, 2, 3, 11, 12, 21, 30, 30, 1, 1, 10, 11, 19, 28, 29, 30, 0, 9, 9, 18, 27, 27, 28, 29, 8, 8, 17, 25, 26, 27, 28, 28, 8, 16, 24, 25, 25, 26, 27, 27]],
    [5, 4, 45, [1, 2, 3, 7, 7, 11, 1, 2, 6, 7, 11, 15, 0, 5, 6, 10, 15, 15, 4, 4, 9, 14, 14, 19, 4, 8, 12, 13, 18, 18, 8, 12, 12, 16, 17, 18]],
    [7, 7, 120, [13, 20, 27, 34, 41, 48, 48, 47, 47, 13, 20, 27, 34, 34, 40, 47, 46, 46, 6, 13, 20, 26, 33, 39, 46, 45, 45, 6, 12, 19, 25, 25, 31, 38, 45, 44, 5, 5, 11, 18, 24, 31, 37, 44, 43, 4, 4, 10, 17, 16, 23, 29, 36, 42, 3, 3, 2, 9, 15, 22, 28, 35, 35, 3, 2, 2, 8, 8, 14, 21, 28, 35, 2, 1, 1, 0, 7, 14, 21, 28, 28]],
    [4, 4, 45, [1, 2, 3, 7, 7, 1, 2, 6, 7, 11, 0, 5, 6, 10, 15, 4, 4, 9, 14, 14, 4, 8, 12, 13, 14]],
    [5, 3, 30, [0, 1, 2, 5, 5, 0, 4, 5, 8, 8, 3, 3, 7, 8, 11, 6, 6, 10, 11, 14, 9, 9, 12, 13, 14]],
    ];
    for (const [height, width, angle, expected] of rows) {
      const image = new Image(
        Uint8Array.from({ length: height * width }, (_, i) => i),
        { height, width },
      );
      const options = { resize: true, order: 0, mode: "edge", backend } as const;
      t.deepEqual([...transform.rotate(image, angle, options).data], [...expected], `${angle}`);
    }
  });
}
