import { ImageError } from "../errors.ts";
import { type Image, zeros } from "../image.ts";
import { centralMoments, centroidOf, huMoments, normalizedMoments } from "./moment-matrix.ts";
import { convex, eulerOf, feretDiameter, filled, perimeterCrofton, perimeterOf } from "./region-shape.ts";
import { SUMS } from "./region-sums.ts";

type Pair = [row: number, column: number];

/**
 * One region of a label image, with scikit-image's properties by their names in camelCase. Lengths are in pixels, coordinates
 * (row, column). What is not a sum over the region is computed when asked for, from the images as they are then.
 */
export class RegionProperties {
  readonly #sums: Float64Array;
  readonly #labels: Image;
  readonly #intensity: Image | null;
  #convex: Image<Uint8Array> | undefined;
  #mask: Image<Uint8Array> | undefined;

  /** @param sums this region's numbers of `regionSums`. */
  constructor(sums: Float64Array, labels: Image, intensity: Image | null) {
    this.#sums = sums;
    this.#labels = labels;
    this.#intensity = intensity;
  }

  get label(): number {
    return this.#sums[SUMS.label]!;
  }

  /** First row and column, and those after the last. */
  get bbox(): [minRow: number, minColumn: number, maxRow: number, maxColumn: number] {
    const [top, left, bottom, right] = this.#sums.subarray(SUMS.bbox);
    return [top!, left!, bottom!, right!];
  }

  /** Whether there is an image of intensities, without which properties of these throw `ERR_IMAGE_OPTION`. */
  get hasIntensity(): boolean {
    return this.#intensity !== null;
  }

  /** Pixels. */
  get area(): number {
    return this.#sums[SUMS.moments]!;
  }

  get numPixels(): number {
    return this.area;
  }

  get areaBbox(): number {
    const [top, left, bottom, right] = this.bbox;
    return (bottom - top) * (right - left);
  }

  /** Pixels of the convex hull. */
  get areaConvex(): number {
    return pixels(this.imageConvex);
  }

  /** Pixels with those of holes. */
  get areaFilled(): number {
    return pixels(this.imageFilled);
  }

  /** Length of the major axis of the ellipse with the same second moments. */
  get axisMajorLength(): number {
    return 4 * Math.sqrt(this.inertiaTensorEigvals[0]);
  }

  get axisMinorLength(): number {
    return 4 * Math.sqrt(this.inertiaTensorEigvals[1]);
  }

  get centroid(): Pair {
    return this.#fromCorner(this.centroidLocal);
  }

  /** From the corner of the bounding box. */
  get centroidLocal(): Pair {
    return centroidOf(this.moments);
  }

  get centroidWeighted(): Pair {
    return this.#fromCorner(this.centroidWeightedLocal);
  }

  get centroidWeightedLocal(): Pair {
    return centroidOf(this.momentsWeighted);
  }

