import type { Contest } from "./run-contest.ts";

/** The machine and the Node that ran a benchmark. */
export interface Machine {
  readonly node: string;
  readonly v8: string;
  readonly platform: string;
  readonly processor: string;
  readonly processors: number;
  /** Average number of busy processors in the minute before: other work spoils figures. */
  readonly load: number;
}

/** What it takes to create dispatchables, until their first call. */
export interface Creation {
  readonly count: number;
  readonly medianMicroseconds: number;
  /** With the first ones, which compile and are the slowest, and with collections of garbage. */
  readonly meanMicroseconds: number;
  readonly firstMicroseconds: number;
}

/** A large library coming up, the addon being loaded already. */
export interface StartUp {
  readonly dispatchables: number;
  readonly types: number;
  /** To register all of them. */
  readonly milliseconds: number;
  /** To call each dispatchable with four types for the first time. */
  readonly firstCallsMilliseconds: number;
  readonly firstCalls: number;
  readonly tableBytesUsed: number;
  /** Address space: the system gives memory as it is used. */
  readonly tableBytesReserved: number;
}

/** Costs of scopes beside those of calls in them. */
export interface ScopeCost {
  readonly enterNanoseconds: number;
  /** Of an `await` of a settled promise, with no scope ever opened, after one was, and in one. */
  readonly awaitNanoseconds: {
    readonly withoutScopes: number;
    readonly afterAScope: number;
    readonly inAScope: number;
  };
}

/** What it costs to look into dispatch, and to leave its fast path. */
export interface InspectionCost {
  /** Backends of the system that is looked into. */
  readonly backends: number;
  readonly explainMicroseconds: number;
  /** Of a trace of one call. */
  readonly traceMicroseconds: number;
  /** Of a call that all backends but the last refuse. */
  readonly decidedCallMicroseconds: number;
}

/** What the first call of a system costs, which finds the backends of the application's packages. */
export interface DiscoveryCost {
  readonly packages: number;
  /** Backends × functions in their manifests. */
  readonly entries: number;
  readonly milliseconds: number;
}

/** What entries of the package add to the start of Node. */
export interface ImportTime {
  readonly nodeMilliseconds: number;
  readonly addedMilliseconds: Readonly<Record<string, number>>;
}

/** A figure that the package is held to. */
export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly limit: number;
  /** `"×"` for a ratio. */
  readonly unit: "×" | "ns" | "µs" | "ms" | "MB";
  readonly holds: boolean;
}

/** What {@link benchDispatch} measured. Times are wall-clock; the field names hold their units. */
export interface DispatchBenchmark {
  readonly schema: "tagswitch/bench-dispatch/1";
  readonly machine: Machine;
  readonly quick: boolean;
  readonly seconds: number;
  readonly contests: readonly Contest[];
  /** Contestants that did not take part, and why. */
  readonly absent: readonly { readonly contestant: string; readonly reason: string }[];
  readonly creation: Creation;
  readonly startUp: StartUp;
  readonly scope: ScopeCost;
  readonly inspection: InspectionCost;
  readonly discovery: DiscoveryCost;
  readonly importing: ImportTime;
  readonly figures: readonly Figure[];
}
