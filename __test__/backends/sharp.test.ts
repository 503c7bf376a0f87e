// What tagswitch-sharp computes is scikit-image's definition; the rest it refuses.
import { runPackage } from "./backend-package.ts";
import { conformance } from "../image/conformance.ts";

conformance("sharp", runPackage("tagswitch-sharp"), {
  tolerance: 1e-6,
  refuses: [
    // All but those that it has.
    {
      titles: /^sharp: (?!color\.rgb2gray |filters\.(gaussian|sobel) |util\.greater )/,
      reason: /does not have it$/,
    },
    { titles: /filters\.sobel .*"mask"/, reason: /^option mask is not known here$/ },
    { titles: /filters\.sobel .*"axis":\[/, reason: /^axis: neither 0 nor 1$/ },
    { titles: /"mode":"mirror"/, reason: /^mode mirror: / },
    { titles: /"mode":"constant".*"cval"/, reason: /^a cval other than 0: / },
    {
      titles: /util\.greater ((?!.*uint8)|generated (?!uint8))/,
      reason: /^u?(int|float)\d+: sharp compares with the 256 levels of uint8 only$/,
    },
    {
      titles: /util\.greater (coins-uint8 (300|-1)|generated uint8)/,
      reason: /^a threshold that is not from 0 up to 255/,
    },
  ],
});
