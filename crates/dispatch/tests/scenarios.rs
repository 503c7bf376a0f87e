//! The acceptance scenarios of the rules, by their numbers. `I`, `F` and `C` are types, `R` a structural one that
//! they satisfy; all backends implement `f`.

mod library;

use library::{Library, backend, prioritize};
use tagswitch_dispatch::*;

const S1: [&str; 5] = ["RealB R?", "IntB I", "IntB2 I", "FloatB F; I", "IntSubB I+"];

fn s1(backends: &[&str]) -> Library {
    let mut all = vec!["default I"];
    all.extend(backends);
    let mut library = Library::new(&all);
    for member in ["I", "F", "C"] {
        library.member(member, "R");
    }
    library
}

fn b1_and_b2() -> Library {
    Library::new(&["default I", "b1 F I", "b2 F C; I"])
}

#[test]
fn s1_specificity_orders_backends_and_structural_types_come_last() {
    let mut library = s1(&S1);
    let expected = ["default", "IntB", "IntB2", "IntSubB", "FloatB", "RealB"];
    assert_eq!(library.order(0), expected);
    let reversed: Vec<&str> = S1.into_iter().rev().collect();
    let expected = ["default", "IntB2", "IntB", "IntSubB", "FloatB", "RealB"];
    assert_eq!(s1(&reversed).order(0), expected);
}

#[test]
fn s2_a_prioritized_structural_backend_runs_first() {
    let mut library = s1(&S1);
    let scope = library.scope(0, &["RealB"], &["IntB2"]);
    assert_eq!(library.runs(scope, &["I"]), "RealB");
    let order = library.order(scope);
    assert_eq!(
        order,
        ["RealB", "default", "IntB", "IntSubB", "FloatB", "IntB2"],
        "the disabled one last"
    );
}

#[test]
fn s3_an_inner_prioritize_brings_back_what_an_outer_scope_disabled() {
    let mut library = s1(&S1);
    let outer = library.scope(0, &["RealB"], &["IntB", "default"]);
    let inner = library.scope(outer, &["IntB"], &[]);
    let order = library.order(inner);
    assert_eq!(
        order,
        ["IntB", "RealB", "IntB2", "IntSubB", "FloatB", "default"],
        "the disabled one last"
    );
}

#[test]
fn s4_all_types_must_match_and_one_must_be_primary() {
    let mut library = b1_and_b2();
    assert_eq!(library.runs(0, &["I", "I"]), "default");
    assert_eq!(library.runs(0, &["F", "F"]), "b1");
    assert_eq!(library.runs(0, &["C", "F"]), "b2");
    let b1 = library.scope(0, &["b1"], &[]);
    assert_eq!(library.runs(b1, &["I", "I"]), "b1");
    let both = library.scope(0, &["b2", "b1"], &[]);
    assert_eq!(library.runs(both, &["F", "F"]), "b2");
    assert_eq!(library.runs(both, &["I", "I"]), "b1", "b2 has no primary match");
}

#[test]
fn s5_a_scopes_type_is_one_more_type_of_every_call() {
    let mut library = b1_and_b2();
    let typed = |library: &mut Library, name: &str, first: &[&str]| {
        let types = vec![(library.system, library.tag(name))];
        let options =
            ScopeOptions { types, prioritize: prioritize(library, first), ..Default::default() };
        library.registry.scope(0, options).unwrap()
    };
    let f = typed(&mut library, "F", &[]);
    assert_eq!(library.runs(f, &["I", "I"]), "b1");
    assert_eq!(library.runs(f, &[]), "b1", "no arguments: {{F}} alone");
    let c = typed(&mut library, "C", &[]);
    assert_eq!(library.runs(c, &["I", "I"]), "b2");
    let first = typed(&mut library, "F", &["b2"]);
    assert_eq!(library.runs(first, &["I", "I"]), "b2");
    let strange = typed(&mut library, "NobodyNamesIt", &[]);
    assert_eq!(library.runs(strange, &["I"]), "", "asked for by name, it is not passed over");
}

#[test]
fn s7_an_opt_in_backend_runs_only_when_put_first() {
    let extra = || Backend { opt_in: true, ..backend("extra I") };
    let mut library = Library::new(&["default I"]);
    let id = library.add(extra());
    let off = library.scope(0, &[], &["default"]);
    assert_eq!(library.runs(off, &["I"]), "");
    assert!(library.reason(off, &["I"], "extra").contains("opt-in"));
    let first = library.scope(0, &["extra"], &[]);
    assert_eq!(library.runs(first, &["I"]), "extra");
    let only = ScopeOptions { exclusive: vec![id], ..Default::default() };
    let only = library.registry.scope(0, only).unwrap();
    assert_eq!(library.runs(only, &["I"]), "extra");
    library.environment(&["extra"], &[], &[]);
    assert_eq!(library.runs(0, &["I"]), "extra", "the environment can enable it");
}

#[test]
fn s9_nothing_is_converted_between_foreign_types_without_a_path() {
    let mut library = Library::new(&["native N", "b1 P", "b2 Q"]);
    let scope = library.scope(0, &["b2", "b1"], &[]);
    assert_eq!(library.runs(scope, &["P"]), "b1");
    library.converts("P", "N");
    library.converts("N", "Q");
    assert_eq!(library.runs(scope, &["P"]), "b2");
}
