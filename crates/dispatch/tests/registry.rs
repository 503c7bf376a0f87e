//! The registry as its host sees it: registrations, scopes, calls and the table.

use tagswitch_dispatch::*;

const CAPACITY: usize = 64 * 256;

struct Host {
    table: Vec<i32>,
    registry: Registry,
    system: SystemId,
}

impl Host {
    fn new() -> Self {
        let mut registry = Registry::new(CAPACITY);
        let system = registry.add_system("lib", SystemOptions::default()).unwrap();
        Self { table: vec![0; CAPACITY], registry, system }
    }

    fn backend(&mut self, name: &str, primary: &[&str], secondary: &[&str]) -> BackendId {
        let patterns = |names: &[&str]| {
            names
                .iter()
                .map(|name| TypePattern { tag: tag::intern(name), admits: Admits::Type })
                .collect()
        };
        let backend = Backend {
            types: BackendTypes::Named {
                primary: patterns(primary),
                secondary: patterns(secondary),
            },
            ..Backend::new(name, BackendTypes::Any)
        };
        self.registry.add_backend(&mut self.table, self.system, backend).unwrap()
    }

    fn function(&mut self, backends: &[BackendId]) -> DispatchableId {
        let f =
            self.registry.add_dispatchable(self.system, DispatchableOptions::default()).unwrap();
        for &backend in backends {
            self.registry.implement(&mut self.table, f, backend, false).unwrap();
        }
        f
    }

    fn scope(&mut self, prioritize: &[BackendId], disable: &[BackendId]) -> ScopeId {
        let options = ScopeOptions {
            prioritize: prioritize.iter().map(|&id| (Target::All, id)).collect(),
            disable: disable.to_vec(),
            ..ScopeOptions::default()
        };
        self.registry.scope(0, options).unwrap()
    }

    /// Resolves as a host does: walk the table first, ask where it says 0.
    fn call(&mut self, f: DispatchableId, scope: ScopeId, types: &[&str]) -> Vec<String> {
        let tags: Vec<Tag> = types.iter().map(|name| tag::intern(name)).collect();
        let resolved = self.registry.resolve(&mut self.table, f, scope, &tags).unwrap();
        let mut state = self.registry.base(f, scope).unwrap();
        for &tag in &tags {
            state = self.table[state + tag as usize] as usize;
        }
        assert_eq!(self.table[state] as u32, resolved, "the table says what the registry said");
        let plan = self.registry.plan(f, resolved).unwrap().to_vec();
        plan.iter().map(|c| self.registry.backend_name(c.backend).unwrap().to_owned()).collect()
    }
}

fn two_backends() -> (Host, BackendId, BackendId, BackendId, DispatchableId) {
    let mut host = Host::new();
    let default = host.backend("default", &["t:I"], &[]);
    let b1 = host.backend("b1", &["t:F", "t:I"], &[]);
    let b2 = host.backend("b2", &["t:F", "t:C"], &["t:I"]);
    let f = host.function(&[default, b1, b2]);
    (host, default, b1, b2, f)
}

#[test]
fn types_choose_the_backend() {
    let (mut host, _, b1, b2, f) = two_backends();
    assert_eq!(host.call(f, 0, &["t:I", "t:I"]), ["default"]);
    assert_eq!(host.call(f, 0, &["t:F", "t:F"]), ["b1"]);
    assert_eq!(host.call(f, 0, &["t:C", "t:F"]), ["b2"]);
    let first = host.scope(&[b1], &[]);
    assert_eq!(host.call(f, first, &["t:I", "t:I"]), ["b1"]);
    let both = host.scope(&[b2, b1], &[]);
    assert_eq!(host.call(f, both, &["t:F", "t:F"]), ["b2"]);
    assert_eq!(host.call(f, both, &["t:I", "t:I"]), ["b1"], "b2 has no primary match");
}

