import type { BackendVerdict } from "./addon.ts";
import { asyncForm, type AsyncForm } from "./async-call.ts";
import { describeImplementations, type ImplementationInfo } from "./description.ts";
import {
  argumentsAt,
  type DispatchArgument,
  type DispatchArguments,
  extractedArguments,
  LAST_POSITION,
} from "./dispatch-arguments.ts";
import { display } from "./display.ts";
import { DispatchError } from "./errors.ts";
import { beginFit } from "./fitted.ts";
import { type BackendImplementation, ownImplementation, runsDirectly } from "./implementation.ts";
import { delivered, outputOf, type OutputOption } from "./output-option.ts";
import { addDispatchable, type Implementation, type StubState, trackState } from "./realm.ts";
import { choose } from "./resolution.ts";
import { createStub } from "./stub.ts";
import { ownBackend, type SystemRecord } from "./system-record.ts";
import { listed, unknownMember } from "./unknown-member.ts";

/** How a dispatchable is called. */
export interface DispatchableConfig {
  /**
   * Where the arguments are whose types choose the implementation: positions; paths such as `[1, "mask"]` and, for a
   * list's elements, `[0, "*"]`; or a function of the arguments that finds them. Missing ones are passed over. None,
   * `[]`, for functions that make something from nothing: a scope's `type` or the option `like` directs them.
   */
  on: readonly DispatchArgument[] | ((...args: never[]) => readonly unknown[]);
  /** Where `on` is a function: the arguments with converted ones put in. Without it nothing is converted. */
  replace?: (args: readonly unknown[], values: readonly unknown[]) => readonly unknown[];
  /**
   * Position of the options object, whose `backend` property chooses for one call. Default: after the last
   * dispatch argument.
   */
  options?: number;
  /** Names of the function's own options: no backend may take one of them for an option of its own. */
  optionNames?: readonly string[];
  /** The group by which scopes and the environment may choose. Default: what precedes the last dot of the name. */
  group?: string;
  /** Positions of the arguments that a call changes. */
  mutates?: readonly number[];
  /** The option by which a caller gives what the result is written into. */
  output?: OutputOption;
  /** Throws for arguments that make no sense, whoever implements the function. Backends may replace or extend it. */
  validate?: (...args: never[]) => void;
}

/** A dispatchable: a function called like the library's own. */
export type Dispatchable<F extends (...args: never[]) => unknown> = F & DispatchableMembers<F>;

/** The type of the function that a dispatchable is. */
export type FunctionOf<D> = D extends { readonly [FUNCTION]?: infer F } ? NonNullable<F> : D;

/** In types only: keeps the function's apart from that of its members. */
declare const FUNCTION: unique symbol;

/** What a dispatchable has beside being a function. */
export interface DispatchableMembers<F> {
  readonly [FUNCTION]?: F;
  /** The same call answered by a promise, so that asynchronous implementations can run it too. */
  readonly async: AsyncForm<F>;
  /** Who implements it, in the order in which they are tried. */
  readonly backends: readonly ImplementationInfo[];
}

/** What the dispatcher knows of one dispatchable. */
export interface DispatchableRecord {
  readonly id: number;
  readonly name: string;
  readonly group: string | undefined;
  readonly system: SystemRecord;
  readonly on: DispatchArguments;
  readonly options: number;
  readonly optionNames: readonly string[];
  readonly mutates: readonly number[];
  readonly output: OutputOption | undefined;
  readonly validate: Implementation | undefined;
  readonly state: StubState;
  /** The backends that come into question for a slot, where the first does not certainly run. */
  readonly plans: (readonly BackendVerdict[])[];
  /** Implementations by the number of their backend. */
  readonly implementations: Map<number, BackendImplementation>;
  /** Of a method, whose object is the first argument here: whether it fits that object. */
  readonly method: { readonly fits: boolean } | undefined;
  /** Is told that a call begins, and gives what is told which backend ran it, after it did. */
  readonly onRun: ((args: readonly unknown[]) => (backend: number) => void) | undefined;
}

