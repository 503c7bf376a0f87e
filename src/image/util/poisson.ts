/** Two numbers in (0, 1), independent of those of other rounds. */
type Numbers = (round: number) => readonly [u: number, v: number];

/** From here on the quotient of uniforms takes fewer numbers than the search. */
const LARGE = 10;

/**
 * A Poisson number of this mean; a mean that is NaN or infinite is what comes out.
 *
 * Small means by a search through the distribution, others by W. Hörmann, "The transformed rejection method for generating Poisson
 * random variables", Insurance: Mathematics and Economics 12 (1993), algorithm PTRS.
 */
export function poisson(mean: number, numbers: Numbers): number {
  if (!(mean < Infinity)) return mean;
  return mean < LARGE ? searched(mean, numbers(0)[0]) : rejected(mean, numbers);
}

/** The first number whose share, with those before it, is not below `u`. */
function searched(mean: number, u: number): number {
  let [count, share] = [0, Math.exp(-mean)];
  for (let sum = share; sum < u && share > 0; sum += share) share *= mean / ++count;
  return count;
}

function rejected(mean: number, numbers: Numbers): number {
  const b = 0.931 + 2.53 * Math.sqrt(mean);
  const a = -0.059 + 0.02483 * b;
  const inverse = 1.1239 + 1.1328 / (b - 3.4);
  const surely = 0.9277 - 3.6224 / (b - 2);
  for (let round = 0; ; round++) {
    const [first, v] = numbers(round);
    const u = first - 0.5;
    const s = 0.5 - Math.abs(u);
    const count = Math.floor(((2 * a) / s + b) * u + mean + 0.43);
    if (s >= 0.07 && v <= surely) return count;
    if (count < 0 || (s < 0.013 && v > s)) continue;
    const density = -mean + count * Math.log(mean) - logFactorial(count);
    if (Math.log((v * inverse) / (a / (s * s) + b)) <= density) return count;
  }
}

/** By Stirling's series; below 10, where that is not exact, by multiplication. */
function logFactorial(n: number): number {
  if (n < 10) {
    let product = 1;
    for (let i = 2; i <= n; i++) product *= i;
    return Math.log(product);
  }
  return (
    (n + 0.5) * Math.log(n) - n + Math.log(2 * Math.PI) / 2 + 1 / (12 * n) - 1 / (360 * n ** 3) + 1 / (1260 * n ** 5)
  );
}