#[test]
fn order_and_repetition_of_types_do_not_matter() {
    let (mut host, .., f) = two_backends();
    assert_eq!(host.call(f, 0, &["t:F", "t:C"]), host.call(f, 0, &["t:C", "t:F", "t:F"]));
    let used = host.registry.table_used();
    host.call(f, 0, &["t:C", "t:C", "t:F", "t:C"]);
    assert_eq!(host.registry.table_used(), used, "the same set of types is the same state");
}

#[test]
fn unknown_types_are_ignored() {
    let (mut host, .., f) = two_backends();
    assert_eq!(host.call(f, 0, &["t:Stranger", "t:I"]), ["default"]);
    assert!(host.call(f, 0, &["t:Stranger"]).is_empty());
    let (_, verdict) = &host.registry.explain(f, 0, &[tag::intern("t:Stranger")]).unwrap()[0];
    assert!(verdict.reason().contains("primary types (t:I)"), "{}", verdict.reason());
}

#[test]
fn a_disabled_backend_is_not_tried_but_explained() {
    let (mut host, default, .., f) = two_backends();
    let scope = host.scope(&[], &[default]);
    assert_eq!(host.call(f, scope, &["t:I"]), ["b1"]);
    let verdicts = host.registry.explain(f, scope, &[tag::intern("t:I")]).unwrap();
    assert_eq!(verdicts.last().unwrap(), &(default, Verdict::Disabled));
}

#[test]
fn an_exclusive_scope_tries_one_only() {
    let (mut host, _, b1, _, f) = two_backends();
    let options = ScopeOptions { exclusive: vec![b1], ..ScopeOptions::default() };
    let scope = host.registry.scope(0, options).unwrap();
    assert_eq!(host.call(f, scope, &["t:I"]), ["b1"]);
    assert!(host.call(f, scope, &["t:C"]).is_empty());
}

#[test]
fn a_prioritized_backend_gets_converted_arguments() {
    let mut host = Host::new();
    let default = host.backend("default", &["t:N"], &[]);
    let gpu = host.backend("gpu", &["t:G"], &["t:N"]);
    let f = host.function(&[default, gpu]);
    let scope = host.scope(&[gpu], &[]);
    assert_eq!(host.call(f, scope, &["t:N"]), ["default"], "no conversion is registered");
    host.registry.add_conversion(&mut host.table, tag::intern("t:N"), tag::intern("t:G"), 1);
    assert_eq!(host.call(f, 0, &["t:N"]), ["default"], "never unless asked");
    assert_eq!(
        host.call(f, scope, &["t:N"]),
        ["gpu", "default"],
        "a conversion may fail, so the next one stays"
    );
    assert_eq!(host.call(f, scope, &["t:N", "t:G"]), ["gpu"], "mixed types need none");
    let path = host.registry.argument_path(gpu, tag::intern("t:N")).unwrap().unwrap();
    assert_eq!(path, [tag::intern("t:N"), tag::intern("t:G")]);
}

#[test]
fn a_registration_empties_the_table() {
    let (mut host, .., f) = two_backends();
    assert_eq!(host.call(f, 0, &["t:I"]), ["default"]);
    let base = host.registry.base(f, 0).unwrap();
    let late = host.backend("late", &["t:I"], &[]);
    assert_eq!(host.table[base + tag::intern("t:I") as usize], 0);
    host.registry.implement(&mut host.table, f, late, false).unwrap();
    assert_eq!(host.call(f, 0, &["t:I"]), ["default"]);
}

#[test]
fn a_subclass_counts_where_the_backend_says_so() {
    let mut host = Host::new();
    let exact = host.backend("exact", &["t:Base"], &[]);
    let wide = Backend {
        types: BackendTypes::Named {
            primary: vec![TypePattern { tag: tag::intern("t:Base"), admits: Admits::Subclasses }],
            secondary: vec![],
        },
        ..Backend::new("wide", BackendTypes::Any)
    };
    let wide = host.registry.add_backend(&mut host.table, host.system, wide).unwrap();
    let f = host.function(&[exact, wide]);
    host.registry.add_parent(&mut host.table, tag::intern("t:Child"), tag::intern("t:Base"), false);
    assert_eq!(host.call(f, 0, &["t:Base"]), ["exact"]);
    assert_eq!(host.call(f, 0, &["t:Child"]), ["wide"]);
}

