//! What can be said of the shaders without a GPU.

use std::collections::{BTreeMap, HashSet};

use naga::valid::GlobalUse;
use naga::{AddressSpace, StorageAccess, TypeInner, valid};
use tagswitch_kernels_gpu::pointwise::{Chain, Channels, Pointwise};
use tagswitch_kernels_gpu::{Binding, DType, Kernel, Layout, kernels, pointwise};

type Parsed = (naga::Module, valid::ModuleInfo);

/// Without subgroup operations and with them.
fn parse(kernel: &Kernel) -> [Parsed; 2] {
    let subgroups = valid::Capabilities::SUBGROUP;
    [
        parse_text(kernel.name, &kernel.wgsl(false), valid::Capabilities::empty()),
        parse_text(kernel.name, &kernel.wgsl(true), subgroups),
    ]
}

fn parse_text(name: &str, source: &str, capabilities: valid::Capabilities) -> Parsed {
    let module = naga::front::wgsl::parse_str(source)
        .unwrap_or_else(|error| panic!("{name}: {}", error.emit_to_string(source)));
    let mut validator = valid::Validator::new(valid::ValidationFlags::all(), capabilities);
    match validator.validate(&module) {
        Ok(info) => (module, info),
        Err(error) => panic!("{name}: {}", error.emit_to_string(source)),
    }
}

#[test]
fn every_kernel_is_valid_wgsl() {
    for kernel in kernels() {
        parse(kernel);
    }
}

#[test]
fn names_are_unique() {
    let mut names = HashSet::new();
    let pointwise = pointwise();
    let names_of_all =
        kernels().into_iter().map(|kernel| kernel.name).chain(pointwise.iter().map(|one| one.name));
    for name in names_of_all {
        assert!(names.insert(name), "{name}");
    }
    assert!(names.len() >= 15);
}

/// The names of a struct's fields and where they begin, and its size.
fn layout(name: &str, module: &naga::Module, of: &str) -> (Vec<(String, usize)>, usize) {
    let (_, ty) = module
        .types
        .iter()
        .find(|(_, ty)| ty.name.as_deref() == Some(of))
        .unwrap_or_else(|| panic!("{name} has no {of}"));
    let TypeInner::Struct { members, span } = &ty.inner else {
        panic!("{name}: {of} is no struct")
    };
    let fields =
        members.iter().map(|m| (m.name.clone().unwrap_or_default(), m.offset as usize)).collect();
    (fields, *span as usize)
}

fn declared(layout: Layout) -> (Vec<(String, usize)>, usize) {
    (layout.fields.iter().map(|(name, at)| ((*name).to_owned(), *at)).collect(), layout.size)
}

#[test]
fn parameters_lie_where_rust_puts_them() {
    for kernel in kernels() {
        for (module, _) in parse(kernel) {
            let found = layout(kernel.name, &module, "Params");
            assert_eq!(found, declared(kernel.params), "{}", kernel.name);
        }
    }
}

#[test]
fn bindings_and_workgroups_are_as_declared() {
    for kernel in kernels() {
        for parsed in parse(kernel) {
            check_entry_point(kernel.name, &parsed, kernel.workgroup, kernel.bindings);
        }
    }
}

fn check_entry_point(
    name: &str,
    (module, info): &Parsed,
    workgroup: [u32; 3],
    bindings: &[Binding],
) {
    let entry = &module.entry_points[..];
    assert_eq!(entry.len(), 1, "{name}");
    assert_eq!((entry[0].name.as_str(), entry[0].workgroup_size), ("main", workgroup), "{name}");
    assert!(workgroup.iter().product::<u32>() <= 256, "{name}");

    let mut storage = BTreeMap::new();
    for (handle, variable) in module.global_variables.iter() {
        let number = variable.binding.map(|binding| binding.binding);
        match variable.space {
            AddressSpace::Storage { access } => {
                let used = info.get_entry_point(0)[handle];
                let uses = [GlobalUse::READ, GlobalUse::WRITE].map(|one| used.contains(one));
                assert_eq!(uses[1], access.contains(StorageAccess::STORE), "{name}");
                storage.insert(number.unwrap(), uses);
            }
            _ => assert_eq!(number, None, "{name}"),
        }
    }
    let declared: BTreeMap<_, _> = bindings
        .iter()
        .map(|binding| {
            let uses = match binding {
                Binding::Read(_) => [true, false],
                Binding::Write(_) => [false, true],
                Binding::Update(_) => [true, true],
            };
            (binding.number(), uses)
        })
        .chain([(0, [true, false])])
        .collect();
    assert_eq!(storage, declared, "{name}");
}

