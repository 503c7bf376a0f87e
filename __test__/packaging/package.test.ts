// What a user gets from `npm install tagswitch`, on a machine without Rust.
import { execFileSync } from "node:child_process";
import { readFileSync, renameSync } from "node:fs";
import { join } from "node:path";
import test from "ava";
import { type InstalledPackage, installPackage, ROOT } from "./installed-package.ts";

const TSC = join(ROOT, "node_modules/typescript/bin/tsc");
/** What a strict user of the package sets; declarations are checked too. */
const COMPILER = {
  module: "nodenext",
  target: "es2023",
  lib: ["es2023", "esnext.disposable"],
  strict: true,
  skipLibCheck: false,
  types: ["node"],
  typeRoots: [join(ROOT, "node_modules/@types")],
};

let installed: InstalledPackage;

test.serial.before("prebuild, pack and install", (t) => {
  t.timeout(300_000, "npm may have to fetch what the package depends on");
  installed = installPackage();
});
test.after.always(() => installed?.remove());

test("there is no Rust where it is installed", (t) => {
  t.is((installed.attempt("cargo", "--version").error as NodeJS.ErrnoException).code, "ENOENT");
  t.not(installed.attempt("sh", "-c", "command -v cargo || command -v rustc").status, 0);
});

test("the tarball holds what runs, what it is built from, and no more", (t) => {
  const binary = `prebuilds/${process.platform}-${process.arch}/tagswitch.node`;
  for (const file of [
    ...["package.json", "README.md", "LICENSE", "CHANGELOG.md"],
    ...[
      "dist/index.js",
      "dist/index.d.ts",
      "dist/image/index.js",
      "dist/cli/index.js",
      "index.d.ts",
      "manifest.schema.json",
      "pipeline.schema.json",
      "dist/cli/run/file-process.js",
      binary,
    ],
    ...[
      "Cargo.toml",
      "Cargo.lock",
      "build.rs",
      "addon/lib.rs",
      "addon/kernels/filters/Cargo.toml",
      "crates/dispatch/src/lib.rs",
      "scripts/build-addon.mjs",
    ],
  ]) {
    t.true(installed.files.includes(file), `${file} is missing`);
  }
  const allowed = /^(dist|prebuilds|addon|crates|\.cargo)\/|^[^/]+$|^scripts\/build-addon\.mjs$/;
  t.deepEqual(
    installed.files.filter(
      (file) => !allowed.test(file) || /(^|\/)(tests|golden|node_modules|target)\/|\.test\./.test(file),
    ),
    [],
  );
  t.log(
    `${(installed.size / 1e6).toFixed(2)} MB with ${installed.files.filter((file) => file.endsWith(".node")).length} binary`,
  );
});

test("no script runs when it is installed", (t) => {
  const { scripts } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as {
    scripts: Record<string, string>;
  };
  t.deepEqual(
    Object.keys(scripts).filter((name) => ["preinstall", "install", "postinstall", "prepare"].includes(name)),
    [],
  );
});

const USE = `
const mask = image.util.greater(new image.Image(new Uint8Array([0, 9, 9, 0]), { width: 2, height: 2 }), 4);
console.log(JSON.stringify([typeof tagswitch.createBackendSystem, [...mask.data]]));
`;

test("ES modules import it", (t) => {
  installed.write(
    "use.mjs",
    `import * as tagswitch from "tagswitch";\nimport * as image from "tagswitch/image";\n${USE}`,
  );
  t.deepEqual(JSON.parse(installed.run("node", "use.mjs")), ["function", [0, 1, 1, 0]]);
});

test("CommonJS modules require it, and get the same instance", (t) => {
  installed.write(
    "use.cjs",
    `const tagswitch = require("tagswitch");\nconst image = require("tagswitch/image");\n${USE}
     import("tagswitch").then((module) => console.log(module.createBackendSystem === tagswitch.createBackendSystem));`,
  );
  const [first, second] = installed.run("node", "use.cjs").trim().split("\n");
  t.deepEqual(JSON.parse(first ?? ""), ["function", [0, 1, 1, 0]]);
  t.is(second, "true");
});

test("in a checkout, npx runs the command too", (t) => {
  t.regex(
    execFileSync("npm", ["exec", "--no", "--", "tagswitch", "--help"], { cwd: ROOT, encoding: "utf8" }),
    /Usage: tagswitch/,
  );
});

test("types resolve for both kinds of module, every declaration included", (t) => {
  t.timeout(60_000);
  installed.write(
    "typed.mts",
    `import { createBackendSystem } from "tagswitch";
     import { Image, filters } from "tagswitch/image";
     export const system: ReturnType<typeof createBackendSystem> = createBackendSystem({ name: "typed" });
     export const blurred: Image = filters.gaussian(new Image(new Float32Array(4), { width: 2, height: 2 }), { sigma: 1 });
     // @ts-expect-error sigma is a number or a pair of them
     filters.gaussian(blurred, { sigma: "wide" });`,
  );
  installed.write(
    "typed.cts",
    `import tagswitch = require("tagswitch");
     export const create: typeof tagswitch.createBackendSystem = tagswitch.createBackendSystem;`,
  );
  installed.write("tsconfig.json", JSON.stringify({ compilerOptions: COMPILER, files: ["typed.mts", "typed.cts"] }));
  t.is(installed.run("node", TSC, "--project", installed.folder), "");
});

test("the tagswitch command says how it is used", (t) => {
  t.timeout(60_000);
  t.regex(installed.npm("exec", "--no", "--", "tagswitch", "--help"), /Usage: tagswitch[\s\S]*bench/);
});

const LIBRARIES = `(await import("node:fs")).readFileSync("/proc/self/maps", "utf8")`;

(process.platform === "linux" ? test : test.skip)("importing loads the addon and no graphics driver", (t) => {
  installed.write("maps.mjs", `await import("tagswitch/image");\nconsole.log(${LIBRARIES});`);
  const maps = installed.run("node", "maps.mjs");
  t.regex(maps, /tagswitch\.node/);
  t.notRegex(maps, /libvulkan|libEGL|libGL\.|libvulkan_lvp|libLLVM/);
});

test("what the import costs", (t) => {
  installed.write(
    "cost.mjs",
    `const start = performance.now(); await import("tagswitch/image"); console.log(performance.now() - start);`,
  );
  const times = Array.from({ length: 5 }, () => Number(installed.run("node", "cost.mjs")));
  // Speed is the benchmark's to judge: here it is only told.
  t.log(`import of tagswitch/image: ${Math.min(...times).toFixed(1)} ms at best of ${times.length}`);
  t.true(times.every((time) => time > 0));
});

test.serial("without a binary the error says how to build one", (t) => {
  const prebuilds = join(installed.folder, "node_modules/tagswitch/prebuilds");
  installed.write("missing.mjs", `await import("tagswitch").catch((error) => console.log(error.code, error.message));`);
  renameSync(prebuilds, `${prebuilds}-away`);
  try {
    t.regex(installed.run("node", "missing.mjs"), /^ERR_DISPATCH_ADDON .*scripts[/\\]build-addon\.mjs/);
    const { status, stderr } = installed.attempt("node", "node_modules/tagswitch/scripts/build-addon.mjs");
    t.is(status, 1);
    t.regex(stderr, /^Rust is missing.*rustup/);
  } finally {
    renameSync(`${prebuilds}-away`, prebuilds);
  }
});
