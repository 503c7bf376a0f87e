// Builds the release addon with nothing but cargo.
//
// Two callers:
// - prebuildify, in place of node-gyp, where setup has not built it or RUST_TARGET asks for another: the binary goes to
//   build/Release under the working directory, as node-gyp's would, and prebuildify moves it on into prebuilds/
//   (scripts/prebuilds.mjs);
// - users without a prebuild for their platform, once, inside the installed package:
//   node node_modules/tagswitch/scripts/build-addon.mjs
//
// To cross-compile: RUST_TARGET=aarch64-unknown-linux-gnu.2.28 npm run prebuilds -- --arch arm64
// (with RUST_TARGET cargo-zigbuild does the linking; the suffix is the oldest glibc to support).
import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, renameSync } from "node:fs";
import { join } from "node:path";

const root = join(import.meta.dirname, "..");
const { RUST_TARGET: crossTarget, PREBUILD_NODE_GYP: byPrebuildify } = process.env;

// The host is named too: cargo then uses the same folder as the `napi` command, and builds no dependency twice.
const target = crossTarget ?? /^host: (.+)$/m.exec(run("rustc", ["-vV"]).stdout)[1];
const options = ["--package", "tagswitch", "--release", "--locked", "--message-format", "json-render-diagnostics"];
const { stdout } = run("cargo", [crossTarget ? "zigbuild" : "build", "--target", target, ...options]);

// Cargo itself says where the library is, whatever the target folder is set to.
const library = stdout
  .split("\n")
  .filter((line) => line.startsWith("{"))
  .map((line) => JSON.parse(line))
  .findLast((message) => message.reason === "compiler-artifact" && message.target.crate_types.includes("cdylib"))
  .filenames.find((name) => /\.(so|dylib|dll)$/.test(name));

const folder = join(byPrebuildify ? process.cwd() : root, "build/Release");
const binary = join(folder, "tagswitch.node");
mkdirSync(folder, { recursive: true });
// Renamed into place: a process that has the old binary loaded keeps it.
copyFileSync(library, `${binary}.new`);
renameSync(`${binary}.new`, binary);
console.log(`Built ${binary}`);

function run(program, args) {
  const result = spawnSync(program, args, {
    cwd: root,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "inherit"],
    maxBuffer: 1 << 28,
  });
  if (result.error?.code === "ENOENT") {
    console.error(
      `Rust is missing ("${program}" is not on the PATH). Get it from https://rustup.rs, then run this again.`,
    );
  } else if (result.error) {
    console.error(result.error.message);
  }
  if (result.status !== 0) process.exit(1);
  return result;
}
