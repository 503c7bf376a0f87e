import { readFileSync } from "node:fs";
import { dirname, join, resolve, sep } from "node:path";
import { display, reasonOf } from "../display.ts";
import { isObject, parseJson } from "./json-file.ts";
import { checkManifest } from "./manifest-check.ts";
import { filesIn } from "./manifest-files.ts";
import type { Manifest } from "./manifest.ts";
import type { TagswitchPackage } from "./packages.ts";

/** A backend that a package's `package.json` names. */
export interface DeclaredBackend {
  readonly package: TagswitchPackage;
  readonly system: string;
  readonly name: string;
  /** The manifest's path as the package gives it; not read, not checked. */
  readonly path: unknown;
}

/** A manifest that is right. */
export interface ManifestFile {
  readonly file: string;
  readonly manifest: Manifest;
}

/** What became of a backend that a package declares. */
export type ExaminedBackend = DeclaredBackend &
  (
    | { readonly state: "found"; readonly source: ManifestFile }
    /** The environment says so; nothing of it was read. */
    | { readonly state: "blocked" }
    /** Its manifest is broken, or another package has a backend of that name. */
    | { readonly state: "left out" }
  );

/** The backends that packages declare for a system, by name, with their manifests. What is wrong is reported. */
export function examineBackends(
  packages: readonly TagswitchPackage[],
  system: string,
  blocked: readonly string[],
  report: (problem: string) => void,
): ExaminedBackend[] {
  const holders = new Map<string, ManifestFile>();
  return declaredBackends(packages, system, report).map((declared): ExaminedBackend => {
    const { name } = declared;
    if (blocked.includes(name)) return { ...declared, state: "blocked" };
    const source = readManifest(declared);
    const holder = holders.get(name);
    if (typeof source !== "string" && holder === undefined) {
      holders.set(name, source);
      return { ...declared, state: "found", source };
    }
    const problem = typeof source === "string" ? source : `there is one of that name already (${holder?.file})`;
    report(`backend "${name}" of ${declared.package.name} is left out: ${problem}`);
    return { ...declared, state: "left out" };
  });
}

/** The backends that packages have for a system, by name; of one name, the first package's comes first. */
function declaredBackends(
  packages: readonly TagswitchPackage[],
  system: string,
  report: (problem: string) => void,
): DeclaredBackend[] {
  const declared = packages.flatMap((one): DeclaredBackend[] => {
    const backends = Object.hasOwn(one.backends, system) ? one.backends[system] : {};
    if (isObject(backends))
      return Object.entries(backends).map(([name, path]) => ({ package: one, system, name, path }));
    const field = `tagswitch.backends[${JSON.stringify(system)}]`;
    const expected = 'an object, { "backend": "./manifest.json" }';
    report(`${join(one.folder, "package.json")} is left out: ${field} is ${display(backends)}; expected ${expected}`);
    return [];
  });
  return declared.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}

/**
 * Reads a backend's manifest.
 *
 * @returns the manifest, or what is wrong: file, field, what was given, what is expected.
 */
function readManifest({ package: { folder }, system, name, path }: DeclaredBackend): ManifestFile | string {
  const field = `tagswitch.backends[${JSON.stringify(system)}].${name}`;
  const inPackage = (problem: string): string => `${join(folder, "package.json")}: ${field} is ${problem}`;
  if (typeof path !== "string") return inPackage(`${display(path)}; expected a file, "./manifest.json"`);
  const file = resolve(folder, path);
  if (!isInside(file, folder)) return inPackage(`${display(path)}; expected a file inside the package`);
  let value: unknown;
  try {
    value = parseJson(readFileSync(file, "utf8"));
  } catch (error) {
    return `${file} is no JSON that can be read: ${reasonOf(error)}`;
  }
  const problem = manifestProblem(value, { folder, file, system, name });
  return problem === undefined ? { file, manifest: value as Manifest } : `${file}: ${problem}`;
}

/** What is wrong with a manifest in its place, a field and why; `undefined` if nothing. */
function manifestProblem(
  value: unknown,
  place: { folder: string; file: string; system: string; name: string },
): string | undefined {
  const problem = checkManifest(value);
  if (problem !== undefined) return `${problem.path || "the whole"} is ${problem.given}; expected ${problem.expected}`;
  const manifest = value as Manifest;
  const unnamed = (["system", "name"] as const).find((field) => manifest[field] !== place[field]);
  if (unnamed !== undefined) {
    return `${unnamed} is ${display(manifest[unnamed])}; expected ${display(place[unnamed])}, as in package.json`;
  }
  return strayFile(manifest, place);
}

/** The first file that a manifest names outside its package. */
function strayFile(manifest: Manifest, { folder, file }: { folder: string; file: string }): string | undefined {
  for (const { path, field } of filesIn(manifest)) {
    // Without steps upwards a path stays where the manifest is.
    if (!path.includes("..") || isInside(resolve(dirname(file), path), folder)) continue;
    return `${field()} is ${display(path)}; expected a file inside the package, ${folder}`;
  }
  return undefined;
}

function isInside(file: string, folder: string): boolean {
  return file.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}
