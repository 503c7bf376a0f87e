import type { Kind } from "./kind-table.ts";
import { type Parameter, type ParameterType, parameterAt } from "./parameter.ts";
import { type Signature, takes } from "./signature.ts";

/** A test that a call must still make. */
export interface Question {
  /** Position of the argument. */
  readonly at: number;
  /** It must be of one of these. */
  readonly types: readonly ParameterType[];
}

/** A signature that a call matches if all questions are answered with yes. */
export interface Candidate {
  /** Its place in the order of precedence. */
  readonly index: number;
  readonly questions: readonly Question[];
}

/**
 * What remains to be asked of a call when the kinds of its arguments are known: signatures in order of precedence,
 * up to the first that certainly matches.
 */
export function decide(signatures: readonly Signature[], kinds: readonly Kind[]): Candidate[] {
  const candidates: Candidate[] = [];
  for (const [index, { params }] of signatures.entries()) {
    if (!takes(params, kinds.length)) continue;
    const questions = questionsOf(params, kinds);
    if (questions === undefined) continue;
    candidates.push({ index, questions });
    if (questions.length === 0) break;
  }
  return candidates;
}

/** The same where nothing is known of the arguments but their number. */
export function ask(signatures: readonly Signature[], count: number): Candidate[] {
  return [...signatures.entries()]
    .filter(([, { params }]) => takes(params, count))
    .map(([index, { params }]) => {
      const positions = Array.from({ length: count }, (_, at): Question => ({
        at,
        types: parameterAt(params, at)!.types,
      }));
      return { index, questions: positions.filter(({ types }) => types.every(({ type }) => type.decider !== "any")) };
    });
}

/** What decides whether arguments match; `undefined` when they certainly do not. */
function questionsOf(params: readonly Parameter[], kinds: readonly Kind[]): Question[] | undefined {
  const questions: Question[] = [];
  for (const [at, kind] of kinds.entries()) {
    const verdicts = parameterAt(params, at)!.types.map((type) => ({ type, verdict: isOf(kind, type) }));
    if (verdicts.some(({ verdict }) => verdict === true)) continue;
    const types = verdicts.filter(({ verdict }) => verdict === undefined).map(({ type }) => type);
    if (types.length === 0) return undefined;
    questions.push({ at, types });
  }
  return questions;
}

/** Whether values of a kind are of a type; `undefined` when each must be asked. */
function isOf({ form, classes, tagged }: Kind, { type }: ParameterType): boolean | undefined {
  const isObject = form === "object" || form === "array";
  switch (type.decider) {
    case "any":
      return true;
    case "value":
      return undefined;
    case "plain":
      return isObject ? undefined : false;
    case "class":
      return classes.has(type);
    case "identifier":
      // A class that states its identifier gets its tag when it is asked about first.
      return classes.has(type) || (!tagged && (isObject || form === "function") ? undefined : false);
    default:
      return form === type.decider;
  }
}
