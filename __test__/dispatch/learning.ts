// A small library of objects that learn.
import {
  type Backend,
  type BackendSystem,
  createBackendSystem,
  registerConverter,
  registerType,
} from "../../src/index.ts";

/** Numbers in main memory. */
export class Numbers {
  readonly values: readonly number[];
  constructor(...values: readonly number[]) {
    this.values = values;
  }
}
registerType(Numbers, "learning:Numbers");

/** The same for a backend of another package. */
export class Packed {
  readonly values: readonly number[];
  constructor(...values: readonly number[]) {
    this.values = values;
  }
}
registerType(Packed, "learning:Packed");

registerConverter<Numbers, Packed>({
  from: "learning:Numbers",
  to: "learning:Packed",
  convert: ({ values }) => new Packed(...values),
});
registerConverter<Packed, Numbers>({
  from: "learning:Packed",
  to: "learning:Numbers",
  convert: ({ values }) => new Numbers(...values),
});

export type AnyNumbers = Numbers | Packed;

export interface Options {
  backend?: string;
}

/** Learns a sum, and who made it. */
export interface Model {
  sum: number;
  learnedBy: string;
  fit(data: AnyNumbers, options?: Options): Model;
  /** Who runs it. */
  who(data?: AnyNumbers | null, options?: Options): string;
  /** Each number plus the sum. */
  shift(data: AnyNumbers, options?: Options): AnyNumbers;
}

let count = 0;

/** Backends `default` (Numbers), `packed` (Packed; refuses to fit sums over 99), `other` (Numbers; only fits). */
export function learning(): { system: BackendSystem; Model: new () => Model; packed: Backend; other: Backend } {
  const system = createBackendSystem({ name: `learning-${count++}`, defaultTypes: ["learning:Numbers"] });
  class Learner {
    sum = 0;
    learnedBy = "nobody";
    declare fit: Model["fit"];
    declare who: Model["who"];
    declare shift: Model["shift"];
  }
  Learner.prototype.fit = system.method(
    "Model.fit",
    { on: [0], fits: true },
    function fit(this: Model, data: AnyNumbers, _options?: Options): Model {
      return learn(this, data, "default");
    },
  );
  Learner.prototype.who = system.method(
    "Model.who",
    { on: [0] },
    function who(this: Model, _data?: AnyNumbers | null, _options?: Options) {
      return `default, learned by ${this.learnedBy}`;
    },
  );
  Learner.prototype.shift = system.method(
    "Model.shift",
    { on: [0] },
    function shift(this: Model, data: AnyNumbers, _options?: Options) {
      return new Numbers(...data.values.map((value) => value + this.sum));
    },
  );

  const packed = system.registerBackend({ name: "packed", primary: ["learning:Packed"] });
  packed.implement(
    Learner.prototype.fit,
    function (this: Model, data) {
      return learn(this, data, "packed");
    },
    { shouldRun: (_context, { values }) => values.every((value) => value < 100) || "numbers over 99" },
  );
  packed.implement(Learner.prototype.who, function (this: Model) {
    return `packed, learned by ${this.learnedBy}`;
  });
  packed.implement(
    Learner.prototype.shift,
    function (this: Model, data) {
      return new Packed(...data.values.map((value) => value + this.sum));
    },
    { shouldRun: (_context, { values }) => values.length < 3 || "more than two numbers" },
  );

  const other = system.registerBackend({ name: "other", primary: ["learning:Numbers"] });
  other.implement(Learner.prototype.fit, function (this: Model, data) {
    return learn(this, data, "other");
  });
  return { system, Model: Learner, packed, other };
}

function learn(model: Model, { values }: AnyNumbers, by: string): Model {
  model.sum = values.reduce((sum, value) => sum + value, 0);
  model.learnedBy = by;
  return model;
}
