// The environment that Vulkan drivers expect, and whether there is one.
import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { delimiter, join } from "node:path";

/**
 * This process's environment, with `XDG_RUNTIME_DIR` set where nothing set it: without it Mesa's software driver prints an
 * error about a window system that nobody asked for. The stand-in folder goes when this process does.
 */
export function graphicsEnvironment(env = process.env) {
  if (process.platform !== "linux" || env.XDG_RUNTIME_DIR) return { ...env };
  const folder = mkdtempSync(join(tmpdir(), "tagswitch-runtime-")); // created with mode 700, as the variable demands
  process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
  return { ...env, XDG_RUNTIME_DIR: folder };
}

/** Whether this machine names a Vulkan driver (or has Metal or Direct3D, which come with the system). */
export function hasGraphicsDriver(env = process.env) {
  if (process.platform !== "linux") return true;
  const named = env.VK_DRIVER_FILES ?? env.VK_ICD_FILENAMES;
  if (named !== undefined) return named.split(delimiter).some((file) => existsSync(file));
  const data = [
    env.XDG_DATA_HOME ?? join(homedir(), ".local/share"),
    ...(env.XDG_DATA_DIRS ?? "/usr/local/share:/usr/share").split(delimiter),
  ];
  return [...data, "/etc"].some((folder) => {
    const drivers = join(folder, "vulkan/icd.d");
    return existsSync(drivers) && readdirSync(drivers).some((name) => name.endsWith(".json"));
  });
}

/** What to tell whoever has no driver. */
export const DRIVER_HINT = "no Vulkan driver found; a software one is in Debian's mesa-vulkan-drivers";
