import { readFileSync } from "node:fs";
import { UsageError } from "../usage-error.ts";
import type { Step, Value } from "./step.ts";

const STEP_FIELDS = ["function", "on", "arguments", "options"];

/**
 * Reads a pipeline from a file: JSON of the form of `pipeline.schema.json`, which the package ships.
 *
 * @throws UsageError for a file that is none, with the place.
 */
export function readPipeline(file: string): Step[] {
  let value: unknown;
  try {
    const text = readFileSync(file, "utf8");
    value = JSON.parse(text.startsWith("\uFEFF") ? text.slice(1) : text);
  } catch (error) {
    throw new UsageError(`${file} is no pipeline: ${(error as Error).message}`, { cause: error });
  }
  const problem = checkPipeline(value);
  if (problem !== undefined) throw new UsageError(`${file} is no pipeline: ${problem}`);
  const { steps } = value as { steps: (Partial<Step> & { function: string })[] };
  return steps.map((step) => ({ arguments: [], options: {}, ...step }));
}

/** What is wrong with a value that should be a pipeline; `undefined` if nothing. The same verdict as the schema's. */
export function checkPipeline(value: unknown): string | undefined {
  if (!isObject(value)) return 'expected an object, { "steps": […] }';
  const unknown = Object.keys(value).find((name) => name !== "$schema" && name !== "steps");
  if (unknown !== undefined) return `there is no field "${unknown}"; expected "steps"`;
  if ("$schema" in value && typeof value["$schema"] !== "string") return '"$schema" should be a string';
  const { steps } = value;
  if (!Array.isArray(steps) || steps.length === 0) return '"steps" should be a list of at least 1';
  for (const [i, step] of (steps as unknown[]).entries()) {
    const problem = checkStep(step);
    if (problem !== undefined) return `steps[${i}]${problem}`;
  }
  return undefined;
}

function checkStep(step: Value): string | undefined {
  if (!isObject(step)) return ' should be an object, such as { "function": "filters.sobel" }';
  const unknown = Object.keys(step).find((name) => !STEP_FIELDS.includes(name));
  if (unknown !== undefined) return ` has no field "${unknown}"; expected ${STEP_FIELDS.join(", ")}`;
  const { function: name, on = 0, arguments: positional = [], options = {} } = step;
  if (typeof name !== "string" || name === "") return '.function should be a name such as "filters.gaussian"';
  if (!Number.isInteger(on) || (on as number) < 0)
    return ".on should be the number of a step, or 0 for the input image";
  if (!Array.isArray(positional)) return ".arguments should be a list of what follows the image";
  return isObject(options) ? undefined : ".options should be an object";
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
