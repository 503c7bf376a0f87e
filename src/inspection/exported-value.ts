import { dirname, relative, resolve, sep } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { textOf } from "../discovery/json-file.ts";

/** Where a value can be imported from. */
interface ExportPlace {
  /** The module's file, absolute. */
  readonly file: string;
  readonly export: string;
}

/** Modules of a package, which are searched for the exports that are some values. */
export class ExportedValues {
  readonly #modules: { file: string; exports: Record<string, unknown> }[] = [];

  /**
   * Imports a module of a package, and what it imports of the same package: all of it but the module itself is searched.
   * A module that registers backends must not be loaded to run one of them.
   */
  static async importedBy(module: string, folder: string): Promise<ExportedValues> {
    const values = new ExportedValues();
    await import(pathToFileURL(module).href);
    const seen = new Set([module]);
    const waiting = importsOf(module, folder);
    for (let file = waiting.shift(); file !== undefined; file = waiting.shift()) {
      if (seen.has(file)) continue;
      seen.add(file);
      values.#modules.push({ file, exports: (await import(pathToFileURL(file).href)) as Record<string, unknown> });
      waiting.push(...importsOf(file, folder));
    }
    return values;
  }

  /** Where a value is exported for which `isMeant` holds, rather under this name than another. */
  find(isMeant: (value: unknown) => boolean, name: string): ExportPlace | undefined {
    const places = this.#modules.flatMap(({ file, exports }) =>
      Object.entries(exports).flatMap(([key, value]) => (isMeant(value) ? [{ file, export: key }] : [])),
    );
    return places.find((place) => place.export === name) ?? places[0];
  }
}

/** A file as a manifest in `folder` names it. */
export function pathFrom(folder: string, file: string): string {
  const path = relative(folder, file).split(sep).join("/");
  return path.startsWith("../") ? path : `./${path}`;
}

/** The files of the package that a module imports, by its text. */
function importsOf(file: string, folder: string): string[] {
  const text = (textOf(file) ?? "").replaceAll(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, "");
  const imports = text.matchAll(/(?:\bfrom|\bimport|\brequire\()\s*["'](\.[^"'\n]+)["']/g);
  return [...imports]
    .map(([, path = ""]) => fileURLToPath(new URL(path, pathToFileURL(resolve(dirname(file), "x")))))
    .filter((path) => path.startsWith(folder + sep) && textOf(path) !== undefined);
}
