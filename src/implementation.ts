import type { DispatchableRecord } from "./dispatchable.ts";
import type { DispatchContext, RunDecision } from "./dispatch-context.ts";
import { display } from "./display.ts";
import { DispatchError } from "./errors.ts";
import type { Implementation } from "./realm.ts";
import { listed, unknownMember } from "./unknown-member.ts";

/** What one option of a backend's own is for. */
export interface OptionDescription {
  readonly description: string;
  readonly default?: unknown;
}

/** Options of one implementation. */
export interface ImplementationOptions<A extends unknown[]> {
  /** Decides call by call, before anything is converted or loaded. Absent: always yes. */
  shouldRun?: (context: DispatchContext, ...args: A) => RunDecision;
  /** It may call `defer(reason)`: the next backend gets the call then. */
  defers?: boolean;
  /** It gets the dispatch context as its first argument. */
  context?: boolean;
  /** It gets the `signal` among the options of an asynchronous call, and stops when that is aborted. */
  abortable?: boolean;
  /**
   * Options that it knows beyond the function's own, with what they are for. A caller gives them as such, and backends
   * that do not know them are passed over; or in an object named after the backend, which nobody else gets.
   */
  options?: Readonly<Record<string, string | OptionDescription>>;
  /** Takes the place of the dispatchable's validator. */
  validate?: (...args: A) => void;
  /** Is asked after the dispatchable's validator. */
  validateAlso?: (...args: A) => void;
}

/** The two forms of an implementation; at least one. */
export interface ImplementationForms<F> {
  /** Answers at once. */
  sync?: F;
  /** Answers with a promise; for `fn.async`. */
  async?: F;
}

/** One backend's version of a dispatchable. */
export interface BackendImplementation {
  /** The forms that it has, loaded or not. */
  readonly forms: { readonly sync: boolean; readonly async: boolean };
  run: Implementation | undefined;
  runAsync: Implementation | undefined;
  /** Loads what is not there yet; absent once it is. */
  source: ImplementationSource | undefined;
  readonly shouldRun: ((context: DispatchContext, ...args: unknown[]) => unknown) | undefined;
  readonly defers: boolean;
  readonly context: boolean;
  readonly abortable: boolean;
  readonly options: ReadonlyMap<string, OptionDescription>;
  readonly validate: Implementation | undefined;
  readonly validateAlso: Implementation | undefined;
}

/** Where an implementation comes from that is loaded on first use. */
export interface ImplementationSource {
  /** @throws DispatchError `ERR_DISPATCH_LOAD`. */
  load(): LoadedForms;
  /** Rejects with the same. */
  loadAsync(): Promise<LoadedForms>;
}

/** The functions of a loaded implementation. */
export interface LoadedForms {
  readonly sync: Implementation | undefined;
  readonly async: Implementation | undefined;
}

/** An implementation of which only the description is there. */
export interface ImplementationDeclaration extends ImplementationSource {
  readonly forms: BackendImplementation["forms"];
  readonly shouldRun?: BackendImplementation["shouldRun"];
  readonly defers: boolean;
  readonly context: boolean;
  readonly abortable: boolean;
  readonly options: ReadonlyMap<string, OptionDescription>;
}

/** The library's own implementation, which has no options. */
export function ownImplementation(run: Implementation): BackendImplementation {
  return {
    forms: SYNC_ONLY,
    run,
    runAsync: undefined,
    source: undefined,
    shouldRun: undefined,
    defers: false,
    context: false,
    abortable: false,
    options: NO_OPTIONS.options,
    validate: undefined,
    validateAlso: undefined,
  };
}

/** An implementation that is loaded on first use. One literal, as manifests have thousands of them. */
export function lazyImplementation(lazy: ImplementationDeclaration): BackendImplementation {
  return {
    forms: lazy.forms,
    run: undefined,
    runAsync: undefined,
    source: lazy,
    shouldRun: lazy.shouldRun,
    defers: lazy.defers,
    context: lazy.context,
    abortable: lazy.abortable,
    options: lazy.options,
    validate: undefined,
    validateAlso: undefined,
  };
}

/**
 * Checks what a backend adds for a dispatchable.
 *
 * @param of names the function and the backend in messages.
 * @throws DispatchError `ERR_DISPATCH_ARGUMENT`.
 */
