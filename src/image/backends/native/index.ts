// Backend "native", a file for each of scikit-image's modules, and one for thresholds and one for peaks.
import "./color.ts";
import "./exposure.ts";
import "./feature.ts";
import "./filters.ts";
import "./measure.ts";
import "./metrics.ts";
import "./morphology.ts";
import "./peaks.ts";
import "./segmentation.ts";
import "./thresholds.ts";
import "./transform.ts";
import "./util.ts";

export { native } from "./backend.ts";
