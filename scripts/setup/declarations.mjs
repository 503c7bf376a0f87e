// index.d.ts: what the addon declares, as its macros noted it while it compiled (scripts/build-addon.mjs names the folder).
import { existsSync, writeFileSync } from "node:fs";
import { at, ROOT } from "./project.mjs";
import { SetupError } from "./step.mjs";

const NOTES = at("target/declarations");

/** Writes index.d.ts anew. */
export async function writeDeclarations() {
  if (!existsSync(`${NOTES}/tagswitch`)) {
    const advice = "run: cargo clean --release --package tagswitch";
    throw new SetupError(
      `The addon was compiled, but what it declares is no longer in ${NOTES}: to compile it anew, ${advice}`,
    );
  }
  const { generateTypeDef } = await import("@napi-rs/cli"); // an earlier step installs it
  const { dts } = await generateTypeDef({ typeDefDir: NOTES, cwd: ROOT, constEnum: false });
  writeFileSync(at("index.d.ts"), dts);
}
