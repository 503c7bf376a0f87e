import test from "ava";
import { type Border, borderIndices } from "../../src/image/border.ts";

const line = (mode: Border, length: number, radius: number): string =>
  Array.from(borderIndices(mode, length, radius), (index, i) => {
    const cut = i === radius || i === radius + length ? "|" : "";
    return cut + ("abcd"[index] ?? ".");
  }).join("");

test("each mode continues a line as SciPy's documentation draws it", (t) => {
  t.is(line("reflect", 4, 4), "dcba|abcd|dcba");
  t.is(line("mirror", 4, 3), "dcb|abcd|cba");
  t.is(line("nearest", 4, 2), "aa|abcd|dd");
  t.is(line("wrap", 4, 4), "abcd|abcd|abcd");
  t.is(line("constant", 4, 2), "..|abcd|..");
});

test("lines shorter than the radius repeat", (t) => {
  t.is(line("reflect", 2, 5), "aabba|ab|baabb");
  t.is(line("mirror", 2, 4), "abab|ab|abab");
  t.is(line("wrap", 3, 4), "cabc|abc|abca");
  for (const mode of ["reflect", "mirror", "nearest", "wrap"] as const) t.is(line(mode, 1, 3), "aaa|a|aaa");
});
