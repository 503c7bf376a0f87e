// gpu.stream: pipelines over frames, in order, two at a time, with memory that stays as it was.
import test from "ava";
import { feature, filters, gpu, GpuError, GpuImage, Image, util } from "../../src/image/index.ts";
import { gpuAvailable } from "./gpu-available.ts";

const side = 32;
const frame = (level: number): Image =>
  new Image(new Float32Array(side * side).fill(level), { width: side, height: side });

async function* camera(count: number, seen: number[] = []): AsyncGenerator<Image> {
  for (let i = 0; i < count; i++) {
    await null;
    seen.push(i);
    yield frame(i);
  }
}

async function all<T>(results: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = [];
  for await (const result of results) list.push(result);
  return list;
}

const edges = (image: GpuImage): GpuImage => util.greater(filters.sobel(filters.gaussian(image)), 0.1);
const live = (): number => gpu.stats()?.liveBytes ?? 0;

test("what is no frames and no image is refused", async (t) => {
  const refused = { instanceOf: GpuError, code: "ERR_GPU_ARGUMENT" };
  for (const frames of [undefined, null, 7, {}] as never[]) {
    await t.throwsAsync(async () => all(gpu.stream(frames, edges)), refused);
  }
  await t.throwsAsync(async () => all(gpu.stream([7] as never[], edges)), { ...refused, message: /a frame is 7/ });
  for (const pipeline of [undefined, "sobel"] as never[]) {
    await t.throwsAsync(async () => all(gpu.stream([], pipeline)), { ...refused, message: /pipeline is / });
  }
});

