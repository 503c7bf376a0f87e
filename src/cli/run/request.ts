import { existsSync, realpathSync } from "node:fs";
import { availableParallelism } from "node:os";
import { extname } from "node:path";
import { UsageError } from "../usage-error.ts";
import { outputsOf, refuseCollisions } from "./batch.ts";
import { IMAGE_FORMATS, VALUE_FORMATS } from "./output.ts";
import { readPipeline } from "./pipeline-file.ts";
import type { Step } from "./step.ts";
import { readStep } from "./step-text.ts";

/** What the command line asks for: a pipeline over one file, or over many. */
export type Request = FileRequest | BatchRequest;

interface Pipeline {
  readonly steps: readonly Step[];
}

/** A pipeline over one file. */
export interface FileRequest extends Pipeline {
  readonly input: string;
  /** `undefined`: the result is shown. */
  readonly output: string | undefined;
}

/** A pipeline over many files. */
export interface BatchRequest extends Pipeline {
  readonly inputs: readonly string[];
  readonly folder: string;
  /** Of outputs, with its dot. */
  readonly ending: string | undefined;
  readonly jobs: number;
}

/** Options that say what is to be run on what. */
export interface RequestOptions {
  readonly pipeline?: string;
  readonly "out-dir"?: string;
  readonly format?: string;
  readonly jobs?: string;
}

const ENDINGS: readonly string[] = [...Object.keys(IMAGE_FORMATS), ...VALUE_FORMATS];

/**
 * Reads what the command line asks for. Nothing of it is checked against the library.
 *
 * @throws UsageError for what makes no sense, or would overwrite an input.
 */
export function readRequest(options: RequestOptions, positionals: readonly string[]): Request {
  const { pipeline, "out-dir": folder } = options;
  if (positionals.length === 0) throw new UsageError("run on what? Give an input. See: tagswitch run --help");
  const request = folder === undefined ? fileRequest(options, positionals) : batchRequest(options, folder, positionals);
  const [inputs, outputs] =
    "input" in request
      ? [[request.input], request.output === undefined ? [] : [request.output]]
      : [request.inputs, request.inputs.map((input) => outputsOf(input, request).image)];
  refuseOverwriting(outputs, [...inputs, ...(pipeline === undefined ? [] : [pipeline])]);
  return request;
}

function fileRequest(options: RequestOptions, [input, ...rest]: readonly string[]): FileRequest {
  const alone = (["format", "jobs"] as const).find((name) => options[name] !== undefined);
  if (alone !== undefined) throw new UsageError(`--${alone} is for many inputs; give --out-dir too`);
  const output = rest[0] !== undefined && ENDINGS.includes(endingOf(rest[0])) ? rest[0] : undefined;
  const texts = output === undefined ? rest : rest.slice(1);
  if (options.pipeline !== undefined) {
    if (texts.length === 0) return { input: input!, output, steps: readPipeline(options.pipeline) };
    throw new UsageError(
      `unexpected argument "${texts[0]}": the steps are in ${options.pipeline}; many inputs need --out-dir`,
    );
  }
  if (texts.length > 0) return { input: input!, output, steps: texts.map(readStep) };
  throw new UsageError("no step given, such as filters.gaussian:sigma=2. See: tagswitch run --help");
}

function batchRequest(options: RequestOptions, folder: string, inputs: readonly string[]): BatchRequest {
  const { pipeline, format, jobs = String(availableParallelism()) } = options;
  if (pipeline === undefined) throw new UsageError("--out-dir needs --pipeline: all arguments are inputs then");
  const ending = format === undefined ? undefined : `.${format.replace(/^\./, "").toLowerCase()}`;
  if (ending !== undefined && !ENDINGS.includes(ending)) {
    throw new UsageError(`--format is "${format}"; expected one of ${ENDINGS.map((one) => one.slice(1)).join(", ")}`);
  }
  if (!/^[1-9]\d*$/.test(jobs)) throw new UsageError(`--jobs is "${jobs}"; expected a whole number of at least 1`);
  refuseCollisions(inputs);
  return { inputs, folder, ending, jobs: Number(jobs), steps: readPipeline(pipeline) };
}

/** Refuses outputs that are there and are one of the files that are read. */
function refuseOverwriting(outputs: readonly string[], read: readonly string[]): void {
  const real = new Set(read.filter((file) => existsSync(file)).map((file) => realpathSync.native(file)));
  const overwritten = outputs.find((output) => existsSync(output) && real.has(realpathSync.native(output)));
  if (overwritten !== undefined) throw new UsageError(`${overwritten} is an input too, and inputs are not overwritten`);
}

function endingOf(name: string): string {
  return extname(name).toLowerCase();
}
