// An application of many packages that ship backends: what the first call costs that finds all of them.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createBackendSystem } from "../index.ts";
import type { DiscoveryCost } from "./result.ts";

const PACKAGES = 100;
const FUNCTIONS = 100;
const SYSTEM = "tagswitch/bench";

const folder = mkdtempSync(join(tmpdir(), "tagswitch-bench-"));
try {
  writeApplication();
  // The application is the folder of the program that runs.
  process.argv[1] = join(folder, "main.js");
  const system = createBackendSystem({ name: SYSTEM, defaultTypes: ["js:number"] });
  const functions = Array.from({ length: FUNCTIONS }, (_, i) =>
    system.dispatchable(`function${i}`, { on: [0] }, (value: number) => value),
  );
  const start = performance.now();
  functions[0]!(1);
  const milliseconds = performance.now() - start;
  const found = system.backends.length - 1;
  if (found !== PACKAGES) throw new Error(`${found} of ${PACKAGES} backends were found`);
  process.send!({ packages: PACKAGES, entries: PACKAGES * FUNCTIONS, milliseconds } satisfies DiscoveryCost);
} finally {
  rmSync(folder, { recursive: true });
}

function writeApplication(): void {
  const names = Array.from({ length: PACKAGES }, (_, i) => `bench-backend-${i}`);
  const json = (file: string, value: unknown): void => writeFileSync(file, JSON.stringify(value));
  const dependencies = Object.fromEntries(names.map((name) => [name, "*"]));
  json(join(folder, "package.json"), { name: "bench-application", dependencies });
  const functions = Object.fromEntries(Array.from({ length: FUNCTIONS }, (_, i) => [`function${i}`, {}]));
  for (const name of names) {
    const home = join(folder, "node_modules", name);
    mkdirSync(home, { recursive: true });
    const backends = { [SYSTEM]: { [name]: "./tagswitch.json" } };
    json(join(home, "package.json"), { name, version: "1.0.0", tagswitch: { backends } });
    const types = { primary: ["js:bigint"], optIn: true };
    json(join(home, "tagswitch.json"), { system: SYSTEM, name, ...types, module: "./index.js", functions });
  }
}
