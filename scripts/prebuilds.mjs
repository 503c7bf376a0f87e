// Makes prebuilds/<platform>-<arch>/tagswitch.node, which `npm pack` ships and node-gyp-build finds.
//
// Arguments go on to prebuildify (`--arch arm64`, `--quiet`). It works in a folder of its own, because it moves the binary that
// it is given, and build/Release/tagswitch.node is in use by the checkout.
import { spawnSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { at, ROOT } from "./setup/project.mjs";
import { requireRust } from "./setup/rust.mjs";

requireRust();
const workplace = at("build/prebuildify");
mkdirSync(workplace, { recursive: true });
const options = ["--napi", "--shell", "--name", "tagswitch", "--cwd", workplace, "--out", ROOT];
const build = ["--node-gyp", "node ../../scripts/build-addon.mjs"];
const { status } = spawnSync(
  process.execPath,
  [at("node_modules/prebuildify/bin.js"), ...options, ...build, ...process.argv.slice(2)],
  { cwd: ROOT, stdio: "inherit" },
);
process.exitCode = status ?? 1;
