//! Type-directed dispatch: which backend's implementation runs a call, decided from the types of its
//! arguments, the registered backends and the scope that is active.
//!
//! The crate knows nothing of Node. One [`Registry`] serves one JavaScript realm; type tags come from
//! [`tag::intern`] and are the same in the whole process. [`Registry::resolve`] answers one call and writes the
//! answer into a table of integers (see [`automaton`]) that the host reads directly from then on.

pub mod automaton;
mod backend;
mod candidate;
mod conversion;
mod environment;
mod error;
mod hierarchy;
mod id;
mod judgement;
mod order;
mod pattern;
mod precedence;
mod registration;
mod registry;
mod resolution;
mod scope;
mod specificity;
mod system;
pub mod tag;

pub use backend::{Backend, BackendTypes, DEFAULT};
pub use candidate::{Candidate, Mode, Verdict};
pub use environment::{Environment, OrderEdge};
pub use error::DispatchError;
pub use id::{BackendId, DispatchableId, GroupId, ScopeId, Slot, SystemId};
pub use pattern::{Admits, TypePattern};
pub use registry::Registry;
pub use scope::{ScopeOptions, Target};
pub use system::{DispatchableOptions, Fallback, SystemOptions};
pub use tag::Tag;
