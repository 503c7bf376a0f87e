// The example library of estimators: right numbers, each step on its own backend, and loyal afterwards.
import "../backends/from-sources.ts";
import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import test from "ava";
import type { Matrix as Rows, MatrixLike } from "../../examples/estimators/index.ts";
import { type CallRecord, fittedBy, trace } from "../../src/index.ts";

// Loaded when tagswitch means the sources.
const { backend, iris, LogisticRegression, makePipeline, Matrix, NotFittedError, PCA, Scaler, split } =
  await import("../../examples/estimators/index.ts");
await import("../../examples/estimators/backends/b2/index.ts");
const { DenseMatrix } = await import("../../examples/estimators/backends/b1/dense-matrix.ts");
await import("../../examples/estimators/backends/b1/index.ts");

const { train, test: tested } = split(iris());
const build = () => makePipeline(new Scaler(), new PCA(2), new LogisticRegression());

/** Each call and who ran it, inner calls after theirs and indented. */
function tree(calls: readonly CallRecord[], indent = ""): string[] {
  return calls.flatMap((call) => [`${indent}${call.function} ${call.backend}`, ...tree(call.calls, `${indent}  `)]);
}

function largestDifference(a: MatrixLike, b: MatrixLike): number {
  const [left, right] = [(a as Rows).rows.flat(), (b as Rows).rows.flat()];
  return Math.max(...left.map((x, i) => Math.abs(x - right[i]!)));
}

/** Samples whose features are correlated and of different sizes, in three classes. */
function generated(samples: number, features: number): { X: Rows; y: number[] } {
  let seed = samples;
  const random = (): number => (seed = (seed * 48_271) % 2_147_483_647) / 2_147_483_647 - 0.5;
  const rows = Array.from({ length: samples }, () => {
    const common = random();
    return Array.from({ length: features }, (_, j) => (j + 1) * (common + random()) + 10 * j);
  });
  return { X: new Matrix(rows), y: rows.map(([first]) => (first! > 0.3 ? 2 : first! > -0.1 ? 1 : 0)) };
}

test("the irises are those of Fisher's paper", (t) => {
  const { X, y } = iris();
  t.deepEqual(X.shape, [150, 4]);
  const means = [0, 1, 2].map((species) => {
    const rows = X.rows.filter((_, i) => y[i] === species);
    return [0, 1, 2, 3].map((j) => Number((rows.reduce((sum, row) => sum + row[j]!, 0) / rows.length).toFixed(3)));
  });
  t.deepEqual(means, [
    [5.006, 3.428, 1.462, 0.246],
    [5.936, 2.77, 4.26, 1.326],
    [6.588, 2.974, 5.552, 2.026],
  ]);
});

test("nearly nine of ten irises are recognized by two components, whoever runs the steps", (t) => {
  const scores = ["default", ["b2", "b1"], ["b1", "b2"]].map((choice) =>
    backend(choice, () => build().fit(train.X, train.y).score(tested.X, tested.y)),
  );
  t.deepEqual(scores, [0.88, 0.88, 0.88]);
});

test("all four features recognize more", (t) => {
  const pipeline = makePipeline(new Scaler(), new LogisticRegression({ penalty: 0.001 })).fit(train.X, train.y);
  t.true(pipeline.score(tested.X, tested.y) >= 0.94);
});

test("each step runs on the first backend that has it, and the trace is a tree", (t) => {
  const { X, y } = train;
  const { calls } = trace(() => backend(["b2", "b1"], () => build().fit(X, y).score(X, y)));
  t.deepEqual(tree(calls), [
    "Pipeline.fit default",
    "  Scaler.fit b1",
    "  Scaler.transform b1",
    "  PCA.fit b1",
    "  PCA.transform b1",
    "  LogisticRegression.fit b2",
    "Pipeline.score default",
    "  Scaler.transform b1",
    "  PCA.transform b1",
    "  LogisticRegression.probabilities b2",
  ]);
  const [fit] = calls[0]!.calls;
  t.deepEqual(
    fit!.conversions.map(({ from, to }) => `${from} ${to}`),
    ["estimators:Matrix b1:DenseMatrix"],
  );
  t.regex(fit!.considered.find(({ backend: name }) => name === "b2")!.reason, /implement/);
});

test("later calls stay with the backends that fitted, in other scopes too", (t) => {
  const { X, y } = train;
  const pipeline = backend(["b2", "b1"], () => build().fit(X, y));
  t.deepEqual([...pipeline.transformers, pipeline.last].map(fittedBy), ["b1", "b1", "b2"]);
  const expected = [
    "Pipeline.score default",
    "  Scaler.transform b1",
    "  PCA.transform b1",
    "  LogisticRegression.probabilities b2",
  ];
  t.deepEqual(tree(trace(() => pipeline.score(X, y)).calls), expected);
  t.deepEqual(tree(trace(() => backend("default", () => pipeline.score(X, y))).calls), expected);
  pipeline.fit(X, y);
  t.deepEqual([...pipeline.transformers, pipeline.last].map(fittedBy), ["default", "default", "default"]);
});

