// Every snippet of the README, of CONTRIBUTING and of docs/ is type-checked and run, against the built package; where one shows its
// output, that must be the output.
import { execFile, spawnSync } from "node:child_process";
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import test from "ava";
import { gpuAvailable } from "./image/gpu-available.ts";

const ROOT = join(import.meta.dirname, "..");
const run = promisify(execFile);

/** What a strict user of the package sets; our declarations are checked too. */
const COMPILER = {
  ...{ module: "nodenext", target: "es2023", lib: ["es2023", "esnext.disposable"], types: ["node"], noEmit: true },
  ...{ strict: true, exactOptionalPropertyTypes: true, noUncheckedIndexedAccess: true, skipLibCheck: false },
  ...{ allowImportingTsExtensions: true, erasableSyntaxOnly: true, verbatimModuleSyntax: true },
};

interface Snippet {
  readonly file: string;
  readonly code: string;
  /** What it prints, where the README says. */
  readonly output: string | undefined;
}

const pages = readdirSync(join(ROOT, "docs")).filter((page) => page.endsWith(".md"));
const snippets = ["README.md", "CONTRIBUTING.md", ...pages.map((page) => `docs/${page}`)].flatMap((page) =>
  snippetsIn(page, readFileSync(join(ROOT, page), "utf8")),
);
const folder = realpathSync(mkdtempSync(join(tmpdir(), "tagswitch-readme-")));

test.before(() => {
  mkdirSync(join(folder, "node_modules/@types"), { recursive: true });
  symlinkSync(ROOT, join(folder, "node_modules/tagswitch"));
  symlinkSync(join(ROOT, "node_modules/image-js"), join(folder, "node_modules/image-js"));
  symlinkSync(join(ROOT, "node_modules/@types/node"), join(folder, "node_modules/@types/node"));
  writeFileSync(join(folder, "package.json"), JSON.stringify({ type: "module" }));
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions: COMPILER }));
  copyFileSync(join(ROOT, "examples/photograph/deep-field.jpg"), join(folder, "photo.jpg"));
  for (const { file, code } of snippets) writeFileSync(join(folder, file), code);
});
test.after.always(() => rmSync(folder, { recursive: true, force: true }));

test("there are snippets, and some show their output", (t) => {
  t.true(snippets.length >= 5);
  t.true(snippets.filter(({ output }) => output !== undefined).length >= 3);
});

test("all have the right types", async (t) => {
  const compiler = join(ROOT, "node_modules/typescript/bin/tsc");
  const { stdout } = spawnSync(process.execPath, [compiler, "--pretty", "false"], { cwd: folder, encoding: "utf8" });
  // What image-js declares of browsers is not ours.
  const ours = stdout.split("\n").filter((line) => !line.includes("/node_modules/image-js/"));
  t.deepEqual(ours, [""]);
});

// Those that need a GPU are skipped where there is none, and said to be.
const needsGpu = ({ code }: Snippet): boolean => /GpuImage\.from|gpu\.stream/.test(code);
const hasGpu = !snippets.some(needsGpu) || gpuAvailable();

for (const snippet of snippets.filter((one) => hasGpu || !needsGpu(one))) {
  const { file, code, output } = snippet;
  const title = code.split("\n").find((line) => line !== "" && !line.startsWith("import") && !line.startsWith("//"))!;
  test(`${file}: ${title}`, async (t) => {
    const command = ["--import", import.meta.resolve("tsx"), join(folder, file)];
    const { stdout } = await run(process.execPath, command, { cwd: folder });
    if (output === undefined) t.pass();
    else t.is(timeless(stdout), timeless(output));
  });
}

/** Blocks of TypeScript, each with the block of text that follows it at once, if one does. */
function snippetsIn(page: string, markdown: string): Snippet[] {
  const blocks = markdown.matchAll(/^```ts\n([\s\S]*?)^```\n(?:\n(?!```)[^\n]+\n)?(?:\n```text\n([\s\S]*?)^```)?/gm);
  return [...blocks].map(([, code = "", output], i) => {
    const name = /^\/\/ (\S+\.ts)$/m.exec(code.split("\n")[0]!)?.[1];
    return { file: name ?? `${page.replace("/", "-")}-${i + 1}.ts`, code, output };
  });
}

/** Times differ from run to run, and with them widths. */
function timeless(output: string): string {
  return output
    .replaceAll(/\d+\.\d\d/g, "0.00")
    .replaceAll(/ +/g, " ")
    .replaceAll(/─+/g, "─")
    .trim();
}
