import { EVERY } from "./dispatch-arguments.ts";
import type { StubShape } from "./stub.ts";

/** How many calls a stub remembers, by the number of its dispatch arguments: as many as V8 still inlines. */
const MEMORIES: readonly number[] = [0, 4, 3, 2];

/** The text of a stub: a function of what it reads that gives the function to be called. */
export function stubText(shape: StubShape): string {
  const { on, options, output } = shape;
  const also = output === undefined ? "" : `&&a${options}?.[${JSON.stringify(output)}]===undefined`;
  const text = on.fixed > 0 ? remembering(on.positions([]), options, also) : walking(shape, also);
  return `"use strict";(R,G,S,X,N,m0,m1,m2,m3)=>${text}`;
}

/**
 * Compares the call with those remembered, then walks through the table, whose last step gives the slot. A per-call
 * choice, a missing argument and an unregistered class all end at slot 0, which has no implementation: see the automaton's
 * reserved rows.
 *
 * What stands between a call in a loop and a remembered implementation decides what the JIT makes of the loop. Where it
 * sees a way out that was never taken, such as one for another number of arguments, it does not take out of the loop
 * what is the same in each turn: so all arguments are passed on, whose number it knows there.
 *
 * Nor is it asked whether an argument is missing. Where the JIT has seen classes it compares an object's with them before
 * it reads the tag, which fails for `undefined` as well, and then nothing can throw: `try` costs nothing. A stub that
 * was called without an argument once reads the tag of `N` in its place from then on, as throwing is slow. With `a0?.[G]`
 * the JIT would not know that the tag of the one class that it has seen is a constant.
 *
 * V8 inlines no function of more than 460 bytes of bytecode; a test counts them.
 */
function remembering(on: readonly number[], options: number, also: string): string {
  const count = Math.max(...on, options) + 1;
  const tags = on.map((_, i) => `g${i}`);
  const read = on.map((position, i) => `g${i}=(l?a${position}??N:a${position})[G]|0`).join();
  const memories = ["m0", "m1", "m2", "m3"].slice(0, MEMORIES[on.length] ?? 0);
  const compare = memories.map((memory) => {
    const same = tags.map((tag, k) => `${tag}===${memory}.k${k}`).join("&&");
    return `if(${same}&&c===${memory}.scope){${spreadCall(`${memory}.run`)}}`;
  });
  const chosen = "S.choose(...arguments)";
  const slot = tags.reduce((at, tag) => `t[${at}+${tag}]`, "b");
  return `function dispatch(${parameters(count)}){
${optionsAndScope(options, also)},l=S.lacks;let ${tags.join()};
try{${read}}catch{S.lacks=true;${tags.join("=")}=0}
if(o&&S.untilMany){${compare.join("")}}
const t=R.table,b=${base},f=S.implementations[${slot}];
${on.length === 1 ? `if(f!==undefined){${exactOrSpread(count)}}${spreadCall(chosen)}` : spreadCall(`f??${chosen}`)}}`;
}

/** Walks through the table only: for arguments that are nested, in lists, found by a function, or none at all. */
function walking({ on, options }: StubShape, also: string): string {
  const step = (value: string): string => `{const v=${value};if(v!==undefined&&v!==null)b=t[b+(v[G]|0)]}`;
  const visit = (value: string, [key, ...rest]: readonly string[], depth: number): string => {
    if (key === undefined) return step(value);
    if (key !== EVERY) return visit(`${value}?.[${JSON.stringify(key)}]`, rest, depth);
    const [list, element] = [`l${depth}`, `e${depth}`];
    const each = `for(const ${element} of ${list})${visit(element, rest, depth + 1)}`;
    return `{const ${list}=${value};if(Array.isArray(${list})){${each}}else${visit(list, rest, depth + 1)}}`;
  };
  const steps =
    on.paths === undefined
      ? `for(const v of X.values(arguments))if(v!==undefined&&v!==null)b=t[b+(v[G]|0)];`
      : on.paths.map(([position, ...path]) => visit(`a${position}`, path, 0)).join("");
  const count = Math.max(options, ...(on.paths ?? []).map(([position]) => position)) + 1;
  return `function dispatch(${parameters(count)}){
${optionsAndScope(options, `&&a${options}?.like===undefined${also}`)};const t=R.table;let b=${base};
${steps}
const f=S.implementations[t[b]];
return f===undefined?(0,S.choose(...arguments))(...arguments):f(...arguments)}`;
}

/** `o`: the options say nothing to the dispatcher; `c`: the active scope. */
function optionsAndScope(options: number, also: string): string {
  return `const o=a${options}===undefined||S.plain&&a${options}?.backend===undefined${also},c=R.scoped===true?R.scope():undefined`;
}

/** Where the walk begins; at 0, and so nowhere, if the options have a say. */
const base = "o?c===undefined?S.base:c.bases[S.id]|0:0";

/** Passes all arguments on, however many; slow where the JIT does not see their number. */
function spreadCall(implementation: string): string {
  return `return(0,${implementation})(...arguments);`;
}

/** The same with the usual numbers of arguments, without options and with, told apart. */
function exactOrSpread(count: number): string {
  if (count > 3) return "return f(...arguments)";
  const exactly = [count - 1, count].map((n) => `n===${n}?f(${parameters(n)}):`).join("");
  return `const n=arguments.length;return ${exactly}f(...arguments)`;
}

function parameters(count: number): string {
  return Array.from({ length: count }, (_, i) => `a${i}`).join();
}
