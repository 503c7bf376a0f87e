//! What becomes of each backend for one call.

use crate::backend::{Backend, BackendTypes, DEFAULT, TypeMatch};
use crate::candidate::{Candidate, Mode, Verdict};
use crate::error::DispatchError;
use crate::id::{BackendId, DispatchableId, ScopeId, SystemId};
use crate::order::{Ordering, cycle_error};
use crate::registry::{Registry, no_such};
use crate::scope::{ScopeOptions, Target};
use crate::system::{Dispatchable, Fallback, Settled};
use crate::tag::Tag;
use std::sync::Arc;

/// What the user chose for the calls of one system, or of one function of it, in one scope.
struct Choice<'a> {
    settled: &'a Settled,
    scope: &'a ScopeOptions,
    /// The only backend that may run.
    forced: Option<BackendId>,
    /// Those put first, by scopes and then by the environment.
    prioritized: Vec<BackendId>,
}

impl Choice<'_> {
    fn is_disabled(&self, id: BackendId) -> bool {
        // What is put first in spite of an outer disable was put first inside it.
        self.scope.disable.contains(&id)
            && self.forced != Some(id)
            && !self.prioritized.contains(&id)
    }

    /// The backends that may be tried, in order, and behind them those that are switched off.
    fn order(&self) -> (Vec<BackendId>, Vec<BackendId>) {
        let is_off = |id: &BackendId| self.settled.blocked.contains(id) || self.is_disabled(*id);
        let rest = self.settled.order.iter().filter(|id| !self.prioritized.contains(id));
        let on = self.prioritized.iter().chain(rest).copied().filter(|id| !is_off(id)).collect();
        (on, self.settled.order.iter().copied().filter(is_off).collect())
    }
}

impl Registry {
    /// What becomes of every backend for a call with arguments of these types, in try order; blocked and disabled
    /// backends come last.
    ///
    /// # Errors
    /// [`DispatchError::NoSuch`].
    pub fn explain(
        &mut self,
        dispatchable: DispatchableId,
        scope: ScopeId,
        tags: &[Tag],
    ) -> Result<Vec<(BackendId, Verdict)>, DispatchError> {
        let function = self.dispatchable(dispatchable)?;
        let system = function.system;
        let settled = self.settle(system)?;
        let function = &self.dispatchables[dispatchable as usize];
        let choice = self.choice(system, scope, Some(function), &settled)?;
        let mut known: Vec<Tag> =
            tags.iter().copied().filter(|&tag| self.is_known(system, tag)).collect();
        // It was asked for by name: where no backend knows it, nobody runs the call, rather than somebody who
        // makes another type.
        known.extend(choice.scope.type_of(system));
        known.sort_unstable();
        known.dedup();
        let (on, off) = choice.order();
        let mut verdicts = Vec::with_capacity(on.len() + off.len());
        let mut last = None;
        for id in on {
            let verdict = self.judge(id, function, &choice, &known);
            match &verdict {
                Verdict::Runs(Candidate { mode: Mode::Convert, prioritized: false, .. }) => {
                    last = Some((id, verdict));
                }
                _ => verdicts.push((id, verdict)),
            }
        }
        verdicts.extend(last);
        verdicts.extend(off.into_iter().map(|id| (id, self.judge(id, function, &choice, &known))));
        Ok(verdicts)
    }

    /// The backends of a system in the order in which a scope tries them, for one function or for those about which
    /// nothing special was said; blocked and disabled ones last.
    ///
    /// # Errors
    /// [`DispatchError::NoSuch`].
    pub fn try_order(
        &mut self,
        system: SystemId,
        scope: ScopeId,
        dispatchable: Option<DispatchableId>,
    ) -> Result<Vec<BackendId>, DispatchError> {
        let settled = self.settle(system)?;
        let function = dispatchable.map(|id| self.dispatchable(id)).transpose()?;
        if let Some(id) = dispatchable.filter(|_| function.is_some_and(|f| f.system != system)) {
            return Err(no_such("dispatchable of this system", id));
        }
        let (mut order, off) = self.choice(system, scope, function, &settled)?.order();
        order.extend(off);
        Ok(order)
    }

    /// Whether a type decides anything in a system: some backend names it, or what it converts to.
    pub(crate) fn is_known(&self, system: SystemId, tag: Tag) -> bool {
        let concerns = |tag: Tag| {
            self.systems[system as usize].backends.iter().any(|&id| {
                let types = &self.backends[id as usize].1.types;
                types.patterns().any(|pattern| pattern.concerns(tag, &self.types))
            })
        };
        concerns(tag) || self.path(tag, concerns).is_some()
    }

