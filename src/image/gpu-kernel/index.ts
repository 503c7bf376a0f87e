import { decide } from "../backends/gpu-choice.ts";
import { checkShader, type CheckedShader, type KernelOutput, runShader } from "../backends/gpu-shader.ts";
import { wgpu } from "../backends/wgpu/backend.ts";
import { GpuError } from "../errors.ts";
import { type GpuDType, GpuImage } from "../gpu-image.ts";
import type { ImageHeader } from "../header.ts";
import { checkSamples, Image, type ImageGeometry } from "../image.ts";
import type { Operation } from "../operation.ts";
import { display } from "../options.ts";
import { dispatchable, type DispatchOptions } from "../system.ts";
import { checkSchema, packParameters, type ParameterSchema, type ParameterValues } from "./parameters.ts";

export type { KernelOutput, ParameterSchema, ParameterValues };

/** The images of a kernel, one for each of its inputs. */
type Images<I extends readonly GpuDType[]> = { -readonly [K in keyof I]: Image };

/** What callers give beside images. */
type Options<P extends ParameterSchema> = { [K in keyof P]: ParameterValues[P[K]] } & DispatchOptions;

/** The arguments of a kernel: images, then options, which may be left out where there is no schema (`never`). */
type Arguments<I extends readonly GpuDType[], P extends ParameterSchema> = [P] extends [never]
  ? [...images: Images<I>, options?: DispatchOptions]
  : [...images: Images<I>, options: Options<P>];

/** A kernel as a function on images. */
type KernelFunction<I extends readonly GpuDType[], P extends ParameterSchema> = (...args: Arguments<I, P>) => Image;

/** A kernel of one's own: a dispatchable, on images wherever they lie. */
export type GpuKernel<I extends readonly GpuDType[], P extends ParameterSchema> = Operation<KernelFunction<I, P>>;

/** What a kernel is. */
export interface GpuKernelDefinition<I extends readonly GpuDType[], P extends ParameterSchema> {
  /** Words joined by dots, such as `"mine.posterize"`, that no other function of the library has. */
  name: string;
  /** The shader, or the `file:` URL of one. */
  wgsl: string | URL;
  /** The dtypes of the images, in the order of their bindings. Default: one, as the shader's array says. */
  inputs?: I;
  /** The dtype of the result; with `geometry`, its size from those of the images. Default: the first image's size. */
  output: KernelOutput | { dtype: KernelOutput; geometry: (...images: ImageHeader[]) => ImageGeometry };
  /** What callers give beside images, as members of the shader's struct. */
  params?: P;
  /** The same in TypeScript, for images in main memory where the GPU is not asked for. */
  reference?: NoInfer<KernelFunction<I, P>>;
}

/**
 * Makes an operation of a WGSL compute shader. Whatever is wrong with the shader is found here, without a GPU; it is
 * compiled when it first runs. The name is taken for as long as the process lives.
 *
 * The shader has one entry point, `@compute`, and in group 0, at any bindings,
 *
 * - for each image that it reads a `var<storage, read>`: `array<f32>` for `float32`, `array<i32>` for `int32`, `array<u32>`
 *   for `uint8` (four samples to a word, the first in the lowest bits) and `uint16` (two);
 * - for the result one `var<storage, read_write>`: `array<f32>` or `array<i32>`. What it does not write is 0;
 * - for parameters at most one struct, `var<storage, read>` or `var<uniform>`. Members that `params` lacks, of type `u32`, are
 *   filled in: `width`, `height`, `channels` of the result, and with the variable's name before, `source_width`, of an image.
 *
 * It runs for each column, row and channel of the result, in x, y and z of `global_invocation_id`, rounded up to whole
 * workgroups: invocations beyond the edges must do nothing. Indices beyond an array reach no other memory. A shader that never
 * ends is ended by nobody but the driver.
 *
 * The operation records and returns a `GpuImage` for `GpuImage`s. For an `Image` it runs `reference`; on the GPU where
 * that is asked for, as with any operation. It throws GpuError `ERR_GPU_DTYPE` for images of other dtypes, `ERR_GPU_ARGUMENT`,
 * `ERR_GPU_UNSUPPORTED` where it would need a reference; ImageError `ERR_IMAGE_OPTION` for parameters.
 *
 * @throws GpuError `ERR_GPU_SHADER`, with `location`, line and column; `ERR_GPU_DTYPE` where the shader's arrays are not those
 * declared; `ERR_GPU_ARGUMENT`. DispatchError `ERR_DISPATCH_DUPLICATE` for a name that is taken.
 */
export function gpuKernel<
  const I extends readonly GpuDType[] = readonly ["float32"],
  const P extends ParameterSchema = never,
