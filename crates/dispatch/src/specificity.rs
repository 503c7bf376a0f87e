//! Which of two backends is made for fewer types.

use crate::backend::BackendTypes;
use crate::hierarchy::Hierarchy;
use crate::pattern::{Admits, TypePattern};
use crate::tag::Tag;

/// Whether the primary types of `a` are a strict subset of all types of `b`, or the same with `b` admitting subclasses
/// where `a` does not. Types named by identifier are more special than any type.
///
/// A type also belongs to `b` when `b` admits the subclasses of a type that it extends.
pub fn is_more_specific(a: &BackendTypes, b: &BackendTypes, types: &Hierarchy) -> bool {
    let ours = a.primary();
    if ours.is_empty() || *b == BackendTypes::Any {
        return !ours.is_empty();
    }
    let includes = |theirs: &TypePattern, tag: Tag| {
        theirs.tag == tag
            || (theirs.admits == Admits::Subclasses && types.descends(tag, theirs.tag))
    };
    let is_subset = ours.iter().all(|p| b.patterns().any(|q| includes(q, p.tag)));
    let is_strict = b.patterns().any(|q| ours.iter().all(|p| p.tag != q.tag));
    is_subset && (is_strict || reaches_less_far(ours, b))
}

/// Whether, of the types that both name, some reach farther in `b` and none in `ours`.
fn reaches_less_far(ours: &[TypePattern], b: &BackendTypes) -> bool {
    let mut less = false;
    for pattern in ours {
        let farthest = |reach: Option<Admits>, p: &TypePattern| {
            if p.tag == pattern.tag { reach.max(Some(p.admits)) } else { reach }
        };
        let here = ours.iter().fold(None, farthest);
        let there = b.patterns().fold(None, farthest);
        if there.is_some() && there < here {
            return false;
        }
        less |= there > here;
    }
    less
}
