import test from "ava";
import { namedColor } from "../../src/image/color/named-colors.ts";
import { color, Image } from "../../src/image/index.ts";
import { colorNames } from "./golden.ts";

test("colour names are scikit-image's", (t) => {
  for (const [name, rgb] of Object.entries(colorNames)) t.deepEqual(namedColor(name), rgb as never, name);
  t.is(namedColor("rebeccapurple"), undefined);
});

test("without a background colour the image shows there, whichever label is background", (t) => {
  // scikit-image 0.26 shows it at label 1 here, and paints label 2 black.
  const label = new Image(Int32Array.of(0, 1, 2, 3), { width: 4, height: 1 });
  const image = new Image(new Float32Array(4).fill(0.5), { width: 4, height: 1 });
  const { data } = color.label2rgb(label, image, { bgLabel: 2, bgColor: null, alpha: 1 });
  t.deepEqual([...data], [1, 0, 0, 0, 0, 1, 0.5, 0.5, 0.5, 1, 1, 0]);
});

test("256 labels and no background keep their colours", (t) => {
  // scikit-image 0.26 counts them in 8 bits, and paints the last one as background.
  const label = new Image(
    Uint8Array.from({ length: 256 }, (_, i) => i),
    { width: 256, height: 1 },
  );
  const { data } = color.label2rgb(label, null, { bgLabel: 300, colors: ["red", "lime"] });
  t.deepEqual(data.slice(-6), Float32Array.of(1, 0, 0, 0, 1, 0));
});
