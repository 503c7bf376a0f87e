// The compiled addon of this checkout: build/Release/tagswitch.node, and index.d.ts, its generated contract.
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { writeDeclarations } from "./declarations.mjs";
import { fingerprint, isStamped, writeStamp } from "./fingerprint.mjs";
import { at, PLATFORM, ROOT } from "./project.mjs";
import { hasCargo } from "./rust.mjs";
import { step } from "./step.mjs";

const BUILT = at("build/Release/tagswitch.node");
const STAMP = at("build/Release/.built-from");
/** What the binary and its declarations are made from. */
const SOURCES = [
  ...["addon", "crates", "build.rs", "Cargo.toml", "Cargo.lock", ".cargo"],
  ...["scripts/build-addon.mjs", "scripts/setup/declarations.mjs"],
];

/** Builds with the release profile when the Rust sources changed; without Rust, makes do with a binary that loads. */
export function addonStep() {
  const print = fingerprint(SOURCES, { except: isOnlyTested });
  const isBuilt = existsSync(BUILT) && existsSync(at("index.d.ts")) && isStamped(STAMP, print);
  const makesDo = !isBuilt && !hasCargo() && loadableBinary() !== undefined;
  return {
    needsRust: !isBuilt && !makesDo,
    isCurrent: () => isBuilt,
    run: async () => {
      if (makesDo) {
        console.log(`Rust is missing: using ${loadableBinary()}, which may be older than the Rust sources.`);
        return;
      }
      let crates = 0;
      await step("Building the addon", process.execPath, [at("scripts/build-addon.mjs")], {
        cwd: ROOT,
        describe: (line) => {
          const name = /^\s*Compiling (\S+)/.exec(line)?.[1];
          if (name === undefined) return undefined;
          crates += 1;
          return name.startsWith("tagswitch-addon-") ? "optimising kernels" : `${crates} crates`;
        },
      });
      await writeDeclarations();
      writeStamp(STAMP, print);
    },
  };
}

function isOnlyTested(path) {
  return /^crates\/[^/]+\/(tests|benches|examples)$/.test(path);
}

/** A binary for this platform that Node can load: built here before, or a prebuild. */
function loadableBinary() {
  const prebuilds = at("prebuilds", PLATFORM);
  const candidates = [
    BUILT,
    ...(existsSync(prebuilds) ? readdirSync(prebuilds).map((name) => at("prebuilds", PLATFORM, name)) : []),
  ];
  return candidates.find(
    (file) =>
      existsSync(file) &&
      spawnSync(process.execPath, ["-e", "require(process.argv[1])", file], { stdio: "ignore" }).status === 0,
  );
}
