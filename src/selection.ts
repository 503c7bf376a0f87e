import { isPromise } from "node:util/types";
import type { BackendVerdict } from "./addon.ts";
import { makeReady, notReady } from "./backend-record.ts";
import { optionsRefusal, ownOptions } from "./backend-options.ts";
import { type Call, makesFromNothing, typesOf } from "./call.ts";
import { nameOfClassOf } from "./class-tag.ts";
import { changedIndexes } from "./dispatch-arguments.ts";
import {
  type ConversionRequest,
  conversionRefusal,
  type ConvertedCall,
  convertValues,
  isConverted,
} from "./conversion/index.ts";
import type { DispatchableRecord } from "./dispatchable.ts";
import type { DispatchContext } from "./dispatch-context.ts";
import { display, reasonOf } from "./display.ts";
import { DispatchError } from "./errors.ts";
import type { BackendImplementation } from "./implementation.ts";
import { keepLoaded } from "./loaded-implementation.ts";
import type { Implementation } from "./realm.ts";
import { Deferral, RunRefusal } from "./refusal.ts";
import type { Steps } from "./steps.ts";
import { identifierOf } from "./type-identifier.ts";

/** A backend that is about to run a call. */
export interface Selected {
  readonly backend: number;
  readonly implementation: BackendImplementation;
  readonly run: Implementation;
  readonly args: readonly unknown[];
  /** Where arguments were converted. */
  readonly conversion: { readonly request: ConversionRequest; readonly values: ConvertedCall } | undefined;
}

/**
 * The backends of a plan that agree to run a call, one after another: first those that say yes, then those that would
 * if needed. Each is asked when its turn comes. Refusals are noted in the call.
 */
export class Selection {
  readonly #call: Call;
  readonly #plan: readonly BackendVerdict[];
  readonly #ifNeeded: BackendVerdict[] = [];
  #at = 0;

  /** @param plan verdicts in try order; those with a reason are passed over. */
  constructor(call: Call, plan: readonly BackendVerdict[]) {
    this.#call = call;
    this.#plan = plan;
  }

