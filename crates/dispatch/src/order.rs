//! The order in which the backends of a system are tried when nobody asks for one.
//!
//! What the environment says beats what backends declare, which beats specificity; where nothing decides, the seed
//! order stays. The sort is a stable topological one: of the backends that nothing holds back, the earliest comes
//! next. Each kind of say is taken in seed order, and one that would close a circle with what stands is dropped.

use crate::backend::{Backend, BackendTypes, DEFAULT};
use crate::environment::Environment;
use crate::error::DispatchError;
use crate::hierarchy::Hierarchy;
use crate::pattern::Admits;
use crate::precedence::Precedence;
use crate::specificity::is_more_specific;
use crate::system::SystemOptions;

/// What the order of a system's backends depends on.
pub struct Ordering<'a> {
    /// The backends as they were registered.
    pub backends: Vec<&'a Backend>,
    /// What the environment says of the system.
    pub environment: &'a Environment,
}

impl Ordering<'_> {
    /// The positions of the backends in try order.
    ///
    /// # Errors
    /// The names along a circle, the first one again at the end, when declarations contradict one another.
    pub fn sort(&self, types: &Hierarchy) -> Result<Vec<usize>, Vec<String>> {
        let seed = self.seed();
        let mut order = self.declared_order(&seed)?;
        let pairs = pairs(seed.len()).filter(|&(a, b)| {
            is_more_specific(&self.at(&seed, a).types, &self.at(&seed, b).types, types)
        });
        let specific: Vec<(usize, usize)> = pairs.collect();
        for (a, b) in without_circles(seed.len(), &specific) {
            order.add(a, b);
        }
        Ok(order.sorted().into_iter().map(|at| seed[at]).collect())
    }

    /// Checks that declarations do not contradict one another.
    ///
    /// # Errors
    /// As [`Ordering::sort`].
    pub fn check(&self) -> Result<(), Vec<String>> {
        self.declared_order(&self.seed()).map(drop)
    }

    /// The library's own first, then those of code as given, then discovered ones by name; those with structural
    /// primary types after all others.
    fn seed(&self) -> Vec<usize> {
        let mut seed: Vec<usize> = (0..self.backends.len()).collect();
        seed.sort_by_key(|&at| {
            let backend = self.backends[at];
            let is_structural = match &backend.types {
                BackendTypes::Any => false,
                named => named.primary().iter().any(|p| p.admits == Admits::Structural),
            };
            let own = backend.name == DEFAULT;
            let found = backend.discovered && !own;
            (is_structural, !own, found, if found { backend.name.as_str() } else { "" })
        });
        seed
    }

    fn declared_order(&self, seed: &[usize]) -> Result<Precedence, Vec<String>> {
        let mut order = Precedence::new(seed.len());
        let name = |at: usize| self.at(seed, at).name.as_str();
        if !self.environment.order.is_empty() {
            for (a, b) in pairs(seed.len()) {
                if self.environment.puts_before(name(a), name(b)) {
                    order.add(a, b);
                }
            }
        }
        let declares = |a: usize, b: usize| {
            let (first, last) = (self.at(seed, a), self.at(seed, b));
            first.higher_priority_than.contains(&last.name)
                || last.lower_priority_than.contains(&first.name)
        };
        // What the environment decides already, one way or the other, is not for backends to declare.
        let declared: Vec<(usize, usize)> = pairs(seed.len())
            .filter(|&(a, b)| declares(a, b) && !order.has(a, b) && !order.has(b, a))
            .collect();
        if let Some(circle) = circle(seed.len(), &declared) {
            return Err(circle.into_iter().map(|at| name(at).to_owned()).collect());
        }
        for (a, b) in declared {
            order.add(a, b);
        }
        Ok(order)
    }

    fn at(&self, seed: &[usize], at: usize) -> &Backend {
        self.backends[seed[at]]
    }
}

/// The error for a circle of declarations, with the setting that breaks it.
pub fn cycle_error(system: &str, options: &SystemOptions, circle: &[String]) -> DispatchError {
    let advice = options.order_setting.as_ref().map_or(String::new(), |setting| {
        format!("set {setting}={}>{} to break it, or ", circle[0], circle[circle.len() - 2])
    });
    DispatchError::OrderCycle { system: system.to_owned(), cycle: circle.join(" > "), advice }
}

fn pairs(size: usize) -> impl Iterator<Item = (usize, usize)> {
    (0..size).flat_map(move |a| (0..size).filter(move |&b| b != a).map(move |b| (a, b)))
}

/// The edges that lie on no circle: mirrored types are unordered.
fn without_circles(size: usize, edges: &[(usize, usize)]) -> Vec<(usize, usize)> {
    let closure = Precedence::closure(size, edges);
    edges.iter().copied().filter(|&(a, b)| !closure.has(b, a)).collect()
}

/// A circle among `edges`, its first member again at the end.
fn circle(size: usize, edges: &[(usize, usize)]) -> Option<Vec<usize>> {
    let closure = Precedence::closure(size, edges);
    let &(a, b) = edges.iter().find(|&&(a, b)| closure.has(b, a))?;
    let mut circle = vec![a];
    circle.extend(path(size, edges, b, a)?);
    Some(circle)
}

/// A shortest path, both ends included.
fn path(size: usize, edges: &[(usize, usize)], from: usize, to: usize) -> Option<Vec<usize>> {
    let mut came_from: Vec<Option<usize>> = vec![None; size];
    let mut reached = vec![from];
    let mut next = 0;
    while next < reached.len() && came_from[to].is_none() {
        let at = reached[next];
        for &(a, b) in edges.iter().filter(|&&(a, _)| a == at) {
            if b != from && came_from[b].is_none() {
                came_from[b] = Some(a);
                reached.push(b);
            }
        }
        next += 1;
    }
    came_from[to]?;
    let mut path = vec![to];
    while let Some(earlier) = came_from[path[path.len() - 1]] {
        path.push(earlier);
    }
    path.reverse();
    Some(path)
}
