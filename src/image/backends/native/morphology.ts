import { addon } from "../../../addon.ts";
import { checkSamples, Image } from "../../image.ts";
import { blackTophat } from "../../morphology/black-tophat.ts";
import { closing } from "../../morphology/closing.ts";
import { dilation } from "../../morphology/dilation.ts";
import { erosion } from "../../morphology/erosion.ts";
import { resolveMorphology } from "../../morphology/gray-options.ts";
import { opening } from "../../morphology/opening.ts";
import { whiteTophat } from "../../morphology/white-tophat.ts";
import { callAddon } from "../addon-call.ts";
import { samples } from "./allocation.ts";
import { native } from "./backend.ts";

const ON_GREY = { blackTophat, closing, dilation, erosion, opening, whiteTophat };

for (const [name, operation] of Object.entries(ON_GREY)) {
  const title = `morphology.${name}`;
  native.implement(operation, (image, options) => {
    checkSamples(image);
    const { footprint, ...rest } = resolveMorphology(title, image, options);
    const out = samples(image.dtype, image.data.length);
    const checked = { sides: [footprint.height, footprint.width] as const, cells: footprint.cells, ...rest };
    callAddon(title, () => addon.cpuMorphology(name, image.data, image, checked, out));
    return new Image(out, image);
  });
}
