// What tagswitch-opencv computes is scikit-image's definition; the rest it refuses.
import { exportsOf, runPackage } from "./backend-package.ts";
import { conformance } from "../image/conformance.ts";

const { start } = await exportsOf("tagswitch-opencv", "index.js");
await (start as () => Promise<unknown>)();

conformance("opencv", runPackage("tagswitch-opencv"), {
  tolerance: 1e-6,
  refuses: [
    // All but those that it has.
    {
      titles:
        /^opencv: (?!color\.(label2rgb|rgb2gray) |filters\.(gaussian|sobel|thresholdOtsu) |measure\.label |util\.greater )/,
      reason: /does not have it$/,
    },
    { titles: /util\.greater generated \w+ than /, reason: /^a threshold that is no finite number$/ },
    { titles: /filters\.sobel .*"mask"/, reason: /^option mask is not known here$/ },
    { titles: /filters\.sobel .*"axis":\[/, reason: /^axis: neither 0 nor 1$/ },
    { titles: /filters\.thresholdOtsu .*"hist"/, reason: /^option hist is not known here$/ },
    { titles: /filters\.thresholdOtsu .*int32/, reason: /^int32: OpenCV's histogram is of / },
    { titles: /filters\.thresholdOtsu .*float/, reason: /^float\d\d: samples on the edges of bins / },
    { titles: /measure\.label .*"returnNum"/, reason: /^option returnNum is not known here$/ },
    {
      titles:
        /measure\.label (text-levels|noise-levels|coins-uint8|(row|column)-u?int|extremes-|generated (?!.* mask))/,
      reason: /several values beside the background: /,
    },
    { titles: /measure\.label noise-mask-uint8 \{"background":300/, reason: /several values beside the background: / },
    {
      titles: /color\.label2rgb .*("navy"|"teal"|"tomato"|"white")/,
      reason: /names are not known here$|^an image under the labels/,
    },
    { titles: /color\.label2rgb (?!.* null |generated .* labels )/, reason: /^an image under the labels: / },
  ],
});
