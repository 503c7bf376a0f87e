// Objects stay with the backend that fitted them.
import { setTimeout as delay } from "node:timers/promises";
import { runInNewContext } from "node:vm";
import test from "ava";
import { defer, type Dispatchable, type DispatchError, explain, fittedBy, trace } from "../../src/index.ts";
import { type AnyNumbers, learning, type Model, Numbers, Packed } from "./learning.ts";

test("later calls go to the backend that fitted the object, outside the scope too", (t) => {
  const { system, Model } = learning();
  const model = new Model();
  t.is(fittedBy(model), undefined);
  t.is(model.who(new Numbers(1)), "default, learned by nobody");
  system.backend("packed", () => model.fit(new Numbers(1, 2)));
  t.is(fittedBy(model), "packed");
  t.is(model.who(new Numbers(1)), "packed, learned by packed");
  t.is(
    system.backend("default", () => model.who(new Numbers(1))),
    "packed, learned by packed",
  );
  t.is(new Model().who(new Numbers(1)), "default, learned by nobody", "other objects are free");
});

test("arguments are converted for it, and results come back", (t) => {
  const { Model } = learning();
  const model = new Model().fit(new Packed(1, 2));
  t.is(fittedBy(model), "packed", "by the type alone");
  const traced = trace(() => model.shift(new Numbers(10)));
  t.deepEqual(traced.result, new Numbers(13));
  t.is(traced.calls[0]!.backend, "packed");
  t.deepEqual(
    traced.calls[0]!.conversions.map(({ from, to }) => `${from} ${to}`),
    ["learning:Numbers learning:Packed", "learning:Packed learning:Numbers"],
  );
});

test("a table full of other objects' calls does not lead a fitted one astray", (t) => {
  const { system, Model } = learning();
  const [free, fitted] = [new Model(), new Model()];
  for (let i = 0; i < 1000; i++) free.who(new Numbers(1));
  system.backend("packed", () => fitted.fit(new Numbers(1)));
  for (let i = 0; i < 1000; i++) {
    t.is(fitted.who(new Numbers(1)), "packed, learned by packed");
    t.is(free.who(new Numbers(1)), "default, learned by nobody");
  }
});

test("it is the backend that really ran, after refusals", (t) => {
  const { system, Model } = learning();
  const model = new Model();
  system.backend(["packed", "other"], () => model.fit(new Numbers(100)));
  t.is(fittedBy(model), "other");
});

test("it is the backend that really ran, after deferrals", (t) => {
  const { system, Model } = learning();
  const late = system.registerBackend({ name: "late", primary: ["learning:Numbers"] });
  late.implement(Model.prototype.fit, () => defer("not today"), { defers: true });
  const model = new Model();
  system.backend(["late", "packed"], () => model.fit(new Numbers(1)));
  t.is(fittedBy(model), "packed");
  t.is(model.learnedBy, "packed");
});

test("fitting again chooses anew", (t) => {
  const { system, Model } = learning();
  const model = new Model();
  system.backend("packed", () => model.fit(new Numbers(1)));
  model.fit(new Numbers(1));
  t.is(fittedBy(model), "default");
  t.is(model.who(new Numbers(1)), "default, learned by default");
});

test("a fit that fails changes nothing", (t) => {
  const { system, Model } = learning();
  const broken = system.registerBackend({ name: "broken", primary: ["learning:Numbers"] });
  broken.implement(Model.prototype.fit, () => {
    throw new RangeError("no");
  });
  const model = new Model();
  t.throws(() => system.backend("broken", () => model.fit(new Numbers(1))), { instanceOf: RangeError });
  t.is(fittedBy(model), undefined);
  system.backend("packed", () => model.fit(new Numbers(1)));
  t.throws(() => system.backend("broken", () => model.fit(new Numbers(1))), { instanceOf: RangeError });
  t.is(fittedBy(model), "packed");
});

test("an asynchronous fit counts once it has succeeded", async (t) => {
  const { system, Model } = learning();
  const slow = system.registerBackend({ name: "slow", primary: ["learning:Numbers"] });
  slow.implement(Model.prototype.fit as (data: AnyNumbers) => unknown, async function (this: Model, { values }) {
    await delay(5);
    if (values.length === 0) throw new RangeError("nothing to learn from");
    this.learnedBy = "slow";
    return this;
  });
  const model = new Model();
  const fitting = system.backend("slow", () => model.fit(new Numbers(1))) as unknown as Promise<Model>;
  t.is(fittedBy(model), undefined);
  await fitting;
  t.is(fittedBy(model), "slow");
  model.fit(new Numbers(1));
  await t.throwsAsync(async () => system.backend("slow", () => model.fit(new Numbers())), { instanceOf: RangeError });
  t.is(fittedBy(model), "default");
});

