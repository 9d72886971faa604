//! Tokens → dates: a text that is nothing but dates, times and the words around them.

use super::scan::{Piece, Token, fold, tokens};
use super::words::{Beginning, beginning, may_begin, month, phrase};
use super::{Date, Day, Hint, Kind, Moment, Time, Zone};
use crate::letter::is_numeric;

/// More dates in one block are a calendar.
const MOST_DATES: usize = 4;
/// The longest dateline with two dates and their phrases has about fifty tokens.
const MOST_TOKENS: usize = 96;

/// The dates of a text that holds nothing else; `None` if it holds none or anything more.
pub(super) fn dates(text: &str, hint: &Hint<'_>) -> Option<Vec<Date>> {
    if !may_begin_date(text) || !has_digits(text) {
        return None;
    }
    let folded = fold(text);
    let pieces = tokens(&folded);
    if pieces.len() > MOST_TOKENS {
        return None;
    }
    let mut reader =
        Reader { pieces: &pieces, hint, at: 0, dates: Vec::new(), pending: None, kind: Kind::Unsaid };
    while reader.at < pieces.len() {
        reader.step()?;
        if reader.dates.len() > MOST_DATES {
            return None;
        }
    }
    (!reader.dates.is_empty()).then_some(reader.dates)
}

/// Whether a date may begin as a text does: most texts begin with a word of ASCII that no date has.
fn may_begin_date(text: &str) -> bool {
    let text = text.as_bytes().trim_ascii_start();
    let length = text.iter().position(|byte| !byte.is_ascii_alphabetic()).unwrap_or(text.len());
    // Signs beyond ASCII may go on the word, and an apostrophe may part it.
    let is_open = text.get(length).is_some_and(|next| !next.is_ascii() || *next == b'\'');
    length == 0 || is_open || may_begin(&text[..length])
}

/// Whether a text has as many digits as the shortest date: `1.1.25`.
fn has_digits(text: &str) -> bool {
    const LEAST: usize = 4;
    text.bytes().filter(u8::is_ascii_digit).take(LEAST).count() == LEAST
        || !text.is_ascii() && text.chars().filter(|c| is_numeric(*c)).take(LEAST).count() == LEAST
}

struct Reader<'t> {
    pieces: &'t [Piece<'t>],
    hint: &'t Hint<'t>,
    at: usize,
    dates: Vec<Date>,
    /// A time that stands before its date.
    pending: Option<Time>,
    /// What the last phrase said about the next date.
    kind: Kind,
}

