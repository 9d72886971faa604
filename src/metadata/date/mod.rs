//! Dates of all kinds → ISO 8601.
//!
//! One reader for everything that holds a date: attributes, structured data, datelines in some sixty languages.
//! It reads a text as numbers, words and signs, and refuses it as soon as one of them is no part of a date: a
//! wrong date is worse than none. For the same reason a date that reads in two ways (`04/05/2025`) counts only
//! where the page's language or its address decides, and years outside 1990 to 2100 are none; there is no clock
//! here, and the same page gives the same date for ever.

mod address;
mod read;
mod scan;
mod words;

pub(crate) use address::in_address;
pub(super) use scan::is_han;

use core::fmt;
use scan::{Piece, Token};

/// A day, and perhaps a time of that day.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Moment {
    pub(crate) day: Day,
    time: Option<Time>,
}

/// A day of the Gregorian calendar that exists.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) struct Day {
    year: u16,
    month: u8,
    day: u8,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Time {
    hour: u8,
    minute: u8,
    second: u8,
    /// Minutes east of Greenwich; `None` where the page gave no zone.
    zone: Option<Zone>,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Zone {
    /// Written as `Z`, `UTC` or `GMT`.
    Utc,
    /// Minutes east of Greenwich.
    East(i16),
}

/// The web's first pages are of 1990; anything earlier is the date of what an article tells.
const FIRST_YEAR: u16 = 1990;
/// Later than any page that this code will read, and earlier than what a mistyped number gives.
const LAST_YEAR: u16 = 2100;

impl Day {
    fn new(year: u64, month: u64, day: u64) -> Option<Self> {
        let year = u16::try_from(year).ok().filter(|year| (FIRST_YEAR..=LAST_YEAR).contains(year))?;
        let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        let length = match month {
            2 => 28 + u64::from(is_leap),
            4 | 6 | 9 | 11 => 30,
            1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
            _ => return None,
        };
        (1..=length).contains(&day).then_some(Self { year, month: month as u8, day: day as u8 })
    }
}

impl Moment {
    /// The moment so many seconds after the beginning of 1970.
    ///
    /// The way from days to a date is Howard Hinnant's `civil_from_days`.
    fn from_unix(seconds: u64) -> Option<Self> {
        let days = seconds / 86_400 + 719_468;
        let era = days / 146_097;
        let day_of_era = days % 146_097;
        let year_of_era =
            (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let shifted = (5 * day_of_year + 2) / 153;
        let day = day_of_year - (153 * shifted + 2) / 5 + 1;
        let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
        let year = year_of_era + era * 400 + u64::from(month <= 2);
        let of_day = seconds % 86_400;
        let time = Time {
            hour: (of_day / 3600) as u8,
            minute: (of_day / 60 % 60) as u8,
            second: (of_day % 60) as u8,
            zone: Some(Zone::Utc),
        };
        Some(Self { day: Day::new(year, month, day)?, time: Some(time) })
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Day { year, month, day } = self.day;
        write!(f, "{year:04}-{month:02}-{day:02}")?;
        let Some(time) = self.time else { return Ok(()) };
        write!(f, "T{:02}:{:02}:{:02}", time.hour, time.minute, time.second)?;
        match time.zone {
            None => Ok(()),
            Some(Zone::Utc) => f.write_str("Z"),
            Some(Zone::East(minutes)) => {
                let sign = if minutes < 0 { '-' } else { '+' };
                write!(f, "{sign}{:02}:{:02}", minutes.abs() / 60, minutes.abs() % 60)
            }
        }
    }
}

/// What decides how a date is read that reads in two ways.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Hint<'a> {
    /// The page's language as it is declared, in lower case with `-`: `en-gb`.
    pub(crate) locale: &'a str,
    /// The day in the page's address.
    pub(crate) day: Option<Day>,
}

impl<'a> Hint<'a> {
    fn language(&self) -> Option<&'a str> {
        self.locale.split('-').next().filter(|language| !language.is_empty())
    }
}

/// What a date is the date of.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(crate) enum Kind {
    Published,
    Modified,
    /// A date alone.
    Unsaid,
}

/// A date as a block of text gives it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Date {
    pub(crate) moment: Moment,
    pub(crate) kind: Kind,
}

/// Attributes and values of structured data that are longer hold something else.
const LONGEST_VALUE_BYTES: usize = 128;
/// Two dates with their times, phrases and weekdays in a script of three bytes a letter take less.
const LONGEST_BLOCK_BYTES: usize = 320;

/// The date that an attribute or a value of structured data holds, and nothing else; seconds since 1970 count.
pub(crate) fn value(text: &str, hint: &Hint<'_>) -> Option<Moment> {
    if text.len() > LONGEST_VALUE_BYTES {
        return None;
    }
    let text = text.trim();
    if let Some(moment) = unix(text) {
        return Some(moment);
    }
    read::dates(text, hint)?.first().map(|date| date.moment)
}

/// Seconds or milliseconds since 1970, as ten or thirteen digits.
fn unix(text: &str) -> Option<Moment> {
    if !text.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let number: u64 = text.parse().ok()?;
    match text.len() {
        // Nine digits end in 2001, eleven begin in the year 5138.
        10 => Moment::from_unix(number),
        13 => Moment::from_unix(number / 1000),
        _ => None,
    }
}

/// The date of a block that holds nothing but dates: "April 22, 2025", "Published: …", "Updated on …".
///
/// Of several the first one that is not of a change.
pub(crate) fn whole_block(text: &str) -> Option<Date> {
    if !may_have(text) {
        return None;
    }
    let dates = whole_block_in(text, &Hint::default())?;
    dates.iter().find(|date| date.kind != Kind::Modified).or(dates.first()).copied()
}

/// Whether a text, or a part of it, may be the date of a block: most show at once that they are none.
pub(crate) fn may_have(text: &str) -> bool {
    !text.is_ascii() || has_year(text)
}

/// Whether four digits in a row may be those of a year that dates have.
fn has_year(text: &str) -> bool {
    let text = text.as_bytes();
    memchr::memchr2_iter(b'1', b'2', text).any(|at| {
        matches!(text[at..], [b'1', b'9', c, d, ..] | [b'2', b'0' | b'1', c, d, ..] if c.is_ascii_digit() && d.is_ascii_digit())
    })
}

/// All dates of a block that holds nothing else, read with what is known of the page.
pub(crate) fn whole_block_in(text: &str, hint: &Hint<'_>) -> Option<Vec<Date>> {
    if text.len() > LONGEST_BLOCK_BYTES {
        return None;
    }
    read::dates(text, hint)
}

/// What a phrase in front of a date says the date is of: "Updated on" → a change.
pub(crate) fn kind_of_phrase(text: &str) -> Option<Kind> {
    if text.len() > LONGEST_BLOCK_BYTES {
        return None;
    }
    let folded = scan::fold(text);
    let pieces: Vec<Piece<'_>> =
        scan::tokens(&folded).into_iter().filter(|piece| !matches!(piece.token, Token::Sign(_))).collect();
    (0..pieces.len()).find_map(|at| words::phrase(&pieces[at..])).map(|(kind, _)| kind)
}

#[cfg(test)]
mod tests;
