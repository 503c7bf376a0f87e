import test from "ava";
import { Image } from "../../src/image/index.ts";
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

for (const backend of ["default", "native"]) {
  for (const [name, run] of Object.entries(OPERATIONS)) {
    test(`${backend}: ${name} leaves a Buffer as it is`, (t) => {
      const channels = name === "color.rgb2gray" ? 3 : 1;
      const [first, second] = [bytes(35 * channels), bytes(35)];
      const image = new Image(first, { width: 7, height: 5, channels });
      const others: Record<string, unknown[]> = {
        "util.greater": [100],
        "color.label2rgb": [new Image(second, { width: 7, height: 5 })],
      };
      run(image, ...(others[name] ?? []), { backend });
      t.deepEqual(first, bytes(35 * channels));
      t.deepEqual(second, bytes(35));
    });
  }
}
