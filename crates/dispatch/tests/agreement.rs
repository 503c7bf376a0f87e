//! The crate and the model of its rules, asked the same.

mod generated;
mod model;

use generated::{Change, FUNCTIONS, Story, story};
use model::{Scope, World};
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use std::cell::Cell;
use tagswitch_dispatch::*;

const CAPACITY: usize = 1 << 18;
const CALLS: usize = 100_000;

/// The crate and the model with the same library.
struct Pair {
    registry: Registry,
    table: Vec<i32>,
    world: World,
    /// The scopes of the story from the outermost, each with its number in the registry.
    scopes: Vec<(Scope, ScopeId)>,
}

impl Pair {
    fn new(story: &Story) -> Self {
        let World { backends, functions, environment, fallback, .. } = story.world.clone();
        let (parents, members, conversions) =
            (&story.world.parents, &story.world.members, &story.world.conversions);
        let options = SystemOptions { fallback, order_setting: None };
        let mut pair = Self {
            registry: Registry::new(CAPACITY),
            table: vec![0; CAPACITY],
            world: World { fallback, ..World::default() },
            scopes: vec![],
        };
        pair.registry.add_system("generated", options).unwrap();
        for group in ["0", "1"] {
            pair.registry.group(0, group).unwrap();
        }
        if !story.late_environment {
            pair.change(&Change::Environment(environment.clone()));
        }
        for backend in backends {
            pair.add(backend);
        }
        for function in functions {
            pair.add_function(function);
        }
        for &(tag, parent, implicit) in parents {
            pair.change(&Change::Parent(tag, parent, implicit));
        }
        for &(tag, structural) in members {
            pair.change(&Change::Member(tag, structural));
        }
        for &(from, to) in conversions {
            pair.change(&Change::Conversion(from, to));
        }
        if story.late_environment {
            pair.change(&Change::Environment(environment));
        }
        for scope in &story.scopes {
            pair.enter(scope);
        }
        pair
    }

    /// Adds a backend to both, unless both say that its declarations make a circle.
    fn add(&mut self, backend: Backend) -> bool {
        self.world.backends.push(backend.clone());
        let fits = self.world.order().is_some();
        let added = self.registry.add_backend(&mut self.table, 0, backend);
        match added {
            Ok(_) => assert!(fits, "the model sees a circle"),
            Err(error) => {
                assert!(matches!(error, DispatchError::OrderCycle { .. }) && !fits, "{error}");
                self.world.backends.pop();
            }
        }
        fits
    }

    /// Adds a function with the implementation of the first backend, if it has one; then those of the others.
    fn add_function(&mut self, mut function: model::Function) {
        let count = self.world.backends.len();
        function.implementations.truncate(count);
        let model::Function { group, environment, creates, fixed, implementations } =
            function.clone();
        let mut present = (0..).zip(implementations).filter_map(|(id, it)| Some((id, it?)));
        let options = DispatchableOptions {
            group: group.map(|group| group.to_string()),
            own: present.next(),
            ..DispatchableOptions { environment, creates, fixed, ..Default::default() }
        };
        let f = self.registry.add_dispatchable(0, options).unwrap();
        for (id, conditional) in present {
            self.registry.implement(&mut self.table, f, id, conditional).unwrap();
        }
        self.world.functions.push(function);
    }

    fn change(&mut self, change: &Change) {
        let (registry, table, world) = (&mut self.registry, &mut self.table, &mut self.world);
        match change.clone() {
            Change::Conversion(from, to) => {
                world.conversions.push((from, to));
                registry.add_conversion(table, from, to, 1);
            }
            Change::Parent(tag, parent, implicit) => {
                world.parents.push((tag, parent, implicit));
                registry.add_parent(table, tag, parent, implicit);
            }
            Change::Member(tag, structural) => {
                world.members.push((tag, structural));
                registry.add_member(table, tag, structural);
            }
            Change::Environment(environment) => {
                let before = std::mem::replace(&mut world.environment, environment.clone());
                let answer = registry.set_environment(table, 0, environment);
                if world.order().is_none() {
                    // Only the former order broke a circle of declarations.
                    assert!(matches!(answer, Err(DispatchError::OrderCycle { .. })));
                    world.environment = before;
                } else {
                    assert_eq!(answer.unwrap(), world.environment_order().1);
                }
            }
            Change::Backend(backend, conditional) => {
                if self.add(backend) {
                    let id = self.world.backends.len() - 1;
                    let all: Vec<u32> = (0..FUNCTIONS as u32).collect();
                    let (registry, table) = (&mut self.registry, &mut self.table);
                    registry.implement_all(table, id as u32, &all, conditional).unwrap();
                    for function in &mut self.world.functions {
                        function.implementations.push(Some(conditional));
                    }
                }
            }
            Change::Conditional(function, backend) => {
                let implementations = &mut world.functions[function].implementations;
                if let Some(Some(conditional)) = implementations.get_mut(backend) {
                    *conditional = !*conditional;
                    let (f, id) = (function as u32, backend as u32);
                    registry.set_conditional(table, f, id, *conditional).unwrap();
                }
            }
        }
    }

