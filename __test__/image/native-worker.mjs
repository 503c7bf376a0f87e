// A worker thread that leaves kernels in flight.
import { parentPort } from "node:worker_threads";
import { register } from "tsx/esm/api";

register();
const { Image, filters } = await import("../../src/image/index.ts");
const image = new Image(new Float32Array(512 * 512), { width: 512, height: 512 });
for (let i = 0; i < 4; i++) void filters.gaussian.async(image, { sigma: 20, backend: "native" });
parentPort.postMessage("working");
