// What `typescript.mjs` registers: TypeScript becomes JavaScript as Node loads it, once for each content of a file.
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { at } from "../setup/project.mjs";

const { version } = JSON.parse(readFileSync(at("node_modules/esbuild/package.json"), "utf8"));
const CACHE = at(`node_modules/.cache/tagswitch-typescript-${version}`);
mkdirSync(CACHE, { recursive: true });

/** Node's load hook (https://nodejs.org/api/module.html#loadurl-context-nextload). */
export async function load(url, context, nextLoad) {
  if (!url.startsWith("file:") || !new URL(url).pathname.endsWith(".ts")) return nextLoad(url, context);
  const file = fileURLToPath(url);
  const typescript = readFileSync(file, "utf8");
  const cached = join(CACHE, `${createHash("sha1").update(file).update("\0").update(typescript).digest("hex")}.js`);
  const source = readIfThere(cached) ?? (await compiled(typescript, file, cached));
  return { format: "module", source, shortCircuit: true };
}

async function compiled(typescript, file, cached) {
  const { transform } = await import("esbuild");
  const { code } = await transform(typescript, {
    ...{ loader: "ts", format: "esm", target: "node20", charset: "utf8" },
    ...{ sourcefile: file, sourcemap: "inline", sourcesContent: false },
    keepNames: true, // as in dist/: esbuild renames functions whose name is taken outside
  });
  // Whole at once, as other processes may look for it.
  writeFileSync(`${cached}.${process.pid}`, code);
  renameSync(`${cached}.${process.pid}`, cached);
  return code;
}

function readIfThere(file) {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return null;
  }
}
