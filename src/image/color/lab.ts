// CIE L*a*b*, 1976: ISO/CIE 11664-4. The constants are rounded as scikit-image's are.
import type { OptionReader } from "../options.ts";
import { COLOR_OPTIONS, type ColorOptions } from "./color-options.ts";
import type { Triple } from "./conversion.ts";

/** An illuminant of the CIE. */
export type Illuminant = "A" | "B" | "C" | "D50" | "D55" | "D65" | "D75" | "E";

/** The aperture of the standard observer, 2° or 10°, or R's `convertColor`. */
export type Observer = "2" | "10" | "R";

/** The options of conversions from and to L*a*b*. */
export interface WhiteOptions extends ColorOptions {
  /** The light that is white. Default `"D65"`. */
  illuminant?: Illuminant;
  /** Who sees it. Default `"2"`. */
  observer?: Observer;
}

/** Their names. */
export const WHITE_OPTIONS: readonly string[] = ["illuminant", "observer", ...COLOR_OPTIONS];

/** XYZ of white, by illuminant and observer. */
const WHITES: Readonly<Record<Illuminant, Readonly<Record<Observer, Triple>>>> = {
  A: {
    "2": [1.098466069456375, 1, 0.3558228003436005],
    "10": [1.111420406956693, 1, 0.3519978321919493],
    R: [1.098466069456375, 1, 0.3558228003436005],
  },
  B: {
    "2": [0.9909274480248003, 1, 0.8531327322886154],
    "10": [0.9917777147717607, 1, 0.8434930535866175],
    R: [0.9909274480248003, 1, 0.8531327322886154],
  },
  C: {
    "2": [0.980705971659919, 1, 1.1822494939271255],
    "10": [0.9728569189782166, 1, 1.1614480488951577],
    R: [0.980705971659919, 1, 1.1822494939271255],
  },
  D50: {
    "2": [0.9642119944211994, 1, 0.8251882845188288],
    "10": [0.9672062750333777, 1, 0.8142801513128616],
    R: [0.9639501491621826, 1, 0.8241280285499208],
  },
  D55: {
    "2": [0.956797052643698, 1, 0.9214805860173273],
    "10": [0.9579665682254781, 1, 0.9092525159847462],
    R: [0.9565317453467969, 1, 0.9202554587037198],
  },
  D65: {
    "2": [0.95047, 1.0, 1.08883],
    "10": [0.94809667673716, 1, 1.0730513595166162],
    R: [0.9532057125493769, 1, 1.0853843816469158],
  },
  D75: {
    "2": [0.9497220898840717, 1, 1.226393520724154],
    "10": [0.9441713925645873, 1, 1.2064272211720228],
    R: [0.9497220898840717, 1, 1.226393520724154],
  },
  E: { "2": [1.0, 1.0, 1.0], "10": [1.0, 1.0, 1.0], R: [1.0, 1.0, 1.0] },
};

/** XYZ of the white that options ask for. */
export function readWhite(read: OptionReader): Triple {
  const illuminant = read.oneOf("illuminant", "D65", Object.keys(WHITES) as Illuminant[]);
  return WHITES[illuminant][read.oneOf("observer", "2", ["2", "10", "R"])];
}

/** Lightness, 0 to 100, and the axes green to red and blue to yellow, of XYZ. */
export function labOfXyz(xyz: Triple, white: Triple): Triple {
  const response = (light: number): number => (light > 0.008856 ? Math.cbrt(light) : 7.787 * light + 16 / 116);
  const [x, y, z] = xyz.map((light, i) => response(light / white[i]!)) as unknown as Triple;
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

/** XYZ of lightness and axes; where these lead below a Z of 0, that of the linear part at 0. */
export function xyzOfLab([lightness, a, b]: Triple, white: Triple): Triple {
  const light = (response: number): number => (response > 0.2068966 ? response ** 3 : (response - 16 / 116) / 7.787);
  const y = (lightness + 16) / 116;
  const [x, z] = [y + a / 500, Math.max(y - b / 200, 0)];
  return [light(x) * white[0], light(y) * white[1], light(z) * white[2]];
}
