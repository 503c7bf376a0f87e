// Methods in the plain form: functions that are put on a prototype.
import test from "ava";
import {
  createBackendSystem,
  type DispatchContext,
  getImplementation,
  invoke,
  registerType,
  trace,
} from "../../src/index.ts";
import { type AnyNumbers, learning, type Model, Numbers, Packed } from "./learning.ts";

let systems = 0;
const newSystem = () => createBackendSystem({ name: `methods-${systems++}`, defaultTypes: ["learning:Numbers"] });

test("a method is dispatched by its own arguments, and implementations get the object as this", (t) => {
  const { Model } = learning();
  const model = new Model();
  t.is(model.who(new Numbers(1)), "default, learned by nobody");
  t.is(model.who(new Packed(1)), "packed, learned by nobody");
  t.is(Model.prototype.who.name, "who");
  t.is(Model.prototype.who.length, 2);
});

test("many calls and objects: each gets its own object", (t) => {
  const { Model } = learning();
  for (let i = 0; i < 100; i++) {
    const model = new Model();
    model.sum = i;
    t.deepEqual(model.shift(new Numbers(1)), new Numbers(1 + i));
    t.deepEqual(model.shift(new Packed(1)), new Packed(1 + i));
  }
});

test("options come after the dispatch arguments", (t) => {
  const { Model } = learning();
  t.is(new Model().who(new Numbers(1), { backend: "packed" }), "packed, learned by nobody");
  t.throws(() => new Model().who(new Numbers(1), { backend: "none" }), { code: "ERR_DISPATCH_UNKNOWN_BACKEND" });
});

test("instances of subclasses, and super calls, are dispatched alike", (t) => {
  const { Model: Parent } = learning();
  class Child extends Parent {
    override who(data: AnyNumbers): string {
      return `child of ${super.who(data)}`;
    }
  }
  t.is(new Child().who(new Packed(1)), "child of packed, learned by nobody");
});

test('"this" among the dispatch arguments: the object decides too', (t) => {
  const system = newSystem();
  class Heap {
    declare merge: (this: Heap, other: unknown) => string;
  }
  class OtherHeap extends Heap {}
  registerType(Heap, `${system.name}:Heap`);
  registerType(OtherHeap, `${system.name}:OtherHeap`);
  Heap.prototype.merge = system.method("Heap.merge", { on: ["this", 0] }, function (this: Heap, _other: unknown) {
    return "default";
  });
  const fast = system.registerBackend({ name: "fast", primary: [`${system.name}:Heap`] });
  fast.implement(Heap.prototype.merge, () => "fast");
  const slow = system.registerBackend({
    name: "slow",
    primary: [`${system.name}:OtherHeap`],
    secondary: [`${system.name}:Heap`],
  });
  slow.implement(Heap.prototype.merge, () => "slow");
  for (let i = 0; i < 10; i++) {
    t.is(new Heap().merge(new Heap()), "fast");
    t.is(new OtherHeap().merge(new Heap()), "slow");
    t.is(new Heap().merge(new OtherHeap()), "slow");
  }
});

test("lists, paths and extractors count the method's own arguments", (t) => {
  const system = newSystem();
  class Joiner {
    readonly field = new Packed(1);
    declare join: (this: Joiner, list: readonly AnyNumbers[]) => string;
    declare read: (this: Joiner, holder: { data: AnyNumbers }, options?: { backend?: string }) => string;
    declare own: (this: Joiner) => string;
  }
  Joiner.prototype.join = system.method("Joiner.join", { on: [[0, "*"]] }, () => "default");
  Joiner.prototype.read = system.method("Joiner.read", { on: [[0, "data"]] }, () => "default");
  Joiner.prototype.own = system.method(
    "Joiner.own",
    {
      on: function (this: Joiner) {
        return [this.field];
      },
      options: 0,
    },
    () => "default",
  );
  const packed = system.registerBackend({ name: "packed", primary: ["learning:Packed"] });
  packed.implement(Joiner.prototype.join, () => "packed");
  packed.implement(Joiner.prototype.read, () => "packed");
  packed.implement(Joiner.prototype.own, () => "packed");
  const joiner = new Joiner();
  t.is(joiner.join([new Packed(1), new Packed(2)]), "packed");
  t.is(joiner.join([new Numbers(1)]), "default");
  t.is(joiner.read({ data: new Packed(1) }), "packed");
  t.is(joiner.read({ data: new Numbers(1) }), "default");
  t.is(joiner.read({ data: new Numbers(1) }, { backend: "default" }), "default");
  t.is(joiner.own(), "packed");
});

