// Five steps on 32-bit floats as WGSL of one's own, which both engines get as it stands.

/** One step: its shader and what its parameters `a` and `b` are. */
export interface Step {
  readonly name: string;
  readonly wgsl: string;
  readonly a: number;
  readonly b: number;
}

/** Threads of a workgroup in x and y. */
export const WORKGROUP: readonly [number, number] = [16, 8];

/** The parameters as `gpuKernel` takes them. */
export const PARAMETERS: { readonly a: "f32"; readonly b: "f32" } = { a: "f32", b: "f32" };

export const STEPS: readonly Step[] = [
  step("level", 1.5, -0.25, "return at(x, y) * params.a + params.b;"),
  step("across", 2, 0, gaussian("at(x + k, y)")),
  step("down", 2, 0, gaussian("at(x, y + k)")),
  step(
    "edges",
    0.25,
    0,
    `return params.a * length(vec2f(
    at(x + 1, y - 1) + 2 * at(x + 1, y) + at(x + 1, y + 1) - at(x - 1, y - 1) - 2 * at(x - 1, y) - at(x - 1, y + 1),
    at(x - 1, y + 1) + 2 * at(x, y + 1) + at(x + 1, y + 1) - at(x - 1, y - 1) - 2 * at(x, y - 1) - at(x + 1, y - 1)));`,
  ),
  step("contrast", 10, 0.05, "return 1 / (1 + exp(params.a * (params.b - at(x, y))));"),
];

/** `body` returns the result at column `x`, row `y`. */
function step(name: string, a: number, b: number, body: string): Step {
  const wgsl = `
struct Params { width: u32, height: u32, a: f32, b: f32 }
@group(0) @binding(0) var<storage, read> params: Params;
@group(0) @binding(1) var<storage, read> source: array<f32>;
@group(0) @binding(2) var<storage, read_write> result: array<f32>;

fn at(x: i32, y: i32) -> f32 {
  let column = clamp(x, 0, i32(params.width) - 1);
  return source[clamp(y, 0, i32(params.height) - 1) * i32(params.width) + column];
}

fn value(x: i32, y: i32) -> f32 {
  ${body}
}

@compute @workgroup_size(${WORKGROUP.join(", ")}) fn main(@builtin(global_invocation_id) id: vec3u) {
  if (id.x >= params.width || id.y >= params.height) { return; }
  result[id.y * params.width + id.x] = value(i32(id.x), i32(id.y));
}`;
  return { name, wgsl, a, b };
}

/** A Gaussian of sigma `a` over nine samples, which `sample` reads. */
function gaussian(sample: string): string {
  return `var sum = 0.0;
  var weights = 0.0;
  for (var k = -4; k <= 4; k++) {
    let weight = exp(-0.5 * f32(k * k) / (params.a * params.a));
    sum += weight * ${sample};
    weights += weight;
  }
  return sum / weights;`;
}

/** Samples of a square image. */
export function samplesOf(side: number): Float32Array<ArrayBuffer> {
  return Float32Array.from({ length: side ** 2 }, (_, i) => ((i * 7919 + (i >> 7) * 104_729) % 4096) / 4095);
}