const records = new WeakMap<object, DispatchableRecord>();

/** What every dispatchable inherits. */
const members: object = Object.create(Function.prototype, {
  async: {
    get(this: object): unknown {
      return asyncForm(recordOf(this));
    },
  },
  backends: {
    get(this: object): unknown {
      return describeImplementations(recordOf(this));
    },
  },
}) as object;

/**
 * Makes a dispatchable of `system`.
 *
 * @param own the implementation of backend `default`; a method's takes the object as its first argument.
 */
export function createDispatchable(
  system: SystemRecord,
  name: string,
  config: DispatchableConfig,
  own: Implementation,
  method?: DispatchableRecord["method"],
): { call: Implementation; record: DispatchableRecord } {
  const { on, options, optionNames, group, mutates, output, validate } = checkConfig(name, config);
  if (system.dispatchables.has(name)) {
    const message = `${system.name} has a function ${display(name)} already; backends and scopes tell them by name`;
    throw new DispatchError("ERR_DISPATCH_DUPLICATE", message, { function: name });
  }
  const environment = system.environment.forFunction(name, group);
  const creates = on.paths?.length === 0;
  const isPlain = group === undefined && environment.length === 0 && !creates;
  const description = isPlain ? undefined : { ...(group && { group }), environment: [...environment], creates };
  const implementation = ownImplementation(own);
  const onRun: DispatchableRecord["onRun"] = method?.fits
    ? ([receiver]): ReturnType<typeof beginFit> => beginFit(receiver, system)
    : undefined;
  const isCertain = runsDirectly({ mutates, onRun, validate }, implementation);
  const backend = ownBackend(system);
  const id = addDispatchable(system.id, backend, !isCertain, on.fixed, description);
  const stub = createStub(id, { on, options, output: output?.option }, (...args) => choose(record, args));
  const { state } = stub;
  const plans: BackendVerdict[][] = [];
  const implementations = new Map<number, BackendImplementation>().set(backend, implementation);
  const record: DispatchableRecord = {
    id,
    name,
    group,
    system,
    on,
    options,
    optionNames,
    mutates,
    output,
    validate,
    state,
    plans,
    implementations,
    method,
    onRun,
  };
  trackState(state);
  system.dispatchables.set(name, record);
  const call = system.environment.dispatch ? stub.call : undispatched(record, own);
  Object.defineProperty(call, "name", { value: lastPart(name), configurable: true });
  Object.defineProperty(call, "length", { value: own.length, configurable: true });
  // Last: V8 keeps the shape of functions that got their properties before.
  Object.setPrototypeOf(call, members);
  records.set(call, record);
  return { call, record };
}

/** What JavaScript calls a function of this name. Not `own.name`: who puts modules together renames functions. */
export function lastPart(name: string): string {
  return name.slice(name.lastIndexOf(".") + 1);
}

/** What a dispatchable is where dispatch is switched off: as the library wrote it, its validator included. */
function undispatched(record: DispatchableRecord, own: Implementation): Implementation {
  const { name, validate, output: option } = record;
  return (...args) => {
    validate?.(...args);
    const output = outputOf(record, args);
    if (output !== undefined) option!.check(output, args, name);
    return delivered(record, output, own(...args));
  };
}

/** The record of a dispatchable. */
export function recordOf(fn: unknown): DispatchableRecord {
  const record = typeof fn === "function" ? records.get(fn) : undefined;
  if (record === undefined) {
    const message = `${display(fn)} is no dispatchable; expected a function made by dispatchable()`;
    throw new DispatchError("ERR_DISPATCH_ARGUMENT", message);
  }
  return record;
}

/** Has another function stand for a dispatchable. */
export function standsFor(fn: object, record: DispatchableRecord): void {
  Object.setPrototypeOf(fn, members);
  records.set(fn, record);
}

