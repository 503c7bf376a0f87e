// Methods of a backend that is found by its manifest are loaded on first use, and get the object as this.
import test from "ava";
import { BuiltPackage } from "./application.ts";

const built = new BuiltPackage();
test.after.always(() => built.remove());

const application = built.application({
  "package.json": {
    name: "application",
    type: "module",
    dependencies: { models: "*", "fast-models": "*", tagswitch: "*" },
  },
  "node_modules/models/package.json": {
    ...{ name: "models", version: "1.0.0", type: "module", exports: "./index.js" },
    tagswitch: { systems: { models: { module: "models" } } },
  },
  "node_modules/models/index.js": `
    import { createBackendSystem } from "tagswitch";
    export const system = createBackendSystem({ name: "models", defaultTypes: ["js:Array"] });
    export class Model {}
    Model.prototype.fit = system.method("Model.fit", { on: [0], fits: true }, function fit(data) {
      this.sum = data.length;
      return this;
    });
    Model.prototype.who = system.method("Model.who", { on: [0] }, function who(data) {
      return "default " + this.sum;
    });
  `,
  "node_modules/fast-models/package.json": {
    ...{ name: "fast-models", version: "1.0.0", type: "module" },
    tagswitch: { backends: { models: { fast: "./models.tagswitch.json" } } },
  },
  "node_modules/fast-models/models.tagswitch.json": {
    ...{ system: "models", name: "fast", primary: ["js:Array"], lowerPriorityThan: ["default"], module: "./run.js" },
    functions: {
      "Model.fit": { shouldRun: "./decide.js:fit" },
      "Model.who": { context: true },
    },
  },
  "node_modules/fast-models/decide.js": `
    export function fit(context, data) {
      return data.length > this.least || "too short";
    }
  `,
  "node_modules/fast-models/run.js": `
    console.log("loaded");
    export function fit(data) {
      this.sum = data.reduce((sum, value) => sum + value, 0);
      return this;
    }
    export function who(context, data) {
      return context.backend + " " + this.sum;
    }
  `,
  "main.js": `
    import { Model, system } from "models";
    import { fittedBy } from "tagswitch";
    const fit = (least) => system.backend("fast", () => Object.assign(new Model(), { least }).fit([3, 4]));
    const [short, long] = [fit(2), fit(1)];
    console.log(fittedBy(short), short.who([]));
    console.log(fittedBy(long), long.who([]));
  `,
});

test("a method's implementation and shouldRun from modules have the object as this", (t) => {
  const { stdout, stderr } = application.run("main.js");
  t.is(stderr, "");
  t.is(stdout, "loaded\ndefault default 2\nfast fast 7\n");
});

test("where dispatch is off, methods are the library's own, and nothing is remembered", (t) => {
  const { stdout, stderr } = application.run("main.js", { env: { MODELS_DISPATCH: "0" } });
  t.is(stderr, "");
  t.is(stdout, "undefined default 2\nundefined default 2\n");
});
