//! What is looked at beside decoding: whether a file goes on to its end, as decoders fill what is missing of some formats with gray
//! and say nothing; and what they take on trust.

use super::Format;

/// Whether the data reaches the end that its format marks. True where there is no mark.
pub fn is_complete(format: Format, bytes: &[u8]) -> bool {
    match format {
        Format::Png => png(bytes).is_some(),
        Format::Jpeg => jpeg(bytes).is_some(),
        Format::WebP => webp(bytes).is_some(),
        // Ends where its offsets say; the decoder follows them.
        Format::Tiff => true,
    }
}

/// How many bytes a PNG's palette has, where there is one.
pub fn palette(format: Format, bytes: &[u8]) -> Option<usize> {
    (format == Format::Png).then(|| chunk(bytes, b"PLTE")).flatten()
}

fn png(bytes: &[u8]) -> Option<()> {
    chunk(bytes, b"IEND").map(|_| ())
}

/// The length of the first chunk (length, name, data, checksum) of a name, if the data reaches to its end.
fn chunk(bytes: &[u8], sought: &[u8; 4]) -> Option<usize> {
    let mut rest = bytes.get(8..)?;
    loop {
        let length = u32::from_be_bytes(*rest.first_chunk()?) as usize;
        let name = rest.get(4..8)?;
        let next = rest.get(length.checked_add(12)?..)?;
        if name == sought {
            return Some(length);
        }
        rest = next;
    }
}

/// Segments (marker, length, data), and behind each scan header coded data, up to the end-of-image marker.
fn jpeg(bytes: &[u8]) -> Option<()> {
    let mut at = 2;
    loop {
        // To the next marker: in coded data 0xff is followed by zero or a restart marker; before markers it may repeat.
        at += bytes.get(at..)?.iter().position(|&byte| byte == 0xff)?;
        at += bytes.get(at..)?.iter().position(|&byte| byte != 0xff)?;
        let marker = bytes[at];
        at += 1;
        match marker {
            0xd9 => return Some(()),
            // Stuffed zero, TEM, restarts, start of image: no length.
            0x00 | 0x01 | 0xd0..=0xd8 => {}
            _ => {
                let length = u16::from_be_bytes(*bytes.get(at..)?.first_chunk()?);
                at += usize::from(length);
            }
        }
    }
}

/// One chunk that holds all.
fn webp(bytes: &[u8]) -> Option<()> {
    let length = u32::from_le_bytes(*bytes.get(4..)?.first_chunk()?) as usize;
    bytes.get(..length.checked_add(8)?).map(|_| ())
}
