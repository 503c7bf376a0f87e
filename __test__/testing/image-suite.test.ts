// The image library's own suite: what it accepts, and what it does not let through.
import test from "ava";
import {
  color,
  exposure,
  feature,
  filters,
  Image,
  measure,
  metrics,
  morphology,
  segmentation,
  system,
  transform,
  util,
} from "../../src/image/index.ts";
import { generatedCases } from "../../src/image/suite/generated/index.ts";
import suite from "../../src/image/suite/index.ts";
import { type TestSuite, throughBackend, type VerificationReport } from "../../src/testing/index.ts";
import { gpuAvailable } from "../image/gpu-available.ts";

const reports = new Map<string, Promise<VerificationReport>>();

/** What the suite says of a backend and its functions. */
function verify(backend: string, tolerance: number = suite.settings.tolerance): Promise<VerificationReport> {
  const key = `${backend} ${tolerance}`;
  if (!reports.has(key))
    reports.set(key, throughBackend(suite, backend, { settings: { tolerance }, timeout: 120_000 }));
  return reports.get(key)!;
}

test("it has cases for every function of the library", (t) => {
  const typed: TestSuite<{ readonly tolerance: number }> = suite;
  const tested = new Set(typed.cases.map(({ function: name }) => name));
  t.deepEqual(
    system.functions.filter((name) => !tested.has(name)),
    [],
  );
  const modules = { color, exposure, feature, filters, measure, metrics, morphology, segmentation, transform, util };
  const exported = Object.entries(modules).flatMap(([group, functions]) =>
    Object.keys(functions).map((name) => `${group}.${name}`),
  );
  // What makes footprints, transforms and moments of moments takes no image, and dispatches on nothing.
  t.deepEqual(
    exported.filter((name) => !tested.has(name)),
    [
      "measure.momentsNormalized",
      "morphology.diamond",
      "morphology.disk",
      "morphology.footprintRectangle",
      "transform.AffineTransform",
      "transform.EuclideanTransform",
      "transform.ProjectiveTransform",
      "transform.SimilarityTransform",
      "transform.estimateTransform",
    ],
  );
});

test("its images are the same at every run, and for every backend", (t) => {
  for (const { operation, name, inputs } of generatedCases.filter((_, i) => i % 17 === 0)) {
    t.deepEqual([...inputs()], [...inputs()], `${operation} ${name}`);
  }
});

test("native passes all of it, by its own calls", async (t) => {
  const report = await verify("native");
  t.true(report.ok, report.toString());
  for (const { function: name, verdict, calls, refusals } of report.functions) {
    // It reads a few samples, which a call into Rust would only delay.
    if (name === "transform.integrate") continue;
    t.is(verdict, "passed", name);
    t.deepEqual(refusals, [], name);
    t.true(calls >= 14, name);
  }
});

const image = { primary: ["tagswitch/image:Image"] } as const;

test("a blur that is a little off fails, unless the tolerance is that wide", async (t) => {
  const rough = system.registerBackend({ name: "rough", ...image });
  rough.implement(filters.gaussian, (source, options) => {
    const exact = filters.gaussian(source, { ...options, backend: "native" });
    return new Image(exact.data.map((sample) => sample * (1 + 1e-4)) as typeof exact.data, exact);
  });
  // It computes nothing itself, so that it cannot pass: only its failures are looked at here.
  const failures = async (tolerance: number): Promise<number> =>
    (await verify("rough", tolerance)).functions.find(({ function: name }) => name === "filters.gaussian")!.failures
      .length;
  t.true((await failures(1e-5)) > 30);
  t.is(await failures(1e-3), 0);
});

test("labels that are numbered otherwise fail: integer results are exact", async (t) => {
  const counting = system.registerBackend({ name: "counting", ...image });
  counting.implement(
    measure.label,
    (source) => new Image(new Int32Array(source.width * source.height).fill(1), source),
  );
  const report = await verify("counting");
  t.false(report.ok);
  t.is(report.functions.find(({ function: name }) => name === "measure.label")!.verdict, "failed");
});

test("a backend that changes its argument fails", async (t) => {
  const spoiling = system.registerBackend({ name: "spoiling", ...image });
  spoiling.implement(util.greater, (source, threshold) => {
    const result = new Uint8Array(Array.from(source.data, (sample) => Number(sample > Number(threshold))));
    source.data.fill(1);
    return new Image(result, { width: source.width, height: source.height });
  });
  const greater = (await verify("spoiling")).functions.find(({ function: name }) => name === "util.greater")!;
  t.is(greater.verdict, "failed");
  t.regex((greater.failures[0]!.error as Error).message, /changed its image 0/);
});

test("a backend that refuses everything, or is never reached, does not pass on the others' results", async (t) => {
  const idle = system.registerBackend({ name: "idle", ...image });
  idle.implement(filters.sobel, () => t.fail() as never, { shouldRun: () => "no edges today" });
  const unreachable = system.registerBackend({ name: "unreachable", primary: ["tagswitch/image:Nowhere"] });
  unreachable.implement(filters.sobel, () => t.fail() as never);
  for (const backend of ["idle", "unreachable"]) {
    const report = await verify(backend);
    t.false(report.ok);
    const sobel = report.functions.find(({ function: name }) => name === "filters.sobel")!;
    t.like(sobel, { verdict: "refused", calls: 0, failures: [] });
  }
});

if (gpuAvailable()) {
  test("wgpu passes by conversion, and its refusals are counted", async (t) => {
    const report = await throughBackend(suite, "wgpu", { functions: ["util", "color"], settings: { tolerance: 1e-4 } });
    t.true(report.ok, report.toString());
    for (const { function: name, verdict, calls, converted, refusals } of report.functions) {
      t.not(verdict, "not implemented", name);
      t.true(calls > 30);
      t.is(converted, calls);
      t.true(refusals.some(({ reason }) => reason.includes("float64")));
    }
  });
}
