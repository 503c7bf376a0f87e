import { type BackendSystem, DispatchError } from "../index.ts";
import { listedFor, nearestFunction } from "../spelling.ts";
import { functionReport, VerificationReport } from "./report.ts";
import { type Form, type Forms, type Outcome, runCase } from "./run-case.ts";
import { defineSuite, functionsOf, type Settings, type TestSuite } from "./suite.ts";

/** How a suite is run. */
export interface ThroughOptions {
  /** Values in place of the suite's settings. */
  settings?: Settings;
  /** Only these functions, or groups of them: `"filters"` is every function `"filters.…"`. */
  functions?: readonly string[];
  /** How long a case may take, in milliseconds. Default 60,000. */
  timeout?: number;
  /** Told which case is next, and which share of them is done. */
  onProgress?: (testCase: string, done: number) => void;
}

/**
 * Runs a suite through a backend and proves that the backend ran: each case runs in a scope that puts the backend first,
 * with arguments converted to its types and results back, and with its calls recorded. A case counts only for a
 * function that the backend ran in it.
 *
 * @throws DispatchError `ERR_DISPATCH_UNKNOWN_BACKEND`; `ERR_DISPATCH_ARGUMENT` for a setting, or a function, that there
 * is not. What a case throws is in the report.
 */
export async function throughBackend<S extends Settings>(
  given: TestSuite<S>,
  backend: string,
  options: ThroughOptions = {},
): Promise<VerificationReport> {
  const { timeout = 60_000, onProgress = () => {} } = options;
  // Settings are of its types, as is checked below.
  const suite = defineSuite(given as unknown as TestSuite);
  const { system } = suite;
  // Asked for its error, where there is no such backend.
  system.backend(backend, () => {});
  const settings = settingsOf(suite, options.settings ?? {});
  const names = chosen(system, options.functions);
  const forms = formsOf(system, backend);
  const cases = suite.cases.filter((one) => functionsOf(one).some((name) => names.includes(name) && forms.has(name)));
  // Why it does not start, its refusals say.
  await system.ready(backend).catch(() => {});
  const outcomes: { name: string; tested: readonly string[]; outcome: Outcome }[] = [];
  for (const [i, one] of cases.entries()) {
    const tested = functionsOf(one);
    onProgress(`${tested.join(", ")}: ${one.name}`, i / cases.length);
    const has = (form: Form): boolean => tested.some((name) => forms.get(name)?.[form]);
    const run = { suite, backend, settings, milliseconds: timeout };
    const outcome = await runCase(one, run, { sync: has("sync"), async: has("async") });
    outcomes.push({ name: one.name, tested, outcome });
  }
  const reports = names.map((name) =>
    functionReport(
      name,
      forms.has(name),
      outcomes.filter(({ tested }) => forms.has(name) && tested.includes(name)),
    ),
  );
  return new VerificationReport(system.name, backend, settings, reports);
}

function settingsOf({ system, settings = {} }: TestSuite, given: Settings): Settings {
  for (const [name, value] of Object.entries(given)) {
    const expected = Object.hasOwn(settings, name) ? typeof settings[name] : undefined;
    if (typeof value === expected) continue;
    const known = Object.entries(settings).map(([one, usual]) => `${one} (${typeof usual})`);
    const message = `setting ${name} is ${typeof value} ${value}; the suite of ${system.name} has: ${known.join(", ") || "none"}`;
    throw new DispatchError("ERR_DISPATCH_ARGUMENT", message);
  }
  return { ...settings, ...given };
}

/** The forms of the functions that a backend implements. None of them is loaded for it. */
function formsOf(system: BackendSystem, backend: string): Map<string, Forms> {
  const implementations = system.describe().functions.flatMap(({ name, backends }) => {
    const own = backends.find((one) => one.backend === backend);
    return own === undefined ? [] : ([[name, own]] as const);
  });
  return new Map(implementations);
}

/** The functions of a system that were asked for. */
function chosen(
  { name: system, functions }: BackendSystem,
  patterns: readonly string[] | undefined,
): readonly string[] {
  if (patterns === undefined) return functions;
  const matches = (name: string, pattern: string): boolean => name === pattern || name.startsWith(`${pattern}.`);
  const unknown = patterns.find((pattern) => !functions.some((name) => matches(name, pattern)));
  if (unknown !== undefined) {
    const groups = functions.flatMap((name) => (name.includes(".") ? [name.slice(0, name.lastIndexOf("."))] : []));
    const known = [...new Set([...functions, ...groups])];
    const meant = nearestFunction(unknown, known);
    const advice = meant === undefined ? `there is: ${listedFor(unknown, known)}` : `did you mean "${meant}"?`;
    const message = `${system} has no function or group "${unknown}"; ${advice}`;
    throw new DispatchError("ERR_DISPATCH_ARGUMENT", message);
  }
  return functions.filter((name) => patterns.some((pattern) => matches(name, pattern)));
}
