import { dirname, resolve } from "node:path";
import { display } from "../display.ts";
import type { ImplementationDeclaration, LoadedForms, OptionDescription } from "../implementation.ts";
import type { Implementation } from "../realm.ts";
import type { ManifestFile } from "./declared-backend.ts";
import type { ManifestFunction } from "./manifest.ts";
import { importExport, loadExport, unfit, type Wanted } from "./module-export.ts";

/** An implementation that a manifest names. Its module is loaded when it is to run. */
export class LazyImplementation implements ImplementationDeclaration {
  readonly forms: { readonly sync: boolean; readonly async: boolean };
  readonly defers: boolean;
  readonly context: boolean;
  readonly abortable: boolean;
  readonly options: ReadonlyMap<string, OptionDescription>;
  /** Loads its own module when it is asked. */
  readonly shouldRun?: Implementation;
  readonly #source: ManifestFile;
  readonly #name: string;
  readonly #given: ManifestFunction;
  #loaded: LoadedForms | undefined;
  #decides: Implementation | undefined;

  constructor(source: ManifestFile, name: string, given: ManifestFunction) {
    this.#source = source;
    this.#name = name;
    this.#given = given;
    this.forms = FORMS[given.async === true ? (given.sync === true ? "both" : "async") : "sync"];
    this.defers = given.defers ?? false;
    this.context = given.context ?? false;
    this.abortable = given.abortable ?? false;
    this.options = given.options === undefined ? NO_OPTIONS : describedOptions(given.options);
    if (given.shouldRun === undefined) return;
    const load = (): Implementation => this.loadShouldRun()!;
    // Of a method, it has the object as `this`.
    this.shouldRun = function (this: unknown, ...args: unknown[]): unknown {
      return Reflect.apply(load(), this, args);
    };
  }

  /**
   * What decides, its module loaded at once; `undefined` where there is nothing to ask.
   *
   * @throws DispatchError `ERR_DISPATCH_LOAD`.
   */
  loadShouldRun(): Implementation | undefined {
    const { shouldRun } = this.#given;
    if (shouldRun === undefined || this.#decides !== undefined) return this.#decides;
    const source = referenced(this.#source, shouldRun, lastPart(this.#name), `deciding on ${this.#name}`);
    this.#decides = checkedFunction(loadExport(source), source);
    return this.#decides;
  }

  /**
   * The implementation, its module loaded at once.
   *
   * @throws DispatchError `ERR_DISPATCH_LOAD`: no such module or export, or one that must be waited for.
   */
  load(): LoadedForms {
    return (this.#loaded ??= this.#checked(loadExport(this.#wanted)));
  }

  /**
   * The implementation, its module waited for.
   *
   * @throws DispatchError `ERR_DISPATCH_LOAD`.
   */
  async loadAsync(): Promise<LoadedForms> {
    return (this.#loaded ??= this.#checked(await importExport(this.#wanted)));
  }

  get #wanted(): Wanted {
    const { module, export: name = lastPart(this.#name) } = this.#given;
    // The check of the manifest saw to it that one of them is there.
    const path = (module ?? this.#source.manifest.module)!;
    return wanted(this.#source, path, name, this.#name);
  }

  #checked(value: unknown): LoadedForms {
    const { forms } = this;
    if (typeof value === "function" && forms.sync !== forms.async) {
      const run = value as Implementation;
      return forms.async ? { sync: undefined, async: run } : { sync: run, async: undefined };
    }
    const given = (value ?? {}) as Partial<Record<"sync" | "async", unknown>>;
    const form = (name: "sync" | "async"): Implementation | undefined => {
      if (!forms[name]) return undefined;
      if (typeof given[name] === "function") return given[name] as Implementation;
      const expected =
        forms.sync && forms.async
          ? "an object with functions sync and async"
          : `a function, or an object with a function ${name}`;
      throw unfit(this.#wanted, `${display(value)}; expected ${expected}`);
    };
    return { sync: form("sync"), async: form("async") };
  }
}

/**
 * What makes a backend ready, its module waited for; `undefined` where its manifest names nothing.
 *
 * @throws DispatchError (in the promise) `ERR_DISPATCH_LOAD`.
 */
export async function loadInitialize(source: ManifestFile): Promise<Implementation | undefined> {
  const { initialize } = source.manifest;
  if (initialize === undefined) return undefined;
  const from = referenced(source, initialize, "initialize", "its start");
  return checkedFunction(await importExport(from), from);
}

/** What `"./file.js:export"` in a manifest means. */
function referenced(source: ManifestFile, reference: string, guess: string, purpose: string): Wanted {
  const [path = "", name = guess] = reference.split(":");
  return wanted(source, path, name, purpose);
}

/** An export of a file that a manifest names. */
export function wanted({ file, manifest }: ManifestFile, path: string, name: string, purpose: string): Wanted {
  return { file: resolve(dirname(file), path), export: name, backend: manifest.name, purpose, manifest: file };
}

// Shared: manifests may have thousands of functions, which mostly are alike.
const FORMS = {
  sync: { sync: true, async: false },
  async: { sync: false, async: true },
  both: { sync: true, async: true },
} as const;
const NO_OPTIONS: ReadonlyMap<string, OptionDescription> = new Map();

function describedOptions(options: NonNullable<ManifestFunction["options"]>): ReadonlyMap<string, OptionDescription> {
  const described = Object.entries(options).map(([name, option]): [string, OptionDescription] => {
    return [name, typeof option === "string" ? { description: option } : option];
  });
  return new Map(described);
}

function checkedFunction(value: unknown, source: Wanted): Implementation {
  if (typeof value === "function") return value as Implementation;
  throw unfit(source, `${display(value)}; expected a function`);
}

function lastPart(name: string): string {
  return name.slice(name.lastIndexOf(".") + 1);
}
