//! What the user chose: scopes are given from the outermost to the innermost.

use super::{Scope, World};
use tagswitch_dispatch::Target;

impl World {
    /// The backends put first: inner scopes before outer ones, the environment last; a scope's for the function before
    /// those for its group before those for all.
    pub fn prioritized(&self, scopes: &[Scope], function: Option<usize>) -> Vec<usize> {
        let mut first: Vec<usize> = vec![];
        let mut disabled: Vec<usize> = vec![];
        for scope in scopes.iter().rev() {
            disabled.extend(&scope.disable);
            for kind in ["function", "group", "all"] {
                for &(target, backend) in &scope.prioritize {
                    if kind == name(target)
                        && self.concerns(target, function)
                        && !disabled.contains(&backend)
                        && !first.contains(&backend)
                    {
                        first.push(backend);
                    }
                }
            }
        }
        let own = function.map_or(vec![], |at| self.functions[at].environment.clone());
        for wanted in own.iter().chain(&self.environment.prioritize) {
            let found = self.backends.iter().position(|backend| backend.name == *wanted);
            let is_new = |backend: &usize| !disabled.contains(backend) && !first.contains(backend);
            first.extend(found.filter(is_new));
        }
        first
    }

    /// Whether a scope disables the backend and none inside it brings it back for this function.
    pub fn is_disabled(&self, scopes: &[Scope], function: Option<usize>, backend: usize) -> bool {
        for scope in scopes.iter().rev() {
            if scope.disable.contains(&backend) {
                return true;
            }
            let brings_back = |&(target, other): &(Target, usize)| {
                other == backend && self.concerns(target, function)
            };
            if scope.prioritize.iter().any(brings_back) {
                return false;
            }
        }
        false
    }

    /// The only backend allowed: the innermost choice, unless a scope inside it disables that backend.
    pub fn forced(&self, scopes: &[Scope]) -> Option<usize> {
        let mut disabled: Vec<usize> = vec![];
        for scope in scopes.iter().rev() {
            if let Some(backend) = scope.exclusive {
                return Some(backend).filter(|backend| !disabled.contains(backend));
            }
            disabled.extend(&scope.disable);
        }
        None
    }

    fn concerns(&self, target: Target, function: Option<usize>) -> bool {
        match target {
            Target::All => true,
            Target::Function(id) => function == Some(id as usize),
            Target::Group(id) => function.is_some_and(|at| self.functions[at].group == Some(id)),
        }
    }
}

fn name(target: Target) -> &'static str {
    match target {
        Target::Function(_) => "function",
        Target::Group(_) => "group",
        Target::All => "all",
    }
}
