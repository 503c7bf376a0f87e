// The main job itself: seven functions of the image library, one after the other.
import { color, filters, type GpuImage, type Image, measure, util } from "tagswitch/image";

/** An image, wherever its samples lie. */
export type Picture = Image | GpuImage;

/** The photograph and what becomes of it. */
export interface Values {
  /** 1 or 3 channels, any dtype. */
  photo: Picture;
  /** Luminance, one channel. */
  grey: Picture;
  /** The same without its noise. */
  smooth: Picture;
  /** How steep the brightness is. */
  edges: Picture;
  /** What parts steep from flat. */
  threshold: number;
  /** 1 where it is steep. */
  mask: Picture;
  /** A number for each connected region of the mask. */
  labels: Picture;
  /** The photograph with each region in a colour. */
  overlay: Picture;
}

/** One of the values made from those before it. */
export type Step = {
  [K in Exclude<keyof Values, "photo">]: {
    readonly makes: K;
    /** The library's name for the function that runs. */
    readonly function: string;
    run(values: Values): Values[K];
  };
}[Exclude<keyof Values, "photo">];

/** Which steps a photograph of so many channels takes, in order. */
export function stepsFor({ channels }: { readonly channels: number }, sigma: number): readonly Step[] {
  const steps: readonly Step[] = [
    { makes: "grey", function: "color.rgb2gray", run: ({ photo }) => color.rgb2gray(photo) },
    { makes: "smooth", function: "filters.gaussian", run: ({ grey }) => filters.gaussian(grey, { sigma }) },
    { makes: "edges", function: "filters.sobel", run: ({ smooth }) => filters.sobel(smooth) },
    { makes: "threshold", function: "filters.thresholdOtsu", run: ({ edges }) => filters.thresholdOtsu(edges) },
    { makes: "mask", function: "util.greater", run: ({ edges, threshold }) => util.greater(edges, threshold) },
    { makes: "labels", function: "measure.label", run: ({ mask }) => measure.label(mask) },
    {
      makes: "overlay",
      function: "color.label2rgb",
      run: ({ labels, photo }) => color.label2rgb(labels, photo, { bgColor: null, alpha: 0.5 }),
    },
  ];
  // A photograph of one channel is grey already.
  return channels === 1 ? steps.slice(1) : steps;
}

/** The values before the first step. */
export function valuesOf(photo: Picture): Values {
  return { photo, grey: photo } as Values;
}