>(definition: GpuKernelDefinition<I, P>): GpuKernel<I, P> {
  const { name, wgsl, inputs, output, params, reference } = checkDefinition(definition);
  const { dtype, geometry } = typeof output === "string" ? { dtype: output, geometry: undefined } : output;
  const shader = checkShader({ name, wgsl, inputs, params, output: dtype });
  const count = shader.inputs.length;
  const prepare = (args: readonly unknown[]): { images: (Image | GpuImage)[]; parameters: Uint8Array } => {
    const images = checkImages(name, shader, args);
    return { images, parameters: packParameters(name, shader.parameters, shader.size, args[count]) };
  };
  const own = (...args: unknown[]): unknown => {
    const { images } = prepare(args);
    if (reference !== undefined) return (reference as (...given: unknown[]) => unknown)(...args);
    // Where the GPU was asked for and refused, that is why this is called.
    const refusal = decide({ function: name, prioritized: true, forced: false }, images, 0);
    const reason = refusal === true ? "give it a GpuImage, or put backend wgpu first" : refusal;
    throw new GpuError("ERR_GPU_UNSUPPORTED", name, `${name}: it has no reference, only a shader: ${reason}`);
  };
  Object.defineProperty(own, "name", { value: name.slice(name.lastIndexOf(".") + 1) });
  const on = shader.inputs.map((_, i) => i);
  const operation = dispatchable(name, { on, options: count }, own as unknown as KernelFunction<I, P>);
  wgpu.implement(
    operation as (...args: unknown[]) => unknown,
    (...args) => {
      const { images, parameters } = prepare(args);
      const size = geometry === undefined ? images[0]! : checkGeometry(name, geometry(...images));
      return runShader(name, shader, images, parameters, size);
    },
    {
      shouldRun: (context, ...args) => {
        const images = args.slice(0, count) as Image[];
        return decide(context, images, resultBytes(images, geometry));
      },
    },
  );
  return operation;
}

/** A definition of which everything but the shader was checked. */
interface CheckedDefinition {
  readonly name: string;
  readonly wgsl: string | URL;
  readonly inputs: readonly GpuDType[] | undefined;
  readonly output: GpuKernelDefinition<readonly GpuDType[], ParameterSchema>["output"];
  readonly params: ParameterSchema;
  readonly reference: unknown;
}

const DTYPES: ReadonlySet<unknown> = new Set(["uint8", "uint16", "int32", "float32"]);
const OUTPUTS: ReadonlySet<unknown> = new Set(["float32", "int32"]);
const MEMBERS: ReadonlySet<string> = new Set(["name", "wgsl", "inputs", "output", "params", "reference"]);

function checkDefinition(definition: unknown): CheckedDefinition {
  const given = (definition ?? {}) as Partial<Record<keyof CheckedDefinition, unknown>>;
  const { name, wgsl, inputs, output, params = {}, reference } = given;
  const wrong = (what: string, value: unknown, expected: string): GpuError => {
    const message = `gpuKernel: ${what} is ${display(value)}; expected ${expected}`;
    return new GpuError("ERR_GPU_ARGUMENT", "gpuKernel", message);
  };
  if (typeof name !== "string" || !/^[A-Za-z]\w*(\.\w+)*$/.test(name)) {
    throw wrong("name", name, 'words joined by dots, such as "mine.posterize"');
  }
  const unknown = Object.keys(given).find((member) => !MEMBERS.has(member));
  if (unknown !== undefined) throw wrong("a member", unknown, `one of ${[...MEMBERS].join(", ")}`);
  if (inputs !== undefined && !(Array.isArray(inputs) && inputs.length > 0 && inputs.every((one) => DTYPES.has(one)))) {
    throw wrong("inputs", inputs, `the images' dtypes, of ${[...DTYPES].join(", ")}`);
  }
  const { dtype, geometry } = (typeof output === "object" && output !== null ? output : { dtype: output }) as {
    dtype?: unknown;
    geometry?: unknown;
  };
  if (!OUTPUTS.has(dtype) || (typeof output === "object" && typeof geometry !== "function")) {
    throw wrong("output", output, '"float32", "int32" or { dtype, geometry }, where geometry is a function');
  }
  if (reference !== undefined && typeof reference !== "function") throw wrong("reference", reference, "a function");
  checkSchema(name, params);
  return { name, wgsl, inputs, output, params, reference } as CheckedDefinition;
}

/** The images of a call, of the dtypes that the shader reads. */
function checkImages(name: string, shader: CheckedShader, args: readonly unknown[]): (Image | GpuImage)[] {
  const extra = args.length - shader.inputs.length - 1;
  if (extra > 0) {
    const message = `${args.length} arguments; expected ${shader.inputs.length} images, then options`;
    throw new GpuError("ERR_GPU_ARGUMENT", name, `${name}: ${message}`);
  }
  return shader.inputs.map((dtype, i) => {
    const image = args[i];
    if (!(image instanceof Image || image instanceof GpuImage)) {
      const message = `argument ${i} is ${display(image)}; expected an image: the shader reads ${shader.inputs.length}`;
      throw new GpuError("ERR_GPU_ARGUMENT", name, `${name}: ${message}`);
    }
    if (image instanceof Image) checkSamples(image);
    if (image.dtype === dtype) return image;
    throw new GpuError("ERR_GPU_DTYPE", name, `${name}: image ${i} is ${image.dtype}; the shader reads ${dtype}`);
  });
}

/** Bytes of the result for each pixel of the first image; none where sizes are wrong, which the operation will say. */
function resultBytes(images: readonly Image[], geometry?: (...images: ImageHeader[]) => ImageGeometry): number {
  const [first] = images;
  if (first === undefined) return 0;
  try {
    const { width, height, channels = 1 } = geometry?.(...images) ?? first;
    return (4 * width * height * channels) / (first.width * first.height);
  } catch {
    return 0;
  }
}

/** What `geometry` answered, if it is one. */
function checkGeometry(name: string, geometry: unknown): ImageGeometry {
  const { width, height, channels = 1 } = (geometry ?? {}) as Partial<ImageGeometry>;
  const isCount = (value: unknown): boolean => Number.isInteger(value) && Number(value) >= 1 && Number(value) < 2 ** 32;
  if ([width, height, channels].every(isCount)) return geometry as ImageGeometry;
  const shown = [height, width, channels].map(display).join(" × ");
  const message = `geometry answers height × width × channels of ${shown}; expected whole numbers of at least 1`;
  throw new GpuError("ERR_GPU_ARGUMENT", name, `${name}: ${message}`);
}
