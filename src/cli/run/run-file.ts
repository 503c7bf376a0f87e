import type * as Library from "../../image/index.ts";
import type { TraceJson } from "../../index.ts";
import { columnsOf, jsonOf, textOf } from "./columns.ts";
import { execute } from "./execute.ts";
import { OutputError, save } from "./output.ts";
import { type Sights, sightsOf } from "./sight.ts";
import { FOOTPRINTS, type Step } from "./step.ts";

/** One file to run a pipeline on. It can be sent to another process. */
export interface FileTask {
  readonly input: string;
  /** Where an image goes, and where numbers go; `undefined`: nowhere. */
  readonly output: { readonly image: string; readonly numbers: string } | undefined;
  readonly steps: readonly Step[];
  readonly backend: string | undefined;
  /** The longer side of pictures of the image and of the result, in pixels; `undefined` where none are wanted. */
  readonly pictured: number | undefined;
}

/** What became of it. */
export type FileOutcome = FileResult | FileFailure;

/** A file that the pipeline ran on. */
export interface FileResult {
  readonly input: string;
  readonly state: "done";
  readonly output: string | null;
  /** How what was saved differs from the result. */
  readonly note: string | null;
  /** The result, where it is no image. */
  readonly value: unknown;
  /** The result for people, where it is not saved. */
  readonly text: string | null;
  readonly milliseconds: number;
  readonly trace: TraceJson;
  /** The trace for people. */
  readonly traceText: string;
  /** `null` where they were not wanted. */
  readonly sights: Sights | null;
}

/** A file that it could not run on. */
export interface FileFailure {
  readonly input: string;
  readonly state: "failed";
  readonly error: { readonly code: string | null; readonly message: string };
}

/** Runs a pipeline on a file. Whatever is wrong with the file is in the outcome. */
export async function runFile(library: typeof Library, task: FileTask): Promise<FileOutcome> {
  const { input, steps, backend, output, pictured } = task;
  try {
    const start = performance.now();
    const image = await library.io.imread.async(input);
    const { values, trace } = await execute(library, image, steps, backend);
    const result = values.at(-1);
    const isImage = result instanceof library.Image;
    const target = isImage ? output?.image : output?.numbers;
    const note = target === undefined ? undefined : await save(library, result, target);
    const milliseconds = performance.now() - start;
    return {
      ...{ input, state: "done", output: target ?? null, note: note ?? null },
      value: isImage ? null : jsonOf(result),
      text: target === undefined ? shown(library, result) : null,
      milliseconds,
      ...{ trace: trace.toJSON(), traceText: String(trace) },
      sights: pictured === undefined ? null : await sightsOf(library, traced(values, steps), pictured),
    };
  } catch (error) {
    return failure(input, error);
  }
}

/** The image and what those steps gave that the trace knows. */
function traced(values: readonly unknown[], steps: readonly Step[]): readonly unknown[] {
  return values.filter((_, i) => i === 0 || !FOOTPRINTS.has(steps[i - 1]!.function));
}

/** The outcome for a file that something was wrong with. */
export function failure(input: string, error: unknown): FileFailure {
  const { code, message } = error as { code?: unknown; message?: unknown };
  return {
    ...{ input, state: "failed" },
    error: { code: typeof code === "string" ? code : null, message: String(message ?? error) },
  };
}

function shown(library: typeof Library, result: unknown): string {
  if (result instanceof library.Image) return library.io.toTerminal(result);
  const columns = columnsOf(result);
  if (columns !== undefined) return textOf(result, columns);
  throw new OutputError("the last step gave neither an image nor numbers, which cannot be shown");
}
