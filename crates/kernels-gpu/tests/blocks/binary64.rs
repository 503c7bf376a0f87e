use tagswitch_kernels_gpu::{Binding, DType, Kernel, Layout, Shape, blocks};

use crate::oracle::Samples;
use crate::support::{download, require_gpu, upload};

/// Of two numbers of 64 bits the sum, the difference, the product, the quotient, the root of the first without its sign, twice the first, how
/// they compare, and the first without its sign in 32 bits; of 32 bits, as a float and as a whole number, the same in 64 bits.
static ARITHMETIC: Kernel = Kernel {
    name: "test.binary64",
    workgroup: [256, 1, 1],
    bindings: &[Binding::Read(1), Binding::Write(2)],
    sources: &[
        blocks::LONG,
        blocks::IEEE754,
        blocks::BINARY64,
        "
        struct Params { count: u32 }
        @group(0) @binding(0) var<storage, read> params: Params;
        @group(0) @binding(1) var<storage, read> source: array<u32>;
        @group(0) @binding(2) var<storage, read_write> result: array<vec2<u32>>;

        @compute @workgroup_size(256)
        fn main(@builtin(global_invocation_id) id: vec3<u32>) {
          if (id.x >= params.count) {
            return;
          }
          let i = 5u * id.x;
          let a = vec2(source[i], source[i + 1u]);
          let b = vec2(source[i + 2u], source[i + 3u]);
          let o = 10u * id.x;
          result[o] = double_sum(a, b);
          result[o + 1u] = double_difference(a, b);
          result[o + 2u] = double_times(a, b);
          result[o + 3u] = double_quotient(a, b);
          result[o + 4u] = double_root(double_magnitude(a));
          result[o + 5u] = double_twice(a);
          let at_most = double_at_most(double_magnitude(a), double_magnitude(b));
          result[o + 6u] = vec2(u32(at_most), u32(double_is_positive(a)));
          result[o + 7u] = vec2(bitcast<u32>(single_within(double_magnitude(a))), 0u);
          result[o + 8u] = double_of_single(source[i + 4u]);
          result[o + 9u] = double_of_level(bitcast<i32>(source[i + 4u]));
        }",
    ],
    params: Layout { size: 4, fields: &[] },
};

const NAMES: [&str; 10] = [
    "sum",
    "difference",
    "product",
    "quotient",
    "root",
    "twice",
    "order",
    "single",
    "float",
    "level",
];

/// Enough for each of the kinds below to come some thirty thousand times.
const COUNT: u64 = 300_000;

const SPECIAL: [f64; 7] = [0.0, -0.0, f64::INFINITY, f64::NEG_INFINITY, f64::NAN, 1.0, -1.0];

struct Random(u64);

impl Random {
    fn bits(&mut self, count: u32) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 >> (64 - count)
    }

    /// A number between powers of two, of so many bits.
    fn number(&mut self, [least, most]: [i64; 2], bits: u32) -> f64 {
        let span = (most - least) as u64;
        let exponent = 1023 + least + (self.bits(32) % span) as i64;
        let fraction = if bits == 0 { 0 } else { self.bits(bits) << (52 - bits) };
        f64::from_bits(self.bits(1) << 63 | (exponent as u64) << 52 | fraction)
    }

    fn pair(&mut self, kind: u64) -> [f64; 2] {
        let near = [-3, 3];
        match kind % 9 {
            0 => [self.number(near, 52), self.number(near, 52)],
            // Where less than half of the last bit, half of it or more is added.
            1 => [self.number(near, 52), self.number([-58, -48], 52)],
            2 => [self.number(near, 52), self.number([-58, -48], 2)],
            // Of few bits: exact results, and those in the middle between two.
            3 => [self.number(near, 27), self.number([-30, 30], 27)],
            // Alike but for the last bits.
            4 => {
                let a = self.number(near, 52);
                let bits = self.bits(64 - self.0.count_zeros().min(60));
                [a, -f64::from_bits(a.to_bits() ^ (bits >> 12))]
            }
            // Quotients and roots that are exact but for the last bit.
            5 => {
                let [a, b] = [self.number(near, 26), self.number(near, 26)];
                let product = if self.bits(1) == 0 { a * b } else { a * a };
                [f64::from_bits(product.to_bits() + self.bits(2) - 1), b]
            }
            6 => [self.number([-340, 340], 52), self.number([-340, 340], 52)],
            // So small that some of what is made of them is subnormal.
            7 => {
                let a = self.number([-1022, -960], 52);
                let b = [self.number([-1022, -960], 52), self.number([-62, 2], 52)];
                [a, b[self.bits(1) as usize]]
            }
            _ => {
                let special = SPECIAL[self.bits(32) as usize % SPECIAL.len()];
                let other = match self.bits(1) {
                    0 => SPECIAL[self.bits(32) as usize % SPECIAL.len()],
                    _ => self.number([-60, 60], 52),
                };
                if self.bits(1) == 0 { [special, other] } else { [other, special] }
            }
        }
    }
}

#[test]
fn numbers_of_64_bits_are_rounded_as_a_cpu_rounds() {
    let Some(engine) = require_gpu() else { return };
    let mut random = Random(0x9e37_79b9_7f4a_7c15);
    let pairs: Vec<([f64; 2], u32)> = (0..COUNT)
        .map(|kind| (random.pair(kind), random.bits(32) as u32 >> random.bits(5)))
        .collect();
    let halves = |bits: u64| [(bits >> 32) as u32, bits as u32];
    let words = pairs.iter().flat_map(|([a, b], word)| {
        halves(a.to_bits()).into_iter().chain(halves(b.to_bits())).chain([*word])
    });
    let source = words.map(u32::cast_signed).collect();
    let given = Shape { height: COUNT as u32, width: 5, channels: 1 };
    let source = upload(&engine, &Samples::I32(source), given);
    let to = (Shape { width: 20, ..given }, DType::I32);
    let groups = COUNT.div_ceil(256);
    let found = ARITHMETIC.run(&engine, &[], &[COUNT as u32], &[&source], to, groups).unwrap();
    let found = download::<u32>(&found);
    for (found, ([a, b], word)) in found.chunks_exact(20).zip(pairs) {
        let order = (f64::from(u8::from(a.abs() <= b.abs())), f64::from(u8::from(a > 0.0)));
        let single = f64::from(f32::from_bits(word));
        let within = match a.abs() {
            size if size < f64::from(f32::MIN_POSITIVE) => 0.0,
            size if size < 2f64.powi(64) => size as f32,
            _ => 2f32.powi(64),
        };
        let normal = |value: f64| if value.is_subnormal() { 0f64.copysign(value) } else { value };
        let expected = [
            normal(a + b),
            normal(a - b),
            normal(a * b),
            normal(a / b),
            a.abs().sqrt(),
            2.0 * a,
            f64::from_bits((order.0 as u64) << 32 | order.1 as u64),
            f64::from_bits(u64::from(within.to_bits()) << 32),
            single,
            f64::from(word.cast_signed()),
        ];
        for ((name, expected), found) in NAMES.iter().zip(expected).zip(found.chunks_exact(2)) {
            let found = f64::from_bits(u64::from(found[0]) << 32 | u64::from(found[1]));
            // There are many NaN.
            let is_alike =
                expected.to_bits() == found.to_bits() || (expected.is_nan() && found.is_nan());
            assert!(is_alike, "{name} of {a:e} and {b:e}: {found:e}, not {expected:e}");
        }
    }
}
