import {
  ANY,
  BUILT_IN,
  type Conversion,
  type ConversionDefinition,
  isDefinition,
  type TypeDefinition,
  type ValueType,
  valueType,
} from "./value-type.ts";

/** The types of one universe, in order, and the conversions between them. */
export class TypeRegistry {
  #byName = new Map<string, ValueType>();
  #ordered: ValueType[] = [];
  /** The number that the next conversion gets. Those of removed ones are not used again. */
  conversionCount = 0;

  constructor() {
    this.clear();
    this.add(BUILT_IN, "any");
  }

  /** How many types there are. */
  get size(): number {
    return this.#ordered.length;
  }

  has(name: string): boolean {
    return this.#byName.has(name);
  }

  /** @throws TypeError with the name that was perhaps meant. */
  find(name: string): ValueType {
    const type = this.#byName.get(name);
    if (type !== undefined) return type;
    const meant = this.#ordered.find((other) => other.name.toLowerCase() === name.toLowerCase());
    const hint = meant === undefined ? "" : `. Did you mean "${meant.name}" ?`;
    throw new TypeError(`Unknown type "${name}"${hint}`);
  }

  /**
   * Adds types before another, or after all others.
   *
   * @throws TypeError
   */
  add(definitions: readonly TypeDefinition[], before: string | false): void {
    const at = before === false ? this.size : this.find(before).index;
    const added: ValueType[] = [];
    try {
      for (const definition of definitions) {
        if (!isDefinition(definition)) {
          throw new TypeError("Object with properties {name: string, test: function} expected");
        }
        if (this.has(definition.name)) throw new TypeError(`Duplicate type name "${definition.name}"`);
        const type = valueType(definition, at + added.length);
        added.push(type);
        this.#byName.set(type.name, type);
      }
    } catch (error) {
      for (const { name } of added) this.#byName.delete(name);
      throw error;
    }
    this.#ordered.splice(at, 0, ...added);
    for (const [index, type] of this.#ordered.entries()) type.index = index;
  }

  /** Removes all types but `any`, and all conversions. */
  clear(): void {
    this.#byName = new Map();
    this.#ordered = [];
    this.conversionCount = 0;
    this.add([ANY], false);
  }

  /** The names of all types that a value is of; `any` where there are none. */
  namesOf(value: unknown): string[] {
    const names = this.#ordered.filter(({ isAny, test }) => !isAny && test(value)).map(({ name }) => name);
    return names.length > 0 ? names : [ANY.name];
  }

  /** @throws TypeError, SyntaxError or Error, as typed-function does. */
  addConversion(definition: ConversionDefinition, override: boolean): void {
    const { from, to: toName, convert } = checkConversion(definition);
    const to = this.find(toName);
    const present = to.conversionsTo.find((other) => other.from === from);
    if (present !== undefined && !override) {
      throw new Error(`There is already a conversion from "${from}" to "${to.name}"`);
    }
    if (present !== undefined) remove(to, present);
    to.conversionsTo.push({ from, to: to.name, convert, index: this.conversionCount++ });
  }

  /** @throws Error when there is no such conversion, or it is another function's. */
  removeConversion(definition: ConversionDefinition): void {
    const { from, to: toName, convert } = checkConversion(definition);
    const to = this.find(toName);
    const present = to.conversionsTo.find((other) => other.from === from);
    if (present === undefined) throw new Error(`Attempt to remove nonexistent conversion from ${from} to ${toName}`);
    if (present.convert !== convert) throw new Error("Conversion to remove does not match existing conversion");
    remove(to, present);
  }

  clearConversions(): void {
    for (const type of this.#ordered) type.conversionsTo = [];
    this.conversionCount = 0;
  }

  /** The conversions that lead to any of these types: of several from one type, the one added first. */
  conversionsTo(types: readonly ValueType[]): Conversion[] {
    if (types.length === 1) return [...types[0]!.conversionsTo];
    const known = new Set(types.map(({ name }) => name));
    const bySource = new Map<string, Conversion>();
    for (const conversion of types.flatMap(({ conversionsTo }) => conversionsTo)) {
      if (known.has(conversion.from)) continue;
      const other = bySource.get(conversion.from);
      if (other === undefined || conversion.index < other.index) bySource.set(conversion.from, conversion);
    }
    return [...bySource.values()];
  }

  /** @throws Error when no conversion of a value to that type is known. */
  convert(value: unknown, name: string): unknown {
    const type = this.find(name);
    if (type.test(value)) return value;
    if (type.conversionsTo.length === 0) throw new Error(`There are no conversions to ${name} defined.`);
    const conversion = type.conversionsTo.find(({ from }) => this.find(from).test(value));
    if (conversion === undefined) throw new Error(`Cannot convert ${String(value)} to ${name}`);
    return conversion.convert(value);
  }
}

function remove(to: ValueType, conversion: Conversion): void {
  to.conversionsTo.splice(to.conversionsTo.indexOf(conversion), 1);
}

function checkConversion(given: unknown): Omit<Conversion, "index"> {
  const { from, to, convert } = (given ?? {}) as Partial<Record<keyof ConversionDefinition, unknown>>;
  if (typeof from !== "string" || typeof to !== "string" || typeof convert !== "function") {
    throw new TypeError("Object with properties {from: string, to: string, convert: function} expected");
  }
  if (from === to) throw new SyntaxError(`Illegal to define conversion from "${from}" to itself.`);
  return { from, to, convert: convert as Conversion["convert"] };
}
