//! Backends: a name, the types it works on, its declared place in the order.

use crate::hierarchy::Hierarchy;
use crate::pattern::TypePattern;
use crate::tag::Tag;

/// The name of a library's own backend.
pub const DEFAULT: &str = "default";

/// Which types a backend works on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BackendTypes {
    /// It accepts whatever comes (a `default` backend that names no types).
    Any,
    /// It matches when every known type is primary or secondary and at least one is primary.
    Named {
        /// The types that it exists for.
        primary: Vec<TypePattern>,
        /// The types that it accepts beside them.
        secondary: Vec<TypePattern>,
    },
}

/// How a set of types stands to a backend's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum TypeMatch {
    /// It can take them as they are.
    Accepted,
    /// This type is none of its types.
    Foreign(Tag),
    /// All are accepted, but none is primary.
    NoPrimary,
}

impl BackendTypes {
    /// The primary types; none where any will do.
    pub fn primary(&self) -> &[TypePattern] {
        match self {
            Self::Any => &[],
            Self::Named { primary, .. } => primary,
        }
    }

    /// Every type named, in either role.
    pub fn patterns(&self) -> impl Iterator<Item = &TypePattern> {
        let secondary: &[_] = match self {
            Self::Any => &[],
            Self::Named { secondary, .. } => secondary,
        };
        self.primary().iter().chain(secondary)
    }

    /// Whether `tag` is one of these types, in either role.
    pub(crate) fn accepts(&self, tag: Tag, types: &Hierarchy) -> bool {
        *self == Self::Any || self.patterns().any(|pattern| pattern.matches(tag, types))
    }

    /// Whether `tag` is a primary type.
    pub(crate) fn is_primary(&self, tag: Tag, types: &Hierarchy) -> bool {
        *self == Self::Any || self.primary().iter().any(|pattern| pattern.matches(tag, types))
    }

    /// How the known types of a call stand to these.
    pub(crate) fn match_types(&self, known: &[Tag], types: &Hierarchy) -> TypeMatch {
        if *self == Self::Any {
            return TypeMatch::Accepted;
        }
        if let Some(&foreign) = known.iter().find(|&&tag| !self.accepts(tag, types)) {
            return TypeMatch::Foreign(foreign);
        }
        if known.iter().any(|&tag| self.is_primary(tag, types)) {
            TypeMatch::Accepted
        } else {
            TypeMatch::NoPrimary
        }
    }
}

/// A backend of one backend system.
#[derive(Debug, Clone)]
pub struct Backend {
    /// Its name, unique in the system.
    pub name: String,
    /// The types it works on.
    pub types: BackendTypes,
    /// Backends that it declares to come after it.
    pub higher_priority_than: Vec<String>,
    /// Backends that it declares to come before it.
    pub lower_priority_than: Vec<String>,
    /// Whether it runs only calls for which the user put it first or chose it.
    pub opt_in: bool,
    /// Whether it was found in an installed package, and not registered by code.
    pub discovered: bool,
}

impl Backend {
    /// A backend that declares nothing beyond its types.
    pub fn new(name: &str, types: BackendTypes) -> Self {
        Self {
            name: name.to_owned(),
            types,
            higher_priority_than: vec![],
            lower_priority_than: vec![],
            opt_in: false,
            discovered: false,
        }
    }
}
