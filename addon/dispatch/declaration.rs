//! What JavaScript declares to the resolver, and what it is told.

use napi_derive::napi;
use tagswitch_dispatch::{Candidate, Mode};

/// A backend's types as JavaScript declares them.
#[napi(object)]
pub struct BackendDeclaration {
    pub name: String,
    /// Absent for a backend that accepts any type.
    pub primary: Option<Vec<TypeDeclaration>>,
    pub secondary: Vec<TypeDeclaration>,
    pub higher_priority_than: Vec<String>,
    pub lower_priority_than: Vec<String>,
}

#[napi(object)]
pub struct TypeDeclaration {
    pub tag: u32,
    pub subclasses: bool,
}

#[napi(object)]
pub struct ScopeDeclaration {
    pub prioritize: Vec<u32>,
    pub disable: Vec<u32>,
    pub exclusive: Vec<u32>,
}

/// What became of one backend: a candidate when `reason` is empty.
#[napi(object)]
pub struct BackendVerdict {
    pub backend: u32,
    pub reason: String,
    pub convert: bool,
    pub prioritized: bool,
    pub forced: bool,
    /// Whether it runs whatever the values are.
    pub certain: bool,
}

impl From<Candidate> for BackendVerdict {
    fn from(candidate: Candidate) -> Self {
        Self {
            backend: candidate.backend,
            reason: String::new(),
            convert: candidate.mode == Mode::Convert,
            prioritized: candidate.prioritized,
            forced: candidate.forced,
            certain: candidate.is_certain(),
        }
    }
}
