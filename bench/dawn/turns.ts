// How the two processes are asked for turns.

/** What a contestant's process is sent, over and over. */
export interface Request {
  readonly side: number;
  /** Runs the pipeline for so long, and once at least. */
  readonly milliseconds: number;
}

/** What it sends back. */
export interface Answer {
  readonly engine: string;
  /** Of one run: from samples in JavaScript to the result's in JavaScript. */
  readonly milliseconds: number;
  /** Some samples of the last result, evenly spread. */
  readonly samples: readonly number[];
}

/** Answers requests by running a pipeline. */
export function answerWith(engine: string, run: (side: number) => Promise<Float32Array>): void {
  process.on("message", (request: Request) => {
    void (async () => {
      const start = performance.now();
      let runs = 0;
      let result: Float32Array;
      do {
        result = await run(request.side);
        runs++;
      } while (performance.now() - start < request.milliseconds);
      const samples = Array.from({ length: 64 }, (_, i) => result[Math.floor((i * result.length) / 64)]!);
      process.send!({ engine, milliseconds: (performance.now() - start) / runs, samples } satisfies Answer);
    })();
  });
}
