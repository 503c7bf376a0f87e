import { BACKEND_NAME } from "../backend-name.ts";
import { display } from "../display.ts";
import { misnamedGlobal } from "../global-name.ts";
import { isObject } from "./json-file.ts";
import type { Manifest, ManifestFunction } from "./manifest.ts";
import { nearest } from "../spelling.ts";

/** What is wrong with a manifest: the first thing found. */
export interface Problem {
  /** The field, as in `functions["filters.gaussian"].module`; empty for the whole. */
  readonly path: string;
  /** What it is. */
  readonly given: string;
  readonly expected: string;
}

/** What is wrong with a value; its path from the value, made only where something is. */
type Check = (value: unknown) => Problem | undefined;

const FILE = /^\.\.?\/[^:]+$/;
const REFERENCE = /^\.\.?\/[^:]+(:[^:]+)?$/;

const text = matching(/^/, "a string");
const named = matching(/[^]/, "a string that is not empty");
const flag: Check = (value) => (typeof value === "boolean" ? undefined : problem(value, "true or false"));
const qualified = matching(/^[^:]+:[^:]+$/, 'a type, "package:Export"');
const identifier: Check = (value) => {
  const expected = typeof value === "string" && value.startsWith("js:") ? misnamedGlobal(value.slice(3)) : undefined;
  return expected === undefined ? qualified(value) : problem(value, expected);
};
const backend: Check = (value) =>
  typeof value === "string" && value !== "default" && BACKEND_NAME.test(value)
    ? undefined
    : problem(value, 'a backend\'s name, without spaces, commas and ">", and not "default"');
const file = matching(FILE, 'a file, from the manifest\'s folder: "./file.js"');
const reference = matching(REFERENCE, 'a file and an export of it, "./file.js:export"');
const cost: Check = (value) =>
  Number.isInteger(value) && (value as number) >= 0 && (value as number) <= 1e6
    ? undefined
    : problem(value, "a whole number from 0 to 1000000");
const anything: Check = () => undefined;

const typeInDetail = fields("a type", { type: identifier }, { subclasses: flag, exact: flag });
const type: Check = (value) => {
  if (typeof value !== "object" || value === null) return identifier(value);
  const { subclasses, exact } = value as { subclasses?: unknown; exact?: unknown };
  const isBoth = subclasses === true && exact === true;
  return typeInDetail(value) ?? (isBoth ? problem(value, "subclasses or exact, not both") : undefined);
};

const described = fields("an option", { description: text }, { default: anything });
const option: Check = (value) => (typeof value === "string" ? undefined : described(value));

const implementation = fields(
  "a function",
  {},
  {
    ...{ module: file, export: named, shouldRun: reference },
    ...{ async: flag, sync: flag, context: flag, defers: flag, abortable: flag },
    options: entries(option, "an object, by option"),
  },
);
const runnable: Check = (value) =>
  implementation(value) ??
  ((value as ManifestFunction).sync === false && (value as ManifestFunction).async !== true
    ? under("sync", problem(false, "true, or async to be true"))
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
  return manifest(value) ?? homeless(value as Manifest);
}

/** The first function or converter of which nothing says in which file it is. */
function homeless({ module, functions, converters = [] }: Manifest): Problem | undefined {
  if (module !== undefined) return undefined;
  const missing = (): Problem => under("module", problem(undefined, 'a file, "./file.js", or a "module" for all'));
  for (const name of Object.keys(functions)) {
    if (functions[name]!.module === undefined) return under("functions", under(name, missing()));
  }
  const at = converters.findIndex((one) => one.module === undefined);
  return at < 0 ? undefined : under("converters", under(at, missing()));
}

function problem(given: unknown, expected: string): Problem {
  return { path: "", given: given === undefined ? "missing" : display(given), expected };
}

/** A problem of a value's field or element, as one of the value. */
function under(key: string | number, { path, ...rest }: Problem): Problem {
  const isPlain = typeof key === "string" && /^[$\w]+$/.test(key);
  const own = isPlain ? key : `[${JSON.stringify(key)}]`;
  return { path: path === "" || path.startsWith("[") ? own + path : `${own}.${path}`, ...rest };
}

function matching(pattern: RegExp, expected: string): Check {
  return (value) => (typeof value === "string" && pattern.test(value) ? undefined : problem(value, expected));
}

function list(check: Check, least = 0): Check {
  return (value) => {
    if (!Array.isArray(value)) return problem(value, "an array");
    if (value.length < least) return problem(value, `at least ${least} entry`);
    for (const [i, element] of value.entries()) {
      const found = check(element);
      if (found !== undefined) return under(i, found);
    }
    return undefined;
  };
}

function entries(check: Check, expected: string): Check {
  return (value) => {
    if (!isObject(value)) return problem(value, expected);
    for (const key of Object.keys(value)) {
      const found = key === "" ? problem(value[key], "a name that is not empty") : check(value[key]);
      if (found !== undefined) return under(key, found);
    }
    return undefined;
  };
}

function fields(what: string, required: Record<string, Check>, optional: Record<string, Check>): Check {
  const known = new Map(Object.entries({ ...required, ...optional }));
  const needed = Object.keys(required);
  return (value) => {
    if (!isObject(value)) return problem(value, `${what}, an object`);
    for (const key of Object.keys(value)) {
      const check = known.get(key);
      const found = check === undefined ? stranger(what, key, known) : check(value[key]);
      if (found !== undefined) return under(key, found);
    }
    const missing = needed.find((key) => !Object.hasOwn(value, key));
    return missing === undefined ? undefined : under(missing, known.get(missing)!(undefined)!);
  };
}

function stranger(what: string, key: string, known: ReadonlyMap<string, Check>): Problem {
  const meant = nearest(key, known.keys());
  const expected = meant === undefined ? `one of ${[...known.keys()].join(", ")}` : `"${meant}"`;
  return { path: "", given: `no field of ${what}`, expected };
}
