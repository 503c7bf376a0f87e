// Backend "wgpu", a file for each of scikit-image's modules, one for thresholds, and one for each of some functions that take more.
import "./block-reduce.ts";
import "./canny.ts";
import "./color.ts";
import "./equalize-adapthist.ts";
import "./exposure.ts";
import "./feature.ts";
import "./filters.ts";
import "./frangi.ts";
import "./measure.ts";
import "./metrics.ts";
import "./morphology.ts";
import "./peaks.ts";
import "./profile-line.ts";
import "./region-table.ts";
import "./segmentation.ts";
import "./thresholds.ts";
import "./transform.ts";
import "./util.ts";
import "./watershed.ts";

export { wgpu } from "./backend.ts";