    /// Opens a scope inside those that are open, without the backends that are not there.
    fn enter(&mut self, scope: &Scope) {
        let exists = |id: &usize| *id < self.world.backends.len();
        let mut scope = scope.clone();
        scope.prioritize.retain(|(_, id)| exists(id));
        scope.disable.retain(exists);
        scope.exclusive = scope.exclusive.filter(exists);
        let options = ScopeOptions {
            prioritize: scope.prioritize.iter().map(|&(to, id)| (to, id as u32)).collect(),
            disable: scope.disable.iter().map(|&id| id as u32).collect(),
            exclusive: scope.exclusive.iter().map(|&id| id as u32).collect(),
            types: scope.kind.iter().map(|&tag| (0, tag)).collect(),
        };
        let outer = self.scopes.last().map_or(0, |&(_, id)| id);
        let id = self.registry.scope(outer, options).unwrap();
        self.scopes.push((scope, id));
    }

    /// Compares all that can be asked of the calls, in every depth of scopes.
    fn compare(&mut self, calls: &[Vec<Tag>]) {
        for depth in 0..=self.scopes.len() {
            let id = depth.checked_sub(1).map_or(0, |at| self.scopes[at].1);
            let scopes: Vec<Scope> =
                self.scopes[..depth].iter().map(|(scope, _)| scope.clone()).collect();
            self.compare_order(&scopes, id, None);
            for function in 0..FUNCTIONS {
                self.compare_order(&scopes, id, Some(function));
                for call in calls {
                    self.compare_call(&scopes, id, function, call);
                }
            }
        }
    }

    fn compare_order(&mut self, scopes: &[Scope], id: ScopeId, function: Option<usize>) {
        let order = self.registry.try_order(0, id, function.map(|at| at as u32)).unwrap();
        let expected: Vec<u32> =
            self.world.try_order(scopes, function).0.into_iter().map(|at| at as u32).collect();
        assert_eq!(order, expected);
    }

    fn compare_call(&mut self, scopes: &[Scope], id: ScopeId, function: usize, call: &[Tag]) {
        let f = function as u32;
        let expected = self.world.explain(scopes, function, call);
        assert_eq!(self.registry.explain(f, id, call).unwrap(), expected, "{call:?}");
        let mut plan = vec![];
        for (_, verdict) in expected {
            if let Verdict::Runs(candidate) = verdict {
                plan.push(candidate);
                if candidate.mode == Mode::Direct && !candidate.conditional {
                    break;
                }
            }
        }
        let slot = self.registry.resolve(&mut self.table, f, id, call).unwrap();
        assert_eq!(self.registry.plan(f, slot).unwrap(), plan);
        let fixed = self.world.functions[function].fixed;
        if let Some(read) = self.walk(f, id, call, fixed) {
            assert_eq!(read, slot, "the table says the same");
        }
        for missing in 0..fixed {
            let mut present = call.to_vec();
            present.resize(fixed, 0);
            present[missing] = 0;
            let read = self.steps(f, id, &present);
            assert_eq!(read, 0, "a call that lacks an argument is not taken for one that has all");
        }
        let mut repeated: Vec<Tag> = call.iter().rev().copied().collect();
        repeated.extend(call);
        for again in [call, &repeated] {
            assert_eq!(self.registry.resolve(&mut self.table, f, id, again).unwrap(), slot);
        }
    }

    /// What a host reads; `None` where it cannot.
    fn walk(&mut self, f: DispatchableId, id: ScopeId, call: &[Tag], fixed: usize) -> Option<Slot> {
        if fixed > 0 && call.len() > fixed {
            return None;
        }
        let at = self.steps(f, id, call);
        let slot = match fixed {
            0 => self.table[at],
            _ if call.len() == fixed => at as i32,
            _ => self.table[at - 1],
        };
        Some(slot as Slot)
    }

    /// Where the table leads.
    fn steps(&mut self, f: DispatchableId, id: ScopeId, call: &[Tag]) -> usize {
        let base = self.registry.base(f, id).unwrap();
        call.iter().fold(base, |at, &tag| self.table[at + tag as usize] as usize)
    }
}

#[test]
fn the_crate_agrees_with_the_model() {
    let config = Config { cases: 2500, failure_persistence: None, ..Config::default() };
    let random = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    let calls = Cell::new(0);
    let outcome = TestRunner::new_with_rng(config, random).run(&story(), |story| {
        let mut pair = Pair::new(&story);
        pair.compare(&story.calls);
        pair.change(&story.change);
        pair.compare(&story.calls);
        calls.set(calls.get() + 2 * FUNCTIONS * (story.scopes.len() + 1) * story.calls.len());
        Ok(())
    });
    outcome.unwrap_or_else(|failure| panic!("{failure}"));
    assert!(calls.get() >= CALLS, "{} calls were compared", calls.get());
}
