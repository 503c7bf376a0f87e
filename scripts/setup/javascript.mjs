// The package's JavaScript and declarations: dist/, from src/.
import { chmodSync, existsSync } from "node:fs";
import { fingerprint, isStamped, writeStamp } from "./fingerprint.mjs";
import { at, ROOT } from "./project.mjs";
import { step } from "./step.mjs";

// Not inside dist/, which is shipped.
const STAMP = at("build/dist.built-from");
const BUILD = "scripts/build-dist.mjs";
const SOURCES = [
  ...["src", "index.d.ts", "tsconfig.json", "tsconfig.build.json"],
  ...[BUILD, "package.json", "package-lock.json"],
];

/** Compiles all of `src/` when any of it changed; that takes about a second. */
export function javascriptStep() {
  return {
    // Asked after the addon's step ran, which may have written index.d.ts.
    isCurrent: () => existsSync(at("dist/index.js")) && isStamped(STAMP, fingerprint(SOURCES)),
    run: async () => {
      const print = fingerprint(SOURCES);
      await step("Compiling TypeScript", process.execPath, [BUILD], { cwd: ROOT });
      // Installing a package does this; in a checkout `npx tagswitch` runs the file as it lies.
      chmodSync(at("dist/cli/index.js"), 0o755);
      writeStamp(STAMP, print);
    },
  };
}
