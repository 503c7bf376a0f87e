//! What JavaScript declares to the resolver, and what it is told.

use napi_derive::napi;
use tagswitch_addon_values::error::{Result, coded};
use tagswitch_dispatch::{
    Admits, Backend, BackendTypes, Candidate, DispatchableOptions, Environment, Fallback, Mode,
    OrderEdge, SystemOptions, TypePattern,
};

#[napi(object)]
pub struct SystemDeclaration {
    /// "own", "convert" or "raise".
    pub fallback: Option<String>,
    /// The environment variable that gives an order, for messages.
    pub order_setting: Option<String>,
}

#[napi(object)]
pub struct DispatchableDeclaration {
    pub group: Option<String>,
    /// Backends that the environment puts first for this function.
    pub environment: Option<Vec<String>>,
    /// Whether it needs no dispatch arguments: where no type is known, `default` and what the user put first match.
    pub creates: Option<bool>,
}

#[napi(object)]
pub struct EnvironmentDeclaration {
    pub prioritize: Vec<String>,
    pub block: Vec<String>,
    pub order: Vec<OrderDeclaration>,
}

#[napi(object)]
pub struct OrderDeclaration {
    pub before: String,
    pub after: String,
}

/// A backend's types as JavaScript declares them.
#[napi(object)]
pub struct BackendDeclaration {
    pub name: String,
    /// Absent for a backend that accepts any type.
    pub primary: Option<Vec<TypeDeclaration>>,
    pub secondary: Vec<TypeDeclaration>,
    pub higher_priority_than: Vec<String>,
    pub lower_priority_than: Vec<String>,
    pub opt_in: Option<bool>,
    /// Whether it was found in an installed package.
    pub discovered: Option<bool>,
}

/// A type, and how far it reaches: the first of `structural`, `exact` and `subclasses` that is true.
#[napi(object)]
pub struct TypeDeclaration {
    pub tag: u32,
    pub subclasses: bool,
    pub exact: Option<bool>,
    pub structural: Option<bool>,
}

#[napi(object)]
pub struct ScopeDeclaration {
    pub prioritize: Vec<u32>,
    pub disable: Vec<u32>,
    pub exclusive: Vec<u32>,
    pub types: Option<Vec<ScopeType>>,
    pub functions: Option<Vec<FunctionPriority>>,
    pub groups: Option<Vec<GroupPriority>>,
}

/// A type that counts among those of every call's arguments.
#[napi(object)]
pub struct ScopeType {
    pub system: u32,
    pub tag: u32,
}

#[napi(object)]
pub struct FunctionPriority {
    pub dispatchable: u32,
    pub backends: Vec<u32>,
}

#[napi(object)]
pub struct GroupPriority {
    pub system: u32,
    pub name: String,
    pub backends: Vec<u32>,
}

/// What became of one backend: a candidate when `reason` is empty.
#[napi(object)]
pub struct BackendVerdict {
    pub backend: u32,
    pub reason: String,
    pub convert: bool,
    pub prioritized: bool,
    pub forced: bool,
    /// Whether it runs whatever the values are.
    pub certain: bool,
}

impl From<Candidate> for BackendVerdict {
    fn from(candidate: Candidate) -> Self {
        Self {
            backend: candidate.backend,
            reason: String::new(),
            convert: candidate.mode == Mode::Convert,
            prioritized: candidate.prioritized,
            forced: candidate.forced,
            certain: candidate.is_certain(),
        }
    }
}

impl SystemDeclaration {
    /// The options, where the fallback is one.
    pub fn options(self) -> Result<SystemOptions> {
        let fallback = match self.fallback.as_deref() {
            None | Some("own") => Fallback::Own,
            Some("convert") => Fallback::Convert,
            Some("raise") => Fallback::Raise,
            Some(other) => {
                let message = format!(
                    "the fallback is \"{other}\"; expected \"own\", \"convert\" or \"raise\""
                );
                return Err(coded("ERR_DISPATCH_ARGUMENT", &message));
            }
        };
        Ok(SystemOptions { fallback, order_setting: self.order_setting })
    }
}

impl From<DispatchableDeclaration> for DispatchableOptions {
    fn from(declaration: DispatchableDeclaration) -> Self {
        Self {
            group: declaration.group,
            environment: declaration.environment.unwrap_or_default(),
            creates: declaration.creates.unwrap_or_default(),
            ..Self::default()
        }
    }
}

impl From<EnvironmentDeclaration> for Environment {
    fn from(declaration: EnvironmentDeclaration) -> Self {
        let order = declaration.order.into_iter();
        Self {
            prioritize: declaration.prioritize,
            block: declaration.block,
            order: order.map(|edge| OrderEdge { before: edge.before, after: edge.after }).collect(),
        }
    }
}

impl From<OrderEdge> for OrderDeclaration {
    fn from(edge: OrderEdge) -> Self {
        Self { before: edge.before, after: edge.after }
    }
}

impl From<BackendDeclaration> for Backend {
    fn from(declaration: BackendDeclaration) -> Self {
        let patterns = |types: Vec<TypeDeclaration>| types.into_iter().map(Into::into).collect();
        let secondary = patterns(declaration.secondary);
        let types = match declaration.primary {
            Some(primary) => BackendTypes::Named { primary: patterns(primary), secondary },
            None => BackendTypes::Any,
        };
        Self {
            name: declaration.name,
            types,
            higher_priority_than: declaration.higher_priority_than,
            lower_priority_than: declaration.lower_priority_than,
            opt_in: declaration.opt_in.unwrap_or_default(),
            discovered: declaration.discovered.unwrap_or_default(),
        }
    }
}

impl From<TypeDeclaration> for TypePattern {
    fn from(declaration: TypeDeclaration) -> Self {
        let TypeDeclaration { tag, subclasses, exact, structural } = declaration;
        let admits = match (structural, exact, subclasses) {
            (Some(true), _, _) => Admits::Structural,
            (_, Some(true), _) => Admits::Exact,
            (_, _, true) => Admits::Subclasses,
            _ => Admits::Type,
        };
        Self { tag, admits }
    }
}
