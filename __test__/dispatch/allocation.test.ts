import { execFile } from "node:child_process";
import { promisify } from "node:util";
import test from "ava";
import { TYPESCRIPT } from "../typescript.ts";

const run = promisify(execFile);

test("a call on the hot path allocates nothing, in a scope neither", async (t) => {
  const script = `
    import { geometry, Point, DevicePoint } from ${JSON.stringify(new URL("library.ts", import.meta.url).href)};
    const { system, who } = geometry();
    const points = [new Point(1), new DevicePoint(2)];
    const calls = (count) => {
      let length = 0;
      for (let i = 0; i < count; i++) length += who(points[i & 1]).length;
      return length;
    };
    const bytes = () => {
      calls(1e6);
      const before = process.memoryUsage().heapUsed;
      calls(1e6);
      return process.memoryUsage().heapUsed - before;
    };
    console.log(JSON.stringify([bytes(), system.backend({ disable: "fast" }, bytes)]));`;
  // A young generation that a million of the smallest objects would not fill, so that no collection hides them.
  const flags = ["--max-semi-space-size=256", "--min-semi-space-size=128"];
  const { stdout } = await run(process.execPath, [...flags, TYPESCRIPT, "--input-type=module", "--eval", script]);
  for (const bytes of JSON.parse(stdout) as number[]) t.true(bytes < 1e6, `${bytes} bytes in a million calls`);
});
