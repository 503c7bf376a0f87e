// How long the steps take on samples that are worth it: node --import tsx speed.ts
import { backend, type Labelled, LogisticRegression, Matrix, PCA, Scaler } from "./index.ts";
import "./backends/b1/index.ts";
import "./backends/b2/index.ts";

const SAMPLES = 4000;
const FEATURES = 16;
const RUNS = 3;

const { X, y } = generated();
const scaled = new Scaler().fit(X).transform(X);

console.log(`${SAMPLES} samples of ${FEATURES} features, the best of ${RUNS} runs, conversions included`);
compare("Scaler.fit", "b1", () => new Scaler().fit(X));
compare("PCA.fit", "b1", () => new PCA(2).fit(scaled));
compare("LogisticRegression.fit", "b2", () => new LogisticRegression().fit(scaled, y));

function compare(name: string, choice: string, run: () => unknown): void {
  const [slow, fast] = ["default", choice].map((each) => milliseconds(() => backend(each, run)));
  console.log(`${name.padEnd(24)} default ${slow!.padStart(8)}   ${choice} ${fast!.padStart(8)}`);
}

function milliseconds(run: () => unknown): string {
  const times = Array.from({ length: RUNS }, () => {
    const start = performance.now();
    run();
    return performance.now() - start;
  });
  return `${Math.min(...times).toFixed(1)} ms`;
}

/** Samples with correlated features, in three classes that overlap a little; the same ones each time. */
function generated(): Labelled {
  const random = generator();
  const mixing = Array.from({ length: FEATURES }, () => Array.from({ length: FEATURES }, random));
  const rows = Array.from({ length: SAMPLES }, () => {
    const sources = Array.from({ length: FEATURES }, random);
    return mixing.map((weights) => weights.reduce((sum, weight, i) => sum + weight * sources[i]!, 0));
  });
  const label = ([a, b, c]: readonly number[]): number => (a! + b! + 0.3 * random() > 0.2 ? 2 : c! > 0 ? 1 : 0);
  return { X: new Matrix(rows), y: rows.map(label) };
}

/** Numbers between −0.5 and 0.5. Park, S. K., Miller, K. W. (1988), with the multiplier 48271. */
function generator(): () => number {
  let seed = 1;
  return () => {
    seed = (seed * 48_271) % 2_147_483_647;
    return seed / 2_147_483_647 - 0.5;
  };
}
