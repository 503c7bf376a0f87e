import test from "ava";
import { color, Image } from "../../src/image/index.ts";

const samples = (channels: number): Image =>
  new Image(
    Float64Array.from({ length: 6 * channels }, (_, i) => ((i * 7) % 11) / 11),
    { width: 3, height: 2, channels },
  );
const labels = new Image(Int32Array.of(0, 1, 1, 2, 0, 3), { width: 3, height: 2 });

type Options = { readonly channelAxis?: 2 | -1 };
const calls: Readonly<Record<string, (options: Options) => Image>> = {
  gray2rgb: (options) => color.gray2rgb(samples(1), options),
  hsv2rgb: (options) => color.hsv2rgb(samples(3), options),
  lab2rgb: (options) => color.lab2rgb(samples(3), { observer: "10", ...options }),
  label2rgb: (options) => color.label2rgb(labels, samples(3), { alpha: 0.6, ...options }),
  rgb2gray: (options) => color.rgb2gray(samples(3), options),
  rgb2hsv: (options) => color.rgb2hsv(samples(3), options),
  rgb2lab: (options) => color.rgb2lab(samples(3), { illuminant: "A", ...options }),
  rgb2xyz: (options) => color.rgb2xyz(samples(3), options),
  rgba2rgb: (options) => color.rgba2rgb(samples(4), { background: [0, 1, 0], ...options }),
  xyz2rgb: (options) => color.xyz2rgb(samples(3), options),
};

for (const [name, call] of Object.entries(calls)) {
  test(`color.${name} takes the last axis for that of channels`, (t) => {
    for (const channelAxis of [2, -1] as const) t.deepEqual(call({ channelAxis }), call({}));
  });
}
