/** Stable codes of the dispatcher's errors. */
export type DispatchErrorCode =
  | "ERR_DISPATCH_ADDON"
  | "ERR_DISPATCH_ARGUMENT"
  | "ERR_DISPATCH_CONVERSION"
  | "ERR_DISPATCH_COPY"
  | "ERR_DISPATCH_DEFERRED"
  | "ERR_DISPATCH_DUPLICATE"
  | "ERR_DISPATCH_DUPLICATE_COPY"
  | "ERR_DISPATCH_FITTED"
  | "ERR_DISPATCH_INTERNAL"
  | "ERR_DISPATCH_LOAD"
  | "ERR_DISPATCH_NO_IMPLEMENTATION"
  | "ERR_DISPATCH_ORDER"
  | "ERR_DISPATCH_REFUSED"
  | "ERR_DISPATCH_SCOPE"
  | "ERR_DISPATCH_SHOULD_RUN"
  | "ERR_DISPATCH_START"
  | "ERR_DISPATCH_UNKNOWN_BACKEND"
  | "ERR_DISPATCH_UNKNOWN_FUNCTION";

/** Why one backend did not run a call. */
export interface Refusal {
  readonly backend: string;
  readonly reason: string;
}

/** What an error is about, as far as it is known. */
export interface DispatchErrorDetails extends ErrorOptions {
  /** The dispatchable's name. */
  function?: string;
  /** The type identifiers of the dispatch arguments. */
  types?: readonly string[];
  /** Every backend that did not run, in try order. */
  refusals?: readonly Refusal[];
}

/** A wrong registration, or a call that nobody can run. An implementation's own errors pass unchanged. */
export class DispatchError extends Error {
  override readonly name = "DispatchError";
  readonly code: DispatchErrorCode;
  readonly function: string | undefined;
  readonly types: readonly string[];
  readonly refusals: readonly Refusal[];

  constructor(code: DispatchErrorCode, message: string, details: DispatchErrorDetails = {}) {
    super(message, details);
    this.code = code;
    this.function = details.function;
    this.types = details.types ?? [];
    this.refusals = details.refusals ?? [];
  }
}

/** Runs a question to the resolver, whose errors carry a code but are plain, and makes them typed. */
export function typed<T>(ask: () => T): T {
  try {
    return ask();
  } catch (error) {
    if (error instanceof Error && "code" in error && String(error.code).startsWith("ERR_DISPATCH")) {
      throw new DispatchError(error.code as DispatchErrorCode, error.message);
    }
    throw error;
  }
}
