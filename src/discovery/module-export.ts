import { firstLineOf } from "../display.ts";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { DispatchError } from "../errors.ts";

/** An export of a backend's module, and for what it is wanted. */
export interface Wanted {
  /** The module's file, absolute. */
  readonly file: string;
  readonly export: string;
  /** The backend. */
  readonly backend: string;
  /** The dispatchable, or what else the export is for: `"initialize"`, `"converting a to b"`. */
  readonly purpose: string;
  /** The manifest, absolute. */
  readonly manifest: string;
}

const require = createRequire(import.meta.url);

/**
 * Loads an export at once.
 *
 * @throws DispatchError `ERR_DISPATCH_LOAD`.
 */
export function loadExport(wanted: Wanted): unknown {
  let module: unknown;
  try {
    module = require(wanted.file);
  } catch (cause) {
    throw isAsynchronous(cause) ? mustWait(wanted, cause) : failure(wanted, firstLineOf(cause), cause);
  }
  return exportOf(module, wanted);
}

/**
 * Loads an export of a module that may need to be waited for.
 *
 * @throws DispatchError `ERR_DISPATCH_LOAD`.
 */
export async function importExport(wanted: Wanted): Promise<unknown> {
  let module: unknown;
  try {
    module = await import(pathToFileURL(wanted.file).href);
  } catch (cause) {
    throw failure(wanted, firstLineOf(cause), cause);
  }
  return exportOf(module, wanted);
}

/** The error for an export that is there and no use. */
export function unfit(wanted: Wanted, problem: string): DispatchError {
  return failure(wanted, `its export "${wanted.export}" is ${problem}`);
}

function exportOf(module: unknown, wanted: Wanted): unknown {
  const exports = namesIn(module);
  // Of a CommonJS module, import() may see no more than the default export.
  const inner = isHolder(module) && "default" in module ? module.default : undefined;
  if (isHolder(module) && wanted.export in module) return module[wanted.export];
  if (isHolder(inner) && Object.hasOwn(inner, wanted.export)) return inner[wanted.export];
  if (wanted.export === "default" && typeof module === "function") return module;
  const there = exports.length === 0 ? "it exports nothing" : `it exports ${exports.join(", ")}`;
  throw failure(wanted, `it has no export "${wanted.export}"; ${there}`);
}

function failure(wanted: Wanted, reason: string, cause?: unknown): DispatchError {
  const { backend, purpose, file, manifest } = wanted;
  const message = `backend "${backend}" cannot load ${wanted.export} for ${purpose} from ${file}: ${reason} (manifest: ${manifest})`;
  return new DispatchError("ERR_DISPATCH_LOAD", message, { ...(cause !== undefined && { cause }), function: purpose });
}

function mustWait(wanted: Wanted, cause: unknown): DispatchError {
  const advice = `it uses top-level await, for which a synchronous call cannot wait; call ${wanted.purpose} by .async(…)`;
  return failure(wanted, advice, cause);
}

function isAsynchronous(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ERR_REQUIRE_ASYNC_MODULE";
}

function namesIn(module: unknown): string[] {
  return isHolder(module) ? Object.keys(module) : [];
}

function isHolder(value: unknown): value is Record<string, unknown> {
  return (typeof value === "object" && value !== null) || typeof value === "function";
}
