// Applications in which the backend packages are installed beside tagswitch.
import { cpSync, mkdirSync, readFileSync, symlinkSync } from "node:fs";
import { dirname, join } from "node:path";
import { ROOT } from "../architecture/checkout.ts";
import { BuiltPackage, type Outcome, type TestApplication } from "../discovery/application.ts";
import { packageFolder } from "./backend-package.ts";

const built = new BuiltPackage();

/** Removes the applications. */
export function removeApplications(): void {
  built.remove();
}

/**
 * Runs a program in an application that depends on these packages, as npm would lay them out. It has `loaded()`, which of
 * the libraries behind them are in the process's memory.
 */
export function runInstalled(packages: readonly string[], program: string): Outcome {
  const application = applicationWith(packages);
  application.write({ "loaded.js": LOADED, "main.js": `import { loaded } from "./loaded.js";\n${program}` });
  return application.run("main.js");
}

/** Runs the `tagswitch` command in the folder of a package that is installed in an application. */
export function commandInstalled(name: string, args: readonly string[]): Outcome {
  return applicationWith([name]).tagswitch(args, { cwd: join("node_modules", name) });
}

function applicationWith(packages: readonly string[]): TestApplication {
  const dependencies = Object.fromEntries(packages.map((name) => [name, "*"]));
  const application = built.application({ "package.json": { type: "module", dependencies } });
  for (const name of packages) {
    const installed = join(application.folder, "node_modules", name);
    cpSync(packageFolder(name), installed, { recursive: true });
    const file = JSON.parse(readFileSync(join(installed, "package.json"), "utf8")) as { dependencies: object };
    for (const dependency of Object.keys(file.dependencies)) {
      const link = join(application.folder, "node_modules", dependency);
      mkdirSync(dirname(link), { recursive: true });
      symlinkSync(join(ROOT, "node_modules", dependency), link);
    }
  }
  return application;
}

/** libvips shows among the process's shared objects, OpenCV, a CommonJS module, in the cache of those. */
const LOADED = `
  import { createRequire } from "node:module";
  const { cache } = createRequire(import.meta.url);
  export const loaded = () => [
    ...(process.report.getReport().sharedObjects.some((file) => /libvips|sharp/.test(file)) ? ["libvips"] : []),
    ...(Object.keys(cache).some((file) => file.includes("opencv-js")) ? ["OpenCV"] : []),
  ].join();
`;
