import type { Manifest } from "./manifest.ts";

/** A file that a manifest names. */
interface NamedFile {
  /** From the manifest's folder; of a reference with the export, `"./file.js:export"`. */
  readonly path: string;
  /** The field that has it, put together where it is asked for. */
  readonly field: () => string;
}

/** All the files that a manifest names, as often as it does. */
export function* filesIn(manifest: Manifest): Generator<NamedFile> {
  const { module, initialize, functions, converters = [] } = manifest;
  if (module !== undefined) yield { path: module, field: () => "module" };
  if (initialize !== undefined) yield { path: initialize, field: () => "initialize" };
  for (const [name, { module: own, shouldRun }] of Object.entries(functions)) {
    const at = (): string => `functions[${JSON.stringify(name)}]`;
    if (own !== undefined) yield { path: own, field: () => `${at()}.module` };
    if (shouldRun !== undefined) yield { path: shouldRun, field: () => `${at()}.shouldRun` };
  }
  for (const [i, { module: own }] of converters.entries()) {
    if (own !== undefined) yield { path: own, field: () => `converters[${i}].module` };
  }
}
