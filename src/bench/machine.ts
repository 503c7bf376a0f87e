import { availableParallelism, cpus, loadavg } from "node:os";
import type { Machine } from "./result.ts";

/** The machine and the Node that run this. */
export function describeMachine(): Machine {
  return {
    node: process.version,
    v8: process.versions.v8,
    platform: `${process.platform}-${process.arch}`,
    processor: cpus()[0]?.model.trim() ?? "unknown",
    processors: availableParallelism(),
    load: loadavg()[0]!,
  };
}

/** A machine in one line. */
export function machineLine({ node, v8, platform, processors, processor, load }: Machine): string {
  return `Node ${node.slice(1)} (V8 ${v8}), ${platform}, ${processors} × ${processor}, load ${load.toFixed(1)}`;
}
