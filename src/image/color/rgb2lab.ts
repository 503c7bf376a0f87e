import type { ImageHeader } from "../header.ts";
import { checkSamples, type Image } from "../image.ts";
import type { Operation } from "../operation.ts";
import { dispatchable } from "../system.ts";
import { readColorOptions } from "./color-options.ts";
import { converted, requireThreeChannels, type Triple } from "./conversion.ts";
import { labOfXyz, readWhite, WHITE_OPTIONS, type WhiteOptions } from "./lab.ts";
import { xyzOfRgb } from "./xyz.ts";

/** Options of `color.rgb2lab`. */
export interface Rgb2LabOptions extends WhiteOptions {}

/** What `color.rgb2lab` is to do, checked and with defaults. */
export interface ResolvedRgb2Lab {
  /** XYZ of white. */
  readonly white: Triple;
}

/** Checks the arguments of `color.rgb2lab` and applies the defaults. */
export function resolveRgb2Lab(image: ImageHeader, options?: Rgb2LabOptions): ResolvedRgb2Lab {
  const white = readWhite(readColorOptions("color.rgb2lab", options, WHITE_OPTIONS));
  requireThreeChannels("color.rgb2lab", image);
  return { white };
}

/**
 * CIE L*a*b* of an sRGB image: scikit-image's `rgb2lab`.
 *
 * Sources: IEC 61966-2-1:1999; ISO/CIE 11664-4.
 *
 * @param image 3 channels, any dtype; integers become intensities first.
 * @returns 3 channels: lightness from 0 to 100, green to red and blue to yellow from about -128 to 127; `float64` for
 * `float64` input, else `float32`.
 * @throws ImageError `ERR_IMAGE_SHAPE` for another number of channels, `ERR_IMAGE_OPTION`, `ERR_IMAGE_BUFFER`.
 */
export const rgb2lab: Operation<(image: Image, options?: Rgb2LabOptions) => Image> = dispatchable(
  "color.rgb2lab",
  { on: [0], optionNames: WHITE_OPTIONS },
  function rgb2lab(image: Image, options?: Rgb2LabOptions): Image {
    checkSamples(image);
    const { white } = resolveRgb2Lab(image, options);
    return converted(image, (rgb) => labOfXyz(xyzOfRgb(rgb), white));
  },
);
