//! The numbers by which a host names what a registry holds.

/// Number of a backend system.
pub type SystemId = u32;

/// Number of a backend within its registry.
pub type BackendId = u32;

/// Number of a dispatchable.
pub type DispatchableId = u32;

/// Number of a group of dispatchables.
pub type GroupId = u32;

/// Number of a scope within its registry; 0 is the root scope.
pub type ScopeId = u32;

/// Number of an answer among those of one dispatchable, from 1.
pub type Slot = u32;
