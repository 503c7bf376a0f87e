import type { Files } from "./application.ts";

/** A library, `signals`, with functions `scale` and `filters.smooth`, and an application that depends on it and more. */
export function signalsApplication(dependencies: readonly string[], files: Files): Files {
  return {
    "package.json": {
      name: "application",
      type: "module",
      dependencies: Object.fromEntries(["signals", "tagswitch", ...dependencies].map((name) => [name, "*"])),
    },
    "node_modules/signals/package.json": {
      ...{ name: "signals", version: "1.0.0", type: "module", exports: "./index.js" },
      tagswitch: { systems: { signals: { module: "signals", endorsed: { "fast-signals": "^1.2.0" } } } },
    },
    "node_modules/signals/index.js": `
      import { createBackendSystem, registerType } from "tagswitch";
      export class Signal {
        constructor(samples, by = "nobody") { this.samples = samples; this.by = by; }
      }
      registerType(Signal, "signals:Signal");
      export const system = createBackendSystem({ name: "signals", defaultTypes: ["signals:Signal"] });
      export const scale = system.dispatchable("scale", { on: [0] }, function scale(signal, factor) {
        return new Signal(signal.samples.map((sample) => sample * factor), "default");
      });
      export const smooth = system.dispatchable("filters.smooth", { on: [0], optionNames: ["span"] }, function smooth(signal, options) {
        return new Signal(signal.samples, "default");
      });
    `,
    ...files,
  };
}

/** A package with backend `fast` for `signals`, which says on its output what of it was loaded and asked. */
export function fastSignals(manifest: object = {}, name = "fast-signals"): Files {
  const at = `node_modules/${name}`;
  return {
    [`${at}/package.json`]: {
      ...{ name, version: "1.2.3", type: "module", exports: "./index.js" },
      tagswitch: { backends: { signals: { fast: "./signals.tagswitch.json" } } },
    },
    [`${at}/index.js`]: `throw new Error("nobody asked for the package itself");`,
    [`${at}/signals.tagswitch.json`]: fastManifest(manifest),
    [`${at}/run.js`]: `
      console.log("run.js loaded");
      import { Signal } from "signals";
      export const scale = (signal, factor) => new Signal(signal.samples.map((sample) => sample * factor), "fast");
      export const smooth = (signal, options) => new Signal(signal.samples, "fast");
    `,
    [`${at}/decide.js`]: `
      console.log("decide.js loaded");
      export const scale = (context, signal) => signal.samples.length > 2 || "too short";
    `,
  };
}

/** The manifest of {@link fastSignals}, with other fields. */
export function fastManifest(fields: object = {}): Record<string, unknown> {
  return {
    system: "signals",
    name: "fast",
    primary: ["signals:Signal"],
    higherPriorityThan: ["default"],
    module: "./run.js",
    functions: { scale: { shouldRun: "./decide.js" }, "filters.smooth": { options: { width: "of the window" } } },
    ...fields,
  };
}
