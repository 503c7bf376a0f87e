// A suite run through a backend: what is proved, and what is not.
import assert from "node:assert/strict";
import { setImmediate as turn } from "node:timers/promises";
import test from "ava";
import { getImplementation } from "../../src/index.ts";
import { defineSuite, throughBackend, type VerificationReport } from "../../src/testing/index.ts";
import { Packed, Vector, vectors } from "./vectors.ts";

const doubled = ({ values }: Vector, { by = 2 }: { by?: number } = {}): Vector =>
  new Vector(values.map((value) => value * by));

function verdicts(report: VerificationReport): Record<string, string> {
  return Object.fromEntries(report.functions.map(({ function: name, verdict }) => [name, verdict]));
}

function ofScale(report: VerificationReport): VerificationReport["functions"][number] {
  return report.functions.find(({ function: name }) => name === "vectors.scale")!;
}

test("a backend that runs and is right passes; what it lacks is said", async (t) => {
  const library = vectors();
  library.backend("fast").implement(library.scale, doubled);
  const report = await throughBackend(library.suite, "fast");
  t.true(report.ok);
  t.deepEqual(verdicts(report), {
    "vectors.scale": "passed",
    "vectors.sum": "not implemented",
    "vectors.reverse": "not implemented",
  });
  t.like(ofScale(report), { cases: 2, calls: 2, converted: 0, failures: [], refusals: [] });
});

test("a backend of the same name in another system proves nothing", async (t) => {
  const [library, other] = [vectors(), vectors()];
  library.backend("fast").implement(library.scale, doubled, { shouldRun: () => "not today" });
  other.backend("fast").implement(other.scale, doubled);
  const suite = defineSuite({
    system: library.system,
    settings: {},
    cases: [
      {
        function: "vectors.scale",
        name: "doubles elsewhere",
        async run({ call }) {
          assert.deepEqual((await call(other.scale, new Vector([1]), { backend: "fast" })).values, [2]);
        },
      },
    ],
  });
  const report = await throughBackend(suite, "fast");
  t.false(report.ok);
  t.like(ofScale(report), { verdict: "not reached", calls: 0 });
});

test("arguments are converted in, results out, and the report says so", async (t) => {
  const library = vectors();
  const seen: unknown[] = [];
  const packed = library.packed("packed");
  packed.implement(library.scale, ((vector: Packed, { by = 2 }: { by?: number } = {}) => {
    seen.push(vector);
    return new Packed(vector.values.map((value) => value * by));
  }) as never);
  const report = await throughBackend(library.suite, "packed");
  t.true(report.ok);
  t.like(ofScale(report), { verdict: "passed", calls: 2, converted: 2 });
  t.true(seen.length === 2 && seen.every((vector) => vector instanceof Packed));
  t.regex(report.toString(), /vectors\.scale\s*│ passed\s*│ 2, all converted/);
});

test("one that computes wrongly fails, with the case and its error", async (t) => {
  const library = vectors();
  library.backend("wrong").implement(library.scale, ({ values }) => new Vector(values.map((value) => value + 1)));
  const report = await throughBackend(library.suite, "wrong");
  t.false(report.ok);
  const { verdict, failures } = ofScale(report);
  t.is(verdict, "failed");
  t.deepEqual(
    failures.map(({ case: name, ran }) => [name, ran]),
    [
      ["doubles", true],
      ["triples", true],
    ],
  );
  t.true(failures.every(({ error }) => error instanceof assert.AssertionError));
  t.regex(report.toString(), /failed .*doubles: Expected values/);
});

test("one that refuses everything has not passed, though every case did", async (t) => {
  const library = vectors();
  library.backend("idle").implement(library.scale, doubled, {
    shouldRun: (_context, _vector, { by = 2 } = {}) => (by === 2 ? "not today" : "no odd numbers"),
  });
  const report = await throughBackend(library.suite, "idle");
  t.false(report.ok);
  t.like(ofScale(report), { verdict: "refused", calls: 0 });
  t.deepEqual(ofScale(report).refusals, [
    { reason: "not today", calls: 1 },
    { reason: "no odd numbers", calls: 1 },
  ]);
  t.regex(report.toString(), /refused 1 ×: not today/);
});

