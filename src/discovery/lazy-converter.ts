import { display } from "../display.ts";
import type { Converter } from "../conversion/index.ts";
import type { TypeIdentifier } from "../type-identifier.ts";
import type { ManifestFile } from "./declared-backend.ts";
import { wanted } from "./lazy-implementation.ts";
import type { ManifestConverter } from "./manifest.ts";
import { loadExport, unfit } from "./module-export.ts";

/** What a converter's module has: a converter, but for its types and cost. */
type Loaded = Omit<Converter<unknown>, "from" | "to" | "cost">;

/** A converter of a manifest. Its module is loaded when anything but its types and cost is asked for. */
export function lazyConverter(source: ManifestFile, given: ManifestConverter): Converter<unknown> {
  const { from, to, cost = 1 } = given as ManifestConverter & { from: TypeIdentifier; to: TypeIdentifier };
  let loaded: Loaded | undefined;
  const load = (): Loaded => (loaded ??= checked(source, given));
  const lazy: Converter<unknown> = { from, to, cost, convert: (value) => load().convert(value) };
  for (const field of ["bytes", "dispose", "writeBack", "cache", "copies"] as const) {
    Object.defineProperty(lazy, field, {
      get: () => (load() as Partial<Record<string, unknown>>)[field],
      enumerable: true,
    });
  }
  return lazy;
}

function checked(source: ManifestFile, given: ManifestConverter): Loaded {
  const path = (given.module ?? source.manifest.module)!;
  const from = wanted(source, path, given.export, `converting ${given.from} to ${given.to}`);
  const value = loadExport(from) as Partial<Loaded> | undefined | null;
  if (typeof value?.convert === "function") return value as Loaded;
  throw unfit(from, `${display(value)}; expected an object with a function convert`);
}
