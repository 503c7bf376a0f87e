// What a call costs through `tagswitch/typed`, beside typed-function: `node scripts/typed-speed.mjs`, after `npm run setup`.
//
// Each setting is measured in a process of its own, in which the contestants take turns, so that a busy machine is busy
// for all of them. A function has as many signatures as there are types, each for one type in all places, and is called
// with all of them in random order. Beside it lives a second function of the same library, of other types, as in a
// program. The figures are medians over the turns, without those in which code was compiled. "creation" is what it takes
// to make a function of classes, in microseconds.
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { compileFunction } from "node:vm";

let texts = 0;

/** Numbers of types by kind of setting. */
const TYPES = { classes: [1, 4, 8, 32], "built-in types": [1, 4, 6], creation: [1, 8, 32] };
const SETTINGS = Object.entries(TYPES).flatMap(([kind, counts]) =>
  [1, 2].flatMap((places) => counts.map((types) => ({ kind, places, types }))),
);
const TURNS = 60;
const WARM_UP = 25;
const CALLS = 20_000;
const BUILT_IN = {
  number: [1, 2.5],
  string: ["a", "b"],
  boolean: [true, false],
  Array: [[1], [2]],
  Date: [new Date(0)],
  null: [null],
};

if (process.argv[2] === undefined) {
  console.log(`Node ${process.version}, ns per call; in brackets, how many times typed-function's`);
  console.log("| types | places | typed-function | tagswitch/typed, declared | tests only |\n|---|---|---|---|---|");
  for (const setting of SETTINGS) {
    const output = execFileSync(process.execPath, [fileURLToPath(import.meta.url), JSON.stringify(setting)]);
    const [theirs, declared, undeclared] = JSON.parse(output);
    const cell = (figure) => `${figure.toFixed(1)} (${(figure / theirs).toFixed(2)})`;
    const { kind, types, places } = setting;
    const last = kind === "built-in types" ? "" : cell(undeclared);
    console.log(`| ${types} ${kind} | ${places} | ${theirs.toFixed(1)} | ${cell(declared)} | ${last} |`);
  }
} else {
  console.log(JSON.stringify(await measure(JSON.parse(process.argv[2]))));
}

async function measure({ kind, types, places }) {
  const { default: theirs } = await import("typed-function");
  const { default: ours } = await import("tagswitch/typed");
  const classes = Array.from({ length: 40 }, (_, i) =>
    made(`return class T${i}{constructor(value){this.value=value}}`),
  );
  const contestants = [
    { library: theirs, declared: false },
    { library: ours, declared: true },
    { library: ours, declared: false },
  ].map(({ library, declared }) => {
    const universe = library.create();
    const definitions = classes.map((type) => ({
      name: type.name,
      test: made("return value=>value instanceof type", type),
      ...(declared && { type }),
    }));
    universe.addTypes(definitions, "Object");
    const functionOf = (names) =>
      universe(Object.fromEntries(names.map((name, i) => [Array(places).fill(name).join(), made(`return a=>${i}`)])));
    const neighbour = functionOf(classes.slice(32).map(({ name }) => name));
    for (let i = 0; i < CALLS; i++) neighbour(...Array.from({ length: places }, () => new classes[32 + (i % 8)](i)));
    const parameters = Array(places).fill("values[i&4095]").join();
    return {
      call: functionOf(kind === "classes" ? classes.slice(0, types).map(({ name }) => name) : firstBuiltIn(types)),
      loop: made(`return(call,values,calls)=>{let s=0;for(let i=0;i<calls;i++)s=(s+call(${parameters}))|0;return s}`),
      times: [],
      universe,
    };
  });
  if (kind === "creation") return contestants.map(({ universe }) => creation(universe, types, places));
  const pools =
    kind === "classes"
      ? classes.slice(0, types).map((type) => [new type(1), new type(2), new type(3)])
      : firstBuiltIn(types).map((name) => BUILT_IN[name]);
  const pick = (list) => list[Math.floor(Math.random() * list.length)];
  const values = Array.from({ length: 4096 }, () => pick(pick(pools)));
  for (let turn = 0; turn < TURNS; turn++) {
    for (const { call, loop, times } of contestants) {
      const start = process.hrtime.bigint();
      loop(call, values, CALLS);
      times.push(Number(process.hrtime.bigint() - start) / CALLS);
    }
  }
  return contestants.map(({ times }) => median(times.slice(WARM_UP)));
}

function firstBuiltIn(types) {
  return Object.keys(BUILT_IN).slice(0, types);
}

/** Microseconds to make a function of some signatures. */
function creation(universe, types, places) {
  const signatures = Object.fromEntries(
    Array.from({ length: types }, (_, i) => [Array(places).fill(`T${i}`).join(), () => i]),
  );
  const figures = Array.from({ length: 600 }, () => {
    const start = process.hrtime.bigint();
    universe(signatures);
    return Number(process.hrtime.bigint() - start) / 1000;
  });
  return median(figures.slice(300));
}

/** What a text returns. V8 has functions of equal text share their feedback, so no two texts are equal. */
function made(text, ...values) {
  return compileFunction(`/* ${++texts} */ ${text}`, values.length > 0 ? ["type"] : [])(...values);
}

function median(figures) {
  return figures.toSorted((a, b) => a - b)[Math.floor(figures.length / 2)];
}
