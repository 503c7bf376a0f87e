// A worker thread that leaves the GPU work to do.
import { parentPort } from "node:worker_threads";
import { register } from "tsx/esm/api";

register();
const { GpuImage, Image, filters } = await import("../../src/image/index.ts");
const image = new Image(new Float32Array(1024 * 1024), { width: 1024, height: 1024 });
for (let i = 0; i < 3; i++) void filters.gaussian(GpuImage.from(image), { sigma: 20 }).toImage();
parentPort.postMessage("working");
