import { OptionReader } from "../options.ts";
import type { OutOptions } from "../out.ts";

/** What all functions of `color` have: `out`, `channelAxis`, and the dispatcher's. */
export interface ColorOptions extends OutOptions {
  /** The axis that channels lie along: 2 or -1, the last one, where those of an image always are. Default -1. */
  channelAxis?: 2 | -1;
}

/** Their names. */
export const COLOR_OPTIONS: readonly string[] = ["channelAxis", "out"];

/** The options of a function of `color`, whose names are these and {@link COLOR_OPTIONS}. */
export function readColorOptions(
  operation: string,
  options: unknown,
  names: readonly string[] = COLOR_OPTIONS,
): OptionReader {
  const read = new OptionReader(operation, options, names);
  read.oneOf("channelAxis", -1, [2, -1]);
  return read;
}
