// Classes that answer calls by themselves, under Symbol.for("tagswitch.dispatch").
import test from "ava";
import {
  type BackendSystem,
  createBackendSystem,
  type DispatchProtocol,
  explain,
  invoke,
  PROTOCOL,
  type ProtocolCall,
  registerType,
  trace,
} from "../../src/index.ts";

class Plain {
  readonly value: number;
  constructor(value: number) {
    this.value = value;
  }
}
registerType(Plain, "protocol:Plain");

/** A value with its unit: calls are made with the value alone, and the result gets the unit. */
class Measured implements DispatchProtocol {
  readonly plain: Plain;
  readonly unit: string;
  constructor(value: number, unit: string) {
    this.plain = new Plain(value);
    this.unit = unit;
  }
  [PROTOCOL]({ args, proceed }: ProtocolCall): unknown {
    const result = proceed(...args.map((arg) => (arg instanceof Measured ? arg.plain : arg)));
    return result instanceof Plain ? new Measured(result.value, this.unit) : result;
  }
}

type AnyValue = Plain | Measured | object;

let systems = 0;

function library(): {
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

/** Classes that answer by their names, or pass, and say when they were asked. */
function askable(names: readonly string[], asked: string[], answering?: string) {
  const classes: Record<string, new () => object> = {};
  for (const name of names) {
    const [own, parent] = name.split("<");
    const base = parent === undefined ? class {} : classes[parent]!;
    classes[own!] = {
      [own!]: class extends base {
        [PROTOCOL]({ pass }: ProtocolCall): unknown {
          asked.push(own!);
          return own === answering ? own : pass;
        }
      },
    }[own!]!;
  }
  return classes;
}

test("a class answers the calls that its instances are arguments of", (t) => {
  const { add } = library();
  const sum = add(new Measured(1, "m"), new Measured(2, "m"));
  t.deepEqual(sum, new Measured(3, "m"));
  t.deepEqual(add(new Plain(1), new Measured(2, "s")), new Measured(3, "s"));
  t.deepEqual(add(new Plain(1), new Plain(2)), new Plain(3));
});

test("the thousandth call still asks, registered or not, however warm the table is", (t) => {
  const { add, who, list } = library();
  class Known extends Plain {
    asked = 0;
    [PROTOCOL](): unknown {
      this.asked++;
      return "protocol";
    }
  }
  registerType(Known, `protocol:Known${systems}`);
  const [plain, known, measured] = [new Plain(1), new Known(1), new Measured(1, "m")];
  for (let i = 0; i < 1000; i++) {
    t.is(who(plain, plain, plain), "default");
    t.is(who(plain, plain, known), "protocol");
    t.is(list([plain, plain]), "default");
    t.is(list([plain, known]), "protocol");
    t.deepEqual(add(measured, plain), new Measured(2, "m"));
  }
  t.is(known.asked, 2000);
});

test("a subclass of a registered class, seen first: from its first call on", (t) => {
  const { who } = library();
  class Parent {}
  registerType(Parent, `protocol:Parent${systems}`);
  class Child extends Parent {
    [PROTOCOL](): unknown {
      return "protocol";
    }
  }
  for (let i = 0; i < 10; i++) {
    t.is(who(new Child()), "protocol");
    t.throws(() => who(new Parent()), { code: "ERR_DISPATCH_NO_IMPLEMENTATION" });
  }
});

test("the protocol needs no import", (t) => {
  const { who } = library();
  class Foreign {
    [Symbol.for("tagswitch.dispatch")](call: { function: string; types: readonly string[]; system: string }): string {
      return `${call.system.replace(/\d/g, "")} ${call.function} ${call.types.join()}`;
    }
  }
  t.is(who(new Plain(1), new Foreign()), "protocol- who protocol:Plain,an unregistered Foreign");
});

test("arguments are asked from left to right, subclasses before their parents, each class once", (t) => {
  const asked: string[] = [];
  const { A, B, C } = askable(["A", "B", "C<A"], asked);
  const { who } = library();
  t.throws(() => who(new A!(), new B!(), new C!()), { code: "ERR_DISPATCH_NO_IMPLEMENTATION" });
  t.deepEqual(asked.splice(0), ["C", "A", "B"]);
  t.throws(() => who(new B!(), new B!(), new A!()));
  t.deepEqual(asked.splice(0), ["B", "A"]);
});

test("whoever answers wins", (t) => {
  const asked: string[] = [];
  const { A, B } = askable(["A", "B"], asked, "A");
  const { who } = library();
  t.is(who(new B!(), new A!(), new B!()), "A");
  t.deepEqual(asked, ["B", "A"]);
});

test("when all pass, the backends are asked as if there were no protocol", (t) => {
  const { system, who } = library();
  class Shy extends Plain {
    [PROTOCOL]({ pass }: ProtocolCall): unknown {
      return pass;
    }
  }
  for (let i = 0; i < 10; i++) {
    t.is(who(new Shy(1)), "default");
    t.is(
      system.backend("b1", () => who(new Shy(1))),
      "b1",
    );
  }
});

test("proceed() without arguments goes on with the call's own, and the rest is asked", (t) => {
  const asked: string[] = [];
  const { Last } = askable(["Last"], asked, "Last");
  class First {
    [PROTOCOL]({ proceed }: ProtocolCall): unknown {
      return `first of ${String(proceed())}`;
    }
  }
  const { who } = library();
  t.is(who(new First(), new Last!()), "first of Last");
});

test("undefined is an answer", (t) => {
  const { who } = library();
  class Silent {
    [PROTOCOL](): unknown {
      return undefined;
    }
  }
  t.is(who(new Silent()) as unknown, undefined);
});

test("what a class throws passes unchanged", (t) => {
  const { who } = library();
  class Broken {
    [PROTOCOL](): unknown {
      throw new RangeError("broken");
    }
  }
  t.throws(() => who(new Broken()), { instanceOf: RangeError, message: "broken" });
  const { calls } = trace(() => t.throws(() => who(new Broken())));
  t.is(calls[0]!.backend, "protocol of Broken");
  t.true(calls[0]!.error instanceof RangeError);
});

test("a choice of one backend beats the protocol; one put first does not", (t) => {
  const { system, add, who } = library();
  class Stubborn extends Plain {
    [PROTOCOL](): unknown {
      return "protocol";
    }
  }
  const stubborn = new Stubborn(1);
  t.deepEqual(add(stubborn, stubborn, { backend: "b1" }), new Plain(2));
  t.is(invoke(who, "b1")(stubborn), "b1");
  t.is(
    system.backend({ exclusive: "b1" }, () => who(stubborn)),
    "b1",
  );
  t.is(
    system.backend("b1", () => who(stubborn)),
    "protocol",
  );
  t.is(who(stubborn), "protocol");
});

test("a trace shows who answered, with the calls made on the way", (t) => {
  const { add } = library();
  const { calls } = trace(() => add(new Measured(1, "m"), new Plain(2)));
  t.is(calls.length, 1);
  t.like(calls[0], { function: "add", backend: "protocol of Measured" });
  t.like(calls[0]!.calls[0], { function: "add", backend: "default", types: ["protocol:Plain", "protocol:Plain"] });
});

test("a trace does not show who passed, but what it called", (t) => {
  const { who, list } = library();
  class Curious extends Plain {
    [PROTOCOL]({ function: name, pass }: ProtocolCall): unknown {
      if (name === "who") list([new Plain(1)]);
      return pass;
    }
  }
  const { calls } = trace(() => who(new Curious(1)));
  t.deepEqual(
    calls.map((call) => `${call.function} ${call.backend}`),
    ["list default", "who default"],
  );
});

test("explain says who would be asked first", (t) => {
  const { who } = library();
  const told = explain(who, new Measured(1, "m"));
  t.is(told.backend, "protocol of Measured");
  t.deepEqual(told.considered[0], {
    backend: "protocol of Measured",
    verdict: "runs",
    reason: "unless it passes",
  });
});

test("a creation function asks what its result is to be like", (t) => {
  const { system } = library();
  const zero = system.dispatchable("zero", { on: [], options: 0 }, (_options?: { like?: unknown }): AnyValue => {
    return new Plain(0);
  });
  class Answering extends Plain {
    [PROTOCOL]({ proceed }: ProtocolCall): unknown {
      return [proceed()];
    }
  }
  t.deepEqual(zero({ like: new Answering(1) }), [new Plain(0)]);
  t.deepEqual(zero(), new Plain(0));
});

test("fn.async waits for the answer, which may be to pass", async (t) => {
  const { system } = library();
  const double = system.dispatchable("double", { on: [0] }, (value: AnyValue): AnyValue => {
    return new Plain(2 * (value as Plain).value);
  });
  class Later extends Plain {
    async [PROTOCOL]({ pass, proceed }: ProtocolCall): Promise<unknown> {
      await null;
      if (this.value === 0) return pass;
      return `later ${((await proceed(new Plain(this.value))) as Plain).value}`;
    }
  }
  t.is(await double.async(new Later(4)), "later 8" as never);
  t.deepEqual(await double.async(new Later(0)), new Plain(0));
  const traced = await trace(() => double.async(new Later(4)));
  t.is(traced.calls[0]!.backend, "protocol of Later");
  t.is(traced.calls[0]!.calls[0]!.backend, "default");
});

test("a method's object is not among the arguments, and proceed keeps it", (t) => {
  const { system } = library();
  class Scale {
    readonly factor = 3;
    declare apply: (this: Scale, value: AnyValue) => AnyValue;
  }
  Scale.prototype.apply = system.method("Scale.apply", { on: [0] }, function (this: Scale, value: AnyValue): AnyValue {
    return new Plain(this.factor * (value as Plain).value);
  });
  t.deepEqual(new Scale().apply(new Measured(2, "m")), new Measured(6, "m"));
  const scale = new Scale();
  class Nosy {
    [PROTOCOL]({ args, receiver }: ProtocolCall): unknown {
      return args.length === 1 && args[0] === this && receiver === scale;
    }
  }
  t.is(scale.apply(new Nosy()) as unknown, true);
});