test("one that refuses a part passes with the rest, and the refusals are counted", async (t) => {
  const library = vectors();
  library.backend("partial").implement(library.scale, doubled, {
    shouldRun: (_context, _vector, { by = 2 } = {}) => by === 2 || "only doubles",
  });
  const report = await throughBackend(library.suite, "partial");
  t.true(report.ok);
  t.like(ofScale(report), { verdict: "passed", calls: 1, refusals: [{ reason: "only doubles", calls: 1 }] });
});

test("one that lets another backend do the work has not passed", async (t) => {
  const library = vectors();
  library
    .backend("lazy")
    .implement(library.scale, (vector, options) => library.scale(vector, { ...options, backend: "default" }));
  const report = await throughBackend(library.suite, "lazy");
  t.false(report.ok);
  t.like(ofScale(report), { verdict: "refused", calls: 0 });
  t.deepEqual(ofScale(report).refusals, [{ reason: 'it passed the call on to backend "default"', calls: 2 }]);
});

test("one whose types no argument has and none converts to is refused, not passed", async (t) => {
  const library = vectors();
  library.system.registerBackend({ name: "foreign", primary: ["vectors:Elsewhere"] }).implement(library.scale, doubled);
  const report = await throughBackend(library.suite, "foreign");
  t.false(report.ok);
  t.is(ofScale(report).verdict, "refused");
});

test("a function that no case tests, or whose cases never call it, is not reached", async (t) => {
  const library = vectors();
  const fast = library.backend("fast");
  fast.implement(library.reverse, ({ values }) => new Vector(values.toReversed()));
  fast.implement(library.sum, () => 6);
  const suite = defineSuite({
    ...library.suite,
    cases: [{ function: "vectors.sum", name: "of nothing", run: () => {} }],
  });
  const report = await throughBackend(suite, "fast");
  t.false(report.ok);
  t.like(verdicts(report), { "vectors.sum": "not reached", "vectors.reverse": "not reached" });
  t.regex(report.toString(), /its 1 cases never call it/);
  t.regex(report.toString(), /no case tests it/);
});

test("a case that calls the implementation itself proves nothing", async (t) => {
  const library = vectors();
  library.backend("fast").implement(library.sum, () => 6);
  const run = (): unknown => t.is(getImplementation(library.sum, "fast")!(new Vector([1, 2, 3])), 6);
  const suite = defineSuite({ ...library.suite, cases: [{ function: "vectors.sum", name: "bare", run }] });
  t.like((await throughBackend(suite, "fast")).functions[1], { verdict: "not reached", calls: 0 });
});

test("a case for several functions needs the backend for each of them", async (t) => {
  const library = vectors();
  const fast = library.backend("fast");
  fast.implement(library.scale, doubled);
  fast.implement(library.sum, () => 6, { shouldRun: () => "tired" });
  const run = (): unknown => t.is(library.sum(library.scale(new Vector([1, 2]))), 6);
  const suite = defineSuite({
    ...library.suite,
    cases: [{ function: ["vectors.scale", "vectors.sum"], name: "scaled sum", run }],
  });
  const report = await throughBackend(suite, "fast");
  t.like(verdicts(report), { "vectors.scale": "passed", "vectors.sum": "refused" });
  t.false(report.ok);
});

test("an asynchronous backend's promise is awaited, and its calls count", async (t) => {
  const library = vectors();
  library.backend("slow").implement(library.scale, (async (vector: Vector, options?: { by?: number }) => {
    await turn();
    return doubled(vector, options);
  }) as never);
  t.like(ofScale(await throughBackend(library.suite, "slow")), { verdict: "passed", calls: 2 });
});

test("one that takes no synchronous calls is asked by asynchronous ones", async (t) => {
  const library = vectors();
  library.backend("late").implement(library.scale, {
    async async(vector, options) {
      await turn();
      return doubled(vector, options);
    },
  });
  const report = await throughBackend(library.suite, "late");
  t.true(report.ok);
  t.like(ofScale(report), { verdict: "passed", calls: 2, refusals: [] });
});

