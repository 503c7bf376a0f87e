import type { Image } from "../image.ts";
import type { Spacing } from "../spacing.ts";
import { extraValues } from "./extra-properties.ts";
import { inertiaEigvals, type InertiaTensor, inertiaTensorOf, orientationOf } from "./inertia.ts";
import { centralMoments, centroidOf, huMoments, normalizedMoments, scaledMoments } from "./moment-matrix.ts";
import { type RegionParts, requireChannel, requireIntensity, requirePixels } from "./region-parts.ts";
import { eulerOf, feretDiameter, filled, perimeterCrofton, perimeterOf, pixelsIn } from "./region-shape.ts";
import { SUMS } from "./region-sums.ts";

type Pair = [row: number, column: number];

/**
 * One region of a label image, with scikit-image's properties by their names in camelCase. Lengths are in the unit of {@link spacing},
 * areas in its square, coordinates (row, column). What is not a sum over the region is computed when asked for, from the images as they are then.
 */
export class RegionProperties {
  readonly #parts: RegionParts;

  constructor(parts: RegionParts) {
    this.#parts = parts;
  }

  get label(): number {
    return this.#parts.pixels.label;
  }

  /** First row and column of the image, and those after the last, in pixels. */
  get bbox(): [minRow: number, minColumn: number, maxRow: number, maxColumn: number] {
    return this.#parts.pixels.bbox;
  }

  /** Whether there is an image of intensities, without which properties of these throw `ERR_IMAGE_OPTION`. */
  get hasIntensity(): boolean {
    return this.#parts.intensity !== null;
  }

  /**
   * The region with the intensities of each channel by itself, none without intensities. Where there are several, the properties of
   * intensities are to be had of these only, but for `imageIntensity` and {@link extraProperties}.
   */
  get channels(): readonly RegionProperties[] {
    const { channel, intensity, sums } = this.#parts;
    if (!intensity) return [];
    return channel === null ? sums.map((_, each) => ofChannel(this.#parts, each)) : [this];
  }

  /** Height and width of a pixel. */
  get spacing(): Spacing {
    return this.#parts.options.spacing;
  }

  get numPixels(): number {
    return this.#parts.sums[0]![SUMS.moments]!;
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
    return pixelsIn(this.imageConvex) * this.#areaPixel;
  }

  /** Of the pixels with those of holes. */
  get areaFilled(): number {
    return pixelsIn(this.imageFilled) * this.#areaPixel;
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
    const [down, right] = this.#parts.options.offset;
    return this.#parts.pixels.places.map(([row, column]) => [row + down, column + right]);
  }

  /** The same in the unit of {@link spacing}. */
  get coordsScaled(): Pair[] {
    const { offset, spacing } = this.#parts.options;
    return this.#parts.pixels.places.map(([row, column]) => [
      row * spacing[0] + offset[0],
      column * spacing[1] + offset[1],
    ]);
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
    return extraValues(this.#parts.options.extraProperties, this);
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
    return this.#parts.pixels.mask;
  }

  get imageConvex(): Image<Uint8Array> {
    return this.#parts.pixels.convex;
  }

  get imageFilled(): Image<Uint8Array> {
    return filled(this.image);
  }

  /** The intensities in the bounding box, 0 outside of the region. */
  get imageIntensity(): Image {
    return this.#parts.pixels.samples(requireIntensity(this.#parts), this.#parts.channel);
  }

  get inertiaTensor(): InertiaTensor {
    return inertiaTensorOf(this.momentsCentral);
  }

  /** The larger first. */
  get inertiaTensorEigvals(): [larger: number, smaller: number] {
    return inertiaEigvals(this.inertiaTensor);
  }

  get intensityMax(): number {
    return requireChannel(this.#parts).sums[SUMS.max]!;
  }

  get intensityMean(): number {
    return requireChannel(this.#parts).sums[SUMS.weighted]! / this.numPixels;
  }

  get intensityMedian(): number {
    return this.#parts.pixels.median(requireIntensity(this.#parts), requireChannel(this.#parts).channel);
  }

  get intensityMin(): number {
    return requireChannel(this.#parts).sums[SUMS.min]!;
  }

  get intensityStd(): number {
    return Math.sqrt(requireChannel(this.#parts).sums[SUMS.deviations]! / this.numPixels);
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
    requirePixels(this.#parts, "momentsHu");
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
    requirePixels(this.#parts, "momentsWeightedHu");
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
    requirePixels(this.#parts, "perimeter");
    return perimeterOf(this.image, 4) * this.spacing[0];
  }

  /** By Crofton's formula, in four directions, of square pixels. */
  get perimeterCrofton(): number {
    requirePixels(this.#parts, "perimeterCrofton");
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
    return matrix(this.#parts.sums[0]!, SUMS.moments);
  }

  get #pixelMomentsWeighted(): number[][] {
    return matrix(requireChannel(this.#parts).sums, SUMS.weighted);
  }

  #fromCorner([row, column]: readonly [number, number]): Pair {
    const [top, left] = this.bbox;
    const { offset, spacing } = this.#parts.options;
    return [top * spacing[0] + row + offset[0], left * spacing[1] + column + offset[1]];
  }
}

function matrix(sums: Float64Array, place: number): number[][] {
  return [0, 4, 8, 12].map((row) => [...sums.subarray(place + row, place + row + 4)]);
}

/** Outside of the class: one that names itself is called otherwise once modules are put together. */
function ofChannel(parts: RegionParts, channel: number): RegionProperties {
  return new RegionProperties({ ...parts, channel });
}
