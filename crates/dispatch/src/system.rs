//! Backend systems and their functions.

use crate::candidate::Candidate;
use crate::environment::Environment;
use crate::id::{BackendId, GroupId, SystemId};
use std::sync::Arc;

/// What becomes of calls that no backend but the library's own is left for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Fallback {
    /// The library's own runs them if it takes the types.
    #[default]
    Own,
    /// It runs them too if the arguments can be converted to its primary types, after all others.
    Convert,
    /// It runs them only while no other backend is put first for the call, or if it is put first itself.
    Raise,
}

/// What a library says of its backend system.
#[derive(Debug, Clone, Default)]
pub struct SystemOptions {
    /// What becomes of calls that nobody else runs.
    pub fallback: Fallback,
    /// The environment variable that gives an order, for messages.
    pub order_setting: Option<String>,
}

/// What a library says of a function.
#[derive(Debug, Clone, Default)]
pub struct DispatchableOptions {
    /// The group for which backends can be put first together.
    pub group: Option<String>,
    /// Backends that the environment puts first for this function, by name.
    pub environment: Vec<String>,
    /// Whether it makes something of nothing: where no type is known, `default` and what the user put first match.
    pub creates: bool,
    /// How many dispatch arguments its calls have unless some are missing; 0 where the number differs from call to call.
    pub fixed: usize,
    /// The backend that implements it from the start, and whether conditionally.
    pub own: Option<(BackendId, bool)>,
}

pub(crate) struct System {
    pub(crate) name: String,
    pub(crate) options: SystemOptions,
    pub(crate) environment: Environment,
    pub(crate) backends: Vec<BackendId>,
    /// What follows from all this; `None` after a change.
    pub(crate) settled: Option<Arc<Settled>>,
}

/// What the backends and the environment of a system come to, outside scopes.
pub(crate) struct Settled {
    /// The backends in try order.
    pub(crate) order: Vec<BackendId>,
    /// Those that the environment puts first.
    pub(crate) prioritize: Vec<BackendId>,
    /// Those that the environment switched off.
    pub(crate) blocked: Vec<BackendId>,
}

pub(crate) struct Dispatchable {
    pub(crate) system: SystemId,
    pub(crate) group: Option<GroupId>,
    pub(crate) environment: Vec<String>,
    pub(crate) creates: bool,
    pub(crate) fixed: usize,
    /// Who implements it, by number, and whether conditionally.
    pub(crate) implementations: Vec<(BackendId, bool)>,
    /// The distinct lists of candidates that calls resolved to; a slot is a position here plus one.
    pub(crate) plans: Vec<Vec<Candidate>>,
}

impl Dispatchable {
    /// Whether `backend` decides call by call; an error with its place in the list where it does not implement this.
    pub(crate) fn implementation(&self, backend: BackendId) -> Result<usize, usize> {
        self.implementations.binary_search_by_key(&backend, |&(id, _)| id)
    }
}
