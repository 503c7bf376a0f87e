// The main job: what stands out in a photograph, on every backend that this machine offers.
import { mkdirSync } from "node:fs";
import { join, parse, relative } from "node:path";
import { DispatchError } from "tagswitch";
import { GpuError, ImageError, io } from "tagswitch/image";
import { compare, type Comparison } from "./agreement.ts";
import { type BackendRun, runSteps } from "./backend-run.ts";
import { HELP, readCommandLine, type Request, UsageError } from "./command-line.ts";
import { dispatchReport, measureDispatch } from "./dispatch-cost.ts";
import { jsonReport } from "./json-report.ts";
import { readPhotograph } from "./photograph.ts";
import { agreementReport, outcomeReport, runReport } from "./report.ts";
import { stepsFor } from "./steps.ts";
import { bold, clearProgress, print, progress, red } from "./terminal.ts";

/** What a machine may lack for a photograph. Other errors on the GPU are failures. */
const UNABLE: ReadonlySet<string> = new Set([
  ...["ERR_GPU_NO_ADAPTER", "ERR_GPU_SOFTWARE_ADAPTER", "ERR_GPU_SETTING"],
  ...["ERR_GPU_DTYPE", "ERR_GPU_LIMIT", "ERR_GPU_OUT_OF_MEMORY"],
]);

const OUTPUT = join(import.meta.dirname, "../../output");

const TITLES: Readonly<Record<string, string>> = {
  "": "No choice: each step on the first backend that agrees to run it",
  default: "default, put first: the reference in TypeScript",
  native: "native, put first: Rust on the CPU",
  wgpu: "wgpu, put first: the photograph goes to the GPU once, and only the picture comes back",
};

// Whoever reads our output may stop early, as `head` does.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
  process.exit(0);
});

try {
  const request = readCommandLine(process.argv.slice(2));
  if (request === "help") print(HELP);
  else process.exitCode = await run(request);
} catch (error) {
  const [message, status] = explanation(error);
  clearProgress();
  console.error(message);
  process.exitCode = status;
}

/** Does it all; returns the exit status. */
async function run(request: Request): Promise<number> {
  const say = request.json ? (): void => {} : print;
  const start = performance.now();
  const photo = await readPhotograph(request.photograph);
  const reading = performance.now() - start;
  const channels = photo.channels === 1 ? "grey" : `${photo.channels} channels`;
  const size = `${photo.width} × ${photo.height}, ${channels}, ${photo.dtype}`;
  say(`${shortPath(request.photograph)}: ${size}, read in ${reading.toFixed(0)} ms`, "");

  const steps = stepsFor(photo, request.sigma);
  const runs: BackendRun[] = [];
  const missing: { backend: string; reason: string }[] = [];
  for (const backend of request.backends ?? [undefined, "default", "native", "wgpu"]) {
    const title = TITLES[backend ?? ""] ?? `backend ${backend}`;
    try {
      const done = runSteps(photo, steps, backend, (step) => progress(`${backend ?? "no choice"}: ${step}`));
      runs.push(done);
      say(runReport(title, done), "");
    } catch (error) {
      // A machine without a GPU is no failure, unless the GPU was asked for.
      if (!(error instanceof GpuError && UNABLE.has(error.code))) throw error;
      missing.push({ backend: backend!, reason: error.message });
      say(bold(title), `  not run: ${error.message}`, "");
    }
  }

  const chosen = runs.filter((one): one is BackendRun & { backend: string } => one.backend !== undefined);
  if (chosen.length === 0) {
    console.error(
      `${red("Failed:")} ${missing.map(({ backend, reason }) => `${backend} cannot run: ${reason}`).join("; ")}`,
    );
    return 1;
  }
  say(bold("What each made of it"), outcomeReport(chosen), "");

  const reference = ["default", "native"].find((name) => chosen.some(({ backend }) => backend === name));
  const comparisons: Comparison[] = [];
  for (const one of chosen.filter(({ backend }) => reference !== undefined && backend !== reference)) {
    comparisons.push(...compare(one, reference!, steps, (step) => progress(`comparing ${one.backend}: ${step}`)));
  }
  say(bold("Do they agree, step by step, on the same inputs?"));
  say(
    comparisons.length === 0
      ? "There is nothing to compare: one backend ran."
      : agreementReport(reference!, comparisons),
  );

  const picture = request.output ?? join(OUTPUT, `${parse(request.photograph).name}-regions.png`);
  if (request.output === undefined) mkdirSync(OUTPUT, { recursive: true });
  await io.imsave.async(picture, chosen[0]!.values.overlay);

  const dispatch = request.bench
    ? await measureDispatch((share) => progress(`measuring what dispatch costs: ${Math.round(100 * share)} %`))
    : undefined;
  if (dispatch) say("", bold("What dispatch costs here, beside plain JavaScript"), dispatchReport(dispatch));
  say("", `The picture: ${shortPath(picture)}`);

  clearProgress();
  if (request.json) console.log(jsonReport({ request, photo, runs, missing, comparisons, dispatch, picture }));
  const failed = comparisons.filter(({ agrees }) => !agrees);
  if (failed.length > 0) console.error(red(`The backends disagree on ${failed.map(({ step }) => step).join(", ")}.`));
  return failed.length > 0 || (request.backends !== undefined && missing.length > 0) ? 1 : 0;
}

/** What to tell the user, and the exit status. */
function explanation(error: unknown): [message: string, status: number] {
  if (error instanceof UsageError) return [`${error.message}\n(npm start -- --help says what there is)`, 2];
  if (error instanceof ImageError || error instanceof GpuError || error instanceof DispatchError) {
    return [`${red("Failed:")} ${error.message} [${error.code}]`, 1];
  }
  if (error instanceof Error && "syscall" in error) return [`${red("Failed:")} ${error.message}`, 1];
  // Anything else is a bug: with its stack.
  return [error instanceof Error ? (error.stack ?? error.message) : String(error), 1];
}

function shortPath(path: string): string {
  const fromHere = relative(process.cwd(), path);
  return fromHere.startsWith("..") ? path : fromHere;
}
