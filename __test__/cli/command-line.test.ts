import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import test from "ava";
import { TYPESCRIPT } from "../typescript.ts";

const root = join(import.meta.dirname, "../..");

interface Outcome {
  code: number;
  stdout: string;
  stderr: string;
}

function tagswitch(...args: string[]): Promise<Outcome> {
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [TYPESCRIPT, join(root, "src/cli/index.ts"), ...args],
      { cwd: root },
      (error, stdout, stderr) => resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr }),
    );
  });
}

test("--help lists the commands, a command's --help its options", async (t) => {
  const general = await tagswitch("--help");
  t.is(general.code, 0);
  t.regex(general.stdout, /^Usage: tagswitch <command>[\s\S]*\bbench\b/);
  const bench = await tagswitch("bench", "--help");
  t.is(bench.code, 0);
  t.regex(bench.stdout, /^Usage: tagswitch bench[\s\S]*--quick[\s\S]*--json[\s\S]*--plot FILE/);
});

test("--version is the package's", async (t) => {
  const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { version: string };
  t.deepEqual(await tagswitch("--version"), { code: 0, stdout: `${version}\n`, stderr: "" });
});

const senseless: [args: string[], message: RegExp][] = [
  [[], /^tagswitch: no command given[\s\S]*bench/],
  [["brench"], /^tagswitch: unknown command "brench"; there is: show,.*\bbench\. See: tagswitch --help\n$/],
  [["constructor"], /unknown command "constructor"/],
  [["bench", "--quik"], /^tagswitch: Unknown option '--quik'\. See: tagswitch bench --help\n$/],
  [["bench", "more"], /^tagswitch: Unexpected argument 'more'/],
  [["bench", "--plot"], /^tagswitch: Option '--plot <value>' argument missing/],
  [["bench", "--plot", "plot.png"], /^tagswitch: --plot draws an SVG picture; "plot\.png" should end in \.svg\n$/],
];

for (const [args, message] of senseless) {
  test(`"tagswitch ${args.join(" ")}" makes no sense: a message, nothing on stdout, exit code 2`, async (t) => {
    const { code, stdout, stderr } = await tagswitch(...args);
    t.is(code, 2);
    t.is(stdout, "");
    t.regex(stderr, message);
  });
}
