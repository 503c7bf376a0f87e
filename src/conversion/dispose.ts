import { reasonOf } from "../display.ts";
import { warn } from "../warning.ts";
import type { Direction } from "./failure.ts";

/** Whose value it is. */
export interface Disposing extends Direction {
  dispose?(value: unknown): void;
}

/**
 * Frees a value that nobody needs. What the converter throws is a warning: the call that needed it has its result, or an
 * error of its own, or was given up; and there may be more to free.
 */
export function dispose(value: unknown, converter: Disposing): void {
  try {
    converter.dispose?.(value);
  } catch (error) {
    const { from, to } = converter;
    const message = `the converter from ${from} to ${to} could not dispose of a value: ${reasonOf(error)}`;
    warn("TAGSWITCH_DISPOSE", message);
  }
}
