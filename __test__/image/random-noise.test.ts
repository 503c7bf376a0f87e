import test from "ava";
import { Image, util } from "../../src/image/index.ts";
import { philox } from "../../src/image/util/philox.ts";

const gray = new Image(new Float32Array(10_000).fill(0.5), { width: 100, height: 100 });

test("the generator gives its authors' known answers", (t) => {
  const most = 2 ** 32 - 1;
  t.deepEqual(philox([0, 0, 0, 0], [0, 0]), [0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8]);
  t.deepEqual(philox([most, most, most, most], [most, most]), [0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd]);
});

for (const backend of ["default", "native"]) {
  test(`${backend}: a seed gives the same noise, another one or none another`, (t) => {
    const noise = (rng: number | null = null): Image => util.randomNoise(gray, { backend, rng });
    t.deepEqual(noise(3), noise(3));
    t.notDeepEqual(noise(3), noise(4));
    t.notDeepEqual(noise(), noise());
    t.notDeepEqual(noise(), util.randomNoise(gray, { backend }));
  });

  test(`${backend}: the share of salt and of pepper`, (t) => {
    const { data } = util.randomNoise(gray, { mode: "s&p", amount: 0.4, saltVsPepper: 0.75, rng: 1, backend });
    const share = (value: number): number => data.filter((sample: number) => sample === value).length / data.length;
    t.true(Math.abs(share(1) - 0.3) < 0.02);
    t.true(Math.abs(share(0) - 0.1) < 0.02);
  });
}
