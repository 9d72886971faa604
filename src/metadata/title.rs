//! The title, without the name of the site that pages hang on it.
//!
//! A page says its title in up to five places, each with other additions. Where two of them agree on a part,
//! that part is the title; the name of the site alone is cut where the page or its address gives it away.

use super::survey::collapsed;
use crate::letter::is_alphanumeric;
use std::collections::HashSet;

/// Where titles come from, in the order of trust.
#[derive(Debug, Default)]
pub(super) struct Sources<'a> {
    /// The headline of structured data.
    pub(super) headline: Option<&'a str>,
    /// `og:title` and its like, the most trusted first.
    pub(super) metas: &'a [&'a str],
    /// The headings of the first level.
    pub(super) headings: Vec<&'a str>,
    /// The `title` element.
    pub(super) element: Option<&'a str>,
    pub(super) site: Option<&'a str>,
    pub(super) host: Option<&'a str>,
}

/// What parts a title from the name of its site, blanks included.
const SEPARATORS: &[&str] = &[
    " | ", " - ", " — ", " – ", " :: ", " » ", " « ", " · ", " • ", " / ", " ― ", "｜", "丨", " ‹ ", " < ",
    " > ", " ~ ", "_", ": ", "ㅣ", "--",
];

/// Separators that hardly ever stand inside a title.
const SURE_SEPARATORS: &[&str] = &[" | ", " :: ", "｜", "丨", " » ", " « "];

/// The title that the sources agree on, or that of the most trusted one.
pub(super) fn of(sources: &Sources<'_>) -> Option<String> {
    let stated: Vec<&str> = sources.headline.into_iter().chain(sources.metas.iter().copied()).collect();
    let others: Vec<&str> = stated.iter().copied().chain(sources.element).collect();
    // The heading is what a reader of the page sees; it counts if anything else on the page says the same.
    let heading = sources
        .headings
        .iter()
        .find(|heading| others.iter().any(|other| same(heading, other)) && !is_site(heading, sources))
        .or_else(|| {
            let cut: Vec<String> = others.iter().map(|other| without_site(other, sources)).collect();
            sources
                .headings
                .iter()
                .find(|heading| cut.iter().any(|cut| same(heading, cut)) && !is_site(heading, sources))
        })
        .or_else(|| {
            let mut headings = sources
                .headings
                .iter()
                .filter(|heading| word_count(heading) >= 2 && !is_site(heading, sources));
            let mut ending = None;
            // What titles begin with is the title more often than what they end in, which may be the site's name.
            let beginning = headings.find(|heading| {
                let ends = others.iter().filter_map(|other| stands_at(other, heading));
                let begins = ends.clone().any(|end| end == End::First);
                if !begins && ends.count() > 0 {
                    ending = ending.or(Some(*heading));
                }
                begins
            });
            beginning.or(ending)
        });
    if let Some(heading) = heading {
        return Some(without_site(heading, sources));
    }
    let best = stated.first().copied().or(sources.element).or(sources.headings.first().copied())?;
    let title = cut_by_agreement(best, sources).unwrap_or_else(|| without_site(best, sources));
    (!title.is_empty()).then_some(title)
}

/// Whether two titles are those of one article: the same words, or one within the other.
pub(super) fn agree(one: &str, other: &str) -> bool {
    if same(one, other) {
        return bare_chars(one).next().is_some();
    }
    let (one, other) = (words(one), words(other));
    if one.is_empty() || other.is_empty() {
        return false;
    }
    let shared = one.intersection(&other).count();
    // Two thirds of the shorter: a headline shortened for social networks passes, two articles on one subject
    // do not. One word in common is never enough, unless that is the title.
    let shorter = one.len().min(other.len());
    shared * 3 >= shorter * 2 && (shared >= 2 || one.len() == other.len())
}

fn words(title: &str) -> HashSet<String> {
    let mut words: HashSet<String> = title
        .split(|c: char| !is_alphanumeric(c))
        .filter(|word| !word.is_empty())
        .take(60)
        .map(str::to_lowercase)
        .collect();
    // Scripts without spaces: pairs of signs serve as words.
    if title.chars().any(is_without_spaces) {
        let signs: Vec<char> = title.chars().filter(|c| is_alphanumeric(*c)).take(200).collect();
        words = signs.windows(2).map(|pair| pair.iter().collect()).collect();
    }
    words
}

