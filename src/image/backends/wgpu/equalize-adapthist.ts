import { addon } from "../../../addon.ts";
import { tileCurve } from "../../exposure/contrast-limit.ts";
import {
  equalizeAdapthist,
  type EqualizeAdapthistOptions,
  resolveEqualizeAdapthist,
} from "../../exposure/equalize-adapthist.ts";
import { binning, GREATEST, stretching, type TileEqualization } from "../../exposure/tiles.ts";
import { GpuImage, type handleOf } from "../../gpu-image.ts";
import { callGpu } from "../addon-call.ts";
import { decide } from "../gpu-choice.ts";
import type { Steps } from "../steps.ts";
import { type Argument, onGpuInSteps, recordedBy } from "./recorded.ts";
import { ask, implementInSteps } from "./steps.ts";
import { unsupported } from "./unsupported.ts";

type Handle = ReturnType<typeof handleOf>;

const OPERATION = "exposure.equalizeAdapthist";

/** Bins of all tiles: their histograms come here, and their curves go back. */
const MOST_BINS = 2 ** 22;

implementInSteps(
  equalizeAdapthist,
  function* (image: Argument, options?: EqualizeAdapthistOptions): Steps<unknown> {
    const tiles = resolveEqualizeAdapthist(image, options);
    const reason = tooManyBins(image, tiles);
    if (reason !== null) throw unsupported(OPERATION, reason);
    return yield* onGpuInSteps([image], (gpu) => equalized(gpu, image.channels, tiles));
  },
  {
    shouldRun: (context, image, options) =>
      refused(image, options) ?? decide(context, [image], 4 * Math.min(image.channels, 3)),
  },
);

/** By tables that are made here of what is counted there; what lies between is disposed of. */
function* equalized(gpu: Handle, channels: number, tiles: TileEqualization): Steps<GpuImage> {
  const between: Handle[] = [];
  const kept = (handle: Handle): Handle => {
    between.push(handle);
    return handle;
  };
  try {
    const values = kept(yield* ask(OPERATION, (later) => addon.gpuValueIn16Bits(gpu, later)));
    const extremes = yield* ask(OPERATION, (later) => addon.gpuExtrema(values, OPERATION, later));
    const { binOf, occupied } = binning(extremes, tiles.nbins);
    const bins = kept(lookedUp(values, extremes, Uint16Array, binOf));
    const cut = { rows: tiles.rows, columns: tiles.columns, bins: occupied };
    const counts = yield* ask(OPERATION, (later) => addon.gpuTileCounts(bins, cut, later));
    const curves = curvesOf(counts, occupied, tiles);
    const levels = kept(callGpu(OPERATION, () => addon.gpuLevelsByTiles(bins, cut, curves)));
    const range = yield* ask(OPERATION, (later) => addon.gpuExtrema(levels, OPERATION, later));
    const shares = lookedUp(levels, range, Float32Array, stretching(range));
    if (channels === 1) return new GpuImage(shares);
    kept(shares);
    return recordedBy(OPERATION, () => addon.gpuWithValue(gpu, shares));
  } finally {
    for (const handle of between) addon.gpuDispose(handle);
  }
}

/** What a function gives for each level between the extremes. */
function lookedUp(
  image: Handle,
  [least, greatest]: readonly [least: number, greatest: number],
  Table: typeof Uint16Array | typeof Float32Array,
  valueOf: (level: number) => number,
): Handle {
  const table = new Table(greatest - least + 1);
  for (let i = 0; i < table.length; i++) table[i] = valueOf(least + i);
  return callGpu(OPERATION, () => addon.gpuLookUp(image, OPERATION, table, least, 1));
}

/** The curves of tiles, of whose bins the first ones were counted, and are looked up. */
function curvesOf(counts: Uint32Array, occupied: number, tiles: TileEqualization): Uint16Array {
  const curves = new Uint16Array(counts.length);
  for (let at = 0; at < counts.length; at += occupied) {
    const all = new Float64Array(tiles.nbins);
    all.set(counts.subarray(at, at + occupied));
    const curve = tileCurve(all, tiles.rows * tiles.columns, tiles.limit, GREATEST);
    curves.set(curve.subarray(0, occupied), at);
  }
  return curves;
}

/** Why a call is left to others; options that are wrong are left to the operation to refuse. */
function refused(image: Argument, options?: EqualizeAdapthistOptions): string | null {
  let tiles: TileEqualization;
  try {
    tiles = resolveEqualizeAdapthist(image, options);
  } catch {
    return null;
  }
  return tooManyBins(image, tiles);
}

function tooManyBins({ width, height }: Argument, { rows, columns, nbins }: TileEqualization): string | null {
  const count = Math.ceil(height / rows) * Math.ceil(width / columns);
  if (count * nbins <= MOST_BINS) return null;
  return `${count} tiles of ${nbins} bins: at most ${MOST_BINS} bins in all on the GPU`;
}