  /** Row and column of every pixel, in raster order. */
  get coords(): Pair[] {
    const { data, width } = this.image;
    return [...data].flatMap((inside, i) => (inside ? [this.#fromCorner([Math.floor(i / width), i % width])] : []));
  }

  /** Of the ellipse with the same second moments: 0 for a circle, towards 1 for a line. */
  get eccentricity(): number {
    const [major, minor] = this.inertiaTensorEigvals;
    return major === 0 ? 0 : Math.sqrt(1 - minor / major);
  }

  /** Diameter of the circle of the same area. */
  get equivalentDiameterArea(): number {
    return Math.sqrt((4 * this.area) / Math.PI);
  }

  /** Regions less holes, 8-connected. */
  get eulerNumber(): number {
    return eulerOf(this.image, 2);
  }

  /** Share of the bounding box. */
  get extent(): number {
    return this.area / this.areaBbox;
  }

  /** The largest distance between two points on the border of the convex hull. */
  get feretDiameterMax(): number {
    return feretDiameter(this.imageConvex);
  }

  /** Mask of the bounding box. */
  get image(): Image<Uint8Array> {
    const { label } = this;
    return (this.#mask ??= this.#cut(zeros("uint8", this.#size), (i) => (this.#labels.data[i] === label ? 1 : 0)));
  }

  get imageConvex(): Image<Uint8Array> {
    return (this.#convex ??= convex(this.image));
  }

  get imageFilled(): Image<Uint8Array> {
    return filled(this.image);
  }

  /** The intensities in the bounding box, 0 outside of the region. */
  get imageIntensity(): Image {
    const { data, dtype } = this.#intensityImage;
    const { label } = this;
    return this.#cut(zeros(dtype, this.#size), (i) => (this.#labels.data[i] === label ? data[i]! : 0));
  }

  get inertiaTensor(): [Pair, Pair] {
    const mu = this.momentsCentral;
    const mass = mu[0]![0]!;
    const mixed = -mu[1]![1]! / mass;
    return [
      [mu[0]![2]! / mass, mixed],
      [mixed, mu[2]![0]! / mass],
    ];
  }

  /** The larger first. */
  get inertiaTensorEigvals(): [larger: number, smaller: number] {
    const [[a, b], [, c]] = this.inertiaTensor;
    if (b === 0) return [Math.max(a, c), Math.min(a, c)];
    const larger = (a + c) / 2 + Math.hypot((a - c) / 2, b);
    // By the determinant, which loses less than a difference.
    return [larger, Math.max((a * c - b * b) / larger, 0)];
  }

  get intensityMax(): number {
    return this.#intensitySum(SUMS.max);
  }

  get intensityMean(): number {
    return this.#intensitySum(SUMS.weighted) / this.area;
  }

  get intensityMedian(): number {
    const { data } = this.#intensityImage;
    const { width } = this.#labels;
    const sorted = Float64Array.from(this.coords, ([row, column]) => data[row * width + column]!).sort();
    const middle = sorted.length >> 1;
    // NaN, which is sorted to the end, makes the median NaN.
    if (Number.isNaN(sorted.at(-1))) return Number.NaN;
    return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
  }

  get intensityMin(): number {
    return this.#intensitySum(SUMS.min);
  }

  get intensityStd(): number {
    return Math.sqrt(this.#intensitySum(SUMS.deviations) / this.area);
  }

  /** Raw moments of the mask, from the corner of the bounding box: `moments[p][q]` is the sum of `row ** p * column ** q`. */
  get moments(): number[][] {
    return matrix(this.#sums.subarray(SUMS.moments));
  }

  get momentsCentral(): number[][] {
    return centralMoments(this.moments);
  }

  get momentsHu(): number[] {
    return huMoments(this.momentsNormalized);
  }

  get momentsNormalized(): number[][] {
    return normalizedMoments(this.momentsCentral);
  }

  /** As {@link moments}, of the intensities. */
  get momentsWeighted(): number[][] {
    void this.#intensityImage;
    return matrix(this.#sums.subarray(SUMS.weighted));
  }

  get momentsWeightedCentral(): number[][] {
    return centralMoments(this.momentsWeighted);
  }

  get momentsWeightedHu(): number[] {
    return huMoments(this.momentsWeightedNormalized);
  }

  get momentsWeightedNormalized(): number[][] {
    return normalizedMoments(this.momentsWeightedCentral);
  }

  /** Angle from the rows' axis to the major axis, -π/2 to π/2, counter-clockwise. */
  get orientation(): number {
    const [[a, b], [, c]] = this.inertiaTensor;
    if (a === c) return b < 0 ? Math.PI / 4 : -Math.PI / 4;
    return 0.5 * Math.atan2(-2 * b, c - a);
  }

  /** Length of the line through the centres of the border's pixels. */
  get perimeter(): number {
    return perimeterOf(this.image, 4);
  }

  /** By Crofton's formula, in four directions. */
  get perimeterCrofton(): number {
    return perimeterCrofton(this.image);
  }

  /** Share of the convex hull. */
  get solidity(): number {
    return this.area / this.areaConvex;
  }

  get #size(): { width: number; height: number } {
    const [top, left, bottom, right] = this.bbox;
    return { width: right - left, height: bottom - top };
  }

  get #intensityImage(): Image {
    if (this.#intensity) return this.#intensity;
    throw new ImageError(
      "ERR_IMAGE_OPTION",
      "measure.regionprops: intensities need an intensity image; none was given",
    );
  }

  #intensitySum(place: number): number {
    void this.#intensityImage;
    return this.#sums[place]!;
  }

  #fromCorner([row, column]: readonly [number, number]): Pair {
    const [top, left] = this.bbox;
    return [top + row, left + column];
  }

  /** Fills an image of the bounding box from the samples of the whole. */
  #cut<I extends Image>(image: I, sampleAt: (index: number) => number): I {
    const [top, left] = this.bbox;
    for (let i = 0; i < image.data.length; i++) {
      const row = top + Math.floor(i / image.width);
      image.data[i] = sampleAt(row * this.#labels.width + left + (i % image.width));
    }
    return image;
  }
}

function pixels(mask: Image<Uint8Array>): number {
  return mask.data.reduce((sum, inside) => sum + inside, 0);
}

function matrix(sums: Float64Array): number[][] {
  return [0, 4, 8, 12].map((start) => [...sums.subarray(start, start + 4)]);
}
