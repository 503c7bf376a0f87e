// `tagswitch backends` and `tagswitch docs`: what libraries have, and who implements it.
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import test from "ava";
import { system } from "../../src/image/index.ts";
import { REGION_PROPERTIES } from "../../src/image/measure/region-table.ts";
import { declarationOf } from "../../src/inspection/declaration.ts";
import { BuiltPackage, type Outcome } from "../discovery/application.ts";
import { fastSignals, signalsApplication } from "../discovery/signals.ts";

const built = new BuiltPackage();
test.after.always(() => built.remove());

function tagswitch(...args: string[]): Outcome {
  const manifest = {
    functions: {
      scale: { shouldRun: "./decide.js", async: true },
      "filters.smooth": { options: { width: { description: "of the window", default: 5 }, edge: "what is beyond" } },
    },
  };
  const files = { ...fastSignals(manifest), "node_modules/fast-signals/decide.js": `throw new Error("loaded");` };
  return built.application(signalsApplication(["fast-signals"], files)).tagswitch(args);
}

test("functions × backends, with who has what in which way, and where each is from", (t) => {
  const { code, stdout, stderr } = tagswitch("backends", "signals");
  t.is(stderr, "");
  t.is(code, 0);
  t.regex(stdout, /^signals: 2 functions, 2 backends in the order in which they are tried\n/);
  t.regex(stdout, /│ function +│ fast +│ default │/);
  t.regex(stdout, /│ scale +│ async, asks │ yes +│/);
  t.regex(stdout, /│ filters\.smooth │ yes +│ yes +│/);
  t.regex(stdout, /│ fast +│ fast-signals 1\.2\.3, endorsed │/);
  t.regex(stdout, /│ default │ the library itself +│/);
});

test("without a system, all those of the application's dependencies", (t) => {
  const { stdout } = tagswitch("backends", "--json");
  const systems = (JSON.parse(stdout) as { name: string }[]).map(({ name }) => name);
  t.deepEqual(systems, ["signals", "tagswitch/image"]);
});

test("outside of an application, the functions of the package itself", (t) => {
  const { code, stdout } = built.application({}).tagswitch(["docs", "sobel"]);
  t.is(code, 0);
  t.regex(stdout, /^filters\.sobel of tagswitch\/image\n/);
  const unrelated = built.application({ "package.json": { name: "photographs" } });
  t.regex(unrelated.tagswitch(["backends"]).stdout, /^tagswitch\/image: \d+ functions/);
});

test("a function's comment, implementations, and options of backends", (t) => {
  const { code, stdout, stderr } = tagswitch("docs", "filters.smooth");
  t.is(stderr, "");
  t.is(code, 0);
  t.regex(stdout, /^filters\.smooth of signals\n/);
  t.regex(stdout, /│ fast +│ yes +│ fast-signals 1\.2\.3, endorsed │/);
  t.regex(stdout, /│ width +│ fast +│ of the window +│ 5 +│/);
  t.regex(stdout, /│ edge +│ fast +│ what is beyond │ +│/);
});

test("a function's parameters and options, as its types declare them", (t) => {
  const { code, stdout } = tagswitch("docs", "morphology.dilation");
  t.is(code, 0);
  t.regex(
    stdout,
    /^morphology\.dilation of tagswitch\/image\n\(image: Image, options\?: MorphologyOptions\) => Image\n/,
  );
  t.regex(
    stdout,
    /\nOptions:\n  footprint: Image<Uint8Array> \| [^\n]*\n      Which neighbours count\. [^\n]*\n  mode: /,
  );
  t.true(
    stdout.includes('  mode: "reflect" | "constant" | "nearest" | "mirror" | "wrap" | "max" | "min" | "ignore"\n'),
  );
  t.regex(tagswitch("docs", "transform.rescale").stdout, /\n  cval: number\n      The value [^\n]*\n/);
  t.regex(tagswitch("docs", "filters.smooth").stdout, /\nOptions:\n  span\n/);
});

