use std::ops::Range;

/// Row and column; half a pixel is 1, so that all points are whole.
type Point = (i64, i64);

/// The smallest convex polygon around pixels, found in whole numbers and so without a tolerance.
///
/// A. M. Andrew, "Another efficient algorithm for convex hulls in two dimensions", Information Processing Letters 9 (1979).
#[derive(Debug, Clone)]
pub struct ConvexHull {
    /// Each a turn to the left from the one before.
    corners: Vec<Point>,
}

impl ConvexHull {
    /// Around the pixels of an image, of each row the first and the last, if it has any: no others can be corners.
    ///
    /// With `offset_coordinates` a pixel is the middles of its sides, else its centre: then there is no polygon around pixels on one
    /// line, and nothing inside.
    pub fn around(
        rows: impl IntoIterator<Item = Option<[usize; 2]>>,
        offset_coordinates: bool,
    ) -> Self {
        // The first and the last point of every half row, from that above the image on; so they are in order.
        let mut spans: Vec<Option<[i64; 2]>> = vec![None];
        for (row, ends) in (1..).step_by(2).zip(rows) {
            spans.resize(row + 2, None);
            let Some([first, last]) = ends.map(|ends| ends.map(|column| 2 * column as i64)) else {
                continue;
            };
            let mut widen = |row: usize, [first, last]: [i64; 2]| {
                let [least, most] = spans[row].unwrap_or([first, last]);
                spans[row] = Some([least.min(first), most.max(last)]);
            };
            if offset_coordinates {
                widen(row - 1, [first, last]);
                widen(row, [first - 1, last + 1]);
                widen(row + 1, [first, last]);
            } else {
                widen(row, [first, last]);
            }
        }
        let mut points: Vec<Point> = Vec::new();
        for (row, span) in (-1..).zip(spans) {
            let Some([first, last]) = span else { continue };
            points.push((row, first));
            if first < last {
                points.push((row, last));
            }
        }
        let mut corners = chain(points.iter());
        corners.extend(chain(points.iter().rev()));
        Self { corners }
    }

    /// Columns of a row whose centres lie inside, of so many; with `include_borders` those on the polygon, too.
    #[must_use]
    pub fn columns(&self, row: usize, width: usize, include_borders: bool) -> Range<usize> {
        let corners = &self.corners;
        if corners.len() < 3 {
            return 0..0;
        }
        let row = 2 * row as i64;
        // Each edge has the hull on its left: where `along · column ≥ across`. Where the hull is, those that go by the row decide.
        let (mut first, mut last) = (0, width as i64 - 1);
        let mut is_beside = true;
        for (i, &from) in corners.iter().enumerate() {
            let to = corners[(i + 1) % corners.len()];
            if row < from.0.min(to.0) || row > from.0.max(to.0) {
                continue;
            }
            is_beside = false;
            let along = 2 * (to.0 - from.0);
            let across = (to.1 - from.1) * (row - from.0)
                + (to.0 - from.0) * from.1
                + i64::from(!include_borders);
            match along.signum() {
                1 => first = first.max(-(-across).div_euclid(along)),
                -1 => last = last.min((-across).div_euclid(-along)),
                _ if across > 0 => last = -1,
                _ => {}
            }
        }
        if is_beside || first > last { 0..0 } else { first as usize..last as usize + 1 }
    }
}

fn chain<'a>(points: impl Iterator<Item = &'a Point>) -> Vec<Point> {
    let mut corners: Vec<Point> = Vec::new();
    for &point in points {
        while let [.., a, b] = corners[..]
            && turn(a, b, point) <= 0
        {
            corners.pop();
        }
        corners.push(point);
    }
    // The last one begins the other chain.
    corners.pop();
    corners
}

/// Above 0 where the way from `a` over `b` to `c` turns to the left, with rows to the right and columns up.
fn turn(a: Point, b: Point, c: Point) -> i64 {
    (b.0 - a.0) * (c.1 - a.1) - (b.1 - a.1) * (c.0 - a.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pixels_lie_on_the_left_of_every_edge() {
        let mut state = 5_u64;
        let mut below = |limit: u64| {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            (state >> 24) % limit
        };
        for (height, width) in [(1, 1), (1, 9), (9, 1), (6, 7), (23, 31)] {
            for rarity in [2, 9, 60] {
                let counts: Vec<bool> = (0..height * width).map(|_| below(rarity) == 0).collect();
                let ends = counts.chunks_exact(width).map(|row| {
                    let first = row.iter().position(|&counts| counts)?;
                    Some([first, row.iter().rposition(|&counts| counts)?])
                });
                for offset in [true, false] {
                    let hull = ConvexHull::around(ends.clone(), offset);
                    let corners = &hull.corners;
                    for (i, borders) in (0..counts.len()).flat_map(|i| [(i, true), (i, false)]) {
                        let (row, column) = (i / width, i % width);
                        let pixel = (2 * row as i64, 2 * column as i64);
                        let inside = corners.len() > 2
                            && (0..corners.len()).all(|k| {
                                let next = corners[(k + 1) % corners.len()];
                                turn(corners[k], next, pixel) >= i64::from(!borders)
                            });
                        let found = hull.columns(row, width, borders).contains(&column);
                        assert_eq!(found, inside, "{height} × {width} {offset} {borders} {i}");
                    }
                }
            }
        }
    }
}
