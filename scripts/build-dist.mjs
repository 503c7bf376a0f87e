// Builds the package: declarations by the compiler, which checks types as well, and JavaScript by esbuild, which puts
// modules together. Node takes a third of a millisecond for each file that it imports, and there are some hundred.
//
// node scripts/build-dist.mjs [folder]: into dist/, or into a folder of that name elsewhere.
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, rmSync } from "node:fs";
import { resolve } from "node:path";
import { build } from "esbuild";
import { at, ROOT } from "./setup/project.mjs";

// All at once: what entries share, the registries first of all, is in chunks that each of them imports.
const entryPoints = [...publicEntries(), ...processes()];
const outdir = resolve(process.argv[2] ?? at("dist"));
rmSync(outdir, { recursive: true, force: true }); // no module outlives its source

try {
  const compiler = at("node_modules/typescript/bin/tsc");
  execFileSync(process.execPath, [compiler, "--project", "tsconfig.build.json", "--outDir", outdir], {
    cwd: ROOT,
    stdio: "inherit",
  });
  // Without `keepNames`: that names every function anew whenever one is made, in the loops over pixels too.
  await build({
    absWorkingDir: ROOT,
    ...{ entryPoints, outdir, outbase: "src", bundle: true, splitting: true },
    ...{ format: "esm", platform: "node", target: "node20", packages: "external", charset: "utf8" },
  });
} catch {
  process.exitCode = 1; // both have said why
}

/** The sources of what package.json lets users import and run. */
function publicEntries() {
  const { exports, bin } = JSON.parse(readFileSync(at("package.json"), "utf8"));
  return [...Object.values(exports).map((entry) => entry.default), ...Object.values(bin)]
    .filter((file) => file !== undefined)
    .map((file) => file.replace(/^(\.\/)?dist\/(.*)\.js$/, "src/$2.ts"));
}

/** The modules that commands start by their files. */
function processes() {
  return ["src/bench", "src/cli/run"].flatMap((folder) =>
    readdirSync(at(folder))
      .filter((name) => name.endsWith("-process.ts"))
      .map((name) => `${folder}/${name}`),
  );
}
