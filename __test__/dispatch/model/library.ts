// A library of the model made of classes and functions.
import * as fc from "fast-check";
import {
  type BackendSystem,
  createBackendSystem,
  defer,
  type DispatchableConfig,
  type DispatchContext,
  DispatchError,
  refuse,
  registerConverter,
  registerType,
  type TypeIdentifier,
  type TypePattern,
} from "../../../src/index.ts";
import { orderOf } from "./order.ts";
import { type ModelBackend, type ModelCall, type ModelPattern, SHAPED, type Universe, type World } from "./world.ts";

type Class = new () => object;
type Call = (...args: unknown[]) => unknown;

/** Types that several libraries share. */
export interface Types {
  /** An instance of each class. */
  readonly values: ReadonlyMap<string, unknown>;
  /** The identifier of a class, whether it has it or not. */
  identifier(name: string): TypeIdentifier;
  /** The name of an object's class. */
  nameOf(value: unknown): string | undefined;
  readonly isShaped: (type: unknown) => boolean;
}

let count = 0;

/** Makes the classes of a world, and registers its conversions. */
export function makeTypes({ classes: models, conversions }: Universe): Types {
  const prefix = `model-${count++}`;
  const classes = new Map<string, Class>();
  const identifier = (name: string): TypeIdentifier => (name === "number" ? "js:number" : `${prefix}:${name}`);
  const make = (name: string): Class => {
    const present = classes.get(name);
    if (present !== undefined) return present;
    const { parent, hasIdentifier } = models.find((each) => each.name === name)!;
    const type = parent === undefined ? class {} : class extends make(parent) {};
    classes.set(name, type);
    if (hasIdentifier) registerType(type, identifier(name));
    return type;
  };
  for (const { name } of models) if (name !== "number") make(name);
  for (const { from, to, cost } of conversions) {
    const type = make(to);
    registerConverter({ from: identifier(from), to: identifier(to), cost, convert: () => new type() });
  }
  const shaped = new Set<unknown>(models.filter(({ isShaped }) => isShaped).map(({ name }) => classes.get(name)));
  const names = new Map<unknown, string>([...classes].map(([name, type]) => [type, name]));
  const nameOf = (value: unknown): string | undefined =>
    typeof value === "number" ? "number" : names.get((value as object | undefined)?.constructor);
  const values = new Map<string, unknown>([...classes].map(([name, type]) => [name, new type()]));
  values.set("number", 7);
  return { values, identifier, nameOf, isShaped: (type) => shaped.has(type) };
}

/** What an implementation got. */
export interface Given {
  readonly backend: string;
  /** The dispatch arguments. */
  readonly values: readonly unknown[];
}

type Extractor = (...args: never[]) => readonly unknown[];

/** A library as users have it. */
export class Library {
  readonly types: Types;
  readonly system: BackendSystem;
  readonly functions: ReadonlyMap<string, Call>;
  /** What the implementation that ran last got. */
  given: Given | undefined;
  #world: World;
  #order: readonly string[];

