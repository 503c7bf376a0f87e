//! Kernels that gather each pixel of a result from where a map leads: one for each form of its tables.

use super::place::Form;
use crate::pipeline::Kernel;

/// A kernel in all forms.
pub(super) struct Gather {
    pub(super) sum: Kernel,
    pub(super) quotient: Kernel,
    pub(super) polar: Kernel,
    pub(super) each: Kernel,
}

impl Gather {
    pub(super) fn of(&self, form: Form) -> &Kernel {
        match form {
            Form::Sum => &self.sum,
            Form::Quotient => &self.quotient,
            Form::Polar => &self.polar,
            Form::Each { .. } => &self.each,
        }
    }
}

/// A [`Gather`]: the names of its forms, the shaders that read at places, their `Params`, and whether it writes or updates the result.
macro_rules! gather {
    ([$sum:literal, $quotient:literal, $polar:literal, $each:literal], [$($shader:literal),+], $params:ty, $result:ident) => {
        $crate::transform::gather::Gather {
            sum: gather!(@form $sum, [$($shader),+], $params, $result, "place_sum.wgsl"),
            quotient: gather!(@form $quotient, [$($shader),+], $params, $result, "place_quotient.wgsl"),
            polar: gather!(@form $polar, [$($shader),+], $params, $result, "place_polar.wgsl"),
            each: gather!(@form $each, [$($shader),+], $params, $result, "place_each.wgsl"),
        }
    };
    (@form $name:literal, [$($shader:literal),+], $params:ty, $result:ident, $place:literal) => {
        $crate::pipeline::Kernel {
            name: $name,
            workgroup: [256, 1, 1],
            bindings: &[
                $crate::pipeline::Binding::Read(1),
                $crate::pipeline::Binding::Read(4),
                $crate::pipeline::Binding::$result(5),
                $crate::pipeline::Binding::Read(2),
                $crate::pipeline::Binding::Read(3),
            ],
            sources: &[
                include_str!("../../shaders/shared/line.wgsl"),
                include_str!("../../shaders/shared/source_windows.wgsl"),
                include_str!("../../shaders/shared/sample.wgsl"),
                include_str!("../../shaders/shared/border.wgsl"),
                $crate::blocks::LONG,
                include_str!("../../shaders/transform/place.wgsl"),
                include_str!(concat!("../../shaders/transform/", $place)),
                $(include_str!(concat!("../../shaders/transform/", $shader))),+
            ],
            params: <$params>::LAYOUT,
        }
    };
}

pub(super) use gather;
