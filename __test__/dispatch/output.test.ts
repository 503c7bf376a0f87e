// What callers give for results to be written into: `output` of a dispatchable, NumPy's `out`.
import test from "ava";
import { spawnSync } from "node:child_process";
import {
  type Backend,
  type BackendSystem,
  createBackendSystem,
  defer,
  type OutputOption,
  registerConverter,
  trace,
} from "../../src/index.ts";
import { TYPESCRIPT } from "../typescript.ts";

/** A list of numbers, which can be written. */
class Row {
  readonly numbers: number[];

  constructor(...numbers: number[]) {
    this.numbers = numbers;
  }
}

/** The same elsewhere, which never changes. */
class Far {
  readonly numbers: readonly number[];

  constructor(numbers: readonly number[]) {
    this.numbers = numbers;
  }
}

interface Options {
  readonly into?: unknown;
  readonly by?: number;
  readonly backend?: string;
}

const log: unknown[] = [];
const into: OutputOption = {
  option: "into",
  check(output, [row], name) {
    log.push(["check", name]);
    if (!(output instanceof Row)) throw new TypeError(`${name}: not into ${String(output)}`);
    if (output === row) throw new TypeError(`${name}: not into what is read`);
  },
  write(result, output, name) {
    log.push(["write", name]);
    const [{ numbers }, to] = [result as Row, (output as Row).numbers];
    if (numbers.length !== to.length) throw new RangeError(`${name}: ${numbers.length} into ${to.length}`);
    numbers.forEach((number, i) => (to[i] = number));
  },
};

let count = 0;

/** `scale`, of which `knows` writes into `into` itself and `ignores` does not. */
function library(): { system: BackendSystem; scale: typeof own & { async: typeof own }; backends: Backend[] } {
  const id = `out${count++}`;
  const at = (name: string): `${string}:${string}` => `${id}:${name}`;
  class Own extends Row {
    static {
      Object.defineProperty(this, Symbol.for("tagswitch.type"), { value: at("Row") });
    }
  }
  rowClass = Own;
  const system = createBackendSystem({ name: id, defaultTypes: [at("Row")], discover: false });
  const scale = system.dispatchable(`${id}.scale`, { on: [0], optionNames: ["into", "by"], output: into }, own);
  const ignores = system.registerBackend({ name: "ignores", primary: [at("Row")] });
  ignores.implement(scale, (row, options) => new Row(...row.numbers.map((n) => n * (options?.by ?? 10))));
  const knows = system.registerBackend({ name: "knows", primary: [at("Row")] });
  knows.implement(scale, (row, options) => {
    const result = (options?.into as Row | undefined) ?? new Row(...row.numbers);
    row.numbers.forEach((n, i) => (result.numbers[i] = n * 100));
    return result;
  });
  return { system, scale: scale as never, backends: [ignores, knows] };
}

/** Has backend `there` run functions on rows that are far, by a conversion that is kept of each row; `scale` gives the negative there. */
function keeping({ system, scale }: ReturnType<typeof library>): {
  there: Backend;
  farRow: (...numbers: number[]) => Far;
  negated: (row: Row) => number;
} {
  const at = (name: string): `${string}:${string}` => `${system.name}:${name}`;
  class There extends Far {
    static {
      Object.defineProperty(this, Symbol.for("tagswitch.type"), { value: at("Far") });
    }
  }
  const Own = rowClass;
  const farRow = (...numbers: number[]): Far => new There(numbers);
  registerConverter({ from: at("Row"), to: at("Far"), convert: ({ numbers }: Row) => farRow(...numbers), cache: true });
  registerConverter({ from: at("Far"), to: at("Row"), convert: ({ numbers }: Far) => new Own(...numbers) });
  const there = system.registerBackend({ name: "there", primary: [at("Far")] });
  there.implement(scale, (given: Far) => farRow(...given.numbers.map((n) => -n)));
  return { there, farRow, negated: (of) => scale(of, { backend: "there" }).numbers[0]! };
}

let rowClass: typeof Row;
const own = (row: Row, _options?: Options): Row => new Row(...row.numbers.map((n) => 2 * n));

test.beforeEach(() => void log.splice(0));

