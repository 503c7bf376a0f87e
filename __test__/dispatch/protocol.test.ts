// Classes that answer calls by themselves, under Symbol.for("tagswitch.dispatch"): who is asked, and when.
import test from "ava";
import { type DispatchProtocol, invoke, PROTOCOL, type ProtocolCall, registerType, trace } from "../../src/index.ts";
import { library, Measured, Plain } from "./values.ts";

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
  class Known extends Plain implements DispatchProtocol {
    asked = 0;
    [PROTOCOL](): unknown {
      this.asked++;
      return "protocol";
    }
  }
  registerType(Known, "protocol:Known");
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
  registerType(Parent, "protocol:Parent");
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

test("a registered class asks however it looks: frozen, exact, structural, or below one with a protocol", (t) => {
  const { system, who } = library();
  class Parent {}
  registerType(Parent, "protocol:Above");
  const plain = { [PROTOCOL]: () => "protocol" };
  class Frozen extends Parent {}
  Object.freeze(Object.defineProperty(Frozen.prototype, PROTOCOL, { value: plain[PROTOCOL] }));
  registerType(Frozen, "protocol:Frozen");
  class Open extends Parent {
    [PROTOCOL](): unknown {
      return "protocol";
    }
  }
  registerType(Open, "protocol:Open");
  class Below extends Open {}
  class Registered extends Open {}
  registerType(Registered, "protocol:Registered");
  class FrozenBelow extends Open {}
  Object.freeze(FrozenBelow.prototype);
  registerType(FrozenBelow, "protocol:FrozenBelow");
  const any = system.registerBackend({
    name: "any",
    primary: [
      { type: "protocol:Above", subclasses: true },
      { type: "protocol:Open", exact: true },
      { name: "protocol:Named", matches: ({ name }) => ["Open", "Below"].includes(name) },
    ],
  });
  any.implement(who, () => "any");
  for (let i = 0; i < 10; i++) {
    t.is(who(new Parent()), "any");
    for (const type of [Frozen, Open, Below, Registered, FrozenBelow]) t.is(who(new type()), "protocol", type.name);
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
