import type { ImageHeader } from "../header.ts";
import { checkSamples, type Image } from "../image.ts";
import type { Operation } from "../operation.ts";
import { dispatchable } from "../system.ts";
import { readColorOptions } from "./color-options.ts";
import { converted, requireThreeChannels, type Triple } from "./conversion.ts";
import { readWhite, WHITE_OPTIONS, type WhiteOptions, xyzOfLab } from "./lab.ts";
import { rgbOfXyz } from "./xyz.ts";

/** Options of `color.lab2rgb`. */
export interface Lab2RgbOptions extends WhiteOptions {}

/** What `color.lab2rgb` is to do, checked and with defaults. */
export interface ResolvedLab2Rgb {
  /** XYZ of white. */
  readonly white: Triple;
}

/** Checks the arguments of `color.lab2rgb` and applies the defaults. */
export function resolveLab2Rgb(image: ImageHeader, options?: Lab2RgbOptions): ResolvedLab2Rgb {
  const white = readWhite(readColorOptions("color.lab2rgb", options, WHITE_OPTIONS));
  requireThreeChannels("color.lab2rgb", image);
  return { white };
}

/**
 * An sRGB image of CIE L*a*b*: scikit-image's `lab2rgb`.
 *
 * Colours of a negative Z get a Z of the linear part at 0, as in scikit-image, which warns.
 *
 * Sources: IEC 61966-2-1:1999; ISO/CIE 11664-4.
 *
 * @param image 3 channels: lightness from 0 to 100 and the two axes. Floats; integers would become intensities first.
 * @returns 3 channels, cut to [0, 1]; `float64` for `float64` input, else `float32`.
 * @throws ImageError `ERR_IMAGE_SHAPE` for another number of channels, `ERR_IMAGE_OPTION`, `ERR_IMAGE_BUFFER`.
 */
export const lab2rgb: Operation<(image: Image, options?: Lab2RgbOptions) => Image> = dispatchable(
  "color.lab2rgb",
  { on: [0], optionNames: WHITE_OPTIONS },
  function lab2rgb(image: Image, options?: Lab2RgbOptions): Image {
    checkSamples(image);
    const { white } = resolveLab2Rgb(image, options);
    return converted(image, (lab) => rgbOfXyz(xyzOfLab(lab, white)));
  },
);
