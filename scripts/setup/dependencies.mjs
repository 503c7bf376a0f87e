// The npm dependencies, exactly as package-lock.json has them.
import { existsSync, readFileSync } from "node:fs";
import { at, ROOT } from "./project.mjs";
import { step } from "./step.mjs";

/** Installs when `node_modules` differs from the lock file, whoever installed it. */
export function dependenciesStep() {
  return {
    isCurrent: () => matchesLock(),
    run: () => step("Installing dependencies", ...npm("ci", "--no-audit", "--no-fund"), { cwd: ROOT }),
  };
}

/** npm keeps what it last installed in `node_modules/.package-lock.json`, in the lock file's own form. */
function matchesLock() {
  const installedLock = at("node_modules/.package-lock.json");
  if (!existsSync(installedLock)) return false;
  const wanted = readPackages(at("package-lock.json"));
  const installed = readPackages(installedLock);
  const isSame = (path) =>
    wanted[path]?.version === installed[path]?.version && wanted[path]?.integrity === installed[path]?.integrity;
  return (
    Object.keys(installed).every(isSame) &&
    // Optional packages are those of other platforms; the root package ("") is not installed.
    Object.entries(wanted).every(
      ([path, { optional, devOptional }]) => path === "" || optional || devOptional || isSame(path),
    )
  );
}

function readPackages(file) {
  return JSON.parse(readFileSync(file, "utf8")).packages;
}

/** The npm that runs this script, else the one on the PATH. */
function npm(...args) {
  const cli = process.env.npm_execpath;
  return cli?.endsWith("npm-cli.js") ? [process.execPath, [cli, ...args]] : ["npm", args];
}
