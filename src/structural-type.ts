import { addMember, type Class, registeredClasses, withdrawTags } from "./class-tag.ts";
import { display, nameOfFunction } from "./display.ts";
import { DispatchError } from "./errors.ts";
import { warn } from "./warning.ts";

/** A type by what its classes are like: those for which `matches` answers `true`. */
export interface StructuralType {
  /** Names the type for messages, and tells the same type named by another backend. */
  readonly name: string;
  /** Asked once per class, with the class; with `Number` for numbers, with `Object` for plain objects. */
  readonly matches: (type: Class) => boolean;
}

interface Declared {
  readonly name: string;
  readonly tag: number;
  readonly matches: (type: Class) => unknown;
  readonly answers: WeakMap<Class, boolean>;
}

const declared = new Map<string, Declared>();

/**
 * Makes a structural type known, and asks it about the classes that have an identifier.
 *
 * @param tag that of its name.
 * @throws DispatchError `ERR_DISPATCH_DUPLICATE` when the name has another predicate already.
 */
export function declareStructural({ name, matches }: StructuralType, tag: number): void {
  const present = declared.get(name);
  if (present?.matches === matches) return;
  if (present !== undefined) {
    const message = `structural type "${name}" has another predicate already; give both backends the same function`;
    throw new DispatchError("ERR_DISPATCH_DUPLICATE", message);
  }
  const added: Declared = { name, tag, matches, answers: new WeakMap() };
  declared.set(name, added);
  withdrawTags(() => true);
  for (const { type, tag: member } of [...registeredClasses()]) {
    if (answer(added, type)) addMember(member, tag);
  }
}

/** The tags of the structural types that a class is one of. */
export function structuralTypesOf(type: Class): number[] {
  return [...declared.values()].filter((structural) => answer(structural, type)).map(({ tag }) => tag);
}

/** How many structural types there are. */
export function countStructuralTypes(): number {
  return declared.size;
}

function answer(structural: Declared, type: Class): boolean {
  const known = structural.answers.get(type);
  if (known !== undefined) return known;
  // Noted beforehand, for a predicate that dispatches on the class itself.
  structural.answers.set(type, false);
  const given = ask(structural, type);
  structural.answers.set(type, given);
  return given;
}

function ask({ name, matches }: Declared, type: Class): boolean {
  let given: unknown;
  try {
    given = matches(type);
    if (typeof given === "boolean") return given;
    given = `answered ${display(given)}; expected true or false`;
  } catch (error) {
    given = `threw ${error instanceof Error ? `${error.name}: ${error.message}` : display(error)}`;
  }
  const message = `structural type "${name}", asked about class ${nameOfFunction(type) || "without a name"}, ${String(given)}; that counts as no`;
  warn("TAGSWITCH_STRUCTURAL", message);
  return false;
}
