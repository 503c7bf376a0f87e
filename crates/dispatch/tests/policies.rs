//! What libraries, functions and the environment say beyond types and order.

mod library;

use library::{Library, backend};
use tagswitch_dispatch::*;

fn falling_back(fallback: Fallback, backends: &[&str]) -> Library {
    Library::with(SystemOptions { fallback, ..Default::default() }, backends)
}

#[test]
fn the_librarys_own_converts_last_where_the_library_says_so() {
    let mut library = falling_back(Fallback::Convert, &["default N", "gpu G", "other O"]);
    assert_eq!(library.runs(0, &["G"]), "gpu");
    library.converts("O", "N");
    library.converts("G", "N");
    let without = library.scope(0, &[], &["other"]);
    assert_eq!(library.plan(without, &["O"]), ["default"]);
    let mut own = falling_back(Fallback::Own, &["default N", "other O"]);
    own.converts("O", "N");
    let without = own.scope(0, &[], &["other"]);
    assert!(own.plan(without, &["O"]).is_empty());
}

#[test]
fn the_librarys_own_does_not_stand_in_where_the_library_says_so() {
    let mut library = falling_back(Fallback::Raise, &["default N", "gpu G"]);
    assert_eq!(library.runs(0, &["N"]), "default");
    let scope = library.scope(0, &["gpu"], &[]);
    assert_eq!(library.runs(scope, &["N"]), "");
    assert!(library.reason(scope, &["N"], "default").contains("does not stand in"));
    let both = library.scope(0, &["gpu", "default"], &[]);
    assert_eq!(library.runs(both, &["N"]), "default", "it was put first too");
}

#[test]
fn to_prioritize_is_advised_only_where_it_would_lead_to_a_conversion() {
    let mut library = Library::new(&["default N", "gpu G", "other O; N"]);
    library.converts("N", "G");
    assert_eq!(library.reason(0, &["N"], "gpu"), "does not work on N; prioritize it to convert");
    assert_eq!(library.reason(0, &["G"], "default"), "does not work on G");
    assert_eq!(library.reason(0, &["N"], "other"), "no argument is of its primary types (O)");
    library.converts("G", "O");
    let advice = "no argument is of its primary types (O); prioritize it to convert";
    assert_eq!(library.reason(0, &["N"], "other"), advice);
    assert_eq!(library.reason(0, &[], "gpu"), "no argument is of its primary types (G)");
}

#[test]
fn a_blocked_backend_never_runs_and_comes_last() {
    let mut library = Library::new(&["default N", "gpu N", "later N"]);
    library.environment(&["gpu"], &["gpu", "ghost"], &[]);
    let scope = library.scope(0, &["gpu"], &[]);
    assert_eq!(library.runs(scope, &["N"]), "default");
    assert_eq!(library.order(scope), ["default", "later", "gpu"]);
    assert_eq!(
        library.reason(scope, &["N"], "gpu"),
        "blocked by the environment: the library's variable …_BLOCK names it"
    );
}

#[test]
fn a_function_that_creates_makes_the_librarys_own_types_unless_another_is_asked_for() {
    let mut library = Library::new(&["default N", "native N", "gpu G"]);
    assert_eq!(library.runs(0, &[]), "", "others need an argument");
    let options = DispatchableOptions { creates: true, ..Default::default() };
    library.f = library.registry.add_dispatchable(library.system, options).unwrap();
    for id in library.ids(&["default", "native", "gpu"]) {
        library.registry.implement(&mut library.table, library.f, id, false).unwrap();
    }
    assert_eq!(library.plan(0, &[]), ["default"]);
    let scope = library.scope(0, &["gpu"], &[]);
    assert_eq!(library.plan(scope, &[]), ["default"], "first, but it would make another type");
    let scope = library.scope(0, &["native"], &[]);
    assert_eq!(library.plan(scope, &[]), ["native"]);
    assert_eq!(library.runs(0, &["G"]), "gpu", "a type to make decides as an argument's");
}

