// What typed-function documents is what ours does.
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import test from "ava";
import { compare } from "./equivalence.ts";
import { TYPESCRIPT } from "../typescript.ts";

/** As many again are compared where code generation is forbidden. */
const CASES = Number(process.env.TAGSWITCH_TYPED_CASES ?? 400);

test("generated functions choose, convert and complain as typed-function's do", (t) => {
  const { functions, differences } = compare(1, CASES + 1);
  t.deepEqual(differences.slice(0, 3), []);
  t.true(functions > CASES / 4, `${functions} functions could be made`);
});

test("they do the same where code generation is forbidden", (t) => {
  const module = JSON.stringify(new URL("equivalence.ts", import.meta.url).href);
  const program = `
    const { compare } = await import(${module});
    const { functions, differences } = compare(${CASES + 1}, ${CASES * 2 + 1});
    console.log(JSON.stringify({ functions, differences: differences.map(({ description }) => description) }));`;
  const flags = ["--disallow-code-generation-from-strings", TYPESCRIPT, "--input-type=module", "--eval", program];
  const output = execFileSync(process.execPath, flags, { cwd: join(import.meta.dirname, "../.."), encoding: "utf8" });
  const { functions, differences } = JSON.parse(output) as { functions: number; differences: string[] };
  t.deepEqual(differences, []);
  t.true(functions > CASES / 4, `${functions} functions could be made`);
});
