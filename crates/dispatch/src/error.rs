//! What can be wrong with a registration or a question to the registry.

use thiserror::Error;

/// A refused registration or question; the registry is unchanged.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum DispatchError {
    /// The backend system has no backend of that name.
    #[error("{system} has no backend \"{name}\"; it has {known}")]
    UnknownBackend {
        /// The backend system asked.
        system: String,
        /// What was asked for.
        name: String,
        /// The names it has, for the message.
        known: String,
    },
    /// A name was registered twice.
    #[error("{system} already has a {kind} \"{name}\"")]
    Duplicate {
        /// The backend system, or the process for systems themselves.
        system: String,
        /// What kind of thing has the name.
        kind: &'static str,
        /// The name.
        name: String,
    },
    /// The declared order of backends is circular.
    #[error(
        "the declared order of {system}'s backends is circular: {cycle}; {advice}drop one of these declarations"
    )]
    OrderCycle {
        /// The backend system.
        system: String,
        /// The names along the cycle, joined by `>`.
        cycle: String,
        /// The setting that breaks it, as the beginning of a sentence; empty where no environment is read.
        advice: String,
    },
    /// An index that this registry never gave out.
    #[error("there is no {kind} number {index}")]
    NoSuch {
        /// What kind of thing was asked for.
        kind: &'static str,
        /// The number given.
        index: u32,
    },
    /// The table cannot hold another state; the host must hand over a larger one.
    #[error("the dispatch table is full")]
    TableFull,
}
