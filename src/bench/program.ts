import { type Callable, compile, list } from "./compile.ts";
import { type ContestSetting, DISPATCHABLES, TYPES } from "./contest.ts";

/** A class without a library behind it. */
type ValueClass = new (v: number) => { readonly v: number };

/** One function to dispatch: its types and their implementations, in the same order. */
export interface Subject {
  readonly number: number;
  readonly classes: readonly ValueClass[];
  readonly implementations: readonly Callable[];
}

/** What every contestant of a setting dispatches. */
export interface Program {
  readonly arity: number;
  /** All classes, those of no subject included. */
  readonly classes: readonly ValueClass[];
  readonly subjects: readonly Subject[];
}

/** V8 inlines nothing longer than 460 bytes of bytecode. This is far longer, and never runs. */
const BALLAST = `if(never.now){${Array.from({ length: 60 }, (_, i) => `s=(s*${1031 + i}+${513 + i})|0;`).join("")}}`;

/** Classes and implementations. Each subject has other types, as functions of a program do. */
export function createProgram({ types, arguments: arity, inlinable }: ContestSetting): Program {
  const classes = Array.from({ length: TYPES }, (_, i) =>
    valueClass(`T${String.fromCodePoint(65 + (i >> 4), 65 + (i & 15))}`),
  );
  const subjects = Array.from({ length: DISPATCHABLES }, (_unused, number): Subject => {
    const own = Array.from({ length: types }, (_, i) => (number + i) % TYPES);
    return {
      number,
      classes: own.map((i) => classes[i]!),
      implementations: own.map((i) => implementation(arity, number + i, inlinable)),
    };
  });
  return { arity, classes, subjects };
}

/** A class of integers. */
export function valueClass(name: string): ValueClass {
  return compile(`class ${name}{constructor(v){this.v=v}}`) as ValueClass;
}

function implementation(arity: number, constant: number, inlinable: boolean): Callable {
  const sum = Array.from({ length: arity }, (_, i) => `a${i}.v`).join("+");
  const parameters = list("a", arity);
  const body = inlinable ? `return(${sum}+${constant})|0` : `let s=0;${BALLAST}return(${sum}+${constant}+s)|0`;
  return compile(`function(${parameters}){${body}}`, { never: { now: false } }) as Callable;
}