test("fit.async: the same, with asynchronous implementations", async (t) => {
  const { system, Model } = learning();
  const later = system.registerBackend({ name: "later", primary: ["learning:Numbers"] });
  later.implement(Model.prototype.fit, {
    async: async function (this: Model) {
      await delay(1);
      this.learnedBy = "later";
      return this;
    },
  });
  later.implement(Model.prototype.who, { async: async () => "later" });
  const model = new Model();
  const fit = Model.prototype.fit as Dispatchable<Model["fit"]>;
  await system.backend("later", () => fit.async.call(model, new Numbers(1)));
  t.is(fittedBy(model), "later");
  const who = Model.prototype.who as Dispatchable<Model["who"]>;
  t.is(await who.async.call(model, new Numbers(1)), "later");
  t.throws(() => model.who(new Numbers(1)), { code: "ERR_DISPATCH_FITTED", message: /asynchronous only/ });
});

test("fit.async called without its object is an error, and nothing is fitted", async (t) => {
  const { Model } = learning();
  const model = new Model();
  const fit = model.fit as Dispatchable<Model["fit"]>;
  const code = "ERR_DISPATCH_ARGUMENT";
  await t.throwsAsync(async () => fit.async(new Numbers(1)), {
    ...{ code, message: /without its object; write object\.fit\.async\.call\(object, …\)$/ },
  });
  t.is(fittedBy(fit), undefined);
});

test("a method that fits by calling one that fits leaves the object to that one's backend", async (t) => {
  const { system, Model } = learning();
  const fitTwice = system.method("Learner.fitTwice", { on: [0], fits: true }, function (this: Model, data: AnyNumbers) {
    return this.fit(data).fit(data);
  });
  const fitAlone = system.method(
    "Learner.fitAlone",
    { on: [0], fits: true },
    function (this: Model, _data: AnyNumbers) {
      return this;
    },
  );
  const model = new Model();
  system.backend("packed", () => fitTwice.call(model, new Numbers(1)));
  t.is(fittedBy(model), "packed");
  t.is(model.who(new Numbers(1)), "packed, learned by packed");
  fitAlone.call(model, new Numbers(1));
  t.is(fittedBy(model), "default");
  await system.backend("packed", () => fitTwice.async.call(model, new Numbers(1)));
  t.is(fittedBy(model), "packed");
});

test("where it refuses or has no implementation, the error says by whom the object was fitted, and what to do", (t) => {
  const { system, Model } = learning();
  const model = new Model();
  system.backend("packed", () => model.fit(new Numbers(1)));
  const error = t.throws<DispatchError>(() => model.shift(new Numbers(1, 2, 3)), { code: "ERR_DISPATCH_FITTED" });
  t.regex(error.message, /^this Learner was fitted by backend "packed", which cannot run Model\.shift\(/);
  t.regex(error.message, /more than two numbers; fit it again .* or name one for this call with \{ backend \}$/);
  t.true(error.refusals.some(({ backend, reason }) => backend === "packed" && reason === "more than two numbers"));

  system.backend("other", () => model.fit(new Numbers(1)));
  t.throws(() => model.who(new Numbers(1)), {
    code: "ERR_DISPATCH_FITTED",
    message: /fitted by backend "other", which cannot run Model\.who.*implement/,
  });
});

test("{ backend } on a call is heard all the same, and a fit is free", (t) => {
  const { system, Model } = learning();
  const model = new Model();
  system.backend("packed", () => model.fit(new Numbers(1)));
  t.is(model.who(new Numbers(1), { backend: "default" }), "default, learned by packed");
  model.fit(new Numbers(1), { backend: "other" });
  t.is(fittedBy(model), "other");
});

test("explain knows of the fit, given the object first", (t) => {
  const { system, Model } = learning();
  const model = new Model();
  t.is(explain(Model.prototype.who, model, new Numbers(1)).backend, "default");
  system.backend("packed", () => model.fit(new Numbers(1)));
  t.is(explain(Model.prototype.who, model, new Numbers(1)).backend, "packed");
});

test("objects with methods of two systems are fitted in each", (t) => {
  const [one, two] = [learning(), learning()];
  const model = new one.Model();
  one.system.backend("packed", () => model.fit(new Numbers(1)));
  two.system.backend("other", () => two.Model.prototype.fit.call(model, new Numbers(1)));
  t.is(fittedBy(model), "other", "the last");
  t.is(model.who(new Numbers(1)), "packed, learned by other");
});

test("a fit that fails in a promise of another realm changes nothing, either", async (t) => {
  const { system, Model } = learning();
  const fail = runInNewContext("async () => { await null; throw new RangeError('mine'); }") as () => Promise<never>;
  const strange = system.registerBackend({ name: "strange", primary: ["learning:Numbers"] });
  strange.implement(Model.prototype.fit, () => fail());
  const model = new Model();
  const fitting = system.backend("strange", () => model.fit(new Numbers(1))) as unknown as Promise<Model>;
  t.is(((await t.throwsAsync(fitting, { any: true })) as Error).message, "mine");
  t.is(fittedBy(model), undefined);
});