  /** Makes a library without the backends whose declarations contradict those of others. */
  constructor(model: World, types: Types) {
    const [own, ...others] = model.backends;
    this.types = types;
    this.#world = { ...model, backends: [own!] };
    this.#order = [own!.name];
    const name = `library-${count++}`;
    this.system = inEnvironment(model, name, () =>
      createBackendSystem({
        ...{ name, discover: false, fallback: model.fallback },
        ...(own!.primary !== undefined && { defaultTypes: patterns(own!.primary, types) }),
      }),
    );
    const functions = Object.entries(PLACES).map(([each, { config, valuesOf }]): [string, Call] => [
      each,
      this.system.dispatchable(each, config, this.#implementation(own!, valuesOf)),
    ]);
    this.functions = new Map(functions);
    for (const backend of others) this.add(backend);
  }

  /** The model without the backends that could not be registered. */
  get world(): World {
    return this.#world;
  }

  /** The order of its backends, by the model. */
  get order(): readonly string[] {
    return this.#order;
  }

  /** Registers a backend, if the model says that its place is possible. */
  add(model: ModelBackend): void {
    const { name, primary, secondary, before, after, optIn, hasOption, defers } = model;
    const grown = { ...this.#world, backends: [...this.#world.backends, model] };
    const order = orderOf(grown);
    let added;
    try {
      added = this.system.registerBackend({
        ...{ name, optIn, higherPriorityThan: before, lowerPriorityThan: after },
        ...{ primary: patterns(primary!, this.types), secondary: patterns(secondary, this.types) },
      });
    } catch (error) {
      if (order === undefined && error instanceof DispatchError && error.code === "ERR_DISPATCH_ORDER") return;
      throw error;
    }
    if (order === undefined) throw new Error(`backend ${name} was registered, although its place is impossible`);
    this.#world = grown;
    this.#order = order;
    const shouldRun = decisionOf(model);
    for (const each of model.implements) {
      const { valuesOf } = PLACES[each]!;
      added.implement(this.functions.get(each)!, this.#implementation(model, valuesOf), {
        ...{ defers, ...(shouldRun && { shouldRun }), ...(hasOption && { options: { chunks: "how many" } }) },
      });
    }
  }

  static {
    // What a report of a failure says of it.
    Object.defineProperty(this.prototype, fc.toStringMethod, {
      value(this: Library): string {
        return fc.stringify(this.world);
      },
    });
  }

  /** Gives back its first argument, or for lack of any what the backend makes. */
  #implementation({ name, defers }: ModelBackend, valuesOf: Extractor): Call {
    return (...args) => {
      if (defers) defer("rather not");
      const values = valuesOf(...(args as never[]));
      this.given = { backend: name, values };
      const first = values.find((value) => value !== undefined && value !== null);
      return first ?? this.types.values.get(madeBy(this.#world, name) ?? "");
    };
  }
}

/** The arguments of a call: its dispatch arguments at their places, then options where anything is in them. */
export function argumentsOf(
  { function: name, args }: ModelCall,
  values: ReadonlyMap<string, unknown>,
  options: object | undefined,
): unknown[] {
  const given = args.map((type) => (type === undefined || type === null ? type : values.get(type)));
  const placed = (): unknown[] => {
    switch (name) {
      case "group.list":
        // The last of four is beside the list.
        return [given.slice(0, 3), given.length > 3 ? { mask: given[3] } : undefined];
      case "found":
        return [new Bag(given)];
      case "group.pair":
        return [given[0], given[1]];
      default:
        return given.length > 0 || name === "made" ? given : [undefined];
    }
  };
  const all = [...placed(), options];
  while (all.length > 0 && all.at(-1) === undefined) all.pop();
  return all;
}

/** The class of what a backend makes of nothing, if it has one: the first of its primary types. */
export function madeBy({ backends, classes }: World, name: string): string | undefined {
  const { primary = [] } = backends.find((each) => each.name === name)!;
  const made = primary.map(({ type }) => classes.find((each) => each.name === type));
  return made.find((each) => each?.hasIdentifier === true)?.name;
}

/** Where arguments are that no path leads to. */
class Bag {
  readonly values: readonly unknown[];
  constructor(values: readonly unknown[]) {
    this.values = values;
  }
}

/** Where each function has its dispatch arguments, as the dispatcher is told, and as implementations find them. */
const PLACES: Readonly<Record<string, { config: DispatchableConfig; valuesOf: Extractor }>> = {
  "group.pair": { config: { on: [0, 1] }, valuesOf: (a: unknown, b: unknown) => [a, b] },
  "group.list": {
    config: {
      on: [
        [0, "*"],
        [1, "mask"],
      ],
    },
    valuesOf: (list: readonly unknown[] = [], holder?: { mask: unknown }) => [...list, holder?.mask],
  },
  found: {
    config: {
      ...{ on: (bag?: Bag) => bag?.values ?? [], options: 1 },
      replace: ([, options], values) => [new Bag(values), options],
    },
    valuesOf: (bag?: Bag) => bag?.values ?? [],
  },
  single: { config: { on: [0] }, valuesOf: (a: unknown) => [a] },
  made: { config: { on: [], options: 0 }, valuesOf: () => [] },
};

function decisionOf({ answer }: ModelBackend) {
  switch (answer) {
    case undefined:
      return undefined;
    case "yes":
      return () => true as const;
    case "ifNeeded":
      return () => answer;
    case "no":
      return () => "would rather not";
    case "refuse":
      return () => refuse("would rather not");
    default:
      return (context: DispatchContext) => context[answer] || "would rather not";
  }
}

function patterns(models: readonly ModelPattern[], { identifier, isShaped }: Types): TypePattern[] {
  return models.map(({ type, reach }): TypePattern => {
    switch (reach) {
      case "class":
        return identifier(type);
      case "exact":
        return { type: identifier(type), exact: true };
      case "subclasses":
        return { type: identifier(type), subclasses: true };
      case "structural":
        return { name: identifier(SHAPED), matches: isShaped };
    }
  });
}

/** Runs `body` where the variables of a library say what the model's environment says. */
function inEnvironment<R>({ environment }: World, library: string, body: () => R): R {
  const { prioritize, block, order, functions } = environment;
  const prefix = variable(library);
  const said: Record<string, string> = {
    [`${prefix}_PRIORITIZE`]: prioritize.join(),
    [`${prefix}_BLOCK`]: block.join(),
    [`${prefix}_ORDER`]: order.map((pair) => pair.join(">")).join(),
  };
  for (const [name, names] of Object.entries(functions)) said[`${prefix}_BACKEND_${variable(name)}`] = names.join();
  Object.assign(process.env, said);
  try {
    return body();
  } finally {
    for (const name of Object.keys(said)) delete process.env[name];
  }
}

function variable(name: string): string {
  return name.toUpperCase().replaceAll(/[^A-Z]/g, (letter) => (/\d/.test(letter) ? letter : "_"));
}
