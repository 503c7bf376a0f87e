import { firstLineOf } from "../display.ts";
import { createRequire } from "node:module";
import { join } from "node:path";
import { parseJson, textOf } from "../discovery/json-file.ts";
import { packageRoot } from "../package-root.ts";

/** This copy of the package, and what it runs on. */
export interface Installation {
  readonly node: string;
  /** The versions of Node that the package is for. */
  readonly supportedNode: string;
  readonly isNodeSupported: boolean;
  readonly version: string;
  readonly folder: string;
  readonly platform: string;
  /** The addon's file; `undefined` where there is none for this platform. */
  readonly addon: string | undefined;
  /** Why there is none. */
  readonly problem: string | undefined;
}

const require = createRequire(import.meta.url);

/** Describes this copy of the package. */
export function describeInstallation(): Installation {
  const file = parseJson(textOf(join(packageRoot, "package.json"))!) as { version: string; engines: { node: string } };
  const satisfies = require("semver/functions/satisfies") as (version: string, range: string) => boolean;
  const { path, problem } = addonFile(packageRoot);
  return {
    node: process.versions.node,
    supportedNode: file.engines.node,
    isNodeSupported: satisfies(process.versions.node, file.engines.node),
    version: file.version,
    ...{ folder: packageRoot, platform: `${process.platform}-${process.arch}`, addon: path, problem },
  };
}

function addonFile(folder: string): { path: string | undefined; problem: string | undefined } {
  const { resolve } = require("node-gyp-build") as { resolve: (folder: string) => string };
  try {
    return { path: resolve(folder), problem: undefined };
  } catch (error) {
    return { path: undefined, problem: firstLineOf(error) };
  }
}
