import type { CallPlan, Later, OutcomeMaker } from "./call-plan.ts";
import type { AnyFunction } from "./signature.ts";

/** What runs where text may not become code: the same answers, slower. */
export function closureCall(plan: CallPlan): AnyFunction {
  return function call(this: unknown, ...args: unknown[]): unknown {
    if (!plan.counts.has(args.length)) return plan.search(this, ...args);
    const { outcomes, table } = plan.countPlan(args.length);
    return outcomes[table.get(args.map((value) => plan.kinds.kindOf(value)))]!(this, ...args);
  };
}

/** The same for one outcome. */
export const closureOutcome: OutcomeMaker = (plan, _count, candidates) => {
  return (self, ...args) => {
    const candidate = candidates.find(({ questions }) =>
      questions.every(({ at, types }) => types.some(({ test }) => test(args[at]))),
    );
    if (candidate === undefined) return plan.mismatch(...args);
    return plan.signatures[candidate.index]!.implementation.apply(self, args);
  };
};

/** A function that calls one that is made later. */
export function closureFront(later: Later): AnyFunction {
  return function call(this: unknown, ...args: unknown[]): unknown {
    return later.call!.apply(this, args);
  };
}
