import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { copyFile, mkdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { packageRoot } from "../../src/package-root.ts";
import { type PeerName, PEERS } from "./peers.ts";

/** Where peers are installed: among what is built, so that nothing of them is in the library's installation. */
const FOLDER = join(packageRoot, "build/peers");
const ENVIRONMENT = join(FOLDER, "python");

/** The interpreter of the environment that has the Python peers. */
export const PYTHON: string = join(ENVIRONMENT, "bin/python");

/** Resolves the packages of Node peers. */
export const requirePeer: NodeJS.Require = createRequire(join(FOLDER, "package.json"));

/** Of a Node peer's package, which need not let its own description be loaded. */
export function versionOf(name: string): string {
  const description = readFileSync(join(FOLDER, "node_modules", name, "package.json"), "utf8");
  return (JSON.parse(description) as { version: string }).version;
}

/** A peer that takes no part, and why. */
export interface Absence {
  readonly peer: PeerName;
  readonly reason: string;
}

/** Installs what is missing of these peers, and tells which cannot take part. */
export async function installPeers(names: readonly PeerName[]): Promise<Absence[]> {
  const absent: Absence[] = [];
  await mkdir(FOLDER, { recursive: true });
  for (const [language, install] of [["node", installNodePeers] as const, ["python", installForPython] as const]) {
    const wanted = names.filter((name) => PEERS[name].language === language);
    if (wanted.length === 0) continue;
    try {
      await install();
    } catch (error) {
      absent.push(...wanted.map((peer) => ({ peer, reason: (error as Error).message })));
    }
  }
  return absent;
}

/** Installs what is missing of the Node peers, and of what else is measured beside the package. */
export function installNodePeers(): Promise<void> {
  return onceFor("package.json", async () => {
    await copyFile(join(import.meta.dirname, "package.json"), join(FOLDER, "package.json"));
    await command("npm", ["install", "--prefix", FOLDER, "--no-audit", "--no-fund", "--no-package-lock"]);
  });
}

function installForPython(): Promise<void> {
  return onceFor("requirements.txt", async () => {
    await rm(ENVIRONMENT, { recursive: true, force: true });
    await command("python3", ["-m", "venv", ENVIRONMENT]);
    const requirements = join(import.meta.dirname, "requirements.txt");
    await command(PYTHON, ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r", requirements]);
  });
}

/** Installs what a list of packages names, unless that was done with this very list. */
async function onceFor(list: string, install: () => Promise<void>): Promise<void> {
  const wanted = await readFile(join(import.meta.dirname, list), "utf8");
  const stamp = join(FOLDER, `${list}.installed`);
  const isThere = await stat(stamp).catch(() => null);
  if (isThere !== null && (await readFile(stamp, "utf8")) === wanted) return;
  await install();
  await writeFile(stamp, wanted);
}

async function command(name: string, args: readonly string[]): Promise<void> {
  const child = spawn(name, args, { stdio: ["ignore", "ignore", "pipe"] });
  let errors = "";
  child.stderr.on("data", (chunk: Buffer) => (errors += chunk.toString()));
  const code = await new Promise<number | null>((resolve) => {
    child.on("error", (error) => {
      errors += error.message;
      resolve(null);
    });
    child.on("close", resolve);
  });
  if (code === 0) return;
  const said = errors.trim().split("\n").at(-1) ?? "";
  throw new Error(`${name} ${args.slice(0, 3).join(" ")} ended with ${String(code)}: ${said}`);
}
