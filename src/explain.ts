import { inspect } from "node:util";
import { recordOfAsyncForm } from "./async-call.ts";
import { callOf, makesFromNothing, resolutionOf, typesOf, verdictsOf } from "./call.ts";
import { recordOf } from "./dispatchable.ts";
import type { ProtocolHolder } from "./protocol.ts";
import { holdersOf } from "./protocol-call.ts";
import { Selection } from "./selection.ts";
import { layOut } from "./table.ts";

/** What would become of one backend. */
export interface Expectation {
  readonly backend: string;
  /** `"runs"`, `"refused"`, or `"not reached"` when another one runs first. */
  readonly verdict: "runs" | "refused" | "not reached";
  /** Why it is refused; for the one that runs, whether arguments, or for lack of any the result, are converted. */
  readonly reason: string;
}

/** What a call would do. */
export class Explanation {
  readonly function: string;
  readonly types: readonly string[];
  /** Who would run it; `undefined` when nobody would. */
  readonly backend: string | undefined;
  /** Every backend of the system, in try order. */
  readonly considered: readonly Expectation[];

  constructor(name: string, types: readonly string[], considered: readonly Expectation[]) {
    this.function = name;
    this.types = types;
    this.considered = considered;
    this.backend = considered.find(({ verdict }) => verdict === "runs")?.backend;
  }

  /** The backends as a table. */
  toString(): string {
    const rows = this.considered.map(({ backend, verdict, reason }) => [backend, verdict, reason]);
    return `${this.function}(${this.types.join(", ")})\n${layOut(["backend", "verdict", "reason"], rows)}`;
  }

  static {
    // `console.log` prints the table.
    Object.defineProperty(this.prototype, inspect.custom, {
      value(this: Explanation): string {
        return this.toString();
      },
    });
  }
}

/**
 * Says who would run `fn(...args)` here and why, without running, loading or converting anything. `shouldRun` is asked.
 * With `fn.async` it is about the asynchronous call. What only shows when it is tried – a deferral, a conversion or a
 * start that fails for the first time – it does not know.
 *
 * @throws DispatchError `ERR_DISPATCH_ARGUMENT` when `fn` is no dispatchable.
 */
export function explain<const A extends unknown[]>(
  // Any overload that takes the arguments will do.
  fn: (...args: NoInfer<A>) => unknown,
  ...args: A
): Explanation;
/** A method's: the object comes before the arguments. */
export function explain<const A extends unknown[]>(
  method: (...args: NoInfer<A>) => unknown,
  receiver: object,
  ...args: A
): Explanation;
export function explain(fn: (...args: never[]) => unknown, ...args: unknown[]): Explanation {
  const asynchronous = recordOfAsyncForm(fn);
  const record = asynchronous ?? recordOf(fn);
  if (!record.system.discovered) record.system.discover();
  const resolution = resolutionOf(record, args);
  const verdicts = verdictsOf(record, resolution);
  const call = callOf(record, resolution, args, undefined, asynchronous !== undefined);
  const chosen = new Selection(call, verdicts).nextWilling()?.backend;
  const conversion = makesFromNothing(record, args) ? "before converting the result" : "after converting the arguments";
  const considered = verdicts.map(({ backend, reason, convert }): Expectation => {
    const { name } = record.system.backends.get(backend)!;
    if (backend === chosen) return { backend: name, verdict: "runs", reason: convert ? conversion : "" };
    const why = reason || call.refused.get(backend);
    return why
      ? { backend: name, verdict: "refused", reason: why }
      : { backend: name, verdict: "not reached", reason: "" };
  });
  const types = typesOf(record, args, resolution);
  return new Explanation(record.name, types, [...holdersOf(record, args, resolution, []).map(asked), ...considered]);
}

/** A class that is asked before the backends. What it answers shows only when it is. */
function asked({ name }: ProtocolHolder): Expectation {
  return { backend: name, verdict: "runs", reason: "unless it passes" };
}
