import { createBackendSystem, lookup, registerType } from "../index.ts";
import { type Callable, compile, list } from "./compile.ts";
import { TYPES } from "./contest.ts";
import type { Program, Subject } from "./program.ts";

/** The name of a contestant. */
export type ContestantName =
  | "direct"
  | "virtual"
  | "instanceof"
  | "map"
  | "typed-function"
  | "ours"
  | "ours-closure"
  | "ours-scope"
  | "ours-scope-elsewhere"
  | "napi-raw"
  | "napi-rs";

/** One way to get from a value to the implementation for its type. */
export interface Contestant {
  readonly label: string;
  /** Flags of its process. */
  readonly flags?: readonly string[];
  /** Whether it is called with the first type only. */
  readonly oneType?: boolean;
  /** Makes a function for each subject; undefined when a package for it is not installed. */
  build(program: Program): Built | undefined | Promise<Built | undefined>;
}

/** What a contestant made. */
export interface Built {
  /** By subject. */
  readonly functions: readonly Callable[];
  /** Calls `body` in whatever surroundings the contestant is about. */
  readonly within?: (body: () => void) => void;
}

const parameters = (program: Program): string => list("a", program.arity);

/** All contestants; the first is what the others are compared with. */
export const CONTESTANTS: Readonly<Record<ContestantName, Contestant>> = {
  direct: {
    label: "direct call",
    oneType: true,
    build: ({ subjects }) => ({ functions: subjects.map(({ implementations }) => implementations[0]!) }),
  },
  virtual: {
    label: "virtual method (first argument only)",
    build: (program) => ({ functions: program.subjects.map((subject) => virtualMethod(program, subject)) }),
  },
  instanceof: {
    label: "instanceof chain",
    build: (program) => ({ functions: program.subjects.map((subject) => instanceofChain(program, subject)) }),
  },
  map: {
    label: "Map by constructor",
    build: (program) => ({ functions: program.subjects.map((subject) => mapByConstructor(program, subject)) }),
  },
  "typed-function": { label: "typed-function", build: typedFunctions },
  ours: { label: "tagswitch", build: dispatchables },
  "ours-closure": {
    label: "tagswitch, code generation forbidden",
    flags: ["--disallow-code-generation-from-strings"],
    build: dispatchables,
  },
  "ours-scope": {
    label: "tagswitch, in a scope",
    build: (program) => ({ ...dispatchables(program), within: inScope }),
  },
  "ours-scope-elsewhere": {
    label: "tagswitch, scopes open elsewhere",
    build: (program) => {
      inScope(() => {});
      return dispatchables(program);
    },
  },
  "napi-raw": {
    label: "Node-API per call, raw callback",
    build: (program) => crossing(program, (id, tags) => `resolve(${id},0,${tags})`),
  },
  "napi-rs": {
    label: "Node-API per call, #[napi] method",
    build: (program) => crossing(program, (id, tags) => `resolver.resolve(${id},0,[${tags}])`),
  },
};

function virtualMethod(program: Program, { number, classes, implementations }: Subject): Callable {
  const name = `method${number}`;
  classes.forEach((type, i) => Object.defineProperty(type.prototype, name, { value: implementations[i] }));
  return compile(`function(${parameters(program)}){return a0.${name}(${parameters(program)})}`) as Callable;
}

function instanceofChain(program: Program, { classes, implementations }: Subject): Callable {
  const links = classes.map((_, i) => {
    const tests = Array.from({ length: program.arity }, (_unused, at) => `a${at} instanceof c${i}`);
    return `if(${tests.join("&&")})return f${i}(${parameters(program)});`;
  });
  return compile(`function(${parameters(program)}){${links.join("")}throw new TypeError()}`, {
    ...numbered("c", classes),
    ...numbered("f", implementations),
  }) as Callable;
}

function mapByConstructor(program: Program, { classes, implementations }: Subject): Callable {
  type Nested = Map<unknown, Nested | Callable>;
  const map: Nested = new Map();
  classes.forEach((type, i) => {
    let at = map;
    for (let depth = 1; depth < program.arity; depth++) {
      const next: Nested = new Map();
      at.set(type, next);
      at = next;
    }
    at.set(type, implementations[i]!);
  });
  const gets = Array.from({ length: program.arity }, (_, i) => `.get(a${i}.constructor)`).join("?");
  return compile(
    `function(${parameters(program)}){const f=map${gets};if(f===undefined)throw new TypeError();return f(${parameters(program)})}`,
    { map },
  ) as Callable;
}

async function typedFunctions(program: Program): Promise<Built | undefined> {
  interface Typed {
    (name: string, signatures: Record<string, Callable>): Callable;
    create(): Typed;
    addTypes(types: { name: string; test: (value: unknown) => boolean }[]): void;
  }
  const name: string = "typed-function";
  let typed: Typed;
  try {
    typed = ((await import(name)) as { default: Typed }).default.create();
  } catch {
    return undefined;
  }
  typed.addTypes(program.classes.map((type) => ({ name: type.name, test: (value: unknown) => value instanceof type })));
  const signature = (type: string): string => Array.from({ length: program.arity }, () => type).join();
  const functions = program.subjects.map(({ number, classes, implementations }) =>
    typed(`typed${number}`, Object.fromEntries(classes.map((type, i) => [signature(type.name), implementations[i]!]))),
  );
  return { functions };
}

const OUTSIDE = "bench:None";

/** A library whose types are a backend each. */
function dispatchables({ arity, classes, subjects }: Program): { functions: Callable[] } {
  const system = createBackendSystem({ name: "tagswitch/bench", defaultTypes: [OUTSIDE] });
  const backends = classes.map((type, i) => {
    registerType(type, `bench:T${i}`);
    return system.registerBackend({ name: `backend${i}`, primary: [`bench:T${i}`] });
  });
  const on = Array.from({ length: arity }, (_, i) => i);
  const functions = subjects.map((subject) => {
    const call = system.dispatchable(`function${subject.number}`, { on }, (..._values: unknown[]): number => {
      throw new Error("no value of the benchmark is of that type");
    });
    subject.implementations.forEach((run, i) => backends[(subject.number + i) % TYPES]!.implement(call, run));
    return call;
  });
  return { functions };
}

/** In a scope that changes something, so that it has walks of its own. */
function inScope(body: () => void): void {
  scopes ??= createBackendSystem({ name: "tagswitch/bench/scopes", defaultTypes: [OUTSIDE] });
  scopes.backend({ disable: "default" }, body);
}

let scopes: ReturnType<typeof createBackendSystem> | undefined;

function crossing(program: Program, ask: (dispatchable: number, tags: string) => string): Built {
  const { functions } = dispatchables(program);
  const tags = Array.from({ length: program.arity }, (_, i) => `a${i}[tag]`).join();
  return {
    functions: functions.map((call, number) => {
      for (const type of program.subjects[number]!.classes)
        call(...Array.from({ length: program.arity }, () => new type(0)));
      const { dispatchable, implementations, resolve, resolver } = lookup(call);
      const text = `function(${parameters(program)}){return implementations[${ask(dispatchable, tags)}](${parameters(program)})}`;
      return compile(text, { implementations, resolve, resolver, tag: Symbol.for("tagswitch.tag") }) as Callable;
    }),
  };
}

function numbered(name: string, values: readonly unknown[]): Record<string, unknown> {
  return Object.fromEntries(values.map((value, i) => [`${name}${i}`, value]));
}