test("declarations as the compiler writes them: of overloads, over several lines, with type parameters", (t) => {
  const made = built.application({
    "index.d.ts": `
import { type Dispatchable } from "tagswitch";
export interface MeanOptions {
    /** Rounds the result. */
    round?: boolean;
}
declare function both(signal: Signal, factor: number): Signal;
declare function both(signal: Signal, text: string): string;
/** Two ways. */
export declare const scale: Dispatchable<typeof both>;
/** A mean. */
export declare const mean: Dispatchable<<T extends Signal>(signal: T, { from }: {
    from: number;
}, settings?: MeanOptions) => T>;
declare const hidden: (signal: Signal) => number;
export interface Into<Result extends Signal | Signal[] = Signal> {
    /** Where it goes. */
    into?: Result;
}
type Least = (signal: Signal, settings?: MeanOptions & Into<Signal<Array<number>, () => void>> & {
    all?: false;
}) => number;
type All = (signal: Signal, settings: MeanOptions & {
    all: true;
}) => number[];
type Levels = Dispatchable<All> & Dispatchable<Least>;
/** Its levels. */
export declare const levels: Levels;
/** The largest. */
export declare const largest: Dispatchable<typeof hidden>;
`,
  });
  const declared = (name: string) => declarationOf(name, pathToFileURL(join(made.folder, "index.js")).href);
  t.is(declared("scale").description, "Two ways.");
  t.is(declared("scale").signature, "(signal: Signal, factor: number): Signal\n(signal: Signal, text: string): string");
  const mean = declared("mean");
  t.is(mean.signature, "<T extends Signal>(signal: T, { from }: { from: number; }, settings?: MeanOptions) => T");
  t.deepEqual([...mean.options], [["round", { type: "boolean", description: "Rounds the result." }]]);
  t.is(declared("largest").signature, "(signal: Signal) => number");
  const levels = declared("levels");
  t.is(
    levels.signature,
    "(signal: Signal, settings: MeanOptions & { all: true; }) => number[]\n" +
      "(signal: Signal, settings?: MeanOptions & Into<Signal<Array<number>, () => void>> & { all?: false; }) => number",
  );
  t.deepEqual([...levels.options.keys()], ["round", "into"]);
});

test("every option of every function of the image library is explained", (t) => {
  const library = pathToFileURL(join(built.folder, "dist/image/index.js")).href;
  const unexplained = system.describe().functions.flatMap(({ name, options }) => {
    const { signature, options: declared } = declarationOf(name, library);
    return [
      ...(signature === undefined ? [name] : []),
      ...options.filter((option) => !declared.has(option)).map((option) => `${name}:${option}`),
    ];
  });
  t.deepEqual(unexplained, []);
});

test("the properties that a table of regions may have are named", (t) => {
  const { stdout } = tagswitch("docs", "measure.regionpropsTable");
  t.deepEqual(
    REGION_PROPERTIES.filter((property) => !stdout.includes(`\`${property}\``)),
    [],
  );
});

test("the last part of a function's name is enough where it is no other's", (t) => {
  t.regex(tagswitch("docs", "smooth").stdout, /^filters\.smooth of signals\n/);
  const { description } = JSON.parse(tagswitch("docs", "gaussian", "--json").stdout) as { description: string };
  t.regex(description, /Gaussian/i);
});

const senseless: [args: string[], message: RegExp][] = [
  [
    ["backends", "nothing"],
    /^tagswitch: nothing, the library of nothing, cannot be loaded: Cannot find (module|package) 'nothing'/,
  ],
  [["backends", "a", "b"], /^tagswitch: unexpected argument "b"\. See: tagswitch backends --help\n$/],
  [["docs"], /^tagswitch: docs of what\? Give a function\./],
  [["docs", "smoth"], /^tagswitch: there is no function "smoth"; did you mean filters\.smooth\?\n$/],
  [["docs", "filters"], /^tagswitch: there is no function "filters"; there are filters\.smooth(, filters\.\w+)*\n$/],
  [
    ["docs", "nothing"],
    /^tagswitch: there is no function "nothing"; there are scale, filters\.smooth, .* and \d+ more; tagswitch backends shows all\n$/,
  ],
  [["docs", "scale", "--sytem", "x"], /^tagswitch: Unknown option '--sytem'/],
];

for (const [args, message] of senseless) {
  test(`"tagswitch ${args.join(" ")}" makes no sense: a message, nothing on stdout, exit code 2`, (t) => {
    const { code, stdout, stderr } = tagswitch(...args);
    t.is(code, 2);
    t.is(stdout, "");
    t.regex(stderr, message);
  });
}
