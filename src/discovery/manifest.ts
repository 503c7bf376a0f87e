/** A type in a manifest: `"package:Export"`, or one whose subclasses are meant, or none of them. */
export type ManifestType = string | { type: string; subclasses?: boolean; exact?: boolean };

/** A plain option that an implementation knows beside those of the library. */
type ManifestOption = string | { description: string; default?: unknown };

/** One implementation in a manifest. Its name in the manifest is the dispatchable's. */
export interface ManifestFunction {
  /** The file, from the manifest's folder. Default: the manifest's own `module`. */
  module?: string;
  /** Default: the last part of the function's name. */
  export?: string;
  /** `"./file.js:export"`; the export is the last part of the function's name where it is left out. */
  shouldRun?: string;
  /** The export is a function that gives a promise, or has one as its property `async`. */
  async?: boolean;
  /** Default: true, unless `async` is. */
  sync?: boolean;
  /** Takes the dispatch context as its first argument. */
  context?: boolean;
  /** May pass the call on. */
  defers?: boolean;
  /** Heeds `signal` among the options. */
  abortable?: boolean;
  options?: Record<string, ManifestOption>;
}

/** A converter in a manifest. Its export is an object as `registerConverter` takes, without these fields. */
export interface ManifestConverter {
  from: string;
  to: string;
  /** Default 1. */
  cost?: number;
  /** Default: the manifest's own `module`. */
  module?: string;
  export: string;
}

/** What a package says of one backend that it has for one system. `manifest.schema.json` says the same to editors. */
export interface Manifest {
  $schema?: string;
  system: string;
  name: string;
  description?: string;
  primary: ManifestType[];
  secondary?: ManifestType[];
  higherPriorityThan?: string[];
  lowerPriorityThan?: string[];
  optIn?: boolean;
  /** The file that has what functions and converters without a `module` name. */
  module?: string;
  /** `"./file.js:export"`; the export is `initialize` where it is left out. Awaited before the first call. */
  initialize?: string;
  functions: Record<string, ManifestFunction>;
  converters?: ManifestConverter[];
}
