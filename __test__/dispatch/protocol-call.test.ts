// Classes that answer calls by themselves, in traces, asynchronous calls, methods and functions that create.
import test from "ava";
import { explain, PROTOCOL, type ProtocolCall, trace } from "../../src/index.ts";
import { type AnyValue, library, Measured, Plain } from "./values.ts";

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

test("a plain call of a class that takes its time to pass goes on when it has", async (t) => {
  const { who } = library();
  class Slow extends Plain {
    async [PROTOCOL]({ pass }: ProtocolCall): Promise<unknown> {
      await null;
      return pass;
    }
  }
  class Quick extends Plain {
    [PROTOCOL](): unknown {
      return this.value === 0 ? "quick" : undefined;
    }
  }
  t.is(await who(new Slow(1)), "default");
  t.is(await who(new Slow(1), new Quick(0)), "quick");
  const traced = await trace(async () => who(new Slow(1), new Slow(2)));
  t.is(traced.result, "default");
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