test("shouldRun, validators and implementations with a context have the object as this too", (t) => {
  const system = newSystem();
  class Guard {
    readonly limit: number;
    declare check: (this: Guard, data: Numbers) => string;
    constructor(limit: number) {
      this.limit = limit;
    }
  }
  Guard.prototype.check = system.method(
    "Guard.check",
    {
      on: [0],
      validate: function (this: Guard, { values }: Numbers) {
        if (values.length > this.limit) throw new RangeError(`more than ${this.limit}`);
      },
    },
    () => "default",
  );
  const strict = system.registerBackend({
    name: "strict",
    primary: ["learning:Numbers"],
    higherPriorityThan: ["default"],
  });
  strict.implement(
    Guard.prototype.check,
    function (this: Guard, { backend }: DispatchContext, { values }: Numbers) {
      return `${backend} ${this.limit} ${values.length}`;
    },
    {
      context: true,
      shouldRun: function (this: unknown, _context: DispatchContext, { values }: Numbers) {
        return values.length === (this as Guard).limit || "not at the limit";
      },
    },
  );
  t.is(new Guard(2).check(new Numbers(1, 2)), "strict 2 2");
  t.is(new Guard(2).check(new Numbers(1)), "default");
  t.throws(() => new Guard(0).check(new Numbers(1)), { instanceOf: RangeError });
});

test("invoke and getImplementation give methods", (t) => {
  const { Model } = learning();
  const model = new Model();
  model.learnedBy = "me";
  t.is(invoke(Model.prototype.who, "packed").call(model, new Numbers(1)), "packed, learned by me");
  t.is(invoke(Model.prototype.who, "learning:Packed").call(model), "packed, learned by me");
  t.is(getImplementation(Model.prototype.who, "packed")!.call(model), "packed, learned by me");
  t.is(getImplementation(Model.prototype.who, "other"), undefined);
});

test("a trace has methods under the names that they were given, without their object", (t) => {
  const { Model } = learning();
  const { calls } = trace(() => new Model().who(new Packed(1)));
  t.like(calls[0], { function: "Model.who", backend: "packed", types: ["learning:Packed"] });
});

test("missing arguments are passed over, and so is a missing object", (t) => {
  const system = newSystem();
  const who = system.method("who", { on: [0] }, function (this: unknown, _data?: unknown) {
    return String(this);
  });
  t.is(Reflect.apply(who, undefined, [new Numbers(1)]), "undefined");
  t.is(who.call(7 as never, new Numbers(1)), "7");
  const fit = system.method("fit", { on: [0], fits: true }, function (this: unknown, _data?: unknown) {
    return String(this);
  });
  t.is(Reflect.apply(fit, undefined, [new Numbers(1)]), "undefined", "there is nothing to remember it by");
});

test("a method's own options are not for backends to name", (t) => {
  const system = newSystem();
  const scale = system.method(
    "Model.scale",
    { on: [0], optionNames: ["by"] },
    (_data: Numbers, _options?: object) => 0,
  );
  const backend = system.registerBackend({ name: "greedy", primary: ["learning:Numbers"] });
  t.throws(() => backend.implement(scale, () => 1, { options: { by: "how far" } }), {
    code: "ERR_DISPATCH_ARGUMENT",
    message: /"by".*the function has it/,
  });
});

test("what makes no sense is refused with what would", (t) => {
  const { method } = newSystem();
  const run = (): void => {};
  for (const [config, expected] of [
    [undefined, /"this", as in \{ on: \[0\] \}/],
    [{ on: 0 }, /positions, from 0 to 14/],
    [{ on: ["that"] }, /"this"/],
    [{ on: [15] }, /from 0 to 14/],
    [{ on: [0], options: -1 }, /options to be a position/],
    [{ on: [0], mutates: ["that"] }, /mutates to be positions/],
    [{ on: [0], fits: 1 }, /fits to be true or false/],
    [{ on: () => [] }, /position of the options/],
  ] as const) {
    t.throws(() => method("wrong", config as never, run), { code: "ERR_DISPATCH_ARGUMENT", message: expected });
  }
  t.throws(() => method("wrong", { on: [0] }, 5 as never), { code: "ERR_DISPATCH_ARGUMENT" });
  t.throws(() => method("", { on: [0] }, run), { code: "ERR_DISPATCH_ARGUMENT" });
});

test("a method of a model may be called by another backend's implementation", (t) => {
  const { system, Model } = learning();
  const nested = system.registerBackend({ name: "nested", primary: ["learning:Numbers"] });
  nested.implement(Model.prototype.shift, function (this: Model, data: Numbers) {
    return new Numbers(...data.values, this.who(data).length);
  });
  t.deepEqual(new Model().shift(new Numbers(1), { backend: "nested" }), new Numbers(1, 26));
});
