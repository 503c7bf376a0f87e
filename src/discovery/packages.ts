import { join } from "node:path";
import {
  type Application,
  dependenciesOf,
  findApplication,
  installedPackage,
  type PackageFile,
} from "./application.ts";
import { isObject, parseJson, reasonOf } from "./json-file.ts";
import { warn } from "./warning.ts";

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
    warn(`${join(folder, "package.json")} is left out: ${reasonOf(error)}`);
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
    warn(`backends of ${file} are left out: ${path} is ${JSON.stringify(value)}; expected an object`);
    return {};
  };
  const [backends, systems] = isObject(tagswitch) ? [part("backends"), part("systems")] : [part("backends"), {}];
  if (Object.keys(backends).length + Object.keys(systems).length === 0) return undefined;
  return { name: textOr(name, folder), version: textOr(version, "0.0.0"), folder, backends, systems };
}

function textOr(value: unknown, otherwise: string): string {
  return typeof value === "string" ? value : otherwise;
}
