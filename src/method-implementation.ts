import type { BackendImplementation, ImplementationSource, LoadedForms } from "./implementation.ts";
import type { Implementation } from "./realm.ts";

const bare = new WeakMap<Implementation, Implementation>();

/**
 * An implementation of a method as the dispatcher calls it: with the receiver as the first argument, so that methods are
 * dispatched as functions are.
 */
export function receiverFirst(implementation: Implementation): Implementation {
  const run: Implementation = (receiver, ...args) => Reflect.apply(implementation, receiver, args);
  bare.set(run, implementation);
  return run;
}

/** What was given to {@link receiverFirst}; any other implementation as it is. */
export function bareImplementation(run: Implementation): Implementation {
  return bare.get(run) ?? run;
}

/** An implementation of a method, whose functions have the receiver as `this`, in the dispatcher's form. */
export function implementationOfMethod(implementation: BackendImplementation): BackendImplementation {
  const { shouldRun, validate, validateAlso, source } = implementation;
  const adapt = (run: Implementation | undefined): Implementation | undefined =>
    run && (implementation.context ? receiverSecond(run) : receiverFirst(run));
  const forms = ({ sync, async: later }: LoadedForms): LoadedForms => ({ sync: adapt(sync), async: adapt(later) });
  return {
    ...implementation,
    run: adapt(implementation.run),
    runAsync: adapt(implementation.runAsync),
    source: source && adaptedSource(source, forms),
    shouldRun: shouldRun && receiverSecond(shouldRun as Implementation),
    validate: validate && receiverFirst(validate),
    validateAlso: validateAlso && receiverFirst(validateAlso),
  };
}

/** The same where the dispatch context comes before the receiver. */
function receiverSecond(implementation: Implementation): Implementation {
  const run: Implementation = (context, receiver, ...args) =>
    Reflect.apply(implementation, receiver, [context, ...args]);
  bare.set(run, implementation);
  return run;
}

function adaptedSource(source: ImplementationSource, adapt: (forms: LoadedForms) => LoadedForms): ImplementationSource {
  return {
    load: () => adapt(source.load()),
    loadAsync: async () => adapt(await source.loadAsync()),
  };
}
