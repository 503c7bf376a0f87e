import test from "ava";
import { getImplementation } from "../../src/index.ts";
import { Image, transform } from "../../src/image/index.ts";
import { OPERATIONS } from "./conformance.ts";

/** Bytes of every kind, in no order, in the midst of a larger buffer. */
function bytes(length: number): Buffer {
  const whole = Buffer.from(Array.from({ length: length + 16 }, (_, i) => (i * 91 + 37) % 251));
  return whole.subarray(8, 8 + length);
}

test("an image over a Buffer is a plain view on the same memory", (t) => {
  const buffer = bytes(12);
  const { data } = new Image(buffer, { width: 4, height: 3 });
  t.is(Object.getPrototypeOf(data), Uint8Array.prototype);
  t.deepEqual([data.buffer, data.byteOffset, data.length], [buffer.buffer, buffer.byteOffset, 12]);
  // The slice of a Buffer would be a view.
  data.slice().fill(0);
  t.deepEqual(buffer, bytes(12));
  const plain = new Uint8Array(12);
  t.is(new Image(plain, { width: 4, height: 3 }).data, plain);
});

/** Channels that an operation needs. */
function channelsOf(name: string): number {
  if (name === "color.rgba2rgb") return 4;
  return name.startsWith("color.") && !/gray2rgb|label2rgb/.test(name) ? 3 : 1;
}

/** What an operation takes after its image; `other` is an image of the same size. */
function argumentsOf(name: string, other: Image): unknown[] {
  if (/^metrics\.|^color\.label2rgb$|^exposure\.matchHistograms$|^segmentation\.markBoundaries$/.test(name))
    return [other];
  const given: Record<string, unknown[]> = {
    "filters.applyHysteresisThreshold": [80, 160],
    "filters.differenceOfGaussians": [1],
    "filters.gabor": [0.3],
    "measure.profileLine": [
      [0, 0],
      [5, 6],
    ],
    "measure.regionprops": [null],
    "measure.regionpropsTable": [null],
    "segmentation.watershed": [null],
    "transform.downscaleLocalMean": [2],
    "transform.integrate": [
      [0, 0],
      [1, 1],
    ],
    "transform.rescale": [2],
    "transform.resize": [[3, 4]],
    "transform.rotate": [3],
    "transform.warp": [new transform.AffineTransform()],
    "util.greater": [100],
  };
  return given[name] ?? [];
}

for (const backend of ["default", "native"]) {
  for (const [name, run] of Object.entries(OPERATIONS)) {
    // A Buffer holds bytes, and matrices are floats.
    if (!getImplementation(run, backend) || /(Eigenvalues|Eigvals)$/.test(name)) continue;
    test(`${backend}: ${name} leaves a Buffer as it is`, (t) => {
      const channels = channelsOf(name);
      const [first, second] = [bytes(56 * channels), bytes(56)];
      const image = new Image(first, { width: 7, height: 8, channels });
      run(image, ...argumentsOf(name, new Image(second, { width: 7, height: 8 })), { backend });
      t.deepEqual(first, bytes(56 * channels));
      t.deepEqual(second, bytes(56));
    });
  }
}
