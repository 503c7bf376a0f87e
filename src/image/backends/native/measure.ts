import { addon } from "../../../addon.ts";
import { label, resolveLabel } from "../../measure/label.ts";
import { checkSamples, Image } from "../../image.ts";
import { callAddon } from "../addon-call.ts";
import { native } from "./backend.ts";

native.implement(label, (image, options) => {
  checkSamples(image);
  const { background, connectivity } = resolveLabel(image, options);
  const out = new Int32Array(image.data.length);
  callAddon("measure.label", () => addon.cpuLabel(image.data, image, background, connectivity, out));
  return new Image(out, { width: image.width, height: image.height });
});
