import { display } from "./display.ts";
import { DispatchError, typed } from "./errors.ts";
import { resolver } from "./realm.ts";
import type { SystemRecord } from "./system-record.ts";

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
