import { resolve } from "node:path";
import { lookAtApplicationOf } from "../discovery/packages.ts";
import { nearest } from "../spelling.ts";
import { findSystem } from "../system-record.ts";
import { type EnvironmentVariable, environmentReport, variablePrefix } from "./environment-report.ts";
import { describeInstallation, type Installation } from "./installation.ts";
import { hasLibrary, unlikeLibrary } from "./loaded-system.ts";
import { missingFiles } from "./missing-files.ts";
import { misspellings } from "./spelling-check.ts";
import { type Survey, survey, type SurveyedBackend, type SurveyedSystem } from "./survey.ts";
import { collectWarnings } from "./warnings.ts";

/** A backend in a diagnosis. */
export interface DiagnosedBackend {
  readonly system: string;
  readonly name: string;
  readonly package: string;
  readonly version: string;
  /** Whether the library lists this version of the package. */
  readonly endorsed: boolean;
  readonly state: SurveyedBackend["state"];
}

/** What discovery finds on this machine for an application, and what is wrong. */
export interface Diagnosis {
  readonly installation: Installation;
  readonly application: Survey["application"];
  readonly systems: readonly { readonly name: string; readonly library: string | undefined }[];
  readonly backends: readonly DiagnosedBackend[];
  readonly environment: readonly EnvironmentVariable[];
  readonly problems: readonly string[];
}

/** Examines the application of a folder; with `load`, by help of its libraries, which are imported for it. */
export async function diagnose(folder: string, { load }: { load: boolean }): Promise<Diagnosis> {
  lookAtApplicationOf(resolve(folder));
  const installation = describeInstallation();
  const warnings = collectWarnings();
  const found = survey();
  const names: string[] = [];
  for (const system of found.systems) {
    names.push(...unknownSystem(system, found.systems), ...missingFiles(system));
    const isLoaded = load && hasLibrary(system, found.application!.folder);
    names.push(...(isLoaded ? await unlikeLibrary(system, found.application!.folder) : misspellings(system)));
  }
  // Once more: a library that is loaded now may have chosen what its variables begin with.
  const { application, systems, problems } = survey();
  const environment = systems.map(({ name }) => environmentReport(variablePrefix(name)));
  const { node, isNodeSupported, supportedNode, problem } = installation;
  return {
    installation,
    application,
    systems: systems.map(({ name, library }) => ({ name, library: library?.name })),
    backends: systems.flatMap(({ backends }) => backends.map(diagnosed)),
    environment: environment.flatMap(({ variables }) => variables),
    problems: [
      ...(isNodeSupported ? [] : [`Node ${node} is not among those that tagswitch is for: ${supportedNode}`]),
      ...(problem === undefined ? [] : [`no compiled addon: ${problem}`]),
      ...[...problems, ...environment.flatMap((report) => report.problems), ...names],
      ...(await warnings.end()).filter((warning) => !problems.includes(warning)),
    ],
  };
}

/** A system that only backends name may be misspelt. */
function unknownSystem({ name, library, backends }: SurveyedSystem, all: readonly SurveyedSystem[]): string[] {
  if (library !== undefined) return [];
  const meant = nearest(
    name,
    all.flatMap((other) => (other.library === undefined ? [] : [other.name])),
  );
  if (meant === undefined) return [];
  const from = [...new Set(backends.map((backend) => backend.package.name))].join(", ");
  return [`${from} has backends for "${name}", which no package has: did you mean "${meant}"?`];
}

function diagnosed(backend: SurveyedBackend): DiagnosedBackend {
  const { system, name, package: of, endorsed, state } = backend;
  const isThere = state !== "found" || isKept(backend);
  return { system, name, package: of.name, version: of.version, endorsed, state: isThere ? state : "left out" };
}

/** Whether a system that is loaded has a backend of that name: what it left out, its place in the order say, it warned of. */
function isKept({ system, name }: SurveyedBackend): boolean {
  const loaded = findSystem(system);
  if (loaded?.discovered !== true) return true;
  return [...loaded.backends.values()].some((backend) => backend.name === name);
}
