// The hexcone of hue, saturation and value: A. R. Smith, "Color gamut transform pairs", SIGGRAPH 1978.
import type { Triple } from "./conversion.ts";

/** Hue, saturation and value of red, green and blue; 0 where there is none, and for NaN. */
export function hsvOfRgb([red, green, blue]: Triple): Triple {
  const value = Math.max(red, green, blue);
  const range = value - Math.min(red, green, blue);
  if (Number.isNaN(value)) return [0, 0, 0];
  if (range === 0) return [0, 0, value];
  let sextants = (green - blue) / range;
  if (green === value) sextants = 2 + (blue - red) / range;
  if (blue === value) sextants = 4 + (red - green) / range;
  const turns = sextants / 6;
  return [turns - Math.floor(turns) || 0, range / value || 0, value];
}

/** Red, green and blue of hue, in turns round the circle, saturation and value. */
export function rgbOfHsv([hue, saturation, value]: Triple): Triple {
  const sextant = Math.floor(hue * 6);
  const fraction = hue * 6 - sextant;
  const least = value * (1 - saturation);
  const falling = value * (1 - fraction * saturation);
  const rising = value * (1 - (1 - fraction) * saturation);
  switch (sextant - 6 * Math.floor(sextant / 6)) {
    case 1:
      return [falling, value, least];
    case 2:
      return [least, value, rising];
    case 3:
      return [least, falling, value];
    case 4:
      return [rising, least, value];
    case 5:
      return [value, least, falling];
    default:
      return [value, rising, least];
  }
}
