import { display } from "./display.ts";
import { DispatchError } from "./errors.ts";
import { internType, type TypeIdentifier } from "./type-identifier.ts";

/** A type that a backend works on. */
export type TypePattern = TypeIdentifier | { type: TypeIdentifier; subclasses: true };

/** A type pattern in the registry's terms. */
export interface TypeDeclaration {
  tag: number;
  subclasses: boolean;
}

/**
 * Checks the types of a backend, which are known from then on.
 *
 * @throws DispatchError `ERR_DISPATCH_ARGUMENT`.
 */
export function checkTypes(patterns: readonly unknown[]): TypeDeclaration[] {
  return patterns.map((pattern) => {
    if (typeof pattern === "string") return { tag: internType(pattern), subclasses: false };
    const { type, subclasses } = (pattern ?? {}) as { type?: string; subclasses?: unknown };
    if (typeof type === "string" && typeof subclasses === "boolean") return { tag: internType(type), subclasses };
    const expected = '"package:Export" or { type: "package:Export", subclasses: true }';
    throw new DispatchError(
      "ERR_DISPATCH_ARGUMENT",
      `${display(pattern)} is no type of a backend; expected ${expected}`,
    );
  });
}
