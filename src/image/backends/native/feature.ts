import { addon } from "../../../addon.ts";
import { canny, resolveCanny } from "../../feature/canny.ts";
import { gaussianKernel } from "../../filters/blur.ts";
import { checkSamples, Image } from "../../image.ts";
import { bytesOf } from "../../mask.ts";
import { callAddon } from "../addon-call.ts";
import { native } from "./backend.ts";

native.implement(canny, (image, options) => {
  checkSamples(image);
  const { sigma, radius, mask, ...resolved } = resolveCanny(image, options);
  const out = new Uint8Array(image.data.length);
  // The reference's own, as another last bit would make other edges.
  const [down, across] = [0, 1].map((axis) => [
    ...gaussianKernel(sigma[axis]!, radius[axis]!).subarray(radius[axis]),
  ]) as [number[], number[]];
  callAddon("feature.canny", () =>
    addon.cpuCanny(image.data, image, { ...resolved, down, across }, bytesOf(mask), out),
  );
  return new Image(out, { width: image.width, height: image.height });
});