    fn choice<'a>(
        &'a self,
        system: SystemId,
        scope: ScopeId,
        dispatchable: Option<&'a Dispatchable>,
        settled: &'a Settled,
    ) -> Result<Choice<'a>, DispatchError> {
        let scope = self.scope_options(scope)?;
        let owns = |id: &BackendId| self.backends[*id as usize].0 == system;
        let concerns = |target: Target| match (target, dispatchable) {
            (Target::All, _) => true,
            (Target::Function(id), Some(function)) => {
                std::ptr::eq(&self.dispatchables[id as usize], function)
            }
            (Target::Group(group), Some(function)) => function.group == Some(group),
            (_, None) => false,
        };
        let chosen = scope.prioritize.iter().filter(|(target, _)| concerns(*target));
        let mut prioritized: Vec<BackendId> = vec![];
        for id in chosen.map(|(_, id)| *id).filter(owns) {
            if !prioritized.contains(&id) {
                prioritized.push(id);
            }
        }
        let named = dispatchable.map_or(&[][..], |function| &function.environment);
        let named = named.iter().filter_map(|name| self.named(system, name));
        for id in named.chain(settled.prioritize.iter().copied()) {
            if !prioritized.contains(&id) && !scope.disable.contains(&id) {
                prioritized.push(id);
            }
        }
        let forced = scope.exclusive.iter().copied().find(owns);
        Ok(Choice { settled, scope, forced, prioritized })
    }

    fn judge(
        &self,
        id: BackendId,
        function: &Dispatchable,
        choice: &Choice<'_>,
        known: &[Tag],
    ) -> Verdict {
        let (system, backend) = &self.backends[id as usize];
        let forced = choice.forced == Some(id);
        let prioritized = forced || choice.prioritized.contains(&id);
        let is_default = backend.name == DEFAULT;
        let fallback = self.systems[*system as usize].options.fallback;
        if choice.settled.blocked.contains(&id) {
            return Verdict::Blocked;
        }
        if choice.forced.is_some() && !forced {
            return Verdict::NotChosen;
        }
        if choice.is_disabled(id) {
            return Verdict::Disabled;
        }
        let Ok(at) = function.implementation(id) else {
            return Verdict::NotImplemented;
        };
        if backend.opt_in && !prioritized {
            return Verdict::OptIn;
        }
        let others_first = choice.prioritized.iter().any(|&other| other != id);
        if is_default && fallback == Fallback::Raise && others_first && !prioritized {
            return Verdict::NoFallback;
        }
        let conditional = function.implementations[at].1;
        let runs =
            |mode| Verdict::Runs(Candidate { backend: id, mode, prioritized, forced, conditional });
        if known.is_empty() && function.creates {
            // To put a backend first changes no types of results; to choose it, or to ask for a type, may.
            let own = is_default || (prioritized && self.makes_own_types(*system, backend));
            return if own || forced { runs(Mode::Direct) } else { Verdict::NoTypes };
        }
        let converts = prioritized || (is_default && fallback == Fallback::Convert);
        let stuck = || self.unconvertible(&backend.types, known);
        let convertible = || !converts && !known.is_empty() && stuck().is_none();
        match backend.types.match_types(known, &self.types) {
            TypeMatch::Accepted => runs(Mode::Direct),
            TypeMatch::Foreign(tag) if !converts => {
                Verdict::Foreign { tag, convertible: convertible() }
            }
            TypeMatch::NoPrimary if !converts || known.is_empty() => {
                let primary = backend.types.primary().iter().map(|pattern| pattern.tag).collect();
                Verdict::NoPrimary { primary, convertible: convertible() }
            }
            _ => match stuck() {
                None => runs(Mode::Convert),
                Some(tag) => Verdict::NoConversion(tag),
            },
        }
    }

    /// Whether one of the library's own types is among a backend's primary ones.
    fn makes_own_types(&self, system: SystemId, backend: &Backend) -> bool {
        let own = self.named(system, DEFAULT).map(|id| &self.backends[id as usize].1.types);
        let named = |tag: Tag| backend.types.primary().iter().any(|pattern| pattern.tag == tag);
        own.is_none_or(|own| {
            *own == BackendTypes::Any || own.primary().iter().any(|pattern| named(pattern.tag))
        })
    }

    /// A type that keeps a backend from running by conversion: neither accepted nor convertible, or any when none
    /// would become primary.
    fn unconvertible(&self, types: &BackendTypes, known: &[Tag]) -> Option<Tag> {
        let reaches_primary = |tag: Tag| {
            types.is_primary(tag, &self.types)
                || self.path(tag, |to| types.is_primary(to, &self.types)).is_some()
        };
        let stuck =
            known.iter().find(|&&tag| !types.accepts(tag, &self.types) && !reaches_primary(tag));
        match stuck {
            Some(&tag) => Some(tag),
            None if known.iter().any(|&tag| reaches_primary(tag)) => None,
            None => known.first().copied(),
        }
    }

    fn settle(&mut self, system: SystemId) -> Result<Arc<Settled>, DispatchError> {
        let owner = self.system(system)?;
        if let Some(settled) = &owner.settled {
            return Ok(Arc::clone(settled));
        }
        let backends: Vec<&Backend> =
            owner.backends.iter().map(|&id| &self.backends[id as usize].1).collect();
        let order = Ordering { backends, environment: &owner.environment }
            .sort(&self.types)
            .map_err(|circle| cycle_error(&owner.name, &owner.options, &circle))?;
        let present = |names: &[String]| -> Vec<BackendId> {
            names.iter().filter_map(|name| self.named(system, name)).collect()
        };
        let settled = Arc::new(Settled {
            order: order.into_iter().map(|at| owner.backends[at]).collect(),
            prioritize: present(&owner.environment.prioritize),
            blocked: present(&owner.environment.block),
        });
        self.systems[system as usize].settled = Some(Arc::clone(&settled));
        Ok(settled)
    }
}
