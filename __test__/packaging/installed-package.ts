// The package as a user gets it: prebuilt, packed, and installed into an empty project where there is no Rust.
import { execFileSync, spawnSync, type SpawnSyncReturns } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";

/** The checkout's root. */
export const ROOT: string = join(import.meta.dirname, "../..");

/** A project with the packed package in its `node_modules`. */
export interface InstalledPackage {
  /** Files of the tarball, as paths from the package's root. */
  readonly files: readonly string[];
  /** Bytes of the tarball. */
  readonly size: number;
  /** The project's folder. */
  readonly folder: string;
  /** Writes a file of the project. */
  write(name: string, text: string): void;
  /** Runs a program in the project, with nothing on the PATH but Node and a shell; throws unless it succeeds. */
  run(program: string, ...args: string[]): string;
  /** The same, for whoever wants to see it fail. */
  attempt(program: string, ...args: string[]): SpawnSyncReturns<string>;
  /** Runs the npm that runs these tests. */
  npm(...args: string[]): string;
  /** Deletes everything. */
  remove(): void;
}

/** Builds, packs and installs; takes some seconds when the addon is built already. */
export function installPackage(): InstalledPackage {
  const workplace = realpathSync(mkdtempSync(join(tmpdir(), "tagswitch-package-")));
  try {
    return installIn(workplace);
  } catch (error) {
    rmSync(workplace, { recursive: true, force: true });
    throw error;
  }
}

function installIn(workplace: string): InstalledPackage {
  const [folder, tarballs, programs, home] = ["project", "tarballs", "programs", "home"].map((name) => {
    mkdirSync(join(workplace, name));
    return join(workplace, name);
  }) as [string, string, string, string];

  execFileSync(process.execPath, [join(ROOT, "scripts/prebuilds.mjs")], { cwd: ROOT, encoding: "utf8", stdio: "pipe" });
  const npmCli = findNpm();
  // dist/ and prebuilds/ are there: the scripts that make them need not run again.
  const packing = ["pack", "--ignore-scripts", "--json", "--pack-destination", tarballs];
  const packed = JSON.parse(
    execFileSync(process.execPath, [npmCli, ...packing], { cwd: ROOT, encoding: "utf8", stdio: "pipe" }),
  ) as Packed[];
  const { filename, files, size } = packed[0] as Packed;

  symlinkSync(process.execPath, join(programs, "node"));
  symlinkSync("/bin/sh", join(programs, "sh"));
  symlinkSync("/usr/bin/env", join(programs, "env"));
  const env = { ...userSettings(), PATH: programs, HOME: home };
  const attempt = (program: string, ...args: string[]) =>
    spawnSync(program, args, { cwd: folder, env, encoding: "utf8" });
  const run = (program: string, ...args: string[]) => {
    const { status, stdout, stderr, error } = attempt(program, ...args);
    if (status !== 0) throw new Error(`${[program, ...args].join(" ")}\n${error?.message ?? `${stdout}${stderr}`}`);
    return stdout;
  };
  const project: InstalledPackage = {
    files: files.map(({ path }) => path),
    size,
    folder,
    write: (name, text) => writeFileSync(join(folder, name), text),
    run,
    attempt,
    npm: (...args) => run("node", npmCli, ...args),
    remove: () => rmSync(workplace, { recursive: true, force: true }),
  };
  project.write("package.json", JSON.stringify({ name: "empty-project", private: true }));
  project.npm("install", "--prefer-offline", "--no-audit", "--no-fund", join(tarballs, filename));
  return project;
}

/** What `npm pack --json` says of one package. */
interface Packed {
  filename: string;
  size: number;
  files: { path: string }[];
}

/** npm's own program: the one that runs these tests, else the one on the PATH. */
function findNpm(): string {
  const current = process.env["npm_execpath"];
  if (current?.endsWith("npm-cli.js") === true) return current;
  const onPath = (process.env["PATH"] ?? "")
    .split(delimiter)
    .map((folder) => join(folder, "npm"))
    .find((file) => existsSync(file));
  if (onPath === undefined) throw new Error("npm is not on the PATH");
  const real = realpathSync(onPath);
  return real.endsWith(".js") ? real : join(dirname(real), "../lib/node_modules/npm/bin/npm-cli.js");
}

/** How the user reaches a registry, without anything that npm sets for the checkout. */
function userSettings(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !/^(npm_|NODE_OPTIONS|CARGO|RUST|INIT_CWD)/i.test(name));
  return {
    ...Object.fromEntries(kept),
    npm_config_cache: process.env["npm_config_cache"] ?? join(homedir(), ".npm"),
    npm_config_userconfig: process.env["npm_config_userconfig"] ?? join(homedir(), ".npmrc"),
  };
}
