import { type DeclaredBackend, declaredBackends, type ManifestFile, readManifest } from "./declared-backend.ts";
import type { TagswitchPackage } from "./packages.ts";

/** What became of a backend that a package declares. */
export type ExaminedBackend = DeclaredBackend &
  (
    | { readonly state: "found"; readonly source: ManifestFile }
    /** The environment says so; nothing of it was read. */
    | { readonly state: "blocked" }
    /** Its manifest is broken, or another package has a backend of that name. */
    | { readonly state: "left out" }
  );

/** The backends that packages declare for a system, by name, with their manifests. What is wrong is reported. */
export function examineBackends(
  packages: readonly TagswitchPackage[],
  system: string,
  blocked: readonly string[],
  report: (problem: string) => void,
): ExaminedBackend[] {
  const holders = new Map<string, ManifestFile>();
  return declaredBackends(packages, system, report).map((declared): ExaminedBackend => {
    const { name } = declared;
    if (blocked.includes(name)) return { ...declared, state: "blocked" };
    const source = readManifest(declared);
    const holder = holders.get(name);
    if (typeof source !== "string" && holder === undefined) {
      holders.set(name, source);
      return { ...declared, state: "found", source };
    }
    const problem = typeof source === "string" ? source : `there is one of that name already (${holder?.file})`;
    report(`backend "${name}" of ${declared.package.name} is left out: ${problem}`);
    return { ...declared, state: "left out" };
  });
}