#[test]
fn the_environment_puts_a_backend_first_for_one_function() {
    let mut library = Library::new(&["default N"]);
    library.add(Backend { opt_in: true, ..backend("extra N") });
    let options =
        DispatchableOptions { environment: vec!["extra".to_owned()], ..Default::default() };
    let g = library.registry.add_dispatchable(library.system, options).unwrap();
    for id in library.ids(&["default", "extra"]) {
        library.registry.implement(&mut library.table, g, id, false).unwrap();
    }
    assert_eq!(library.runs(0, &["N"]), "default");
    let f = std::mem::replace(&mut library.f, g);
    assert_eq!(library.runs(0, &["N"]), "extra");
    let off = library.scope(0, &[], &["extra"]);
    assert_eq!(library.runs(off, &["N"]), "default", "scopes are inside the environment");
    library.f = f;
    assert_eq!(library.runs(0, &["N"]), "default");
}

#[test]
fn direct_instances_are_told_from_those_of_nameless_subclasses() {
    let mut library = Library::new(&["exact B!", "plain B"]);
    library.extends("B#1", "B", true);
    assert_eq!(library.runs(0, &["B"]), "exact");
    assert_eq!(library.runs(0, &["B#1"]), "plain");
    let mut library = Library::new(&["exact B!"]);
    library.extends("B#1", "B", true);
    assert_eq!(library.runs(0, &["B", "B#1"]), "", "the subclass is refused, not passed over");
}

#[test]
fn a_nameless_subclass_is_converted_as_what_it_counts_as() {
    let mut library = Library::new(&["default N", "there T"]);
    library.extends("N#2", "N", true);
    library.extends("N#1", "N#2", true);
    library.converts("N", "T");
    let scope = library.scope(0, &["there"], &[]);
    assert_eq!(library.runs(scope, &["N#1"]), "there");
    let [nameless, own, there] = ["N#1", "N", "T"].map(|name| library.tag(name));
    let id = library.ids(&["there"])[0];
    assert_eq!(library.registry.argument_path(id, nameless).unwrap(), Some(vec![own, there]));
    assert_eq!(library.registry.conversion_path(nameless, there), Some(vec![own, there]));
    assert_eq!(library.registry.conversion_path(nameless, own), None);
}

#[test]
fn implementations_come_together_or_not_at_all() {
    let mut library = Library::new(&["default N"]);
    let id = library.registry.add_backend(&mut library.table, 0, backend("b N")).unwrap();
    let (registry, table) = (&mut library.registry, &mut library.table);
    let g = registry.add_dispatchable(0, DispatchableOptions::default()).unwrap();
    let f = library.f;
    for wrong in [[f, f], [f, 99]] {
        assert!(registry.implement_all(table, id, &wrong, false).is_err());
    }
    registry.implement_all(table, id, &[g, f], true).unwrap();
    assert!(registry.implement_all(table, id, &[g], false).is_err());
    assert!(registry.set_conditional(table, f, 99, true).is_err());
    let first = library.scope(0, &["b"], &[]);
    assert_eq!(library.plan(first, &["N"]), ["b", "default"]);
    library.registry.set_conditional(&mut library.table, f, id, false).unwrap();
    assert_eq!(library.plan(first, &["N"]), ["b"]);
}

#[test]
fn a_function_may_come_with_the_librarys_own_implementation() {
    let mut library = Library::new(&["default N"]);
    assert_eq!(library.runs(0, &["N"]), "default");
    let table = library.table.clone();
    let own = library.ids(&["default"])[0];
    let options =
        |conditional| DispatchableOptions { own: Some((own, conditional)), ..Default::default() };
    let other = library.registry.add_system("other", SystemOptions::default()).unwrap();
    for system in [other, 99] {
        let added = library.registry.add_dispatchable(system, options(false));
        assert!(matches!(added, Err(DispatchError::NoSuch { .. })), "not of that system");
    }
    for conditional in [false, true] {
        let added = library.registry.add_dispatchable(library.system, options(conditional));
        assert!(library.table == table, "what was answered before is answered still");
        library.f = added.unwrap();
        let verdicts = library.registry.explain(library.f, 0, &[library.tag("N")]).unwrap();
        let &(_, Verdict::Runs(candidate)) = &verdicts[0] else { panic!("{verdicts:?}") };
        assert_eq!(candidate.conditional, conditional);
        assert!(library.registry.implement(&mut library.table, library.f, own, false).is_err());
    }
}
