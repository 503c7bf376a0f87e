//! The rules once more, slow and obvious, to hold the crate to: lists and loops, from the prose alone.

pub mod matching;
pub mod order;
pub mod scopes;

use tagswitch_dispatch::*;

/// One scope, with backends by their position.
#[derive(Debug, Clone, Default)]
pub struct Scope {
    pub prioritize: Vec<(Target, usize)>,
    pub disable: Vec<usize>,
    pub exclusive: Option<usize>,
    pub kind: Option<Tag>,
}

/// A function, and for each backend whether it implements it, and whether conditionally.
#[derive(Debug, Clone)]
pub struct Function {
    pub group: Option<GroupId>,
    pub environment: Vec<String>,
    pub creates: bool,
    /// How many dispatch arguments its calls have unless some are missing; 0: any number. No rule asks for it.
    pub fixed: usize,
    pub implementations: Vec<Option<bool>>,
}

/// A library with its backends, and what its user says.
#[derive(Debug, Clone, Default)]
pub struct World {
    pub backends: Vec<Backend>,
    pub functions: Vec<Function>,
    pub parents: Vec<(Tag, Tag, bool)>,
    pub members: Vec<(Tag, Tag)>,
    pub conversions: Vec<(Tag, Tag)>,
    pub environment: Environment,
    pub fallback: Fallback,
}

impl World {
    /// The backends in try order, those switched off last; the number of those that are not.
    pub fn try_order(&self, scopes: &[Scope], function: Option<usize>) -> (Vec<usize>, usize) {
        let first = self.prioritized(scopes, function);
        let base = self.order().expect("only backends that fit were added");
        let mut on = vec![];
        for &backend in first.iter().chain(&base) {
            if !on.contains(&backend) && !self.is_off(scopes, function, backend) {
                on.push(backend);
            }
        }
        let count = on.len();
        for backend in base {
            if self.is_off(scopes, function, backend) {
                on.push(backend);
            }
        }
        (on, count)
    }

    /// What becomes of every backend, in try order.
    pub fn explain(
        &self,
        scopes: &[Scope],
        function: usize,
        given: &[Tag],
    ) -> Vec<(BackendId, Verdict)> {
        let mut known: Vec<Tag> = vec![];
        for tag in 0..=Tag::from(u8::MAX) {
            let wanted = scopes.iter().rev().find_map(|scope| scope.kind) == Some(tag);
            if wanted || (given.contains(&tag) && self.is_known(tag)) {
                known.push(tag);
            }
        }
        let (order, count) = self.try_order(scopes, Some(function));
        let mut all: Vec<(usize, Verdict)> = vec![];
        let mut by_conversion = vec![];
        for (at, backend) in order.into_iter().enumerate() {
            if at == count {
                all.append(&mut by_conversion);
            }
            let verdict = self.judge(scopes, function, backend, &known);
            match verdict {
                Verdict::Runs(Candidate { mode: Mode::Convert, prioritized: false, .. }) => {
                    by_conversion.push((backend, verdict));
                }
                _ => all.push((backend, verdict)),
            }
        }
        all.append(&mut by_conversion);
        all.into_iter().map(|(backend, verdict)| (backend as BackendId, verdict)).collect()
    }

    fn is_off(&self, scopes: &[Scope], function: Option<usize>, backend: usize) -> bool {
        self.is_blocked(backend)
            || (self.is_disabled(scopes, function, backend) && self.forced(scopes) != Some(backend))
    }

    fn is_blocked(&self, backend: usize) -> bool {
        self.environment.block.contains(&self.backends[backend].name)
    }

    fn judge(&self, scopes: &[Scope], function: usize, backend: usize, known: &[Tag]) -> Verdict {
        let it = &self.backends[backend];
        let first = self.prioritized(scopes, Some(function));
        let forced = self.forced(scopes) == Some(backend);
        let prioritized = forced || first.contains(&backend);
        let is_default = it.name == "default";
        if self.is_blocked(backend) {
            return Verdict::Blocked;
        }
        if self.forced(scopes).is_some() && !forced {
            return Verdict::NotChosen;
        }
        if !forced && self.is_disabled(scopes, Some(function), backend) {
            return Verdict::Disabled;
        }
        let Some(conditional) = self.functions[function].implementations[backend] else {
            return Verdict::NotImplemented;
        };
        if it.opt_in && !prioritized {
            return Verdict::OptIn;
        }
        let another = first.iter().any(|&other| self.backends[other].name != "default");
        if self.fallback == Fallback::Raise && is_default && another && !prioritized {
            return Verdict::NoFallback;
        }
        let runs = |mode| {
            let backend = backend as BackendId;
            Verdict::Runs(Candidate { backend, mode, prioritized, forced, conditional })
        };
        if self.functions[function].creates && known.is_empty() {
            let default = self.backends.iter().position(|each| each.name == "default");
            let of_library = default.is_none_or(|own| {
                let types = &self.backends[own].types;
                *types == BackendTypes::Any
                    || types
                        .primary()
                        .iter()
                        .any(|p| it.types.primary().iter().any(|q| p.tag == q.tag))
            });
            let makes = is_default || forced || (prioritized && of_library);
            return if makes { runs(Mode::Direct) } else { Verdict::NoTypes };
        }
        let foreign = known.iter().find(|&&tag| !self.accepts(backend, tag));
        let has_primary = known.iter().any(|&tag| self.is_primary(backend, tag));
        if it.types == BackendTypes::Any || (foreign.is_none() && has_primary) {
            return runs(Mode::Direct);
        }
        let may_convert = prioritized || (is_default && self.fallback == Fallback::Convert);
        let ways_there =
            known.iter().all(|&tag| self.accepts(backend, tag) || self.converts(backend, tag))
                && known
                    .iter()
                    .any(|&tag| self.is_primary(backend, tag) || self.converts(backend, tag));
        let convertible = !may_convert && ways_there;
        if let Some(&tag) = foreign.filter(|_| !may_convert) {
            return Verdict::Foreign { tag, convertible };
        }
        if !may_convert || known.is_empty() {
            let primary = it.types.primary().iter().map(|pattern| pattern.tag).collect();
            return Verdict::NoPrimary { primary, convertible };
        }
        for &tag in known {
            if !self.accepts(backend, tag) && !self.converts(backend, tag) {
                return Verdict::NoConversion(tag);
            }
        }
        if known.iter().any(|&tag| self.is_primary(backend, tag) || self.converts(backend, tag)) {
            runs(Mode::Convert)
        } else {
            Verdict::NoConversion(known[0])
        }
    }
}
