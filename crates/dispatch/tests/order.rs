//! Who comes before whom, and who says so.

mod library;

use library::{Library, backend};
use tagswitch_dispatch::*;

fn declaring(text: &str, before: &[&str], after: &[&str]) -> Backend {
    let owned = |names: &[&str]| names.iter().map(|&name| name.to_owned()).collect();
    let (higher_priority_than, lower_priority_than) = (owned(before), owned(after));
    Backend { higher_priority_than, lower_priority_than, ..backend(text) }
}

#[test]
fn the_seed_order_is_default_then_given_then_discovered_by_name_then_structural() {
    let mut library = Library::new(&["shape S?", "z A", "y B"]);
    for text in ["n2 C", "n1 D"] {
        library.add(Backend { discovered: true, ..backend(text) });
    }
    library.add(backend("default E"));
    assert_eq!(library.order(0), ["default", "z", "y", "n1", "n2", "shape"]);
}

#[test]
fn a_declaration_beats_specificity_through_third_backends_too() {
    let mut library = Library::new(&["narrow I", "middle X"]);
    library.add(declaring("wide F; I", &["middle"], &[]));
    assert_eq!(library.order(0), ["narrow", "wide", "middle"]);
    let mut library = Library::new(&["narrow I"]);
    library.add(declaring("middle X", &["narrow"], &["wide"]));
    library.add(backend("wide F; I"));
    assert_eq!(library.order(0), ["wide", "middle", "narrow"]);
}

#[test]
fn mirrored_types_are_unordered_round_longer_circles_too() {
    assert_eq!(Library::new(&["x F; I", "y I; F"]).order(0), ["x", "y"]);
    assert_eq!(Library::new(&["y I; F", "x F; I"]).order(0), ["y", "x"]);
    assert_eq!(Library::new(&["x F; C", "y C; I", "z I; F"]).order(0), ["x", "y", "z"]);
    assert_eq!(Library::new(&["x F; C", "y C; I"]).order(0), ["y", "x"], "without z there is none");
}

#[test]
fn of_equal_types_the_narrower_reach_comes_first() {
    let mut library = Library::new(&["subclasses I+", "plain I", "exact I!"]);
    assert_eq!(library.order(0), ["exact", "plain", "subclasses"]);
    let mut library = Library::new(&["base B+", "child B2"]);
    assert_eq!(library.order(0), ["base", "child"]);
    library.extends("B2", "B", false);
    assert_eq!(library.order(0), ["child", "base"], "a child is one of the types that base takes");
}

#[test]
fn a_cycle_of_declarations_is_named_with_the_setting_that_breaks_it() {
    let setting = Some("SIGNALS_ORDER".to_owned());
    let options = SystemOptions { order_setting: setting, ..Default::default() };
    let mut library = Library::with(options, &["w W"]);
    library.add(declaring("x X", &["y"], &[]));
    library.add(declaring("y Y", &["z"], &[]));
    let z = declaring("z Z", &[], &["x"]);
    library.add(z.clone());
    let closing = declaring("v V", &["x"], &["z"]);
    let error = library.registry.add_backend(&mut library.table, 0, closing.clone()).unwrap_err();
    assert_eq!(
        error.to_string(),
        "the declared order of lib's backends is circular: x > y > z > v > x; \
         set SIGNALS_ORDER=x>v to break it, or drop one of these declarations"
    );
    assert_eq!(library.order(0), ["w", "x", "y", "z"], "the registry is unchanged");
    library.environment(&[], &[], &["x>v"]);
    library.add(closing);
    assert_eq!(library.order(0), ["w", "x", "y", "z", "v"]);
}

#[test]
fn the_environment_beats_declarations_and_never_makes_an_error_of_them() {
    let mut library = Library::new(&["a A", "b B"]);
    library.add(declaring("c C", &["a"], &[]));
    assert_eq!(library.order(0), ["b", "c", "a"]);
    library.environment(&[], &[], &["a>ghost", "ghost>c"]);
    assert_eq!(library.order(0), ["a", "b", "c"], "through a backend that is not there");
    // c>a>b>d is taken first; then d>c closes the circle.
    library.environment(&[], &[], &["a>b"]);
    library.add(declaring("d D", &["c"], &["b"]));
    assert_eq!(library.order(0), ["c", "a", "b", "d"]);
}

#[test]
fn an_environment_edge_that_closes_a_circle_is_ignored_and_reported() {
    let mut library = Library::new(&["a A", "b B", "c C"]);
    assert_eq!(library.environment(&[], &[], &["c>b", "b>a", "a>c", "a>a"]), ["a>c", "a>a"]);
    assert_eq!(library.order(0), ["c", "b", "a"]);
}
