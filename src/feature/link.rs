//! Where a block's links lead: out of the site, within the page, to another article.

use crate::tree::tag::Attr;
use crate::tree::{NodeId, Tree};

/// Links of a block by where they lead.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Leads {
    /// To other sites.
    pub(super) outside: u32,
    /// To places in the page.
    pub(super) within: u32,
    /// To addresses that look like those of articles.
    pub(super) articles: u32,
    /// Not to a page: mail, telephone, scripts.
    pub(super) acts: u32,
    /// Of those with a `rel`: to authors and tags, or such as no search engine should follow.
    pub(super) marked: u32,
    /// Hyphens in the longest last part of an address.
    pub(super) hyphens: u32,
}

/// Links of a block that are looked at: a block with more is a list of links whatever they are.
const MOST_LINKS: u32 = 16;
/// Hyphens or underscores in the last part of an article's address, which is made of its title.
const HYPHENS_OF_AN_ARTICLE: u32 = 3;
/// Digits in the last part of an article's address, where it has a number instead.
const DIGITS_OF_AN_ARTICLE: usize = 5;

impl Leads {
    /// Adds the `number`th link of a block on a page of the site `host`.
    pub(super) fn add(&mut self, tree: &Tree<'_>, link: NodeId, number: u32, host: &str) {
        if number >= MOST_LINKS {
            return;
        }
        let address = tree.attribute(link, Attr::Href).unwrap_or_default();
        let address = address.trim_start();
        if let Some(rel) = tree.attribute(link, Attr::Rel) {
            let is_marked =
                |word: &str| matches!(word, "tag" | "author" | "category" | "nofollow" | "sponsored");
            self.marked += u32::from(rel.split_ascii_whitespace().any(is_marked));
        }
        if address.starts_with('#') {
            self.within += 1;
            return;
        }
        let path = match split_host(address) {
            Some((other, path)) => {
                if !host.is_empty() && site(other) != host {
                    self.outside += 1;
                    return;
                }
                path
            }
            None => address,
        };
        let is_scheme =
            |scheme: &str| path.get(..scheme.len()).is_some_and(|s| s.eq_ignore_ascii_case(scheme));
        if ["mailto:", "tel:", "javascript:", "whatsapp:"].into_iter().any(is_scheme) {
            self.acts += 1;
            return;
        }
        let end = memchr::memchr2(b'?', b'#', path.as_bytes()).unwrap_or(path.len());
        let path = path[..end].trim_end_matches('/');
        let last = &path[memchr::memrchr(b'/', path.as_bytes()).map_or(0, |at| at + 1)..];
        let hyphens = last.bytes().filter(|b| matches!(b, b'-' | b'_')).count() as u32;
        let digits = last.bytes().filter(u8::is_ascii_digit).count();
        self.articles += u32::from(hyphens >= HYPHENS_OF_AN_ARTICLE || digits >= DIGITS_OF_AN_ARTICLE);
        self.hyphens = self.hyphens.max(hyphens);
    }
}

/// The host of an address and what follows it; `None` for an address without a host.
pub(super) fn split_host(address: &str) -> Option<(&str, &str)> {
    let rest = ["https://", "http://", "//"].into_iter().find_map(|lead| address.strip_prefix(lead))?;
    Some(rest.split_at(memchr::memchr3(b'/', b'?', b'#', rest.as_bytes()).unwrap_or(rest.len())))
}

/// The part of a host that names the site: its last two labels, three where the second-last is short as in `co.uk`.
pub(super) fn site(host: &str) -> &str {
    let host = &host[..memchr::memchr(b':', host.as_bytes()).unwrap_or(host.len())];
    let mut dots = memchr::memrchr_iter(b'.', host.as_bytes());
    let (Some(last), Some(second)) = (dots.next(), dots.next()) else { return host };
    if last - second > 4 {
        return &host[second + 1..];
    }
    dots.next().map_or(host, |third| &host[third + 1..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_site_is_what_its_hosts_end_with() {
        assert_eq!(site("www.example.com"), "example.com");
        assert_eq!(site("news.example.co.uk:80"), "example.co.uk");
        assert_eq!(site("example.org"), "example.org");
        assert_eq!(site("localhost"), "localhost");
    }

    #[test]
    fn an_address_is_parted_into_host_and_path() {
        assert_eq!(split_host("https://a.example/b?c"), Some(("a.example", "/b?c")));
        assert_eq!(split_host("//a.example"), Some(("a.example", "")));
        assert_eq!(split_host("/b//c"), None);
        assert_eq!(split_host("mailto:a@b.example"), None);
    }
}
