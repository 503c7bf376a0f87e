import { display } from "../display.ts";
import type { Manifest } from "./manifest.ts";
import { nearest } from "./spelling.ts";

/** What is wrong with a manifest: the first thing found. */
export interface Problem {
  /** The field, as in `functions["filters.gaussian"].module`; empty for the whole. */
  readonly path: string;
  /** What it is. */
  readonly given: string;
  readonly expected: string;
}

type Check = (value: unknown, path: string) => Problem | undefined;

const TYPE = /^[^:]+:[^:]+$/;
const BACKEND = /^(?!default$)[^\s,>]+$/;
const FILE = /^\.\.?\/[^:]+$/;
const REFERENCE = /^\.\.?\/[^:]+(:[^:]+)?$/;

const text = matching(/^/, "a string");
const named = matching(/[^]/, "a string that is not empty");
const flag: Check = (value, path) => (typeof value === "boolean" ? undefined : problem(path, value, "true or false"));
const identifier = matching(TYPE, 'a type, "package:Export"');
const backend = matching(BACKEND, 'a backend\'s name, without spaces, commas and ">", and not "default"');
const file = matching(FILE, 'a file, from the manifest\'s folder: "./file.js"');
const reference = matching(REFERENCE, 'a file and an export of it, "./file.js:export"');
const cost: Check = (value, path) =>
  Number.isInteger(value) && (value as number) >= 0 && (value as number) <= 1e6
    ? undefined
    : problem(path, value, "a whole number from 0 to 1000000");
const anything: Check = () => undefined;

const typeInDetail = fields("a type", { type: identifier }, { subclasses: flag, exact: flag });
const type: Check = (value, path) => {
  if (typeof value !== "object" || value === null) return identifier(value, path);
  const { subclasses, exact } = value as { subclasses?: unknown; exact?: unknown };
  const isBoth = subclasses === true && exact === true;
  return typeInDetail(value, path) ?? (isBoth ? problem(path, value, "subclasses or exact, not both") : undefined);
};

const described = fields("an option", { description: text }, { default: anything });
const option: Check = (value, path) => (typeof value === "string" ? undefined : described(value, path));

const implementation = fields(
  "a function",
  {},
  {
    ...{ module: file, export: named, shouldRun: reference },
    ...{ async: flag, sync: flag, context: flag, defers: flag, abortable: flag },
    options: entries(option, "an object, by option"),
  },
);
const runnable: Check = (value, path) =>
  implementation(value, path) ??
  ((value as { sync?: boolean }).sync === false && (value as { async?: boolean }).async !== true
    ? problem(`${path}.sync`, false, "true, or async to be true")
    : undefined);

const converter = fields("a converter", { from: identifier, to: identifier, export: named }, { cost, module: file });

const manifest = fields(
  "a manifest",
  {
    system: named,
    name: backend,
    primary: list(type, 1),
    functions: entries(runnable, "an object, by the name of the function"),
  },
  {
    ...{ $schema: text, description: text, secondary: list(type) },
    ...{ higherPriorityThan: list(named), lowerPriorityThan: list(named), optIn: flag },
    ...{ module: file, initialize: reference, converters: list(converter) },
  },
);

/**
 * What is wrong with a value that should be a manifest; `undefined` if nothing. The same verdict as that of
 * `manifest.schema.json`, with what a person needs to mend it.
 */
export function checkManifest(value: unknown): Problem | undefined {
  return manifest(value, "") ?? homeless(value as Manifest);
}

/** The first function or converter of which nothing says in which file it is. */
function homeless({ module, functions, converters = [] }: Manifest): Problem | undefined {
  if (module !== undefined) return undefined;
  const expected = 'a file, "./file.js", or a "module" for all';
  const missing = ([path, part]: [string, { module?: string }]): Problem | undefined =>
    part.module === undefined ? problem(`${path}.module`, undefined, expected) : undefined;
  return (
    first(Object.keys(functions), (name) => missing([at("functions", name), functions[name]!])) ??
    first(converters.keys(), (i) => missing([`converters[${i}]`, converters[i]!]))
  );
}

function problem(path: string, given: unknown, expected: string): Problem {
  return { path, given: given === undefined ? "missing" : display(given), expected };
}

function matching(pattern: RegExp, expected: string): Check {
  return (value, path) =>
    typeof value === "string" && pattern.test(value) ? undefined : problem(path, value, expected);
}

function list(check: Check, least = 0): Check {
  return (value, path) => {
    if (!Array.isArray(value)) return problem(path, value, "an array");
    if (value.length < least) return problem(path, value, `at least ${least} entry`);
    return first(value.keys(), (i) => check(value[i], `${path}[${i}]`));
  };
}

function entries(check: Check, expected: string): Check {
  return (value, path) => {
    if (!isObject(value)) return problem(path, value, expected);
    return first(Object.keys(value), (key) =>
      key === "" ? problem(path, { "": value[key] }, "names that are not empty") : check(value[key], at(path, key)),
    );
  };
}

function fields(what: string, required: Record<string, Check>, optional: Record<string, Check>): Check {
  const known = new Map(Object.entries({ ...required, ...optional }));
  const needed = Object.keys(required);
  return (value, path) => {
    if (!isObject(value)) return problem(path, value, `${what}, an object`);
    const unknown = first(Object.keys(value), (key) => {
      const check = known.get(key);
      return check === undefined ? stranger(what, key, at(path, key), known) : check(value[key], at(path, key));
    });
    if (unknown !== undefined) return unknown;
    return first(needed, (key) => (Object.hasOwn(value, key) ? undefined : known.get(key)!(undefined, at(path, key))));
  };
}

function stranger(what: string, key: string, path: string, known: ReadonlyMap<string, Check>): Problem {
  const meant = nearest(key, known.keys());
  const expected = meant === undefined ? `one of ${[...known.keys()].join(", ")}` : `"${meant}"`;
  return { path, given: `no field of ${what}`, expected };
}

function first<T>(values: Iterable<T>, check: (value: T) => Problem | undefined): Problem | undefined {
  for (const value of values) {
    const found = check(value);
    if (found !== undefined) return found;
  }
  return undefined;
}

function at(path: string, key: string): string {
  const isPlain = /^[$\w]+$/.test(key);
  if (path === "") return isPlain ? key : `[${JSON.stringify(key)}]`;
  return isPlain ? `${path}.${key}` : `${path}[${JSON.stringify(key)}]`;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
