import type { BackendDeclaration } from "./backend-declaration.ts";
import { display, reasonOf } from "./display.ts";
import { DispatchError, typed } from "./errors.ts";
import { resolver } from "./realm.ts";
import type { SystemRecord } from "./system-record.ts";

/** What the dispatcher knows of one backend beyond the registry. */
export interface BackendRecord {
  readonly id: number;
  readonly name: string;
  readonly declaration: BackendDeclaration | undefined;
  /** The package that it was found in. */
  readonly origin: BackendOrigin | undefined;
  /** Absent for a backend that need not be made ready, or is. */
  start: BackendStart | undefined;
  /** What is to be done once it is ready. */
  readonly onReady: (() => void)[];
}

/** The package that a backend was found in. */
export interface BackendOrigin {
  readonly package: string;
  readonly version: string;
  /** Whether the library endorses this version. */
  readonly endorsed: boolean;
  /** The file of its manifest; of a blocked one, whose manifest is not read, the `package.json` that names that. */
  readonly manifest: string;
  readonly description?: string;
}

/** How a backend is made ready. */
interface BackendStart {
  readonly initialize: () => PromiseLike<unknown>;
  /** Under way. */
  promise: Promise<void> | undefined;
  /** Why it failed. */
  failure: string | undefined;
}

const names: string[] = [];
const numbers = new Map<string, number>();

/** The name of a backend by its number. */
export function backendName(id: number): string {
  return (names[id] ??= resolver.backendName(id));
}

/**
 * The number of a system's backend by its name.
 *
 * @throws DispatchError `ERR_DISPATCH_UNKNOWN_BACKEND`, which lists the names there are; `ERR_DISPATCH_ARGUMENT`.
 */
export function findBackend(system: SystemRecord, name: unknown): number {
  if (typeof name !== "string") {
    const message = `a backend is chosen by its name, a string; it was given ${display(name)}`;
    throw new DispatchError("ERR_DISPATCH_ARGUMENT", message);
  }
  const key = `${system.id}:${name}`;
  let id = numbers.get(key);
  if (id === undefined) {
    if (!system.discovered) system.discover();
    id = typed(() => resolver.findBackend(system.id, name));
    numbers.set(key, id);
  }
  return id;
}

/** Why a synchronous call cannot have a backend yet; `undefined` when it can. */
export function notReady({ name, start }: BackendRecord): string | undefined {
  if (start === undefined) return undefined;
  if (start.failure !== undefined) return start.failure;
  return `starts asynchronously; call the function's .async form, or await system.ready("${name}") once`;
}

/** Makes a backend ready, once. Rejects, then and later, with why it failed. */
export function makeReady(backend: BackendRecord): Promise<void> {
  const { start } = backend;
  if (start === undefined) return Promise.resolve();
  if (start.promise === undefined) {
    // What the start itself calls at once must neither begin it again nor wait for it.
    start.promise = Promise.reject(new Error("is starting, and is called by its own start"));
    start.promise.catch(() => {});
    start.promise = run(backend, start);
  }
  return start.promise;
}

async function run(backend: BackendRecord, start: BackendStart): Promise<void> {
  try {
    await start.initialize();
  } catch (cause) {
    start.failure = `did not start: ${reasonOf(cause)}`;
    throw new Error(start.failure, { cause });
  }
  backend.start = undefined;
  for (const ready of backend.onReady) ready();
}
