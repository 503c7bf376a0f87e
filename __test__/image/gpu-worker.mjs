// A worker thread that does one thing with the GPU and posts an answer.
import { parentPort, workerData } from "node:worker_threads";
import { register } from "tsx/esm/api";

register();
const { GpuImage, Image, filters } = await import("../../src/image/index.ts");
const { addon } = await import("../../src/addon.ts");
const image = new Image(new Float32Array(1024 * 1024), { width: 1024, height: 1024 });

/** The code of what a call throws. */
const code = (call) => {
  try {
    return String(call());
  } catch (error) {
    return error.code;
  }
};

const TASKS = {
  // Leaves the GPU work to do.
  work: () => {
    for (let i = 0; i < 3; i++) void filters.gaussian(GpuImage.from(image), { sigma: 20 }).toImage();
    return "working";
  },
  // An image of another thread, as it arrives here.
  use: (foreign) => [
    code(() => filters.sobel(foreign)),
    code(() => GpuImage.from(foreign)),
    code(() => GpuImage.prototype.toImageSync.call(foreign)),
    code(() => new GpuImage(foreign)),
  ],
  destroy: () => {
    const there = GpuImage.from(image);
    addon.gpuDestroyDevice();
    return code(() => there.toImageSync());
  },
};

parentPort.postMessage(TASKS[workerData.task](workerData.data));
