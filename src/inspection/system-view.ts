import { resolve } from "node:path";
import { describeSystem, type FunctionInfo, type SystemDescription } from "../description.ts";
import { lookAtApplicationOf } from "../discovery/packages.ts";
import { listedFor, nearestFunction } from "../spelling.ts";
import { packageRoot } from "../package-root.ts";
import { type DeclaredOption, declarationOf } from "./declaration.ts";
import { libraryUrl, loadSystem, SystemNotLoadedError } from "./loaded-system.ts";
import { survey, type SurveyedSystem } from "./survey.ts";

/** A system with everything that is known of it without loading its discovered backends. */
export interface SystemView extends SystemDescription {
  /** Backends that are not looked at, as the environment says. */
  readonly blocked: readonly string[];
  /** The URL of the library's module. */
  readonly module: string;
}

/** One function of a system. */
export interface FunctionView extends FunctionInfo {
  readonly system: string;
  /** The comment above it in the library; `undefined` where none was found. */
  readonly description: string | undefined;
  /** Its parameters and its result; `undefined` where the library declares no types. */
  readonly signature: string | undefined;
  /** What the library says of those of its own options that it declares. */
  readonly declaredOptions: Readonly<Record<string, DeclaredOption>>;
}

/**
 * Loads the libraries that an application depends on, or the one of the given system, and describes them. Where none
 * does, those of this package.
 *
 * @throws SystemNotLoadedError: the system is unknown, or its library cannot be loaded.
 */
export async function viewSystems(folder: string, name?: string): Promise<SystemView[]> {
  lookAtApplicationOf(resolve(folder));
  let surveyed = survey();
  if (!surveyed.systems.some(isLibrarys)) {
    // Outside of applications, in a folder of photographs, there are still this package's own.
    lookAtApplicationOf(packageRoot);
    surveyed = survey();
  }
  const { application, systems } = surveyed;
  const chosen = name === undefined ? systems.filter(isLibrarys) : [systemNamed(name, systems)];
  const from = application?.folder ?? resolve(folder);
  const views: SystemView[] = [];
  for (const system of chosen) {
    const record = await loadSystem(system, from);
    const blocked = system.backends.filter(({ state }) => state === "blocked").map((backend) => backend.name);
    views.push({ ...describeSystem(record), blocked, module: libraryUrl(system, from) });
  }
  return views;
}

/**
 * Finds a function among the systems of an application.
 *
 * @param name its whole name, or its last part where that is no other's.
 * @throws SystemNotLoadedError, with the names there are for one that is unknown.
 */
export async function viewFunction(folder: string, name: string, system?: string): Promise<FunctionView> {
  const functions = (await viewSystems(folder, system)).flatMap((view) =>
    view.functions.map((fn) => ({ ...fn, system: view.name, module: view.module })),
  );
  const whole = functions.filter((fn) => fn.name === name);
  const found = whole.length > 0 ? whole : functions.filter((fn) => fn.name.endsWith(`.${name}`));
  const [first] = found;
  if (first === undefined) {
    const names = functions.map((fn) => fn.name);
    const group = names.filter((each) => each.startsWith(`${name}.`));
    const meant = nearestFunction(name, names);
    const there = group.length > 0 ? group.join(", ") : `${listedFor(name, names)}; tagswitch backends shows all`;
    const advice = meant === undefined ? `there are ${there}` : `did you mean ${meant}?`;
    throw new SystemNotLoadedError(`there is no function "${name}"; ${advice}`);
  }
  if (found.length > 1) {
    const names = found.map((fn) => `${fn.name} of ${fn.system}`);
    throw new SystemNotLoadedError(`"${name}" may be ${names.join(" or ")}; give the whole name, and --system`);
  }
  const { module, ...known } = first;
  const { description, signature, options } = declarationOf(first.name, module);
  const own = known.options.flatMap((option) => {
    const declared = options.get(option);
    return declared === undefined ? [] : [[option, declared] as const];
  });
  return { ...known, description, signature, declaredOptions: Object.fromEntries(own) };
}

/** Whether a package of the application has the system itself, not just backends for it. */
function isLibrarys({ library }: SurveyedSystem): boolean {
  return library !== undefined;
}

/** A system that the application knows, or one whose library does not say so: its name is what to import then. */
function systemNamed(name: string, systems: readonly SurveyedSystem[]): SurveyedSystem {
  return (
    systems.find((system) => system.name === name) ?? { name, library: undefined, module: undefined, backends: [] }
  );
}