test("one that has both forms is asked in both, and each of them must be right", async (t) => {
  const library = vectors();
  const right = library.backend("right");
  right.implement(library.scale, { sync: doubled, async: async (...args) => doubled(...args) });
  t.like(ofScale(await throughBackend(library.suite, "right")), { verdict: "passed", calls: 4 });
  const half = library.backend("half");
  half.implement(library.scale, { sync: doubled, async: async () => new Vector([0]) });
  const report = await throughBackend(library.suite, "half");
  t.like(ofScale(report), { verdict: "failed", calls: 4 });
  t.deepEqual(
    ofScale(report).failures.map(({ form }) => form),
    ["async", "async"],
  );
  t.regex(report.toString(), /doubles \(fn\.async\): Expected/);
});

test("one that starts asynchronously is started first; one that cannot start has not passed", async (t) => {
  const library = vectors();
  const declaration = { primary: ["vectors:Vector"] } as const;
  let started = 0;
  const initialize = async (): Promise<void> => void started++;
  library.system.registerBackend({ name: "engine", ...declaration, initialize }).implement(library.scale, doubled);
  t.like(ofScale(await throughBackend(library.suite, "engine")), { verdict: "passed", calls: 2, refusals: [] });
  t.is(started, 1);
  const stall = (): Promise<void> => Promise.reject(new Error("no fuel"));
  library.system
    .registerBackend({ name: "stalled", ...declaration, initialize: stall })
    .implement(library.scale, doubled);
  const stalled = ofScale(await throughBackend(library.suite, "stalled"));
  t.like(stalled, { verdict: "refused", calls: 0 });
  t.true(stalled.refusals.some(({ reason }) => reason.includes("no fuel")));
});

test("what a call of another scope runs is no call of the backend", async (t) => {
  const library = vectors();
  library.backend("fast").implement(library.sum, () => 6);
  const run = (): unknown => library.system.backend({ disable: "fast" }, () => library.sum(new Vector([6])));
  const suite = defineSuite({ ...library.suite, cases: [{ function: "vectors.sum", name: "elsewhere", run }] });
  const [, sum] = (await throughBackend(suite, "fast")).functions;
  t.like(sum, { verdict: "refused", calls: 0 });
});

test("a case that fails without the backend says so", async (t) => {
  const library = vectors();
  library.backend("idle").implement(library.sum, () => 6, { shouldRun: () => "not today" });
  const run = (): never => assert.fail(`the library gives ${library.sum(new Vector([1]))}`);
  const suite = defineSuite({ ...library.suite, cases: [{ function: "vectors.sum", name: "broken", run }] });
  const report = await throughBackend(suite, "idle");
  t.like(report.functions[1], { verdict: "failed", failures: [{ case: "broken", ran: false }] });
  t.regex(report.toString(), /broken: the library gives 1 \(the backend did not run it\)/);
});

test("a call that nobody runs is a refusal, not a failure of the case", async (t) => {
  const library = vectors();
  library.backend("picky").implement(library.sum, () => 6, { shouldRun: () => "not today" });
  const run = (): unknown => library.system.backend({ exclusive: "picky" }, () => library.sum(new Vector([1])));
  const suite = defineSuite({ ...library.suite, cases: [{ function: "vectors.sum", name: "alone", run }] });
  const report = await throughBackend(suite, "picky");
  t.like(report.functions[1], { verdict: "refused", failures: [], refusals: [{ reason: "not today", calls: 1 }] });
});

test("a case that never ends fails in time; one that throws nothing fails all the same", async (t) => {
  const library = vectors();
  library.backend("fast").implement(library.sum, () => 6);
  const suite = defineSuite({
    ...library.suite,
    cases: [
      { function: "vectors.sum", name: "hangs", run: () => new Promise(() => {}) },
      // oxlint-disable-next-line prefer-promise-reject-errors -- that anything may be thrown is the point
      { function: "vectors.sum", name: "throws nothing", run: () => Promise.reject(undefined) },
    ],
  });
  const report = await throughBackend(suite, "fast", { timeout: 20 });
  t.deepEqual(
    report.functions[1]!.failures.map(({ error }) => (error as Error).message),
    ["it did not end within 20 ms", "it threw undefined"],
  );
});
