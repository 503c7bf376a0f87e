//! Type-directed dispatch: which backend's implementation runs a call, decided from the types of its
//! arguments, the registered backends and the scope that is active.
//!
//! The crate knows nothing of Node. One [`Registry`] serves one JavaScript realm; type tags come from
//! [`tag::intern`] and are the same in the whole process. [`Registry::resolve`] answers one call and writes the
//! answer into a table of integers (see [`automaton`]) that the host reads directly from then on.

pub mod automaton;
pub mod backend;
pub mod candidate;
pub mod conversion;
pub mod error;
pub mod order;
pub mod registry;
mod resolution;
pub mod scope;
pub mod tag;

pub use backend::{Backend, BackendId, BackendTypes, TypePattern};
pub use candidate::{Candidate, Mode, Verdict};
pub use error::DispatchError;
pub use registry::{DispatchableId, Registry, Slot, SystemId};
pub use scope::{ScopeId, ScopeOptions};
pub use tag::Tag;
