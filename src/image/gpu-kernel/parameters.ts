import { GpuError } from "../errors.ts";
import { display, OptionReader } from "../options.ts";

/** What WGSL calls the types that a parameter can have, with what callers give for them. */
export interface ParameterValues {
  f32: number;
  i32: number;
  u32: number;
  vec2f: readonly [number, number];
  vec2i: readonly [number, number];
  vec2u: readonly [number, number];
  vec3f: readonly [number, number, number];
  vec3i: readonly [number, number, number];
  vec3u: readonly [number, number, number];
  vec4f: readonly [number, number, number, number];
  vec4i: readonly [number, number, number, number];
  vec4u: readonly [number, number, number, number];
}

/** The type of a parameter. */
export type ParameterType = keyof ParameterValues;

/** The parameters that callers of a kernel give: names with types. */
export type ParameterSchema = Readonly<Record<string, ParameterType>>;

/** A parameter in the shader's struct. */
export interface PlacedParameter {
  readonly name: string;
  readonly type: ParameterType;
  /** Bytes from the start of the struct. */
  readonly offset: number;
}

/** Ranges of components, by the last letter of a vector's type. */
const RANGES = {
  f: [-3.4028234663852886e38, 3.4028234663852886e38],
  i: [-(2 ** 31), 2 ** 31 - 1],
  u: [0, 2 ** 32 - 1],
} as const;

const TYPE = /^(?:([fiu])32|vec([234])([fiu]))$/;

/** Names that are the dispatcher's, or a dimension wherever the schema lacks them. */
const RESERVED = new Set(["backend", "signal"]);

/** Refuses, with `ERR_GPU_ARGUMENT`, what is no schema. */
export function checkSchema(kernel: string, schema: unknown): asserts schema is ParameterSchema {
  const wrong = (message: string): GpuError => new GpuError("ERR_GPU_ARGUMENT", kernel, `${kernel}: ${message}`);
  if (typeof schema !== "object" || schema === null) {
    throw wrong(`params is ${display(schema)}; expected an object such as { gain: "f32" }`);
  }
  for (const [name, type] of Object.entries(schema)) {
    if (RESERVED.has(name)) throw wrong(`a parameter cannot be called ${name}: the dispatcher's option is`);
    if (typeof type === "string" && TYPE.test(type)) continue;
    throw wrong(
      `parameter ${name} has type ${display(type)}; expected "f32", "i32", "u32" or a vector such as "vec3f"`,
    );
  }
}

/**
 * The bytes of the shader's struct, with the parameters among `options` in their places.
 *
 * @param size bytes of the struct.
 * @throws ImageError `ERR_IMAGE_OPTION` for one that is missing, of another type or out of range, and for unknown options.
 */
export function packParameters(
  kernel: string,
  parameters: readonly PlacedParameter[],
  size: number,
  options: unknown,
): Uint8Array {
  const names = parameters.map(({ name }) => name);
  const read = new OptionReader(kernel, options, names);
  const view = new DataView(new ArrayBuffer(size));
  for (const { name, type, offset } of parameters) {
    const [, scalar, count, vector] = TYPE.exec(type)!;
    const kind = (scalar ?? vector) as keyof typeof RANGES;
    const [least, most] = RANGES[kind];
    const isComponent = (value: unknown): value is number =>
      (kind === "f" ? Number.isFinite(value) : Number.isInteger(value)) &&
      (value as number) >= least &&
      (value as number) <= most;
    const given = read.value(name);
    const components: unknown[] = count === undefined ? [given] : Array.isArray(given) ? given : [];
    if (components.length !== Number(count ?? 1) || !components.every(isComponent)) {
      const number = kind === "f" ? "a finite number within 32 bits" : `a whole number from ${least} to ${most}`;
      throw read.invalid(name, given, count === undefined ? number : `an array of ${count}, each ${number}`);
    }
    components.forEach((component, i) => {
      const at = offset + 4 * i;
      // Every platform with a GPU that wgpu knows is little-endian.
      if (kind === "f") view.setFloat32(at, component, true);
      else if (kind === "i") view.setInt32(at, component, true);
      else view.setUint32(at, component, true);
    });
  }
  return new Uint8Array(view.buffer);
}
