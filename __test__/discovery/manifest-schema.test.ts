// What the dispatcher accepts and what editors are told are one thing said twice: the check and the published schema.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv } from "ajv";
import test from "ava";
import { checkManifest } from "../../src/discovery/manifest-check.ts";
import { ManifestGenerator } from "./generated-manifest.ts";

const file = join(import.meta.dirname, "../../manifest.schema.json");
const validate = new Ajv({ allErrors: false, strict: true, strictRequired: false, strictTypes: false }).compile(
  JSON.parse(readFileSync(file, "utf8")) as object,
);

test("a generated manifest is right for both", (t) => {
  const generator = new ManifestGenerator(1);
  for (let i = 0; i < 5000; i++) {
    const manifest = generator.valid();
    t.true(validate(manifest), JSON.stringify([manifest, validate.errors]));
    t.is(checkManifest(manifest), undefined, JSON.stringify(manifest));
  }
});

test("a changed one is right for both or for neither", (t) => {
  const generator = new ManifestGenerator(2);
  const verdicts = { right: 0, wrong: 0 };
  for (let i = 0; i < 20_000; i++) {
    const manifest = generator.changed();
    const isRight = validate(manifest);
    const problem = checkManifest(manifest);
    if (isRight !== (problem === undefined)) t.fail(JSON.stringify({ manifest, problem, schema: validate.errors }));
    verdicts[isRight ? "right" : "wrong"]++;
  }
  t.true(verdicts.right > 1000 && verdicts.wrong > 1000, JSON.stringify(verdicts));
});

const least = { system: "s", name: "b", primary: ["a:A"], functions: {} };
const broken: [manifest: unknown, path: string, given: RegExp, expected: RegExp][] = [
  [3, "", /^3$/, /a manifest, an object/],
  [{}, "system", /^missing$/, /a string/],
  [{ ...least, name: "default" }, "name", /^"default"$/, /not "default"/],
  [{ ...least, primary: [] }, "primary", /^\[\]$/, /at least 1/],
  [{ ...least, primary: ["Image"] }, "primary[0]", /^"Image"$/, /"package:Export"/],
  [{ ...least, primary: ["js:Number"] }, "primary[0]", /^"js:Number"$/, /^"js:number"$/],
  [
    { ...least, module: "./x.js", converters: [{ from: "js:null", to: "b:B", export: "x" }] },
    "converters[0].from",
    /^"js:null"$/,
    /another type: dispatch passes over arguments that are null or undefined/,
  ],
  [{ ...least, secondary: [{ type: "a:A", subclases: true }] }, "secondary[0].subclases", /no field/, /"subclasses"/],
  [{ ...least, functions: { f: {} } }, "functions.f.module", /^missing$/, /"\.\/file\.js", or a "module" for all/],
  [{ ...least, functions: { "a.f": { module: "f.js" } } }, 'functions["a.f"].module', /^"f\.js"$/, /"\.\/file\.js"/],
  [
    { ...least, functions: { f: { module: "./f.js", shouldrun: "./d.js" } } },
    "functions.f.shouldrun",
    /no field of a function/,
    /^"shouldRun"$/,
  ],
  [
    { ...least, functions: { f: { module: "./f.js", sync: false } } },
    "functions.f.sync",
    /^false$/,
    /async to be true/,
  ],
  [
    { ...least, functions: { f: { module: "./f.js", options: { k: { default: 3 } } } } },
    "functions.f.options.k.description",
    /^missing$/,
    /a string/,
  ],
  [
    { ...least, converters: [{ from: "a:A", to: "b:B", export: "x", module: "./c.js", cost: -1 }] },
    "converters[0].cost",
    /^-1$/,
    /whole number from 0/,
  ],
];

for (const [manifest, path, given, expected] of broken) {
  test(`what is wrong is named: ${path === "" ? "the whole" : path} in ${JSON.stringify(manifest)}`, (t) => {
    const problem = checkManifest(manifest);
    t.is(problem?.path, path);
    t.regex(problem!.given, given);
    t.regex(problem!.expected, expected);
    t.false(validate(manifest));
  });
}
