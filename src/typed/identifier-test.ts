import { type Backend, type BackendSystem, createBackendSystem, type TypeIdentifier } from "../index.ts";

type Test = (value: unknown) => boolean;

const tests = new Map<TypeIdentifier, Test>();
let system: BackendSystem | undefined;

/**
 * A test for values of a type by identifier, subclasses included: a dispatchable that a backend for this one type
 * implements. So the type need not be loaded, and a class counts from its registration on.
 */
export function identifierTest(identifier: TypeIdentifier): Test {
  let test = tests.get(identifier);
  if (test === undefined) {
    system ??= createBackendSystem({ name: "tagswitch/typed" });
    const backend: Backend = system.registerBackend({
      name: identifier,
      primary: [{ type: identifier, subclasses: true }],
    });
    const isOfType = system.dispatchable(`is ${identifier}`, { on: [0] }, (_value: unknown): boolean => false);
    backend.implement(isOfType, () => true);
    // Values that have no class of their own need no walk, which would be a long one.
    test = (value) => {
      if (value === undefined || value === null) return false;
      const prototype: unknown = Object.getPrototypeOf(value);
      return prototype !== Object.prototype && prototype !== null && isOfType(value);
    };
    tests.set(identifier, test);
  }
  return test;
}
