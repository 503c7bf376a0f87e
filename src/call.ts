import type { BackendVerdict } from "./addon.ts";
import { findBackend } from "./backend-record.ts";
import type { ConversionRecord } from "./conversion/index.ts";
import type { DispatchableRecord } from "./dispatchable.ts";
import { fittedBackend } from "./fitted.ts";
import { outputOf } from "./output-option.ts";
import { resolver } from "./realm.ts";
import { activeConfig, rootConfig, type ScopeConfig } from "./scope.ts";
import { ownBackend } from "./system-record.ts";
import { identifierOf, tagOf, typeName } from "./type-identifier.ts";

/** Under what a call resolves. */
export interface Resolution {
  readonly config: ScopeConfig;
  /** The tags of its dispatch arguments, or of the type that it was invoked for. */
  readonly tags: readonly number[];
  /** Whether it is the backend that fitted the call's object that the configuration leaves. */
  readonly isFitted?: boolean;
  /** Whether it was invoked for a type, whatever its arguments are. */
  readonly isInvoked?: boolean;
}

/** A call on its way to a backend. */
export interface Call {
  readonly record: DispatchableRecord;
  readonly args: readonly unknown[];
  readonly resolution: Resolution;
  /** What its result is to be written into, if anything. */
  readonly output: unknown;
  /** Whether the caller waits for a promise. */
  readonly asynchronous: boolean;
  /** Why backends did not run it, by their numbers. */
  readonly refused: Map<number, string>;
  /** What a trace wants to know. */
  readonly log: CallLog | undefined;
}

/** What a trace wants to know of a call. */
interface CallLog {
  /** The number of the backend that got it. */
  backend: number | undefined;
  readonly conversions: ConversionRecord[];
}

/** What a call's options say to the dispatcher. */
interface DispatchOptions {
  readonly backend?: unknown;
  readonly like?: unknown;
}

const SWITCHED_OFF = "dispatch is switched off by the environment";

/**
 * How a call resolves, by its arguments and the active scope.
 *
 * @param invoked the number of the backend that it was invoked for, whatever its options say.
 */
export function resolutionOf(record: DispatchableRecord, args: readonly unknown[], invoked?: number): Resolution {
  const options = args[record.options] as DispatchOptions | null | undefined;
  const { system } = record;
  if (!system.environment.dispatch) {
    const config = rootConfig().exclusively(ownBackend(system));
    return { config, tags: tagsOf(record, args), isFitted: false };
  }
  const active = activeConfig();
  const chosen = options?.backend;
  const isFree = invoked !== undefined || chosen !== undefined || record.method?.fits !== false;
  const fitted = isFree ? undefined : fittedBackend(args[0], system);
  const only = invoked ?? (chosen === undefined ? fitted : findBackend(system, chosen));
  const config = only === undefined ? active : active.exclusively(only);
  const tags = tagsOf(record, args);
  const like = tagOf(likeOf(record, args));
  return { config: like === 0 ? config : config.ofType(system.id, like), tags, isFitted: fitted !== undefined };
}

/** What the result of a call is to be like; `undefined` where it has arguments to go by, which decide. */
export function likeOf(record: DispatchableRecord, args: readonly unknown[]): unknown {
  const like = (args[record.options] as DispatchOptions | null | undefined)?.like;
  return isMissing(like) || !makesFromNothing(record, args) ? undefined : like;
}

/** Whether a call has no argument to go by, or to convert. */
export function makesFromNothing(record: DispatchableRecord, args: readonly unknown[]): boolean {
  return record.on.values(args).every(isMissing);
}

function isMissing(value: unknown): value is undefined | null {
  return value === undefined || value === null;
}

/** The tags of a call's dispatch arguments. Missing ones are passed over. */
export function tagsOf(record: DispatchableRecord, args: readonly unknown[]): number[] {
  const tags: number[] = [];
  for (const value of record.on.values(args)) if (!isMissing(value)) tags.push(tagOf(value));
  return tags;
}

/** The types under which a call resolves, for people: of its dispatch arguments; then what it, or the scope, asks for. */
export function typesOf(
  record: DispatchableRecord,
  args: readonly unknown[],
  { config, tags, isInvoked = false }: Resolution,
): string[] {
  const positions = record.on.positions(args);
  const values = isInvoked ? [] : record.on.values(args);
  const types = values
    .filter((value, i) => (value !== undefined && value !== null) || positions[i]! < args.length)
    .map(typeName);
  const scopeType = config.typeOf(record.system.id);
  if (types.length === 0) types.push(...tags.map(identifierOf));
  const like = isInvoked ? undefined : likeOf(record, args);
  if (like !== undefined) types.push(typeName(like));
  else if (scopeType !== 0) types.push(identifierOf(scopeType));
  return types;
}

/** What becomes of every backend for a call, in the order in which they are tried. */
export function verdictsOf(record: DispatchableRecord, { config, tags }: Resolution): readonly BackendVerdict[] {
  const verdicts = resolver.explain(record.id, config.id, [...tags]);
  if (record.system.environment.dispatch) return verdicts;
  // The library's own runs, whatever the arguments are.
  const own = ownBackend(record.system);
  return verdicts.map((verdict) =>
    verdict.backend === own ? { ...verdict, reason: "", convert: false } : { ...verdict, reason: SWITCHED_OFF },
  );
}

/** A call that nobody was asked about yet. */
export function callOf(
  record: DispatchableRecord,
  resolution: Resolution,
  args: readonly unknown[],
  log?: CallLog,
  asynchronous = false,
): Call {
  const output = outputOf(record, args);
  return { record, args, resolution, output, asynchronous, refused: new Map<number, string>(), log };
}

/** An empty log. */
export function newLog(): CallLog {
  return { backend: undefined, conversions: [] };
}
