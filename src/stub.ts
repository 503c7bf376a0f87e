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

/**
 * Text is compiled for this many stubs at a time, as starting the compiler costs more than one more function.
 * Each has its own text: V8 shares type feedback between closures of one function, and calls would pay for what
 * others were called with.
 */
const BATCH = 16;

const prepared = new Map<string, Stub[]>();
let generates = true;
let ids = 0;

/**
 * Makes a stub. At slot 0, where every walk ends that the table does not know yet, it calls `slow`.
 *
 * @param id number of the dispatchable.
 */
export function createStub(id: number, shape: StubShape, slow: Implementation): Stub {
  const stub = generates ? takePrepared(shape) : closureStub(shape);
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

/** Generates the stubs of a batch, or gives up generating for good. */
export function generateStubs(shape: StubShape, count: number): Stub[] {
  const states = Array.from({ length: count }, newState);
  const names = states.map((_, i) => `S${i}`);
  const texts = names.map((name) => stubText(shape, name));
  // The number makes the text unique: V8 would take the compiled one, with its feedback, for an equal text.
  const source = `"use strict";//${ids++}\nconst [${names.join()}]=states;return[${texts.join(",\n")}]`;
  // oxlint-disable-next-line typescript/no-implied-eval -- no input reaches the text: it is made of argument positions
  const calls = new Function("R", "G", "states", source)(realm, TAG, states) as Implementation[];
  return calls.map((call, i) => ({ call, state: states[i]! }));
}

function takePrepared(shape: StubShape): Stub {
  const key = `${shape.on.join()}:${shape.options}`;
  let stubs = prepared.get(key);
  if (stubs === undefined || stubs.length === 0) {
    try {
      stubs = generateStubs(shape, BATCH);
    } catch (error) {
      if (!(error instanceof EvalError)) throw error;
      generates = false;
      return closureStub(shape);
    }
    prepared.set(key, stubs);
  }
  return stubs.pop()!;
}

/**
 * A walk through the table, as one expression. A per-call choice, a missing argument and an unregistered class all
 * end at slot 0: see the automaton's reserved rows.
 */
function stubText({ on, options }: StubShape, state: string): string {
  const parameters = Array.from({ length: Math.max(...on, options) + 1 }, (_, i) => `a${i}`);
  const start = `(a${options}?.backend!==undefined?0:R.scoped?R.scopeBase(${state}):${state}.base)`;
  const end = on.reduce((at, position) => `t[${at}+(a${position}?.[G]|0)]`, start);
  const cases = [1, 2, 3, 4].map((slot) => `case ${slot}:return(0,${state}.i${slot})(...arguments);`);
  return `function(${parameters.join()}){const t=R.table,s=t[${end}];switch(s){${cases.join("")}}return(0,${state}.implementations[s])(...arguments)}`;
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