export function checkImplementation(
  of: { function: string; backend: string },
  given: unknown,
  options: object | undefined,
): BackendImplementation {
  const wrong = (what: string, value: unknown, expected: string): DispatchError => {
    const message = `${what} of ${of.function} by backend "${of.backend}" is ${display(value)}; expected ${expected}`;
    return new DispatchError("ERR_DISPATCH_ARGUMENT", message, { function: of.function });
  };
  const read = (options ?? {}) as Readonly<Record<string, unknown>>;
  const unknown = unknownMember(read, OPTION_NAMES);
  if (unknown !== undefined) throw wrong("an option", unknown, `one of ${listed(OPTION_NAMES)}`);
  const functionNamed = (name: string): Implementation | undefined => {
    if (read[name] === undefined || typeof read[name] === "function") return read[name] as Implementation | undefined;
    throw wrong(name, read[name], "a function");
  };
  const flag = (name: string): boolean => {
    if (read[name] === undefined || typeof read[name] === "boolean") return read[name] === true;
    throw wrong(name, read[name], "true or false");
  };
  const forms = (typeof given === "function" ? { sync: given } : given) as Record<string, unknown> | null | undefined;
  const { sync, async: later } = forms ?? {};
  const isForm = (form: unknown): boolean => form === undefined || typeof form === "function";
  if (!isForm(sync) || !isForm(later) || (sync ?? later) === undefined) {
    throw wrong("the implementation", given, "a function, or { sync, async } with at least one");
  }
  return {
    forms: { sync: sync !== undefined, async: later !== undefined },
    run: sync as Implementation | undefined,
    runAsync: later as Implementation | undefined,
    source: undefined,
    shouldRun: functionNamed("shouldRun"),
    defers: flag("defers"),
    context: flag("context"),
    abortable: flag("abortable"),
    options: describedOptions(read["options"], (value) => wrong("options", value, "an object of descriptions by name")),
    validate: functionNamed("validate"),
    validateAlso: functionNamed("validateAlso"),
  };
}

const bare = new WeakMap<Implementation, Implementation>();

/**
 * An implementation of a method as the dispatcher calls it: with the receiver as the first argument, so that methods are
 * dispatched as functions are.
 */
export function receiverFirst(implementation: Implementation): Implementation {
  const run: Implementation = (receiver, ...args) => Reflect.apply(implementation, receiver, args);
  bare.set(run, implementation);
  return run;
}

/** What was given to {@link receiverFirst}; any other implementation as it is. */
export function bareImplementation(run: Implementation): Implementation {
  return bare.get(run) ?? run;
}

/** An implementation of a method, whose functions have the receiver as `this`, in the dispatcher's form. */
export function implementationOfMethod(implementation: BackendImplementation): BackendImplementation {
  const { shouldRun, validate, validateAlso, source } = implementation;
  const adapt = (run: Implementation | undefined): Implementation | undefined =>
    run && (implementation.context ? receiverSecond(run) : receiverFirst(run));
  const forms = ({ sync, async: later }: LoadedForms): LoadedForms => ({ sync: adapt(sync), async: adapt(later) });
  return {
    ...implementation,
    run: adapt(implementation.run),
    runAsync: adapt(implementation.runAsync),
    source: source && adaptedSource(source, forms),
    shouldRun: shouldRun && receiverSecond(shouldRun as Implementation),
    validate: validate && receiverFirst(validate),
    validateAlso: validateAlso && receiverFirst(validateAlso),
  };
}

/** The same where the dispatch context comes before the receiver. */
function receiverSecond(implementation: Implementation): Implementation {
  const run: Implementation = (context, receiver, ...args) =>
    Reflect.apply(implementation, receiver, [context, ...args]);
  bare.set(run, implementation);
  return run;
}

function adaptedSource(source: ImplementationSource, adapt: (forms: LoadedForms) => LoadedForms): ImplementationSource {
  return {
    load: () => adapt(source.load()),
    loadAsync: async () => adapt(await source.loadAsync()),
  };
}

/** Whether an implementation runs every call that comes to it, with nothing to be done before or after. */
export function runsDirectly(
  of: Pick<DispatchableRecord, "mutates" | "onRun" | "validate">,
  implementation: BackendImplementation,
): boolean {
  const { run, shouldRun, defers, context, validate, validateAlso } = implementation;
  const isBare = run !== undefined && !shouldRun && !defers && !context && !(validate ?? validateAlso);
  return isBare && of.mutates.length === 0 && !of.onRun && !of.validate;
}

const OPTION_NAMES: ReadonlySet<string> = new Set([
  ...["shouldRun", "defers", "context", "abortable", "options", "validate", "validateAlso"],
]);

const SYNC_ONLY = { sync: true, async: false } as const;

const NO_OPTIONS = {
  shouldRun: undefined,
  defers: false,
  context: false,
  abortable: false,
  options: new Map<string, OptionDescription>(),
  validate: undefined,
  validateAlso: undefined,
} as const;

function describedOptions(
  given: unknown,
  wrong: (value: unknown) => DispatchError,
): ReadonlyMap<string, OptionDescription> {
  if (given === undefined) return NO_OPTIONS.options;
  if (typeof given !== "object" || given === null) throw wrong(given);
  return new Map(
    Object.entries(given as Record<string, unknown>).map(([name, value]) => {
      const described = typeof value === "string" ? { description: value } : (value as OptionDescription | null);
      if (typeof described?.description !== "string") throw wrong({ [name]: value });
      return [name, described];
    }),
  );
}
