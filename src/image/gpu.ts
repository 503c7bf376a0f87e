export {
  adapter,
  capabilities,
  type GpuAdapter,
  type GpuCapabilities,
  type GpuPipelineCache,
  type GpuStats,
  setFusion,
  setPoolLimit,
  stats,
} from "./backends/gpu-engine.ts";
export { type GpuChoice, setChoice } from "./backends/gpu-choice.ts";
export { type KernelTime, kernelTimes } from "./backends/gpu-timing.ts";
export { GpuTrace, trace } from "./backends/gpu-trace.ts";
export { stream, type StreamContext, type Streamed } from "./stream.ts";
