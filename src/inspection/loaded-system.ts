import { firstLineOf } from "../display.ts";
import { spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { registeredClasses } from "../class-tag.ts";
import { findSystem, type SystemRecord } from "../system-record.ts";
import { identifierOf } from "../type-identifier.ts";
import { type KnownNames, misspellings } from "./spelling-check.ts";
import type { SurveyedSystem } from "./survey.ts";

/** A system whose library cannot be loaded; the message says why, and what to do. */
export class SystemNotLoadedError extends Error {
  override readonly name = "SystemNotLoadedError";
}

/**
 * Imports a system's library, which runs its code and none of the backends'.
 *
 * @param folder where the library's module is looked for: the application's.
 * @throws SystemNotLoadedError.
 */
export async function loadSystem(surveyed: SurveyedSystem, folder: string): Promise<SystemRecord> {
  const { name, module } = surveyed;
  try {
    await import(libraryUrl(surveyed, folder));
  } catch (cause) {
    const advice =
      module === undefined
        ? "; its package.json should say what to import, in tagswitch.systems, and be that of a dependency"
        : "";
    const message = `${module ?? name}, the library of ${name}, cannot be loaded: ${firstLineOf(cause)}${advice}`;
    throw new SystemNotLoadedError(message, { cause });
  }
  const system = findSystem(name);
  if (system === undefined) {
    throw new SystemNotLoadedError(`${module ?? name} was loaded and creates no backend system of the name "${name}"`);
  }
  return system;
}

/**
 * Misspelt names in the manifests of a system's backends, by its library, which is loaded for it; or why it cannot be.
 * What dispatch itself has against them, and against the environment, it says as warnings.
 */
export async function unlikeLibrary(system: SurveyedSystem, folder: string): Promise<string[]> {
  try {
    const loaded = await loadSystem(system, folder);
    // As a program's first call would.
    if (!loaded.discovered) loaded.discover();
    return misspellings(system, knownNames(loaded));
  } catch (error) {
    if (error instanceof SystemNotLoadedError) return [error.message];
    throw error;
  }
}

/** Whether a system's library is there to be loaded; one that no package of the application speaks for need not be. */
export function hasLibrary(system: SurveyedSystem, folder: string): boolean {
  if (system.library !== undefined) return true;
  try {
    return libraryUrl(system, folder) !== "";
  } catch {
    return false;
  }
}

/** The URL of a system's library: of what it says is to be imported, else of the package that it is named after. */
export function libraryUrl({ name, module = name }: SurveyedSystem, folder: string): string {
  return resolveFrom(folder, module);
}

/** The names that a loaded system, and whatever else is loaded, knows without manifests. */
function knownNames(system: SystemRecord): KnownNames {
  const registered = [...system.backends.values()].filter(({ origin }) => origin === undefined);
  const declared = registered.flatMap(({ declaration }) => [
    ...(declaration?.primary ?? []),
    ...(declaration?.secondary ?? []),
  ]);
  const types = declared.flatMap((type) => {
    if (typeof type === "string") return [type];
    return "type" in type ? [type.type] : [];
  });
  return {
    functions: [...system.dispatchables.keys()],
    types: [...types, ...[...registeredClasses()].map(({ tag }) => identifierOf(tag))],
    backends: registered.map(({ name }) => name),
  };
}

/** The URL of a module as `import` in that folder would find it. */
function resolveFrom(folder: string, specifier: string): string {
  try {
    return pathToFileURL(createRequire(join(folder, "package.json")).resolve(specifier)).href;
  } catch (error) {
    // Packages may open a door to import alone, and no door to ask for it: another process can, from that folder.
    const code = `process.stdout.write(import.meta.resolve(${JSON.stringify(specifier)}))`;
    const asked = spawnSync(process.execPath, ["--input-type=module", "--eval", code], {
      cwd: folder,
      encoding: "utf8",
    });
    if (asked.status === 0 && asked.stdout !== "") return asked.stdout;
    throw error;
  }
}
