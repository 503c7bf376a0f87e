import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as library from "tagswitch/image";
import { packageRoot } from "../../../src/package-root.ts";
import { numbers, type Toolbox } from "./index.ts";

/** The library itself. */
export function open(): Toolbox {
  const { version } = JSON.parse(readFileSync(join(packageRoot, "package.json"), "utf8")) as { version: string };
  return {
    version,
    names: { ...library },
    take: ({ data, width, height, channels }) => new library.Image(data, { width, height, channels }),
    samples: (result) => (result instanceof library.Image ? result.data : numbers(result)),
  };
}
