// Builds the release addon with nothing but cargo: build/Release/tagswitch.node in the checkout or package, or, for
// prebuildify, in the working directory.
//
// Three callers:
// - setup, in a checkout;
// - prebuildify, in place of node-gyp: it moves the binary on into prebuilds/ (scripts/prebuilds.mjs);
// - users without a prebuild for their platform, once, inside the installed package:
//   node node_modules/tagswitch/scripts/build-addon.mjs
//
// To cross-compile: RUST_TARGET=aarch64-unknown-linux-gnu.2.28 npm run prebuilds -- --arch arm64
// (with RUST_TARGET cargo-zigbuild does the linking; the suffix is the oldest glibc to support).
import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, renameSync } from "node:fs";
import { join } from "node:path";

const root = join(import.meta.dirname, "..");
const byPrebuildify = process.env.PREBUILD_NODE_GYP !== undefined;
// Only there: a binary for another machine is of no use to a checkout or an installed package.
const crossTarget = byPrebuildify ? process.env.RUST_TARGET : undefined;

// While the addon compiles, its macros note there what it declares, for index.d.ts. Named for every build alike: cargo
// compiles anew where it changes. No wrapper: a cache of compiled crates would leave the notes out.
const declarations = join(root, "target/declarations");
mkdirSync(declarations, { recursive: true });
const env = { ...process.env, NAPI_TYPE_DEF_TMP_FOLDER: declarations, RUSTC_WRAPPER: "" };

const options = ["--package", "tagswitch", "--release", "--locked", "--message-format", "json-render-diagnostics"];
const { error, status, stdout } = spawnSync(
  "cargo",
  [...(crossTarget ? ["zigbuild", "--target", crossTarget] : ["build"]), ...options],
  { cwd: root, env, encoding: "utf8", stdio: ["ignore", "pipe", "inherit"], maxBuffer: 1 << 28 },
);
if (error?.code === "ENOENT") {
  console.error(`Rust is missing ("cargo" is not on the PATH). Get it from https://rustup.rs, then run this again.`);
} else if (error) {
  console.error(error.message);
}
if (status !== 0) process.exit(1);

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
