use tagswitch_image::Float;

use super::taps::Taps;

/// How often taps repeat.
pub struct Repetition {
    /// The sample whose taps, and those of the ones behind it, are the others'.
    pub model: usize,
    pub outputs: usize,
    pub inputs: usize,
    /// How many repetitions lie before the model.
    pub before: usize,
    pub count: usize,
}

impl Repetition {
    /// That of taps after each `outputs` samples.
    pub fn of<W: Float>(taps: &Taps<W>, outputs: usize) -> Option<Self> {
        let model = taps.count() / 2;
        if model + outputs >= taps.count() {
            return None;
        }
        let [here, next] = [model, model + outputs].map(|at| taps.of(at).0.first());
        let inputs = next?.checked_sub(*here?).filter(|&inputs| inputs > 0)?;
        let one = Self { model, outputs, inputs, before: 0, count: 1 };
        let before = (1..).take_while(|&times| one.reaches(taps, -times)).count();
        let behind = (1..).take_while(|&times| one.reaches(taps, times)).count();
        Some(Self { before, count: before + 1 + behind, ..one })
    }

    /// Whether the taps of the model are those of the samples so many periods further on. Places are rounded, so that weights that
    /// would be the same may differ in their last bit.
    fn reaches<W: Float>(&self, taps: &Taps<W>, periods: isize) -> bool {
        let distance = periods * self.inputs as isize;
        (self.model..self.model + self.outputs).all(|at| {
            let there = at.checked_add_signed(periods * self.outputs as isize);
            let Some(there) = there.filter(|&there| there < taps.count()) else { return false };
            let [(from, weights, constant), (to, others, other)] =
                [at, there].map(|at| taps.of(at));
            let is_near = |a: W, b: W| (a.to_f64() - b.to_f64()).abs() <= W::EPSILON;
            [constant, other] == [W::ZERO; 2]
                && from.len() == to.len()
                && from.iter().zip(to).all(|(&a, &b)| a.checked_add_signed(distance) == Some(b))
                && weights.iter().zip(others).all(|(&a, &b)| is_near(a, b))
        })
    }
}
