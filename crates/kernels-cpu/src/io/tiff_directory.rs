//! The first directory of a TIFF file, as far as it must be known before the `tiff` crate reads it.

use std::borrow::Cow;

use super::{Error, Format, Result};

const COMPRESSION: u16 = 259;
const PHOTOMETRIC: u16 = 262;

/// Texts beyond this are refused: the `tiff` crate, which has no use for any, refuses longer ones too.
const LONGEST_TEXT: u64 = 256 << 20;

/// One entry: what it is about, the type and number of its values, and where they or their offset are.
struct Entry {
    tag: u16,
    kind: u16,
    count: u64,
    at: usize,
}

/// The entries, and whether numbers begin with their lowest byte.
struct Directory {
    entries: Vec<Entry>,
    little_endian: bool,
}

impl Directory {
    /// `None` where the file is damaged so that there is no such directory: whoever decodes it will say so.
    fn of(bytes: &[u8]) -> Option<Self> {
        let little_endian = match bytes.get(..2)? {
            b"II" => true,
            b"MM" => false,
            _ => return None,
        };
        let read = |at: usize, size: usize| number(bytes, at, size, little_endian);
        // Sizes of an offset, of the number of entries and of an entry.
        let (offset_at, offset, count, entry) = match read(2, 2)? {
            42 => (4, 4, 2, 12),
            43 => (8, 8, 8, 20),
            _ => return None,
        };
        let start = usize::try_from(read(offset_at, offset)?).ok()?;
        let first = start.checked_add(count)?;
        let room = bytes.len().checked_sub(first)? / entry;
        let len = usize::try_from(read(start, count)?).ok()?;
        let entries = (0..len.min(room)).map(|i| {
            let at = first + i * entry;
            Some(Entry {
                tag: read(at, 2)? as u16,
                kind: read(at + 2, 2)? as u16,
                count: read(at + 4, offset)?,
                at: at + 4 + offset,
            })
        });
        Some(Self { entries: entries.collect::<Option<_>>()?, little_endian })
    }

    /// The single number in an entry; `None` for other contents.
    fn number(&self, bytes: &[u8], entry: &Entry) -> Option<u64> {
        number(bytes, entry.at, entry.size()?, self.little_endian)
    }
}

impl Entry {
    /// Bytes of its single number.
    fn size(&self) -> Option<usize> {
        match (self.kind, self.count) {
            (1, 1) => Some(1),
            (3, 1) => Some(2),
            (4, 1) => Some(4),
            _ => None,
        }
    }
}

/// Refuses texts that reach beyond the file. The `tiff` crate does it too, but prints to standard error as it does.
pub(super) fn check_texts(bytes: &[u8]) -> Result<()> {
    const TEXT: u16 = 2;
    let format = Format::Tiff;
    let directory = Directory::of(bytes);
    for Entry { tag, count, .. } in
        directory.iter().flat_map(|directory| &directory.entries).filter(|e| e.kind == TEXT)
    {
        let given = format!("tag {tag} is a text of {count} bytes");
        if *count > bytes.len() as u64 {
            let reason = format!("{given}; the file has {}", bytes.len());
            return Err(Error::Malformed { format, reason });
        }
        if *count > LONGEST_TEXT {
            let reason = format!("{given}; at most {LONGEST_TEXT} are allowed");
            return Err(Error::Limit { format, reason });
        }
    }
    Ok(())
}

/// The file such that samples are decoded as they are stored: one in which white is zero says that black is.
///
/// scikit-image's `imread` does not invert them; the `tiff` crate does, floats with a loss and signed integers not at all.
/// Fax compressions have no samples but black and white, and stay.
pub(super) fn as_stored(bytes: &[u8]) -> Cow<'_, [u8]> {
    let whole = Cow::Borrowed(bytes);
    let Some(directory) = Directory::of(bytes) else { return whole };
    let entries = |tag| directory.entries.iter().filter(move |entry| entry.tag == tag);
    let fax = |entry| matches!(directory.number(bytes, entry), Some(2..=4));
    if entries(COMPRESSION).any(fax) {
        return whole;
    }
    let mut stored = whole;
    for entry in entries(PHOTOMETRIC) {
        if let (Some(0), Some(size)) = (directory.number(bytes, entry), entry.size()) {
            let lowest = if directory.little_endian { 0 } else { size - 1 };
            stored.to_mut()[entry.at + lowest] = 1;
        }
    }
    stored
}

/// An unsigned number of `size` bytes, up to 8.
fn number(bytes: &[u8], at: usize, size: usize, little_endian: bool) -> Option<u64> {
    let digits = bytes.get(at..at.checked_add(size)?)?.iter();
    let add = |sum: u64, &digit: &u8| sum << 8 | u64::from(digit);
    Some(if little_endian { digits.rev().fold(0, add) } else { digits.fold(0, add) })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A BigTIFF directory of one entry at byte 16.
    fn big(little_endian: bool, tag: u16, kind: u16, count: u64, value: &[u8]) -> Vec<u8> {
        let put = |bytes: &mut Vec<u8>, value: u64, size: usize| {
            let digits = value.to_le_bytes();
            let digits = digits[..size].iter();
            if little_endian { bytes.extend(digits) } else { bytes.extend(digits.rev()) }
        };
        let mut bytes = if little_endian { b"II".to_vec() } else { b"MM".to_vec() };
        for (value, size) in [(43, 2), (8, 2), (0, 2), (16, 8), (1, 8)] {
            put(&mut bytes, value, size);
        }
        for (value, size) in [(u64::from(tag), 2), (u64::from(kind), 2), (count, 8)] {
            put(&mut bytes, value, size);
        }
        bytes.extend(value);
        bytes.resize(64, 0);
        bytes
    }

    #[test]
    fn white_is_zero_becomes_black_is_zero_and_nothing_else_changes() {
        for (little_endian, lowest) in [(true, 36), (false, 37)] {
            let file = big(little_endian, PHOTOMETRIC, 3, 1, &[]);
            let mut expected = file.clone();
            expected[lowest] = 1;
            assert_eq!(*as_stored(&file), expected);
        }
        let rgb = big(true, PHOTOMETRIC, 3, 1, &[2]);
        assert!(matches!(as_stored(&rgb), Cow::Borrowed(_)));
        assert!(matches!(as_stored(&big(true, COMPRESSION, 3, 1, &[])), Cow::Borrowed(_)));
    }

    #[test]
    fn texts_beyond_the_file_are_refused() {
        assert!(check_texts(&big(true, PHOTOMETRIC, 2, 64, &[])).is_ok());
        let error = check_texts(&big(false, PHOTOMETRIC, 2, 1 << 60, &[])).unwrap_err();
        let expected = "bad TIFF: tag 262 is a text of 1152921504606846976 bytes; the file has 64";
        assert_eq!(error.to_string(), expected);
        assert!(check_texts(&big(true, 270, 2, 65, &[])).is_err());
    }

    #[test]
    fn no_file_is_too_short_or_too_odd_to_look_at() {
        let whole = big(true, PHOTOMETRIC, 3, 1, &[]);
        for end in 0..whole.len() {
            as_stored(&whole[..end]);
            check_texts(&whole[..end]).unwrap();
        }
        for at in 0..whole.len() {
            let mut damaged = whole.clone();
            damaged[at] = 0xff;
            as_stored(&damaged);
            let _ = check_texts(&damaged);
        }
    }
}
