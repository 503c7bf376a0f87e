import { Script } from "node:vm";
import type { DispatchArguments } from "./dispatch-arguments.ts";
import { type Implementation, MANY_CALLS, realm, type Remembered, type StubState } from "./realm.ts";
import { stubText } from "./stub-text.ts";
import { TAG, type Tagged } from "./type-identifier.ts";

/** What the text of a stub depends on. */
export interface StubShape {
  /** The dispatch arguments. */
  readonly on: DispatchArguments;
  /** Position of the argument whose `backend` property chooses for one call. */
  readonly options: number;
  /** The option by which callers give what the result is written into, if the dispatchable has one. */
  readonly output?: string | undefined;
}

/** A function of the library's own, with the state that it reads. */
interface Stub {
  readonly call: Implementation;
  readonly state: StubState;
}

/** Makes a stub that reads a state: what the script of a shape evaluates to. */
type StubMaker = (
  shared: typeof realm,
  tag: typeof TAG,
  state: StubState,
  on: DispatchArguments,
  missing: Tagged,
  ...memories: Remembered[]
) => Implementation;

/** Stands in for a missing argument: no type has the tag 0, at which every walk ends. */
const MISSING: Tagged = { [TAG]: 0 };

/** Slots that have a place from the start. Few calls come to more different lists of backends. */
const PREPARED_SLOTS: readonly undefined[] = Array.from({ length: 8 });

/** By the position of the options, then by the key of the dispatch arguments and the output's option. */
const scripts: Map<string, Script>[] = [];
let generates: boolean | undefined;

/**
 * Makes a stub. Where the table leads it to no implementation, it runs what `choose` gives for the arguments.
 *
 * @param id number of the dispatchable.
 */
export function createStub(id: number, shape: StubShape, choose: StubState["choose"]): Stub {
  generates ??= mayGenerate();
  const stub = generates ? generatedStub(shape) : closureStub(shape);
  const { state } = stub;
  state.id = id;
  state.choose = choose;
  return stub;
}

/** The form for where generating code is forbidden: the same answers, slower. */
function closureStub({ on, options, output }: StubShape): Stub {
  const state = newState();
  const call = function dispatch(this: unknown, ...args: unknown[]): unknown {
    const { table } = realm;
    let at = base(state, args[options], output);
    // Where the number is fixed, a missing argument ends the walk, as in the generated form.
    for (const value of on.values(args)) at = table[at + ((value as Tagged | null | undefined)?.[TAG] ?? 0)]!;
    const implementation = state.implementations[on.fixed > 0 ? at : table[at]!];
    return implementation === undefined ? state.choose(...args)(...args) : implementation(...args);
  };
  return { call, state };
}

/**
 * The form from generated text. V8 shares type feedback between closures of one function, and calls would pay for
 * what others were called with; but each run of a script has feedback of its own. So a shape's text is compiled once
 * and run for each stub, which takes a microsecond where compiling takes twenty.
 */
export function generatedStub(shape: StubShape): Stub {
  const { on, options, output = "" } = shape;
  const known = (scripts[options] ??= new Map());
  const key = `${on.key} ${output}`;
  let script = known.get(key);
  if (script === undefined) {
    script = new Script(stubText(shape), { filename: "tagswitch:stub" });
    known.set(key, script);
  }
  const state = newState();
  const make = script.runInThisContext() as StubMaker;
  return { call: make(realm, TAG, state, on, MISSING, state.m0, state.m1, state.m2, state.m3), state };
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

function base(state: StubState, given: unknown, output: string | undefined): number {
  const options = given as Readonly<Record<string, unknown>> | null | undefined;
  const said = options?.["backend"] ?? options?.["like"] ?? (output === undefined ? undefined : options?.[output]);
  if (options !== undefined && (!state.plain || said !== undefined)) return 0;
  const scope = realm.scoped ? realm.scope() : undefined;
  return scope === undefined ? state.base : scope.bases[state.id]! | 0;
}

function newState(): StubState {
  return {
    id: 0,
    base: 0,
    plain: true,
    lacks: false,
    implementations: PREPARED_SLOTS.slice(),
    choose: chooseNothing,
    m0: {},
    m1: {},
    m2: {},
    m3: {},
    untilMany: MANY_CALLS,
  };
}

/** What a stub has before it gets its own. */
function chooseNothing(): Implementation {
  return chooseNothing;
}
