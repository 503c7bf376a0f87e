// A backend package's functions as its manifest names them, without the dispatcher: first what decides, then what computes.
import "./from-sources.ts";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Run } from "../image/conformance.ts";

interface Manifest {
  readonly functions: Readonly<Record<string, { readonly module: string; readonly shouldRun: string }>>;
}

type Callable = (...args: readonly unknown[]) => unknown;

/** The folder of a package under `backends/`. */
export function packageFolder(name: string): string {
  return join(import.meta.dirname, "../../backends", name);
}

/** A file of a package under `backends/`. */
export async function exportsOf(name: string, file: string): Promise<Readonly<Record<string, unknown>>> {
  return (await import(join(packageFolder(name), file))) as Readonly<Record<string, unknown>>;
}

/** Calls the functions of a package; a refusal is an error with the reason. */
export function runPackage(name: string): Run {
  const manifest = JSON.parse(readFileSync(join(packageFolder(name), "image.tagswitch.json"), "utf8")) as Manifest;
  return async (operation, args) => {
    const implementation = manifest.functions[operation];
    if (!implementation) throw new Error(`${name} does not have it`);
    const called = operation.slice(operation.indexOf(".") + 1);
    const shouldRun = (await exportsOf(name, implementation.shouldRun))[called] as Callable;
    const decision = shouldRun({}, ...args);
    if (decision !== true) throw new Error(String(decision));
    return ((await exportsOf(name, implementation.module))[called] as Callable)(...args);
  };
}
