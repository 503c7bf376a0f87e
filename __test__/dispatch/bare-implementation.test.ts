// `getImplementation` of an implementation that takes the context: it has the function's own signature all the same.
import test from "ava";
import { type DispatchContext, getImplementation } from "../../src/index.ts";
import { geometry, Point } from "./library.ts";
import { learning, Numbers } from "./learning.ts";

test("an implementation that takes the context gets that of a call that chose its backend", (t) => {
  const { system, who } = geometry();
  const contexts: DispatchContext[] = [];
  const backend = system.registerBackend({ name: "contextual", primary: ["geometry:Point"] });
  const implementation = (context: DispatchContext, point: unknown): string => {
    contexts.push(context);
    return point instanceof Point ? context.backend : "no point";
  };
  backend.implement(who, implementation, { context: true });
  const point = new Point(0);
  t.is(getImplementation(who, "contextual")!(point), "contextual");
  t.is(who(point, { backend: "contextual" }), "contextual");
  t.deepEqual(contexts[0], contexts[1]);
  t.like(contexts[0], { prioritized: true, forced: true, asynchronous: false, types: ["geometry:Point"] });
});

test("a method's has the object as this", (t) => {
  const { system, Model } = learning();
  const backend = system.registerBackend({ name: "contextual", primary: ["learning:Numbers"] });
  backend.implement(
    Model.prototype.who,
    function (this: InstanceType<typeof Model>, { backend: name }) {
      return `${name}, learned by ${this.learnedBy}`;
    },
    { context: true },
  );
  const model = Object.assign(new Model(), { learnedBy: "me" });
  t.is(getImplementation(Model.prototype.who, "contextual")!.call(model, new Numbers(1)), "contextual, learned by me");
});
