import { takenOption } from "./backend-options.ts";
import { anyTypes, type BackendDeclaration, checkDeclaration, type CheckedDeclaration } from "./backend-declaration.ts";
import type { BackendOrigin, BackendRecord } from "./backend-record.ts";
import type { DispatchContext } from "./dispatch-context.ts";
import { type DispatchableRecord, recordOf } from "./dispatchable.ts";
import { DispatchError, typed } from "./errors.ts";
import {
  type BackendImplementation,
  checkImplementation,
  type ImplementationForms,
  implementationOfMethod,
  type ImplementationOptions,
  type ImplementationDeclaration,
  lazyImplementation,
  runsDirectly,
} from "./implementation.ts";
import { change } from "./realm.ts";
import type { SystemRecord } from "./system-record.ts";
import { warn } from "./warning.ts";

/**
 * A backend's version of a function with arguments `A`: called like it, with arguments of the backend's own types, which
 * it may name. A method's gets the receiver as `this`.
 */
export type ImplementationOf<A extends unknown[], T = unknown> = {
  // A method's parameters may be narrower than those that it stands for; a function's may not.
  call(this: T, ...args: A): unknown;
}["call"];

/** An implementation, or both of its forms. */
type EitherForm<F> = F | ImplementationForms<F>;

/** A registered backend, to which implementations are added. */
export class Backend {
  readonly name: string;
  readonly #record: BackendRecord;
  readonly #system: SystemRecord;

  /** For the backend system; libraries call `registerBackend`. */
  constructor(system: SystemRecord, declaration: BackendDeclaration) {
    this.#record = addBackend(system, checkDeclaration(declaration), declaration);
    this.#system = system;
    this.name = this.#record.name;
  }

  /**
   * Adds this backend's version of a dispatchable of its system, in one form or both. It gets the arguments of the call,
   * converted to this backend's types where the user put the backend first.
   *
   * @throws DispatchError `ERR_DISPATCH_ARGUMENT` when `fn` is no dispatchable of the system,
   * `ERR_DISPATCH_DUPLICATE` when it is implemented already.
   */
  implement<A extends unknown[], T>(
    fn: (this: T, ...args: A) => unknown,
    implementation: NoInfer<EitherForm<ImplementationOf<[context: DispatchContext, ...args: A], T>>>,
    options: NoInfer<ImplementationOptions<A>> & { context: true },
  ): void;
  implement<A extends unknown[], T>(
    fn: (this: T, ...args: A) => unknown,
    implementation: NoInfer<EitherForm<ImplementationOf<A, T>>>,
    options?: NoInfer<ImplementationOptions<A>>,
  ): void;
  implement<A extends unknown[], T>(
    fn: (this: T, ...args: A) => unknown,
    implementation: EitherForm<(...args: never[]) => unknown>,
    options?: ImplementationOptions<A>,
  ): void {
    const record = recordOf(fn);
    if (record.system !== this.#system) {
      const message = `${record.name} belongs to ${record.system.name}, not to the system of backend "${this.name}"`;
      throw new DispatchError("ERR_DISPATCH_ARGUMENT", message);
    }
    if (record.implementations.has(this.#record.id)) {
      const message = `backend "${this.name}" implements ${record.name} already`;
      throw new DispatchError("ERR_DISPATCH_DUPLICATE", message, { function: record.name });
    }
    const checked = checkImplementation({ function: record.name, backend: this.name }, implementation, options);
    addImplementation(record, this.#record, checked);
  }
}

/** Adds a backend to a system and the registry. */
export function addBackend(
  system: SystemRecord,
  checked: CheckedDeclaration,
  declaration?: BackendDeclaration,
  origin?: BackendOrigin,
): BackendRecord {
  const id = typed(() => change("addBackend", system.id, { ...checked, discovered: origin !== undefined }));
  const initialize = declaration?.initialize;
  const start = initialize && { initialize, promise: undefined, failure: undefined };
  const record: BackendRecord = { id, name: checked.name, declaration, origin, start, onReady: [] };
  system.backends.set(id, record);
  return record;
}

/** Adds a backend's version of a dispatchable. */
export function addImplementation(
  record: DispatchableRecord,
  backend: BackendRecord,
  implementation: BackendImplementation,
): void {
  const taken = takenOption(record, implementation);
  if (taken !== undefined) {
    const { name, by } = taken;
    const message = `backend "${backend.name}" cannot have "${name}" for an option of its own of ${record.name}: ${by} has it`;
    throw new DispatchError("ERR_DISPATCH_ARGUMENT", message, { function: record.name });
  }
  const isCertain = backend.start === undefined && runsDirectly(record, implementation);
  typed(() => change("implement", record.id, backend.id, !isCertain));
  keep(record, backend, implementation);
}

/**
 * Adds a backend that was found by its manifest, with implementations that are loaded on first use. Those of functions
 * that the library has not made yet wait for them.
 */
export function addDiscoveredBackend(
  system: SystemRecord,
  declaration: BackendDeclaration,
  functions: readonly { name: string; implementation: ImplementationDeclaration }[],
  origin: BackendOrigin,
): void {
  const backend = addBackend(system, checkDeclaration(declaration), declaration, origin);
  const present: number[] = [];
  for (const { name, implementation: lazy } of functions) {
    const record = system.dispatchables.get(name);
    const implementation = lazyImplementation(lazy);
    if (record === undefined) {
      const waiting = system.waiting.get(name) ?? [];
      waiting.push({ backend, implementation });
      system.waiting.set(name, waiting);
    } else {
      present.push(record.id);
      keep(record, backend, withoutTaken(record, backend, implementation));
    }
  }
  if (present.length > 0) change("implementAll", backend.id, present, true);
}

/** Adds a backend that the environment blocks, so that its name is no mistake. Nothing else of it is known. */
export function addBlockedBackend(system: SystemRecord, name: string, origin: BackendOrigin): void {
  addBackend(system, anyTypes(name), undefined, origin);
}

/** Gives a new dispatchable the implementations that waited for it. */
export function addWaiting(record: DispatchableRecord): void {
  const waiting = record.system.waiting.get(record.name);
  if (waiting === undefined) return;
  for (const { backend, implementation } of waiting) {
    addImplementation(record, backend, withoutTaken(record, backend, implementation));
  }
  record.system.waiting.delete(record.name);
}

/** A manifest's implementation without options that others have: what is installed must not keep calls from other backends. */
function withoutTaken(
  record: DispatchableRecord,
  { name, origin }: Pick<BackendRecord, "name" | "origin">,
  implementation: BackendImplementation,
): BackendImplementation {
  const taken = takenOption(record, implementation);
  if (taken === undefined) return implementation;
  const place = `functions[${JSON.stringify(record.name)}].options.${taken.name}`;
  const message = `${origin?.manifest}: ${place} is ignored for backend "${name}": ${taken.by} has it itself`;
  warn("TAGSWITCH_MANIFEST", message);
  const options = new Map(implementation.options);
  options.delete(taken.name);
  return withoutTaken(record, { name, origin }, { ...implementation, options });
}

function keep(record: DispatchableRecord, backend: BackendRecord, given: BackendImplementation): void {
  const implementation = record.method === undefined ? given : implementationOfMethod(given);
  record.implementations.set(backend.id, implementation);
  if (implementation.options.size > 0) record.state.plain = false;
  if (backend.start === undefined) return;
  backend.onReady.push(() => {
    if (runsDirectly(record, implementation)) change("setConditional", record.id, backend.id, false);
  });
}
