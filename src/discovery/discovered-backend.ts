import type { BackendDeclaration } from "../backend-declaration.ts";
import type { Converter } from "../conversion/index.ts";
import type { TypePattern } from "../type-pattern.ts";
import { declaredBackends, type ManifestFile, readManifest } from "./declared-backend.ts";
import { isEndorsed, systemEntry } from "./endorsement.ts";
import { lazyConverter } from "./lazy-converter.ts";
import { LazyImplementation, lazyInitialize } from "./lazy-implementation.ts";
import type { ManifestType } from "./manifest.ts";
import type { TagswitchPackage } from "./packages.ts";

/** What a manifest says of its backend, in the terms of `registerBackend`, and where it is from. */
export interface DiscoveredDeclaration extends BackendDeclaration {
  readonly optIn?: boolean;
  readonly initialize?: () => Promise<void>;
  readonly description?: string;
  readonly package: { readonly name: string; readonly version: string };
  /** The manifest's file. */
  readonly manifest: string;
  /** Whether the library lists this version of the package. */
  readonly endorsed: boolean;
}

/** An implementation by the name of its dispatchable. */
export interface DiscoveredFunction {
  readonly name: string;
  readonly implementation: LazyImplementation;
}

/** A backend of an installed package. None of its code has been loaded. */
export interface DiscoveredBackend {
  readonly declaration: DiscoveredDeclaration;
  readonly functions: readonly DiscoveredFunction[];
  readonly converters: readonly Converter<unknown>[];
}

/** The backends that packages have for a system, by name. Of those `skipped` nothing is read. */
export function discoveredBackends(
  packages: readonly TagswitchPackage[],
  system: string,
  skipped: (name: string) => boolean,
  report: (problem: string) => void,
): DiscoveredBackend[] {
  const entry = systemEntry(packages, system);
  const found = new Map<string, DiscoveredBackend & { file: string }>();
  for (const declared of declaredBackends(packages, system, report)) {
    const { name } = declared;
    if (skipped(name)) continue;
    const source = readManifest(declared);
    if (typeof source === "string") {
      report(`backend "${name}" of ${declared.package.name} is left out: ${source}`);
      continue;
    }
    const first = found.get(name);
    if (first === undefined) {
      found.set(name, {
        ...fromManifest(source, declared.package, isEndorsed(entry, declared.package)),
        file: source.file,
      });
    } else {
      report(
        `backend "${name}" of ${declared.package.name} is left out: ${first.declaration.package.name} has one of that name for ${system} too (${first.file})`,
      );
    }
  }
  return [...found.values()].map(({ declaration, functions, converters }) => ({ declaration, functions, converters }));
}

function fromManifest(source: ManifestFile, { name, version }: TagswitchPackage, endorsed: boolean): DiscoveredBackend {
  const { file, manifest } = source;
  const initialize = lazyInitialize(source);
  const { description, optIn, higherPriorityThan, lowerPriorityThan, secondary } = manifest;
  const declaration: DiscoveredDeclaration = {
    name: manifest.name,
    primary: manifest.primary.map(typePattern),
    ...(secondary && { secondary: secondary.map(typePattern) }),
    ...(higherPriorityThan && { higherPriorityThan }),
    ...(lowerPriorityThan && { lowerPriorityThan }),
    ...(optIn !== undefined && { optIn }),
    ...(initialize && { initialize }),
    ...(description !== undefined && { description }),
    package: { name, version },
    manifest: file,
    endorsed,
  };
  const functions = Object.entries(manifest.functions).map(([fn, given]) => {
    return { name: fn, implementation: new LazyImplementation(source, fn, given) };
  });
  return {
    declaration,
    functions,
    converters: (manifest.converters ?? []).map((given) => lazyConverter(source, given)),
  };
}

function typePattern(type: ManifestType): TypePattern {
  // The check of the manifest saw to its form.
  return type as TypePattern;
}
