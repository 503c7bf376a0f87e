// An application's folder with a library, its suite and a backend package, for the command to look at.
import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

const ROOT = join(import.meta.dirname, "../..");

/** How the command ended. */
export interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A folder of files, deleted by `remove`. */
export interface Project {
  readonly folder: string;
  write(file: string, content: string | object): void;
  /** Runs `tagswitch verify` in a folder of the project. */
  verify(folder: string, ...args: string[]): Promise<Outcome>;
  /** Runs another program in a folder of the project. */
  node(folder: string, args: readonly string[], environment?: Readonly<Record<string, string>>): Promise<Outcome>;
  remove(): void;
}

const LIBRARY = `
import { createBackendSystem } from "tagswitch";
export class Vector {
  static [Symbol.for("tagswitch.type")] = "vectors:Vector";
  constructor(values) { this.values = values; }
}
export const system = createBackendSystem({ name: "vectors/core", defaultTypes: ["vectors:Vector"] });
export const sum = system.dispatchable("sum", { on: [0] }, ({ values }) => values.reduce((a, b) => a + b, 0));
export const scale = system.dispatchable("scale", { on: [0] }, ({ values }) => new Vector(values.map((v) => 2 * v)));
const own = (name, result, shouldRun) => {
  const backend = system.registerBackend({ name, primary: ["vectors:Vector"] });
  backend.implement(sum, () => result, shouldRun && { shouldRun });
};
own("good", 6);
own("near", 6.01);
own("idle", 6, () => "not today");
`;

const SUITE = `
import assert from "node:assert/strict";
import { defineSuite } from "tagswitch/testing";
import { scale, sum, system, Vector } from "vectors";
export default defineSuite({
  system,
  settings: { tolerance: 0 },
  cases: [
    {
      function: "sum",
      name: "adds",
      run: async ({ call, settings }) =>
        assert.ok(Math.abs((await call(sum, new Vector([1, 2, 3]))) - 6) <= settings.tolerance, "the sum is off"),
    },
    {
      function: "scale",
      name: "doubles",
      run: async ({ call }) => assert.deepEqual((await call(scale, new Vector([1, 2]))).values, [2, 4]),
    },
  ],
});
`;

/** A project with the library `vectors` and this package, from its sources, in `node_modules`. */
export function makeProject(): Project {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "tagswitch-verify-")));
  const write = (file: string, content: string | object): void => {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), typeof content === "string" ? content : JSON.stringify(content));
  };
  write("node_modules/tagswitch/package.json", {
    name: "tagswitch",
    type: "module",
    exports: {
      ".": "./src/index.ts",
      "./testing": "./src/testing/index.ts",
      "./testing/register": "./src/testing/register.ts",
    },
  });
  symlinkSync(join(ROOT, "src"), join(folder, "node_modules/tagswitch/src"));
  write("node_modules/vectors/package.json", {
    name: "vectors",
    type: "module",
    exports: { ".": "./index.js", "./suite": { import: "./suite.js" } },
    tagswitch: { systems: { "vectors/core": { module: "vectors", suite: "vectors/suite" } } },
  });
  write("node_modules/vectors/index.js", LIBRARY);
  write("node_modules/vectors/suite.js", SUITE);
  const node: Project["node"] = (where, args, environment = {}) =>
    new Promise((resolve) => {
      const command = ["--import", import.meta.resolve("tsx"), ...args];
      const options = { cwd: join(folder, where), env: { ...process.env, ...environment } };
      execFile(process.execPath, command, options, (error, stdout, stderr) =>
        resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr }),
      );
    });
  return {
    folder,
    write,
    node,
    verify: (where, ...args) => node(where, [join(ROOT, "src/cli/index.ts"), "verify", ...args]),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
