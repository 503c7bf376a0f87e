import type { InputName } from "./inputs.ts";
import type { PeerName } from "./peers.ts";

/** How one library does it: JavaScript or Python that names images and what its toolbox has. */
export interface Call {
  /** Statements before the clock starts. */
  readonly prepare?: string;
  /** An expression, under the clock. */
  readonly run: string;
  /** Expressions, with commas between them: what `run` reads, where that is something else than the images that it names. */
  readonly reads?: string;
  /** An expression that makes of `result`, what `run` gave, what others give: for comparison only. */
  readonly result?: string;
}

/** Some work, and how each library that can does it. */
export interface Case {
  readonly function: string;
  /** What it is done to and with, in words. */
  readonly of: string;
  /** Results are numbers of regions, which mean the same in any order. */
  readonly regions?: true;
  readonly calls: { readonly tagswitch: string | Call } & { readonly [Peer in PeerName]?: string | Call };
}

/** A call written in full. */
export function callOf(call: string | Call): Call {
  return typeof call === "string" ? { run: call } : call;
}

/** Which of these images a call names. */
export function inputsOf(
  { prepare = "", run, reads = "", result = "" }: Call,
  names: readonly InputName[],
): InputName[] {
  const words = new Set(`${prepare};${run};${reads};${result}`.match(/\w+/g));
  return names.filter((name) => words.has(name));
}