/// The chain of some operations, each with the dtype that it is said to give; `None` where they do not fit together.
fn chain(from: DType, channels: u32, links: &[(&'static Pointwise, DType)]) -> Option<Chain> {
    let mut chain = Chain::new(from);
    let mut there = channels;
    for (operation, dtype) in links {
        match operation.channels {
            Channels::All { takes, .. } if takes != there => return None,
            Channels::All { gives, .. } => there = gives,
            Channels::Each => {}
        }
        chain = chain.then(operation, *dtype);
    }
    Some(chain)
}

/// Holds the kernel of a chain to what is declared.
fn check(chain: &Chain, operations: &[&Pointwise]) {
    let name = chain.name();
    let parsed = parse_text(&name, &chain.wgsl(), valid::Capabilities::empty());
    check_entry_point(&name, &parsed, [Chain::WORKGROUP, 1, 1], Chain::BINDINGS);
    assert_eq!(layout(&name, &parsed.0, "Params"), chain.params(), "{name}");
    for operation in operations {
        if let Some(params) = operation.params {
            let own = operation.name.rsplit('.').next().unwrap();
            let of = own[..1].to_uppercase() + &own[1..];
            assert_eq!(layout(&name, &parsed.0, &of), declared(params), "{name}");
        }
    }
}

const DTYPES: [DType; 4] = [DType::U8, DType::U16, DType::I32, DType::F32];

#[test]
fn every_pointwise_operation_makes_a_kernel() {
    for operation in pointwise() {
        let mut made = 0;
        for from in DTYPES {
            for to in DTYPES {
                for channels in 1..=4 {
                    if let Some(chain) = chain(from, channels, &[(operation, to)]) {
                        assert_eq!(chain.name(), operation.name);
                        check(&chain, &[operation]);
                        made += 1;
                    }
                }
            }
        }
        assert!(made >= 16, "{}", operation.name);
    }
}

#[test]
fn compilers_see_no_arithmetic_across_operations() {
    let named = |name: &str| pointwise().into_iter().find(|one| one.name == name).unwrap();
    let (gray, invert) = (named("color.rgb2gray"), named("util.invert"));
    let text = Chain::new(DType::U8)
        .then(invert, DType::U8)
        .then(gray, DType::F32)
        .then(invert, DType::F32)
        .wgsl();
    // Integers are exact, and the last ones are stored.
    for line in [
        "  let x1 = vec3(invert(x0.x, U8, params.options0), invert(x0.y, U8, params.options0), invert(x0.z, U8, params.options0));\n",
        "  let x2 = rgb2gray(x1, U8, params.options1) ^ params.zero;\n",
        "  let x3 = invert(x2, F32, params.options2);\n  return x3;\n",
    ] {
        assert!(text.contains(line), "{text}");
    }
}

#[test]
fn pointwise_operations_make_kernels_together() {
    let all = pointwise();
    let mut state = 1_u64;
    let mut draw = |below: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        (state >> 33) as usize % below
    };
    let mut made = 0;
    while made < 400 {
        let links: Vec<_> =
            (0..2 + draw(7)).map(|_| (all[draw(all.len())], DTYPES[draw(4)])).collect();
        if let Some(chain) = chain(DTYPES[draw(4)], 1 + draw(4) as u32, &links) {
            let operations: Vec<_> = links.iter().map(|(operation, _)| *operation).collect();
            check(&chain, &operations);
            made += 1;
        }
    }
}
