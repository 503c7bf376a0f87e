//! The building blocks of kernels, each by itself, in a kernel that does little else; with subgroup operations, where the adapter has
//! them, and without. Histograms and separable filters are blocks on whole images.

mod binary64;
mod border;
mod histogram;
mod ieee754;
#[path = "../oracle/mod.rs"]
mod oracle;
mod reduction;
mod scan;
mod separable;
mod stencil;
#[path = "../support/mod.rs"]
mod support;
mod union_find;

use std::sync::Arc;

use support::require_gpu;
use tagswitch_kernels_gpu::settings::Settings;
use tagswitch_kernels_gpu::{Engine, engine_of_its_own};

/// An engine that may use subgroup operations, and one that may not.
fn engines() -> Vec<Arc<Engine>> {
    if require_gpu().is_none() {
        return Vec::new();
    }
    let both = [None, Some("subgroups".to_owned())];
    let settings = |without| Settings { without, ..Settings::from_environment() };
    both.map(|without| engine_of_its_own(&settings(without)).unwrap()).into()
}
