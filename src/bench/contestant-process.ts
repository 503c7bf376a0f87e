// The process of one contestant in one setting: prepares when started, then runs a batch for each message.
import { type CallLoops, createLoops } from "./call-loops.ts";
import type { Batch, ProcessReply, ProcessRequest } from "./contestant.ts";
import { type ContestSetting, DISPATCHABLES } from "./contest.ts";
import { type Contestant, CONTESTANTS, type ContestantName } from "./contestants.ts";
import { createProgram } from "./program.ts";
import { median } from "./statistics.ts";

/** Pieces of calls after which V8 was seen to compile nothing anew, and some more. */
const warmUpPieces = (types: number): number => DISPATCHABLES * (60 + 6 * types);

const [name, text] = process.argv.slice(2) as [ContestantName, string];
const setting = JSON.parse(text) as ContestSetting;
const contestant: Contestant = CONTESTANTS[name];
const program = createProgram(setting);
const built = await contestant.build(program);

if (built === undefined) {
  reply({ state: "absent" });
} else {
  const within = built.within ?? ((body: () => void) => body());
  let loops: CallLoops | undefined;
  process.on("message", (request: ProcessRequest) => {
    within(() => {
      loops ??= createLoops(built.functions, program, setting.site, contestant.oneType === true);
      reply({ state: "done", batch: request.warmUp ? warmUp(loops, request) : runBatch(loops, request) });
    });
  });
  reply({ state: "ready" });
}

/** V8 compiles a loop for good after so and so many calls in it, however long they take. */
function warmUp(loops: CallLoops, { milliseconds }: ProcessRequest): Batch {
  const end = performance.now() + milliseconds;
  for (let left = warmUpPieces(setting.types); left > 0 && performance.now() < end; left--) loops.next();
  return runBatch(loops, { milliseconds: 0 });
}

function runBatch(loops: CallLoops, { milliseconds }: ProcessRequest): Batch {
  // Other processes ran in between: what the caches and predictors held is gone.
  for (let i = 0; i < loops.count; i++) loops.next();
  const samples: number[] = [];
  const end = performance.now() + milliseconds;
  while (samples.length < loops.count || performance.now() < end) samples.push(loops.next());
  return { samples: samples.length, minimum: Math.min(...samples), median: median(samples) };
}

function reply(message: ProcessReply): void {
  process.send!(message);
}
