// What the rules of dispatch are about, as plain data: names instead of classes, lists instead of registries.

/** A class. Its instances are dispatched on by the nearest class, up from it, that has an identifier. */
export interface ModelClass {
  readonly name: string;
  readonly parent: string | undefined;
  readonly hasIdentifier: boolean;
  /** Whether the structural type's predicate, asked about it, says yes. */
  readonly isShaped: boolean;
}

/** The name of the structural type. */
export const SHAPED = "S";

/** A type that a backend names, and how far it reaches. */
export interface ModelPattern {
  readonly type: string;
  readonly reach: "exact" | "class" | "subclasses" | "structural";
}

/** What a `shouldRun` answers; `undefined`: there is none. The last two ask their context. */
export type ModelAnswer = undefined | "yes" | "ifNeeded" | "no" | "refuse" | "prioritized" | "forced";

/** A backend. */
export interface ModelBackend {
  readonly name: string;
  /** `undefined`: it works on any type, as `default` may. */
  readonly primary: readonly ModelPattern[] | undefined;
  readonly secondary: readonly ModelPattern[];
  readonly before: readonly string[];
  readonly after: readonly string[];
  readonly optIn: boolean;
  /** The functions that it implements. */
  readonly implements: readonly string[];
  readonly answer: ModelAnswer;
  /** Whether its implementations leave every call to the next backend. */
  readonly defers: boolean;
  /** Whether it has an option of its own, `chunks`. */
  readonly hasOption: boolean;
}

/** A conversion. */
export interface ModelConversion {
  readonly from: string;
  readonly to: string;
  readonly cost: number;
}

/** A function of the library. */
export interface ModelFunction {
  readonly name: string;
  readonly group: string | undefined;
  /** Whether it has no dispatch arguments. */
  readonly creates: boolean;
}

/** What the environment says. */
export interface ModelEnvironment {
  readonly prioritize: readonly string[];
  readonly block: readonly string[];
  readonly order: readonly (readonly [before: string, after: string])[];
  /** By the name of a function or a group. */
  readonly functions: Readonly<Record<string, readonly string[]>>;
}

/** Types that several libraries may share. */
export interface Universe {
  readonly classes: readonly ModelClass[];
  readonly conversions: readonly ModelConversion[];
}

/** A library, and all that was said of it. */
export interface World extends Universe {
  readonly functions: readonly ModelFunction[];
  /** `default` first, then as registered. */
  readonly backends: readonly ModelBackend[];
  readonly environment: ModelEnvironment;
  readonly fallback: "own" | "convert" | "raise";
}

/** What a scope says. */
export interface ModelScope {
  /** For all functions, or by the names of functions and groups. */
  readonly prioritize: readonly string[] | Readonly<Record<string, readonly string[]>>;
  readonly disable: readonly string[];
  readonly exclusive?: string | undefined;
  readonly type?: string | undefined;
}

/** A call, with the classes of its dispatch arguments. */
export interface ModelCall {
  readonly function: string;
  readonly args: readonly (string | null | undefined)[];
  readonly backend?: string | undefined;
  readonly like?: string | undefined;
  readonly chunks?: number | undefined;
}
