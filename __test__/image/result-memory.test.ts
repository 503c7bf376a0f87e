// Results so large that their memory is the addon's to get.
import test from "ava";
import { Image, util } from "../../src/image/index.ts";

const SHAPE = { width: 8192, height: 4097 };

test("large results have memory of their own, of which the last one left nothing", (t) => {
  const image = new Image(new Uint8Array(SHAPE.width * SHAPE.height).fill(7), SHAPE);
  let last: Image = image;
  for (let value = 0; value < 6; value++) {
    const inverted = util.invert(last);
    t.not(inverted.data.buffer, last.data.buffer);
    t.is(inverted.data.byteOffset, 0);
    t.is(inverted.data.buffer.byteLength, image.data.length);
    const expected = value % 2 === 0 ? 248 : 7;
    t.true(inverted.data.every((sample) => sample === expected));
    t.true(last.data.every((sample) => sample === 255 - expected));
    last = inverted;
  }
});
