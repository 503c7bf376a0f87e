//! How types stand to one another: which class extends which, and which class satisfies which structural type.

use crate::tag::Tag;

/// Parents and memberships of each type, by tag: tags are small and dense, so a look-up is an index.
#[derive(Debug, Default)]
pub struct Hierarchy {
    of: Vec<Place>,
}

#[derive(Debug, Default)]
struct Place {
    parents: Vec<Parent>,
    /// Structural types that the class satisfies.
    satisfies: Vec<Tag>,
}

#[derive(Debug)]
struct Parent {
    tag: Tag,
    implicit: bool,
}

impl Hierarchy {
    /// Records that `tag` extends `parent`; `implicit` when its class has no identifier of its own, so that it counts
    /// as its parent. An edge that would close a circle is left out: of two classes with one identifier, one may
    /// extend a class that the other is extended by.
    pub fn add_parent(&mut self, tag: Tag, parent: Tag, implicit: bool) {
        let present =
            if implicit { self.counts_as(tag, parent) } else { self.descends(tag, parent) };
        if !present && !self.descends(parent, tag) {
            self.place(tag).parents.push(Parent { tag: parent, implicit });
        }
    }

    /// Records that the class with this tag satisfies a structural type.
    pub fn add_member(&mut self, tag: Tag, structural: Tag) {
        let satisfies = &mut self.place(tag).satisfies;
        if !satisfies.contains(&structural) {
            satisfies.push(structural);
        }
    }

    /// Whether `tag` is `ancestor`, or extends it through any number of types.
    pub fn descends(&self, tag: Tag, ancestor: Tag) -> bool {
        tag == ancestor
            || self.parents(tag).iter().any(|parent| self.descends(parent.tag, ancestor))
    }

    /// Whether `tag` is `ancestor`, or extends it through classes without an identifier of their own.
    pub fn counts_as(&self, tag: Tag, ancestor: Tag) -> bool {
        tag == ancestor
            || self
                .parents(tag)
                .iter()
                .any(|parent| parent.implicit && self.counts_as(parent.tag, ancestor))
    }

    /// A type, and those that it counts as, through classes without an identifier of their own.
    pub fn counted_as(&self, tag: Tag) -> Vec<Tag> {
        let parents = self.parents(tag).iter().filter(|parent| parent.implicit);
        [tag].into_iter().chain(parents.flat_map(|parent| self.counted_as(parent.tag))).collect()
    }

    /// Whether the class with this tag satisfies a structural type. Each class is asked for itself.
    pub fn satisfies(&self, tag: Tag, structural: Tag) -> bool {
        self.of.get(tag as usize).is_some_and(|place| place.satisfies.contains(&structural))
    }

    fn parents(&self, tag: Tag) -> &[Parent] {
        self.of.get(tag as usize).map_or(&[], |place| &place.parents)
    }

    fn place(&mut self, tag: Tag) -> &mut Place {
        let at = tag as usize;
        if at >= self.of.len() {
            self.of.resize_with(at + 1, Place::default);
        }
        &mut self.of[at]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_class_counts_as_its_parent_only_through_classes_without_identifiers() {
        let mut types = Hierarchy::default();
        types.add_parent(3, 2, true);
        types.add_parent(4, 3, true);
        types.add_parent(2, 1, false);
        assert!(types.counts_as(4, 2));
        assert!(!types.counts_as(4, 1));
        assert_eq!(types.counted_as(4), [4, 3, 2]);
        assert!(types.descends(4, 1));
        assert!(!types.descends(1, 4));
    }

    #[test]
    fn an_implicit_edge_is_kept_beside_an_explicit_one() {
        let mut types = Hierarchy::default();
        types.add_parent(2, 1, false);
        types.add_parent(2, 1, true);
        assert!(types.counts_as(2, 1));
    }

    #[test]
    fn membership_is_not_inherited() {
        let mut types = Hierarchy::default();
        types.add_parent(2, 1, true);
        types.add_member(1, 9);
        assert!(types.satisfies(1, 9));
        assert!(!types.satisfies(2, 9));
    }

    #[test]
    fn an_edge_that_closes_a_circle_is_left_out() {
        let mut types = Hierarchy::default();
        types.add_parent(1, 2, false);
        types.add_parent(2, 1, true);
        assert!(types.descends(1, 2));
        assert!(!types.descends(2, 1));
    }
}