#[test]
fn a_circle_of_parents_ends() {
    let mut host = Host::new();
    let [a, b, other] = ["t:CircleA", "t:CircleB", "t:CircleOther"].map(tag::intern);
    let wide = Backend {
        types: BackendTypes::Named {
            primary: vec![TypePattern { tag: other, admits: Admits::Subclasses }],
            secondary: vec![],
        },
        ..Backend::new("wide", BackendTypes::Any)
    };
    let wide = host.registry.add_backend(&mut host.table, host.system, wide).unwrap();
    let f = host.function(&[wide]);
    host.registry.add_parent(&mut host.table, b, a, false);
    host.registry.add_parent(&mut host.table, a, b, false);
    assert!(host.call(f, 0, &["t:CircleA"]).is_empty());
    host.registry.add_parent(&mut host.table, a, other, false);
    assert_eq!(
        host.call(f, 0, &["t:CircleB"]),
        ["wide"],
        "one identifier may have several parents"
    );
}

#[test]
fn a_conversion_elsewhere_does_not_make_a_type_known() {
    let (mut host, .., f) = two_backends();
    assert_eq!(host.call(f, 0, &["t:I", "t:Aside"]), ["default"]);
    host.registry.add_conversion(
        &mut host.table,
        tag::intern("t:Aside"),
        tag::intern("t:AsideToo"),
        1,
    );
    assert_eq!(host.call(f, 0, &["t:I", "t:Aside"]), ["default"]);
    host.registry.add_conversion(&mut host.table, tag::intern("t:AsideToo"), tag::intern("t:F"), 1);
    assert!(host.call(f, 0, &["t:I", "t:Aside"]).is_empty(), "it leads to a type that decides");
}

#[test]
fn names_are_unique_and_unknown_ones_list_the_known() {
    let (mut host, ..) = two_backends();
    assert!(matches!(
        host.registry.add_system("lib", SystemOptions::default()),
        Err(DispatchError::Duplicate { .. })
    ));
    let error = host.registry.find_backend(host.system, "b3").unwrap_err();
    assert_eq!(error.to_string(), r#"lib has no backend "b3"; it has "default", "b1", "b2""#);
}

#[test]
fn a_full_table_can_be_replaced() {
    let mut host = Host::new();
    let default = host.backend("default", &["t:I"], &[]);
    let functions: Vec<_> = (0..64).map(|_| host.function(&[default])).collect();
    let full = functions
        .iter()
        .find_map(|&f| host.registry.resolve(&mut host.table, f, 0, &[tag::intern("t:I")]).err());
    assert_eq!(full, Some(DispatchError::TableFull));
    host.table = vec![0; 4 * CAPACITY];
    host.registry.replace_table(4 * CAPACITY, 10);
    for f in functions {
        assert_eq!(host.call(f, 0, &["t:I"]), ["default"]);
    }
}

#[test]
fn numbers_never_given_out_are_errors() {
    let (mut host, .., f) = two_backends();
    assert!(matches!(
        host.registry.resolve(&mut host.table, 99, 0, &[]),
        Err(DispatchError::NoSuch { .. })
    ));
    assert!(matches!(
        host.registry.resolve(&mut host.table, f, 99, &[1]),
        Err(DispatchError::NoSuch { .. })
    ));
    assert!(matches!(
        host.registry.resolve(&mut host.table, f, u32::MAX, &[1]),
        Err(DispatchError::NoSuch { .. })
    ));
    assert!(matches!(host.registry.base(f, u32::MAX), Err(DispatchError::NoSuch { .. })));
    assert!(matches!(host.registry.plan(f, 0), Err(DispatchError::NoSuch { .. })));
    assert!(matches!(
        host.registry.implement(&mut host.table, f, 99, false),
        Err(DispatchError::NoSuch { .. })
    ));
}
