//! Functions of a fixed number of dispatch arguments: the last step through the table leads to the slot itself.

mod library;

use library::Library;
use tagswitch_dispatch::*;

/// `f` takes any number of arguments, `g` so many, of the same backends.
fn any_and_fixed(fixed: usize) -> (Library, DispatchableId) {
    let mut library = Library::new(&["default I", "b1 F I", "b2 F C; I"]);
    let options = DispatchableOptions { fixed, ..Default::default() };
    let g = library.registry.add_dispatchable(library.system, options).unwrap();
    for id in library.ids(&["default", "b1", "b2"]) {
        library.registry.implement(&mut library.table, g, id, false).unwrap();
    }
    (library, g)
}

/// `""` is a missing argument.
fn tags(types: &[&str]) -> Vec<Tag> {
    types.iter().map(|name| if name.is_empty() { 0 } else { tag::intern(name) }).collect()
}

fn resolve(library: &mut Library, g: DispatchableId, types: &[&str]) -> Slot {
    library.registry.resolve(&mut library.table, g, 0, &tags(types)).unwrap()
}

/// Where the table leads.
fn steps(library: &mut Library, g: DispatchableId, types: &[&str]) -> usize {
    let base = library.registry.base(g, 0).unwrap();
    tags(types).into_iter().fold(base, |at, tag| library.table[at + tag as usize] as usize)
}

/// Whether `g` has for a slot what `f` has for a call.
fn is_as_of_any(library: &mut Library, g: DispatchableId, slot: Slot, types: &[&str]) -> bool {
    let f = library.f;
    let any = resolve(library, f, types);
    library.registry.plan(f, any).unwrap() == library.registry.plan(g, slot).unwrap()
}

#[test]
fn the_last_step_leads_to_the_slot() {
    let (mut library, g) = any_and_fixed(2);
    for types in [["I", "I"], ["F", "F"], ["C", "F"], ["F", "C"], ["Stranger", "C"], ["C", "I"]] {
        let slot = resolve(&mut library, g, &types);
        assert!(is_as_of_any(&mut library, g, slot, &types), "{types:?}");
        assert_eq!(steps(&mut library, g, &types), slot as usize);
        assert_eq!(resolve(&mut library, g, &types), slot, "and again, from the table");
    }
}

#[test]
fn the_last_argument_needs_no_rows() {
    let (mut library, g) = any_and_fixed(1);
    resolve(&mut library, g, &["I"]);
    let used = library.registry.table_used();
    for name in ["F", "C", "Stranger"] {
        resolve(&mut library, g, &[name]);
    }
    assert_eq!(library.registry.table_used(), used);
}

#[test]
fn the_slot_of_a_call_that_lacks_arguments_is_where_no_other_walk_comes() {
    let (mut library, g) = any_and_fixed(3);
    for types in [&[][..], &["F"], &["F", "C"], &["Stranger"], &["I", "I"]] {
        let slot = resolve(&mut library, g, types);
        assert!(is_as_of_any(&mut library, g, slot, types), "{types:?}");
        let state = steps(&mut library, g, types);
        assert_eq!(library.table[state - 1] as Slot, slot);
        assert_eq!(resolve(&mut library, g, types), slot, "and again, from the table");
    }
    for missing in [["", "", ""], ["F", "", ""], ["F", "C", ""], ["F", "", "C"], ["", "F", "C"]] {
        assert_eq!(steps(&mut library, g, &missing), 0, "{missing:?}");
    }
}

#[test]
fn a_call_of_too_many_arguments_is_answered_without_the_table() {
    let (mut library, g) = any_and_fixed(1);
    let one = resolve(&mut library, g, &["C"]);
    for types in [&["C", "C"][..], &["F", "C"], &["C", "F", "I"]] {
        let table = library.table.clone();
        let slot = resolve(&mut library, g, types);
        assert!(library.table == table);
        assert!(is_as_of_any(&mut library, g, slot, types), "{types:?}");
    }
    assert_eq!(resolve(&mut library, g, &["C"]), one);
}

#[test]
fn a_missing_argument_has_no_tag_to_resolve() {
    let (mut library, g) = any_and_fixed(1);
    for function in [library.f, g] {
        let none = library.registry.resolve(&mut library.table, function, 0, &tags(&[""]));
        assert!(matches!(none, Err(DispatchError::NoSuch { .. })));
    }
}
