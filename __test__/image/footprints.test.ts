// Footprints by shape; what is expected was recorded of scikit-image 0.26.0.
import test from "ava";
import { type Image, morphology } from "../../src/image/index.ts";

function rows({ data, width, height }: Image<Uint8Array>): string[] {
  return Array.from({ length: height }, (_, row) => data.subarray(row * width, (row + 1) * width).join(""));
}

test("discs", (t) => {
  t.deepEqual(rows(morphology.disk(0)), ["1"]);
  t.deepEqual(rows(morphology.disk(1)), ["010", "111", "010"]);
  t.deepEqual(rows(morphology.disk(3)), ["0001000", "0111110", "0111110", "1111111", "0111110", "0111110", "0001000"]);
  t.deepEqual(rows(morphology.disk(2, { strictRadius: false })), ["01110", "11111", "11111", "11111", "01110"]);
});

test("diamonds", (t) => {
  t.deepEqual(rows(morphology.diamond(0)), ["1"]);
  t.deepEqual(rows(morphology.diamond(2)), ["00100", "01110", "11111", "01110", "00100"]);
});

test("rectangles", (t) => {
  t.deepEqual(rows(morphology.footprintRectangle([2, 3])), ["111", "111"]);
  t.deepEqual(rows(morphology.footprintRectangle(3)), ["111", "111", "111"]);
});
