// @ts-check
// OpenCV itself: 13 MB of WebAssembly, loaded and started on first use.
import { registerType } from "tagswitch";

/** @typedef {typeof import("@techstark/opencv-js")} OpenCv */

/** @type {OpenCv | undefined} */
let started;

/** @type {Promise<OpenCv> | undefined} */
let starting;

/**
 * Starts OpenCV, once per process; later calls get the same. `opencv:Mat` is the `Mat` of this one.
 *
 * @returns {Promise<OpenCv>}
 */
export function start() {
  return (starting ??= load());
}

/** For the dispatcher, which awaits it before the first call. */
export async function initialize() {
  await start();
}

/**
 * OpenCV, which must have been started.
 *
 * @throws Error if it has not.
 */
export function opencv() {
  if (!started) throw new Error("OpenCV has not started: await start() of tagswitch-opencv first");
  return started;
}

async function load() {
  // A promise, whatever its types say.
  const { default: loading } = await import("@techstark/opencv-js");
  started = await Promise.resolve(/** @type {OpenCv | PromiseLike<OpenCv>} */ (loading));
  registerType(started.Mat, "opencv:Mat");
  return started;
}
