/** What `shouldRun` is told about the call it decides on. */
export interface DispatchContext {
  /** The backend that is asked. */
  readonly backend: string;
  /** The dispatchable's name. */
  readonly function: string;
  /** The type identifiers of the dispatch arguments, in order. */
  readonly types: readonly string[];
  /** Whether the user put this backend first, or allows no other. */
  readonly prioritized: boolean;
  /** Whether the user allows no other: a refusal is an error then. */
  readonly forced: boolean;
}

/**
 * An answer of `shouldRun`: yes; yes if nobody else does; or the reason why not.
 */
export type RunDecision = true | "ifNeeded" | (string & {});
