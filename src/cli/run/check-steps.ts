import type * as Library from "../../image/index.ts";
import type { FunctionInfo } from "../../index.ts";
import { nearest, nearestFunction } from "../../spelling.ts";
import { FOOTPRINTS, isReference, type Operation, operationNamed, type Step } from "./step.ts";

/** What is wrong with steps, by the library's functions; `undefined` if nothing. */
export function problemOf(steps: readonly Step[], library: typeof Library): string | undefined {
  const functions = new Map(library.system.describe().functions.map((fn) => [fn.name, fn]));
  for (const [i, step] of steps.entries()) {
    const known = functions.get(step.function);
    const operation = operationNamed(library, step.function);
    const footprint = FOOTPRINTS.get(step.function);
    let problem: string | undefined;
    if (footprint !== undefined) {
      problem = notAFootprint(step, footprint, i === steps.length - 1) ?? lateReference(step, i);
    } else if (known === undefined || operation === undefined) {
      problem = unknownFunction(step, nearestFunction(step.function, [...functions.keys(), ...FOOTPRINTS.keys()]));
    } else {
      problem = tooMany(step, operation) ?? unknownOption(step, known) ?? lateReference(step, i);
    }
    if (problem !== undefined) return `step ${i + 1}: ${problem}`;
  }
  return undefined;
}

function unknownFunction({ function: name }: Step, meant: string | undefined): string {
  const advice =
    meant === undefined
      ? "see: tagswitch backends tagswitch/image. Outputs end in .png, .jpg, .webp, .tif, .json or .csv"
      : `did you mean ${meant}?`;
  return `there is no function "${name}"; ${advice}`;
}

function tooMany({ function: name, arguments: given }: Step, { length }: Operation): string | undefined {
  const most = length - 2;
  if (given.length <= most) return undefined;
  const taken = most === 0 ? "nothing but options" : `${most} and options`;
  return `${name} was given ${given.length} values beside the image; expected ${taken}`;
}

function unknownOption({ options }: Step, { name, options: own, backends }: FunctionInfo): string | undefined {
  // Those of a backend's own, and an object of them under its name.
  const added = backends.flatMap((implementation) => [implementation.backend, ...Object.keys(implementation.options)]);
  const unknown = Object.keys(options).find((option) => ![...own, ...added, "backend"].includes(option));
  if (unknown === undefined) return undefined;
  const meant = nearest(unknown, own);
  const advice = meant === undefined ? `it has: ${[...own, "backend"].join(", ")}` : `did you mean ${meant}?`;
  return `${name} has no option "${unknown}"; ${advice}`;
}

function notAFootprint(step: Step, known: readonly string[], isLast: boolean): string | undefined {
  const { function: name, arguments: given, options, on } = step;
  if (given.length !== 1) return `${name} was given ${given.length} values; expected its size, as in ${name}:3`;
  if (on !== undefined) return `${name} works on no image; name it without @${on}`;
  const unknown = Object.keys(options).find((option) => !known.includes(option));
  if (unknown !== undefined) return `${name} has no option "${unknown}"; it has: ${known.join(", ") || "none"}`;
  if (isLast) return `${name} makes a footprint for a later step, as in morphology.opening:footprint=@1; there is none`;
  return undefined;
}

function lateReference(step: Step, before: number): string | undefined {
  const values = [...step.arguments, ...Object.values(step.options)].filter(isReference);
  const referred = [...values.map((reference) => reference.step), ...(step.on === undefined ? [] : [step.on])];
  const late = referred.find((number) => number < 0 || number > before);
  if (late === undefined) return undefined;
  const earlier = before === 0 ? "0, the input image" : `0, the input image, to ${before}`;
  return `${step.function} refers to step ${late}; expected ${earlier}`;
}
