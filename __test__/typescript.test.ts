// How these tests run TypeScript: what a file held before must not be what is tested.
import { execFileSync } from "node:child_process";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import test from "ava";
import { TYPESCRIPT } from "./typescript.ts";

test("a file that changed is compiled again, one that did not gives the same, and places in errors are its own", (t) => {
  // Always of this name, as what is made of a file is kept by its name.
  const file = join(import.meta.dirname, "../build/typescript-test.ts");
  t.teardown(() => rmSync(file));
  const printed = (source: string): string => {
    writeFileSync(file, source);
    return execFileSync(process.execPath, ["--enable-source-maps", TYPESCRIPT, file], { encoding: "utf8" });
  };
  const line = 'interface Erased {}\n\nconst error: Error = new Error("here");\nconsole.log(error.stack);\n';
  t.is(printed("const value: number = 1;\nconsole.log(value);\n"), "1\n");
  t.is(printed("const value: number = 2;\nconsole.log(value);\n"), "2\n");
  t.is(printed("const value: number = 2;\nconsole.log(value);\n"), "2\n");
  t.regex(printed(line), /typescript-test\.ts:3:/);
});
