// A small library of values, one class of which answers calls by itself.
import { type BackendSystem, createBackendSystem, PROTOCOL, type ProtocolCall, registerType } from "../../src/index.ts";

/** A number. */
export class Plain {
  readonly value: number;
  constructor(value: number) {
    this.value = value;
  }
}
registerType(Plain, "protocol:Plain");

/** A value with its unit: calls are made with the value alone, and the result gets the unit. */
export class Measured {
  readonly plain: Plain;
  readonly unit: string;
  constructor(value: number, unit: string) {
    this.plain = new Plain(value);
    this.unit = unit;
  }
}
// Not in the class: with isolated declarations an exported one has no computed names.
Object.defineProperty(Measured.prototype, PROTOCOL, {
  value(this: Measured, { args, proceed }: ProtocolCall): unknown {
    const result = proceed(...args.map((arg) => (arg instanceof Measured ? arg.plain : arg)));
    return result instanceof Plain ? new Measured(result.value, this.unit) : result;
  },
});

export type AnyValue = Plain | Measured | object;

let systems = 0;

/** Backends `default` and `b1`, both for plain values; `default` comes first. */
export function library(): {
  system: BackendSystem;
  add: (a: AnyValue, b: AnyValue, options?: { backend?: string }) => AnyValue;
  who: (...values: unknown[]) => string;
  list: (values: readonly AnyValue[]) => string;
} {
  const system = createBackendSystem({ name: `protocol-${systems++}`, defaultTypes: ["protocol:Plain"] });
  const add = system.dispatchable(
    "add",
    { on: [0, 1] },
    function add(a: AnyValue, b: AnyValue, _options?: { backend?: string }): AnyValue {
      return new Plain((a as Plain).value + (b as Plain).value);
    },
  );
  const who = system.dispatchable("who", { on: [0, 1, 2] }, (..._values: unknown[]): string => "default");
  const list = system.dispatchable("list", { on: [[0, "*"]] }, (_values: readonly AnyValue[]): string => "default");
  const b1 = system.registerBackend({ name: "b1", primary: ["protocol:Plain"] });
  b1.implement(add, (a, b) => new Plain((a as Plain).value + (b as Plain).value));
  b1.implement(who, () => "b1");
  return { system, add, who, list };
}
