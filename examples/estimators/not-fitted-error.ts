/** An estimator was asked for what only a fitted one knows. */
export class NotFittedError extends Error {
  override readonly name = "NotFittedError";
}

/**
 * What a backend learned of an estimator. Each backend keeps its own, in a form that only it reads: that is why an
 * estimator must stay with the backend that fitted it.
 *
 * @throws NotFittedError
 */
export function learned<T>(models: WeakMap<object, T>, estimator: object): T {
  const model = models.get(estimator);
  if (model === undefined) {
    throw new NotFittedError(`this ${estimator.constructor.name} knows nothing yet; call fit(X, …) first`);
  }
  return model;
}
