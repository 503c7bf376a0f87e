// Existing tests of any runner, put through a backend from outside.
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import test from "ava";
import { makeProject } from "../cli/verify-project.ts";

const project = makeProject();
test.after.always(() => project.remove());

const TESTS = `
import assert from "node:assert/strict";
import { test } from "node:test";
import { scale, sum, Vector } from "vectors";
test("adds", () => assert.equal(sum(new Vector([1, 2, 3])), 6));
test("doubles", async () => assert.deepEqual(scale(new Vector([1])).values, [2]));
`;

project.write("tests/package.json", { type: "module" });
project.write("tests/sum.test.js", TESTS);
project.write("tests/none.js", `import "vectors";`);
project.write("tests/good.js", `import { sum, Vector } from "vectors"; sum(new Vector([1]), { backend: "good" });`);
// A thread has to be told again how TypeScript is loaded.
project.write(
  "tests/thread.js",
  `import { Worker, isMainThread } from "node:worker_threads";
   if (isMainThread) {
     new Worker(new URL(import.meta.url));
   } else {
     (await import("${import.meta.resolve("tsx/esm/api")}")).register();
     const { sum, Vector } = await import("vectors");
     sum(new Vector([1, 2, 3]));
   }`,
);
project.write(
  "tests/killed.js",
  `import { fork } from "node:child_process";
   import { sum, Vector } from "vectors";
   if (process.argv[2] !== "child") fork(process.argv[1], ["child"]);
   else { sum(new Vector([1, 2, 3])); process.kill(process.pid, "SIGKILL"); }`,
);
project.write(
  "tests/here.test.js",
  `import { testingThrough } from "tagswitch/testing";
   import { system } from "vectors";
   testingThrough(system, process.argv[2]);
   ${TESTS}`,
);

const REGISTER = join(project.folder, "node_modules/tagswitch/src/testing/register.ts");

// From its sources, `--require` needs to be told how TypeScript is loaded; installed, it does not.
const REQUIRE = ["--require", fileURLToPath(import.meta.resolve("tsx/cjs")), "--require", REGISTER];

function through(backend: string, ...args: string[]): ReturnType<typeof project.node> {
  return project.node("tests", [...REQUIRE, ...args], { TAGSWITCH_TEST: `vectors/core:${backend}` });
}

test("the tests pass, and the backend is told to have run", async (t) => {
  const { code, stderr } = await through("good", "sum.test.js");
  t.is(code, 0, stderr);
  t.regex(stderr, /sum +│ +1 │/);
  t.regex(stderr, /backend "good" of vectors\/core ran 1 calls/);
});

test("the tests pass, and the backend never ran: exit code 1", async (t) => {
  const { code, stdout, stderr } = await through("idle", "sum.test.js");
  t.regex(stdout, /(# |ℹ )fail 0/);
  t.is(code, 1);
  t.regex(stderr, /sum +│ +0 │ +0 │ 1 ×: not today/);
  t.regex(stderr, /never ran: these tests say nothing of it/);
});

test("tests that fail through the backend keep their exit code", async (t) => {
  const { code, stdout, stderr } = await through("near", "sum.test.js");
  t.is(code, 1);
  t.regex(stdout, /(# |ℹ )fail 1/);
  t.regex(stderr, /ran 1 calls/);
});

test("processes of a runner are added up; that the runner itself calls nothing does not matter", async (t) => {
  const { code, stderr } = await through("good", "--test", "sum.test.js");
  t.is(code, 0, stderr);
  t.regex(stderr, /ran 1 calls/);
});

test("a runner's test files pass, and the backend ran in none of its processes: exit code 1", async (t) => {
  const { code, stdout, stderr } = await through("idle", "--test", "sum.test.js");
  t.regex(stdout, /(# |ℹ )fail 0/);
  t.is(code, 1);
  t.regex(stderr, /never ran/);
});

test("threads count too, and processes that are killed", async (t) => {
  for (const file of ["thread.js", "killed.js"]) {
    const { code, stderr } = await through("good", file);
    t.is(code, 0, stderr);
    t.regex(stderr, /ran 1 calls/);
  }
});

test("--import does the same in a process that runs tests itself", async (t) => {
  const environment = { TAGSWITCH_TEST: "vectors/core:good" };
  const { code, stderr } = await project.node("tests", ["--import", REGISTER, "sum.test.js"], environment);
  t.is(code, 0, stderr);
  t.regex(stderr, /ran 1 calls/);
});

test("a program that calls nothing, a misspelt system or backend: never ran, exit code 1", async (t) => {
  for (const [subject, file] of [
    ["vectors/core:good", "none.js"],
    ["vectors/core:godo", "sum.test.js"],
    ["vectors/cor:good", "good.js"],
  ] as const) {
    const { code, stderr } = await project.node("tests", [...REQUIRE, file], { TAGSWITCH_TEST: subject });
    t.is(code, 1);
    t.regex(stderr, /never ran/);
  }
});

test("without a system and a backend it says what is missing", async (t) => {
  const { code, stderr } = await project.node("tests", ["--import", REGISTER, "sum.test.js"], {
    TAGSWITCH_TEST: "good",
  });
  t.not(code, 0);
  t.regex(stderr, /TAGSWITCH_TEST is "good"; expected a system and a backend/);
});

test("testingThrough does the same for one process, from inside", async (t) => {
  const good = await project.node("tests", ["here.test.js", "good"]);
  t.is(good.code, 0, good.stderr);
  t.regex(good.stderr, /backend "good" of vectors\/core ran 1 calls/);
  const idle = await project.node("tests", ["here.test.js", "idle"]);
  t.is(idle.code, 1);
  t.regex(idle.stderr, /never ran/);
});