  /** The next backend that agrees, without anything loaded or converted; `undefined` after the last. */
  nextWilling(): BackendVerdict | undefined {
    for (; this.#at < this.#plan.length; this.#at++) {
      const candidate = this.#plan[this.#at]!;
      if (candidate.reason !== "") continue;
      // What a library's policy has converted, as nobody put it first, comes after those that would if needed.
      if (candidate.convert && !candidate.prioritized && this.#ifNeeded.length > 0) break;
      const decision = decide(this.#call, candidate);
      if (decision === true) {
        this.#at++;
        return candidate;
      }
      if (decision === "ifNeeded") this.#ifNeeded.push(candidate);
      else this.#call.refused.set(candidate.backend, decision.reason);
    }
    return this.#ifNeeded.shift();
  }

  /** The next backend that agrees, loaded, ready and with the arguments that it needs. */
  *next(): Steps<Selected | undefined> {
    for (;;) {
      const candidate = this.nextWilling();
      if (candidate === undefined) return undefined;
      try {
        const selected = yield* prepare(this.#call, candidate);
        if (selected !== undefined) return selected;
      } catch (error) {
        // For the trace. Other errors are those of validators, and the ends of calls that are given up.
        if (error instanceof DispatchError) this.#call.refused.set(candidate.backend, error.message);
        throw error;
      }
    }
  }
}

/** The context of a call for one of its backends. */
export function contextOf(
  { record, args, resolution, asynchronous }: Call,
  verdict: Pick<BackendVerdict, "backend" | "prioritized" | "forced">,
): DispatchContext {
  const scopeType = resolution.config.typeOf(record.system.id);
  return {
    backend: record.system.backends.get(verdict.backend)!.name,
    function: record.name,
    types: typesOf(record, args, resolution),
    dispatchArguments: record.on.values(args),
    prioritized: verdict.prioritized,
    forced: verdict.forced,
    asynchronous,
    scopeType: scopeType === 0 ? undefined : identifierOf(scopeType),
    copies: resolution.config.copies,
  };
}

function decide(call: Call, candidate: BackendVerdict): true | "ifNeeded" | RunRefusal {
  const { record } = call;
  const backend = record.system.backends.get(candidate.backend)!;
  const implementation = record.implementations.get(candidate.backend)!;
  const impossible = call.asynchronous
    ? backend.start?.failure
    : implementation.forms.sync
      ? notReady(backend)
      : `asynchronous only; call ${record.name}.async(…)`;
  const reason =
    impossible ??
    optionsRefusal(record, implementation, call.args) ??
    (candidate.convert ? convertRefusal(call, candidate) : undefined);
  if (reason !== undefined) return new RunRefusal(reason);
  const { shouldRun } = implementation;
  return shouldRun === undefined ? true : ask(call, candidate, shouldRun);
}

function convertRefusal(call: Call, candidate: BackendVerdict): string | undefined {
  // What the call is to make was said by `like` or a scope's type: to put a backend first does not change that.
  const makes = makesFromNothing(call.record, call.args);
  if (makes && !candidate.forced) return "does not make values of the type asked for, and has no argument to convert";
  if (!makes && call.record.on.replace === undefined) {
    return "its arguments would have to be converted, and the function's extractor has no replace to put them back";
  }
  const request = requestOf(call, candidate.backend);
  const rigid = call.record.on.rigidHolder(call.args, (value) => isConverted(request, value));
  if (rigid !== undefined) {
    const advice = "pass a plain object, or one whose argument needs no conversion";
    return `an argument in an object of class ${nameOfClassOf(rigid)} would have to be converted, and only plain objects are copied; ${advice}`;
  }
  return conversionRefusal(request);
}

const EXPECTED = 'expected true, "ifNeeded" or the reason for refusing, a string or refuse("…")';

function ask(
  call: Call,
  candidate: BackendVerdict,
  shouldRun: NonNullable<BackendImplementation["shouldRun"]>,
): true | "ifNeeded" | RunRefusal {
  const context = contextOf(call, candidate);
  let decision: unknown;
  try {
    decision = shouldRun(context, ...call.args);
  } catch (cause) {
    // Nobody was asked yet: the error says which of a package's files is wrong.
    if (cause instanceof DispatchError && cause.code === "ERR_DISPATCH_LOAD") throw cause;
    const what =
      cause instanceof Deferral
        ? `is no place to defer(): ${EXPECTED}`
        : `threw for ${call.record.name}: ${reasonOf(cause)}`;
    throw badDecision(call, candidate, context, what, { cause });
  }
  if (decision === true || decision === "ifNeeded" || decision instanceof RunRefusal) return decision;
  if (typeof decision === "string" && decision !== "") return new RunRefusal(decision);
  // Nobody will ask what became of a promise.
  if (isPromise(decision)) decision.catch(() => {});
  const answer = isPromise(decision) ? "a promise" : display(decision);
  throw badDecision(call, candidate, context, `answered ${answer} for ${call.record.name}; ${EXPECTED}`);
}

function badDecision(
  call: Call,
  candidate: BackendVerdict,
  context: DispatchContext,
  what: string,
  options?: ErrorOptions,
): DispatchError {
  const message = `shouldRun of backend "${context.backend}" ${what}`;
  call.refused.set(candidate.backend, message);
  const details = { ...options, function: context.function, types: context.types };
  return new DispatchError("ERR_DISPATCH_SHOULD_RUN", message, details);
}

/** Brings a backend that agreed to where it can run; `undefined` when it turns out that it cannot. */
function* prepare(call: Call, candidate: BackendVerdict): Steps<Selected | undefined> {
  const { record } = call;
  const backend = record.system.backends.get(candidate.backend)!;
  const implementation = record.implementations.get(candidate.backend)!;
  validateCall(call, implementation);
  if (backend.start !== undefined) {
    const started = makeReady(backend);
    // What is thrown in here is not its failure, but the end of a call that is given up.
    const failure = (yield started.then(
      () => undefined,
      (error: Error) => error.message,
    )) as string | undefined;
    if (failure !== undefined) {
      call.refused.set(backend.id, failure);
      return undefined;
    }
  }
  if (implementation.source !== undefined) {
    const { source } = implementation;
    const loaded = call.asynchronous ? ((yield source.loadAsync()) as ReturnType<typeof source.load>) : source.load();
    keepLoaded(record, backend, implementation, loaded);
  }
  let given = ownOptions(call, backend.name, implementation);
  const context = implementation.context ? [contextOf(call, candidate)] : [];
  let conversion: Selected["conversion"];
  if (candidate.convert) {
    const request = requestOf(call, backend.id);
    let values;
    try {
      values = yield* convertValues(request);
    } catch (error) {
      if (candidate.forced || !(error instanceof DispatchError) || error.code !== "ERR_DISPATCH_CONVERSION")
        throw error;
      call.refused.set(backend.id, error.message);
      return undefined;
    }
    conversion = { request, values };
    try {
      if (!makesFromNothing(record, given)) given = withConverted(record, given, values);
    } catch (error) {
      values.release();
      throw error;
    }
  }
  const run = (call.asynchronous ? implementation.runAsync : undefined) ?? implementation.run;
  if (context.length > 0) given = [...context, ...given];
  return { backend: backend.id, implementation, run: run!, args: given, conversion };
}

/** The arguments with what was made of them. */
function withConverted(
  { on, mutates }: DispatchableRecord,
  args: readonly unknown[],
  { values, holders }: ConvertedCall,
): readonly unknown[] {
  return on.replace!(args, values, (position, own, copy) => {
    if (mutates.includes(position)) holders.add(own, copy);
  });
}

function validateCall({ record, args, output }: Call, { validate, validateAlso }: BackendImplementation): void {
  (validate ?? record.validate)?.(...args);
  validateAlso?.(...args);
  if (output !== undefined) record.output!.check(output, args, record.name);
}

function requestOf(
  { record, args, resolution: { config }, asynchronous, log }: Call,
  backend: number,
): ConversionRequest {
  return {
    function: record.name,
    backend,
    values: record.on.values(args),
    mutates: changedIndexes(record, args),
    copies: config.copies,
    asynchronous,
    keepType: config.typeOf(record.system.id),
    log: log?.conversions,
  };
}
