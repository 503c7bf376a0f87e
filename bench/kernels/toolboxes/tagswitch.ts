import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as library from "tagswitch/image";
import { packageRoot } from "../../../src/package-root.ts";
import { numbers, type Toolbox } from "./index.ts";

/** The library itself. Calls name `out` where a function takes it: nothing, or the image that an earlier call gave, or several. */
export function open(): Toolbox {
  const { version } = JSON.parse(readFileSync(join(packageRoot, "package.json"), "utf8")) as { version: string };
  return {
    version,
    names: { ...library, out: undefined },
    take: ({ data, width, height, channels }) => new library.Image(data, { width, height, channels }),
    canReuse: (result) => {
      const parts = typeof result === "object" && result !== null ? Object.values(result) : [];
      return (
        result instanceof library.Image || (parts.length > 0 && parts.every((part) => part instanceof library.Image))
      );
    },
    samples: (result) => (result instanceof library.Image ? result.data : numbers(result)),
  };
}
