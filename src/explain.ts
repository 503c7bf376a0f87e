import { backendName } from "./backend-name.ts";
import { recordOf } from "./dispatchable.ts";
import { willing } from "./plan.ts";
import { resolver } from "./realm.ts";
import { configOfCall, tagsOf, typesOf } from "./call.ts";
import { layOut } from "./table.ts";

/** What would become of one backend. */
export interface Expectation {
  readonly backend: string;
  /** `"runs"`, `"refused"`, or `"not reached"` when another one runs first. */
  readonly verdict: "runs" | "refused" | "not reached";
  /** Why it is refused; for the one that runs, whether arguments are converted. */
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
}

/**
 * Says who would run `fn(...args)` here and why, without running it or converting anything. `shouldRun` is asked.
 *
 * @throws DispatchError `ERR_DISPATCH_ARGUMENT` when `fn` is no dispatchable.
 */
export function explain<const A extends unknown[]>(
  // Any overload that takes the arguments will do.
  fn: (...args: NoInfer<A>) => unknown,
  ...args: A
): Explanation {
  const record = recordOf(fn);
  const config = configOfCall(record, args);
  const verdicts = resolver.explain(record.id, config.id, tagsOf(record, args));
  const refused = new Map<number, string>();
  const chosen = willing(record, verdicts, args, refused).next().value?.backend;
  const considered = verdicts.map(({ backend, reason, convert }): Expectation => {
    const name = backendName(backend);
    if (backend === chosen)
      return { backend: name, verdict: "runs", reason: convert ? "after converting the arguments" : "" };
    const why = reason || refused.get(backend);
    return why
      ? { backend: name, verdict: "refused", reason: why }
      : { backend: name, verdict: "not reached", reason: "" };
  });
  return new Explanation(record.name, typesOf(record, args), considered);
}
