// Profiles by a function of one's own; what is expected was recorded of scikit-image 0.26.0.
import test from "ava";
import { Image, measure } from "../../src/image/index.ts";

const size = { width: 6, height: 5 };
const levels = Float64Array.from({ length: 30 }, (_, i) => i ** 1.5);
const ends = (samples: Float64Array): number => samples[0]! - 2 * samples.at(-1)!;

function near(actual: Image, expected: readonly number[]): boolean {
  const { data } = actual;
  return data.length === expected.length && expected.every((value, i) => Math.abs(data[i]! - value) < 1e-12);
}

test("a function sees the samples across the line, in order", (t) => {
  const profile = measure.profileLine(new Image(levels, size), [1, 0.5], [3, 4], { linewidth: 3, reduceFunc: ends });
  t.deepEqual([profile.dtype, profile.height, profile.width], ["float64", 6, 1]);
  const expected = [31.442100465051563, 29.98724838658448, 27.510957795909043, 17.495660907616795, 7.08572001682866, -6.112744373471912]; // oxfmt-ignore
  t.true(near(profile, expected), profile.data.join());
});

test("each channel by itself", (t) => {
  const colour = new Image(
    Float64Array.from({ length: 90 }, (_, i) => levels[Math.floor(i / 3)]! * [1, 2, -1][i % 3]!),
    { ...size, channels: 3 },
  );
  const profile = measure.profileLine(colour, [1, 0.5], [3, 2], { linewidth: 3, reduceFunc: ends });
  t.is(profile.channels, 3);
  const first = [13.16014802787696, 4.428645354153872, -13.599221159794368, -34.67711741401625];
  t.true(
    near(
      profile,
      first.flatMap((value) => [value, 2 * value, -value]),
    ),
  );
});

test("of integers it gives floats", (t) => {
  const bytes = new Image(Uint8Array.from(levels), size);
  const profile = measure.profileLine(bytes, [0, 0], [0, 2], { reduceFunc: ([sample]) => sample! / 2 });
  t.deepEqual([profile.dtype, ...profile.data], ["float64", 0, 0.5, 1]);
});

test("halves beyond the edge are folded before they are rounded", (t) => {
  const expected = {
    reflect: [3, 2, 1, 2, 3, 3, 3, 2],
    mirror: [3, 3, 2, 2, 3, 2, 2, 2],
    nearest: [1, 1, 1, 2, 3, 3, 3, 3],
  } as const;
  for (const mode of ["reflect", "mirror", "nearest"] as const) {
    for (const [height, width] of [
      [1, 3],
      [3, 1],
    ] as const) {
      // oxfmt-ignore
      const line = new Image(Float64Array.of(1, 2, 3), { height, width });
      const [src, dst] = [-2.5, 4.5].map((place) => (width === 3 ? [0, place] : [place, 0]) as [number, number]);
      const profile = measure.profileLine(line, src!, dst!, { order: 0, mode, backend: "default" });
      t.deepEqual([...profile.data], [...expected[mode]], mode);
    }
  }
});
