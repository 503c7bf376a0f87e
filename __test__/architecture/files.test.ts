// A file is a noun or an operation, and one thing.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import test from "ava";
import { filesUnder, ROOT } from "./checkout.ts";

const LONGEST = 300;
/** Longer files that are one thing all the same, each with the reason. */
const ALLOWED_LONGER: Record<string, string> = {};
/** Names that say nothing about what is inside. */
const EMPTY_NAME = /(^|\/)(utils?|helpers?|common|misc|managers?|types)(\.[a-z.]+)?(\/|$)/;

const files = filesUnder("src", "addon", "crates", "scripts", "__test__", "examples", "bench", "backends").filter(
  (file) => !file.includes("/node_modules/"),
);
const code = files.filter((file) => /\.(ts|js|mjs|rs|wgsl|py)$/.test(file));

test("no file is longer than 300 lines", (t) => {
  t.true(code.length > 50);
  const long = code
    .map((file) => ({ file, lines: readFileSync(join(ROOT, file), "utf8").trimEnd().split("\n").length }))
    .filter(({ file, lines }) => lines > LONGEST && !(file in ALLOWED_LONGER));
  t.deepEqual(long, []);
});

test("no file or folder has a name that says nothing", (t) => {
  // `util` is the name of one of scikit-image's modules, and so of one of ours.
  const names = code.map((file) =>
    file.replace(
      /(?<=^(src\/image|crates|addon|scripts\/goldens|__test__\/image|bench\/kernels)\/(.*\/)?)util(?=\/|\.(rs|ts|py)$)/,
      "",
    ),
  );
  t.deepEqual(
    names.filter((file) => EMPTY_NAME.test(file)),
    [],
  );
});

test("no file has the marks of a merge that was not finished", (t) => {
  const texts = [
    ...files,
    ...filesUnder("docs", ".ci"),
    "README.md",
    "CONTRIBUTING.md",
    "CHANGELOG.md",
    "package.json",
  ];
  const marked = texts.filter((file) => /^(<{7}|>{7}|\|{7}) /m.test(readFileSync(join(ROOT, file), "latin1")));
  t.deepEqual(marked, []);
});
