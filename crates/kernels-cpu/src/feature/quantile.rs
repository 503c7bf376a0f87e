/// What a share, from 0 to 1, of numbers lies below: NumPy's `percentile` of 100 times the share, by its interpolation. NaN where one is
/// among them. Changes their order.
pub fn quantile(numbers: &mut [f64], share: f64) -> f64 {
    if numbers.iter().any(|number| number.is_nan()) {
        return f64::NAN;
    }
    let last = numbers.len() - 1;
    let place = last as f64 * ((100.0 * share) / 100.0);
    let index = (place.floor() as usize).min(last);
    let (_, &mut a, above) = numbers.select_nth_unstable_by(index, f64::total_cmp);
    let b = above.iter().copied().min_by(f64::total_cmp).unwrap_or(a);
    let t = place - index as f64;
    if t < 0.5 { a + (b - a) * t } else { b - (b - a) * (1.0 - t) }
}

#[cfg(test)]
mod tests {
    use super::*;

    // Expected values: numpy.percentile, NumPy 2.4.

    #[test]
    fn lies_between_numbers() {
        let numbers = [3.0, 9.0, 1.0, 4.0];
        for (share, expected) in [(0.0, 1.0), (1.0, 9.0), (0.5, 3.5), (0.25, 2.5), (0.3, 2.8)] {
            assert_eq!(quantile(&mut numbers.clone(), share), expected);
        }
        assert_eq!(quantile(&mut [7.0], 0.3), 7.0);
        assert!(quantile(&mut [7.0, f64::NAN], 0.3).is_nan());
    }
}
