import { ImageError } from "../errors.ts";
import type { Image } from "../image.ts";
import { display } from "../options.ts";
import type { Spacing } from "../spacing.ts";
import { extraValues } from "./extra-properties.ts";
import { inertiaEigvals, type InertiaTensor, inertiaTensorOf, orientationOf } from "./inertia.ts";
import { centralMoments, centroidOf, huMoments, normalizedMoments, scaledMoments } from "./moment-matrix.ts";
import { pixelsNeeded, type ResolvedRegionprops } from "./region-options.ts";
import { RegionPixels } from "./region-pixels.ts";
import { eulerOf, feretDiameter, filled, perimeterCrofton, perimeterOf } from "./region-shape.ts";
import { SUMS } from "./region-sums.ts";

type Pair = [row: number, column: number];

/**
 * One region of a label image, with scikit-image's properties by their names in camelCase. Lengths are in the unit of {@link spacing},
 * areas in its square, coordinates (row, column). What is not a sum over the region is computed when asked for, from the images as they are then.
 */
export class RegionProperties {
  readonly #sums: Float64Array;
  readonly #pixels: RegionPixels;
  readonly #intensity: Image | null;
  readonly #options: ResolvedRegionprops;

  /** @param sums this region's numbers of `regionSums`. */
  constructor(sums: Float64Array, labels: Image, intensity: Image | null, options: ResolvedRegionprops) {
    this.#sums = sums;
    this.#pixels = new RegionPixels(sums, labels);
    this.#intensity = intensity;
    this.#options = options;
  }

  get label(): number {
    return this.#pixels.label;
  }

  /** First row and column of the image, and those after the last, in pixels. */
  get bbox(): [minRow: number, minColumn: number, maxRow: number, maxColumn: number] {
    return this.#pixels.bbox;
  }

  /** Whether there is an image of intensities, without which properties of these throw `ERR_IMAGE_OPTION`. */
  get hasIntensity(): boolean {
    return this.#intensity !== null;
  }

  /** Height and width of a pixel. */
  get spacing(): Spacing {
    return this.#options.spacing;
  }

  get numPixels(): number {
    return this.#sums[SUMS.moments]!;
  }

  /** Of the pixels. */
  get area(): number {
    return this.numPixels * this.#areaPixel;
  }

  get areaBbox(): number {
    const [top, left, bottom, right] = this.bbox;
    return (bottom - top) * (right - left) * this.#areaPixel;
  }

  /** Of the pixels in the convex hull. */
  get areaConvex(): number {
    return pixels(this.imageConvex) * this.#areaPixel;
  }

