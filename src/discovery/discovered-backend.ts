import type { BackendOrigin } from "../backend-record.ts";
import type { BackendDeclaration } from "../backend-declaration.ts";
import type { TypePattern } from "../type-pattern.ts";
import type { ManifestFile } from "./declared-backend.ts";
import { isEndorsed, systemEntry } from "./endorsement.ts";
import { examineBackends } from "./examined-backend.ts";
import { lazyConverter, type LazyConverter } from "./lazy-converter.ts";
import { LazyImplementation, loadInitialize } from "./lazy-implementation.ts";
import type { ManifestType } from "./manifest.ts";
import type { TagswitchPackage } from "./packages.ts";

/** A backend of an installed package, as its manifest says. None of its code has been loaded. */
export interface DiscoveredBackend {
  readonly declaration: BackendDeclaration;
  readonly origin: BackendOrigin;
  readonly functions: readonly { readonly name: string; readonly implementation: LazyImplementation }[];
  readonly converters: readonly LazyConverter[];
}

/** The backends that packages have for a system, by name. */
export interface DiscoveredBackends {
  readonly backends: readonly DiscoveredBackend[];
  /** Of these nothing was read. */
  readonly blocked: string[];
}

/** Finds the backends that packages have for a system. What is wrong is reported. */
export function discoveredBackends(
  packages: readonly TagswitchPackage[],
  system: string,
  block: readonly string[],
  report: (problem: string) => void,
): DiscoveredBackends {
  const entry = systemEntry(packages, system);
  const examined = examineBackends(packages, system, block, report);
  const backends = examined.flatMap((backend) => {
    if (backend.state !== "found") return [];
    const { name, version } = backend.package;
    const { file, manifest } = backend.source;
    const origin: BackendOrigin = {
      ...{ package: name, version, endorsed: isEndorsed(entry, backend.package), manifest: file },
      ...(manifest.description !== undefined && { description: manifest.description }),
    };
    return [{ ...backendOf(backend.source), origin }];
  });
  return { backends, blocked: examined.filter(({ state }) => state === "blocked").map(({ name }) => name) };
}

/** A manifest's backend, its parts to be loaded when they are needed. */
export function backendOf(source: ManifestFile): Omit<DiscoveredBackend, "origin"> {
  const { manifest } = source;
  const initialize = async (): Promise<void> => {
    await (await loadInitialize(source))!();
  };
  const { optIn, higherPriorityThan, lowerPriorityThan, secondary } = manifest;
  const declaration = {
    name: manifest.name,
    primary: manifest.primary.map(typePattern),
    ...(secondary && { secondary: secondary.map(typePattern) }),
    ...(higherPriorityThan && { higherPriorityThan }),
    ...(lowerPriorityThan && { lowerPriorityThan }),
    ...(optIn !== undefined && { optIn }),
    ...(manifest.initialize !== undefined && { initialize }),
  };
  const functions = Object.entries(manifest.functions).map(([name, given]) => {
    return { name, implementation: new LazyImplementation(source, name, given) };
  });
  const converters = (manifest.converters ?? []).map((given) => lazyConverter(source, given));
  return { declaration, functions, converters };
}

function typePattern(type: ManifestType): TypePattern {
  // The check of the manifest saw to its form.
  return type as TypePattern;
}
