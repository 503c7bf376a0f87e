import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { addon } from "../../addon.ts";
import { GpuError } from "../errors.ts";
import type { ParameterSchema, PlacedParameter } from "../gpu-kernel/parameters.ts";
import type { GpuDType, GpuImage } from "../gpu-image.ts";
import type { Image, ImageGeometry } from "../image.ts";
import { display } from "../options.ts";
import { callGpu } from "./addon-call.ts";
import { recorded } from "./wgpu/recorded.ts";

/** The sample types that kernels can write. */
export type KernelOutput = "float32" | "int32";

/** A shader that was found to do what its kernel declares. */
export interface CheckedShader {
  /** The addon's kernel. */
  readonly handle: Exclude<ReturnType<typeof addon.gpuKernel>, { fault: string }>;
  /** Of the images that it reads, in order. */
  readonly inputs: readonly GpuDType[];
  readonly parameters: readonly PlacedParameter[];
  /** Bytes of its struct of parameters. */
  readonly size: number;
}

/** What a shader is to be. */
interface Declared {
  readonly name: string;
  readonly wgsl: string | URL;
  readonly params: ParameterSchema;
  readonly inputs: readonly GpuDType[] | undefined;
  readonly output: KernelOutput;
}

/** The arrays in which shaders have samples. */
const ELEMENTS = { uint8: "u32", uint16: "u32", int32: "i32", float32: "f32" } as const;

/**
 * Reads a shader and compares it with what is declared.
 *
 * @throws GpuError `ERR_GPU_SHADER`, with `location`; `ERR_GPU_DTYPE` where the shader's arrays are not those declared;
 * `ERR_GPU_ARGUMENT` for a file that cannot be read.
 */
export function checkShader({ name, wgsl, params, inputs: declared, output }: Declared): CheckedShader {
  const { text, file } = read(name, wgsl);
  const parameters = Object.entries(params).map(([parameter, type]) => ({ name: parameter, type }));
  const handle = callGpu(name, () => addon.gpuKernel(name, text, file, parameters));
  if ("fault" in handle) {
    const { fault, line, column } = handle;
    const location = line === undefined || column === undefined ? undefined : { file, line, column };
    throw new GpuError("ERR_GPU_SHADER", name, `${name}: ${fault}`, location && { location });
  }
  const shader = callGpu(name, () => addon.gpuKernelShader(handle));
  const wrong = (message: string): GpuError => new GpuError("ERR_GPU_DTYPE", name, `${name}: ${message}`);
  const count = shader.inputs.length;
  if (declared === undefined && count > 1) {
    throw wrong(`the shader reads ${count} images; expected inputs, their dtypes, such as ["float32", "int32"]`);
  }
  if (declared === undefined && shader.inputs[0] === "u32") {
    throw wrong('the shader reads an array<u32>; expected inputs to say what it holds, ["uint8"] or ["uint16"]');
  }
  const inputs = declared ?? [shader.inputs[0] === "f32" ? "float32" : "int32"];
  if (inputs.length !== count) throw wrong(`inputs declares ${inputs.length} images; the shader reads ${count}`);
  inputs.forEach((dtype, i) => {
    const [expected, given] = [ELEMENTS[dtype], shader.inputs[i]];
    if (expected === given) return;
    throw wrong(`inputs declares image ${i} as ${dtype}, an array<${expected}>; the shader reads an array<${given}>`);
  });
  if (ELEMENTS[output] !== shader.output) {
    throw wrong(`output is ${output}, an array<${ELEMENTS[output]}>; the shader writes an array<${shader.output}>`);
  }
  return { handle, inputs, parameters: shader.parameters as PlacedParameter[], size: shader.size };
}

/** The image that a kernel, once recorded, will make. */
export function runShader(
  name: string,
  { handle }: CheckedShader,
  images: readonly (Image | GpuImage)[],
  parameters: Uint8Array,
  { width, height, channels = 1, alpha = channels === 2 || channels === 4 }: ImageGeometry,
): GpuImage {
  const geometry = { width, height, channels };
  return recorded(name, images, (...handles) => addon.gpuKernelRun(handle, handles, parameters, geometry), alpha);
}

/** The text, and what errors call it. */
function read(name: string, wgsl: string | URL): { text: string; file: string } {
  // A shader has spaces; what has none, and something, is a file's name.
  if (typeof wgsl === "string" && !/^\S+$/.test(wgsl)) return { text: wgsl, file: `${name}.wgsl` };
  const wrong = (message: string, cause?: unknown): GpuError =>
    new GpuError("ERR_GPU_ARGUMENT", name, `${name}: ${message}`, { cause });
  if (!(wgsl instanceof URL)) {
    const example = 'new URL("blur.wgsl", import.meta.url)';
    throw wrong(`wgsl is ${display(wgsl)}; expected WGSL, or the URL of a file of it, such as ${example}`);
  }
  try {
    const file = fileURLToPath(wgsl);
    // Editors may put a byte order mark at the begin.
    return { text: readFileSync(file, "utf8").replace(/^\ufeff/, ""), file };
  } catch (error) {
    throw wrong(`wgsl cannot be read: ${(error as Error).message}`, error);
  }
}
