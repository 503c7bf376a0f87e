import { type CallRecord, DispatchError, trace } from "../index.ts";
import { addEvidence, type Evidence, evidenceOf } from "./evidence.ts";
import {
  type CaseContext,
  type Dispatched,
  functionsOf,
  type Settings,
  type TestCase,
  type TestSuite,
} from "./suite.ts";

/** What a case is run with. */
interface CaseRun {
  readonly suite: TestSuite;
  readonly backend: string;
  readonly settings: Settings;
  /** How long the case may take. */
  readonly milliseconds: number;
}

/** What became of a case. */
export interface Outcome {
  /** What it proves, by function. */
  readonly evidence: ReadonlyMap<string, Evidence>;
  /** Why it failed; `undefined` when it did not. */
  readonly error: unknown;
  /** The form of the calls for which it failed. */
  readonly form: Form;
  /** Whether it ended early because the backend refused a call and nobody took over. */
  readonly cutShort: boolean;
}

/** The two forms of a call: `fn(…)` and `fn.async(…)`. */
export type Form = "sync" | "async";

/** A dispatchable, which has an asynchronous form too. */
type WithAsync = Dispatched & { readonly async?: (...args: unknown[]) => Promise<unknown> };

/** The forms in which a backend has the functions of a case. */
export type Forms = Readonly<Record<Form, boolean>>;

/**
 * Runs a case with its backend put first: by plain calls, unless the backend has none, and by asynchronous ones where it
 * has versions of its own for these, or ran none of the plain calls. Where it ran calls of one form only, that one counts.
 */
export async function runCase(testCase: TestCase, run: CaseRun, forms: Forms): Promise<Outcome> {
  const first = await runInForm(testCase, run, forms.sync ? "sync" : "async");
  if (!first.choosesForm || !forms.sync || (ranAny(first) && !forms.async)) return first;
  const second = await runInForm(testCase, run, "async");
  if (!ranAny(first)) return ranAny(second) || second.error !== undefined ? second : first;
  for (const [name, evidence] of second.evidence) addEvidence(evidence, first.evidence.get(name)!);
  return first.error === undefined ? second : { ...first, evidence: second.evidence };
}

function ranAny({ evidence }: Outcome): boolean {
  return [...evidence.values()].some(({ calls }) => calls > 0);
}

async function runInForm(
  testCase: TestCase,
  { suite, backend, settings, milliseconds }: CaseRun,
  form: Form,
): Promise<Outcome & { choosesForm: boolean }> {
  let choosesForm = false;
  const context: CaseContext = {
    backend,
    settings,
    async call(fn, ...args) {
      const asynchronous = (fn as WithAsync).async;
      choosesForm ||= asynchronous !== undefined;
      const asked = (form === "async" ? (asynchronous ?? fn) : fn) as (...given: unknown[]) => unknown;
      return (await asked(...args)) as never;
    },
  };
  let error: unknown;
  const body = async (): Promise<void> => {
    try {
      await within(milliseconds, async () => testCase.run(context));
    } catch (thrown) {
      error = thrown ?? new Error(`it threw ${String(thrown)}`);
    }
  };
  // An error that passed through trace() would take the records with it.
  const { calls } = await suite.system.backend(backend, () => trace(body));
  const subject = { system: suite.system.name, backend };
  const evidence = new Map(functionsOf(testCase).map((name) => [name, evidenceOf(calls, name, subject)]));
  const cutShort = isRefusal(error, calls);
  return { evidence, error: cutShort ? undefined : error, form, cutShort, choosesForm };
}

/** Whether an error only says that a recorded call found nobody to run it: the backend refused, and nobody took over. */
function isRefusal(error: unknown, calls: readonly CallRecord[]): boolean {
  const codes = ["ERR_DISPATCH_NO_IMPLEMENTATION", "ERR_DISPATCH_REFUSED"];
  return (
    error instanceof DispatchError &&
    codes.includes(error.code) &&
    calls.some((call) => call.error === error && call.backend === undefined)
  );
}

/** Fails work that does not end in time. While it waits, the process stays alive, which a lone promise does not ensure. */
async function within<T>(milliseconds: number, work: () => Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`it did not end within ${milliseconds} ms`)), milliseconds);
  });
  try {
    return await Promise.race([work(), late]);
  } finally {
    clearTimeout(timer);
  }
}
