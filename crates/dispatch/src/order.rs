//! The order in which the backends of a system are tried when nobody asks for one.
//!
//! Declared order beats specificity; where neither decides, registration order stays. The sort is a stable
//! topological one: of the backends that nothing holds back, the earliest registered comes next.

use crate::backend::{Backend, BackendTypes, Parents, TypePattern};
use crate::error::DispatchError;

/// Sorts `backends`, giving their positions in try order.
///
/// # Errors
/// [`DispatchError::OrderCycle`] when declarations contradict one another.
pub fn sort(
    system: &str,
    backends: &[&Backend],
    parents: &Parents,
) -> Result<Vec<usize>, DispatchError> {
    let n = backends.len();
    let declared = |a: usize, b: usize| {
        backends[a].higher_priority_than.contains(&backends[b].name)
            || backends[b].lower_priority_than.contains(&backends[a].name)
    };
    // before[b] lists who must precede b.
    let mut before: Vec<Vec<usize>> =
        (0..n).map(|b| (0..n).filter(|&a| a != b && declared(a, b)).collect()).collect();
    topological(&before).map_err(|cycle| DispatchError::OrderCycle {
        system: system.to_owned(),
        cycle: cycle.iter().map(|&i| backends[i].name.as_str()).collect::<Vec<_>>().join(" > "),
    })?;
    for a in 0..n {
        for b in 0..n {
            // A declaration, even through third backends, outranks specificity.
            if a != b
                && more_specific(&backends[a].types, &backends[b].types, parents)
                && !reaches(&before, b, a)
            {
                before[b].push(a);
            }
        }
    }
    Ok(topological(&before).expect("an edge is added only where no path leads back"))
}

/// Whether `from` precedes `to` by the constraints in `before`.
fn reaches(before: &[Vec<usize>], from: usize, to: usize) -> bool {
    let mut seen = vec![false; before.len()];
    let mut stack = vec![to];
    while let Some(node) = stack.pop() {
        for &earlier in &before[node] {
            if earlier == from {
                return true;
            }
            if !std::mem::replace(&mut seen[earlier], true) {
                stack.push(earlier);
            }
        }
    }
    false
}

fn topological(before: &[Vec<usize>]) -> Result<Vec<usize>, Vec<usize>> {
    let mut order = Vec::with_capacity(before.len());
    let mut placed = vec![false; before.len()];
    while order.len() < before.len() {
        let Some(next) = (0..before.len())
            .find(|&i| !placed[i] && before[i].iter().all(|&earlier| placed[earlier]))
        else {
            return Err(cycle(before, &placed));
        };
        placed[next] = true;
        order.push(next);
    }
    Ok(order)
}

/// One cycle among the nodes that could not be placed, first node repeated at the end.
fn cycle(before: &[Vec<usize>], placed: &[bool]) -> Vec<usize> {
    let start = placed.iter().position(|done| !done).expect("some node is not placed");
    let mut path = vec![start];
    loop {
        let node = path[path.len() - 1];
        let earlier = *before[node]
            .iter()
            .find(|&&i| !placed[i])
            .expect("an unplaced node waits for another");
        if let Some(at) = path.iter().position(|&seen| seen == earlier) {
            let mut cycle = path.split_off(at);
            cycle.push(earlier);
            cycle.reverse();
            return cycle;
        }
        path.push(earlier);
    }
}

/// A's primary types are a strict subset of all of B's types, or the same ones with B admitting subclasses
/// where A does not.
fn more_specific(a: &BackendTypes, b: &BackendTypes, parents: &Parents) -> bool {
    let (BackendTypes::Named { primary, .. }, BackendTypes::Named { .. }) = (a, b) else {
        return *a != BackendTypes::Any && *b == BackendTypes::Any;
    };
    let ours: Vec<&TypePattern> = primary.iter().collect();
    let theirs: Vec<&TypePattern> = b.patterns().collect();
    let covered = ours.iter().all(|p| theirs.iter().any(|q| q.matches(p.tag, parents)));
    if !covered || ours.is_empty() {
        return false;
    }
    let wider_types = theirs.iter().any(|q| !ours.iter().any(|p| p.tag == q.tag));
    let admits_subclasses =
        ours.iter().all(|p| !p.subclasses) && theirs.iter().any(|q| q.subclasses);
    (wider_types && !mirrored(a, b)) || (!wider_types && admits_subclasses)
}

/// Two backends each of whose primary types the other accepts as secondary ones are unordered.
fn mirrored(a: &BackendTypes, b: &BackendTypes) -> bool {
    let subset_of_all = |x: &BackendTypes, y: &BackendTypes| match x {
        BackendTypes::Any => false,
        BackendTypes::Named { primary, .. } => {
            primary.iter().all(|p| y.patterns().any(|q| q.tag == p.tag))
        }
    };
    subset_of_all(a, b) && subset_of_all(b, a) && a.patterns().count() == b.patterns().count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tag::intern;

    fn pattern(name: &str) -> TypePattern {
        TypePattern { tag: intern(name), subclasses: name.ends_with('+') }
    }

    fn backend(name: &str, primary: &[&str], secondary: &[&str]) -> Backend {
        Backend {
            name: name.to_owned(),
            types: BackendTypes::Named {
                primary: primary.iter().map(|n| pattern(n)).collect(),
                secondary: secondary.iter().map(|n| pattern(n)).collect(),
            },
            higher_priority_than: vec![],
            lower_priority_than: vec![],
        }
    }

    fn names(backends: &[Backend]) -> Vec<&str> {
        let refs: Vec<&Backend> = backends.iter().collect();
        sort("test", &refs, &Parents::default())
            .unwrap()
            .into_iter()
            .map(|i| backends[i].name.as_str())
            .collect()
    }

    #[test]
    fn registration_order_stays_where_nothing_decides() {
        let all =
            [backend("default", &["I"], &[]), backend("b", &["F"], &[]), backend("a", &["C"], &[])];
        assert_eq!(names(&all), ["default", "b", "a"]);
    }

    #[test]
    fn the_more_specific_backend_comes_first() {
        let all = [backend("wide", &["F"], &["I"]), backend("narrow", &["I"], &[])];
        assert_eq!(names(&all), ["narrow", "wide"]);
    }

    #[test]
    fn a_declaration_beats_specificity() {
        let mut all = [backend("wide", &["F"], &["I"]), backend("narrow", &["I"], &[])];
        all[0].higher_priority_than.push("narrow".to_owned());
        assert_eq!(names(&all), ["wide", "narrow"]);
    }

    #[test]
    fn mirrored_types_are_unordered() {
        let all = [backend("x", &["F"], &["I"]), backend("y", &["I"], &["F"])];
        assert_eq!(names(&all), ["x", "y"]);
    }

    #[test]
    fn a_cycle_is_named() {
        let mut all =
            [backend("x", &["F"], &[]), backend("y", &["I"], &[]), backend("z", &["C"], &[])];
        all[0].higher_priority_than.push("y".to_owned());
        all[1].higher_priority_than.push("x".to_owned());
        let refs: Vec<&Backend> = all.iter().collect();
        let error = sort("lib", &refs, &Parents::default()).unwrap_err();
        assert!(error.to_string().contains("x > y > x"), "{error}");
    }
}
