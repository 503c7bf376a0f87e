//! What a shader says of itself: naga reads and validates it, and this sees whether it is a kernel on images.

use naga::{AddressSpace, ArraySize, Handle, Module, Span, StorageAccess, Type, TypeInner, valid};

use super::fault::{ShaderFault, Source};
use super::limits::{check_memory, entry_point};
use super::parameters::{Declared, Parameters};

/// Storage buffers of one kernel, WebGPU's default limit.
const BUFFERS: usize = 8;
/// Binding numbers are below this, likewise.
const BINDINGS: u32 = 1000;
/// What a binding's array holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Element {
    /// `array<f32>`: samples of `f32`.
    F32,
    /// `array<i32>`: samples of `i32`.
    I32,
    /// `array<u32>`: words of four `u8` samples or two `u16` ones.
    U32,
}

/// A storage array.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Array {
    /// The variable's name.
    pub name: String,
    /// Its binding number.
    pub binding: u32,
    /// What it holds.
    pub element: Element,
}

/// Where a kernel's parameters are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bound {
    /// The binding number.
    pub binding: u32,
    /// Whether it is `var<uniform>`.
    pub uniform: bool,
    /// The struct.
    pub parameters: Parameters,
}

/// A compute shader that makes an image from images.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shader {
    /// The name of its one entry point.
    pub entry: String,
    /// Invocations per workgroup.
    pub workgroup: [u32; 3],
    /// The images it reads, by their binding numbers.
    pub inputs: Vec<Array>,
    /// The image it writes.
    pub output: Array,
    /// Its parameters, if it has any.
    pub parameters: Option<Bound>,
}

impl Shader {
    /// Reads and checks WGSL. `file` is what errors call it; `declared` are the parameters that callers give.
    ///
    /// # Errors
    ///
    /// What is wrong and where, for text that is no valid WGSL and for shaders that are no kernel on images.
    pub fn read(text: &str, file: &str, declared: &[Declared]) -> Result<Self, ShaderFault> {
        let source = Source { text, file };
        let module =
            naga::front::wgsl::parse_str(text).map_err(|error| source.unreadable(&error))?;
        let (flags, capabilities) = (valid::ValidationFlags::all(), valid::Capabilities::empty());
        valid::Validator::new(flags, capabilities)
            .validate(&module)
            .map_err(|error| source.invalid(&error))?;
        if let Some((handle, _)) = module.overrides.iter().next() {
            let span = module.overrides.get_span(handle);
            let message = "override declarations have no value here; use const, or a parameter";
            return Err(source.refused(span, "no value", message));
        }
        let entry = entry_point(source, &module)?;
        check_memory(source, &module)?;
        let Variables { inputs, outputs, structs } = Variables::of(source, &module)?;
        let names: Vec<_> = inputs.iter().map(|(array, _)| array.name.clone()).collect();
        if let Some((_, span)) = outputs.get(1) {
            let message = "two read_write arrays; a kernel makes one image";
            return Err(source.refused(*span, "the second one", message));
        }
        let nowhere = Span::default();
        let expected = "expected one var<storage, read_write> array<f32> or array<i32>";
        let missing = || source.refused(nowhere, "", format!("no output image; {expected}"));
        let (output, span) = outputs.into_iter().next().ok_or_else(missing)?;
        if output.element == Element::U32 {
            let message = format!("output {} is an array<u32>; {expected}", output.name);
            return Err(source.refused(span, "images of u32 there are not", message));
        }
        if inputs.is_empty() {
            let message = "no input image; expected a var<storage, read> array<f32>, array<i32> or array<u32>";
            return Err(source.refused(nowhere, "", message));
        }
        let mut parameters = None;
        for Struct { binding, uniform, ty, span } in structs {
            if parameters.is_some() {
                let message = "two structs of parameters; expected one";
                return Err(source.refused(span, "the second one", message));
            }
            let TypeInner::Struct { members, span: size } = &module.types[ty].inner else {
                continue;
            };
            let read = Parameters::read(source, &module, ty, members, *size, &names, declared)?;
            parameters = Some(Bound { binding, uniform, parameters: read });
        }
        if let (None, [(name, _), ..]) = (&parameters, declared) {
            let message =
                format!("params declares {name}, and the shader has no struct of parameters");
            return Err(source.refused(nowhere, "", message));
        }
        let stored = parameters.as_ref().is_some_and(|bound| !bound.uniform);
        let buffers = names.len() + 1 + usize::from(stored);
        if buffers > BUFFERS {
            let message = format!("{buffers} storage buffers; GPUs have {BUFFERS} for certain");
            return Err(source.refused(nowhere, "", message));
        }
        let inputs = inputs.into_iter().map(|(array, _)| array).collect();
        let (entry, workgroup) = (entry.name.clone(), entry.workgroup_size);
        Ok(Self { entry, workgroup, inputs, output, parameters })
    }
}

