//! One source, one compilation per instruction set, the choice made when called.
//!
//! A [`Kernel`]'s `run` and all that it calls in its loops are `#[inline(always)]`, so that they are compiled
//! anew inside [`dispatch`]'s functions with wider vectors enabled. The loops themselves are ordinary Rust that
//! the compiler vectorises.
//!
//! There are two: what every CPU of the target has (SSE2, NEON), and AVX2. With AVX-512 most kernels take between nine tenths and six
//! fifths of AVX2's time, which is not worth compiling all of them once more. Long arithmetic on each sample gains, and sums of squares over what
//! the caches hold: where vector units are 64 bytes wide (Zen 5) logarithms, powers, colours, moments and noise take half to two thirds of the time.
//! Those are [dispatched wide](dispatch_wide), and [`look_up`] has instructions of its own. SSE4.1 would be for CPUs from before 2013.

#[cfg(target_arch = "x86_64")]
mod avx2;
mod level;
mod look_up;
#[cfg(target_arch = "x86_64")]
mod nine;

use tagswitch_image::Float;

pub use self::level::{LINE, Level, Line};
pub use self::look_up::look_up;

#[cfg(target_arch = "x86_64")]
use self::avx2::Avx2;

/// Work to be compiled per instruction set.
pub trait Kernel {
    /// What it returns.
    type Output;
    /// Does the work. Mark implementations `#[inline(always)]`.
    fn run<L: Level>(self) -> Self::Output;
}

/// What every CPU of the target has.
struct Baseline;

impl Level for Baseline {
    #[inline(always)]
    fn fma<F: Float>(a: F, b: F, c: F) -> F {
        // 64-bit ARM always has the fused instruction.
        if cfg!(target_arch = "aarch64") { a.mul_add(b, c) } else { a * b + c }
    }
}

/// Runs a kernel with the widest instructions that this CPU has.
pub fn dispatch<K: Kernel>(kernel: K) -> K::Output {
    #[cfg(target_arch = "x86_64")]
    if is_x86_feature_detected!("avx2") && is_x86_feature_detected!("fma") {
        // SAFETY: the CPU has both features that the function needs.
        return unsafe { with_avx2(kernel) };
    }
    kernel.run::<Baseline>()
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2,fma")]
fn with_avx2<K: Kernel>(kernel: K) -> K::Output {
    kernel.run::<Avx2>()
}

/// As [`dispatch`], and with vectors of 64 bytes where the CPU has them: of a kernel that gains enough to be compiled once more.
pub fn dispatch_wide<K: Kernel>(kernel: K) -> K::Output {
    #[cfg(target_arch = "x86_64")]
    if is_wide() {
        // SAFETY: the CPU has the features that the function needs; AVX2 is among those that AVX-512 needs itself.
        return unsafe { with_avx512(kernel) };
    }
    dispatch(kernel)
}

/// Whether [`dispatch_wide`] has vectors of 64 bytes, and twice the registers.
#[cfg(target_arch = "x86_64")]
pub fn is_wide() -> bool {
    is_x86_feature_detected!("avx512f")
        && is_x86_feature_detected!("avx512bw")
        && is_x86_feature_detected!("avx512dq")
        && is_x86_feature_detected!("avx512vl")
        && is_x86_feature_detected!("fma")
}

/// Elsewhere vectors have 16 bytes.
#[cfg(not(target_arch = "x86_64"))]
pub fn is_wide() -> bool {
    false
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx512f,avx512bw,avx512dq,avx512vl,fma")]
fn with_avx512<K: Kernel>(kernel: K) -> K::Output {
    // What kernels ask of an instruction set is done as with AVX2; their loops have longer vectors.
    kernel.run::<Avx2>()
}

/// Runs a kernel with what every CPU of the target has, for comparison.
#[cfg(test)]
pub(crate) fn baseline<K: Kernel>(kernel: K) -> K::Output {
    kernel.run::<Baseline>()
}
