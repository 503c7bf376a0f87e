// Backend "native", a file for each of scikit-image's modules.
import "./color.ts";
import "./exposure.ts";
import "./filters.ts";
import "./measure.ts";
import "./morphology.ts";
import "./segmentation.ts";
import "./transform.ts";
import "./util.ts";

export { native } from "./backend.ts";
