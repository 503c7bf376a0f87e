import { hasRest, type Parameter, type ParameterType } from "./parameter.ts";

/** Any function, as the untyped middle of the facade sees it. */
export type AnyFunction = (this: unknown, ...args: unknown[]) => unknown;

/** One combination of types that a typed function takes, and what runs for it. */
export interface Signature {
  /** In canonical form: `number,...string`. */
  readonly name: string;
  readonly params: readonly Parameter[];
  /** The function that was given. */
  readonly fn: AnyFunction;
  /** Whether a list of arguments matches. */
  readonly test: (args: ArrayLike<unknown>) => boolean;
  /** Calls `fn` with arguments that match: converts them, and gathers those of a rest parameter. */
  readonly implementation: AnyFunction;
}

/** Makes a signature of parameters that have been split into single types. */
export function createSignature(name: string, params: readonly Parameter[], fn: AnyFunction): Signature {
  return { name, params, fn, test: createTest(params), implementation: createImplementation(params, fn) };
}

/** Whether a signature can take that many arguments. */
export function takes(params: readonly Parameter[], count: number): boolean {
  return hasRest(params) ? count >= params.length : count === params.length;
}

/** Whether a value is of one of a parameter's types. */
export function accepts({ types }: Parameter, value: unknown): boolean {
  return types.some(({ test }) => test(value));
}

/** Converts a value as a parameter demands: by the first of its conversions that takes it. */
export function createConverter({ types }: Parameter): (value: unknown) => unknown {
  const converted = types.filter((type): type is ParameterType & { conversion: object } => type.conversion !== null);
  return (value) => {
    const type = converted.find(({ test }) => test(value));
    return type === undefined ? value : type.conversion.convert(value);
  };
}

function createTest(params: readonly Parameter[]): Signature["test"] {
  const last = params.length - 1;
  return (args) => {
    if (!takes(params, args.length)) return false;
    for (let i = 0; i < args.length; i++) {
      if (!accepts(params[Math.min(i, last)]!, args[i])) return false;
    }
    return true;
  };
}

function createImplementation(params: readonly Parameter[], fn: AnyFunction): AnyFunction {
  const rest = hasRest(params);
  if (!rest && params.every(({ hasConversion }) => !hasConversion)) return fn;
  const converters = params.map((param) => (param.hasConversion ? createConverter(param) : undefined));
  const last = params.length - 1;
  return function convertArguments(this: unknown, ...args: unknown[]): unknown {
    for (let i = 0; i < args.length; i++) {
      const convert = converters[rest ? Math.min(i, last) : i];
      if (convert !== undefined) args[i] = convert(args[i]);
    }
    if (rest) args.push(args.splice(last));
    return fn.apply(this, args);
  };
}