/// How many words a title has; in scripts without spaces, how many signs but one.
fn word_count(title: &str) -> usize {
    if title.chars().any(is_without_spaces) {
        return title.chars().filter(|c| is_alphanumeric(*c)).count().saturating_sub(1);
    }
    title.split(|c: char| !is_alphanumeric(c)).filter(|word| !word.is_empty()).count()
}

/// Kana, Chinese characters and Thai.
fn is_without_spaces(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{e01}'..='\u{e4e}')
}

/// Letters and digits only, in lower case: quotes, dashes and blanks differ between the places.
fn bare_chars(title: &str) -> impl Iterator<Item = char> + Clone + '_ {
    title.chars().filter(|c| is_alphanumeric(*c)).flat_map(char::to_lowercase)
}

fn bare(title: &str) -> String {
    bare_chars(title).collect()
}

fn same(one: &str, other: &str) -> bool {
    one == other || bare_chars(one).eq(bare_chars(other))
}

/// Where in a longer title a part of it stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum End {
    First,
    Last,
}

/// At which end of `title` `part` stands, if it is not the whole of it.
fn stands_at(title: &str, part: &str) -> Option<End> {
    let (title, part) = (bare(title), bare(part));
    // A heading of a few letters stands in every title.
    const LEAST_BYTES: usize = 8;
    if part.len() < LEAST_BYTES || title.len() <= part.len() {
        return None;
    }
    if title.starts_with(&part) { Some(End::First) } else { title.ends_with(&part).then_some(End::Last) }
}

/// The part of a title that another source gives alone.
fn cut_by_agreement(title: &str, sources: &Sources<'_>) -> Option<String> {
    let others: Vec<&str> = sources
        .metas
        .iter()
        .copied()
        .chain(sources.headings.iter().copied())
        .chain(sources.headline)
        .chain(sources.element)
        .collect();
    for separator in SEPARATORS {
        if let Some(at) = title.rfind(separator) {
            let (before, after) = (title[..at].trim(), title[at + separator.len()..].trim());
            if let Some(part) = [before, after]
                .into_iter()
                .find(|part| word_count(part) >= 2 && others.iter().any(|other| same(part, other)))
            {
                return Some(part.to_owned());
            }
        }
    }
    None
}

/// A title without the name of the site at its ends.
pub(super) fn without_site(title: &str, sources: &Sources<'_>) -> String {
    let mut title = collapsed(title);
    // "Title | Section | Site": each is cut in its turn.
    const MOST_CUTS: usize = 3;
    for _ in 0..MOST_CUTS {
        match shortened(&title, sources) {
            Some(shorter) => title = shorter,
            None => break,
        }
    }
    title
}

/// The separators that may stand in a title: all but those whose sign's first byte is not there.
fn separators_in(title: &str) -> impl Iterator<Item = &'static str> {
    let has = |byte: &u8| memchr::memchr(*byte, title.as_bytes()).is_some();
    SEPARATORS
        .iter()
        .copied()
        .filter(move |separator| separator.trim_start().as_bytes().first().is_some_and(has))
}

fn shortened(title: &str, sources: &Sources<'_>) -> Option<String> {
    /// What every separator has one of.
    const SIGNS: &[char] =
        &['|', '-', '—', '–', ':', '»', '«', '·', '•', '/', '―', '｜', '丨', '‹', '<', '>', '~', '_', 'ㅣ'];
    if !title.contains(SIGNS) {
        return None;
    }
    let (at, separator) = separators_in(title)
        .filter_map(|separator| Some((title.rfind(separator)?, separator)))
        .max_by_key(|(at, separator)| (*at, separator.len()))?;
    let (before, after) = (title[..at].trim(), title[at + separator.len()..].trim());
    let rest_is_title = |rest: &str| word_count(rest) >= 2 || rest.chars().count() >= 4;
    if rest_is_title(before) && is_site(after, sources) {
        return Some(before.to_owned());
    }
    // Behind a stroke stands the site or a section, if it is short and what is before it is a title.
    if SURE_SEPARATORS.contains(&separator)
        && word_count(before) >= 3
        && word_count(after) <= 4
        && after.chars().count() < before.chars().count()
    {
        return Some(before.to_owned());
    }
    let (at, separator) = separators_in(title)
        .filter_map(|separator| Some((title.find(separator)?, separator)))
        .min_by_key(|(at, _)| *at)?;
    let (before, after) = (title[..at].trim(), title[at + separator.len()..].trim());
    (rest_is_title(after) && is_site(before, sources)).then(|| after.to_owned())
}

