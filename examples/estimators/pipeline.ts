import type { MatrixLike } from "./matrix.ts";
import { system } from "./system.ts";

/** A step that changes samples. */
export interface Transformer {
  fit(X: MatrixLike): unknown;
  transform(X: MatrixLike): MatrixLike;
}

/** The last step. */
export interface Classifier {
  fit(X: MatrixLike, y: readonly number[]): unknown;
  predict(X: MatrixLike): number[];
  score(X: MatrixLike, y: readonly number[]): number;
}

/** Steps one after the other, as one estimator. Its own methods are dispatchable so that a trace shows what is whose. */
export class Pipeline {
  readonly transformers: readonly Transformer[];
  readonly last: Classifier;

  constructor(transformers: readonly Transformer[], last: Classifier) {
    this.transformers = transformers;
    this.last = last;
  }

  @system.method("Pipeline.fit", { on: [0] })
  fit(X: MatrixLike, y: readonly number[]): this {
    let samples = X;
    for (const step of this.transformers) {
      step.fit(samples);
      samples = step.transform(samples);
    }
    this.last.fit(samples, y);
    return this;
  }

  /** @throws NotFittedError */
  @system.method("Pipeline.predict", { on: [0] })
  predict(X: MatrixLike): number[] {
    return this.last.predict(this.#transformed(X));
  }

  /** @throws NotFittedError */
  @system.method("Pipeline.score", { on: [0] })
  score(X: MatrixLike, y: readonly number[]): number {
    return this.last.score(this.#transformed(X), y);
  }

  #transformed(X: MatrixLike): MatrixLike {
    return this.transformers.reduce((samples, step) => step.transform(samples), X);
  }
}

/** `makePipeline(new Scaler(), new PCA(2), new LogisticRegression())` */
export function makePipeline(...steps: readonly [...Transformer[], Classifier]): Pipeline {
  return new Pipeline(steps.slice(0, -1) as Transformer[], steps.at(-1) as Classifier);
}
