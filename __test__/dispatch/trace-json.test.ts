// Traces for other programs and for people: the JSON shape is a promise, the table a tree.
import { inspect } from "node:util";
import test from "ava";
import { type CallRecord, trace, Trace } from "../../src/index.ts";
import { geometry, Point } from "./library.ts";

function call(name: string, more: Partial<CallRecord> = {}): CallRecord {
  const nothing = { types: [], considered: [], conversions: [], calls: [], error: undefined };
  return { system: "library", function: name, backend: "default", milliseconds: 1.234, ...nothing, ...more };
}

const conversion = { from: "a:Host", to: "a:Card", bytes: 8, milliseconds: 0.5, cached: false, copy: 1 } as const;
const refused = (backend: string) => ({ backend, verdict: "refused", reason: "too big" }) as const;
const escape = String.fromCharCode(27);

test("a trace has a stable shape as JSON, where nothing is left out", (t) => {
  const failed = call("inner", {
    backend: undefined,
    error: Object.assign(new RangeError("mine"), { code: "ERR_MINE" }),
  });
  const traced = new Trace({ not: "in it" }, [
    call("outer", {
      types: ["a:Host"],
      considered: [
        { ...refused("gpu"), origin: { package: "cards", version: "1.2.3", endorsed: true, manifest: "/cards.json" } },
        { backend: "default", verdict: "ran", reason: "" },
      ],
      conversions: [conversion, { ...conversion, bytes: undefined, copy: 2 }],
      calls: [failed],
    }),
  ]);
  t.deepEqual(JSON.parse(JSON.stringify(traced)), {
    schemaVersion: 1,
    calls: [
      {
        system: "library",
        function: "outer",
        types: ["a:Host"],
        backend: "default",
        milliseconds: 1.234,
        considered: [
          { ...refused("gpu"), origin: { package: "cards", version: "1.2.3", endorsed: true } },
          { backend: "default", verdict: "ran", reason: "", origin: null },
        ],
        conversions: [
          { from: "a:Host", to: "a:Card", bytes: 8, milliseconds: 0.5, cached: false, copy: 1 },
          { from: "a:Host", to: "a:Card", bytes: null, milliseconds: 0.5, cached: false, copy: 2 },
        ],
        error: null,
        calls: [
          {
            system: "library",
            function: "inner",
            types: [],
            backend: null,
            milliseconds: 1.234,
            considered: [],
            conversions: [],
            error: { name: "RangeError", message: "mine", code: "ERR_MINE" },
            calls: [],
          },
        ],
      },
    ],
  });
});

test("what is thrown need not be an error, nor its code a string", (t) => {
  const errors = ["late", Object.assign(new Error("numbered"), { code: 7 })];
  const { calls } = new Trace(
    0,
    errors.map((error) => call("f", { error })),
  ).toJSON();
  t.deepEqual(
    calls.map(({ error }) => error),
    [
      { name: "string", message: '"late"', code: null },
      { name: "Error", message: "numbered", code: null },
    ],
  );
});

test("a real trace has the same shape", (t) => {
  const { system, shift } = geometry();
  const { calls } = trace(() => system.backend("device", () => shift(new Point(1)))).toJSON();
  t.deepEqual(Object.keys(calls[0]!).sort(), [
    "backend",
    "calls",
    "considered",
    "conversions",
    "error",
    "function",
    "milliseconds",
    "system",
    "types",
  ]);
  t.deepEqual(
    calls[0]!.conversions.map(({ bytes, cached, copy }) => ({ bytes, cached, copy })),
    [
      { bytes: 8, cached: false, copy: 1 },
      { bytes: 8, cached: false, copy: 1 },
    ],
  );
});

/** The function column of a printed trace, without its head. */
function firstColumn(traced: Trace<unknown>): string[] {
  const lines = String(traced).split("\n");
  const width = lines[0]!.indexOf("┬");
  const cells = lines.filter((line) => line.startsWith("│")).map((line) => line.slice(2, width).trimEnd());
  return cells.slice(1);
}

test("calls on the way print as a tree", (t) => {
  const leaf = (name: string): CallRecord => call(name);
  const traced = new Trace(0, [
    call("fit", { calls: [call("scale", { calls: [leaf("mean"), leaf("deviation")] }), leaf("cluster")] }),
    leaf("score"),
  ]);
  t.deepEqual(firstColumn(traced), ["fit", "├─ scale", "│  ├─ mean", "│  └─ deviation", "└─ cluster", "score"]);
});

test("a row of several lines does not cut the tree", (t) => {
  const considered = [refused("gpu"), refused("native")];
  const traced = new Trace(0, [
    call("fit", { considered, calls: [call("scale", { considered }), call("cluster", { considered })] }),
  ]);
  t.deepEqual(firstColumn(traced), ["fit", "│", "├─ scale", "│", "└─ cluster", ""]);
});

test("cached conversions and second copies are told from first ones", (t) => {
  const conversions = [
    conversion,
    { ...conversion, bytes: 0, cached: true, copy: 0 },
    { ...conversion, copy: 2 },
    { ...conversion, bytes: undefined, copy: 11 },
    { ...conversion, copy: 23 },
  ];
  const text = String(new Trace(0, [call("f", { conversions })]));
  for (const line of ["Host → Card 8 B ", "cached", "8 B, 2nd copy", "Host → Card, 11th copy", "8 B, 23rd copy"]) {
    t.true(text.includes(line), line);
  }
});

test("who ran and threw is told from nobody", (t) => {
  const text = String(new Trace(0, [call("f", { error: new Error("x") }), call("g", { backend: undefined })]));
  t.regex(text, /f +│ default, threw/);
  t.regex(text, /g +│ nobody/);
});

test("colours are for terminals: a string has none, console.log asks for them", (t) => {
  const traced = new Trace(0, [call("f", { backend: undefined, considered: [refused("gpu")] })]);
  t.false(String(traced).includes(escape));
  t.is(inspect(traced, { colors: false }), String(traced));
  const coloured = inspect(traced, { colors: true });
  t.true(coloured.includes(escape));
  t.is(coloured.replaceAll(new RegExp(`${escape}\\[\\d+m`, "g"), ""), String(traced));
});
