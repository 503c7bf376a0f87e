// A pipeline each of whose steps runs on its own best backend, and stays with it.
import { fittedBy, trace } from "tagswitch";
import { backend, iris, LogisticRegression, makePipeline, PCA, type Pipeline, Scaler, split } from "./index.ts";
import "./backends/b1/index.ts";
import "./backends/b2/index.ts";
import { traceTree } from "./trace-tree.ts";

const { train, test } = split(iris());
const build = (): Pipeline => makePipeline(new Scaler(), new PCA(2), new LogisticRegression());

const reference = build().fit(train.X, train.y);
console.log(`default: ${percent(reference.score(test.X, test.y))} of ${test.y.length} irises are recognized`);

const pipeline = build();
const chosen = trace(() => backend(["b2", "b1"], () => pipeline.fit(train.X, train.y).score(test.X, test.y)));
console.log(`\nbackend(["b2", "b1"]): ${percent(chosen.result)}`);
console.log(traceTree(chosen.calls).join("\n"));

const steps = [...pipeline.transformers, pipeline.last];
console.log(`\n${steps.map((step) => `${step.constructor.name} was fitted by ${fittedBy(step)}`).join(", ")}.`);

const later = trace(() => pipeline.score(test.X, test.y));
console.log(`\nOutside the scope, the same pipeline: ${percent(later.result)}`);
console.log(traceTree(later.calls).join("\n"));

function percent(share: number): string {
  return `${(100 * share).toFixed(0)} %`;
}
