import type { Case } from "../case.ts";

const PROPERTIES = ["label", "area", "centroid", "bbox"];

export const MEASURE: readonly Case[] = [
  {
    function: "measure.label",
    of: "uint8 mask",
    regions: true,
    calls: {
      tagswitch: "measure.label(mask, { out })",
      "opencv-js": "(cv.connectedComponents(mask, out, 8, cv.CV_32S), out)",
      "wasm-vips": "pixels(mask.labelregions())",
      "image-js": {
        prepare: "const light = IJS.threshold(mask, { threshold: 0.5 / 255 })",
        run: "IJS.fromMask(light, { allowCorners: true })",
        result: "Float64Array.from(result.getMap().data, (number) => Math.max(number, 0))",
      },
      "scikit-image": "measure.label(mask)",
      opencv: "cv2.connectedComponents(mask, connectivity=8, ltype=cv2.CV_32S)[1]",
    },
  },
  {
    function: "measure.label",
    of: "uint8, equal values",
    regions: true,
    calls: { tagswitch: "measure.label(gray8, { out })", "scikit-image": "measure.label(gray8)" },
  },
  {
    function: "measure.moments",
    of: "float32",
    calls: {
      tagswitch: { run: "measure.moments(gray32)", result: "[result[0][0], result[1][0], result[0][1], result[1][1]]" },
      "opencv-js": { run: "cv.moments(gray32, false)", result: "[result.m00, result.m01, result.m10, result.m11]" },
      "scikit-image": {
        run: "measure.moments(gray32)",
        result: "[result[0, 0], result[1, 0], result[0, 1], result[1, 1]]",
      },
      opencv: { run: "cv2.moments(gray32)", result: "[result[name] for name in ('m00', 'm01', 'm10', 'm11')]" },
    },
  },
  {
    function: "measure.momentsCentral",
    of: "float32",
    calls: {
      tagswitch: { run: "measure.momentsCentral(gray32)", result: "[result[2][0], result[1][1], result[0][2]]" },
      "opencv-js": { run: "cv.moments(gray32, false)", result: "[result.mu02, result.mu11, result.mu20]" },
      "scikit-image": { run: "measure.moments_central(gray32)", result: "[result[2, 0], result[1, 1], result[0, 2]]" },
      opencv: { run: "cv2.moments(gray32)", result: "[result[name] for name in ('mu02', 'mu11', 'mu20')]" },
    },
  },
  {
    function: "measure.momentsHu",
    of: "float32",
    calls: {
      tagswitch: { run: "measure.momentsHu(gray32)", result: "result.slice(0, 2)" },
      "scikit-image": {
        run: "measure.moments_hu(measure.moments_normalized(measure.moments_central(gray32)))",
        result: "result[:2]",
      },
      opencv: { run: "cv2.HuMoments(cv2.moments(gray32))", result: "result.ravel()[:2]" },
    },
  },
  {
    function: "measure.regionprops",
    of: "labels; area, centroid and box",
    calls: {
      tagswitch: {
        run: "measure.regionprops(labels).map((region) => [region.area, region.centroid, region.bbox])",
        result: "result.map(([area]) => area)",
      },
      "scikit-image": {
        run: "[(region.area, region.centroid, region.bbox) for region in measure.regionprops(labels)]",
        result: "[area for area, _, _ in result]",
      },
    },
  },
  {
    function: "measure.regionpropsTable",
    of: "labels; area, centroid and box",
    calls: {
      tagswitch: {
        run: `measure.regionpropsTable(labels, null, { properties: ${JSON.stringify(PROPERTIES)} })`,
        result: "result.area",
      },
      "scikit-image": {
        run: `measure.regionprops_table(labels, properties=${JSON.stringify(PROPERTIES)})`,
        result: "result['area']",
      },
    },
  },
  {
    function: "measure.blockReduce",
    of: "float32, sums of 4 × 4",
    calls: {
      tagswitch: "measure.blockReduce(gray32, { blockSize: 4, out })",
      "scikit-image": "measure.block_reduce(gray32, 4)",
    },
  },
  {
    function: "measure.profileLine",
    of: "float32, from corner to corner, 5 pixels wide",
    calls: {
      tagswitch: "measure.profileLine(gray32, [3, 5], [gray32.height - 9, gray32.width - 4], { linewidth: 5, out })",
      "scikit-image": "measure.profile_line(gray32, (3, 5), (gray32.shape[0] - 9, gray32.shape[1] - 4), linewidth=5)",
    },
  },
  {
    function: "measure.shannonEntropy",
    of: "uint8",
    calls: { tagswitch: "measure.shannonEntropy(gray8)", "scikit-image": "measure.shannon_entropy(gray8)" },
  },
  {
    function: "measure.eulerNumber",
    of: "uint8 mask",
    calls: { tagswitch: "measure.eulerNumber(mask)", "scikit-image": "measure.euler_number(mask)" },
  },
  {
    function: "measure.perimeter",
    of: "uint8 mask",
    calls: { tagswitch: "measure.perimeter(mask)", "scikit-image": "measure.perimeter(mask)" },
  },
];
