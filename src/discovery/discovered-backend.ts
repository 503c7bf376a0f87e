import { join } from "node:path";
import type { BackendDeclaration } from "../backend-declaration.ts";
import type { BackendOrigin } from "../backend-record.ts";
import type { AnyConverter, ConverterDeclaration } from "../conversion/converter.ts";
import { display } from "../display.ts";
import type { TypeIdentifier } from "../type-identifier.ts";
import type { TypePattern } from "../type-pattern.ts";
import { type DeclaredBackend, examineBackends, type ManifestFile } from "./declared-backend.ts";
import { isEndorsed, type SystemEntry, systemEntry } from "./endorsement.ts";
import { LazyImplementation, loadInitialize, wanted } from "./lazy-implementation.ts";
import type { ManifestConverter, ManifestType } from "./manifest.ts";
import { loadExport, unfit } from "./module-export.ts";
import { applicationPackages, warnOfPackage } from "./packages.ts";

/** A backend of an installed package, as its manifest says. None of its code has been loaded. */
export interface DiscoveredBackend {
  readonly declaration: BackendDeclaration;
  readonly origin: BackendOrigin;
  readonly functions: readonly { readonly name: string; readonly implementation: LazyImplementation }[];
  readonly converters: readonly LazyConverter[];
}

/** A converter of a manifest. */
interface LazyConverter {
  readonly declaration: ConverterDeclaration;
  /** @throws DispatchError `ERR_DISPATCH_LOAD`. */
  load(): AnyConverter;
}

/** A backend that the environment blocks: nothing of it was read. */
export interface BlockedBackend {
  readonly name: string;
  readonly origin: BackendOrigin;
}

/** The backends that packages have for a system, by name. */
interface DiscoveredBackends {
  readonly backends: readonly DiscoveredBackend[];
  readonly blocked: readonly BlockedBackend[];
}

/**
 * The backends that the application's packages have for a system. Only JSON files are read, and of blocked backends
 * none; what is wrong is left out with a warning.
 */
export function installedBackends(system: string, block: readonly string[]): DiscoveredBackends {
  const { packages } = applicationPackages();
  const entry = systemEntry(packages, system);
  const examined = examineBackends(packages, system, block, warnOfPackage);
  const backends = examined.flatMap((backend) => {
    if (backend.state !== "found") return [];
    const { file, manifest } = backend.source;
    const origin = originOf(backend, entry, file);
    const { description } = manifest;
    return [{ ...backendOf(backend.source), origin: { ...origin, ...(description !== undefined && { description }) } }];
  });
  const blocked = examined.flatMap((backend) => {
    if (backend.state !== "blocked") return [];
    return [{ name: backend.name, origin: originOf(backend, entry, join(backend.package.folder, "package.json")) }];
  });
  return { backends, blocked };
}

function originOf(
  { package: one }: Pick<DeclaredBackend, "package">,
  entry: SystemEntry | undefined,
  manifest: string,
): BackendOrigin {
  return { package: one.name, version: one.version, endorsed: isEndorsed(entry, one), manifest };
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

/** A converter of a manifest, whose module is loaded with it. */
function lazyConverter(source: ManifestFile, given: ManifestConverter): LazyConverter {
  const { from, to, cost = 1, module } = given;
  return {
    declaration: { from: from as TypeIdentifier, to: to as TypeIdentifier, cost },
    load() {
      // The check of the manifest saw to it that one of them is there.
      const place = wanted(source, (module ?? source.manifest.module)!, given.export, `converting ${from} to ${to}`);
      const value = loadExport(place) as Partial<AnyConverter> | undefined | null;
      if (typeof value?.convert === "function") return value as AnyConverter;
      throw unfit(place, `${display(value)}; expected an object with a function convert`);
    },
  };
}
