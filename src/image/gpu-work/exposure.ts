import { histogramWork, levelWork } from "./histogram.ts";
import {
  afterExtrema,
  bytesOf,
  onePass,
  samplesOf,
  type Work,
  type WorkImage,
  type WorkOf,
  type WorkOptions,
} from "./work.ts";

/** A curve: floats are searched for negative ones first, integers looked up in a table. */
function adjustment(taps: number): WorkOf {
  return ([image]) => {
    if (image.dtype === "int32") return byLevels(image, taps);
    return image.dtype === "float32"
      ? afterExtrema(image, 4, taps, taps)
      : lookedUp(image, image.dtype === "uint8" ? 1 : 2);
  };
}

/** One pass by a table of the levels that are counted before; so many taps of `native`, which computes each sample. */
function byLevels(image: WorkImage, nativeTaps: number): Work {
  return { gpu: afterCounting(image, 4, 2, 0).gpu, native: afterExtrema(image, 4, 0, nativeTaps).native };
}

/** One pass by a table, whose result has so many bytes a sample. */
function lookedUp(image: WorkImage, bytes: number): Work {
  const samples = samplesOf(image);
  const up = bytesOf(image) + (image.dtype === "uint8" ? 256 : 65_536) * bytes;
  return onePass(up, bytes * samples, 2 * samples, 5 * samples);
}

/** One pass over an image that is counted before: so many taps on either side. */
function afterCounting(
  image: WorkImage,
  bytes: number,
  gpuTaps: number,
  nativeTaps: number,
  options: WorkOptions = {},
  counting: WorkOf = histogramWork,
): Work {
  const samples = samplesOf(image);
  const { gpu, native } = counting([image], options);
  const pass = bytesOf(image) + bytes * samples;
  return {
    gpu: {
      up: gpu.up,
      down: gpu.down + bytes * samples,
      kernels: gpu.kernels + 1,
      waits: gpu.waits + 1,
      moved: gpu.moved + pass,
      taps: gpu.taps + gpuTaps * samples,
    },
    native: { moved: native.moved + pass, taps: native.taps + nativeTaps * samples },
  };
}

/** The same of the pixels under a mask of bytes: on the GPU the greatest of them takes the place of others, `native` lists them. */
function underMask(image: WorkImage, { gpu, native }: Work): Work {
  const [samples, bytes] = [samplesOf(image), bytesOf(image)];
  return {
    gpu: {
      ...gpu,
      up: gpu.up + samples,
      kernels: gpu.kernels + 2,
      waits: gpu.waits + 1,
      moved: gpu.moved + 3 * bytes + 2 * samples,
      taps: gpu.taps + 4 * samples,
    },
    native: { moved: native.moved + bytes + samples, taps: native.taps + 6 * samples },
  };
}

/**
 * In 16 bits, its bins, their counts, its levels and these from 0 to 1, with the extremes of the first and the fourth: products of 64 bits are the most of
 * it. Of colours the value, and colours by it.
 */
const equalizedByTiles: WorkOf = ([image]) => {
  const [pixels, up] = [image.width * image.height, bytesOf(image)];
  const [isGray, isInteger] = [image.channels === 1, image.dtype !== "float32"];
  const down = 4 * Math.min(image.channels, 3) * pixels;
  const moved = up + 22 * pixels + (isGray ? 0 : up + 4 * pixels + down);
  const curves = 64 * 256;
  return {
    gpu: {
      up: up + 2 * 65_536,
      down: down + 4 * curves,
      kernels: isGray ? 7 : 9,
      waits: isInteger ? 4 : 5,
      moved,
      taps: (isGray ? 60 : 70) * pixels + curves,
    },
    native: { moved, taps: (isGray ? 80 : 200) * pixels + 8 * curves },
  };
};

/** What the operations of `exposure` have to do. */
export const exposureWork: Readonly<Record<string, WorkOf>> = {
  "exposure.adjustGamma": adjustment(48),
  "exposure.adjustLog": adjustment(32),
  "exposure.adjustSigmoid": adjustment(40),
  "exposure.equalizeAdapthist": equalizedByTiles,
  "exposure.equalizeHist": ([image], { masked = false }) => {
    const isFloat = image.dtype === "float32";
    const work = afterCounting(image, 4, isFloat ? 12 : 2, isFloat ? 40 : 3);
    return masked ? underMask(image, work) : work;
  },
  "exposure.histogram": histogramWork,
  "exposure.matchHistograms": ([image, reference = image], options) => {
    const { gpu, native } = levelWork([reference], options);
    // Floats are looked up by halving.
    const own = afterCounting(image, 4, image.dtype === "float32" ? 40 : 2, 5, options, levelWork);
    return {
      gpu: {
        up: own.gpu.up + gpu.up,
        down: own.gpu.down + gpu.down,
        kernels: own.gpu.kernels + gpu.kernels,
        waits: own.gpu.waits + gpu.waits,
        moved: own.gpu.moved + gpu.moved,
        taps: own.gpu.taps + gpu.taps,
      },
      native: { moved: own.native.moved + native.moved, taps: own.native.taps + native.taps },
    };
  },
  "exposure.rescaleIntensity": ([image]) => {
    if (image.dtype === "int32") return byLevels(image, 16);
    return image.dtype === "float32"
      ? afterExtrema(image, 4, 4, 4)
      : afterExtrema(image, image.dtype === "uint8" ? 1 : 2, 2, 16);
  },
};
