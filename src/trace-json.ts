import { display } from "./display.ts";
import type { CallRecord, Considered } from "./trace.ts";

/**
 * A trace for other programs. Within one schema version members are added, never changed or taken away. What is not
 * known is `null`. The result is not part of it.
 */
export interface TraceJson {
  readonly schemaVersion: 1;
  readonly calls: readonly CallJson[];
}

/** One call of a {@link TraceJson}. */
export interface CallJson {
  readonly system: string;
  readonly function: string;
  /** Type identifiers of the dispatch arguments. */
  readonly types: readonly string[];
  readonly backend: string | null;
  readonly milliseconds: number;
  /** Every backend of the system, in try order. */
  readonly considered: readonly ConsideredJson[];
  readonly conversions: readonly ConversionJson[];
  readonly error: ErrorJson | null;
  /** Calls made on the way. */
  readonly calls: readonly CallJson[];
}

/** What became of one backend in a {@link CallJson}. */
export interface ConsideredJson extends Omit<Considered, "origin"> {
  /** The package that it was found in, and whether the library endorses that version; `null` where code registered it. */
  readonly origin: { readonly package: string; readonly version: string; readonly endorsed: boolean } | null;
}

/** One conversion of a {@link CallJson}. */
export interface ConversionJson {
  readonly from: string;
  readonly to: string;
  readonly bytes: number | null;
  readonly milliseconds: number;
  readonly cached: boolean;
  /** 1 for the first copy of the object to this type, 2 for the second; 0 where nothing was copied. */
  readonly copy: number;
}

/** What a {@link CallJson} threw. */
export interface ErrorJson {
  readonly name: string;
  readonly message: string;
  readonly code: string | null;
}

/** Recorded calls in the shape of {@link TraceJson}. */
export function traceJson(calls: readonly CallRecord[]): TraceJson {
  return { schemaVersion: 1, calls: calls.map(callJson) };
}

function callJson(call: CallRecord): CallJson {
  return {
    system: call.system,
    function: call.function,
    types: [...call.types],
    backend: call.backend ?? null,
    milliseconds: call.milliseconds,
    considered: call.considered.map(consideredJson),
    conversions: call.conversions.map(({ from, to, bytes, milliseconds, cached, copy }) => ({
      from,
      to,
      bytes: bytes ?? null,
      milliseconds,
      cached,
      copy,
    })),
    error: call.error === undefined ? null : errorJson(call.error),
    calls: call.calls.map(callJson),
  };
}

function consideredJson({ backend, verdict, reason, origin }: Considered): ConsideredJson {
  if (origin === undefined) return { backend, verdict, reason, origin: null };
  const { package: name, version, endorsed } = origin;
  return { backend, verdict, reason, origin: { package: name, version, endorsed } };
}

/** Anything may be thrown. */
function errorJson(error: unknown): ErrorJson {
  if (!(error instanceof Error)) return { name: typeof error, message: display(error), code: null };
  const { code } = error as { code?: unknown };
  return { name: error.name, message: error.message, code: typeof code === "string" ? code : null };
}
