import { Script } from "node:vm";
import { realm, type Implementation, type StubState } from "./realm.ts";
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
type StubMaker = (shared: typeof realm, tag: typeof TAG, state: StubState) => Implementation;

const scripts = new Map<string, Script>();
let generates: boolean | undefined;

/**
 * Makes a stub. At slot 0, where every walk ends that the table does not know yet, it calls `slow`.
 *
 * @param id number of the dispatchable.
 */
export function createStub(id: number, shape: StubShape, slow: Implementation): Stub {
  const stub = (generates ??= mayGenerate()) ? generatedStub(shape) : closureStub(shape);
  const { state } = stub;
  (state as { id: number }).id = id;
  state.implementations[0] = slow;
  return stub;
}

/** The form for where generating code is forbidden: the same answers, slower. */
export function closureStub({ on, options }: StubShape): Stub {
  const state = newState();
  const call = (...args: unknown[]): unknown => {
    const { table } = realm;
    let at = base(state, args[options]);
    for (const position of on) at = table[at + ((args[position] as Tagged | null | undefined)?.[TAG] ?? 0)]!;
    const implementation = state.implementations[table[at]!]!;
    return implementation(...args);
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
  return { call: make(realm, TAG, state), state };
}

/** Whether text may become code. `Script` would do it even where Node was told not to. */
function mayGenerate(): boolean {
  try {
    // oxlint-disable-next-line typescript/no-implied-eval -- asks for permission, and makes nothing
    new Function("");
    return true;
  } catch (error) {
    if (error instanceof EvalError) return false;
    throw error;
  }
}

/**
 * A walk through the table, as one expression. A per-call choice, a missing argument and an unregistered class all
 * end at slot 0: see the automaton's reserved rows.
 */
function stubText({ on, options }: StubShape): string {
  const parameters = Array.from({ length: Math.max(...on, options) + 1 }, (_, i) => `a${i}`);
  const start = `(a${options}?.backend!==undefined?0:R.scoped?R.scopeBase(S):S.base)`;
  const end = on.reduce((at, position) => `t[${at}+(a${position}?.[G]|0)]`, start);
  const cases = [1, 2, 3, 4].map((slot) => `case ${slot}:return(0,S.i${slot})(...arguments);`);
  return `"use strict";(R,G,S)=>function(${parameters.join()}){const t=R.table,s=t[${end}];switch(s){${cases.join("")}}return(0,S.implementations[s])(...arguments)}`;
}

function base(state: StubState, options: unknown): number {
  if ((options as { backend?: unknown } | null | undefined)?.backend !== undefined) return 0;
  return realm.scoped ? realm.scopeBase(state) : state.base;
}

function newState(): StubState {
  return { id: 0, base: 0, implementations: [], i1: unfilled, i2: unfilled, i3: unfilled, i4: unfilled };
}

function unfilled(): never {
  throw new Error("a slot was used before it was filled");
}
