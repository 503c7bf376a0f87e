import { realpathSync } from "node:fs";
import { dirname, isAbsolute, join, sep } from "node:path";
import { reasonOf } from "../display.ts";
import { warn } from "../warning.ts";
import { isObject, parseJson, textOf } from "./json-file.ts";

/** What a `package.json` says, as far as discovery looks at it. */
export interface PackageFile {
  readonly name?: unknown;
  readonly version?: unknown;
  readonly tagswitch?: unknown;
  readonly [field: string]: unknown;
}

/** The package whose dependencies are looked at. */
interface Application {
  readonly folder: string;
  readonly file: PackageFile;
}

/** A package that says something of backends or of backend systems. */
export interface TagswitchPackage {
  readonly name: string;
  readonly version: string;
  /** Absolute, links resolved. */
  readonly folder: string;
  /** `tagswitch.backends`: manifest file by backend by system; not checked further. */
  readonly backends: Readonly<Record<string, unknown>>;
  /** `tagswitch.systems`: what a library says of its own systems; not checked further. */
  readonly systems: Readonly<Record<string, unknown>>;
}

/** What the packages of an application say. */
export interface Packages {
  readonly application: Application | undefined;
  /** By name; the application itself is one of them if it says something. */
  readonly packages: readonly TagswitchPackage[];
}

let scanned: Packages | undefined;
let startFrom: string | undefined;

/**
 * Looks at the application above this folder, whatever the main script is, and at its peer dependencies too. For
 * programs that are about others, which may be backends' packages.
 */
export function lookAtApplicationOf(folder: string): void {
  startFrom = folder;
  scanned = undefined;
}

/**
 * The packages of the application that say something. Read once, when first asked for: the application's own
 * `package.json` and those of its dependencies, nothing else.
 */
export function applicationPackages(): Packages {
  scanned ??= scan();
  return scanned;
}

/** Says that something of a package is left out, and why. Discovery never fails for a package's mistake. */
export function warnOfPackage(problem: string): void {
  warn("TAGSWITCH_MANIFEST", problem);
}

function scan(): Packages {
  const application =
    startFrom === undefined ? findApplication(process.argv[1], process.cwd()) : findApplication(undefined, startFrom);
  if (application === undefined) return { application, packages: [] };
  const packages = dependenciesOf(application, { peers: startFrom !== undefined }).flatMap((name) => {
    const found = installedPackage(name, application.folder);
    // Most say nothing: not worth parsing.
    if (found === undefined || !found.text.includes('"tagswitch"')) return [];
    return readPackage(found.folder, found.text) ?? [];
  });
  const own = describe(application.folder, application.file);
  return {
    application,
    packages: own === undefined || packages.some(({ folder }) => folder === own.folder) ? packages : [...packages, own],
  };
}

function readPackage(folder: string, text: string): TagswitchPackage | undefined {
  try {
    const file = parseJson(text);
    return isObject(file) ? describe(folder, file) : undefined;
  } catch (error) {
    warnOfPackage(`${join(folder, "package.json")} is left out: ${reasonOf(error)}`);
    return undefined;
  }
}

function describe(folder: string, { name, version, tagswitch }: PackageFile): TagswitchPackage | undefined {
  if (tagswitch === undefined) return undefined;
  const file = join(folder, "package.json");
  const part = (field: string): Record<string, unknown> => {
    const value = isObject(tagswitch) ? (tagswitch[field] ?? {}) : tagswitch;
    if (isObject(value)) return value;
    const path = isObject(tagswitch) ? `tagswitch.${field}` : "tagswitch";
    warnOfPackage(`backends of ${file} are left out: ${path} is ${JSON.stringify(value)}; expected an object`);
    return {};
  };
  const [backends, systems] = isObject(tagswitch) ? [part("backends"), part("systems")] : [part("backends"), {}];
  if (Object.keys(backends).length + Object.keys(systems).length === 0) return undefined;
  return { name: textOr(name, folder), version: textOr(version, "0.0.0"), folder, backends, systems };
}

function textOr(value: unknown, otherwise: string): string {
  return typeof value === "string" ? value : otherwise;
}

const DEPENDENCIES = ["dependencies", "optionalDependencies", "devDependencies"] as const;

/**
 * The application: the package that the main script belongs to. A script that was installed for the package above the
 * working directory (a test runner, say) runs on its behalf: the application is that package then. So it is where
 * there is no main script.
 */
export function findApplication(script: string | undefined, workingDirectory: string): Application | undefined {
  const main = script !== undefined && isAbsolute(script) ? realPath(script) : undefined;
  const own = main === undefined ? undefined : packageAbove(main);
  if (main !== undefined && own !== undefined && !main.includes(`${sep}node_modules${sep}`)) return own;
  const here = packageAbove(realPath(workingDirectory) ?? workingDirectory);
  if (own === undefined || here === undefined) return own ?? here;
  const installedFor = main!.slice(0, main!.indexOf(`${sep}node_modules${sep}`));
  return here.folder === installedFor || here.folder.startsWith(installedFor + sep) ? here : own;
}

/** Names of the packages that an application depends on itself, by the alphabet; those that it expects beside it too. */
function dependenciesOf({ file }: Application, options: { peers: boolean }): string[] {
  const fields = options.peers ? [...DEPENDENCIES, "peerDependencies"] : DEPENDENCIES;
  const names = fields.flatMap((field) => (isObject(file[field]) ? Object.keys(file[field]) : []));
  return [...new Set(names)].sort();
}

/** The folder of a package as a module in `from` would find it, links resolved; and the text of its `package.json`. */
function installedPackage(name: string, from: string): { folder: string; text: string } | undefined {
  // A name is looked for as it is: never out of the folders of packages.
  if (!/^(@[^/\\]+\/)?[^/\\]+$/.test(name) || name.startsWith(".")) return undefined;
  for (let at = from; ; at = dirname(at)) {
    const folder = join(at, "node_modules", name);
    const text = textOf(join(folder, "package.json"));
    if (text !== undefined) return { folder: realPath(folder) ?? folder, text };
    if (dirname(at) === at) return undefined;
  }
}

/** The nearest package at or above a path. A `package.json` that only says of which kind modules are is none. */
function packageAbove(path: string): Application | undefined {
  for (let folder = path; ; folder = dirname(folder)) {
    const text = textOf(join(folder, "package.json"));
    const file = text === undefined ? undefined : contentOf(text);
    if (file !== undefined && Object.keys(file).some((field) => field !== "type")) return { folder, file };
    if (dirname(folder) === folder) return undefined;
  }
}

function contentOf(text: string): PackageFile | undefined {
  try {
    const file = parseJson(text);
    return isObject(file) ? file : undefined;
  } catch {
    return undefined;
  }
}

/** A path without links; that of the nearest folder, where the file has another ending than the one given. */
function realPath(path: string): string | undefined {
  for (const candidate of [path, dirname(path)]) {
    try {
      return realpathSync(candidate);
    } catch {
      // Looked for one folder up.
    }
  }
  return undefined;
}
