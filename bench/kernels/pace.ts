/** How much to measure. */
export interface Pace {
  /** Width and height of the images on which contestants are compared in time. */
  readonly sides: readonly number[];
  /** Those of them on which two threads are compared as well. */
  readonly threadSides: readonly number[];
  /** Those on which time per pixel is compared. */
  readonly pixelSides: readonly number[];
  /** That on which memory is measured; none if null. */
  readonly memorySide: number | null;
  /** That on which results are compared. */
  readonly answerSide: number;
  /** A turn: calls for so long by the processor's clock, and one at least. */
  readonly turnMilliseconds: number;
  readonly rounds: number;
  /** No further round once a row took so long on one side, if there were three. */
  readonly budgetMilliseconds: number;
}

export const FULL: Pace = {
  sides: [512, 2048],
  threadSides: [512, 2048],
  pixelSides: [512, 2048, 8192],
  memorySide: 2048,
  answerSide: 512,
  turnMilliseconds: 20,
  rounds: 5,
  budgetMilliseconds: 5000,
};

export const QUICK: Pace = {
  ...FULL,
  sides: [512],
  threadSides: [],
  pixelSides: [],
  memorySide: null,
  turnMilliseconds: 10,
  rounds: 5,
  budgetMilliseconds: 1500,
};

/** Results are compared and nothing is timed. */
export const CHECK: Pace = { ...QUICK, sides: [] };
