import { DispatchError } from "../errors.ts";
import type { AnyConverter } from "./converter.ts";
import type { ConversionRequest } from "./request.ts";

/** From what to what something is converted, or written back. */
export type Direction = Pick<AnyConverter, "from" | "to">;

/** A conversion that could not be made, and would not be the next time: converters that keep values remember it. */
export class FailedConversion extends DispatchError {
  constructor({ from, to }: Direction, reason: string, cause?: unknown) {
    super("ERR_DISPATCH_CONVERSION", `converting ${from} to ${to} failed: ${reason}${codeIn(cause)}`, { cause });
  }
}

/** The code of what a converter threw, by which its author's errors are told apart. */
function codeIn(cause: unknown): string {
  const code = cause instanceof Error && "code" in cause ? cause.code : undefined;
  return typeof code === "string" ? ` (${code})` : "";
}

/** A promise in a synchronous call. Not remembered: in an asynchronous call the same conversion does. */
export function unawaited({ from, to }: Direction, request: ConversionRequest): DispatchError {
  const advice = `call ${request.function}.async(…), which waits for it`;
  const message = `converting ${from} to ${to} failed: the converter gave a promise; ${advice}`;
  return new DispatchError("ERR_DISPATCH_CONVERSION", message, { function: request.function });
}
