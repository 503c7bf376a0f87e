// What the GPU does not do as it leads too far, or takes too long at once: said before anything is uploaded, GPU or none.
import test from "ava";
import { explain, trace } from "../../src/index.ts";
import { backend, exposure, filters, Image, morphology, transform } from "../../src/image/index.ts";

const image = new Image(
  Float32Array.from({ length: 35 }, (_, i) => i),
  { width: 7, height: 5 },
);

type Row = [number, number, number];

/** Why `wgpu`, put first, leaves a call to others. */
function reason(call: () => unknown): string | undefined {
  const { calls } = trace(() => backend("wgpu", call));
  return calls[0]!.considered.find((one) => one.backend === "wgpu")?.reason;
}

test("a Gabor kernel of too many weights", (t) => {
  const wide = reason(() => filters.gabor(image, 0.01, { sigmaX: 30, sigmaY: 30 }));
  t.is(wide, "a kernel of 181 × 181 weights: at most 16384 on the GPU");
  t.not(
    reason(() => filters.gabor(image, 0.3)),
    wide,
  );
});

test("distances in images too long, and between pixels too small or too large", (t) => {
  const line = (side: number): string | undefined =>
    reason(() => morphology.distanceTransformEdt(new Image(new Uint8Array(side), { width: 1, height: side })));
  t.is(line(16_385), "a side of 16385 pixels: at most 16384 on the GPU");
  t.not(line(16_384), "a side of 16384 pixels: at most 16384 on the GPU");
  const usual = reason(() => morphology.distanceTransformEdt(image));
  const between = (sampling: number): string | undefined =>
    reason(() => morphology.distanceTransformEdt(image, { sampling: [1, sampling] }));
  for (const sampling of [1e-13, 1e13]) {
    t.is(between(sampling), `sampling ${sampling}: only from 1e-12 to 1e12 on the GPU`);
  }
  for (const sampling of [1e-12, 1e12]) t.is(between(sampling), usual);
});

test("histograms of too many tiles", (t) => {
  const line = new Image(new Uint8Array(80), { width: 80, height: 1 });
  const many = reason(() => exposure.equalizeAdapthist(line, { kernelSize: 1, nbins: 65_536 }));
  t.is(many, "80 tiles of 65536 bins: at most 4194304 bins in all on the GPU");
  t.not(
    reason(() => exposure.equalizeAdapthist(line, { kernelSize: 1, nbins: 52_000 })),
    "80 tiles of 52000 bins: at most 4194304 bins in all on the GPU",
  );
});

test("ridges by numbers whose powers 64 bits do not hold", (t) => {
  const narrow = "sigmas below 0.1: only wider ones are done on the GPU";
  t.is(
    reason(() => filters.frangi(image, { sigmas: [1, 0.09] })),
    narrow,
  );
  for (const [options, number] of [
    [{ beta: 1e31 }, "beta 1e+31"],
    [{ gamma: 1e-31 }, "gamma 1e-31"],
    [{ mode: "constant", cval: -1e31 }, "cval -1e+31"],
  ] as const) {
    t.is(
      reason(() => filters.frangi(image, options)),
      `${number}: only from 1e-30 to 1e30 on the GPU`,
    );
  }
  const usual = reason(() => filters.frangi(image));
  for (const options of [{ sigmas: [0.1] }, { cval: -1e31 }, { mode: "constant", cval: 0 }] as const) {
    t.is(
      reason(() => filters.frangi(image, options)),
      usual,
    );
  }
});

test("ridges of scales that have too many weights to be handed over", (t) => {
  const options = { scaleRange: [1, 10_000], scaleStep: 0.2 } as const;
  const { considered } = backend("wgpu", () => explain(filters.frangi, image, options));
  const found = considered.find((one) => one.backend === "wgpu")?.reason;
  t.regex(found ?? "", /^scales of \d+ weights in all: at most 4194304 on the GPU$/);
});

test("functions that give places", (t) => {
  t.is(
    reason(() => transform.warp(image, (pixel) => pixel)),
    "functions are not called for the GPU: places come as an image of them",
  );
});

test("affine maps and circles beyond what 32 bits hold, but no projections", (t) => {
  const far = 2 ** 30;
  const affine: [Row, Row, Row] = [
    [1, 0, far],
    [0, 1, 0],
    [0, 0, 1],
  ];
  t.is(
    reason(() => transform.warp(image, affine)),
    "places beyond 2³⁰ pixels do not fit 32 bits",
  );
  const radius = 2 ** 31;
  t.regex(
    reason(() => transform.warpPolar(image, { radius, outputShape: [3, 4] })) ?? "",
    /^places beyond 2²⁹ pixels do not fit 32 bits$/,
  );
  const projection: [Row, Row, Row] = [
    [1, 0, far],
    [0, 1, 0],
    [0, 1e-3, 1],
  ];
  t.notRegex(reason(() => transform.warp(image, projection)) ?? "", /beyond/);
});
