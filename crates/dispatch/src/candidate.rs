//! What became of one backend when a call was resolved.

use crate::id::BackendId;
use crate::tag::{self, Tag};

/// How a backend takes a call's arguments.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Mode {
    /// As they are.
    Direct,
    /// After converting those that are not of its primary types.
    Convert,
}

/// A backend that may run a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Candidate {
    /// The backend.
    pub backend: BackendId,
    /// How it takes the arguments.
    pub mode: Mode,
    /// The user put it first.
    pub prioritized: bool,
    /// The user allows no other.
    pub forced: bool,
    /// Whether its implementation decides call by call (`shouldRun`).
    pub conditional: bool,
}

impl Candidate {
    /// Whether it runs whatever the values are, so that nobody after it matters.
    pub fn is_certain(&self) -> bool {
        self.mode == Mode::Direct && !self.conditional
    }
}

/// Why a backend may or may not run a call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// It may.
    Runs(Candidate),
    /// The environment switched it off.
    Blocked,
    /// The scope switched it off.
    Disabled,
    /// The user allows only another one.
    NotChosen,
    /// It has no implementation of the function.
    NotImplemented,
    /// It waits for the user to put it first.
    OptIn,
    /// It is the library's own, which does not stand in for a backend that was put first.
    NoFallback,
    /// An argument is of a type that is none of its types.
    Foreign {
        /// This type.
        tag: Tag,
        /// The arguments could be converted, which nobody asked for.
        convertible: bool,
    },
    /// There is no argument to choose it by.
    NoTypes,
    /// No argument is of one of its primary types.
    NoPrimary {
        /// These types.
        primary: Vec<Tag>,
        /// The arguments could be converted, which nobody asked for.
        convertible: bool,
    },
    /// It was put first, but no registered conversion leads from this type to its primary types.
    NoConversion(Tag),
}

impl Verdict {
    /// The reason in words; empty for a backend that may run.
    pub fn reason(&self) -> String {
        match self {
            Self::Runs(_) => String::new(),
            Self::Blocked => "blocked by the environment: the library's variable …_BLOCK names it".to_owned(),
            Self::Disabled => "disabled in this scope".to_owned(),
            Self::NotChosen => "another backend was chosen explicitly".to_owned(),
            Self::NotImplemented => "does not implement this function".to_owned(),
            Self::OptIn => "opt-in: prioritize it to use it".to_owned(),
            Self::NoFallback => {
                "the library does not stand in for a backend that was put first".to_owned()
            }
            Self::Foreign { tag, convertible } => {
                format!("does not work on {}{}", tag::identifier(*tag), advice(*convertible))
            }
            Self::NoTypes => "no argument is there to choose it by: ask for one of its types, or choose it explicitly"
                .to_owned(),
            Self::NoPrimary { primary, convertible } => {
                let names: Vec<String> = primary.iter().map(|&tag| tag::identifier(tag)).collect();
                let names = names.join(", ");
                format!("no argument is of its primary types ({names}){}", advice(*convertible))
            }
            Self::NoConversion(tag) => {
                format!("no conversion leads from {} to its types", tag::identifier(*tag))
            }
        }
    }
}

fn advice(convertible: bool) -> &'static str {
    if convertible { "; prioritize it to convert" } else { "" }
}
