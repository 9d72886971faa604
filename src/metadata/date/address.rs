//! The day in a page's address.

use super::{Day, Moment};

/// The day that a page's address names: `/2025/04/22/`, `/2025/apr/22/`, `/2025-04-22-title`, `/20250422/`.
pub(crate) fn in_address(address: &str) -> Option<Moment> {
    let path = address
        .split_once("://")
        .map_or(address, |(_, rest)| rest.split_once('/').map_or("", |(_, path)| path));
    let path = path.split(['?', '#']).next().unwrap_or_default();
    let mut before: [&str; 2] = [""; 2];
    for part in path.split(['/', '-', '_', '.']) {
        let day = day_of(before[0], before[1], part).or_else(|| compact(part));
        if let Some(day) = day {
            return Some(Moment { day, time: None });
        }
        before = [before[1], part];
    }
    None
}

fn day_of(year: &str, month: &str, day: &str) -> Option<Day> {
    let number = |text: &str| text.bytes().all(|b| b.is_ascii_digit()).then(|| text.parse().ok()).flatten();
    if year.len() != 4 || !(1..=2).contains(&day.len()) || day.is_empty() {
        return None;
    }
    let month = match month.len() {
        1 | 2 => number(month)?,
        // English addresses only: other languages' months are rare in addresses and nowhere needed.
        3 => {
            const MONTHS: [&str; 12] =
                ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
            MONTHS.iter().position(|name| month.eq_ignore_ascii_case(name))? as u64 + 1
        }
        _ => return None,
    };
    Day::new(number(year)?, month, number(day)?)
}

/// `20250422`; other numbers of eight digits are no days or not of these years, with few exceptions.
fn compact(part: &str) -> Option<Day> {
    if part.len() != 8 || !part.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    day_of(&part[..4], &part[4..6], &part[6..])
}
