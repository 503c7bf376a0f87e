// Finds a Rust toolchain that can build the addon, or says how to get one.
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, join } from "node:path";
import { at } from "./project.mjs";
import { SetupError } from "./step.mjs";

const RUSTUP = "curl --proto '=https' --tlsv1.2 -sSf https://sh.rustup.rs | sh -s -- -y";

/**
 * Makes sure that `cargo` runs, is new enough and has a linker; puts it on this process's PATH if it is not there.
 *
 * @throws {SetupError} whose first line names what is missing and how to get it.
 */
export function requireRust() {
  const folder = findCargoFolder();
  if (folder === undefined) {
    throw new SetupError(`Rust is missing. Install it with: ${RUSTUP}\n${distributionHint()}`);
  }
  if (!pathFolders().includes(folder)) process.env.PATH = `${folder}${delimiter}${process.env.PATH ?? ""}`;

  const { status, stdout, stderr } = spawnSync("cargo", ["--version"], { encoding: "utf8", cwd: at() });
  if (status !== 0) {
    throw new SetupError(
      `Rust is installed but has no toolchain. Get one with: rustup default stable\n${stderr.trim()}`,
    );
  }
  const wanted = /^rust-version = "(.+)"/m.exec(readFileSync(at("Cargo.toml"), "utf8"))?.[1] ?? "";
  const found = /\d+\.\d+\.\d+/.exec(stdout)?.[0] ?? "";
  if (isOlder(found, wanted)) {
    throw new SetupError(
      `Rust ${found} is too old: ${wanted} or newer is needed. Get it with: ${hasCommand("rustup") ? "rustup update stable" : RUSTUP}\n` +
        distributionHint(),
    );
  }
  if (process.platform !== "win32" && !hasCommand("cc")) {
    throw new SetupError(
      `A C linker is missing ("cc", which Rust links with). Install it with: ${process.platform === "darwin" ? "xcode-select --install" : "apt-get install -y gcc libc6-dev"}`,
    );
  }
}

/** Whether cargo can be found, on the PATH or where rustup puts it. */
export function hasCargo() {
  return findCargoFolder() !== undefined;
}

function findCargoFolder() {
  const rustup = join(process.env.CARGO_HOME ?? join(homedir(), ".cargo"), "bin");
  return [...pathFolders(), rustup].find((folder) => existsSync(join(folder, executable("cargo"))));
}

function hasCommand(name) {
  return pathFolders().some((folder) => existsSync(join(folder, executable(name))));
}

function executable(name) {
  return process.platform === "win32" ? `${name}.exe` : name;
}

function pathFolders() {
  return (process.env.PATH ?? "").split(delimiter).filter((folder) => folder !== "");
}

function isOlder(found, wanted) {
  const [a, b] = [found, wanted].map((version) => version.split(".").map(Number));
  return a[0] < b[0] || (a[0] === b[0] && a[1] < b[1]);
}

function distributionHint() {
  return (
    "Or from your distribution, where it is new enough (Debian 13: apt-get install rustup && rustup default stable). " +
    "Then open a new terminal and run the same command again."
  );
}
