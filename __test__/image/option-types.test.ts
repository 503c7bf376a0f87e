// Options that a backend from outside adds are typed where its package merges them into the library's.
import test from "ava";
import { explain } from "../../src/index.ts";
import { filters, Image, system } from "../../src/image/index.ts";

declare module "../../src/image/index.ts" {
  interface DispatchOptions {
    /** Reaches the backend `tiled` only. */
    tiled?: { overlap?: number };
  }
  namespace filters {
    interface GaussianOptions {
      /** Into how many pieces `tiled` cuts an image. */
      tiles?: number;
    }
  }
}

const image = new Image(new Float32Array(12), { width: 4, height: 3 });
const seen: unknown[] = [];
system.registerBackend({ name: "tiled", primary: ["tagswitch/image:Image"] }).implement(
  filters.gaussian,
  (given, options) => {
    seen.push([options?.tiles, options?.tiled?.overlap]);
    return given;
  },
  { options: { tiles: "into how many pieces", overlap: "of pieces, in pixels" } },
);

test("a backend's plain options, and those in its own object, are options of the function, typed and documented", (t) => {
  t.is(filters.gaussian(image, { sigma: 1, tiles: 4, tiled: { overlap: 2 } }), image);
  t.deepEqual(seen, [[4, 2]]);
  t.is(explain(filters.gaussian, image, { tiled: { overlap: 2 } }).backend, "native");
  // @ts-expect-error -- a number
  t.is(filters.gaussian(image, { tiles: "4" }), image);
  // @ts-expect-error -- misspelt
  t.throws(() => filters.gaussian(image, { backend: "tiled", tiled: { overlaps: 2 } }), { message: /tiles, overlap/ });
  // @ts-expect-error -- of another function
  t.throws(() => filters.sobel(image, { tiles: 4 }), { code: "ERR_IMAGE_OPTION" });
});
