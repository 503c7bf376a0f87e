import { type BackendSystem, DispatchError } from "../index.ts";

/** A dispatchable, whatever it takes. */
export type Dispatched = (...args: never[]) => unknown;

/** What whoever runs a suite may set: tolerances, sizes, seeds. */
export type Settings = Readonly<Record<string, string | number | boolean>>;

/** What a case is told. */
export interface CaseContext<S extends Settings = Settings> {
  /** The backend under test. */
  readonly backend: string;
  /** The suite's settings, with those of this run in their place. */
  readonly settings: S;
  /**
   * Calls a dispatchable as a user does: `fn(...args)`, or `fn.async(...args)` when the case is run again for the
   * backend's asynchronous versions. A case that calls functions itself is run once.
   */
  readonly call: <F extends Dispatched>(fn: F, ...args: Parameters<F>) => Promise<Awaited<ReturnType<F>>>;
}

/** One case of a suite. */
export interface TestCase<S extends Settings = Settings> {
  /** The functions that it tests, by the names of their dispatchables. The backend must run each of them. */
  readonly function: string | readonly string[];
  /** Unique among the cases of these functions. */
  readonly name: string;
  /** Throws to fail, or rejects; any assertion library will do. */
  run(context: CaseContext<S>): unknown;
}

/** A library's own tests, in a form that any of its backends can be put through. */
export interface TestSuite<S extends Settings = Settings> {
  readonly system: BackendSystem;
  /** What may be set, with the values where nobody does. */
  readonly settings?: S;
  readonly cases: readonly TestCase<S>[];
}

/**
 * Checks a suite, and gives its cases their types. A library exports it by default from the module that it names as
 * `tagswitch.systems[…].suite` in its package.json.
 *
 * @throws DispatchError `ERR_DISPATCH_ARGUMENT`: a case that names no function of the system, has another's name, or
 * cannot be run.
 */
export function defineSuite<const S extends Settings = Settings>(suite: TestSuite<Widened<S>>): TestSuite<Widened<S>> {
  const { system, cases }: Partial<TestSuite> = suite ?? {};
  if (typeof system?.name !== "string" || !Array.isArray(cases)) {
    throw wrong("a suite needs its system, and its cases, an array");
  }
  const names = system.functions;
  const seen = new Set<string>();
  for (const [i, each] of cases.entries()) {
    const tested = functionsOf(each);
    const label = `case ${i} of the suite of ${system.name} (${tested.join(", ")}: ${each.name})`;
    if (typeof each.name !== "string" || typeof each.run !== "function" || tested.length === 0) {
      throw wrong(`${label} needs the name of a function, a name of its own and run()`);
    }
    const unknown = tested.find((name) => !names.includes(name));
    if (unknown !== undefined) {
      throw wrong(`${label} tests ${unknown}, which is none of the system's functions: ${names.join(", ")}`);
    }
    const key = JSON.stringify([tested, each.name]);
    if (seen.has(key)) throw wrong(`${label} has the name of an earlier case`);
    seen.add(key);
  }
  return suite;
}

/** The functions that a case tests. */
export function functionsOf(testCase: TestCase): readonly string[] {
  const given: unknown = testCase.function;
  return typeof given === "string" ? [given] : Array.isArray(given) ? given : [];
}

/** `1e-5` as a default stands for any number. */
type Widened<S extends Settings> = {
  readonly [K in keyof S]: S[K] extends number
    ? number
    : S[K] extends boolean
      ? boolean
      : S[K] extends string
        ? string
        : S[K];
};

function wrong(message: string): DispatchError {
  return new DispatchError("ERR_DISPATCH_ARGUMENT", message);
}
