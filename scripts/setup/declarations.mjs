// index.d.ts: what the addon declares, as its macros noted it while it compiled (scripts/build-addon.mjs names the folder).
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { at, ROOT } from "./project.mjs";
import { SetupError } from "./step.mjs";

/** A file for each crate. */
const NOTES = at("target/declarations");
/** The same in one file: what is in one is sorted. */
const ALL = at("target/declarations/all");

/** Writes index.d.ts anew. */
export async function writeDeclarations() {
  const crates = addonCrates();
  const silent = crates.filter((name) => !existsSync(`${NOTES}/${name}`));
  if (silent.length > 0) {
    const advice = `run: cargo clean --release ${silent.map((name) => `--package ${name}`).join(" ")}`;
    throw new SetupError(
      `The addon was compiled, but what it declares is no longer all in ${NOTES}: to compile it anew, ${advice}`,
    );
  }
  mkdirSync(ALL, { recursive: true });
  writeFileSync(`${ALL}/addon`, crates.map((name) => readFileSync(`${NOTES}/${name}`, "utf8")).join(""));
  const { generateTypeDef } = await import("@napi-rs/cli"); // an earlier step installs it
  const { dts } = await generateTypeDef({ typeDefDir: ALL, cwd: ROOT, constEnum: false });
  writeFileSync(at("index.d.ts"), dts);
}

/** The crates that the addon is linked from and that name Node's interface: the root's, and those inside `addon/`. */
function addonCrates() {
  const inside = readdirSync(at("addon"), { recursive: true }).filter((path) => /(^|[\\/])Cargo\.toml$/.test(path));
  const manifests = ["Cargo.toml", ...inside.map((path) => `addon/${path}`)];
  return manifests.map((path) => /^name = "(.+)"$/m.exec(readFileSync(at(path), "utf8"))[1]);
}
