// Keeps what was measured of a machine between processes.
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { isAbsolute, join } from "node:path";
import type { SpeedProfile } from "./gpu-cost.ts";

/** What a measurement holds for: with anything else it is made again. */
type CalibrationKey = Readonly<Record<"adapter" | "driver" | "backend" | "processor" | "version", string>>;

/** What must be there, and a number above 0. */
const SPEEDS = {
  gpu: ["roundTrip", "kernel", "upload", "download", "memory", "taps"],
  native: ["call", "memory", "taps"],
} as const satisfies { [Side in keyof SpeedProfile]: readonly (keyof SpeedProfile[Side])[] };

/** The folder for what a user's programs can make again. */
export function cacheDirectory(
  environment: Readonly<Record<string, string | undefined>> = process.env,
  platform: NodeJS.Platform = process.platform,
): string {
  const [given, usual] =
    platform === "win32"
      ? [environment["LOCALAPPDATA"], join("AppData", "Local")]
      : [environment["XDG_CACHE_HOME"], platform === "darwin" ? join("Library", "Caches") : ".cache"];
  // A relative path is to be ignored, says the XDG Base Directory Specification.
  const base = given !== undefined && isAbsolute(given) ? given : join(homedir(), usual);
  return join(base, "tagswitch");
}

/** The profile kept for a key; `undefined` where there is none, or a damaged one. */
export function readCalibration(key: CalibrationKey, directory: string): SpeedProfile | undefined {
  try {
    const kept: unknown = JSON.parse(readFileSync(fileOf(key, directory), "utf8"));
    if (!isRecord(kept) || !isRecord(kept["key"]) || !isRecord(kept["profile"])) return undefined;
    const { key: of, profile } = kept as { key: Record<string, unknown>; profile: Record<string, unknown> };
    if (!Object.entries(key).every(([name, value]) => of[name] === value)) return undefined;
    return isProfile(profile) ? profile : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Keeps a profile; readers see the old file or the new one, never a part. Where nothing can be written, the next process
 * measures again.
 */
export function writeCalibration(key: CalibrationKey, profile: SpeedProfile, directory: string): void {
  const file = fileOf(key, directory);
  const unfinished = `${file}.${crypto().randomUUID()}`;
  try {
    mkdirSync(directory, { recursive: true });
    writeFileSync(unfinished, `${JSON.stringify({ key, profile }, null, 2)}\n`);
    renameSync(unfinished, file);
  } catch {
    removeQuietly(unfinished);
  }
}

/** Loaded with the first measurement: it takes two milliseconds, and most programs measure nothing. */
const crypto = () => process.getBuiltinModule("node:crypto");

function removeQuietly(file: string): void {
  try {
    rmSync(file, { force: true });
  } catch {
    // The folder is not ours to write to, so there is nothing of ours in it.
  }
}

function fileOf(key: CalibrationKey, directory: string): string {
  const { adapter, driver, backend, processor, version } = key;
  const digest = crypto()
    .createHash("sha256")
    .update(JSON.stringify([adapter, driver, backend, processor, version]));
  return join(directory, `gpu-${digest.digest("hex").slice(0, 16)}.json`);
}

function isProfile(value: Record<string, unknown>): value is Record<string, unknown> & SpeedProfile {
  return Object.entries(SPEEDS).every(([side, names]) => {
    const speeds = value[side];
    return isRecord(speeds) && names.every((name) => isSpeed(speeds[name]));
  });
}

function isSpeed(value: unknown): boolean {
  return typeof value === "number" && Number.isFinite(value) && value > 0;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
