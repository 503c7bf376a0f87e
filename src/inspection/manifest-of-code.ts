import { dirname } from "node:path";
import type { Manifest, ManifestFunction, ManifestType } from "../discovery/manifest.ts";
import type { BackendRecord } from "../backend-record.ts";
import type { BackendImplementation } from "../implementation.ts";
import type { SystemRecord } from "../system-record.ts";
import type { TypePattern } from "../type-pattern.ts";
import { type ExportedValues, pathFrom } from "./exported-value.ts";

/** A manifest made of what code registered, its converters left out. */
interface WrittenManifest {
  readonly manifest: Manifest;
  /** What is missing in it, each with what to do. */
  readonly problems: readonly string[];
}

/**
 * The manifest of a backend that code registered. What it cannot say is left out, and is a problem: an implementation
 * or a `shouldRun` that no module exports, a validator, a type that is a predicate.
 *
 * @param file where it is to be, from which files are named.
 */
export function manifestOf(
  system: SystemRecord,
  backend: BackendRecord,
  values: ExportedValues,
  file: string,
): WrittenManifest {
  const problems: string[] = [];
  const { name, declaration } = backend;
  const types = (patterns: readonly TypePattern[] = []): ManifestType[] =>
    patterns.flatMap((pattern) => {
      if (typeof pattern === "string" || "type" in pattern) return [pattern];
      problems.push(`the type ${pattern.name} is a predicate, which a manifest cannot say`);
      return [];
    });
  const functions = new Map<string, ManifestFunction>();
  for (const record of system.dispatchables.values()) {
    const implementation = record.implementations.get(backend.id);
    if (implementation === undefined) continue;
    const made = functionOf(record.name, implementation, values, file);
    if (typeof made === "string") problems.push(`${record.name} is left out: ${made}`);
    else functions.set(record.name, made);
  }
  const start = declaration?.initialize;
  const initialize = start && reference(values, start, "initialize", file);
  if (start !== undefined && initialize === undefined) problems.push(`its initialize is no module's export; export it`);
  const { secondary, higherPriorityThan, lowerPriorityThan, optIn } = declaration ?? {};
  const module = mostCommon([...functions.values()].map((fn) => fn.module!));
  const manifest: Manifest = {
    $schema: pathFrom(dirname(file), `${dirname(file)}/node_modules/tagswitch/manifest.schema.json`),
    system: system.name,
    name,
    primary: types(declaration?.primary),
    ...(secondary && secondary.length > 0 && { secondary: types(secondary) }),
    ...(higherPriorityThan && { higherPriorityThan: [...higherPriorityThan] }),
    ...(lowerPriorityThan && { lowerPriorityThan: [...lowerPriorityThan] }),
    ...(optIn === true && { optIn }),
    ...(module !== undefined && { module }),
    ...(initialize !== undefined && { initialize }),
    functions: Object.fromEntries([...functions].map(([fn, given]) => [fn, withoutModule(given, module)])),
  };
  return { manifest, problems: problems.map((problem) => `backend "${name}": ${problem}`) };
}

function functionOf(
  name: string,
  implementation: BackendImplementation,
  values: ExportedValues,
  file: string,
): ManifestFunction | string {
  const { forms, run, runAsync, shouldRun, context, defers, abortable, options } = implementation;
  if (implementation.validate ?? implementation.validateAlso) return "it has a validator, which a manifest cannot say";
  const guess = name.slice(name.lastIndexOf(".") + 1);
  const isForms = (value: unknown): boolean => {
    const { sync, async: later } = (value ?? {}) as { sync?: unknown; async?: unknown };
    return sync === run && later === runAsync;
  };
  const isBoth = forms.sync && forms.async;
  const place =
    (isBoth ? undefined : values.find((value) => value === (run ?? runAsync), guess)) ?? values.find(isForms, guess);
  if (place === undefined) {
    const what = isBoth ? "an object { sync, async } with its two forms" : "it";
    return `no module exports it; export ${what} from a module that registers nothing, and import that to register it`;
  }
  const decides = shouldRun && reference(values, shouldRun, guess, file);
  if (shouldRun !== undefined && decides === undefined) return "its shouldRun is no module's export; export it";
  return {
    module: pathFrom(dirname(file), place.file),
    ...(place.export !== guess && { export: place.export }),
    ...(decides !== undefined && { shouldRun: decides }),
    ...(forms.async && { async: true }),
    ...(isBoth && { sync: true }),
    ...(context && { context }),
    ...(defers && { defers }),
    ...(abortable && { abortable }),
    ...(options.size > 0 && {
      options: Object.fromEntries([...options].map(([option, said]) => [option, short(said)])),
    }),
  };
}

function reference(values: ExportedValues, value: unknown, guess: string, file: string): string | undefined {
  const place = values.find((other) => other === value, guess);
  if (place === undefined) return undefined;
  const path = pathFrom(dirname(file), place.file);
  return place.export === guess ? path : `${path}:${place.export}`;
}

function short(option: {
  description: string;
  default?: unknown;
}): string | { description: string; default?: unknown } {
  return option.default === undefined ? option.description : option;
}

function withoutModule({ module, ...rest }: ManifestFunction, common: string | undefined): ManifestFunction {
  return module === undefined || module === common ? rest : { module, ...rest };
}

function mostCommon(values: readonly string[]): string | undefined {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].sort(([, a], [, b]) => b - a)[0]?.[0];
}
