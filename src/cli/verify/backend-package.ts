import { execFileSync } from "node:child_process";
import { readFileSync, realpathSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { UsageError } from "../usage-error.ts";

/** A package of which backends are to be verified. */
export interface BackendPackage {
  readonly folder: string;
  readonly name: string;
  /** Names of the backends that it declares, by their system. */
  readonly backends: Readonly<Record<string, readonly string[]>>;
  /** The systems that it says something of itself, being their library. */
  readonly systems: readonly string[];
}

type Json = Readonly<Record<string, unknown>>;

/**
 * Reads what the package at or above a folder says in its `package.json`.
 *
 * @throws UsageError where there is none, or it has neither backends nor systems.
 */
export function readBackendPackage(start: string): BackendPackage {
  const folder = packageFolder(resolve(start));
  const file = folder === undefined ? undefined : readJson(join(folder, "package.json"));
  if (folder === undefined || file === undefined) throw new UsageError(`there is no package.json in ${resolve(start)}`);
  const said = objectAt(file, "tagswitch");
  const declared = Object.entries(objectAt(said, "backends"));
  const backends = Object.fromEntries(declared.map(([system, named]) => [system, Object.keys(asObject(named))]));
  const systems = Object.keys(objectAt(said, "systems"));
  if (declared.length + systems.length === 0) {
    const expected = '"tagswitch": { "backends": { "<system>": { "<backend>": "<manifest>" } } }';
    throw new UsageError(`${join(folder, "package.json")} names no backends; expected ${expected}`);
  }
  return { folder, name: String(file["name"]), backends, systems };
}

/**
 * The URL of the suite that a system's library names, as the package finds that library.
 *
 * @throws UsageError where the library is not installed, names no suite, or one that is not there.
 */
export function suiteUrl({ folder, name }: BackendPackage, system: string): string {
  const library = librariesOf(system)
    .map((candidate) => (candidate === name ? folder : installed(candidate, folder)))
    .find((candidate) => candidate !== undefined);
  if (library === undefined) {
    throw new UsageError(
      `no library of ${system} is installed for ${folder}; is ${librariesOf(system).at(-1)} missing?`,
    );
  }
  const file = join(library, "package.json");
  const { suite } = objectAt(objectAt(objectAt(readJson(file), "tagswitch"), "systems"), system);
  if (typeof suite !== "string") {
    throw new UsageError(`${file} names no suite of ${system}: there is no tagswitch.systems["${system}"].suite`);
  }
  try {
    return resolveFrom(folder, suite);
  } catch (cause) {
    throw new UsageError(`the suite of ${system}, "${suite}", is not to be found from ${folder}`, { cause });
  }
}

/** The URL of a module as an import in that folder finds it. */
function resolveFrom(folder: string, specifier: string): string {
  try {
    return pathToFileURL(createRequire(join(folder, "package.json")).resolve(specifier)).href;
  } catch {
    // A package may be open to `import` alone, which can be asked in its own folder only: by another process.
    const code = `process.stdout.write(import.meta.resolve(${JSON.stringify(specifier)}))`;
    const command = ["--input-type=module", "--eval", code];
    const url = execFileSync(process.execPath, command, { cwd: folder, encoding: "utf8", stdio: "pipe" });
    // Without doors of its own, a package is not looked into.
    return pathToFileURL(realpathSync(fileURLToPath(url))).href;
  }
}

/** The packages that a system may belong to: its name begins with theirs. */
function librariesOf(system: string): string[] {
  const parts = system.split("/");
  return parts
    .map((_, i) => parts.slice(0, i + 1).join("/"))
    .filter((name) => !/^@[^/]*$/.test(name))
    .toReversed();
}

function installed(name: string, from: string): string | undefined {
  for (let at = from; ; at = dirname(at)) {
    const folder = join(at, "node_modules", name);
    if (readJson(join(folder, "package.json")) !== undefined) return folder;
    if (dirname(at) === at) return undefined;
  }
}

function packageFolder(start: string): string | undefined {
  for (let at = start; ; at = dirname(at)) {
    if (readJson(join(at, "package.json")) !== undefined) return at;
    if (dirname(at) === at) return undefined;
  }
}

function readJson(file: string): Json | undefined {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
  try {
    return asObject(JSON.parse(text));
  } catch (cause) {
    throw new UsageError(`${file} is no JSON: ${(cause as Error).message}`, { cause });
  }
}

function objectAt(object: Json | undefined, field: string): Json {
  return asObject(object?.[field]);
}

function asObject(value: unknown): Json {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Json) : {};
}
