import type * as Library from "../image/index.ts";
import { statSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { nearest } from "../spelling.ts";
import { parse } from "./arguments.ts";
import { type BatchOutcome, runBatch } from "./run/batch.ts";
import { problemOf } from "./run/check-steps.ts";
import { openPage } from "./run/open-page.ts";
import { beside } from "./run/output.ts";
import { batchText, fileText, outcomesJson, printFailures } from "./run/print-outcomes.ts";
import { reportPage } from "./run/report-page.ts";
import { readRequest, type Request } from "./run/request.ts";
import { type FileTask, runFile } from "./run/run-file.ts";
import { UsageError } from "./usage-error.ts";
import { version } from "./version.ts";

const HELP = `Usage: tagswitch run <input> [output] <step>... [options]
       tagswitch run <input> [output] --pipeline FILE [options]
       tagswitch run <input>... --pipeline FILE --out-dir DIR [options]

Runs functions of the image library on image files, one after the other. A step is a function, what follows the image,
and options: filters.gaussian:sigma=2,mode=nearest or "transform.resize:[300,400]". Values are numbers, true, false,
null, words, lists, JSON, or @4 for what step 4 gave. A step works on the last image so far, or on what its name is
followed by, @0 being the input: segmentation.markBoundaries@0:@5. "tagswitch docs <function>" explains a function.

Images go to outputs in .png, .jpg, .webp or .tif, numbers and tables to .json or .csv; without an output they are
shown. TIFF holds every image as it is. What the others cannot hold is saved as "tagswitch show" shows it, and that is
said. Outputs are never there by half, and inputs are not overwritten.

Options:
      --pipeline FILE   the steps, as JSON (schema: tagswitch/pipeline.schema.json)
      --out-dir DIR     a folder for the outputs of many inputs, named like these. Inputs that the same pipeline has
                        done, by the record .tagswitch-run.json in it, are passed over; removing that does all again
      --format ENDING   what outputs there are, such as tif or csv. Default: png, and json for numbers
      --jobs N          how many inputs at a time. Default: one for each processor
      --backend NAME    put this backend first
      --report FILE     also write a page of HTML: images before and after, and the trace
      --open            and open it in the browser
      --trace           show who ran each step, who refused and why
      --json            print JSON (form: docs/pipelines.md) instead of text
  -h, --help            this text

Exit code: 0 if all is done, 1 if a file could not be done, which stops no other, 130 if interrupted.
`;

const OPTIONS = {
  pipeline: { type: "string" },
  "out-dir": { type: "string" },
  format: { type: "string" },
  jobs: { type: "string" },
  backend: { type: "string" },
  report: { type: "string" },
  open: { type: "boolean" },
  trace: { type: "boolean" },
  json: { type: "boolean" },
  help: { type: "boolean", short: "h" },
} as const;

/** `tagswitch run`. */
export async function run(args: readonly string[]): Promise<number> {
  const { values, positionals } = parse("run", args, OPTIONS, Infinity);
  const { backend, report, open = false, trace = false, json = false, help = false, ...options } = values;
  if (help) {
    process.stdout.write(HELP);
    return 0;
  }
  checkReport(report, open);
  const request = readRequest(options, positionals);
  const library = await loadLibrary();
  checkNames(request, library, backend);
  const interrupt = new AbortController();
  // Pages of many files are large enough with small pictures.
  const side = "input" in request ? 800 : 400;
  const pictured = report === undefined ? undefined : side;
  const outcomes = await outcomesOf(request, library, { backend, pictured }, interrupt);
  const isWhole = !interrupt.signal.aborted;
  const ok = isWhole && outcomes.every(({ state }) => state !== "failed");
  printFailures(outcomes);
  const texts = "input" in request ? fileText : batchText;
  const text = json ? JSON.stringify(outcomesJson(outcomes, ok, trace), null, 2) : texts(outcomes, trace);
  if (text !== "") process.stdout.write(`${text}\n`);
  if (report !== undefined) {
    const head = { steps: request.steps, backend, version: version(), date: new Date() };
    try {
      await beside(report, (name) => writeFile(name, reportPage(head, outcomes)));
    } catch (error) {
      process.stderr.write(`tagswitch: ${report} cannot be written: ${(error as Error).message}\n`);
      return isWhole ? 1 : 130;
    }
    const problem = open ? await openPage(report) : undefined;
    if (problem !== undefined) process.stderr.write(`tagswitch: ${report} cannot be opened: ${problem}\n`);
  }
  return ok ? 0 : isWhole ? 1 : 130;
}

function checkReport(report: string | undefined, open: boolean): void {
  if (report === undefined) {
    if (open) throw new UsageError("--open opens the page that --report names; give that too");
  } else if (!/\.html?$/i.test(report)) {
    throw new UsageError(`--report writes HTML; "${report}" should end in .html`);
  } else if (!isFolder(dirname(report))) {
    throw new UsageError(`--report is "${report}", but there is no folder ${dirname(report)}`);
  }
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

/** The library, with the backends of the application here. */
async function loadLibrary(): Promise<typeof Library> {
  const { lookAtApplicationOf } = await import("../discovery/index.ts");
  lookAtApplicationOf(process.cwd());
  return import("../image/index.ts");
}

function checkNames({ steps }: Request, library: typeof Library, backend: string | undefined): void {
  const problem = problemOf(steps, library);
  if (problem !== undefined) throw new UsageError(problem);
  const { backends } = library.system;
  if (backend === undefined || backends.includes(backend)) return;
  const meant = nearest(backend, backends);
  const advice = meant === undefined ? `there is: ${backends.join(", ")}` : `did you mean ${meant}?`;
  throw new UsageError(`--backend is "${backend}"; ${advice}`);
}

async function outcomesOf(
  request: Request,
  library: typeof Library,
  { backend, pictured }: Pick<FileTask, "backend" | "pictured">,
  interrupt: AbortController,
): Promise<BatchOutcome[]> {
  const { steps } = request;
  if ("input" in request) {
    const { input, output: file } = request;
    const output = file === undefined ? undefined : { image: file, numbers: file };
    return [await runFile(library, { input, output, steps, backend, pictured })];
  }
  const stop = (): void => interrupt.abort();
  for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, stop);
  return runBatch({ ...request, task: { steps, backend, pictured }, version: version() }, interrupt.signal);
}