test.serial("a result is written into what the caller gave, which the caller gets, whoever runs the call", (t) => {
  const { scale } = library();
  for (const [backend, expected] of Object.entries({ default: 4, ignores: 20, knows: 200 })) {
    const row = new rowClass(2);
    const result = new Row(0);
    t.is(scale(row, { into: result, backend }), result);
    t.deepEqual(result.numbers, [expected], backend);
    t.deepEqual(scale(row, { backend }).numbers, [expected]);
    t.deepEqual(row.numbers, [2]);
  }
});

test.serial("one that the implementation has written is not written again; the check comes before it runs", (t) => {
  const { system, scale } = library();
  const name = `${system.name}.scale`;
  scale(new rowClass(1), { into: new Row(0), backend: "knows" });
  t.deepEqual(log.splice(0), [["check", name]]);
  scale(new rowClass(1), { into: new Row(0), backend: "ignores" });
  t.deepEqual(log.splice(0), [
    ["check", name],
    ["write", name],
  ]);
  const row = new rowClass(1);
  t.throws(() => scale(row, { into: row, backend: "knows" }), { message: `${name}: not into what is read` });
  t.deepEqual(row.numbers, [1], "nothing ran");
  t.throws(() => scale(row, { into: 5 }), { message: `${name}: not into 5` });
  t.throws(() => scale(row, { into: new Row(0, 0) }), { instanceOf: RangeError, message: `${name}: 1 into 2` });
});

test.serial("calls that give nothing are the usual ones, before and after", (t) => {
  const { scale } = library();
  const row = new rowClass(3);
  const run = (options?: Options): number => scale(row, options).numbers[0]!;
  for (let i = 0; i < 6; i++) {
    t.is(run(), 6);
    t.is(run({}), 6);
    t.is(run({ into: undefined }), 6);
    t.is(run({ into: null }), 6);
    t.is(log.length, 0);
    t.is(run({ into: new Row(0) }), 6);
    t.is(log.splice(0).length, 2);
  }
});

test.serial("asynchronous calls, promises, deferrals and traces come to the same", async (t) => {
  const { system, scale } = library();
  const type = `${system.name}:Row` as const;
  const later = system.registerBackend({ name: "later", primary: [type] });
  later.implement(scale, { async: async (row) => new Row(row.numbers[0]! + 0.5) });
  const promises = system.registerBackend({ name: "promises", primary: [type] });
  promises.implement(scale, async (row) => new Row(row.numbers[0]! + 0.25));
  const unsure = system.registerBackend({ name: "unsure", primary: [type], higherPriorityThan: ["default"] });
  unsure.implement(scale, () => defer("never sure"), { defers: true });
  const row = new rowClass(1);
  const given = (expected: number, backend?: string): [Row, Options, (result: unknown) => void] => {
    const result = new Row(0);
    const check = (got: unknown): void => {
      t.is(got, result);
      t.deepEqual(result.numbers, [expected]);
    };
    return [row, { into: result, ...(backend && { backend }) }, check];
  };
  for (const [expected, backend] of [
    [1.5, "later"],
    [1.25, "promises"],
    [100, "knows"],
    [10, "ignores"],
    [10],
  ] as const) {
    const [image, options, check] = given(expected, backend);
    check(await scale.async(image, options));
  }
  const [image, options, check] = given(1.25, "promises");
  check(await (scale(image, options) as unknown));
  const [other, rest, right] = given(10);
  const traced = trace(() => scale(other, rest));
  right(traced.result);
  t.is(traced.calls[0]!.backend, "ignores", "the one after unsure");
});

test.serial(
  "results that are converted back are written too, and what was kept of the value before is forgotten, also when a call fails",
  async (t) => {
    const known = library();
    const { system, scale } = known;
    const { negated } = keeping(known);
    const [row, Own] = [`${system.name}:Row` as const, rowClass];
    const result = new Own(7);
    t.is(negated(result), -7);
    t.is(scale(new Own(3), { into: result, backend: "there" }), result);
    t.deepEqual(result.numbers, [-3]);
    t.is(negated(result), 3);
    t.is(scale(new Own(3), { into: result, backend: "knows" }), result);
    t.is(negated(result), -300);
    const spoil = (options?: Options): Error => {
      (options!.into as Row).numbers[0]!++;
      return new Error("spoiled");
    };
    const [fails, promises] = ["fails", "promises"].map((name) => system.registerBackend({ name, primary: [row] }));
    fails!.implement(scale, (_, options) => {
      throw spoil(options);
    });
    promises!.implement(scale, async (_, options) => Promise.reject(spoil(options)));
    t.throws(() => scale(new Own(3), { into: result, backend: "fails" }), { message: "spoiled" });
    t.is(negated(result), -301);
    const promise = scale(new Own(3), { into: result, backend: "promises" }) as unknown as Promise<Row>;
    await t.throwsAsync(promise, { message: "spoiled" });
    t.is(negated(result), -302);
  },
);