/// Whether a part of a title is the name of the site, by the name that the page gives or by its host.
fn is_site(part: &str, sources: &Sources<'_>) -> bool {
    let part = bare(part);
    if part.is_empty() {
        return false;
    }
    if sources.site.is_some_and(|site| {
        let site = bare(site);
        site == part
            || site.len() >= 4 && (part.starts_with(&site) || part.ends_with(&site))
            || part.len() >= 4 && site.starts_with(&part)
    }) {
        return true;
    }
    let Some(host) = sources.host else { return false };
    let host = host.strip_prefix("www.").unwrap_or(host);
    // "The Example Times" at exampletimes.com, "NYT" is not found out.
    let host_bare = bare(host);
    let part = part.strip_prefix("the").filter(|rest| rest.len() >= 4).unwrap_or(&part);
    part.len() >= 4
        && (host_bare.contains(part) || host.split('.').any(|label| label.len() >= 4 && bare(label) == *part))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_of_the_site_is_cut_where_the_page_gives_it_away() {
        for (title, site, host, expected) in [
            ("Ship aground at river mouth | The Harbour Times", None, None, "Ship aground at river mouth"),
            ("Ship aground - Harbour Times", Some("Harbour Times"), None, "Ship aground"),
            ("Ship aground — Harbour Times", None, Some("www.harbourtimes.com"), "Ship aground"),
            ("Harbour Times: Ship aground", Some("Harbour Times"), None, "Ship aground"),
            (
                "Ship aground - a reconstruction",
                None,
                Some("www.harbourtimes.com"),
                "Ship aground - a reconstruction",
            ),
            ("Ship aground: what we know", Some("Harbour Times"), None, "Ship aground: what we know"),
            (
                "Ship aground at the river | News | Harbour Times",
                Some("Harbour Times"),
                None,
                "Ship aground at the river",
            ),
            ("Schiff auf Grund – Hafenblatt.de", None, Some("hafenblatt.de"), "Schiff auf Grund"),
            ("货轮在河口搁浅_港口新闻", Some("港口新闻"), None, "货轮在河口搁浅"),
            ("Harbour Times", Some("Harbour Times"), None, "Harbour Times"),
        ] {
            let sources = Sources { element: Some(title), site, host, ..Sources::default() };
            assert_eq!(of(&sources).as_deref(), Some(expected), "{title}");
        }
    }

    #[test]
    fn the_heading_wins_where_another_place_says_the_same() {
        let metas = ["Ship aground: live updates"];
        let sources = Sources {
            metas: &metas,
            headings: vec!["Harbour Times", "Ship aground"],
            element: Some("Ship aground | Harbour Times"),
            ..Sources::default()
        };
        assert_eq!(of(&sources).as_deref(), Some("Ship aground"));
    }

    #[test]
    fn what_structured_data_say_is_cut_where_the_heading_agrees() {
        let sources = Sources {
            headline: Some("Ship aground - a harbour in fear"),
            element: Some("Ship aground"),
            ..Sources::default()
        };
        assert_eq!(of(&sources).as_deref(), Some("Ship aground"));
    }

    #[test]
    fn titles_agree_if_they_share_most_words() {
        assert!(agree("Ship aground at river mouth", "Ship aground at river mouth – Harbour Times"));
        assert!(agree("货轮在河口搁浅", "货轮在河口搁浅|港口新闻"));
        assert!(!agree("Ship aground at river mouth", "Harbour closed after storm at sea"));
        assert!(!agree("", "Ship"));
    }
}
