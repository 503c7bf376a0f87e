// Fisher's irises: what a classifier is tried on first.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Matrix } from "./matrix.ts";

/** Samples and their classes. */
export interface Labelled {
  readonly X: Matrix;
  readonly y: readonly number[];
}

/** The species by their numbers. */
export const SPECIES: readonly string[] = ["setosa", "versicolor", "virginica"];

/** The 150 flowers: sepal length and width, petal length and width in cm. */
export function iris(): Labelled {
  const text = readFileSync(join(import.meta.dirname, "data/iris.csv"), "utf8");
  const lines = text.trim().split("\n").slice(1);
  const cells = lines.map((line) => line.split(","));
  return {
    X: new Matrix(cells.map((row) => row.slice(0, 4).map(Number))),
    y: cells.map((row) => SPECIES.indexOf(row[4]!)),
  };
}

/** Every third sample to test with, the others to learn from. */
export function split({ X, y }: Labelled): { train: Labelled; test: Labelled } {
  const part = (isIn: (i: number) => boolean): Labelled => ({
    X: new Matrix(X.rows.filter((_, i) => isIn(i))),
    y: y.filter((_, i) => isIn(i)),
  });
  return { train: part((i) => i % 3 !== 2), test: part((i) => i % 3 === 2) };
}
