import type { SystemRecord } from "./system-record.ts";

/** That a backend fitted an object; one for each time. */
interface Fit {
  readonly backend: number;
}

// By object, and by backend system: an object may have methods of several.
const fits = new WeakMap<object, Map<SystemRecord, Fit>>();

/**
 * Begins to fit an object. Gives what is to be called at the end, with the backend that did it: what was noted before
 * is forgotten, unless the object was fitted meanwhile, by the methods that this one called. It was they who learned.
 */
export function beginFit(receiver: unknown, system: SystemRecord): (backend: number) => void {
  // A method may be called on anything; what has no identity is remembered by nothing.
  if (!isObject(receiver)) return () => {};
  const before = fitOf(receiver, system);
  return (backend) => {
    if (fitOf(receiver, system) !== before) return;
    const known = fits.get(receiver) ?? new Map<SystemRecord, Fit>();
    // Deleted first, so that the last fit is the last entry.
    known.delete(system);
    known.set(system, { backend });
    fits.set(receiver, known);
  };
}

/** The number of the backend that fitted an object, by a method of this system. */
export function fittedBackend(receiver: unknown, system: SystemRecord): number | undefined {
  return fitOf(receiver, system)?.backend;
}

/**
 * The name of the backend that fitted an object: that ran, last, one of its methods that are marked `fits`, and came to
 * a result. The object's other methods keep to it. `undefined` before.
 */
export function fittedBy(object: object): string | undefined {
  const last = [...(fits.get(object) ?? [])].at(-1);
  return last?.[0].backends.get(last[1].backend)?.name;
}

function fitOf(receiver: unknown, system: SystemRecord): Fit | undefined {
  return fits.get(receiver as object)?.get(system);
}

function isObject(value: unknown): value is object {
  return (typeof value === "object" && value !== null) || typeof value === "function";
}
