// sRGB and CIE XYZ: IEC 61966-2-1:1999.
import { product, type Triple } from "./conversion.ts";

const XYZ_OF_RGB: readonly [Triple, Triple, Triple] = [
  [0.412453, 0.35758, 0.180423],
  [0.212671, 0.71516, 0.072169],
  [0.019334, 0.119193, 0.950227],
];

/** Its inverse. */
const RGB_OF_XYZ: readonly [Triple, Triple, Triple] = [
  [3.2404813432005266, -1.5371515162713183, -0.4985363261688878],
  [-0.9692549499965682, 1.8759900014898907, 0.04155592655829284],
  [0.055646639135177166, -0.20404133836651123, 1.0573110696453443],
];

/** XYZ, white having Y = 1, of red, green and blue. */
export function xyzOfRgb(rgb: Triple): Triple {
  return product(XYZ_OF_RGB, rgb.map(linear) as unknown as Triple);
}

/** Red, green and blue, cut to [0, 1], of XYZ. */
export function rgbOfXyz(xyz: Triple): Triple {
  const clipped = product(RGB_OF_XYZ, xyz).map((light) => Math.min(Math.max(encoded(light), 0), 1));
  return clipped as unknown as Triple;
}

/** Light of an encoded channel. */
function linear(channel: number): number {
  return channel > 0.04045 ? ((channel + 0.055) / 1.055) ** 2.4 : channel / 12.92;
}

function encoded(light: number): number {
  return light > 0.0031308 ? 1.055 * light ** (1 / 2.4) - 0.055 : 12.92 * light;
}
