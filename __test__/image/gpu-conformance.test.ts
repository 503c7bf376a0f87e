import { conformance, runOn } from "./conformance.ts";
import { gpuAvailable } from "./gpu-available.ts";

if (gpuAvailable()) {
  // Every step is rounded to 32 bits, and drivers may be off in the last places.
  conformance("wgpu", runOn("wgpu"), {
    tolerance: 1e-4,
    skip: [
      { titles: /float64/, reason: "the GPU has 32-bit floats only" },
      { titles: /label2rgb .*"kind":"avg"/, reason: "sums by region are not done on the GPU" },
      { titles: /thresholdOtsu generated int32/, reason: "levels lie too far apart for a bin each" },
    ],
  });
}
