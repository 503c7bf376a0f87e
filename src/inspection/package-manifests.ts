import { firstLineOf } from "../display.ts";
import { writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { isObject, parseJson, textOf } from "../discovery/json-file.ts";
import type { Manifest } from "../discovery/manifest.ts";
import { applicationPackages, lookAtApplicationOf } from "../discovery/packages.ts";
import type { BackendRecord } from "../backend-record.ts";
import { type AnyConverter, loadedConverters } from "../conversion/converter.ts";
import type { SystemRecord } from "../system-record.ts";
import { convertersOf } from "./converters-of-code.ts";
import { ExportedValues } from "./exported-value.ts";
import { loadSystem, SystemNotLoadedError } from "./loaded-system.ts";
import { manifestOf } from "./manifest-of-code.ts";
import { survey } from "./survey.ts";

/** A manifest as code would have it. */
export interface PackageManifest {
  readonly system: string;
  readonly backend: string;
  readonly file: string;
  readonly manifest: Manifest;
  /** Whether the file says that already. */
  readonly isCurrent: boolean;
  /** Whether package.json names the file. */
  readonly isNamed: boolean;
  /** What code registers and the manifest cannot say. */
  readonly problems: readonly string[];
}

/** A package with backends: its folder, and its manifests' files by backend by system. */
export interface BackendPackage {
  readonly folder: string;
  readonly backends: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/**
 * The package of a folder.
 *
 * @throws SystemNotLoadedError where there is none.
 */
export function backendPackage(folder: string): BackendPackage {
  lookAtApplicationOf(resolve(folder));
  const { application } = applicationPackages();
  if (application === undefined)
    throw new SystemNotLoadedError(`there is no package.json in ${resolve(folder)}, nor above`);
  const said = isObject(application.file.tagswitch) ? application.file.tagswitch["backends"] : undefined;
  const backends = Object.entries(isObject(said) ? said : {}).filter(([, files]) => isObject(files));
  return {
    folder: application.folder,
    backends: Object.fromEntries(backends) as BackendPackage["backends"],
  };
}

/**
 * The manifests of all backends that a module of a package registers for a system. Imports the library and the module.
 *
 * @throws SystemNotLoadedError.
 */
export async function manifestsOfModule(
  { folder, backends }: BackendPackage,
  module: string,
  systemName: string,
): Promise<PackageManifest[]> {
  const surveyed = survey().systems.find(({ name }) => name === systemName);
  const missing = { name: systemName, library: undefined, module: undefined, backends: [] };
  const system = await loadSystem(surveyed ?? missing, folder);
  const before = new Set(system.backends.keys());
  const known = new Set(loadedConverters());
  const values = await ExportedValues.importedBy(resolve(folder, module), folder).catch((cause: unknown) => {
    throw new SystemNotLoadedError(`${module} cannot be loaded: ${firstLineOf(cause)}`, { cause });
  });
  const added = [...system.backends.values()].filter(({ id }) => !before.has(id));
  if (added.length === 0) throw new SystemNotLoadedError(`${module} registers no backend for ${systemName}`);
  const converters = loadedConverters().filter((converter) => !known.has(converter));
  const named = Object.hasOwn(backends, systemName) ? backends[systemName]! : {};
  return added.map((backend) => {
    const path = named[backend.name];
    const isNamed = typeof path === "string";
    const last = added.length === 1 ? systemName.slice(systemName.lastIndexOf("/") + 1) : backend.name;
    const file = join(folder, isNamed ? path : `${last}.tagswitch.json`);
    return { ...made(system, backend, { values, converters }, file), isNamed };
  });
}

/** Writes a manifest's file. */
export async function writeManifest({ file, manifest }: PackageManifest): Promise<void> {
  await writeFile(file, `${JSON.stringify(manifest, null, 2)}\n`);
}

function made(
  system: SystemRecord,
  backend: BackendRecord,
  { values, converters }: { values: ExportedValues; converters: readonly AnyConverter[] },
  file: string,
): Omit<PackageManifest, "isNamed"> {
  const written = manifestOf(system, backend, values, file);
  const present = contentOf(file);
  // What code does not know is kept.
  const { $schema, system: name, ...rest } = written.manifest;
  const kept = present as Partial<Manifest>;
  const conversions = convertersOf(backend, converters, {
    values,
    file,
    kept: Array.isArray(kept.converters) ? kept.converters : [],
  });
  const manifest: Manifest = {
    $schema: kept.$schema ?? $schema!,
    system: name,
    ...rest,
    ...(kept.description !== undefined && { description: kept.description }),
    ...(conversions.converters.length > 0 && { converters: conversions.converters }),
  };
  return {
    system: system.name,
    backend: backend.name,
    file,
    manifest,
    isCurrent: isDeepStrictEqual(present, JSON.parse(JSON.stringify(manifest))),
    problems: [...written.problems, ...conversions.problems],
  };
}

function contentOf(file: string): object {
  try {
    const content = parseJson(textOf(file) ?? "{}");
    return isObject(content) ? content : {};
  } catch {
    return {};
  }
}
