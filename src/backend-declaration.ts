import { BACKEND_NAME } from "./backend-name.ts";
import { display } from "./display.ts";
import { DispatchError } from "./errors.ts";
import { checkTypes, type TypeDeclaration, type TypePattern } from "./type-pattern.ts";
import { listed, unknownMember } from "./unknown-member.ts";

/** What a backend says of itself. */
export interface BackendDeclaration {
  /** Its name within the system, by which users choose it. */
  name: string;
  /** The types that it exists for; at least one argument must be of one of them. */
  primary: readonly TypePattern[];
  /** Types that it accepts beside them. */
  secondary?: readonly TypePattern[];
  /** Backends to come after it in the order. */
  higherPriorityThan?: readonly string[];
  /** Backends to come before it. */
  lowerPriorityThan?: readonly string[];
  /** Whether it runs only where the user puts it first: in a scope, a call or the environment. Default false. */
  optIn?: boolean;
  /**
   * Makes it ready, once, before its first asynchronous call; synchronous calls are refused until then. A failure is
   * remembered and refuses every call.
   */
  initialize?: () => PromiseLike<unknown>;
}

const MEMBERS: ReadonlySet<string> = new Set([
  ...["name", "primary", "secondary", "higherPriorityThan", "lowerPriorityThan", "optIn", "initialize"],
]);

/** A declaration in the registry's terms. */
export interface CheckedDeclaration {
  name: string;
  /** Absent for one that accepts any type. */
  primary?: TypeDeclaration[];
  secondary: TypeDeclaration[];
  higherPriorityThan: string[];
  lowerPriorityThan: string[];
  optIn: boolean;
}

/** The declaration of a backend that says nothing of types: a `default` that takes any, or one that is blocked. */
export function anyTypes(name: string): CheckedDeclaration {
  return { name, secondary: [], higherPriorityThan: [], lowerPriorityThan: [], optIn: false };
}

/**
 * Checks what a backend says of itself. Its types are known from then on.
 *
 * @throws DispatchError `ERR_DISPATCH_ARGUMENT`.
 */
export function checkDeclaration(declaration: BackendDeclaration): CheckedDeclaration {
  const given: Partial<BackendDeclaration> = declaration ?? {};
  const name: unknown = given.name;
  if (typeof name !== "string" || !BACKEND_NAME.test(name)) {
    const message = `a backend's name is ${display(name)}; expected a string without spaces, commas and ">"`;
    throw new DispatchError("ERR_DISPATCH_ARGUMENT", message);
  }
  const wrong = (field: string, value: unknown, expected: string): DispatchError => {
    const message = `${field} of backend "${name}" is ${display(value)}; expected ${expected}`;
    return new DispatchError("ERR_DISPATCH_ARGUMENT", message);
  };
  const unknown = unknownMember(given, MEMBERS);
  if (unknown !== undefined) throw wrong("a member", unknown, `one of ${listed(MEMBERS)}`);
  const list = (field: "primary" | "secondary" | "higherPriorityThan" | "lowerPriorityThan"): readonly unknown[] => {
    const value: unknown = given[field] ?? [];
    if (Array.isArray(value)) return value;
    throw wrong(field, value, "an array");
  };
  const backends = (field: "higherPriorityThan" | "lowerPriorityThan"): string[] =>
    list(field).map((other) => {
      if (typeof other === "string" && other !== name) return other;
      throw wrong(field, [other], "an array of other backends' names");
    });
  const primary = checkTypes(list("primary"));
  if (primary.length === 0) throw wrong("primary", [], "at least one type");
  const optIn: unknown = given.optIn ?? false;
  if (typeof optIn !== "boolean") throw wrong("optIn", optIn, "true or false");
  const initialize: unknown = given.initialize;
  if (initialize !== undefined && typeof initialize !== "function") throw wrong("initialize", initialize, "a function");
  return {
    name,
    primary,
    secondary: checkTypes(list("secondary")),
    higherPriorityThan: backends("higherPriorityThan"),
    lowerPriorityThan: backends("lowerPriorityThan"),
    optIn,
  };
}
