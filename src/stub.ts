import { Script } from "node:vm";
import { type Implementation, realm, type Remembered, type StubState } from "./realm.ts";
import { TAG, type Tagged } from "./type-identifier.ts";

/** What the text of a stub depends on. */
export interface StubShape {
  /** Positions of the dispatch arguments. */
  readonly on: readonly number[];
  /** Position of the argument whose `backend` property chooses for one call. */
  readonly options: number;
}

/** A function of the library's own, with the state that it reads. */
export interface Stub {
  readonly call: Implementation;
  readonly state: StubState;
}

/** Makes a stub that reads a state: what the script of a shape evaluates to. */
type StubMaker = (shared: typeof realm, tag: typeof TAG, state: StubState, ...memories: Remembered[]) => Implementation;

/** How many calls a stub remembers, by the number of its dispatch arguments: as many as V8 still inlines. */
const MEMORIES: readonly number[] = [0, 4, 3, 2];

/** Slots that have a function from the start. Few calls come to more different lists of backends. */
const PREPARED_SLOTS = 8;

const scripts = new Map<string, Script>();
let generates: boolean | undefined;

/**
 * Makes a stub. At slot 0, where every walk ends that the table does not know yet, it calls `slow`.
 *
 * @param id number of the dispatchable.
 */
export function createStub(id: number, shape: StubShape, slow: Implementation): Stub {
  generates ??= mayGenerate();
  const stub = generates ? generatedStub(shape) : closureStub(shape);
  const { state } = stub;
  state.id = id;
  state.slow = slow;
  // A slot that the table has and nobody filled yet: somebody asked the resolver without calling.
  state.implementations.fill(slow);
  return stub;
}

/** The form for where generating code is forbidden: the same answers, slower. */
export function closureStub({ on, options }: StubShape): Stub {
  const state = newState();
  const call = (...args: unknown[]): unknown => {
    const { table } = realm;
    let at = base(state, args[options]);
    for (const position of on) at = table[at + ((args[position] as Tagged | null | undefined)?.[TAG] ?? 0)]!;
    const slot = table[at]!;
    const { slow, implementations } = state;
    // Two calls, as the JIT knows what is called where it is always the same.
    return slot === 0 ? slow(...args) : implementations[slot]!(...args);
  };
  return { call, state };
}

/**
 * The form from generated text. V8 shares type feedback between closures of one function, and calls would pay for
 * what others were called with; but each run of a script has feedback of its own. So a shape's text is compiled once
 * and run for each stub, which takes a microsecond where compiling takes twenty.
 */
export function generatedStub(shape: StubShape): Stub {
  const key = `${shape.on.join()}:${shape.options}`;
  let script = scripts.get(key);
  if (script === undefined) {
    script = new Script(stubText(shape), { filename: "tagswitch:stub" });
    scripts.set(key, script);
  }
  const state = newState();
  const make = script.runInThisContext() as StubMaker;
  return { call: make(realm, TAG, state, state.m0, state.m1, state.m2, state.m3), state };
}

/** Whether text may become code. `Script` would do it even where Node was told not to. */
function mayGenerate(): boolean {
  try {
    // oxlint-disable-next-line typescript/no-implied-eval -- asks for permission, and makes nothing
    return typeof new Function("") === "function";
  } catch (error) {
    if (error instanceof EvalError) return false;
    throw error;
  }
}

/**
 * Compares the call with those remembered, then walks through the table. A per-call choice, a missing argument and an
 * unregistered class all end at slot 0: see the automaton's reserved rows.
 *
 * Tags are read where it is certain that there are arguments: with `a0?.[G]` there, the JIT would not know that the
 * tag of the one class that it has seen is a constant, and nothing after it could be worked out beforehand. V8 inlines
 * no function of more than 460 bytes of bytecode; a test counts them.
 */
function stubText({ on, options }: StubShape): string {
  const count = Math.max(...on, options) + 1;
  const tags = on.map((_, i) => `g${i}`);
  const present = on.map((position) => `a${position}!==undefined&&a${position}!==null`).join("&&");
  const read = (access: string): string => on.map((position, i) => `g${i}=a${position}${access}|0;`).join("");
  const firstCall = count <= 3 ? exactCall : spreadCall;
  const memories = ["m0", "m1", "m2", "m3"].slice(0, MEMORIES[on.length] ?? 0);
  const compare = memories.map((memory, i) => {
    const same = tags.map((tag, k) => `${tag}===${memory}.k${k}`).join("&&");
    const call = i === 0 ? firstCall : spreadCall;
    return `if(${same}&&c===${memory}.scope){${call(`${memory}.run`, count)}}`;
  });
  const slot = `t[${tags.reduce((at, tag) => `t[${at}+${tag}]`, "b")}]`;
  const walk = (on.length === 1 ? firstCall : spreadCall)("S.implementations[s]", count);
  return `"use strict";(R,G,S,m0,m1,m2,m3)=>function dispatch(${parameters(count)}){
const o=a${options}?.backend===undefined,c=R.scoped===true?R.scope():undefined;let ${tags.join()};
if(${present}){${read("[G]")}if(o){${compare.join("")}}}else{${read("?.[G]")}}
const t=R.table,b=o?c===undefined?S.base:c.bases[S.id]|0:0,s=${slot};
if(s===0)${spreadCall("S.slow")}
${walk}}`;
}

/** Passes all arguments on, however many; slow where the JIT does not see their number. */
function spreadCall(implementation: string): string {
  return `return(0,${implementation})(...arguments);`;
}

/** The same with the usual numbers of arguments, without options and with, told apart. */
function exactCall(implementation: string, count: number): string {
  const calls = [count - 1, count].map((n) => `n===${n}?f(${parameters(n)}):`).join("");
  return `const f=${implementation},n=arguments.length;return ${calls}f(...arguments)`;
}

function parameters(count: number): string {
  return Array.from({ length: count }, (_, i) => `a${i}`).join();
}

function base(state: StubState, options: unknown): number {
  if ((options as { backend?: unknown } | null | undefined)?.backend !== undefined) return 0;
  const scope = realm.scoped ? realm.scope() : undefined;
  return scope === undefined ? state.base : scope.bases[state.id]! | 0;
}

function newState(): StubState {
  return {
    id: 0,
    base: 0,
    implementations: Array.from({ length: PREPARED_SLOTS }),
    slow: () => {},
    m0: {},
    m1: {},
    m2: {},
    m3: {},
  };
}
