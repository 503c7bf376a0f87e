// The pipeline through the package: images that stay on the GPU between steps.
import { gpu, GpuImage, gpuKernel, Image } from "../../src/image/index.ts";
import { PARAMETERS, samplesOf, STEPS } from "./pipeline.ts";
import { answerWith } from "./turns.ts";

const kernels = STEPS.map(({ name, wgsl, a, b }) => {
  const kernel = gpuKernel({ name: `bench.${name}`, wgsl, output: "float32", params: PARAMETERS });
  return (image: GpuImage): GpuImage => kernel(image, { a, b });
});
const inputs = new Map<number, Image>();

answerWith(`tagswitch, ${gpu.adapter().name}, ${gpu.adapter().driver}`, async (side) => {
  let input = inputs.get(side);
  if (input === undefined) inputs.set(side, (input = new Image(samplesOf(side), { width: side, height: side })));
  const images = [GpuImage.from(input)];
  for (const kernel of kernels) images.push(kernel(images.at(-1)!));
  const { data } = await images.at(-1)!.toImage();
  for (const image of images) image.dispose();
  return data as Float32Array;
});
