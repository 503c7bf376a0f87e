import { optionsOf } from "./backend-options.ts";
import { forgetConversions } from "./conversion/index.ts";
import { isPlain } from "./dispatch-arguments.ts";
import type { DispatchableRecord } from "./dispatchable.ts";

/**
 * An option by which a caller gives what the result is to be written into, and gets back: NumPy's `out`.
 *
 * Implementations find it among the options. One that returns the very value has written it; whatever another one returns is
 * written there for it, so that no backend has to know the option.
 *
 * Where a result is several objects, what it is written into may be a list or a plain object of so many: NumPy's `out=(a, b)`. An
 * implementation that has written them returns the very list or object.
 */
export interface OutputOption {
  /** Its name. */
  option: string;
  /**
   * Throws for a value that no result of these arguments can be written into. Asked before an implementation runs.
   *
   * @param name of the function, for messages.
   */
  check(output: unknown, args: readonly unknown[], name: string): void;
  /** Writes a result, in the caller's type, into a checked value; throws, with nothing written, where it does not fit. */
  write(result: unknown, output: unknown, name: string): void;
}

/** What a call's result is to be written into; `undefined` where the caller gave nothing. */
export function outputOf(record: Pick<DispatchableRecord, "output" | "options">, args: readonly unknown[]): unknown {
  return record.output && (optionsOf(record, args)?.[record.output.option] ?? undefined);
}

/** What the caller gets of a result: what it gave to be written into, if anything, with the result in it. */
export function delivered(
  { name, output: option }: Pick<DispatchableRecord, "name" | "output">,
  output: unknown,
  result: unknown,
): unknown {
  if (option === undefined || output === undefined || result === output) return result;
  option.write(result, output, name);
  return output;
}

/** After a call that may have written it: forgets what was made of it, and of the members of a list or a plain object. */
export function forgetOutput(output: unknown): void {
  forgetConversions(output);
  if (typeof output !== "object" || output === null) return;
  // Nothing is allocated for it: all calls with an output pay.
  if (Array.isArray(output)) for (const member of output) forgetConversions(member);
  else if (isPlain(output)) for (const name in output) forgetConversions(output[name as keyof typeof output]);
}
