// What may be asked of a run, and what it answers to mistakes.
import test from "ava";
import { defineSuite, throughBackend, type VerificationReport } from "../../src/testing/index.ts";
import { Vector, type Vectors, vectors } from "./vectors.ts";

const doubled = ({ values }: Vector, { by = 2 }: { by?: number } = {}): Vector =>
  new Vector(values.map((value) => value * by));

function verdicts(report: VerificationReport): Record<string, string> {
  return Object.fromEntries(report.functions.map(({ function: name, verdict }) => [name, verdict]));
}

test("settings replace the suite's own; others are an error", async (t) => {
  const library = vectors();
  library.backend("near").implement(library.sum, () => 6.01);
  const sum = async (settings: Record<string, number>): Promise<string> =>
    (await throughBackend(library.suite, "near", { settings })).functions[1]!.verdict;
  t.is(await sum({}), "failed");
  t.is(await sum({ tolerance: 0.1 }), "passed");
  await t.throwsAsync(sum({ tolerence: 1 }), { code: "ERR_DISPATCH_ARGUMENT", message: /the suite .* has: tolerance/ });
});

test("functions and groups are chosen by name; progress is told", async (t) => {
  const library: Vectors = vectors();
  const fast = library.backend("fast");
  fast.implement(library.sum, () => 6);
  fast.implement(library.scale, doubled);
  const told: string[] = [];
  const onProgress = (one: string, done: number): void => void told.push(`${done.toFixed(1)} ${one}`);
  const one = await throughBackend(library.suite, "fast", { functions: ["vectors.sum"], onProgress });
  t.deepEqual(verdicts(one), { "vectors.sum": "passed" });
  t.deepEqual(told, ["0.0 vectors.sum: adds"]);
  t.is((await throughBackend(library.suite, "fast", { functions: ["vectors"] })).functions.length, 3);
  await t.throwsAsync(throughBackend(library.suite, "fast", { functions: ["vectors.summ"] }), {
    message: /no function or group "vectors\.summ"; did you mean "vectors\.sum"\?$/,
  });
});

test("an unknown backend is an error, a broken suite another", async (t) => {
  const library = vectors();
  await t.throwsAsync(throughBackend(library.suite, "fats"), { code: "ERR_DISPATCH_UNKNOWN_BACKEND" });
  const run = (): void => {};
  const broken =
    (...cases: object[]) =>
    (): unknown =>
      defineSuite({ ...library.suite, cases: cases as never });
  t.throws(broken({ function: "sum", name: "adds", run }), { message: /tests sum, which is none of the system's/ });
  t.throws(broken({ function: "vectors.sum", name: "adds" }), { message: /needs .* run\(\)/ });
  const twice = { function: "vectors.sum", name: "adds", run };
  t.throws(broken(twice, twice), { message: /name of an earlier case/ });
  t.throws(() => defineSuite(undefined as never), { code: "ERR_DISPATCH_ARGUMENT" });
});

test("a call that ended before any backend ran says why, and names none that came first", async (t) => {
  const library = vectors();
  const validate = (): never => {
    throw new RangeError("too long a vector");
  };
  library.backend("strict").implement(library.sum, () => 6, { validate });
  const report = await throughBackend(library.suite, "strict");
  t.regex(report.toString(), /refused 1 ×: the call ended before a backend ran: too long a vector/);
});

test("JSON has it all", async (t) => {
  const library = vectors();
  library.backend("wrong").implement(library.sum, () => 7);
  const report = await throughBackend(library.suite, "wrong");
  const json = JSON.parse(JSON.stringify(report)) as Record<string, unknown>;
  t.like(json, { schema: "tagswitch/verification/1", backend: "wrong", ok: false, settings: { tolerance: 0 } });
  t.like((json["functions"] as object[])[1], {
    function: "vectors.sum",
    verdict: "failed",
    failures: [{ case: "adds", error: { name: "AssertionError" }, ran: true }],
  });
});
