// Moments that are made of moments; what is expected was recorded of scikit-image 0.26.0.
import test from "ava";
import { Image, measure } from "../../src/image/index.ts";

const image = new Image(Float64Array.of(1, 0, 4, 2, 3, 9, 0, 5, 1.5), { width: 3, height: 3 });
const mu = measure.momentsCentral(image, { order: 4 });

function near(actual: number[][], expected: number[][]): boolean {
  const pairs = actual.flatMap((row, p) => row.map((value, q) => [value, expected[p]![q]!] as const));
  const shape = (rows: number[][]): string => rows.map((row) => row.length).join();
  return shape(actual) === shape(expected) && pairs.every(([a, b]) => Object.is(a, b) || Math.abs(a - b) <= 1e-15);
}

test("normalised moments, of as many orders as are asked for", (t) => {
  const fourth = [
    [NaN, NaN, 0.018936909635057394, -0.0022836675721199682, 0.0009013573873859154],
    [NaN, -0.0033471289323110955, -0.0007815566572959872, 0.00015822473646070895, 0],
    [0.017549811158604156, -0.00013102050929051794, 0.00030391910273802413, 0, 0],
    [-0.00015806763855424736, -0.0001253187049983732, 0, 0, 0],
    [0.000686607546809579, 0, 0, 0, 0],
  ];
  const upTo = (order: number): number[][] => fourth.slice(0, order + 1).map((row) => row.slice(0, order + 1));
  t.true(near(measure.momentsNormalized(mu, { order: 4 }), fourth));
  t.true(near(measure.momentsNormalized(mu), upTo(3)));
  for (const order of [0, 1, 2]) t.true(near(measure.momentsNormalized(mu, { order }), upTo(order)));
});

test("lengths are measured by the smaller side of a pixel", (t) => {
  const wide = [
    [NaN, NaN, 0.07574763854022958],
    [NaN, -0.013388515729244382, -0.006252453258367897],
    [0.07019924463441662, -0.0010481640743241435, 0.004862705643808386],
  ];
  t.true(near(measure.momentsNormalized(mu, { order: 2, spacing: [0.5, 2] }), wide));
});

test("what adds up to nothing has no normalised moments", (t) => {
  const empty = [[0, 0, 2], [0, -1, 0], [0, 3, NaN]]; // oxfmt-ignore
  t.deepEqual(measure.momentsNormalized(empty, { order: 2 }), [
    [NaN, NaN, Infinity],
    [NaN, -Infinity, NaN],
    [NaN, Infinity, NaN],
  ]);
});
