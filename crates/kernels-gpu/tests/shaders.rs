//! What can be said of the shaders without a GPU.

use std::collections::{BTreeMap, HashSet};

use naga::valid::GlobalUse;
use naga::{AddressSpace, StorageAccess, TypeInner, valid};
use tagswitch_kernels_gpu::{Binding, Kernel, kernels};

fn parse(kernel: &Kernel) -> (naga::Module, valid::ModuleInfo) {
    let source = kernel.wgsl();
    let module = naga::front::wgsl::parse_str(&source)
        .unwrap_or_else(|error| panic!("{}: {}", kernel.name, error.emit_to_string(&source)));
    let mut validator =
        valid::Validator::new(valid::ValidationFlags::all(), valid::Capabilities::empty());
    match validator.validate(&module) {
        Ok(info) => (module, info),
        Err(error) => panic!("{}: {}", kernel.name, error.emit_to_string(&source)),
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
    for kernel in kernels() {
        assert!(names.insert(kernel.name), "{}", kernel.name);
    }
    assert!(names.len() >= 15);
}

#[test]
fn parameters_lie_where_rust_puts_them() {
    for kernel in kernels() {
        let (module, _) = parse(kernel);
        let (_, params) = module
            .types
            .iter()
            .find(|(_, ty)| ty.name.as_deref() == Some("Params"))
            .unwrap_or_else(|| panic!("{} has no Params", kernel.name));
        let TypeInner::Struct { members, span } = &params.inner else {
            panic!("{}: Params is no struct", kernel.name)
        };
        let fields: Vec<_> = members
            .iter()
            .map(|m| (m.name.as_deref().unwrap_or_default(), m.offset as usize))
            .collect();
        assert_eq!(fields, kernel.params.fields, "{}", kernel.name);
        assert_eq!(*span as usize, kernel.params.size, "{}", kernel.name);
    }
}

#[test]
fn bindings_and_workgroups_are_as_declared() {
    for kernel in kernels() {
        let (module, info) = parse(kernel);
        let entry = &module.entry_points[..];
        assert_eq!(entry.len(), 1, "{}", kernel.name);
        assert_eq!(
            (entry[0].name.as_str(), entry[0].workgroup_size),
            ("main", kernel.workgroup),
            "{}",
            kernel.name
        );
        assert!(kernel.workgroup.iter().product::<u32>() <= 256, "{}", kernel.name);

        let mut storage = BTreeMap::new();
        for (handle, variable) in module.global_variables.iter() {
            let number = variable.binding.map(|binding| binding.binding);
            match variable.space {
                AddressSpace::Storage { access } => {
                    let used = info.get_entry_point(0)[handle];
                    let uses = [GlobalUse::READ, GlobalUse::WRITE].map(|one| used.contains(one));
                    assert_eq!(uses[1], access.contains(StorageAccess::STORE), "{}", kernel.name);
                    storage.insert(number.unwrap(), uses);
                }
                _ => assert_eq!(number, None, "{}", kernel.name),
            }
        }
        let declared: BTreeMap<_, _> = kernel
            .bindings
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
        assert_eq!(storage, declared, "{}", kernel.name);
    }
}
