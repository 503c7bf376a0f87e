import { activeScope, forgetAnswers, resolver, runInScope, trackScope } from "./realm.ts";
import type { CallRecorder } from "./trace.ts";

/** What happens where a conversion moves data between devices. */
export type Copies = "allow" | "warn" | "forbid";

/** What asynchronous work carries along. */
export interface ActiveScope {
  readonly config: ScopeConfig;
  /** Rows of the table at which walks begin, by dispatchable; 0 where none has begun yet. */
  bases: Int32Array;
  readonly recorder: CallRecorder | undefined;
}

/** What a scope changes, in the registry's terms. */
export interface ScopeChange {
  readonly declaration: Parameters<typeof resolver.scope>[1];
  readonly copies: Copies | undefined;
}

/** A set of scope options. Equal ones are one object, so that its part of the table is filled once. */
export class ScopeConfig {
  readonly id: number;
  readonly copies: Copies;
  /** The scope without a recorder: one object, so that entering makes none and its rows may be replaced. */
  readonly unrecorded: ActiveScope;
  readonly #types: ReadonlyMap<number, number>;
  readonly #exclusive = new Map<number, ScopeConfig>();
  // By system, then by choice: a scope that is opened again asks nobody.
  readonly #inner: Map<string, ScopeConfig>[] = [];

  constructor(id: number, copies: Copies, types: ReadonlyMap<number, number>) {
    this.id = id;
    this.copies = copies;
    this.#types = types;
    this.unrecorded = { config: this, bases: new Int32Array(0), recorder: undefined };
    trackScope(this.unrecorded);
  }

  /** The tag of the type that the scope asks of a system's calls; 0 where it asks for none. */
  typeOf(system: number): number {
    return this.#types.get(system) ?? 0;
  }

  /** This configuration with `backend` as the only one of its system. */
  exclusively(backend: number): ScopeConfig {
    let config = this.#exclusive.get(backend);
    if (config === undefined) {
      const declaration = { prioritize: [], disable: [], exclusive: [backend] };
      config = this.#changed({ declaration, copies: undefined });
      this.#exclusive.set(backend, config);
    }
    return config;
  }

  /**
   * This configuration with what a system's scope changes.
   *
   * @param key tells equal changes; `change` is asked once for each.
   */
  inner(system: number, key: string, change: () => ScopeChange): ScopeConfig {
    const known = (this.#inner[system] ??= new Map());
    let config = known.get(key);
    if (config === undefined) known.set(key, (config = this.#changed(change())));
    return config;
  }

  /** This configuration with a type that a system's calls are to work with, in place of its own. */
  ofType(system: number, tag: number): ScopeConfig {
    const declaration = { prioritize: [], disable: [], exclusive: [], types: [{ system, tag }] };
    // No choice's key begins so.
    return this.inner(system, `\0=${tag}`, () => ({ declaration, copies: undefined }));
  }

  /** Notes where the walks of a dispatchable begin. */
  setBase(dispatchable: number, row: number): void {
    const scope = this.unrecorded;
    if (dispatchable >= scope.bases.length) {
      const bases = new Int32Array(Math.max(64, 2 * dispatchable));
      bases.set(scope.bases);
      scope.bases = bases;
    }
    scope.bases[dispatchable] = row;
  }

  #changed({ declaration, copies = this.copies }: ScopeChange): ScopeConfig {
    const types = new Map(this.#types);
    for (const { system, tag } of declaration.types ?? []) types.set(system, tag);
    return configOf(resolver.scope(this.id, declaration), copies, types);
  }
}

const configs = new Map<string, ScopeConfig>();

// A traced scope has no rows, so that every call in it takes the slow path, where it is recorded.
const NO_BASES = new Int32Array(0);

let root: ScopeConfig = configOf(0, "allow", new Map());

/** The configuration outside any scope. */
export function rootConfig(): ScopeConfig {
  return root;
}

/** Changes what holds outside any scope. Scopes that are open stay as they are. */
export function replaceRoot(config: ScopeConfig): void {
  root = config;
  forgetAnswers();
}

/** The configuration that is active here. */
export function activeConfig(): ScopeConfig {
  return activeScope()?.config ?? root;
}

/** Where calls made here are recorded, if anywhere. */
export function activeRecorder(): CallRecorder | undefined {
  let recorder = activeScope()?.recorder;
  while (recorder?.ended === true) recorder = recorder.outer;
  return recorder;
}

/** A scope of this configuration, recorded where the active one is. */
export function scopeOf(config: ScopeConfig): ActiveScope {
  const recorder = activeRecorder();
  return recorder === undefined ? config.unrecorded : { config, bases: NO_BASES, recorder };
}

/** Runs `body` with its calls recorded. */
export function withRecorder<R>(recorder: CallRecorder, body: () => R): R {
  return runInScope({ config: activeConfig(), bases: NO_BASES, recorder }, body);
}

function configOf(id: number, copies: Copies, types: ReadonlyMap<number, number>): ScopeConfig {
  const key = `${id}:${copies}`;
  let config = configs.get(key);
  if (config === undefined) configs.set(key, (config = new ScopeConfig(id, copies, types)));
  return config;
}
