export { adapter, type GpuAdapter, type GpuStats, setPoolLimit, stats } from "./backends/gpu-engine.ts";
