import test from "ava";
import { addon } from "../../src/addon.ts";

/**
 * Whether there is an adapter, a software one included. Without one a skipped test says why; with
 * `TAGSWITCH_REQUIRE_GPU=1` that is a failure. What is put first runs from then on, however slow, here and in processes
 * started from here; the choice between GPU and CPU has tests of its own.
 */
export function gpuAvailable(): boolean {
  process.env["TAGSWITCH_WGPU_CHOICE"] ??= "always";
  try {
    addon.gpuAdapter(true);
    return true;
  } catch (error) {
    if (process.env["TAGSWITCH_REQUIRE_GPU"] === "1") throw error;
    test.skip(`no GPU tests: ${(error as Error).message}`, () => {});
    return false;
  }
}
