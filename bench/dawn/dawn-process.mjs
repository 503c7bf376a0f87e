// The pipeline through Dawn, as one would write it by hand: everything is made once for a size, and reused.
import { requirePeer, versionOf } from "../kernels/install.ts";
import { samplesOf, STEPS, WORKGROUP } from "./pipeline.ts";
import { answerWith } from "./turns.ts";

const { create, globals } = requirePeer("webgpu");
// Dawn ends the process where its instance was collected as garbage: a global is not.
Object.assign(globalThis, globals, { dawn: create([]) });
const { dawn, GPUBufferUsage, GPUMapMode } = globalThis;

const adapter = await dawn.requestAdapter();
if (adapter === null) throw new Error("Dawn found no adapter; on Mesa's lavapipe it wants version 25");
const device = await adapter.requestDevice();
const pipelines = STEPS.map(({ wgsl }) =>
  device.createComputePipeline({
    layout: "auto",
    compute: { module: device.createShaderModule({ code: wgsl }), entryPoint: "main" },
  }),
);
const prepared = new Map();

answerWith(`Dawn (webgpu ${versionOf("webgpu")}), ${adapter.info.description}`, async (side) => {
  let at = prepared.get(side);
  if (at === undefined) prepared.set(side, (at = prepare(side)));
  const { samples, buffers, groups, staging } = at;
  device.queue.writeBuffer(buffers[0], 0, samples);
  const encoder = device.createCommandEncoder();
  const pass = encoder.beginComputePass();
  for (const [i, pipeline] of pipelines.entries()) {
    pass.setPipeline(pipeline);
    pass.setBindGroup(0, groups[i]);
    pass.dispatchWorkgroups(Math.ceil(side / WORKGROUP[0]), Math.ceil(side / WORKGROUP[1]));
  }
  pass.end();
  encoder.copyBufferToBuffer(buffers[STEPS.length % 2], 0, staging, 0, samples.byteLength);
  device.queue.submit([encoder.finish()]);
  await staging.mapAsync(GPUMapMode.READ);
  const result = new Float32Array(staging.getMappedRange().slice(0));
  staging.unmap();
  return result;
});

/** Two buffers for images, which steps read and write in turns. */
function prepare(side) {
  const samples = samplesOf(side);
  const { COPY_DST, COPY_SRC, MAP_READ, STORAGE } = GPUBufferUsage;
  const buffer = (size, usage) => device.createBuffer({ size, usage });
  const buffers = [0, 1].map(() => buffer(samples.byteLength, STORAGE | COPY_SRC | COPY_DST));
  const groups = STEPS.map(({ a, b }, i) => {
    const parameters = buffer(16, STORAGE | COPY_DST);
    device.queue.writeBuffer(parameters, 0, Uint32Array.of(side, side));
    device.queue.writeBuffer(parameters, 8, Float32Array.of(a, b));
    const bound = [parameters, buffers[i % 2], buffers[(i + 1) % 2]];
    const entries = bound.map((one, binding) => ({ binding, resource: { buffer: one } }));
    return device.createBindGroup({ layout: pipelines[i].getBindGroupLayout(0), entries });
  });
  return { samples, buffers, groups, staging: buffer(samples.byteLength, MAP_READ | COPY_DST) };
}
