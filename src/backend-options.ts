import type { Call } from "./call.ts";
import type { DispatchableRecord } from "./dispatchable.ts";
import { DispatchError } from "./errors.ts";
import type { BackendImplementation } from "./implementation.ts";

type Options = Readonly<Record<string, unknown>>;

/** Options by which callers say something to the dispatcher. */
const DISPATCH_OPTIONS: readonly string[] = ["backend", "like", "signal"];

/** An option that an implementation takes for one of its own, and who has it already. */
export function takenOption(
  { optionNames }: DispatchableRecord,
  { options }: BackendImplementation,
): { readonly name: string; readonly by: string } | undefined {
  if (options.size === 0) return undefined;
  const owners = [
    { by: "the function", names: optionNames },
    { by: "the dispatcher", names: DISPATCH_OPTIONS },
  ];
  for (const { by, names } of owners) {
    const name = names.find((each) => options.has(each));
    if (name !== undefined) return { name, by };
  }
  return undefined;
}

/** Why an implementation cannot have a call, by options that only other backends know; `undefined` when it can. */
export function optionsRefusal(
  record: DispatchableRecord,
  implementation: BackendImplementation,
  args: readonly unknown[],
): string | undefined {
  const options = record.state.plain ? undefined : optionsOf(record, args);
  if (options === undefined) return undefined;
  const others = [...record.implementations.values()];
  const namespaces = namespacesIn(record, options);
  const given = Object.keys(options).filter((name) => options[name] !== undefined && !namespaces.includes(name));
  const foreign = given.find(
    (name) => !implementation.options.has(name) && others.some(({ options: known }) => known.has(name)),
  );
  return foreign === undefined ? undefined : `does not know the option "${foreign}"`;
}

/**
 * The arguments with the options that a backend is to see: without what is meant for others, and without the signal if
 * it cannot be stopped, or there is none but the name.
 *
 * @throws DispatchError `ERR_DISPATCH_ARGUMENT` for an option in its own object that it does not know.
 */
export function ownOptions(
  { record, args, asynchronous }: Call,
  backend: string,
  { options: known, abortable }: BackendImplementation,
): readonly unknown[] {
  const options = optionsOf(record, args);
  if (options === undefined) return args;
  const isHidden = asynchronous && "signal" in options && !(abortable && options["signal"] !== undefined);
  const hidden = isHidden ? ["signal"] : [];
  if (!record.state.plain) {
    checkOwn(record, backend, known, options[backend]);
    hidden.push(...namespacesIn(record, options).filter((name) => name !== backend));
  }
  if (hidden.length === 0) return args;
  const shown: Record<string, unknown> = { ...options };
  for (const name of hidden) delete shown[name];
  return args.map((value, i) => (i === record.options ? shown : value));
}

/** The options of a call, where they are a plain object. */
export function optionsOf(record: Pick<DispatchableRecord, "options">, args: readonly unknown[]): Options | undefined {
  const options = args[record.options];
  if (!isObject(options)) return undefined;
  const prototype: unknown = Object.getPrototypeOf(options);
  return prototype === Object.prototype || prototype === null ? options : undefined;
}

/** The backends that have an object of their own among the options. */
function namespacesIn({ system }: DispatchableRecord, options: Options): string[] {
  return [...system.backends.values()].map(({ name }) => name).filter((name) => isObject(options[name]));
}

/** Whether a value may hold options; a function's own option by the name of a backend seldom does. */
function isObject(value: unknown): value is Options {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function checkOwn(
  record: DispatchableRecord,
  backend: string,
  known: BackendImplementation["options"],
  given: unknown,
): void {
  if (!isObject(given)) return;
  const wrong = Object.keys(given).find((name) => !known.has(name));
  if (wrong === undefined) return;
  const there = known.size === 0 ? "it has none of its own" : `it has ${[...known.keys()].join(", ")}`;
  const message = `${record.name}: backend "${backend}" knows no option "${wrong}"; ${there}`;
  throw new DispatchError("ERR_DISPATCH_ARGUMENT", message, { function: record.name });
}
