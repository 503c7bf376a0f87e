import { realpathSync } from "node:fs";
import { dirname, isAbsolute, join, sep } from "node:path";
import { isObject, parseJson, textOf } from "./json-file.ts";

/** What a `package.json` says, as far as discovery looks at it. */
export interface PackageFile {
  readonly name?: unknown;
  readonly version?: unknown;
  readonly tagswitch?: unknown;
  readonly [field: string]: unknown;
}

/** The package whose dependencies are looked at. */
export interface Application {
  readonly folder: string;
  readonly file: PackageFile;
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
export function dependenciesOf({ file }: Application, options: { peers: boolean }): string[] {
  const fields = options.peers ? [...DEPENDENCIES, "peerDependencies"] : DEPENDENCIES;
  const names = fields.flatMap((field) => (isObject(file[field]) ? Object.keys(file[field]) : []));
  return [...new Set(names)].sort();
}

/** The folder of a package as a module in `from` would find it, links resolved; and the text of its `package.json`. */
export function installedPackage(name: string, from: string): { folder: string; text: string } | undefined {
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
