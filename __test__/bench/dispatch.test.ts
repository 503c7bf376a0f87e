// A tiny run of the benchmark: what it returns, not how fast anything is.
import test from "ava";
import { benchDispatch, type ContestantName, contestPlot, formatBenchmark } from "../../src/bench/index.ts";

const contestants: ContestantName[] = [
  "map",
  "typed-function",
  "ours",
  "ours-closure",
  "ours-scope",
  "napi-raw",
  "napi-rs",
];
const pace = { warmUpMilliseconds: 1, rounds: 2, turnMilliseconds: 1, importRounds: 1 };

test("a run has all its parts, each with numbers", async (t) => {
  const steps: string[] = [];
  const benchmark = await benchDispatch({
    settings: [
      { types: 4, arguments: 1, site: "hot", inlinable: false },
      { types: 2, arguments: 2, site: "megamorphic", inlinable: true },
      { types: 4, arguments: 2, site: "hot", inlinable: false },
    ],
    contestants,
    pace,
    onProgress: (step, done) => {
      steps.push(step);
      t.true(done >= 0 && done < 1);
    },
  });
  t.is(steps.length, 8);
  t.is(benchmark.schema, "tagswitch/bench-dispatch/1");
  t.is(benchmark.machine.node, process.version);
  t.deepEqual(
    benchmark.contests.map((contest) => [contest.types, contest.arguments]),
    [
      [4, 1],
      [2, 2],
      [4, 2],
    ],
  );
  for (const { rows } of benchmark.contests) {
    const names = rows.map(({ contestant }) => contestant);
    t.deepEqual(names, ["direct", ...contestants]);
    t.is(rows[0]!.ratio, 1);
    for (const { minimum, median, ratio, samples } of rows) {
      t.true(minimum > 0 && median >= minimum && ratio > 0 && samples > 0);
    }
  }
  t.deepEqual(benchmark.absent, []);
  t.true(benchmark.creation.medianMicroseconds > 0);
  t.true(benchmark.startUp.tableBytesUsed > 0);
  t.true(benchmark.startUp.tableBytesUsed <= benchmark.startUp.tableBytesReserved);
  t.true(benchmark.scope.enterNanoseconds > 0);
  const { explainMicroseconds, traceMicroseconds, decidedCallMicroseconds } = benchmark.inspection;
  t.true(explainMicroseconds > 0 && traceMicroseconds > 0 && decidedCallMicroseconds > 0);
  t.true(benchmark.discovery.entries === 10_000 && benchmark.discovery.milliseconds > 0);
  t.deepEqual(Object.keys(benchmark.importing.addedMilliseconds), ["tagswitch", "tagswitch/image"]);
  for (const figure of ["4 types, over Map by constructor", "two arguments over one, 4 types"]) {
    t.true(
      benchmark.figures.some(({ name }) => name === figure),
      figure,
    );
  }
  t.deepEqual(JSON.parse(JSON.stringify(benchmark)), benchmark);

  const text = formatBenchmark(benchmark);
  for (const expected of ["direct call", "tagswitch, in a scope", "typed-function", "creating a dispatchable"]) {
    t.true(text.includes(expected), expected);
  }
  const plot = contestPlot(benchmark);
  t.true(plot.startsWith("<svg ") && plot.trimEnd().endsWith("</svg>"));
  t.false(plot.includes("NaN"));
});

test("without settings there are no contests, and no figures from them", async (t) => {
  const { contests, absent, figures } = await benchDispatch({ settings: [], pace });
  t.deepEqual(contests, []);
  t.deepEqual(absent, []);
  t.false(figures.some(({ name }) => name.includes("direct call")));
});
