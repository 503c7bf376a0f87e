import type { AnyConverter, ConverterDeclaration } from "../conversion/converter.ts";
import { display } from "../display.ts";
import type { TypeIdentifier } from "../type-identifier.ts";
import type { ManifestFile } from "./declared-backend.ts";
import { wanted } from "./lazy-implementation.ts";
import type { ManifestConverter } from "./manifest.ts";
import { loadExport, unfit } from "./module-export.ts";

/** A converter of a manifest. */
export interface LazyConverter {
  readonly declaration: ConverterDeclaration;
  /** @throws DispatchError `ERR_DISPATCH_LOAD`. */
  load(): AnyConverter;
}

/** A converter of a manifest, whose module is loaded with it. */
export function lazyConverter(source: ManifestFile, given: ManifestConverter): LazyConverter {
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
