import { type Backend, type BackendSystem, createBackendSystem, type TypeIdentifier } from "../index.ts";

type Test = (value: unknown) => boolean;

const tests = new Map<TypeIdentifier, Test>();
/** Prototypes of values without a class of their own, which need no walk: it would be a long one. */
const CLASSLESS: ReadonlySet<unknown> = new Set([null, Object.prototype, Array.prototype, Function.prototype]);
let system: BackendSystem | undefined;

/**
 * A test for values of a type by identifier, subclasses included: a dispatchable that a backend for this one type
 * implements. So the type need not be loaded, and a class counts from its registration on.
 */
export function identifierTest(identifier: TypeIdentifier): Test {
  let test = tests.get(identifier);
  if (test === undefined) {
    system ??= createBackendSystem({ name: "tagswitch/typed", discover: false });
    const backend: Backend = system.registerBackend({
      name: identifier,
      primary: [{ type: identifier, subclasses: true }],
    });
    const isOfType = system.dispatchable(`is ${identifier}`, { on: [0] }, (_value: unknown): boolean => false);
    backend.implement(isOfType, () => true);
    test = (value) =>
      value !== undefined && value !== null && !CLASSLESS.has(Object.getPrototypeOf(value)) && isOfType(value);
    tests.set(identifier, test);
  }
  return test;
}
