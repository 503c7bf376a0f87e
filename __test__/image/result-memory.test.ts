// Results so large that their memory is the addon's to get.
import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { pathToFileURL } from "node:url";
import test from "ava";
import { Image, util } from "../../src/image/index.ts";
import { TYPESCRIPT } from "../typescript.ts";

const SHAPE = { width: 8192, height: 4097 };

test("large results have memory of their own, of which the last one left nothing", (t) => {
  const image = new Image(new Uint8Array(SHAPE.width * SHAPE.height).fill(7), SHAPE);
  let last: Image = image;
  for (let value = 0; value < 6; value++) {
    const inverted = util.invert(last);
    t.not(inverted.data.buffer, last.data.buffer);
    t.is(inverted.data.byteOffset, 0);
    t.is(inverted.data.buffer.byteLength, image.data.length);
    const expected = value % 2 === 0 ? 248 : 7;
    t.true(inverted.data.every((sample) => sample === expected));
    t.true(last.data.every((sample) => sample === 255 - expected));
    last = inverted;
  }
});

const PRLIMIT = "/usr/bin/prlimit";

(existsSync(PRLIMIT) ? test : test.skip)(
  "no memory for a result is an error with a code, and the process goes on",
  (t) => {
    const library = JSON.stringify(pathToFileURL("src/image/index.ts").href);
    const script = `
    import { execFileSync } from "node:child_process";
    import { readFileSync } from "node:fs";
    const { Image, util } = await import(${library});
    const image = new Image(new Uint8Array(20_000 * 15_000), { width: 20_000, height: 15_000 });
    const kilobytes = Number(/VmSize:\\s*(\\d+)/.exec(readFileSync("/proc/self/status", "utf8"))[1]);
    execFileSync("${PRLIMIT}", ["--pid", String(process.pid), "--as=" + 1024 * (kilobytes + 600_000)]);
    try {
      util.imgAsFloat(image);
    } catch ({ name, code, message }) {
      console.log(JSON.stringify({ name, code, message }));
    }
    console.log(util.invert(new Image(Uint8Array.of(1), { width: 1, height: 1 })).data[0]);`;
    const args = [TYPESCRIPT, "--input-type=module", "--eval", script];
    const [failure, next] = execFileSync(process.execPath, args, { encoding: "utf8" }).trim().split("\n");
    const { name, code, message } = JSON.parse(failure!) as Record<string, string>;
    t.is(name, "ImageError");
    t.is(code, "ERR_IMAGE_LIMIT");
    t.regex(message!, /no memory for a result of 300000000 samples of float32, 1200000000 bytes/);
    t.is(next, "254");
  },
);