impl<'t> Reader<'t> {
    fn token(&self, ahead: usize) -> Option<Token<'t>> {
        self.pieces.get(self.at + ahead).map(|piece| piece.token)
    }

    fn rest(&self, ahead: usize) -> &'t [Piece<'t>] {
        self.pieces.get(self.at + ahead..).unwrap_or_default()
    }

    /// Reads one thing; `None` where something stands that is no part of a date.
    fn step(&mut self) -> Option<()> {
        // What begins something has a number, a sign, or a word that is known to.
        let begins = match self.token(0)? {
            Token::Word(word) => Some(beginning(word)?),
            _ => None,
        };
        if let Some((day, taken)) = self.day() {
            self.at += taken;
            let time = self.pending.take();
            self.dates.push(Date { moment: Moment { day, time }, kind: self.kind });
            self.kind = Kind::Unsaid;
            return Some(());
        }
        if let Some((time, taken)) = self.time() {
            self.at += taken;
            self.take_time(time);
            return Some(());
        }
        if let Some((kind, taken)) = phrase(self.rest(0)) {
            self.at += taken;
            self.kind = kind;
            return Some(());
        }
        match self.token(0)? {
            Token::Word(_) if begins == Some(Beginning::Passed) => self.at += 1,
            Token::Word("t") if !self.dates.is_empty() => self.at += 1,
            // A zone that stands apart from its time: "2025-04-22CEST10:30".
            Token::Word(_) if self.zone(0).1 == 1 => self.at += 1,
            Token::Sign(sign @ ('(' | '[')) if !self.dates.is_empty() => return self.skip_bracket(sign),
            Token::Sign(
                ',' | '.' | ':' | ';' | '|' | '/' | '\\' | '-' | '~' | '(' | ')' | '[' | ']' | '•' | '·'
                | '・' | '\n' | '\'' | '"' | '丨' | '►' | '»' | '>' | '<' | '@' | '*' | '●' | '○' | '∙' | '‧'
                | '…' | '「' | '」' | '【' | '】' | '｜' | '✎' | '🕒' | '📅' | '#',
            ) => self.at += 1,
            Token::Number(..) => self.reading_time()?,
            _ => return None,
        }
        Some(())
    }

    /// A time belongs to the date before it unless that has one.
    fn take_time(&mut self, time: Time) {
        match self.dates.last_mut().filter(|date| date.moment.time.is_none()) {
            Some(date) => date.moment.time = Some(time),
            None => self.pending = Some(time),
        }
    }

    /// `(CEST)`, `[Europe/Berlin]`, `(Tuesday)`: says again what was said.
    fn skip_bracket(&mut self, open: char) -> Option<()> {
        /// "(Central European Summer Time)" with room to spare.
        const MOST_INSIDE: usize = 8;
        let close = if open == '(' { ')' } else { ']' };
        let inside =
            self.rest(1).iter().take(MOST_INSIDE).position(|piece| piece.token == Token::Sign(close))?;
        let is_said_again = self.rest(1)[..inside].iter().all(|piece| match piece.token {
            Token::Word(_) | Token::Sign('/' | '_' | '.' | '-' | '+' | ':') => true,
            Token::Number(..) => false,
            Token::Sign(_) => false,
        });
        self.at += if is_said_again { inside + 2 } else { 1 };
        Some(())
    }

    /// "5 min read", which datelines end in.
    fn reading_time(&mut self) -> Option<()> {
        let Some(Token::Word(unit)) = self.token(1) else { return None };
        let is_minutes = ["min", "мин", "хв", "λεπτ", "dk", "dakika", "phút", "menit", "dakik", "分"]
            .iter()
            .any(|begin| unit.starts_with(begin));
        if self.dates.is_empty() || !is_minutes {
            return None;
        }
        self.at += 2;
        while matches!(self.token(0), Some(Token::Word(_))) && phrase(self.rest(0)).is_none() {
            self.at += 1;
        }
        Some(())
    }

    /// The day that begins here, and how many tokens it takes.
    fn day(&self) -> Option<(Day, usize)> {
        match self.token(0)? {
            Token::Number(year, 4) => self.day_after_year(year),
            Token::Number(number, 8) => {
                Some((Day::new(number / 10_000, number / 100 % 100, number % 100)?, 1))
            }
            Token::Number(number, 14) => {
                let date = number / 1_000_000;
                Some((Day::new(date / 10_000, date / 100 % 100, date % 100)?, 1))
            }
            Token::Number(first, 1 | 2) => self.day_before_month(first).or_else(|| self.numeric(first)),
            Token::Word(_) => self.month_first(),
            _ => None,
        }
    }

    /// `2025-04-22`, `2025年4月22日`, `2025. április 22.`, `2025. gada 22. aprīlis`.
    fn day_after_year(&self, year: u64) -> Option<(Day, usize)> {
        let mut ahead = 1;
        // Buddhist years, 543 ahead, in Thai text only.
        let is_thai = self.hint.language() == Some("th");
        let year = if is_thai && (2533..=2643).contains(&year) { year - 543 } else { year };
        if let (Some(Token::Word("년")), Some(Token::Number(month, 1 | 2))) = (self.token(1), self.token(2))
            && let (Some(Token::Word("월")), Some(Token::Number(day, 1 | 2))) = (self.token(3), self.token(4))
        {
            let end = if self.token(5) == Some(Token::Word("일")) { 6 } else { 5 };
            return Some((Day::new(year, month, day)?, end));
        }
        if let (Some(Token::Word("年")), Some(Token::Number(month, 1 | 2))) = (self.token(1), self.token(2))
            && let (Some(Token::Word("月")), Some(Token::Number(day, 1 | 2))) = (self.token(3), self.token(4))
        {
            let end = if matches!(self.token(5), Some(Token::Word("日" | "号" | "號"))) { 6 } else { 5 };
            return Some((Day::new(year, month, day)?, end));
        }
        if let (Some(Token::Sign(sign @ ('-' | '/' | '.'))), Some(Token::Number(month, 1 | 2))) =
            (self.token(1), self.token(2))
            && self.token(3) == Some(Token::Sign(sign))
            && let Some(Token::Number(day, 1 | 2)) = self.token(4)
        {
            return Some((Day::new(year, month, day)?, 5));
        }
        // Words between the year and the rest: Lithuanian "m.", Latvian "gada", Basque "eko".
        while matches!(
            self.token(ahead),
            Some(Token::Sign('.' | ',' | '-' | '/') | Token::Word("m" | "gada" | "eko" | "ko"))
        ) && ahead < 4
        {
            ahead += 1;
        }
        if let Some((month, taken)) = month(self.rest(ahead), self.hint.language()) {
            ahead += taken;
            while matches!(self.token(ahead), Some(Token::Sign('.' | '-' | '/'))) && ahead < 8 {
                ahead += 1;
            }
            let Some(Token::Number(day, 1 | 2)) = self.token(ahead) else { return None };
            return Some((Day::new(year, month.into(), day)?, self.after_day(ahead + 1)));
        }
        let Some(Token::Number(day, 1 | 2)) = self.token(ahead) else { return None };
        let stop = usize::from(self.token(ahead + 1) == Some(Token::Sign('.')));
        let (month, taken) = month(self.rest(ahead + 1 + stop), self.hint.language())?;
        Some((Day::new(year, month.into(), day)?, ahead + 1 + stop + taken))
    }

    /// Steps over what may be written behind the number of a day: `22nd`, `22.`, `22º`, Lithuanian `22 d.`.
    fn after_day(&self, mut ahead: usize) -> usize {
        if let Some(Token::Word(
            "st" | "nd" | "rd" | "th" | "er" | "d" | "an" | "a" | "e" | "ª" | "º" | "-ին",
        )) = self.token(ahead)
            && !matches!(self.token(ahead + 1), Some(Token::Sign(':')))
        {
            ahead += 1;
        }
        if matches!(self.token(ahead), Some(Token::Sign('.' | '°'))) {
            ahead += 1;
        }
        ahead
    }

    /// `22 April 2025`, `22. apríl 2025`, `22 de abril de 2025`, `22-Apr-2025`, `22 tháng 4 năm 2025`.
    fn day_before_month(&self, day: u64) -> Option<(Day, usize)> {
        let mut ahead = self.after_day(1);
        let mut steps = 0;
        while steps < 3
            && matches!(
                self.token(ahead),
                Some(
                    Token::Sign('-' | '/' | ',' | '\'')
                        | Token::Word("de" | "d'" | "of" | "ב" | "ta'" | "del" | "e")
                )
            )
        {
            ahead += 1;
            steps += 1;
        }
        let (month, taken) = self.vietnamese_month(ahead).or_else(|| {
            let (number, taken) = month(self.rest(ahead), self.hint.language())?;
            Some((u64::from(number), taken))
        })?;
        ahead += taken;
        // Arabic pages write both names: "22 أبريل / نيسان 2025".
        if self.token(ahead) == Some(Token::Sign('/'))
            && let Some((again, taken)) = self::month(self.rest(ahead + 1), self.hint.language())
            && u64::from(again) == month
        {
            ahead += 1 + taken;
        }
        let mut steps = 0;
        while steps < 3
            && matches!(
                self.token(ahead),
                Some(
                    Token::Sign('-' | '/' | ',' | '.' | '\'')
                        | Token::Word("de" | "del" | "of" | "năm" | "พ.ศ" | "ค.ศ")
                )
            )
        {
            ahead += 1;
            steps += 1;
        }
        self.year(ahead).and_then(|(year, end)| Some((Day::new(year, month, day)?, end)))
    }

    fn vietnamese_month(&self, ahead: usize) -> Option<(u64, usize)> {
        match (self.token(ahead), self.token(ahead + 1)) {
            (Some(Token::Word("tháng" | "thg")), Some(Token::Number(month, 1 | 2))) => Some((month, 2)),
            _ => None,
        }
    }

    /// The year that stands here, or behind a time as C and Java write it: `Apr 22 10:30:00 UTC 2025`.
    fn year(&self, ahead: usize) -> Option<(u64, usize)> {
        match self.token(ahead)? {
            Token::Number(year, 4) => {
                // "22 April 2030 Uhr" would be a time; real times have a colon, and years none behind them.
                let is_time = self.token(ahead + 1) == Some(Token::Sign(':'));
                let is_thai = || self.hint.language() == Some("th") || self.has_thai();
                let year = if (2533..=2643).contains(&year) && is_thai() { year - 543 } else { year };
                (!is_time).then_some((year, ahead + 1))
            }
            _ => None,
        }
    }

    fn has_thai(&self) -> bool {
        self.pieces.iter().any(|piece| matches!(piece.token, Token::Word(word) if word.starts_with(|c| matches!(c, '\u{e01}'..='\u{e4e}'))))
    }

    /// `April 22, 2025`, `Apr. 22nd 2025`, `Tue Apr 22 10:30:00 UTC 2025`.
    fn month_first(&self) -> Option<(Day, usize)> {
        let (month, taken) = month(self.rest(0), self.hint.language())?;
        let mut ahead = taken;
        while matches!(self.token(ahead), Some(Token::Sign('.' | '-' | '/'))) && ahead < taken + 2 {
            ahead += 1;
        }
        let Some(Token::Number(day, 1 | 2)) = self.token(ahead) else { return None };
        ahead = self.after_day(ahead + 1);
        while matches!(
            self.token(ahead),
            Some(Token::Sign(',' | '-' | '/' | '\'') | Token::Word("de" | "del" | "of"))
        ) && ahead < 12
        {
            ahead += 1;
        }
        if let Some((year, end)) = self.year(ahead) {
            return Some((Day::new(year, month.into(), day)?, end));
        }
        None
    }

    /// `22.04.2025`, `4/22/2025`, `22-04-2025`, `22.04.25`.
    fn numeric(&self, first: u64) -> Option<(Day, usize)> {
        let Some(Token::Sign(sign @ ('.' | '/' | '-'))) = self.token(1) else { return None };
        let Some(Token::Number(second, 1 | 2)) = self.token(2) else { return None };
        if self.token(3) != Some(Token::Sign(sign)) {
            return None;
        }
        let year = match self.token(4)? {
            Token::Number(year, 4) => year,
            // Two digits are a year only where days come first: "25.04.22" is Korean for 2025.
            Token::Number(year, 2) if sign == '.' && self.writes_day_first() == Some(true) => 2000 + year,
            _ => return None,
        };
        let day_first = Day::new(year, second, first);
        let month_first = Day::new(year, first, second);
        let day = match (day_first, month_first) {
            (Some(day), None) | (None, Some(day)) => day,
            (Some(one), Some(other)) if one == other => one,
            (Some(one), Some(other)) => {
                if self.hint.day == Some(one) {
                    one
                } else if self.hint.day == Some(other) {
                    other
                } else if sign == '.' || self.writes_day_first()? {
                    one
                } else {
                    other
                }
            }
            (None, None) => return None,
        };
        Some((day, 5))
    }

    /// Whether the page's language writes the day before the month; `None` where it writes either or is unknown.
    fn writes_day_first(&self) -> Option<bool> {
        match self.hint.locale {
            "en-us" | "en-ph" => return Some(false),
            // Canada writes all three orders.
            "en" | "en-ca" | "en-en" | "en-001" | "" | "fr-ca" => return None,
            _ => {}
        }
        match self.hint.language()? {
            // The year comes first here; what does not begin with it follows nobody's custom.
            "zh" | "ja" | "ko" | "hu" | "lt" | "mn" | "eu" | "sv" | "fil" | "tl" => None,
            _ => Some(true),
        }
    }

    /// The time that begins here, and how many tokens it takes with its zone.
    fn time(&self) -> Option<(Time, usize)> {
        let (before, mut ahead) = match self.token(0)? {
            Token::Word("오전") => (Some(false), 1),
            Token::Word("오후") => (Some(true), 1),
            Token::Word("上" | "早" | "凌") => (Some(false), 2),
            Token::Word("下" | "晚" | "傍") => (Some(true), 2),
            Token::Word("午") => (Some(self.token(1) == Some(Token::Word("後"))), 2),
            _ => (None, 0),
        };
        let (mut hour, minute, second) =
            match (self.token(ahead)?, self.token(ahead + 1), self.token(ahead + 2)) {
                // Basic form: 103000 behind a T.
                (Token::Number(digits, 6), ..) if self.is_behind_t() => {
                    ahead += 1;
                    (digits / 10_000, digits / 100 % 100, digits % 100)
                }
                (Token::Number(digits, 4), ..) if self.is_behind_t() => {
                    ahead += 1;
                    (digits / 100, digits % 100, 0)
                }
                (
                    Token::Number(h, 1 | 2),
                    Some(
                        Token::Sign(':' | '.')
                        | Token::Word("h" | "時" | "时" | "点" | "點" | "시" | "ч" | "u" | "g"),
                    ),
                    Some(Token::Number(m, 2)),
                ) if self.token(ahead + 1) != Some(Token::Sign('.')) || !self.dates.is_empty() => {
                    // "22.04." in front of a date is a day, behind one "22.04" is a time.
                    let (mut second, mut is_exact) = (0, false);
                    ahead += 3;
                    if let (
                        Some(Token::Sign(':' | '.') | Token::Word("分" | "분" | "m" | "'")),
                        Some(Token::Number(s, 2)),
                    ) = (self.token(ahead), self.token(ahead + 1))
                    {
                        second = s;
                        ahead += 2;
                        is_exact = true;
                    }
                    // Fractions of a second, or the nanoseconds of some clocks.
                    if is_exact
                        && let (Some(Token::Sign('.' | ',' | ':')), Some(Token::Number(..))) =
                            (self.token(ahead), self.token(ahead + 1))
                    {
                        ahead += 2;
                    }
                    while matches!(self.token(ahead), Some(Token::Word("分" | "秒" | "분" | "초" | "시")))
                    {
                        ahead += 1;
                    }
                    (h, m, second)
                }
                // "5時" and "15 Uhr" are whole hours; a number alone is no time.
                (
                    Token::Number(h, 1 | 2),
                    Some(Token::Word("h" | "uhr" | "時" | "时" | "点" | "點" | "시" | "uur")),
                    _,
                ) => {
                    ahead += 2;
                    (h, 0, 0)
                }
                (Token::Number(h, 1 | 2), Some(Token::Word("am" | "pm" | "a" | "p")), _) => {
                    ahead += 1;
                    (h, 0, 0)
                }
                _ => return None,
            };
        let (after, taken) = self.half_of_day(ahead);
        ahead += taken;
        match before.or(after) {
            Some(true) if hour < 12 => hour += 12,
            Some(false) if hour == 12 => hour = 0,
            _ => {}
        }
        // Leap seconds and midnight as 24:00 are of no day that a calendar of pages needs.
        if hour > 23 || minute > 59 || second > 59 {
            return None;
        }
        let (zone, taken) = self.zone(ahead);
        let time = Time { hour: hour as u8, minute: minute as u8, second: second as u8, zone };
        Some((time, ahead + taken))
    }

    fn is_behind_t(&self) -> bool {
        self.at > 0 && self.pieces[self.at - 1].token == Token::Word("t")
    }

    /// `am`, `p.m.`: whether it is the second half of the day.
    fn half_of_day(&self, ahead: usize) -> (Option<bool>, usize) {
        let stop = |at: usize| usize::from(self.token(at) == Some(Token::Sign('.')));
        match self.token(ahead) {
            Some(Token::Word(word @ ("am" | "pm" | "πμ" | "μμ"))) => {
                (Some(matches!(word, "pm" | "μμ")), 1)
            }
            Some(Token::Word(word @ ("a" | "p" | "π" | "μ"))) => {
                let mut end = ahead + 1;
                end += stop(end);
                if matches!(self.token(end), Some(Token::Word("m" | "μ"))) {
                    end += 1;
                    end += stop(end);
                    (Some(matches!(word, "p" | "μ")), end - ahead)
                } else {
                    (None, 0)
                }
            }
            Some(Token::Word("م" | "مساء" | "مساءً")) => (Some(true), 1),
            Some(Token::Word("ص" | "صباحا" | "صباحاً")) => (Some(false), 1),
            _ => (None, 0),
        }
    }

    /// The zone that stands here: an offset, or a name that means one offset only.
    fn zone(&self, ahead: usize) -> (Option<Zone>, usize) {
        match self.token(ahead) {
            Some(Token::Word("z")) => (Some(Zone::Utc), 1),
            Some(Token::Word("utc" | "gmt" | "ut")) => match self.offset(ahead + 1) {
                Some((zone, taken)) => (Some(zone), taken + 1),
                None => (Some(Zone::Utc), 1),
            },
            Some(Token::Word(name)) => {
                let hours = match name {
                    "est" => -5,
                    "edt" => -4,
                    "cdt" => -5,
                    "mst" => -7,
                    "mdt" => -6,
                    "pst" => -8,
                    "pdt" => -7,
                    "cet" | "mez" => 1,
                    "cest" | "mesz" | "eet" => 2,
                    "eest" | "msk" => 3,
                    "jst" | "kst" => 9,
                    // Known and of several meanings: the time stays without a zone.
                    "cst" | "ist" | "bst" | "ast" | "pkt" | "hkt" | "sgt" | "aest" | "aedt" => {
                        return (None, 1);
                    }
                    _ => return (None, 0),
                };
                (Some(Zone::East(hours * 60)), 1)
            }
            _ => match self.offset(ahead) {
                Some((zone, taken)) => (Some(zone), taken),
                None => (None, 0),
            },
        }
    }

    /// `+02:00`, `-0500`, `+02`. What follows a dash after a space is another time, unless it has four digits.
    fn offset(&self, ahead: usize) -> Option<(Zone, usize)> {
        let Some(Token::Sign(sign @ ('+' | '-'))) = self.token(ahead) else { return None };
        let piece = self.rest(ahead + 1).first()?;
        if piece.after_space {
            return None;
        }
        let is_apart = self.rest(ahead).first().is_some_and(|piece| piece.after_space);
        let (hours, minutes, taken) = match piece.token {
            Token::Number(number, 4) => (number / 100, number % 100, 2),
            Token::Number(hours, 1 | 2) if !is_apart || sign == '+' => {
                match (self.token(ahead + 2), self.token(ahead + 3)) {
                    (Some(Token::Sign(':')), Some(Token::Number(minutes, 2))) => (hours, minutes, 4),
                    _ => (hours, 0, 2),
                }
            }
            _ => return None,
        };
        // Zones reach from -12:00 to +14:00 in quarters of an hour.
        if hours > 14 || minutes > 59 || minutes % 15 != 0 {
            return None;
        }
        let minutes = (hours * 60 + minutes) as i16;
        Some((Zone::East(if sign == '-' { -minutes } else { minutes }), taken))
    }
}

#[cfg(test)]
mod tests;
