import { conformance, runOn, TOLERANCES } from "./conformance.ts";
import { gpuAvailable } from "./gpu-available.ts";
import { GPU_REFUSALS } from "./gpu-refusals.ts";

if (gpuAvailable()) {
  conformance("wgpu", runOn("wgpu"), {
    tolerance: TOLERANCES.wgpu,
    refuses: GPU_REFUSALS,
  });
}
