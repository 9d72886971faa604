//! Lines of any length, read with bounded memory.

use std::io::{self, BufRead};

/// The longest line that is read: no page of a crawl is near it, and a file that is no JSON lines at all does
/// not end up in memory whole.
pub(crate) const LONGEST_LINE: usize = 64 << 20;

/// What was found.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Line {
    /// A line without its line break.
    Whole(Vec<u8>),
    /// A line longer than the limit; it was passed over.
    TooLong,
}

/// The next line; `None` at the end.
pub(crate) fn next(reader: &mut impl BufRead, longest: usize) -> io::Result<Option<Line>> {
    let mut line = Vec::new();
    let mut too_long = false;
    let mut is_empty = true;
    loop {
        let part = match reader.fill_buf() {
            Ok(part) => part,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        if part.is_empty() {
            if is_empty {
                return Ok(None);
            }
            break;
        }
        is_empty = false;
        let end = memchr::memchr(b'\n', part);
        let text = &part[..end.unwrap_or(part.len())];
        too_long |= line.len() + text.len() > longest;
        if too_long {
            line = Vec::new();
        } else {
            line.extend_from_slice(text);
        }
        let read = end.map_or(part.len(), |end| end + 1);
        reader.consume(read);
        if end.is_some() {
            break;
        }
    }
    if too_long {
        return Ok(Some(Line::TooLong));
    }
    if line.last() == Some(&b'\r') {
        line.pop();
    }
    Ok(Some(Line::Whole(line)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_end_in_any_way_and_long_ones_are_passed_over() {
        let text = b"one\r\n\n0123456789\nthree";
        for capacity in [1, 3, 1000] {
            let mut reader = io::BufReader::with_capacity(capacity, &text[..]);
            let mut read = || next(&mut reader, 6).expect("memory is readable");
            assert_eq!(read(), Some(Line::Whole(b"one".into())));
            assert_eq!(read(), Some(Line::Whole(b"".into())));
            assert_eq!(read(), Some(Line::TooLong));
            assert_eq!(read(), Some(Line::Whole(b"three".into())));
            assert_eq!(read(), None);
        }
    }
}
