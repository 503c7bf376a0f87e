import { Script } from "node:vm";
import type { CallPlan, Later, Outcome, OutcomeMaker } from "./call-plan.ts";
import { TAG } from "./class-tag.ts";
import type { Candidate, Question } from "./decision.ts";
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
  const counts = [...plan.counts];
  const functions = counts.map((count) => {
    const chain = plan.chain(count);
    const body = chain === undefined ? walkText(plan, count, constants) : chainText(plan, count, chain, constants);
    return `const call${count}=${functionText(count, body)};`;
  });
  const cases = counts.map((count) => `case ${count}:return call${count}(${["this", ...names(count)].join()});`);
  const nothing = plan.signatures.find(({ params }) => params.length === 0);
  if (nothing !== undefined) cases.push(`case 0:return ${constants.name(nothing.implementation)}.call(this);`);
  const parameters = names(Math.max(0, ...counts));
  return constants.make(
    `${functions.join("\n")}
return function(${parameters.join()}){switch(arguments.length){${cases.join("\n")}}
return ${constants.name(plan.search)}(this,...arguments);}`,
  ) as AnyFunction;
}

/** A function that calls one that is made later. */
export function generatedFront(later: Later): AnyFunction {
  const constants = new Constants();
  const name = constants.name(later);
  return constants.make(`return function(){return ${name}.call.apply(this,arguments)}`) as AnyFunction;
}

/** One outcome, for calls of which something remains to be asked. */
export const generatedOutcome: OutcomeMaker = (plan, count, candidates) => {
  const constants = new Constants();
  const body = chainText(plan, count, candidates, constants);
  return constants.make(`return ${functionText(count, body)};`) as Outcome;
};

/** Values that generated text speaks of. */
class Constants {
  readonly #values: unknown[] = [];

  name(value: unknown): string {
    const known = this.#values.indexOf(value);
    return `k${known >= 0 ? known : this.#values.push(value) - 1}`;
  }

  make(body: string): unknown {
    const constants = this.#values.map((_, i) => `k${i}=K[${i}]`);
    // Constants, not parameters: the JIT takes what they hold for known.
    const text = `"use strict";(K)=>{const ${constants.join()};${body}}`;
    let script = scripts.get(text);
    if (script === undefined) {
      script = new Script(text, { filename: "tagswitch:typed" });
      if (scripts.size >= MOST_SCRIPTS) scripts.clear();
      scripts.set(text, script);
    }
    return (script.runInThisContext() as (values: readonly unknown[]) => unknown)(this.#values);
  }
}

function functionText(count: number, body: string): string {
  return `(${["self", ...names(count)].join()})=>{${body}}`;
}

/** Walks through the table, by the kinds of the arguments. */
function walkText(plan: CallPlan, count: number, constants: Constants): string {
  const { table, outcomes, prepared } = plan.countPlan(count);
  const byTag = constants.name(plan.kinds.byTag);
  const tag = constants.name(TAG);
  const walk = names(count).reduce((row, name) => `t[${row}+${plan.kinds.text(name, byTag, tag)}]`, `${byTag}.width`);
  const cases = prepared.map((signature, i) => `case ${i + 1}:${callText(signature, count, constants)}`);
  return `const t=${constants.name(table)}.table,s=${walk};
switch(s){${cases.join("\n")}}
return ${constants.name(outcomes)}[s](${["self", ...names(count)].join()});`;
}

/** Asks one signature after the other, and no question twice. */
function chainText(plan: CallPlan, count: number, candidates: readonly Candidate[], constants: Constants): string {
  const all = candidates.flatMap(({ questions }) => questions);
  const answers = new Map<string, string>();
  const lines = candidates.map(({ index, questions }) => {
    const conditions = questions.map((question) => {
      const test = questionText(question, constants);
      const isForm = question.types.every(({ type }) => type.decider in FORM_TEXT);
      if (isForm || all.filter((other) => isSame(other, question)).length === 1) return `(${test})`;
      const answer = answers.get(test) ?? `q${answers.size}`;
      answers.set(test, answer);
      return `(${answer}===0?${answer}=(${test})?1:2:${answer})===1`;
    });
    const call = callText(plan.signatures[index]!, count, constants);
    return conditions.length === 0 ? call : `if(${conditions.join("&&")}){${call}}`;
  });
  const isCertain = candidates.some(({ questions }) => questions.length === 0);
  if (!isCertain) lines.push(`return ${constants.name(plan.mismatch)}(${names(count).join()});`);
  return [...answers.values()].map((answer) => `let ${answer}=0;`).join("") + lines.join("\n");
}

/** Text that asks for a form: the JIT reads it better than a call. */
const FORM_TEXT: Readonly<Record<string, (name: string) => string>> = {
  number: (name) => `typeof ${name}==="number"`,
  string: (name) => `typeof ${name}==="string"`,
  boolean: (name) => `typeof ${name}==="boolean"`,
  function: (name) => `typeof ${name}==="function"`,
  array: (name) => `Array.isArray(${name})`,
  null: (name) => `${name}===null`,
  undefined: (name) => `${name}===undefined`,
};

function questionText({ at, types }: Question, constants: Constants): string {
  return types
    .map(({ type, test }) => FORM_TEXT[type.decider]?.(`a${at}`) ?? `${constants.name(test)}(a${at})`)
    .join("||");
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

function isSame(first: Question, second: Question): boolean {
  return (
    first.at === second.at &&
    first.types.length === second.types.length &&
    first.types.every(({ test }, i) => test === second.types[i]!.test)
  );
}
