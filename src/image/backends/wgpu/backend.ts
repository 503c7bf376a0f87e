import type { Backend } from "../../../index.ts";
import { system } from "../../system.ts";

/**
 * The compute shaders of crates/kernels-gpu, on images that stay on the GPU.
 *
 * Runs for images there, and for others when it is prioritized and that is worth it: they are uploaded and the result
 * is brought back.
 */
export const wgpu: Backend = system.registerBackend({
  name: "wgpu",
  primary: ["tagswitch/image:GpuImage"],
  secondary: ["tagswitch/image:Image"],
});
