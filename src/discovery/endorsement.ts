import { createRequire } from "node:module";
import { isObject } from "./json-file.ts";
import type { TagswitchPackage } from "./packages.ts";

/** What a library's `package.json` says of one of its systems. */
export interface SystemEntry {
  /** The package that says so. */
  readonly package: TagswitchPackage;
  /** What to import for the system and its functions. */
  readonly module: string | undefined;
  /** What to import for its test suite. */
  readonly suite: string | undefined;
  /** Version range by backend package. */
  readonly endorsed: Readonly<Record<string, unknown>>;
}

/** What the library of a system says of it. Nobody but the package whose name the system's begins with is asked. */
export function systemEntry(packages: readonly TagswitchPackage[], system: string): SystemEntry | undefined {
  const library = packages.find(({ name, systems }) => {
    return (system === name || system.startsWith(`${name}/`)) && Object.hasOwn(systems, system);
  });
  const given = library?.systems[system];
  if (library === undefined || !isObject(given)) return undefined;
  const { module, suite, endorsed } = given;
  return {
    package: library,
    module: typeof module === "string" ? module : undefined,
    suite: typeof suite === "string" ? suite : undefined,
    endorsed: isObject(endorsed) ? endorsed : {},
  };
}

/** Whether a library endorses a package's version. */
export function isEndorsed(entry: SystemEntry | undefined, { name, version }: TagswitchPackage): boolean {
  if (entry === undefined || !Object.hasOwn(entry.endorsed, name)) return false;
  const range = entry.endorsed[name];
  // Loaded with the first endorsement: few backends have one.
  const satisfies = createRequire(import.meta.url)("semver/functions/satisfies") as (
    version: string,
    range: string,
    options: { includePrerelease: boolean },
  ) => boolean;
  return typeof range === "string" && satisfies(version, range, { includePrerelease: true });
}
