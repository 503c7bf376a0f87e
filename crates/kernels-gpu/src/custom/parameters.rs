//! The struct of a kernel's parameters.

use naga::{Handle, ScalarKind, StructMember, Type, TypeInner};

use super::fault::{ShaderFault, Source};
use crate::image::Shape;

/// A parameter that the caller gives: its name, and its type as WGSL names it.
pub type Declared = (String, String);

/// The parameters of a kernel: one struct, as it lies in memory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parameters {
    /// Size in bytes.
    pub size: usize,
    /// Its members.
    pub fields: Vec<Field>,
}

/// A member of the struct of parameters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// Its name.
    pub name: String,
    /// Its type: `f32`, `i32` or `u32`, or a vector such as `vec2f`.
    pub ty: String,
    /// Bytes from the start of the struct.
    pub offset: usize,
    /// Where its value comes from.
    pub value: Value,
}

/// Where a parameter's value comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Value {
    /// The caller.
    Given,
    /// A dimension of an input, by its place, or of the output.
    Dimension(Option<usize>, Dimension),
}

/// A dimension of an image.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dimension {
    /// Columns.
    Width,
    /// Rows.
    Height,
    /// Samples per pixel.
    Channels,
}

impl Dimension {
    fn from_name(name: &str) -> Option<Self> {
        match name {
            "width" => Some(Self::Width),
            "height" => Some(Self::Height),
            "channels" => Some(Self::Channels),
            _ => None,
        }
    }

    fn of(self, shape: Shape) -> u32 {
        match self {
            Self::Width => shape.width,
            Self::Height => shape.height,
            Self::Channels => shape.channels,
        }
    }
}

impl Parameters {
    /// Reads a struct. Members that `declared` lacks are dimensions: `width`, `height`, `channels` of the output, and with
    /// an input's name before, as in `source_width`, of that input.
    pub(super) fn read(
        source: Source<'_>,
        module: &naga::Module,
        ty: Handle<Type>,
        members: &[StructMember],
        size: u32,
        inputs: &[String],
        declared: &[Declared],
    ) -> Result<Self, ShaderFault> {
        let whole = module.types.get_span(ty);
        let mut fields = Vec::new();
        for member in members {
            let name = member.name.clone().unwrap_or_default();
            let at = source.word(whole, &name);
            let Some(ty) = type_name(&module.types[member.ty].inner) else {
                let message = format!(
                    "parameter {name} has a type that parameters cannot have; expected f32, i32, u32 or a vector of them"
                );
                return Err(source.refused(at, "not a number or a vector", message));
            };
            let given = declared.iter().find(|(declared, _)| *declared == name);
            let value = match given {
                Some((_, declared)) if *declared == ty => Value::Given,
                Some((_, declared)) => {
                    let message =
                        format!("params declares {name} as {declared}; the struct has {ty}");
                    return Err(source.refused(at, &format!("{ty} here"), message));
                }
                None => match dimension(&name, inputs) {
                    Some(value) if ty == "u32" => value,
                    Some(_) => {
                        let message = format!(
                            "{name} is filled in with a dimension, a u32, unless params declares it; the struct has {ty}"
                        );
                        return Err(source.refused(at, &format!("{ty} here"), message));
                    }
                    None => {
                        let message = format!(
                            "parameter {name} is not declared; expected params: {{ {name}: \"{ty}\" }}"
                        );
                        return Err(source.refused(at, "nobody gives it a value", message));
                    }
                },
            };
            fields.push(Field { name, ty, offset: member.offset as usize, value });
        }
        let has = |name: &str| fields.iter().any(|field| field.name == name);
        if let Some((name, _)) = declared.iter().find(|(name, _)| !has(name)) {
            let names: Vec<_> = fields.iter().map(|field| field.name.as_str()).collect();
            let message = format!(
                "params declares {name}, which the struct lacks; it has {}",
                names.join(", ")
            );
            return Err(source.refused(whole, &format!("no member {name}"), message));
        }
        Ok(Self { size: size as usize, fields })
    }

    /// The bytes of the struct: the caller's, with the dimensions filled in.
    pub(super) fn filled(&self, given: &[u8], inputs: &[Shape], output: Shape) -> Vec<u8> {
        let mut bytes = given.to_vec();
        for field in &self.fields {
            if let Value::Dimension(of, dimension) = field.value {
                let shape = of.map_or(output, |place| inputs[place]);
                let value = dimension.of(shape).to_ne_bytes();
                bytes[field.offset..field.offset + value.len()].copy_from_slice(&value);
            }
        }
        bytes
    }
}

fn dimension(name: &str, inputs: &[String]) -> Option<Value> {
    if let Some(dimension) = Dimension::from_name(name) {
        return Some(Value::Dimension(None, dimension));
    }
    let (input, dimension) = name.rsplit_once('_')?;
    let place = inputs.iter().position(|name| name == input)?;
    Some(Value::Dimension(Some(place), Dimension::from_name(dimension)?))
}

/// `f32`, `vec3i`…; `None` for any other type.
fn type_name(inner: &TypeInner) -> Option<String> {
    let (scalar, size) = match *inner {
        TypeInner::Scalar(scalar) => (scalar, None),
        TypeInner::Vector { size, scalar } => (scalar, Some(size as u8)),
        _ => return None,
    };
    let kind = match (scalar.kind, scalar.width) {
        (ScalarKind::Float, 4) => "f",
        (ScalarKind::Sint, 4) => "i",
        (ScalarKind::Uint, 4) => "u",
        _ => return None,
    };
    Some(size.map_or_else(|| format!("{kind}32"), |size| format!("vec{size}{kind}")))
}
