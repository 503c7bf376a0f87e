// Makes prebuilds/<platform>-<arch>/tagswitch.node, which `npm pack` ships and node-gyp-build finds.
//
// Arguments go on to prebuildify (`--arch arm64`, `--quiet`). It works in a folder of its own, because it moves the binary that
// it is given, and build/Release/tagswitch.node is in use by the checkout.
import { spawnSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { addonStep } from "./setup/addon.mjs";
import { at, ROOT } from "./setup/project.mjs";
import { requireRust } from "./setup/rust.mjs";

// What setup built for this machine would be linked again otherwise, for minutes: cargo is told other things by `napi`.
const isBuilt = process.env.RUST_TARGET === undefined && addonStep().isCurrent();
if (!isBuilt) requireRust();
const workplace = at("build/prebuildify");
mkdirSync(workplace, { recursive: true });
const options = ["--napi", "--shell", "--name", "tagswitch", "--cwd", workplace, "--out", ROOT];
const build = ["--node-gyp", `node ../../scripts/${isBuilt ? "setup/built-addon" : "build-addon"}.mjs`];
const { status } = spawnSync(
  process.execPath,
  [at("node_modules/prebuildify/bin.js"), ...options, ...build, ...process.argv.slice(2)],
  { cwd: ROOT, stdio: "inherit" },
);
process.exitCode = status ?? 1;