struct Struct {
    binding: u32,
    uniform: bool,
    ty: Handle<Type>,
    span: Span,
}

/// The variables that something is bound to, by their numbers.
struct Variables {
    inputs: Vec<(Array, Span)>,
    outputs: Vec<(Array, Span)>,
    structs: Vec<Struct>,
}

impl Variables {
    fn of(source: Source<'_>, module: &Module) -> Result<Self, ShaderFault> {
        let mut found = Self { inputs: Vec::new(), outputs: Vec::new(), structs: Vec::new() };
        let mut numbers = Vec::new();
        for (handle, variable) in module.global_variables.iter() {
            let span = module.global_variables.get_span(handle);
            let name = variable.name.clone().unwrap_or_default();
            let refuse = |label: &str, message: String| Err(source.refused(span, label, message));
            let (uniform, writes) = match variable.space {
                AddressSpace::Private | AddressSpace::WorkGroup => continue,
                AddressSpace::Uniform => (true, false),
                AddressSpace::Storage { access } => (false, access.contains(StorageAccess::STORE)),
                _ => {
                    let message =
                        format!("{name} is no buffer; expected storage arrays and one struct");
                    return refuse("textures and samplers are not bound", message);
                }
            };
            let Some(place) = variable.binding else { continue };
            let binding = place.binding;
            if place.group != 0 || binding >= BINDINGS || numbers.contains(&binding) {
                let message = format!(
                    "{name} is at group {}, binding {binding}; expected group 0 and a binding of its own below {BINDINGS}",
                    place.group
                );
                return refuse("not here", message);
            }
            numbers.push(binding);
            match &module.types[variable.ty].inner {
                TypeInner::Struct { .. } if !writes => {
                    found.structs.push(Struct { binding, uniform, ty: variable.ty, span });
                }
                TypeInner::Array { base, size: ArraySize::Dynamic, .. } if !uniform => {
                    let Some(element) = element(&module.types[*base].inner) else {
                        let message =
                            format!("{name} holds what samples are not; expected f32, i32 or u32");
                        return refuse("not an array of samples", message);
                    };
                    let list = if writes { &mut found.outputs } else { &mut found.inputs };
                    list.push((Array { name, binding, element }, span));
                }
                _ => {
                    let message = format!(
                        "{name} is neither an image, array<f32>, array<i32> or array<u32> without a length, nor a read-only \
                         struct of parameters"
                    );
                    return refuse("neither of them", message);
                }
            }
        }
        found.inputs.sort_by_key(|(array, _)| array.binding);
        Ok(found)
    }
}

fn element(inner: &TypeInner) -> Option<Element> {
    match *inner {
        TypeInner::Scalar(naga::Scalar::F32) => Some(Element::F32),
        TypeInner::Scalar(naga::Scalar::I32) => Some(Element::I32),
        TypeInner::Scalar(naga::Scalar::U32) => Some(Element::U32),
        _ => None,
    }
}
