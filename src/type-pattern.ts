import { declareExact } from "./class-tag.ts";
import { display } from "./display.ts";
import { DispatchError } from "./errors.ts";
import { declareStructural, type StructuralType } from "./structural-type.ts";
import { internType, type TypeIdentifier } from "./type-identifier.ts";
import { unknownMember } from "./unknown-member.ts";

/**
 * A type that a backend works on: instances of the class and of subclasses without an identifier; with `subclasses`
 * of those that have one, too; with `exact` direct instances only. Or all classes that are alike: a
 * {@link StructuralType}.
 */
export type TypePattern =
  | TypeIdentifier
  | { type: TypeIdentifier; subclasses: true }
  | { type: TypeIdentifier; exact: true }
  | (StructuralType & { name: TypeIdentifier });

/** A type pattern in the registry's terms. */
export interface TypeDeclaration {
  tag: number;
  subclasses: boolean;
  exact?: boolean;
  structural?: boolean;
}

/**
 * Checks the types of a backend, which are known from then on.
 *
 * @throws DispatchError `ERR_DISPATCH_ARGUMENT`; `ERR_DISPATCH_DUPLICATE` for two predicates of one name.
 */
export function checkTypes(patterns: readonly unknown[]): TypeDeclaration[] {
  return patterns.map((pattern) => {
    if (typeof pattern === "string") return { tag: internType(pattern), subclasses: false };
    return objectPattern(pattern) ?? refuse(pattern);
  });
}

const MEMBERS: ReadonlySet<string> = new Set(["type", "subclasses", "exact"]);

function objectPattern(pattern: unknown): TypeDeclaration | undefined {
  const { type, subclasses = false, exact = false, name, matches } = (pattern ?? {}) as Record<string, unknown>;
  if (typeof name === "string" && typeof matches === "function" && type === undefined) {
    const tag = internType(name);
    declareStructural({ name, matches: matches as StructuralType["matches"] }, tag);
    return { tag, subclasses: false, structural: true };
  }
  if (unknownMember(pattern ?? {}, MEMBERS) !== undefined) return undefined;
  if (typeof type !== "string" || typeof subclasses !== "boolean" || typeof exact !== "boolean") return undefined;
  if (!exact) return { tag: internType(type), subclasses };
  if (subclasses) return undefined;
  const tag = internType(type);
  declareExact(tag);
  return { tag, subclasses: false, exact: true };
}

function refuse(pattern: unknown): never {
  const expected =
    '"package:Export", { type: "package:Export", subclasses: true }, { type: "package:Export", exact: true } ' +
    'or { name: "package:Name", matches: (type) => true }';
  throw new DispatchError("ERR_DISPATCH_ARGUMENT", `${display(pattern)} is no type of a backend; expected ${expected}`);
}
