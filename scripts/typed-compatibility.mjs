// Runs the public test suite of typed-function against `tagswitch/typed`, and says how many tests of each group pass.
//
//   node scripts/typed-compatibility.mjs            clones the version that package.json names, which needs a network
//   node scripts/typed-compatibility.mjs <folder>   takes a checkout that is there
//
// Nothing of the suite is kept: it runs from a temporary folder, in which the module under test is replaced by ours.
import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { register } from "tsx/esm/api";

const ROOT = join(import.meta.dirname, "..");
const REPOSITORY = "https://github.com/josdejong/typed-function";
/** Groups of which every test must pass. */
const REQUIRED = ["any type", "compose", "conversion", "errors", "rest parameters", "union types"];

const folder = mkdtempSync(join(tmpdir(), "typed-compatibility-"));
try {
  process.exitCode = (await main()) ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true });
}

async function main() {
  fetchSuite(process.argv[2]);
  const entry = pathToFileURL(join(ROOT, "src/typed/index.ts")).href;
  writeFileSync(join(folder, "src/typed-function.mjs"), `export { default } from ${JSON.stringify(entry)};\n`);
  register();
  const suites = [];
  let collecting;
  globalThis.describe = (name, body) => {
    const suite = { name, tests: [], before: [], after: [], suites: [] };
    (collecting?.suites ?? suites).push(suite);
    const outer = collecting;
    collecting = suite;
    body();
    collecting = outer;
  };
  globalThis.it = (name, body) => collecting.tests.push({ name, body });
  globalThis.before = (body) => collecting.before.push(body);
  globalThis.after = (body) => collecting.after.push(body);
  const files = readdirSync(join(folder, "test")).filter((name) => /\.m?js$/.test(name));
  for (const file of files.toSorted()) await import(pathToFileURL(join(folder, "test", file)).href);
  let good = true;
  const ran = new Set();
  for (const suite of suites) {
    const result = { passed: 0, failures: [] };
    await run(suite, result);
    ran.add(suite.name);
    console.log(`${suite.name}: ${result.passed} passed, ${result.failures.length} failed`);
    for (const failure of result.failures) console.log(`  ${failure}`);
    if (result.failures.length > 0 && REQUIRED.includes(suite.name)) good = false;
  }
  const missing = REQUIRED.filter((name) => !ran.has(name));
  if (missing.length > 0) console.log(`not in this suite: ${missing.join(", ")}`);
  return good && missing.length === 0;
}

async function run(suite, result) {
  for (const body of suite.before) await body();
  for (const { name, body } of suite.tests) {
    try {
      await body();
      result.passed++;
    } catch (error) {
      result.failures.push(`${name}: ${error.message.split("\n")[0]}`);
    }
  }
  for (const inner of suite.suites) await run(inner, result);
  for (const body of suite.after) await body();
}

function fetchSuite(checkout) {
  if (checkout !== undefined) return cpSync(checkout, folder, { recursive: true });
  const installed = join(ROOT, "node_modules/typed-function/package.json");
  const { version } = JSON.parse(readFileSync(installed, "utf8"));
  const clone = ["clone", "--quiet", "--depth=1", `--branch=v${version}`, REPOSITORY, folder];
  const { status } = spawnSync("git", clone, { stdio: "inherit" });
  if (status === 0) return;
  console.error(`cannot clone ${REPOSITORY} at v${version}; pass the folder of a checkout`);
  process.exit(1);
}
