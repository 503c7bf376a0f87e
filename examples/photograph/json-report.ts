import type { Image } from "tagswitch/image";
import type { Comparison } from "./agreement.ts";
import type { BackendRun } from "./backend-run.ts";
import type { Request } from "./command-line.ts";
import type { DispatchCost } from "./dispatch-cost.ts";
import { regionsIn } from "./report.ts";

/** All that the tables say. */
export interface Findings {
  readonly request: Request;
  readonly photo: Image;
  readonly runs: readonly BackendRun[];
  readonly missing: readonly { backend: string; reason: string }[];
  readonly comparisons: readonly Comparison[];
  readonly dispatch: DispatchCost | undefined;
  readonly picture: string;
}

/** The findings as JSON; times are in milliseconds. */
export function jsonReport({ request, photo, runs, missing, comparisons, dispatch, picture }: Findings): string {
  const { width, height, channels, dtype } = photo;
  const report = {
    photograph: { path: request.photograph, width, height, channels, dtype },
    sigma: request.sigma,
    runs: runs.map(({ backend, first, again, values }) => ({
      backend: backend ?? null,
      regions: regionsIn(values),
      threshold: values.threshold,
      first: passOf(first),
      again: again ? passOf(again) : null,
    })),
    missing,
    comparisons,
    dispatch: dispatch ?? null,
    picture,
  };
  return JSON.stringify(report, undefined, 2);
}

function passOf({ milliseconds, submissions, upload, download, calls }: BackendRun["first"]): object {
  const steps = calls.map((call) => ({
    function: call.function,
    types: call.types,
    backend: call.backend,
    milliseconds: call.milliseconds,
    considered: call.considered,
    conversions: call.conversions,
  }));
  return { milliseconds, submissions, upload: upload ?? null, steps, download: download ?? null };
}
