//! The WGSL of a chain.

use std::fmt::Write;

use super::chain::{Chain, Unit};
use super::{Channels, Pointwise};
use crate::image::DType;

const WORKGROUP: u32 = Chain::WORKGROUP;

/// What the functions may use.
const SHARED: [&str; 4] = [
    include_str!("../../shaders/shared/line.wgsl"),
    include_str!("../../shaders/shared/point.wgsl"),
    include_str!("../../shaders/shared/order.wgsl"),
    include_str!("../../shaders/shared/srgb.wgsl"),
];

impl Chain {
    /// The kernel: functions, parameters, the calls one after another, and the reading and writing around them. Chains whose
    /// kernels would do the same have the same.
    #[must_use]
    pub fn wgsl(&self) -> String {
        let mut parts = SHARED.to_vec();
        for link in &self.links {
            if !parts.contains(&link.operation.wgsl) {
                parts.push(link.operation.wgsl);
            }
        }
        let (params, calls, main) = (params(self), calls(self), main(self));
        parts.extend([&*params, &*calls, &*main]);
        parts.join("\n")
    }
}

fn params(chain: &Chain) -> String {
    let mut text = "struct Params {\n  units: u32,\n  zero: u32,\n".to_owned();
    for (i, link) in chain.links.iter().enumerate() {
        if link.operation.params.is_some() {
            _ = writeln!(text, "  {}: {},", options(i), struct_name(link.operation));
        }
    }
    text.push_str(
        "}

@group(0) @binding(0) var<storage, read> params: Params;
@group(0) @binding(1) var<storage, read> source: array<u32>;
@group(0) @binding(2) var<storage, read_write> result: array<u32>;
",
    );
    text
}

/// The field of the parameters of an operation.
pub(super) fn options(link: usize) -> String {
    format!("options{link}")
}

/// The function of a unit. Between operations the bits of floats meet a zero that compilers cannot know for one: they must
/// make the 32 bits that would be stored and loaded between two kernels, and draw no arithmetic together across them. What they
/// make of one function is their affair, but they are given the same one with and without others around it.
fn calls(chain: &Chain) -> String {
    let Unit { takes, gives } = chain.unit();
    let (mut dtype, mut channels) = (chain.dtype, takes);
    let mut text = format!("fn chain(x0: {}) -> {} {{\n", vector(takes), vector(gives));
    for (i, link) in chain.links.iter().enumerate() {
        let function = function_name(link.operation);
        let options = if link.operation.params.is_some() {
            format!(", params.{}", options(i))
        } else {
            String::new()
        };
        // The constants of the shader are named as the variants.
        let call = |x: &str| format!("{function}({x}, {dtype:?}{options})");
        let x = format!("x{i}");
        let value = match link.operation.channels {
            Channels::Each => {
                joined(&components(channels, &x).iter().map(|x| call(x)).collect::<Vec<_>>())
            }
            Channels::All { gives, .. } => {
                channels = gives;
                call(&x)
            }
        };
        dtype = link.dtype;
        let is_last = i + 1 == chain.links.len();
        let zero = if dtype == DType::F32 && !is_last {
            format!(" ^ {}", joined(&vec!["params.zero"; channels as usize]))
        } else {
            String::new()
        };
        _ = writeln!(text, "  let x{} = {value}{zero};", i + 1);
    }
    _ = writeln!(text, "  return x{};\n}}", chain.links.len());
    text
}

/// Reads the words of some units, has the units computed, and writes the words of the results.
fn main(chain: &Chain) -> String {
    let (Unit { takes, gives }, at_once) = (chain.unit(), chain.units_at_once());
    let (from, to) = (chain.dtype, chain.gives());
    let (read, written) = (at_once * takes / per_word(from), at_once * gives / per_word(to));
    let mut text = format!(
        "@compute @workgroup_size({WORKGROUP})
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(local_invocation_index) local: u32,
) {{
  let i = line(group, groups) * {WORKGROUP}u + local;
  if (i * {at_once}u >= params.units) {{
    return;
  }}
"
    );
    // Reading beyond the end is harmless in WGSL, and what comes of it is not written, or to where no sample is.
    for w in 0..read {
        _ = writeln!(text, "  let w{w} = source[{}];", place(read, w));
    }
    for k in 0..at_once {
        let samples: Vec<_> = (0..takes).map(|c| unpacked(from, k * takes + c)).collect();
        _ = writeln!(text, "  let y{k} = chain({});", joined(&samples));
    }
    let results: Vec<_> = (0..at_once).flat_map(|k| components(gives, &format!("y{k}"))).collect();
    for (w, samples) in (0..).zip(results.chunks(per_word(to) as usize)) {
        let (at, word) = (place(written, w), packed(to, samples));
        // What the first unit makes is wanted in any case.
        if w * per_word(to) < gives {
            _ = writeln!(text, "  result[{at}] = {word};");
        } else {
            let first = format!("({at}) * {}u", per_word(to));
            _ = writeln!(
                text,
                "  if ({first} < params.units * {gives}u) {{\n    result[{at}] = {word};\n  }}"
            );
        }
    }
    text.push_str("}\n");
    text
}

/// Samples in a word.
fn per_word(dtype: DType) -> u32 {
    4 / dtype.bytes() as u32
}

/// The place of one of the `count` words of invocation `i`.
fn place(count: u32, word: u32) -> String {
    if count == 1 { "i".to_owned() } else { format!("{count}u * i + {word}u") }
}

/// One of the samples in words `w0`, `w1`…
fn unpacked(dtype: DType, sample: u32) -> String {
    let (per_word, bits) = (per_word(dtype), 8 * dtype.bytes() as u32);
    let (word, shift) = (sample / per_word, sample % per_word * bits);
    if per_word == 1 {
        format!("w{word}")
    } else {
        format!("(w{word} >> {shift}u) & {:#x}u", (1u64 << bits) - 1)
    }
}

/// The word of some samples.
fn packed(dtype: DType, samples: &[String]) -> String {
    let bits = 8 * dtype.bytes();
    let shifted = samples.iter().zip((0..32).step_by(bits));
    let shifted: Vec<_> = shifted
        .map(
            |(sample, shift)| {
                if shift == 0 { sample.clone() } else { format!("({sample} << {shift}u)") }
            },
        )
        .collect();
    shifted.join(" | ")
}

fn vector(channels: u32) -> String {
    if channels == 1 { "u32".to_owned() } else { format!("vec{channels}<u32>") }
}

fn components(channels: u32, x: &str) -> Vec<String> {
    if channels == 1 {
        return vec![x.to_owned()];
    }
    "xyzw".chars().take(channels as usize).map(|c| format!("{x}.{c}")).collect()
}

fn joined(samples: &[impl AsRef<str>]) -> String {
    let list = samples.iter().map(AsRef::as_ref).collect::<Vec<_>>().join(", ");
    if samples.len() == 1 { list } else { format!("vec{}({list})", samples.len()) }
}

/// `adjust_log` of `exposure.adjustLog`.
fn function_name(operation: &Pointwise) -> String {
    let mut name = String::new();
    for letter in own_name(operation).chars() {
        if letter.is_ascii_uppercase() {
            name.push('_');
        }
        name.push(letter.to_ascii_lowercase());
    }
    name
}

/// `AdjustLog` of `exposure.adjustLog`.
fn struct_name(operation: &Pointwise) -> String {
    let (first, rest) = own_name(operation).split_at(1);
    first.to_ascii_uppercase() + rest
}

fn own_name(operation: &Pointwise) -> &str {
    operation.name.rsplit('.').next().unwrap_or(operation.name)
}
