import { TAG } from "./class-tag.ts";
import type { Form, ValueType } from "./value-type.ts";

/** What a typed function knows of a value without asking any test. */
export interface Kind {
  /** What the language says; `other` is all that none of the function's types concerns. */
  readonly form: Form | "object" | "other";
  /** The types by class that values of the kind are of. */
  readonly classes: ReadonlySet<ValueType>;
  /** Whether a tag said so. A class without one may get it when a test asks. */
  readonly tagged: boolean;
}

/** What generated calls read of a {@link KindTable}: numbers of kinds by the tag of a value's class, 0 if not known yet. */
export interface KindsByTag {
  /** More than any kind's number. */
  width: number;
  object: Uint16Array;
  array: Uint16Array;
  function: Uint16Array;
}

/** Forms of values that may have a class. */
type ClassForm = "object" | "array" | "function";

const NONE: ReadonlySet<ValueType> = new Set();
const TYPEOF: readonly Form[] = ["number", "string", "boolean"];
const CLASS_FORMS: readonly ClassForm[] = ["object", "array", "function"];

/** The kinds of values that one typed function tells apart: as few as its types allow. */
export class KindTable {
  /** By number; 0 is none. */
  readonly kinds: (Kind | undefined)[] = [undefined];
  readonly byTag: KindsByTag = {
    width: 16,
    object: new Uint16Array(1),
    array: new Uint16Array(1),
    function: new Uint16Array(1),
  };
  readonly #classTypes: readonly ValueType[];
  readonly #numbers = new Map<Kind["form"], number>();
  readonly #widen: (width: number) => void;

  /** @param widen called when `width` has grown, before any value has a kind that large. */
  constructor(types: readonly ValueType[], widen: (width: number) => void) {
    this.#widen = widen;
    this.#classTypes = types.filter(({ decider }) => decider === "class" || decider === "identifier");
    const deciders = new Set<string>(types.map(({ decider }) => decider));
    const classes = this.hasClasses;
    const forms: readonly Kind["form"][] = [
      ...([...TYPEOF, "undefined", "null"] as const).filter((form) => deciders.has(form)),
      ...(classes || deciders.has("function") ? (["function"] as const) : []),
      ...(deciders.has("array") ? (["array"] as const) : []),
      ...(classes || deciders.has("array") || deciders.has("plain") ? (["object"] as const) : []),
      "other",
    ];
    for (const form of forms) this.#numbers.set(form, this.#add({ form, classes: NONE, tagged: false }));
    for (const form of CLASS_FORMS) this.byTag[form][0] = this.#numbers.get(form) ?? 0;
  }

  /** Whether any of the function's types is one by class. */
  get hasClasses(): boolean {
    return this.#classTypes.length > 0;
  }

  /** The number of a value's kind. A class seen for the first time is classified by this one instance. */
  kindOf(value: unknown): number {
    const form = this.#formOf(value);
    const untagged = this.#numbers.get(form)!;
    if (!this.hasClasses || !isClassForm(form)) return untagged;
    const tag = (value as Record<symbol, number | undefined>)[TAG]! | 0;
    const known = this.byTag[form][tag];
    if (known) return known;
    const classes = new Set(this.#classTypes.filter(({ test }) => test(value)));
    const alike = this.kinds.findIndex((kind) => kind?.tagged && kind.form === form && isSame(kind.classes, classes));
    const number = alike > 0 ? alike : this.#add({ form, classes, tagged: true });
    if (tag >= this.byTag[form].length) this.byTag[form] = grown(this.byTag[form], tag);
    this.byTag[form][tag] = number;
    return number;
  }

  /**
   * The text of {@link kindOf}, for a variable; 0 where a class has not been seen.
   *
   * @param byTag the name of what holds {@link KindsByTag}.
   * @param tag the name of what holds the tag's key.
   */
  text(variable: string, byTag: string, tag: string): string {
    const other = String(this.#numbers.get("other"));
    const number = (form: Kind["form"]): string => String(this.#numbers.get(form) ?? other);
    const ofClass = (form: ClassForm): string =>
      this.hasClasses ? `${byTag}.${form}[${variable}[${tag}]|0]|0` : number(form);
    const when = (condition: string, form: Kind["form"], answer = number(form)): string =>
      this.#numbers.has(form) ? `${condition}?${answer}:` : "";
    const array = when(`Array.isArray(${variable})`, "array", ofClass("array"));
    const object = `${variable}===null?${number("null")}:${array}${ofClass("object")}`;
    const objects = when(`typeof ${variable}==="object"`, "object", `(${object})`);
    const rest = [
      ...TYPEOF.map((form) => when(`typeof ${variable}==="${form}"`, form)),
      when(`typeof ${variable}==="function"`, "function", ofClass("function")),
      when(`${variable}===undefined`, "undefined"),
      this.#numbers.has("object") ? "" : when(`${variable}===null`, "null"),
    ];
    // What is likely first: a function on classes is called with objects.
    const parts = this.hasClasses ? [objects, ...rest] : [...rest, objects];
    return `(${parts.join("")}${other})`;
  }

  #add(kind: Kind): number {
    const number = this.kinds.push(kind) - 1;
    if (number >= this.byTag.width) {
      this.byTag.width *= 2;
      this.#widen(this.byTag.width);
    }
    return number;
  }

  #formOf(value: unknown): Kind["form"] {
    const form = value === null ? "null" : Array.isArray(value) ? "array" : (typeof value as Kind["form"]);
    if (this.#numbers.has(form)) return form;
    return form === "array" && this.#numbers.has("object") ? "object" : "other";
  }
}

function isClassForm(form: Kind["form"]): form is ClassForm {
  return (CLASS_FORMS as readonly string[]).includes(form);
}

function isSame(first: ReadonlySet<ValueType>, second: ReadonlySet<ValueType>): boolean {
  return first.size === second.size && [...first].every((type) => second.has(type));
}

function grown(array: Uint16Array, index: number): Uint16Array {
  const larger = new Uint16Array(index * 2);
  larger.set(array);
  return larger;
}