const NONE: readonly never[] = [];
const MEMBERS: ReadonlySet<string> = new Set([
  ...["on", "replace", "options", "optionNames", "group", "mutates", "output", "validate"],
]);

interface CheckedConfig {
  readonly on: DispatchArguments;
  readonly options: number;
  readonly optionNames: readonly string[];
  readonly group: string | undefined;
  readonly mutates: readonly number[];
  readonly output: OutputOption | undefined;
  readonly validate: Implementation | undefined;
}

function checkConfig(name: string, config: DispatchableConfig): CheckedConfig {
  const {
    on,
    replace,
    options,
    optionNames = NONE,
    group,
    mutates = NONE,
    output,
    validate,
  }: Partial<DispatchableConfig> = config ?? {};
  const isFunction = typeof on === "function";
  if (typeof name !== "string" || name === "") throw wrongConfig(name, config, "a name");
  if (unknownMember(config ?? {}, MEMBERS) !== undefined) {
    throw wrongConfig(name, config, `no more than ${listed(MEMBERS)}`);
  }
  if (!isFunction && !(Array.isArray(on) && on.every(isDispatchArgument))) {
    const places = 'positions, from 0 to 15, or paths, as in { on: [0] } and { on: [[0, "*"]] }';
    throw wrongConfig(name, config, `the dispatch arguments' ${places}`);
  }
  if (options !== undefined && !isPosition(options)) {
    throw wrongConfig(name, config, "options to be a position, from 0 to 15");
  }
  if (!Array.isArray(optionNames) || !optionNames.every((option) => typeof option === "string")) {
    throw wrongConfig(name, config, "optionNames to be names");
  }
  if (!Array.isArray(mutates) || !mutates.every(isPosition)) {
    throw wrongConfig(name, config, "mutates to be positions, from 0 to 15");
  }
  if (replace !== undefined && !(isFunction && typeof replace === "function")) {
    throw wrongConfig(name, config, "replace, a function, only where on is a function");
  }
  if (group !== undefined && typeof group !== "string") throw wrongConfig(name, config, "group to be a string");
  if (validate !== undefined && typeof validate !== "function") {
    throw wrongConfig(name, config, "validate to be a function");
  }
  if (output !== undefined && !isOutputOption(output)) {
    throw wrongConfig(name, config, "output to be { option, check, write }");
  }
  if (isFunction && options === undefined) {
    throw wrongConfig(name, config, "the position of the options where on is a function");
  }
  const places = isFunction ? extractedArguments(name, { on, replace }) : argumentsAt(on);
  const dot = name.lastIndexOf(".");
  return {
    on: places,
    options: options ?? places.after,
    optionNames,
    group: group ?? (dot > 0 ? name.slice(0, dot) : undefined),
    mutates: mutates.length === 0 ? NONE : [...mutates],
    output,
    validate: validate as Implementation | undefined,
  };
}

// Functions of their own, not of each call: libraries make many dispatchables, most of them before any code is optimized.
function isPosition(position: unknown): position is number {
  return Number.isInteger(position) && (position as number) >= 0 && (position as number) <= LAST_POSITION;
}

function isDispatchArgument(argument: unknown): argument is DispatchArgument {
  if (!Array.isArray(argument)) return isPosition(argument);
  return isPosition(argument[0]) && argument.slice(1).every((key) => typeof key === "string");
}

function isOutputOption(output: unknown): output is OutputOption {
  const { option, check, write } = (output ?? {}) as Partial<OutputOption>;
  return typeof option === "string" && typeof check === "function" && typeof write === "function";
}

function wrongConfig(name: unknown, config: unknown, expected: string): DispatchError {
  const message = `dispatchable(${display(name)}, ${display(config)}, …): expected ${expected}`;
  return new DispatchError("ERR_DISPATCH_ARGUMENT", message);
}