if (gpuAvailable()) {
  test.serial("results are those of single calls, in the order of the frames", async (t) => {
    const frames = Array.from({ length: 7 }, (_, i) => frame(i));
    frames[3] = new Image(new Uint8Array(12).fill(9), { width: 4, height: 3 });
    for (const source of [
      frames,
      new Set(frames),
      (async function* () {
        yield* frames;
      })(),
    ]) {
      const results = await all(gpu.stream(source, (image) => filters.gaussian(image, { preserveRange: true })));
      t.deepEqual(
        results.map(({ data, shape }) => [Math.round(data[5]!), shape]),
        frames.map(({ data, shape }) => [data[5]!, shape]),
      );
    }
    t.deepEqual(await all(gpu.stream([], edges)), []);
  });

  test.serial("memory is steady over 2,000 frames", async (t) => {
    await all(gpu.stream(camera(20), edges));
    const before = { ...gpu.stats()!, resident: process.memoryUsage.rss() };
    let [most, count] = [0, 0];
    for await (const { data } of gpu.stream(camera(2000), edges)) {
      most = Math.max(most, live());
      count += data.length;
    }
    const after = gpu.stats()!;
    t.is(count, 2000 * side * side);
    t.is(after.liveBytes, before.liveBytes);
    // Two frames: uploads, and results of bytes.
    t.true(most - before.liveBytes <= 2 * 5 * side * side, `${most} bytes`);
    t.true(after.allocations - before.allocations < 8, `${after.allocations - before.allocations} allocations`);
    const grown = (process.memoryUsage.rss() - before.resident) / 2 ** 20;
    t.true(grown < 64, `${grown} MiB`);
  });

  test.serial("at most two frames are under way, and no frame waits for the next one", async (t) => {
    const seen: number[] = [];
    const results = gpu.stream(camera(10, seen), edges);
    await results.next();
    t.true(seen.length <= 3, `${seen.length} frames`);
    await results.return();
    // A source that has given one frame and is silent.
    let speak: (() => void) | undefined;
    const silent = (async function* () {
      yield frame(1);
      await new Promise<void>((resolve) => {
        speak = resolve;
      });
      yield frame(2);
    })();
    const late = gpu.stream(silent, edges);
    t.false((await late.next()).done);
    speak!();
    t.false((await late.next()).done);
    t.true((await late.next()).done);
  });

  test.serial("images that are kept, or were the caller's, live on; others do not", async (t) => {
    const before = live();
    const background = GpuImage.from(frame(5));
    let last: GpuImage | undefined;
    const inner: GpuImage[] = [];
    const results = await all(
      gpu.stream([background, background], (image, { keep }) => {
        last?.dispose();
        inner.push(filters.sobel(image));
        last = keep(filters.gaussian(image));
        return last;
      }),
    );
    t.deepEqual(
      results.map(({ data }) => Math.round(data[0]!)),
      [5, 5],
    );
    t.is(Math.round(last!.toImageSync().data[0]!), 5);
    for (const image of inner) t.throws(() => image.toImageSync(), { code: "ERR_GPU_DISPOSED" });
    t.is(background.toImageSync().data[0], 5);
    const same = await all(gpu.stream([background], (image) => image));
    t.is(same[0]!.data[0], 5);
    background.dispose();
    last!.dispose();
    t.is(live(), before);
  });

  test.serial("other values pass as they are, promises are refused", async (t) => {
    const thresholds = await all(gpu.stream([frame(1), frame(2)], (image) => filters.thresholdOtsu(image)));
    t.deepEqual(thresholds, [1, 2]);
    await t.throwsAsync(async () => all(gpu.stream([frame(1)], async (image) => image)), {
      instanceOf: GpuError,
      code: "ERR_GPU_ARGUMENT",
      message: /returned a promise/,
    });
  });

  test.serial("of lists and plain objects, images come back as Images, and nothing stays behind", async (t) => {
    const before = live();
    const [tensor] = await all(gpu.stream([frame(3)], (image) => feature.structureTensor(image)));
    t.deepEqual(
      tensor!.map((element) => [element instanceof Image, element.shape]),
      Array.from({ length: 3 }, () => [true, [side, side]]),
    );
    const results = await all(
      gpu.stream([frame(3), frame(4)], (image) => {
        const blurred = filters.gaussian(image);
        return { blurred, mask: util.greater(blurred, 3.5), mean: filters.thresholdMean(blurred), name: "frame" };
      }),
    );
    const masks: Image[] = results.map(({ mask }) => mask);
    t.deepEqual(
      masks.map(({ data }) => data[7]),
      [0, 1],
    );
    t.deepEqual(
      results.map(({ blurred, mean, name }) => [Math.round(blurred.data[0]!), Math.round(mean), name]),
      [
        [3, 3, "frame"],
        [4, 4, "frame"],
      ],
    );
    const list = [1, 2];
    t.is((await all(gpu.stream([frame(1)], () => list)))[0], list);
    t.is(live(), before);
  });

  test.serial("an error comes after the results before it, and nothing stays behind", async (t) => {
    await all(gpu.stream(camera(3), edges));
    const before = live();
    const failing = {
      pipeline: gpu.stream(camera(9), (image) => {
        const made = filters.sobel(image);
        if (++calls === 3) throw new RangeError("third");
        return made;
      }),
      source: gpu.stream(
        (async function* () {
          yield frame(0);
          yield frame(1);
          throw new RangeError("third");
        })(),
        edges,
      ),
    };
    let calls = 0;
    for (const [name, results] of Object.entries(failing)) {
      const got: Image[] = [];
      await t.throwsAsync(
        async () => {
          for await (const result of results) got.push(result);
        },
        { instanceOf: RangeError, message: "third" },
        name,
      );
      t.is(got.length, 2, name);
      t.is(live(), before, name);
    }
  });

  test.serial("a consumer that leaves early ends the source", async (t) => {
    const before = live();
    let ended = false;
    const source = (async function* () {
      try {
        for (;;) yield frame(1);
      } finally {
        ended = true;
      }
    })();
    for await (const result of gpu.stream(source, edges)) {
      t.is(result.dtype, "uint8");
      break;
    }
    t.true(ended);
    t.is(live(), before);
  });
}
