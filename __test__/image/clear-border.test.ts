import test from "ava";
import { Image, segmentation } from "../../src/image/index.ts";

for (const backend of ["default", "native"]) {
  test(`${backend}: a background is the nearest number that the dtype has`, (t) => {
    const all = new Image(new Float32Array(2), { width: 2, height: 1 });
    for (const bgval of [0.1, 2.7, -0.7, 1e-46, 1e300]) {
      const cleared = segmentation.clearBorder(all, { bgval, backend }).data[0];
      t.is(cleared, Math.fround(bgval), String(bgval));
    }
  });
}
