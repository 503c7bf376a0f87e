// The example library: everything that its users import.
export { iris, type Labelled, SPECIES, split } from "./iris.ts";
export { LogisticRegression } from "./logistic-regression.ts";
export { Matrix, type MatrixLike } from "./matrix.ts";
export { NotFittedError } from "./not-fitted-error.ts";
export { PCA } from "./pca.ts";
export { type Classifier, makePipeline, Pipeline, type Transformer } from "./pipeline.ts";
export { Scaler } from "./scaler.ts";
export { backend, system } from "./system.ts";