test.serial(
  "of several, in a list or a plain object, it is forgotten for each, whichever way the call goes",
  async (t) => {
    const known = library();
    const { system } = known;
    const { there, farRow, negated } = keeping(known);
    const [row, Own] = [`${system.name}:Row` as const, rowClass];
    const each: OutputOption = {
      option: "into",
      check() {},
      write(result, output) {
        const from = Object.values(result as Row[]);
        Object.values(output as Row[]).forEach(({ numbers }, i) => numbers.splice(0, 1, from[i]!.numbers[0]!));
      },
    };
    const around = system.dispatchable(
      `${system.name}.around`,
      { on: [0], optionNames: ["into"], output: each },
      ({ numbers: [n] }: Row, _options?: Options): Row[] => [new Own(n! - 1), new Own(n! + 1)],
    );
    there.implement(around, ({ numbers: [n] }: Far) => [farRow(n! - 1), farRow(n! + 1)]);
    const fails = system.registerBackend({ name: "fails", primary: [row] });
    fails.implement(around, ({ numbers: [n] }, options) => {
      Object.values(options!.into as Row[]).forEach(({ numbers }, i) => numbers.splice(0, 1, n! - 1 + 2 * i));
      throw new Error("spoiled");
    });
    const ways: ((row: Row, options: Options) => unknown)[] = [
      (of, options) => around(of, options),
      (of, options) => around(of, { ...options, backend: "there" }),
      async (of, options) => around.async(of, options),
      async (of, options) => around.async(of, { ...options, backend: "there" }),
      (of, options) => void t.throws(() => around(of, { ...options, backend: "fails" }), { message: "spoiled" }),
    ];
    for (const [i, way] of ways.entries()) {
      for (const rows of [[new Own(7), new Own(8)], { before: new Own(7), after: new Own(8) }]) {
        t.deepEqual(Object.values(rows).map(negated), [-7, -8]);
        const result = await way(new Own(10), { into: rows });
        t.is(result, i === ways.length - 1 ? undefined : rows);
        t.deepEqual(Object.values(rows).map(negated), [-9, -11], `way ${i}`);
      }
    }
  },
);

test.serial("where dispatch is switched off, results are written all the same", (t) => {
  const script = `
    import { createBackendSystem } from ${JSON.stringify(new URL("../../src/index.ts", import.meta.url).href)};
    const system = createBackendSystem({ name: "switched", defaultTypes: ["js:Array"], discover: false });
    const output = {
      option: "out",
      check: (out) => { if (!Array.isArray(out)) throw new TypeError("no list"); },
      write: (result, out) => out.push(...result),
    };
    const twice = system.dispatchable("twice", { on: [0], output }, (list) => list.map((n) => 2 * n));
    const out = [];
    console.log(twice([1, 2], { out }) === out, out.join(), twice([3]).join());
    try { twice([1], { out: 1 }) } catch (error) { console.log(error.message) }`;
  for (const environment of [{}, { SWITCHED_DISPATCH: "0" }]) {
    const flags = [TYPESCRIPT, "--input-type=module", "--eval", script];
    const env = { ...process.env, ...environment };
    t.is(spawnSync(process.execPath, flags, { encoding: "utf8", env }).stdout, "true 2,4 6\nno list\n");
  }
});

test.serial("an output without its parts is refused", (t) => {
  const { system } = library();
  for (const output of [
    null,
    "out",
    {},
    { ...into, option: 1 },
    { ...into, check: undefined },
    { ...into, write: true },
  ]) {
    t.throws(() => system.dispatchable("wrong", { on: [0], output: output as never }, own), {
      code: "ERR_DISPATCH_ARGUMENT",
      message: /expected output to be \{ option, check, write \}/,
    });
  }
});