  /** Of the pixels with those of holes. */
  get areaFilled(): number {
    return pixels(this.imageFilled) * this.#areaPixel;
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

  /** Row and column of every pixel, in raster order: whole numbers, but for the offset. */
  get coords(): Pair[] {
    const [down, right] = this.#options.offset;
    return this.#pixels.places.map(([row, column]) => [row + down, column + right]);
  }

  /** The same in the unit of {@link spacing}. */
  get coordsScaled(): Pair[] {
    const { offset, spacing } = this.#options;
    return this.#pixels.places.map(([row, column]) => [row * spacing[0] + offset[0], column * spacing[1] + offset[1]]);
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

  /** What the functions given as `extraProperties` make of the region, by their names; each is called when its value is read. */
  get extraProperties(): Readonly<Record<string, unknown>> {
    return extraValues(this.#options.extraProperties, this);
  }

  /** Share of the bounding box. */
  get extent(): number {
    return this.area / this.areaBbox;
  }

  /** The largest distance between two points on the border of the convex hull. */
  get feretDiameterMax(): number {
    return feretDiameter(this.imageConvex, this.spacing);
  }

  /** Mask of the bounding box. */
  get image(): Image<Uint8Array> {
    return this.#pixels.mask;
  }

  get imageConvex(): Image<Uint8Array> {
    return this.#pixels.convex;
  }

  get imageFilled(): Image<Uint8Array> {
    return filled(this.image);
  }

  /** The intensities in the bounding box, 0 outside of the region. */
  get imageIntensity(): Image {
    return this.#pixels.samples(this.#intensityImage);
  }

  get inertiaTensor(): InertiaTensor {
    return inertiaTensorOf(this.momentsCentral);
  }

  /** The larger first. */
  get inertiaTensorEigvals(): [larger: number, smaller: number] {
    return inertiaEigvals(this.inertiaTensor);
  }

  get intensityMax(): number {
    return this.#intensitySum(SUMS.max);
  }

  get intensityMean(): number {
    return this.#intensitySum(SUMS.weighted) / this.numPixels;
  }

  get intensityMedian(): number {
    return this.#pixels.median(this.#intensityImage);
  }

  get intensityMin(): number {
    return this.#intensitySum(SUMS.min);
  }

  get intensityStd(): number {
    return Math.sqrt(this.#intensitySum(SUMS.deviations) / this.numPixels);
  }

  /** Raw moments of the mask, from the corner of the bounding box: `moments[p][q]` is the sum of `row ** p * column ** q`. */
  get moments(): number[][] {
    return scaledMoments(this.#pixelMoments, this.spacing);
  }

  get momentsCentral(): number[][] {
    // Of pixels, whose sums are whole numbers.
    return scaledMoments(centralMoments(this.#pixelMoments), this.spacing);
  }

  /** Of pixels of {@link spacing} 1 only. */
  get momentsHu(): number[] {
    this.#requirePixels("momentsHu");
    return huMoments(this.momentsNormalized);
  }

  get momentsNormalized(): number[][] {
    return normalizedMoments(this.momentsCentral, Math.min(...this.spacing));
  }

  /** As {@link moments}, of the intensities. */
  get momentsWeighted(): number[][] {
    return scaledMoments(this.#pixelMomentsWeighted, this.spacing);
  }

  get momentsWeightedCentral(): number[][] {
    return scaledMoments(centralMoments(this.#pixelMomentsWeighted), this.spacing);
  }

  get momentsWeightedHu(): number[] {
    this.#requirePixels("momentsWeightedHu");
    return huMoments(this.momentsWeightedNormalized);
  }

  get momentsWeightedNormalized(): number[][] {
    return normalizedMoments(this.momentsWeightedCentral, Math.min(...this.spacing));
  }

  /** Angle from the rows' axis to the major axis, -π/2 to π/2, counter-clockwise. */
  get orientation(): number {
    return orientationOf(this.inertiaTensor);
  }

  /** Length of the line through the centres of the border's pixels, which have to be square. */
  get perimeter(): number {
    this.#requirePixels("perimeter");
    return perimeterOf(this.image, 4) * this.spacing[0];
  }

  /** By Crofton's formula, in four directions, of square pixels. */
  get perimeterCrofton(): number {
    this.#requirePixels("perimeterCrofton");
    return perimeterCrofton(this.image) * this.spacing[0];
  }

  /** Share of the convex hull. */
  get solidity(): number {
    return this.area / this.areaConvex;
  }

  get #areaPixel(): number {
    return this.spacing[0] * this.spacing[1];
  }

  get #pixelMoments(): number[][] {
    return matrix(this.#sums.subarray(SUMS.moments));
  }

  get #pixelMomentsWeighted(): number[][] {
    void this.#intensityImage;
    return matrix(this.#sums.subarray(SUMS.weighted));
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
    const { offset, spacing } = this.#options;
    return [top * spacing[0] + row + offset[0], left * spacing[1] + column + offset[1]];
  }

  #requirePixels(property: string): void {
    const needed = pixelsNeeded(property, this.spacing);
    if (needed === null) return;
    const problem = `${property} needs ${needed}; spacing is ${display(this.spacing)}`;
    throw new ImageError("ERR_IMAGE_OPTION", `measure.regionprops: ${problem}`);
  }
}

function pixels(mask: Image<Uint8Array>): number {
  return mask.data.reduce((sum, inside) => sum + inside, 0);
}

function matrix(sums: Float64Array): number[][] {
  return [0, 4, 8, 12].map((start) => [...sums.subarray(start, start + 4)]);
}
