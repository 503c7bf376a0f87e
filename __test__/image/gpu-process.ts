// Programs in processes of their own, for what a test cannot do to its own.
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { TYPESCRIPT } from "../typescript.ts";

const run = promisify(execFile);
const entry = new URL("../../src/image/index.ts", import.meta.url).href;
const addon = new URL("../../src/addon.ts", import.meta.url).href;

/** What a program prints, with the library's exports at hand. Fails where it ends otherwise than well. */
export async function printed(program: string, environment?: Record<string, string>): Promise<string> {
  return (await outputs(program, environment)).stdout.trim();
}

/** The same, and what it warns of. */
export async function outputs(
  program: string,
  environment: Record<string, string> = {},
): Promise<{ stdout: string; stderr: string }> {
  const source = `
    const { GpuImage, Image, backend, filters, gpu, util } = await import(${JSON.stringify(entry)});
    const { addon } = await import(${JSON.stringify(addon)});
    const side = 1024;
    const image = new Image(new Float32Array(side * side), { width: side, height: side });
    const attempt = (call) => { try { return call(); } catch (error) { return error.code + " " + error.message; } };
    ${program}`;
  const { TAGSWITCH_WGPU_ADAPTER: _a, WGPU_BACKEND: _b, ...inherited } = process.env;
  return run(process.execPath, [TYPESCRIPT, "--input-type=module", "-e", source], {
    env: { ...inherited, ...environment },
  });
}
