//! The types that a backend names, and how far each of them reaches.

use crate::hierarchy::Hierarchy;
use crate::tag::Tag;

/// Which values a named type takes in, the narrowest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Admits {
    /// Direct instances of the class only.
    Exact,
    /// Instances of the class and of subclasses without an identifier of their own.
    Type,
    /// Instances of the class and of all subclasses.
    Subclasses,
    /// Instances of the classes that were found to satisfy it.
    Structural,
}

/// One entry of a backend's types.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TypePattern {
    /// The type.
    pub tag: Tag,
    /// How far it reaches.
    pub admits: Admits,
}

impl TypePattern {
    /// Whether a value of type `tag` is one of these.
    pub fn matches(&self, tag: Tag, types: &Hierarchy) -> bool {
        self.tag == tag
            || match self.admits {
                Admits::Exact => false,
                Admits::Type => types.counts_as(tag, self.tag),
                Admits::Subclasses => types.descends(tag, self.tag),
                Admits::Structural => types.satisfies(tag, self.tag),
            }
    }

    /// Whether naming this type says something about values of type `tag`: that they are taken, or, where the class
    /// counts as the one named and only its direct instances are taken, that they are not.
    pub fn concerns(&self, tag: Tag, types: &Hierarchy) -> bool {
        self.matches(tag, types) || types.counts_as(tag, self.tag)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_reaches_as_far_as_it_says() {
        let (base, nameless, child, stranger, shape) = (1, 2, 3, 4, 5);
        let mut types = Hierarchy::default();
        types.add_parent(nameless, base, true);
        types.add_parent(child, base, false);
        types.add_member(stranger, shape);
        let taken = |tag, admits| -> Vec<Tag> {
            let pattern = TypePattern { tag, admits };
            [base, nameless, child, stranger]
                .into_iter()
                .filter(|&t| pattern.matches(t, &types))
                .collect()
        };
        assert_eq!(taken(base, Admits::Exact), [base]);
        assert_eq!(taken(base, Admits::Type), [base, nameless]);
        assert_eq!(taken(base, Admits::Subclasses), [base, nameless, child]);
        assert_eq!(taken(shape, Admits::Structural), [stranger]);
        let exact = TypePattern { tag: base, admits: Admits::Exact };
        assert!(exact.concerns(nameless, &types));
        assert!(!exact.concerns(child, &types));
    }
}
