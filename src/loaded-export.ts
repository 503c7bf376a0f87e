import { createRequire } from "node:module";
import { join, sep } from "node:path";
import type { Class } from "./class-tag.ts";

const require = createRequire(import.meta.url);

/**
 * Whether a class is what a package exports under a name, as far as that can be told without loading anything: of
 * CommonJS modules that are loaded. ES modules cannot be asked: Node tells nobody which of them are loaded.
 */
export function isLoadedExport(type: Class, packageName: string, exportName: string): boolean {
  return loadedModules(packageName).some((loaded) => exportsClass(loaded, type, exportName));
}

/** What the loaded files of a package export. */
function loadedModules(packageName: string): unknown[] {
  const parts = packageName.split("/");
  const folder = `${sep}${join("node_modules", ...parts.slice(0, packageName.startsWith("@") ? 2 : 1))}${sep}`;
  const files = Object.keys(require.cache).filter((file) => file.includes(folder));
  // A linked package lies elsewhere; the application's link leads to it.
  for (const place of [process.argv[1], join(process.cwd(), "index.js")]) {
    if (place === undefined) continue;
    try {
      files.push(createRequire(place).resolve(packageName));
    } catch {
      // Not to be found from there.
    }
  }
  return files.map((file) => require.cache[file]?.exports as unknown);
}

function exportsClass(exported: unknown, type: Class, name: string): boolean {
  const isClass = (value: unknown): boolean =>
    value === type || (typeof value === "function" && value.prototype === type.prototype);
  return isClass(exported) || isClass(dataProperty(exported, name)) || isClass(dataProperty(exported, "default"));
}

/** A property that is there already: an accessor may load a module. */
function dataProperty(value: unknown, name: string): unknown {
  if ((typeof value !== "object" && typeof value !== "function") || value === null) return undefined;
  return Object.getOwnPropertyDescriptor(value, name)?.value as unknown;
}