for (const [name, { X, y }] of [
  ["the irises", iris()],
  ["generated samples", generated(211, 7)],
  ["samples of one feature", generated(20, 1)],
] as const) {
  test(`backends agree with the reference on ${name}`, (t) => {
    const components = Math.min(3, X.shape[1]);
    const results = ["default", ["b1", "b2"]].map((choice) =>
      backend(choice, () => {
        const scaled = new Scaler().fit(X).transform(X);
        const projected = new PCA(components).fit(scaled).transform(scaled);
        const probabilities = new LogisticRegression().fit(scaled, y).probabilities(scaled);
        return { scaled, projected, probabilities };
      }),
    );
    const [reference, other] = results as [(typeof results)[number], (typeof results)[number]];
    t.true(largestDifference(reference.scaled, other.scaled) < 1e-9);
    // A direction's largest entry is positive; where two are equally large, rounding decides.
    const signs = (reference.projected as Rows).rows[0]!.map((x, k) =>
      Math.sign(x * (other.projected as Rows).rows[0]![k]!),
    );
    const turned = new Matrix((other.projected as Rows).rows.map((row) => row.map((x, k) => x * signs[k]!)));
    t.true(largestDifference(reference.projected, turned) < 1e-9);
    t.true(largestDifference(reference.probabilities, other.probabilities) < 1e-9);
  });
}

for (const choice of ["default", "b1"]) {
  test(`principal components by ${choice}: the irises' known variances, and nothing shared between them`, (t) => {
    const { X } = iris();
    const { rows } = backend(choice, () => new PCA(4).fit(X).transform(X)) as Rows;
    const covariance = [0, 1, 2, 3].map((j) =>
      [0, 1, 2, 3].map((k) => rows.reduce((sum, row) => sum + row[j]! * row[k]!, 0) / (rows.length - 1)),
    );
    // Of R's prcomp(iris[, 1:4])$sdev ^ 2
    const variances = [4.228_241_71, 0.242_670_75, 0.078_209_5, 0.023_835_09];
    for (const [j, row] of covariance.entries()) {
      for (const [k, value] of row.entries()) t.true(Math.abs(value - (j === k ? variances[j]! : 0)) < 1e-8);
    }
  });
}

test("scaled features have mean 0 and variance 1; a constant one stays finite", (t) => {
  const X = new Matrix([1, 2, 3, 6].map((x) => [x, 5]));
  for (const choice of ["default", "b1"]) {
    const { rows } = backend(choice, () => new Scaler().fit(X).transform(X)) as Rows;
    const [sum, squares] = [0, 1].map((power) => rows.reduce((total, [x]) => total + x! ** (power + 1), 0));
    t.true(Math.abs(sum!) < 1e-12 && Math.abs(squares! - rows.length) < 1e-12);
    t.deepEqual(
      rows.map(([, constant]) => constant),
      [0, 0, 0, 0],
    );
  }
});

test("a backend's own matrices go in and come out without any choice", (t) => {
  const dense = new DenseMatrix(Float64Array.of(1, 2, 3, 5), [4, 1]);
  const traced = trace(() => new Scaler().fit(dense).transform(dense));
  t.true(traced.result instanceof DenseMatrix);
  t.deepEqual(tree(traced.calls), ["Scaler.fit b1", "Scaler.transform b1"]);
  t.true(traced.calls.every(({ conversions }) => conversions.length === 0));
});

test("what is not fitted says so, on every backend", (t) => {
  for (const choice of ["default", "b1", "b2"]) {
    t.throws(() => backend(choice, () => new Scaler().transform(train.X)), { instanceOf: NotFittedError });
    t.throws(() => backend(choice, () => new LogisticRegression().predict(train.X)), {
      instanceOf: NotFittedError,
      message: "this LogisticRegression knows nothing yet; call fit(X, …) first",
    });
  }
});

test("the program prints the score and the tree", async (t) => {
  t.timeout(60_000);
  const main = join(import.meta.dirname, "../../examples/estimators/main.ts");
  const { stdout, stderr } = await promisify(execFile)(process.execPath, [
    "--import",
    import.meta.resolve("tsx"),
    main,
  ]);
  t.is(stderr, "");
  t.regex(stdout, /^default: 88 % of 50 irises are recognized$/m);
  t.regex(stdout, /^│ {2}├─ PCA\.fit +b1 /m);
  t.regex(stdout, /^│ {2}└─ LogisticRegression\.fit +b2 +[\d.]+ ms, Matrix → ColumnMatrix$/m);
  t.regex(stdout, /^Scaler was fitted by b1, PCA was fitted by b1, LogisticRegression was fitted by b2\.$/m);
});
