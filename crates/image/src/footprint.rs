/// Which neighbours of a pixel count: a rectangle of cells with odd sides, the pixel in its middle.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChordFootprint {
    height: usize,
    width: usize,
    /// Row by row, from left to right.
    chords: Vec<Chord>,
}

/// Cells of a row of a footprint that lie side by side and count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Chord {
    /// Its row.
    pub row: usize,
    /// Its first column.
    pub start: usize,
    /// How many cells.
    pub length: usize,
}

impl ChordFootprint {
    /// The footprint of the cells that are not 0, which are given row by row; `None` for even sides, another number of
    /// cells, and where no cell counts.
    pub fn new(height: usize, width: usize, cells: &[u8]) -> Option<Self> {
        let fits = height.checked_mul(width) == Some(cells.len());
        if height.is_multiple_of(2)
            || width.is_multiple_of(2)
            || !fits
            || cells.iter().all(|&cell| cell == 0)
        {
            return None;
        }
        let mut chords = Vec::new();
        for (row, cells) in cells.chunks_exact(width).enumerate() {
            let mut start = 0;
            for run in cells.chunk_by(|a, b| (*a == 0) == (*b == 0)) {
                if run[0] != 0 {
                    chords.push(Chord { row, start, length: run.len() });
                }
                start += run.len();
            }
        }
        Some(Self { height, width, chords })
    }

    /// Turned by half a turn.
    pub fn mirrored(&self) -> Self {
        let (height, width) = (self.height, self.width);
        let turned = self.chords.iter().rev().map(|chord| Chord {
            row: height - 1 - chord.row,
            start: width - chord.start - chord.length,
            length: chord.length,
        });
        Self { height, width, chords: turned.collect() }
    }

    /// How far it reaches from the middle up and down.
    pub fn rows_beyond(&self) -> usize {
        self.height / 2
    }

    /// How far it reaches from the middle to the left and to the right.
    pub fn columns_beyond(&self) -> usize {
        self.width / 2
    }

    /// Row by row, from left to right; at least one.
    pub fn chords(&self) -> &[Chord] {
        &self.chords
    }

    /// The first row and the number of rows, if all cells from there on count: then all chords are the first one's.
    pub fn rectangle(&self) -> Option<(usize, usize)> {
        let first = self.chords[0];
        let alike = |(row, chord): (usize, &Chord)| {
            *chord == Chord { row, start: first.start, length: first.length }
        };
        let all = (first.row..).zip(&self.chords).all(alike);
        all.then_some((first.row, self.chords.len()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn is_cut_into_chords() {
        let footprint =
            ChordFootprint::new(3, 5, &[1, 1, 0, 9, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1]).unwrap();
        let chord = |row, start, length| Chord { row, start, length };
        assert_eq!(footprint.chords(), [chord(0, 0, 2), chord(0, 3, 1), chord(2, 1, 4)]);
        assert_eq!(footprint.rectangle(), None);
        let mirrored = footprint.mirrored();
        assert_eq!(mirrored.chords(), [chord(0, 0, 4), chord(2, 1, 1), chord(2, 3, 2)]);
        assert_eq!(mirrored.mirrored(), footprint);
        let low = ChordFootprint::new(3, 3, &[0, 0, 0, 0, 1, 1, 0, 1, 1]).unwrap();
        assert_eq!(low.rectangle(), Some((1, 2)));
    }

    #[test]
    fn must_have_a_middle_and_a_cell() {
        for (height, width, cells) in [(2, 1, vec![1; 2]), (1, 1, vec![0]), (1, 3, vec![1; 2])] {
            assert_eq!(ChordFootprint::new(height, width, &cells), None);
        }
    }
}
