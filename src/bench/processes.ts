import { fork, spawn } from "node:child_process";
import { once } from "node:events";
import { pathToFileURL } from "node:url";
import { moduleFile } from "./module.ts";
import type { ImportTime } from "./result.ts";
import { median } from "./statistics.ts";

/** Runs a module of `src/bench/` in a process of its own; resolves to the message that it sends. */
export async function measureIn<T>(module: string): Promise<T> {
  const child = fork(moduleFile(`bench/${module}`), {
    execArgv: process.execArgv,
    stdio: ["ignore", "ignore", "pipe", "ipc"],
  });
  let errors = "";
  child.stderr!.on("data", (chunk: Buffer) => (errors += chunk.toString()));
  let message: T | undefined;
  child.once("message", (sent) => (message = sent as T));
  const [code] = (await once(child, "close")) as [number | null];
  if (message === undefined || code !== 0) throw new Error(`${module} ended with ${String(code)}: ${errors.trim()}`);
  return message;
}

/** What a package's entries add to Node's own start, each measured `rounds` times, in turns. */
export async function measureImports(entries: Readonly<Record<string, string>>, rounds: number): Promise<ImportTime> {
  const scripts = {
    node: "0",
    ...Object.fromEntries(Object.entries(entries).map(([name, at]) => [name, importing(at)])),
  };
  const times = new Map(Object.keys(scripts).map((name): [string, number[]] => [name, []]));
  for (let round = 0; round < rounds; round++) {
    for (const [name, script] of Object.entries(scripts)) times.get(name)!.push(await milliseconds(script));
  }
  const own = median(times.get("node")!);
  const added = Object.keys(entries).map((name): [string, number] => [name, median(times.get(name)!) - own]);
  return { nodeMilliseconds: own, addedMilliseconds: Object.fromEntries(added) };
}

function importing(module: string): string {
  return `await import(${JSON.stringify(pathToFileURL(moduleFile(module)).href)})`;
}

async function milliseconds(script: string): Promise<number> {
  const start = performance.now();
  const child = spawn(process.execPath, [...process.execArgv, "--input-type=module", "--eval", script], {
    stdio: ["ignore", "ignore", "inherit"],
  });
  const [code] = (await once(child, "close")) as [number | null];
  if (code !== 0) throw new Error(`a process that ran ${script} ended with ${String(code)}`);
  return performance.now() - start;
}
