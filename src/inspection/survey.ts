import { isEndorsed, systemEntry } from "../discovery/endorsement.ts";
import { type ExaminedBackend, examineBackends } from "../discovery/declared-backend.ts";
import { applicationPackages, type TagswitchPackage } from "../discovery/packages.ts";
import { readEnvironment } from "../environment.ts";
import { variablePrefix } from "./environment-report.ts";

/** A backend that some package of the application has, without any of its code loaded. */
export type SurveyedBackend = ExaminedBackend & { readonly endorsed: boolean };

/** A system that some package of the application has, or has backends for. */
export interface SurveyedSystem {
  readonly name: string;
  /** The library's package; `undefined` where the application does not depend on it itself. */
  readonly library: TagswitchPackage | undefined;
  /** What to import for it. */
  readonly module: string | undefined;
  readonly backends: readonly SurveyedBackend[];
}

/** What discovery finds in the application, and what is wrong with it. */
export interface Survey {
  readonly application: { readonly folder: string; readonly name: string } | undefined;
  readonly systems: readonly SurveyedSystem[];
  readonly problems: readonly string[];
}

/** Looks at all the backends of the application's packages, for whatever system they are. Reads JSON files only. */
export function survey(): Survey {
  const { application, packages } = applicationPackages();
  const problems: string[] = [];
  const names = packages.flatMap(({ backends, systems }) => [...Object.keys(systems), ...Object.keys(backends)]);
  const systems = [...new Set(names)].sort().map((name): SurveyedSystem => {
    const entry = systemEntry(packages, name);
    const { block } = readEnvironment(variablePrefix(name));
    const examined = examineBackends(packages, name, block, (problem) => problems.push(problem));
    const backends = examined.map((one) => ({ ...one, endorsed: isEndorsed(entry, one.package) }));
    return { name, library: entry?.package, module: entry?.module, backends };
  });
  return {
    application: application && {
      folder: application.folder,
      name: typeof application.file.name === "string" ? application.file.name : "without a name",
    },
    systems,
    problems,
  };
}
