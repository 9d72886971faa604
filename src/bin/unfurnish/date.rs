//! Dates of publication, as far as their order is concerned.

/// Seconds since the beginning of 1970 of a date in ISO 8601, with time and offset or without: a date without a
/// time is its first moment, a time without an offset is one of UTC.
pub(crate) fn seconds(date: &str) -> Option<i64> {
    let date = date.trim();
    let number = |range: std::ops::Range<usize>| {
        let digits = date.get(range)?;
        digits.bytes().all(|b| b.is_ascii_digit()).then(|| digits.parse::<i64>().ok())?
    };
    let (year, month, day) = (number(0..4)?, number(5..7)?, number(8..10)?);
    let parted = date.get(4..5) == Some("-") && date.get(7..8) == Some("-");
    if !parted || !(1..=12).contains(&month) || !(1..=31).contains(&day) {
        return None;
    }
    let mut seconds = days(year, month, day) * 86_400;
    if !matches!(date.get(10..11), Some("T" | "t" | " ")) {
        return Some(seconds);
    }
    let Some((hour, minute)) = number(11..13).zip(number(14..16)) else { return Some(seconds) };
    seconds += hour * 3600 + minute * 60;
    if date.get(16..17) == Some(":") {
        seconds += number(17..19).unwrap_or(0);
    }
    if let Some(at) = date.get(16..).and_then(|rest| rest.find(['+', '-'])).map(|at| at + 16) {
        let minutes = number(at + 4..at + 6).or_else(|| number(at + 3..at + 5)).unwrap_or(0);
        let offset = number(at + 1..at + 3).unwrap_or(0) * 3600 + minutes * 60;
        seconds -= if date.get(at..=at) == Some("-") { -offset } else { offset };
    }
    Some(seconds)
}

/// Days since 1970-01-01 in the Gregorian calendar: years begin in March, so that the leap day is the last.
fn days(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    year * 365 + year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400) + day_of_year - 719_468
}

#[cfg(test)]
mod tests {
    use super::seconds;

    #[test]
    fn dates_are_moments() {
        assert_eq!(seconds("1970-01-01"), Some(0));
        assert_eq!(seconds("2000-03-01T00:00:00Z"), Some(951_868_800));
        assert_eq!(seconds("2025-04-22T10:30:05+02:00"), seconds("2025-04-22T08:30:05Z"));
        assert_eq!(seconds("2025-04-22 10:30-0530"), seconds("2025-04-22T16:00:00.250Z"));
        assert_eq!(seconds("2024-02-29T23:59"), seconds("2024-03-01").map(|day| day - 60));
    }

    #[test]
    fn what_is_no_date_has_no_moment() {
        for text in
            ["", "April 22, 2025", "2025", "2025-13-01", "2025/04/22", "é025-04-22", "20250422", "2025-04-é"]
        {
            assert_eq!(seconds(text), None, "{text}");
        }
    }
}
