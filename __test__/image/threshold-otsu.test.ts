import test from "ava";
import { filters, Image } from "../../src/image/index.ts";

test("of equal variances the first wins", (t) => {
  const image = new Image(Uint8Array.of(0, 10, 20, 30, 0, 30), { width: 6, height: 1 });
  t.is(filters.thresholdOtsu(image), 10);
  t.is(filters.thresholdOtsu(new Image(Uint8Array.of(0, 255), { width: 2, height: 1 })), 0);
});
