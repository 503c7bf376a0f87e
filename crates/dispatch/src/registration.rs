//! What changes a registry.

use crate::backend::Backend;
use crate::environment::{Environment, OrderEdge};
use crate::error::DispatchError;
use crate::id::{BackendId, DispatchableId, SystemId};
use crate::order::{Ordering, cycle_error};
use crate::registry::{Registry, no_such};
use crate::system::{Dispatchable, DispatchableOptions, System, SystemOptions};
use crate::tag::Tag;

impl Registry {
    /// Adds a backend system.
    ///
    /// # Errors
    /// [`DispatchError::Duplicate`].
    pub fn add_system(
        &mut self,
        name: &str,
        options: SystemOptions,
    ) -> Result<SystemId, DispatchError> {
        if self.systems.iter().any(|system| system.name == name) {
            return Err(duplicate("this process", "backend system", name));
        }
        self.systems.push(System {
            name: name.to_owned(),
            options,
            environment: Environment::default(),
            backends: vec![],
            settled: None,
        });
        Ok(self.systems.len() as SystemId - 1)
    }

    /// Says what the environment wants of a system, in place of what was said before. Returns the edges of its order
    /// that it ignores, as each closes a circle with those before it.
    ///
    /// # Errors
    /// [`DispatchError::NoSuch`], or [`DispatchError::OrderCycle`] when only the former environment broke a circle.
    pub fn set_environment(
        &mut self,
        table: &mut [i32],
        system: SystemId,
        mut environment: Environment,
    ) -> Result<Vec<OrderEdge>, DispatchError> {
        self.system(system)?;
        let ignored = environment.straighten();
        self.check_order(system, None, &environment)?;
        self.systems[system as usize].environment = environment;
        self.unsettle(table, system);
        Ok(ignored)
    }

    /// Adds a backend to a system.
    ///
    /// # Errors
    /// [`DispatchError::Duplicate`], or [`DispatchError::OrderCycle`] when its declared place is impossible.
    pub fn add_backend(
        &mut self,
        table: &mut [i32],
        system: SystemId,
        backend: Backend,
    ) -> Result<BackendId, DispatchError> {
        let owner = self.system(system)?;
        if self.named(system, &backend.name).is_some() {
            return Err(duplicate(&owner.name, "backend", &backend.name));
        }
        self.check_order(system, Some(&backend), &owner.environment)?;
        let id = self.backends.len() as BackendId;
        self.backends.push((system, backend));
        self.systems[system as usize].backends.push(id);
        self.unsettle(table, system);
        Ok(id)
    }

    /// Adds a dispatchable to a system. No answer given before depends on it: the table stays as it is.
    ///
    /// # Errors
    /// [`DispatchError::NoSuch`] for an unknown system, or an own backend that is not of that system.
    pub fn add_dispatchable(
        &mut self,
        system: SystemId,
        options: DispatchableOptions,
    ) -> Result<DispatchableId, DispatchError> {
        self.system(system)?;
        let DispatchableOptions { group, environment, creates, fixed, own } = options;
        if let Some((backend, _)) = own
            && self.backend(backend)?.0 != system
        {
            return Err(no_such("backend of this system", backend));
        }
        let group = group.map(|name| self.group(system, &name)).transpose()?;
        self.dispatchables.push(Dispatchable {
            system,
            group,
            environment,
            creates,
            fixed,
            implementations: own.into_iter().collect(),
            plans: vec![],
        });
        Ok(self.dispatchables.len() as DispatchableId - 1)
    }

    /// Records that `backend` implements `dispatchable`; `conditional` when it decides call by call.
    ///
    /// # Errors
    /// As [`Registry::implement_all`].
    pub fn implement(
        &mut self,
        table: &mut [i32],
        dispatchable: DispatchableId,
        backend: BackendId,
        conditional: bool,
    ) -> Result<(), DispatchError> {
        self.implement_all(table, backend, &[dispatchable], conditional)
    }

