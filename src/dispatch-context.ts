import type { RunRefusal } from "./refusal.ts";
import type { Copies } from "./scope.ts";

/** What `shouldRun`, and an implementation that asks for it, are told about a call. */
export interface DispatchContext {
  /** The backend that is asked. */
  readonly backend: string;
  /** The dispatchable's name. */
  readonly function: string;
  /** The type identifiers of the dispatch arguments, in order; then that of the scope's `type`, or of `like`. */
  readonly types: readonly string[];
  /** The dispatch arguments; `undefined` for those that are missing. */
  readonly dispatchArguments: readonly unknown[];
  /** Whether the user put this backend first, or allows no other. */
  readonly prioritized: boolean;
  /** Whether the user allows no other: a refusal is an error then. */
  readonly forced: boolean;
  /** Whether the caller waits for a promise. */
  readonly asynchronous: boolean;
  /** The type that the active scope asks for, or `like`. */
  readonly scopeType: string | undefined;
  /** What the active scope says of conversions that move data. */
  readonly copies: Copies;
}

/**
 * An answer of `shouldRun`: yes; yes if nobody else does; or the reason why not.
 */
export type RunDecision = true | "ifNeeded" | RunRefusal | (string & {});
