import { reasonOf } from "../display.ts";
import type { ManifestFile } from "../discovery/declared-backend.ts";
import { backendOf } from "../discovery/discovered-backend.ts";
import { examineBackends } from "../discovery/declared-backend.ts";
import { loadInitialize } from "../discovery/lazy-implementation.ts";
import { applicationPackages } from "../discovery/packages.ts";
import { unlikeLibrary } from "./loaded-system.ts";
import type { BackendPackage } from "./package-manifests.ts";
import { survey } from "./survey.ts";
import { collectWarnings } from "./warnings.ts";

/** What is right and wrong in a package's manifests. */
export interface ManifestsVerdict {
  readonly checked: readonly { readonly system: string; readonly backend: string; readonly functions: number }[];
  readonly problems: readonly string[];
}

/**
 * Checks the manifests that a package's `package.json` names: form, functions and types against the library, and that
 * every module and export is there. Imports the library and all that the manifests name, and calls nothing of it.
 */
export async function checkManifests({ folder, backends }: BackendPackage): Promise<ManifestsVerdict> {
  const { systems } = survey();
  const packages = applicationPackages().packages.filter((one) => one.folder === folder);
  const warnings = collectWarnings();
  const problems: string[] = [];
  const checked: ManifestsVerdict["checked"][number][] = [];
  const beginnings: string[] = [];
  for (const system of systems.filter(({ name }) => Object.hasOwn(backends, name))) {
    // Of this package alone, and blocked or not: the environment is the user's.
    const examined = examineBackends(packages, system.name, [], (problem) => problems.push(problem));
    const surveyed = examined.map((one) => ({ ...one, endorsed: false }));
    problems.push(...(await unlikeLibrary({ ...system, backends: surveyed }, folder)));
    for (const backend of examined) {
      if (backend.state !== "found") continue;
      beginnings.push(`${backend.source.file}: `, `backend "${backend.name}" of ${backend.package.name} `);
      problems.push(...(await unloadable(backend.source)));
      const { functions } = backend.source.manifest;
      checked.push({ system: system.name, backend: backend.name, functions: Object.keys(functions).length });
    }
  }
  // Of the others' manifests and of the environment this is not about.
  const own = (await warnings.end()).filter((warning) => beginnings.some((beginning) => warning.startsWith(beginning)));
  return { checked, problems: [...new Set([...problems, ...own])] };
}

/** What of a backend cannot be loaded. */
async function unloadable(source: ManifestFile): Promise<string[]> {
  const { functions, converters } = backendOf(source);
  const parts = [
    ...functions.flatMap(({ implementation }) => [
      () => implementation.loadAsync(),
      () => implementation.loadShouldRun(),
    ]),
    ...converters.map((converter) => () => converter.load()),
    () => loadInitialize(source),
  ];
  const problems: string[] = [];
  for (const load of parts) {
    try {
      await load();
    } catch (error) {
      problems.push(reasonOf(error));
    }
  }
  return [...new Set(problems)];
}
