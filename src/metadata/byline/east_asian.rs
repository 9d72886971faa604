//! Bylines in Chinese, Japanese and Korean, where a role or a label stands beside the name and no space parts them.

use super::introduction::is_introduction;
use super::name::{Strictness, is_address, is_no_persons, name};
use super::refusal::Refusal;

/// `홍길동 기자`, `記者 山田太郎`, `文/张三`, `作者：张三`.
pub(super) fn byline(piece: &str) -> Option<Vec<String>> {
    if !may_be(piece) || !piece.chars().any(is_east_asian) {
        return None;
    }
    let split = || {
        let words = piece.split(|c: char| c.is_whitespace() || "=()[]/＝（）［］【】／".contains(c));
        words.filter(|word| !word.is_empty() && !is_address(word))
    };
    // A name with its owner's role joined to it, alone in its brackets: "［沢渡美緒記者］".
    if piece.starts_with(['[', '［', '【', '(', '（'])
        && let mut words = split()
        && let (Some(word), None) = (words.next(), words.next())
        && let Some(name) = ["記者", "记者", "기자"].iter().find_map(|role| word.strip_suffix(role))
    {
        return (is_hangul_or_han_name(name) && !is_no_persons(name)).then(|| vec![name.to_owned()]);
    }
    // Korean: a name of two to four syllables, its owner's role, perhaps an address.
    let mut words = split();
    let ends_in_role = words.next_back().is_some_and(|word| Refusal::of_low(word).is(Refusal::ROLE));
    let words: Vec<&str> = if ends_in_role { words.collect() } else { Vec::new() };
    if (1..=7).contains(&words.len())
        && words.iter().all(|word| {
            is_hangul_or_han_name(word)
                || Refusal::of_low(word).is(Refusal::AGENCY.or(Refusal::ROLE).or(Refusal::FIELD))
        })
    {
        let names: Vec<String> = words
            .iter()
            .flat_map(|word| word.split(['·', ',', '、']))
            .filter(|word| {
                is_hangul_or_han_name(word)
                    && !Refusal::of_low(word).is(Refusal::AGENCY.or(Refusal::ROLE).or(Refusal::PLACEHOLDER))
            })
            .map(str::to_owned)
            .collect();
        // A line of several nouns is not a list of names.
        return (!names.is_empty() && names.len() <= 3).then_some(names);
    }
    // An introduction, a colon, stroke or space, and names.
    let at = piece.find([':', '：', '/', '／', '丨', '｜', ' ', '\u{3000}', '=', '＝'])?;
    let (before, rest) = piece.split_at(at);
    let separator = rest.chars().next()?;
    let rest = rest[separator.len_utf8()..].trim();
    let before = before.trim_start_matches(['（', '(', '[', '【', '●', '■', '▲']);
    let is_space = separator.is_whitespace();
    // A space alone parts words of any sentence, so only the words that name a writer count there.
    let known = is_introduction(before) || before.ends_with("记者") || before.ends_with("記者");
    if !known || before.chars().count() > 8 || is_space && !before.ends_with('者') {
        return None;
    }
    let rest = rest.trim_end_matches(['）', ')', ']', '】']);
    let rest = rest.split(['（', '(']).next().unwrap_or(rest);
    let mut names = Vec::new();
    for part in rest
        .split([' ', '\u{3000}', '、', ',', '，', ';', '；', '/', '／', '&', '＆'])
        .filter(|part| !part.is_empty())
    {
        if Refusal::of_low(part).is(Refusal::PLACEHOLDER.or(Refusal::AGENCY).or(Refusal::ROLE)) {
            continue;
        }
        if !is_hangul_or_han_name(part)
            && !part
                .chars()
                .all(|c| matches!(c, '\u{3040}'..='\u{30ff}') || is_east_asian(c) || c == '·' || c == '・')
        {
            return name(rest, Strictness::Text).map(|name| vec![name]);
        }
        if part.chars().count() > 12 {
            return None;
        }
        names.push(part.to_owned());
    }
    (names.len() <= 6).then_some(names)
}

/// Whether a text may have such signs: it has one of the bytes that they begin with.
pub(super) fn may_be(text: &str) -> bool {
    text.bytes().any(|byte| matches!(byte, 0xe3..=0xed | 0xef))
}

pub(super) fn is_east_asian(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}' | '\u{f900}'..='\u{faff}')
}

/// Two to five signs of Chinese or Hangul: what names in these scripts look like, and much else.
pub(super) fn is_hangul_or_han_name(word: &str) -> bool {
    let mut count = 0;
    for part in word.split(['·', ',', '、', '・']) {
        count = part.chars().count();
        if !(2..=5).contains(&count) || !part.chars().all(is_east_asian) {
            return false;
        }
    }
    count > 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_signs_show_in_their_first_bytes() {
        let all = ('\0'..=char::MAX).filter(|c| is_east_asian(*c));
        assert!({ all }.all(|c| may_be(c.encode_utf8(&mut [0; 4]))));
        assert!(!may_be("Älplermagronen – “à la carte” ₂"));
    }
}
