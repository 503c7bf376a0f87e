// The way in which plans convert until they run by steps; src/conversion/index.ts is the entry.
import type { ConversionRecord, ConversionRequest, ConvertedValues } from "./conversion/index.ts";
import { convertValues, runConverted as runAndConvertBack } from "./conversion/index.ts";
import type { Implementation } from "./realm.ts";
import { runSteps } from "./steps.ts";

export { type ConversionRecord, type Converter, registerConverter } from "./conversion/index.ts";

/** The arguments of a call, converted. */
export interface ConvertedCall {
  readonly args: readonly unknown[];
  readonly converted: ConvertedValues;
  readonly request: ConversionRequest;
}

/** The arguments of a call as `backend` needs them. */
export function convertArguments(
  backend: number,
  on: readonly number[],
  given: readonly unknown[],
  log: ConversionRecord[] | undefined,
): ConvertedCall {
  const values = on.map((position) => given[position]);
  const plain = { function: "f", mutates: [], copies: "allow", asynchronous: false, keepType: 0 } as const;
  const request = { ...plain, backend, values, log };
  const converted = runSteps(convertValues(request));
  const args = [...given];
  for (const [i, position] of on.entries()) {
    if (converted.values[i] !== values[i]) args[position] = converted.values[i];
  }
  return { args, converted, request };
}

/** Runs an implementation on converted arguments. */
export function runConverted(
  run: Implementation,
  { args, converted, request }: ConvertedCall,
  _log: ConversionRecord[] | undefined,
): unknown {
  return runAndConvertBack(() => run(...args), converted, request);
}
