//! Backends: a name, the types it works on, its declared place in the order.

use crate::tag::{self, Tag};
use std::collections::HashMap;

/// Number of a backend within its registry.
pub type BackendId = u32;

/// One entry of a backend's types.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TypePattern {
    /// The type.
    pub tag: Tag,
    /// Whether types that extend it (and have an identifier of their own) count too.
    pub subclasses: bool,
}

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

/// Which types each registered type extends directly. Classes that share an identifier may differ in it.
#[derive(Debug, Default)]
pub struct Parents {
    of: HashMap<Tag, Vec<Tag>>,
}

impl Parents {
    /// Records that `tag` extends `parent`. An edge that would close a circle is left out: of two classes with one
    /// identifier, one may extend a class that the other is extended by.
    pub fn add(&mut self, tag: Tag, parent: Tag) {
        if !self.descends(parent, tag) && !self.descends(tag, parent) {
            self.of.entry(tag).or_default().push(parent);
        }
    }

    /// Whether `tag` is `ancestor`, or extends it through any number of types.
    pub fn descends(&self, tag: Tag, ancestor: Tag) -> bool {
        tag == ancestor
            || self
                .of
                .get(&tag)
                .into_iter()
                .flatten()
                .any(|&parent| self.descends(parent, ancestor))
    }
}

impl TypePattern {
    /// Whether a value of type `tag` is one of these.
    pub fn matches(&self, tag: Tag, parents: &Parents) -> bool {
        self.tag == tag || (self.subclasses && parents.descends(tag, self.tag))
    }
}

/// How a set of types stands to a backend's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TypeMatch {
    /// It can take them as they are.
    Accepted,
    /// This type is none of its types.
    Foreign(Tag),
    /// All are accepted, but none is primary.
    NoPrimary,
}

impl BackendTypes {
    /// Whether `tag` is one of these types, in either role.
    pub fn accepts(&self, tag: Tag, parents: &Parents) -> bool {
        self.is_primary(tag, parents)
            || matches!(self, Self::Named { secondary, .. }
                if secondary.iter().any(|pattern| pattern.matches(tag, parents)))
    }

    /// Whether `tag` is a primary type.
    pub fn is_primary(&self, tag: Tag, parents: &Parents) -> bool {
        match self {
            Self::Any => true,
            Self::Named { primary, .. } => {
                primary.iter().any(|pattern| pattern.matches(tag, parents))
            }
        }
    }

    /// How the known types of a call stand to these.
    pub fn match_types(&self, known: &[Tag], parents: &Parents) -> TypeMatch {
        if *self == Self::Any {
            return TypeMatch::Accepted;
        }
        if let Some(&foreign) = known.iter().find(|&&tag| !self.accepts(tag, parents)) {
            return TypeMatch::Foreign(foreign);
        }
        if known.iter().any(|&tag| self.is_primary(tag, parents)) {
            TypeMatch::Accepted
        } else {
            TypeMatch::NoPrimary
        }
    }

    /// The primary types' identifiers, for messages.
    pub fn primary_names(&self) -> String {
        match self {
            Self::Any => "any".to_owned(),
            Self::Named { primary, .. } => primary
                .iter()
                .map(|pattern| tag::identifier(pattern.tag))
                .collect::<Vec<_>>()
                .join(", "),
        }
    }

    /// Every type named, in either role.
    pub fn patterns(&self) -> impl Iterator<Item = &TypePattern> {
        let (primary, secondary): (&[_], &[_]) = match self {
            Self::Any => (&[], &[]),
            Self::Named { primary, secondary } => (primary, secondary),
        };
        primary.iter().chain(secondary)
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
}
