import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
// Generated from Rust. There is no index.js beside it.
import type * as Addon from "../index.d.ts";
import { DispatchError } from "./errors.ts";
import { packageRoot } from "./package-root.ts";

/** What became of one backend: see the addon's contract. */
export type BackendVerdict = Addon.BackendVerdict;

const COPY = Symbol.for("tagswitch.copy");

claimRealm();

/** The compiled addon: `build/Release` in a checkout, `prebuilds/` once installed. */
export const addon: typeof Addon = load();

function load(): typeof Addon {
  const find = createRequire(import.meta.url)("node-gyp-build") as (root: string) => typeof Addon;
  try {
    return find(packageRoot);
  } catch (cause) {
    const script = join(packageRoot, "scripts/build-addon.mjs");
    const advice = existsSync(script) ? `with Rust installed, run: node ${script}` : "reinstall the package";
    const message = `no compiled addon for ${process.platform}-${process.arch} in ${packageRoot}; ${advice}`;
    throw new DispatchError("ERR_DISPATCH_ADDON", message, { cause });
  }
}

/**
 * Each copy of the package has its own numbers for types, but all would write them to the same prototypes: a
 * second copy, or a second evaluation of this one, would turn the first one's calls to the wrong implementations.
 */
function claimRealm(): void {
  const realm = globalThis as { [COPY]?: string };
  const first = realm[COPY];
  if (first !== undefined) {
    const message = `two copies of tagswitch in one process: ${describe(first)} and ${describe(packageRoot)}; load one (npm dedupe)`;
    throw new DispatchError("ERR_DISPATCH_DUPLICATE_COPY", message);
  }
  Object.defineProperty(realm, COPY, { value: packageRoot, configurable: true });
}

function describe(copy: string): string {
  try {
    const { version } = JSON.parse(readFileSync(join(copy, "package.json"), "utf8")) as { version: string };
    return `${version} in ${copy}`;
  } catch {
    return copy;
  }
}
