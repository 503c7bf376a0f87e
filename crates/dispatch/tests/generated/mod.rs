//! Generated libraries, users and calls.

use crate::model::{Function, Scope, World};
use proptest::collection::vec;
use proptest::option::weighted;
use proptest::prelude::*;
use proptest::strategy::Union;
use tagswitch_dispatch::*;

const NAMES: [&str; 7] = ["default", "m", "c", "x", "a", "k", "ghost"];
const TYPES: [&str; 9] = ["g:A", "g:B", "g:C", "g:D", "g:E", "g:F", "g:R", "g:S", "g:Nobody"];
const BACKENDS: usize = 6;
pub const FUNCTIONS: usize = 2;

/// Something that comes after the first calls.
#[derive(Debug, Clone)]
pub enum Change {
    Conversion(Tag, Tag),
    Parent(Tag, Tag, bool),
    Member(Tag, Tag),
    Environment(Environment),
    /// A backend that implements everything.
    Backend(Backend, bool),
    /// An implementation that now decides call by call, or no longer.
    Conditional(usize, usize),
}

/// A library, what its user says and calls, and what happens in between.
#[derive(Debug, Clone)]
pub struct Story {
    pub world: World,
    /// Whether the environment is read after the backends came.
    pub late_environment: bool,
    pub scopes: Vec<Scope>,
    pub calls: Vec<Vec<Tag>>,
    pub change: Change,
}

pub fn story() -> impl Strategy<Value = Story> {
    let calls = vec(vec(any_tag(), 0..4), 8);
    (world(), any::<bool>(), vec(scope(), 0..4), calls, change()).prop_map(
        |(world, late_environment, scopes, calls, change)| Story {
            world,
            late_environment,
            scopes,
            calls,
            change,
        },
    )
}

fn any_tag() -> impl Strategy<Value = Tag> {
    proptest::sample::select(TYPES.as_slice()).prop_map(tag::intern)
}

/// A type that backends name.
fn named_tag() -> impl Strategy<Value = Tag> {
    proptest::sample::select(&TYPES[..8]).prop_map(tag::intern)
}

fn name() -> impl Strategy<Value = String> {
    proptest::sample::select(NAMES.as_slice()).prop_map(str::to_owned)
}

fn pattern() -> impl Strategy<Value = TypePattern> {
    let admits = prop_oneof![
        4 => Just(Admits::Type),
        1 => Just(Admits::Exact),
        1 => Just(Admits::Subclasses),
        1 => Just(Admits::Structural)
    ];
    (named_tag(), admits).prop_map(|(tag, admits)| TypePattern { tag, admits })
}

fn backend(name: &'static str) -> impl Strategy<Value = Backend> {
    let named = (vec(pattern(), 0..4), vec(pattern(), 0..3))
        .prop_map(|(primary, secondary)| BackendTypes::Named { primary, secondary });
    let types = prop_oneof![8 => named, 1 => Just(BackendTypes::Any)];
    let names = || prop_oneof![3 => Just(vec![]), 1 => vec(self::name(), 1..3)];
    (types, names(), names(), prop::bool::weighted(0.2), prop::bool::weighted(0.3)).prop_map(
        move |(types, higher_priority_than, lower_priority_than, opt_in, discovered)| Backend {
            name: name.to_owned(),
            types,
            higher_priority_than,
            lower_priority_than,
            opt_in,
            discovered,
        },
    )
}

fn environment() -> impl Strategy<Value = Environment> {
    let edge = (name(), name()).prop_map(|(before, after)| OrderEdge { before, after });
    (vec(name(), 0..2), vec(name(), 0..2), vec(edge, 0..5))
        .prop_map(|(prioritize, block, order)| Environment { prioritize, block, order })
}

fn function() -> impl Strategy<Value = Function> {
    let implementations = vec(weighted(0.85, any::<bool>()), BACKENDS + 1);
    let fixed = prop_oneof![1 => Just(0), 2 => 1..4usize];
    (weighted(0.7, 0..2u32), vec(name(), 0..2), prop::bool::weighted(0.2), fixed, implementations)
        .prop_map(|(group, environment, creates, fixed, implementations)| Function {
            group,
            environment,
            creates,
            fixed,
            implementations,
        })
}

fn world() -> impl Strategy<Value = World> {
    let backends: Vec<_> =
        NAMES[..BACKENDS].iter().map(|name| weighted(0.75, backend(name))).collect();
    let fallback = Union::new([Fallback::Own, Fallback::Convert, Fallback::Raise].map(Just));
    let relations = (
        vec((any_tag(), any_tag(), any::<bool>()), 0..5),
        vec((any_tag(), named_tag()), 0..4),
        vec((any_tag(), any_tag()), 0..5),
    );
    (backends, vec(function(), FUNCTIONS), relations, environment(), fallback).prop_flat_map(
        |(backends, functions, relations, environment, fallback)| {
            let (parents, members, conversions) = relations;
            let backends = backends.into_iter().flatten().collect::<Vec<_>>();
            let world = World {
                functions,
                parents,
                members,
                conversions,
                environment,
                fallback,
                ..World::default()
            };
            Just(backends)
                .prop_shuffle()
                .prop_map(move |backends| World { backends, ..world.clone() })
        },
    )
}

fn scope() -> impl Strategy<Value = Scope> {
    let target = prop_oneof![
        2 => Just(Target::All),
        1 => (0..2u32).prop_map(Target::Group),
        1 => (0..FUNCTIONS as u32).prop_map(Target::Function)
    ];
    let prioritize = vec((target, 0..BACKENDS), 0..4);
    (prioritize, vec(0..BACKENDS, 0..3), weighted(0.15, 0..BACKENDS), weighted(0.15, any_tag()))
        .prop_map(|(prioritize, disable, exclusive, kind)| Scope {
            prioritize,
            disable,
            exclusive,
            kind,
        })
}

fn change() -> impl Strategy<Value = Change> {
    prop_oneof![
        (any_tag(), any_tag()).prop_map(|(from, to)| Change::Conversion(from, to)),
        (any_tag(), any_tag(), any::<bool>())
            .prop_map(|(tag, parent, implicit)| Change::Parent(tag, parent, implicit)),
        (any_tag(), named_tag()).prop_map(|(tag, structural)| Change::Member(tag, structural)),
        environment().prop_map(Change::Environment),
        (backend("late"), any::<bool>())
            .prop_map(|(backend, conditional)| Change::Backend(backend, conditional)),
        (0..FUNCTIONS, 0..BACKENDS)
            .prop_map(|(function, backend)| Change::Conditional(function, backend)),
    ]
}
