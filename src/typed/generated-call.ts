import { Script } from "node:vm";
import type { CallPlan, CountPlan, Later, Outcome, OutcomeMaker } from "./call-plan.ts";
import { TAG } from "./class-tag.ts";
import type { Question } from "./decision.ts";
import { parameterAt } from "./parameter.ts";
import { type AnyFunction, createConverter, type Signature } from "./signature.ts";

/** Compiled texts. Functions of one shape have one. */
const scripts = new Map<string, Script>();
const MOST_SCRIPTS = 1024;

/** Whether text may become code. `Script` would do it even where Node was told not to. */
export function mayGenerate(): boolean {
  try {
    // oxlint-disable-next-line typescript/no-implied-eval -- asks for permission, and makes nothing
    return typeof new Function("") === "function";
  } catch (error) {
    if (error instanceof EvalError) return false;
    throw error;
  }
}

/**
 * A typed function from generated text: feedback of its own for each, where V8 would have all closures of one function
 * share theirs. No name and no value of the caller's gets into the text.
 */
export function generatedCall(plan: CallPlan): AnyFunction {
  const constants = new Constants();
  const [byTag, tag, search] = [plan.kinds.byTag, TAG, plan.search].map((value) => constants.name(value));
  const counts = [...plan.counts.values()];
  const functions = counts.map((count) => countText(plan, count, constants, byTag!, tag!));
  const cases = counts.map(({ count }) => `case ${count}:return call${count}(${["this", ...names(count)].join()});`);
  const nothing = plan.signatures.find(({ params }) => params.length === 0);
  if (nothing !== undefined) cases.push(`case 0:return ${constants.name(nothing.implementation)}.call(this);`);
  const parameters = names(Math.max(0, ...plan.counts.keys()));
  return constants.make(
    `${functions.join("\n")}
return function(${parameters.join()}){switch(arguments.length){${cases.join("\n")}}
return ${search}(this,Array.from(arguments));}`,
  ) as AnyFunction;
}

/** A function that calls one that is made later. */
export function generatedFront(later: Later): AnyFunction {
  const constants = new Constants();
  const name = constants.name(later);
  return constants.make(`return function(){return ${name}.call.apply(this,arguments)}`) as AnyFunction;
}

/** One outcome, for calls of which something remains to be asked. Each question is asked once. */
export const generatedOutcome: OutcomeMaker = (plan, count, candidates) => {
  const constants = new Constants();
  const all = candidates.flatMap(({ questions }) => questions);
  const asked = new Map<string, string>();
  const ask = (question: Question): string => {
    const test = question.types.map((type) => `${constants.name(type.test)}(a${question.at})`).join("||");
    const repeated = all.filter((other) => other.at === question.at && sameTests(other, question)).length > 1;
    if (!repeated) return `(${test})`;
    const answer = asked.get(test) ?? `q${asked.size}`;
    asked.set(test, answer);
    return `(${answer}===0?${answer}=(${test})?1:2:${answer})===1`;
  };
  const lines = candidates.map(({ index, questions }) => {
    const call = callText(plan.signatures[index]!, count, constants);
    return questions.length === 0 ? call : `if(${questions.map(ask).join("&&")}){${call}}`;
  });
  const variables = [...asked.values()].map((answer) => `let ${answer}=0;`).join("");
  const parameters = ["self", ...names(count)].join();
  const otherwise =
    candidates.at(-1)?.questions.length === 0 ? "" : `return ${constants.name(plan.mismatch)}(${names(count).join()});`;
  return constants.make(`return (${parameters})=>{${variables}${lines.join("\n")}
${otherwise}}`) as Outcome;
};

/** Values that generated text speaks of. */
class Constants {
  readonly #values: unknown[] = [];

  name(value: unknown): string {
    const known = this.#values.indexOf(value);
    return `k${known >= 0 ? known : this.#values.push(value) - 1}`;
  }

  make(body: string): unknown {
    const text = `"use strict";(${this.#values.map((_, i) => `k${i}`).join()})=>{${body}}`;
    let script = scripts.get(text);
    if (script === undefined) {
      script = new Script(text, { filename: "tagswitch:typed" });
      if (scripts.size >= MOST_SCRIPTS) scripts.clear();
      scripts.set(text, script);
    }
    return (script.runInThisContext() as (...values: unknown[]) => unknown)(...this.#values);
  }
}

function countText(plan: CallPlan, count: CountPlan, constants: Constants, byTag: string, tag: string): string {
  const table = constants.name(count.table);
  const parameters = names(count.count);
  const walk = parameters.reduce((row, name) => `t[${row}+${plan.kinds.text(name, byTag, tag)}]`, `${byTag}.width`);
  const cases = count.prepared.map((signature, i) => `case ${i + 1}:${callText(signature, count.count, constants)}`);
  const outcomes = constants.name(count.outcomes);
  return `const call${count.count}=(self,${parameters.join()})=>{const t=${table}.table,s=${walk};
switch(s){${cases.join("\n")}}
return ${outcomes}[s](self,${parameters.join()});};`;
}

/** Calls the given function of a signature with arguments that certainly match. */
function callText({ params, fn }: Signature, count: number, constants: Constants): string {
  const args = names(count).map((name, i) => {
    const parameter = parameterAt(params, i)!;
    if (!parameter.hasConversion) return name;
    const convert = parameter.restParam ? createConverter(parameter) : parameter.types[0]!.conversion!.convert;
    return `(0,${constants.name(convert)})(${name})`;
  });
  const rest = params.at(-1)?.restParam === true ? params.length - 1 : count;
  const gathered = rest < count ? [`[${args.slice(rest).join()}]`] : [];
  return `return ${constants.name(fn)}.call(${["self", ...args.slice(0, rest), ...gathered].join()});`;
}

function names(count: number): string[] {
  return Array.from({ length: count }, (_, i) => `a${i}`);
}

function sameTests(first: Question, second: Question): boolean {
  return (
    first.types.length === second.types.length && first.types.every(({ test }, i) => test === second.types[i]!.test)
  );
}
