// The package that docs/backends.md describes is made of its snippets; its commands say what the page says they do.
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import test from "ava";
import { checkManifest } from "../../src/discovery/manifest-check.ts";
import { BuiltPackage, type Files } from "../discovery/application.ts";

const page = readFileSync(join(import.meta.dirname, "../../docs/backends.md"), "utf8");
const files: Files = Object.fromEntries(
  [...page.matchAll(/`([^`\s]+)`:\n\n```(?:js|json|ts)\n([\s\S]*?)^```$/gm)].map(([, file = "", text]) => [file, text]),
);
const commands = [...page.matchAll(/^```console\n\$ (.+)\n([\s\S]*?)^```$/gm)].map(([, command = "", output = ""]) => ({
  command,
  output,
}));

const built = new BuiltPackage();
test.after.always(() => built.remove());
const application = built.application(files);

test("every snippet is used", (t) => {
  const used = Object.keys(files).length + commands.length;
  t.true(used > 10);
  t.is(page.match(/^```/gm)?.length, 2 * used);
});

for (const file of Object.keys(files).filter((name) => name.endsWith(".tagswitch.json"))) {
  test(`${file} is a manifest`, (t) => t.is(checkManifest(JSON.parse(files[file] as string)), undefined));
}

test("cards.d.ts types the options of a backend, and nothing else", (t) => {
  const call = (options: string): string => `filters.gaussian(image, ${options});\n`;
  const head =
    'import "./cards.d.ts";\nimport { filters, type Image } from "tagswitch/image";\ndeclare const image: Image;\n';
  const right = call("{ sigma: 2, cards: { kernel: 5 } }") + call("{ tiles: 4 }");
  const wrong = ['{ tiles: "4" }', "{ cards: { kernels: 5 } }", "{ tilse: 4 }"].map(call);
  application.write({ "right.ts": head + right, "wrong.ts": head + wrong.join("") });
  const compile = (file: string): string => {
    const compiler = join(import.meta.dirname, "../../node_modules/typescript/bin/tsc");
    const flags = ["--noEmit", "--strict", "--skipLibCheck", "--allowImportingTsExtensions", "--ignoreConfig"];
    const args = [compiler, ...flags, "--module", "nodenext", "--target", "es2023", "--types", "", file];
    return spawnSync(process.execPath, args, { cwd: application.folder, encoding: "utf8" }).stdout;
  };
  t.is(compile("right.ts"), "");
  t.deepEqual(compile("wrong.ts").match(/^wrong\.ts\(\d/gm), ["wrong.ts(4", "wrong.ts(5", "wrong.ts(6"]);
});

for (const { command, output } of commands) {
  test(`$ ${command}`, (t) => {
    const [program, ...args] = command.split(" ");
    const { code, stdout, stderr } =
      program === "node" ? application.run(args[0]!) : application.tagswitch(args.slice(1));
    t.is(stderr, "");
    t.is(code, 0, stdout);
    const general = stdout
      .replaceAll(application.folder, "/home/you/tagswitch-still")
      .replaceAll(built.folder, "/home/you/tagswitch-still/node_modules/tagswitch")
      .replace(
        /^(addon +).*$/m,
        "$1/home/you/tagswitch-still/node_modules/tagswitch/prebuilds/linux-x64/tagswitch.node",
      );
    t.regex(withoutCounts(general), pattern(output));
  });
}

/** What changes with every version, and with it widths. */
function withoutCounts(output: string): string {
  return output
    .replaceAll(/\d+(\.\d+\.\d+)?/g, "0")
    .replaceAll(/ +/g, " ")
    .replaceAll(/─+/g, "─");
}

/** Output as on the page, where a line with an ellipsis stands for any lines. */
function pattern(output: string): RegExp {
  const escaped = withoutCounts(output).replaceAll(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`);
  return new RegExp(`^${escaped.replaceAll("…\n", String.raw`(?:.*\n)*`)}$`);
}
