//! The name of the site, and the page's own address.

use super::survey::collapsed;
use crate::article::{absolute, host};

/// A longer name is a slogan or a title.
const LONGEST_NAME_CHARS: usize = 80;

/// The first of these that can be the name of a site.
pub(super) fn name<'a>(candidates: impl IntoIterator<Item = Option<&'a str>>) -> Option<String> {
    candidates.into_iter().flatten().map(collapsed).find(|name| {
        let count = name.chars().count();
        (2..=LONGEST_NAME_CHARS).contains(&count)
            && name.chars().any(char::is_alphabetic)
            && !name.contains("://")
            && !name.starts_with(['@', '{', '#'])
            && !is_system(name)
    })
}

/// What content management systems name themselves where the site should stand.
fn is_system(name: &str) -> bool {
    const NAMES: &[&str] = &[
        "wordpress",
        "drupal",
        "joomla",
        "my wordpress",
        "undefined",
        "null",
        "none",
        "website",
        "site name",
        "home",
        "blog",
        "untitled",
    ];
    NAMES.iter().any(|known| name.eq_ignore_ascii_case(known))
}

/// The page's address: the first of these that is absolute and leads to a page of its own.
///
/// A canonical address that is the home page, of a page that is not, is the fault of a template.
pub(super) fn address<'a>(
    candidates: impl IntoIterator<Item = Option<&'a str>>,
    given: Option<&str>,
) -> Option<String> {
    let given_is_deep = given.is_some_and(is_deep);
    candidates
        .into_iter()
        .flatten()
        .filter_map(|address| full(address, given))
        .find(|address| is_deep(address) || !given_is_deep)
        .or_else(|| given.and_then(|given| full(given, None)))
}

/// An address of a page, made absolute; `None` for anything else.
pub(super) fn full(address: &str, base: Option<&str>) -> Option<String> {
    /// Longer ones carry data, not places.
    const LONGEST_BYTES: usize = 2048;
    let found = absolute(address.trim(), base)?;
    let is_web = found.get(..4).is_some_and(|scheme| scheme.eq_ignore_ascii_case("http"))
        && found.len() <= LONGEST_BYTES
        && !found.contains(char::is_whitespace);
    (is_web && host(&found).is_some_and(|host| host.contains('.') || host == "localhost")).then_some(found)
}

/// Whether an address leads further than to a site's home page.
pub(super) fn is_deep(address: &str) -> bool {
    path(address).len() > 1
}

/// What stands behind the host, without query and fragment.
fn path(address: &str) -> &str {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    let path = rest.find('/').map_or("", |at| &rest[at..]);
    let whole = path.split('#').next().unwrap_or_default();
    // Old pages are told apart by their queries only: "/?p=12".
    if whole.contains('?') { whole } else { whole.trim_end_matches("index.html") }
}

/// The address that a line of text is, be it in angle brackets or behind a label.
pub(super) fn in_text(text: &str) -> Option<String> {
    let word = text.split_whitespace().find(|word| word.contains("://"))?;
    // A label's colon may stand right before it: "原文链接：https://…".
    let scheme = word.find("://").map(|at| {
        let before = word[..at].bytes().rev().take_while(u8::is_ascii_alphabetic).count();
        at - before
    })?;
    full(
        word[scheme..].trim_end_matches(['<', '>', '(', ')', '[', ']', '"', ',', '）', '】', '」', '。']),
        None,
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_canonical_address_that_is_the_home_page_of_another_page_does_not_count() {
        let given = Some("https://a.org/2025/ship?x=1");
        for (canonical, expected) in [
            ("https://a.org/", "https://a.org/2025/ship?x=1"),
            ("https://a.org/2025/ship", "https://a.org/2025/ship"),
            ("/2025/ship", "https://a.org/2025/ship"),
            ("//a.org/ship", "https://a.org/ship"),
            ("javascript:x", "https://a.org/2025/ship?x=1"),
            ("ftp://a.org/x", "https://a.org/2025/ship?x=1"),
            ("", "https://a.org/2025/ship?x=1"),
        ] {
            assert_eq!(address([Some(canonical)], given).as_deref(), Some(expected), "{canonical}");
        }
        assert_eq!(address([Some("/relative")], None), None);
        assert_eq!(address([Some("https://a.org/")], None).as_deref(), Some("https://a.org/"));
    }

    #[test]
    fn the_first_real_name_is_the_sites() {
        assert_eq!(
            name([None, Some("  "), Some("WordPress"), Some("Harbour\n Times")]).as_deref(),
            Some("Harbour Times")
        );
        assert_eq!(name([Some("https://a.org"), Some("12")]), None);
    }

    #[test]
    fn a_line_may_hold_an_address() {
        assert_eq!(in_text("<https://a.org/x>").as_deref(), Some("https://a.org/x"));
        assert_eq!(in_text("Source: https://a.org/x").as_deref(), Some("https://a.org/x"));
        assert_eq!(in_text("原文链接：https://a.org/x）").as_deref(), Some("https://a.org/x"));
        assert_eq!(in_text("no address"), None);
    }
}
