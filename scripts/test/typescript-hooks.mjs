// What `typescript.mjs` registers: TypeScript becomes JavaScript as Node loads it, once for each content of a file.
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { threadId } from "node:worker_threads";
import { at } from "../setup/project.mjs";

const { version } = JSON.parse(readFileSync(at("node_modules/esbuild/package.json"), "utf8"));
const OPTIONS = {
  loader: "ts",
  format: "esm",
  target: "node20",
  charset: "utf8",
  sourcemap: "inline",
  sourcesContent: false,
};
const CACHE = at("node_modules/.cache/tagswitch-typescript");
mkdirSync(CACHE, { recursive: true });

/** Node's load hook (https://nodejs.org/api/module.html#loadurl-context-nextload). */
export async function load(url, context, nextLoad) {
  if (!url.startsWith("file:") || !new URL(url).pathname.endsWith(".ts")) return nextLoad(url, context);
  const file = fileURLToPath(url);
  const typescript = readFileSync(file, "utf8");
  // One file for each source, which ends with what it was made of.
  const cached = join(CACHE, `${digest(file)}.js`);
  const mark = `\n//${digest(version, JSON.stringify(OPTIONS), typescript)}`;
  const before = readIfThere(cached);
  const source = before?.endsWith(mark) ? before : await compiled(typescript, file, cached, mark);
  return { format: "module", source, shortCircuit: true };
}

async function compiled(typescript, file, cached, mark) {
  const { transform } = await import("esbuild");
  const { code } = await transform(typescript, { ...OPTIONS, sourcefile: file });
  const text = `${code}${mark}`;
  // Whole at once, as others may look for it.
  const whole = `${cached}.${process.pid}-${threadId}`;
  writeFileSync(whole, text);
  renameSync(whole, cached);
  return text;
}

function digest(...parts) {
  return createHash("sha1").update(parts.join("\0")).digest("hex");
}

function readIfThere(file) {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return null;
  }
}
