/** What dispatch costs on this machine, and kernels on its GPU: `tagswitch bench` as functions. */
import { type ContestSetting, describeSetting, FULL, QUICK } from "./contest.ts";
import { CONTESTANTS, type ContestantName } from "./contestants.ts";
import { figuresOf } from "./figures.ts";
import { describeMachine } from "./machine.ts";
import { measureImports, measureIn } from "./processes.ts";
import type { Creation, DiscoveryCost, DispatchBenchmark, InspectionCost, ScopeCost, StartUp } from "./result.ts";
import { type Contest, type Pace, runContests } from "./run-contest.ts";

export type { CallSite, ContestSetting } from "./contest.ts";
export type { ContestantName } from "./contestants.ts";
export { benchGpu, type GpuBenchOptions, type GpuChain, type GpuSubject, type GpuWorkload } from "./gpu.ts";
export { formatGpuBenchmark } from "./gpu-report.ts";
export type { GpuAdapterName, GpuBenchmark, GpuCopy, GpuFusion, GpuKernelRow, GpuTransfers } from "./gpu-result.ts";
export { contestPlot } from "./plot.ts";
export { formatBenchmark } from "./report.ts";
export type {
  Creation,
  DiscoveryCost,
  DispatchBenchmark,
  Figure,
  ImportTime,
  InspectionCost,
  Machine,
  ScopeCost,
  StartUp,
} from "./result.ts";
export type { Contest, ContestRow, Pace } from "./run-contest.ts";

/** How much to measure. */
export interface BenchOptions {
  /** A few seconds instead of a few minutes: fewer settings, fewer rounds. */
  quick?: boolean;
  /** The settings in which calls are measured, in place of the usual ones. */
  settings?: readonly ContestSetting[];
  /** The contestants, in place of all. `direct` always takes part. */
  contestants?: readonly ContestantName[];
  /** How long to measure, in place of the usual. */
  pace?: Partial<Pace & { importRounds: number }>;
  /** Told what is measured next, and which share of the steps is done. */
  onProgress?: (step: string, done: number) => void;
}

const FULL_PACE = { warmUpMilliseconds: 1500, rounds: 25, turnMilliseconds: 5, importRounds: 21 };
const QUICK_PACE = { warmUpMilliseconds: 600, rounds: 11, turnMilliseconds: 2, importRounds: 5 };

const ENTRIES = { tagswitch: "index", "tagswitch/image": "image/index" };

/**
 * Measures what dispatch costs beside what plain JavaScript would do. Each contestant runs in a process of its own;
 * those of settings that are compared are alive together and take turns, so that a disturbance meets all of them.
 */
export async function benchDispatch(options: BenchOptions = {}): Promise<DispatchBenchmark> {
  const { quick = false, settings = quick ? QUICK : FULL, onProgress = () => {} } = options;
  const names = (Object.keys(CONTESTANTS) as ContestantName[]).filter(
    (name) => name === "direct" || (options.contestants?.includes(name) ?? true),
  );
  const pace = { ...(quick ? QUICK_PACE : FULL_PACE), ...options.pace };
  const start = performance.now();
  const machine = describeMachine();
  const groups = groupsOf(settings);
  let done = 0;
  const step = <T>(name: string, measure: () => Promise<T>): Promise<T> => {
    onProgress(name, done++ / (groups.length + 6));
    return measure();
  };

  const creation = await step("creating dispatchables", () => measureIn<Creation>("creation-process"));
  const startUp = await step("start-up", () => measureIn<StartUp>("start-up-process"));
  const scope = await step("scopes", () => measureIn<ScopeCost>("scope-process"));
  const inspection = await step("inspection", () => measureIn<InspectionCost>("inspection-process"));
  const discovery = await step("discovery", () => measureIn<DiscoveryCost>("discovery-process"));
  const importing = await step("imports", () => measureImports(ENTRIES, pace.importRounds));
  const measuredSettings = new Map<ContestSetting, Contest>();
  for (const group of groups) {
    const contests = await step(group.map(describeSetting).join("; "), () => runContests(group, names, pace));
    for (const [i, setting] of group.entries()) measuredSettings.set(setting, contests[i]!);
  }
  const contests = settings.map((setting) => measuredSettings.get(setting)!);

  const absent = names
    .filter(
      (name) =>
        contests.length > 0 && contests.every(({ rows }) => rows.every(({ contestant }) => contestant !== name)),
    )
    .map((contestant) => ({ contestant, reason: `the package ${contestant} is not installed` }));
  const seconds = (performance.now() - start) / 1000;
  const schema = "tagswitch/bench-dispatch/1";
  const once = { creation, startUp, scope, inspection, discovery, importing };
  const measured = { schema, machine, quick, seconds, contests, absent, ...once } as const;
  return { ...measured, figures: figuresOf(measured) };
}

/** Settings that differ in the number of arguments alone, put together: figures compare these. */
function groupsOf(settings: readonly ContestSetting[]): ContestSetting[][] {
  const groups = new Map<string, ContestSetting[]>();
  for (const setting of settings) {
    const key = describeSetting({ ...setting, arguments: 1 });
    groups.set(key, [...(groups.get(key) ?? []), setting]);
  }
  return [...groups.values()];
}
