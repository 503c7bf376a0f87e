//! What every GPU has: a kernel within these runs on all of them, and crashes no driver.

use naga::proc::Layouter;
use naga::{AddressSpace, EntryPoint, Module, ShaderStage, Span};

use super::fault::{ShaderFault, Source};

/// Invocations of a workgroup, in all and in x, y and z (WebGPU's default limit).
const INVOCATIONS: (u32, [u32; 3]) = (256, [256, 256, 64]);
/// Bytes of a workgroup's variables, likewise.
const WORKGROUP_BYTES: u64 = 16_384;
/// Bytes of a function's variables and of the private ones (WGSL, section "Limits"). Drivers crash on far more.
const PRIVATE_BYTES: u64 = 8192;

/// The entry point, if it is the only one, a compute shader, and its workgroups are small enough.
pub(super) fn entry_point<'a>(
    source: Source<'_>,
    module: &'a Module,
) -> Result<&'a EntryPoint, ShaderFault> {
    let at = |entry: &EntryPoint| source.word(source.whole(), &entry.name);
    if let Some(second) = module.entry_points.get(1) {
        let message = "two entry points; a kernel has one";
        return Err(source.refused(at(second), "the second one", message));
    }
    let Some(entry) = module.entry_points.first() else {
        let message = "no entry point; expected @compute @workgroup_size(16, 16) fn main(…)";
        return Err(source.refused(Span::default(), "", message));
    };
    if entry.stage != ShaderStage::Compute {
        let message = format!("{} is no compute shader; expected @compute", entry.name);
        return Err(source.refused(at(entry), "of another stage", message));
    }
    let (most, each) = INVOCATIONS;
    let size = entry.workgroup_size;
    let product: u64 = size.iter().map(|size| u64::from(*size)).product();
    if product > u64::from(most) || size.iter().zip(each).any(|(size, most)| *size > most) {
        let message = format!(
            "a workgroup of {} × {} × {} invocations; GPUs have {most} for certain, and {} in z",
            size[0], size[1], size[2], each[2]
        );
        return Err(source.refused(at(entry), "too many", message));
    }
    Ok(entry)
}

/// Refuses variables that no GPU need have the memory for.
pub(super) fn check_memory(source: Source<'_>, module: &Module) -> Result<(), ShaderFault> {
    let mut layouter = Layouter::default();
    layouter.update(module.to_ctx()).map_err(|error| {
        source.refused(module.types.get_span(error.ty), "this type", error.to_string())
    })?;
    let too_large = |span, what: &str, bytes: u64, limit: u64| {
        let message = format!("{what} take {bytes} bytes; GPUs have {limit} for certain");
        Err(source.refused(span, "too large", message))
    };
    let (mut private, mut shared) = (0, 0);
    for (handle, variable) in module.global_variables.iter() {
        let span = module.global_variables.get_span(handle);
        let bytes = u64::from(layouter[variable.ty].size);
        match variable.space {
            AddressSpace::Private => private += bytes,
            AddressSpace::WorkGroup => shared += bytes,
            _ => {}
        }
        if private > PRIVATE_BYTES {
            return too_large(span, "private variables", private, PRIVATE_BYTES);
        }
        if shared > WORKGROUP_BYTES {
            return too_large(span, "variables of the workgroup", shared, WORKGROUP_BYTES);
        }
    }
    let functions = module.functions.iter().map(|(_, function)| function);
    for function in functions.chain(module.entry_points.iter().map(|entry| &entry.function)) {
        let mut bytes = 0;
        for (handle, variable) in function.local_variables.iter() {
            bytes += u64::from(layouter[variable.ty].size);
            if bytes > PRIVATE_BYTES {
                let span = function.local_variables.get_span(handle);
                return too_large(span, "a function's variables", bytes, PRIVATE_BYTES);
            }
        }
    }
    // What is left are values without a variable.
    for (ty, _) in module.types.iter() {
        let bytes = u64::from(layouter[ty].size);
        if bytes > WORKGROUP_BYTES {
            return too_large(
                module.types.get_span(ty),
                "values of this type",
                bytes,
                WORKGROUP_BYTES,
            );
        }
    }
    Ok(())
}