    /// Records that `backend` implements all these. The table is cleared once.
    ///
    /// # Errors
    /// [`DispatchError::NoSuch`] for unknown numbers or a backend of another system, [`DispatchError::Duplicate`].
    pub fn implement_all(
        &mut self,
        table: &mut [i32],
        backend: BackendId,
        dispatchables: &[DispatchableId],
        conditional: bool,
    ) -> Result<(), DispatchError> {
        let (system, owner) = self.backend(backend)?;
        let mut sorted = dispatchables.to_vec();
        sorted.sort_unstable();
        let mut is_new = sorted.is_sorted_by(|a, b| a < b);
        for &id in dispatchables {
            let dispatchable = self.dispatchable(id)?;
            if dispatchable.system != *system {
                return Err(no_such("backend of this system", backend));
            }
            is_new &= dispatchable.implementation(backend).is_err();
        }
        if !is_new {
            return Err(duplicate(&owner.name, "implementation of", "this function"));
        }
        for &id in dispatchables {
            let dispatchable = &mut self.dispatchables[id as usize];
            if let Err(at) = dispatchable.implementation(backend) {
                dispatchable.implementations.insert(at, (backend, conditional));
            }
        }
        self.automaton.invalidate(table);
        Ok(())
    }

    /// Changes whether an implementation decides call by call.
    ///
    /// # Errors
    /// [`DispatchError::NoSuch`] where there is none.
    pub fn set_conditional(
        &mut self,
        table: &mut [i32],
        dispatchable: DispatchableId,
        backend: BackendId,
        conditional: bool,
    ) -> Result<(), DispatchError> {
        let missing = |_| no_such("implementation by backend", backend);
        let at = self.dispatchable(dispatchable)?.implementation(backend).map_err(missing)?;
        self.dispatchables[dispatchable as usize].implementations[at].1 = conditional;
        self.automaton.invalidate(table);
        Ok(())
    }

    /// Records that values of type `tag` are instances of a class that extends the one of type `parent`; `implicit`
    /// when that class has no identifier of its own and so counts as its parent.
    pub fn add_parent(&mut self, table: &mut [i32], tag: Tag, parent: Tag, implicit: bool) {
        self.types.add_parent(tag, parent, implicit);
        // Whose types are a subset of whose depends on what extends what.
        for system in &mut self.systems {
            system.settled = None;
        }
        self.automaton.invalidate(table);
    }

    /// Records that the class of type `tag` satisfies a structural type.
    pub fn add_member(&mut self, table: &mut [i32], tag: Tag, structural: Tag) {
        self.types.add_member(tag, structural);
        self.automaton.invalidate(table);
    }

    /// Records a conversion and its cost.
    pub fn add_conversion(&mut self, table: &mut [i32], from: Tag, to: Tag, cost: u32) {
        self.conversions.add(from, to, cost);
        self.automaton.invalidate(table);
    }

    fn check_order(
        &self,
        system: SystemId,
        candidate: Option<&Backend>,
        environment: &Environment,
    ) -> Result<(), DispatchError> {
        let owner = &self.systems[system as usize];
        let present = owner.backends.iter().map(|&id| &self.backends[id as usize].1);
        let backends: Vec<&Backend> = present.chain(candidate).collect();
        let declares =
            |b: &&Backend| !b.higher_priority_than.is_empty() || !b.lower_priority_than.is_empty();
        if !backends.iter().any(declares) {
            return Ok(());
        }
        Ordering { backends, environment }
            .check()
            .map_err(|circle| cycle_error(&owner.name, &owner.options, &circle))
    }

    fn unsettle(&mut self, table: &mut [i32], system: SystemId) {
        self.systems[system as usize].settled = None;
        self.automaton.invalidate(table);
    }
}

fn duplicate(system: &str, kind: &'static str, name: &str) -> DispatchError {
    DispatchError::Duplicate { system: system.to_owned(), kind, name: name.to_owned() }
}
