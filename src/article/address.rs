//! Addresses: relative ones made absolute (RFC 3986, §5.2), empty and unsafe ones dropped.

use std::borrow::Cow;

/// The address a link leads to; `None` where it leads nowhere or runs code.
pub(crate) fn absolute(target: &str, base: Option<&str>) -> Option<String> {
    resolve(target, base.and_then(Base::of).as_ref()).map(Cow::into_owned)
}

/// [`absolute`] for many links of one page.
pub(super) fn resolve<'t>(target: &'t str, base: Option<&Base<'_>>) -> Option<Cow<'t, str>> {
    // Browsers skip these inside an address, and so must whoever looks for "javascript:".
    if target.bytes().any(|byte| matches!(byte, b'\t' | b'\n' | b'\r' | b'\0')) {
        let target = target.replace(['\t', '\n', '\r', '\0'], "");
        return resolve(&target, base).map(|address| Cow::Owned(address.into_owned()));
    }
    let target = target.trim_matches(|c: char| c <= ' ');
    if target.is_empty() || target.starts_with('#') {
        return None;
    }
    if let Some(scheme) = scheme(target) {
        let known = ["http", "https", "mailto", "tel", "ftp"];
        return known.iter().any(|k| scheme.eq_ignore_ascii_case(k)).then_some(Cow::Borrowed(target));
    }
    Some(base.map_or(Cow::Borrowed(target), |base| Cow::Owned(base.join(target))))
}

/// Addresses one behind the other: pages have hundreds, and each for itself would be memory for itself.
#[derive(Clone, Debug, Default)]
pub(crate) struct Addresses {
    text: String,
    /// Where each ends.
    ends: Vec<usize>,
}

impl Addresses {
    /// Forgets all but their memory.
    pub(super) fn clear(&mut self) {
        self.text.clear();
        self.ends.clear();
    }

    /// Gives the place of one more.
    pub(super) fn push(&mut self, address: &str) -> u32 {
        self.text.push_str(address);
        self.ends.push(self.text.len());
        self.ends.len() as u32 - 1
    }

    /// The one at a place.
    pub(super) fn get(&self, place: u32) -> Option<&str> {
        let place = place as usize;
        let start = place.checked_sub(1).map_or(Some(0), |before| self.ends.get(before).copied())?;
        self.text.get(start..*self.ends.get(place)?)
    }
}

/// The name before the colon, if the address has one.
pub(crate) fn scheme(address: &str) -> Option<&str> {
    // Not what stands before the first colon: most addresses have none, and show at their first byte that they have no scheme.
    let is_part = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.');
    let end = address.bytes().position(|byte| !is_part(byte))?;
    let scheme = address.get(..end).filter(|_| address.as_bytes()[end] == b':')?;
    scheme.starts_with(|c: char| c.is_ascii_alphabetic()).then_some(scheme)
}

/// The host of an absolute address, without port and user, in lower case.
pub(crate) fn host(address: &str) -> Option<String> {
    let rest = address.split_once("://")?.1;
    let authority = &rest[..rest.find(['/', '?', '#', '\\']).unwrap_or(rest.len())];
    let host = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
    let host = host.split(':').next().unwrap_or_default();
    (!host.is_empty()).then(|| host.to_ascii_lowercase())
}

/// An address taken apart.
pub(super) struct Base<'a> {
    scheme: &'a str,
    authority: &'a str,
    path: &'a str,
    query: &'a str,
}

impl<'a> Base<'a> {
    pub(super) fn of(address: &'a str) -> Option<Self> {
        let scheme = scheme(address)?;
        let rest = address[scheme.len() + 1..].strip_prefix("//")?;
        let authority_end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
        let (authority, rest) = rest.split_at(authority_end);
        let rest = rest.split('#').next().unwrap_or_default();
        let (path, query) = rest.split_at(rest.find('?').unwrap_or(rest.len()));
        (!authority.is_empty()).then_some(Self { scheme, authority, path, query })
    }

    fn join(&self, target: &str) -> String {
        let Self { scheme, authority, .. } = *self;
        if let Some(rest) = target.strip_prefix("//") {
            return [scheme, "://", rest].concat();
        }
        let path_end = target.bytes().position(|byte| matches!(byte, b'?' | b'#')).unwrap_or(target.len());
        let (path, tail) = target.split_at(path_end);
        let path = if path.is_empty() {
            let query = if tail.starts_with('?') { "" } else { self.query };
            return [scheme, "://", authority, self.path, query, tail].concat();
        } else if path.starts_with('/') {
            without_dots(Cow::Borrowed(path))
        } else {
            let folder = self.path.rfind('/').map_or("/", |slash| &self.path[..=slash]);
            without_dots(Cow::Owned([folder, path].concat()))
        };
        [scheme, "://", authority, &path, tail].concat()
    }
}

/// RFC 3986, §5.2.4.
fn without_dots(path: Cow<'_, str>) -> Cow<'_, str> {
    if !path.contains("/.") {
        return path;
    }
    let mut parts: Vec<&str> = Vec::new();
    let mut pieces = path.split('/').skip(1).peekable();
    while let Some(piece) = pieces.next() {
        match piece {
            ".." => {
                parts.pop();
            }
            "." => {}
            other => {
                parts.push(other);
                continue;
            }
        }
        if pieces.peek().is_none() {
            parts.push("");
        }
    }
    Cow::Owned(["/", &parts.join("/")].concat())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn relative_addresses_resolve_as_in_the_rfc() {
        let base = Some("http://a/b/c/d;p?q");
        for (target, expected) in [
            ("g", "http://a/b/c/g"),
            ("./g", "http://a/b/c/g"),
            ("g/", "http://a/b/c/g/"),
            ("/g", "http://a/g"),
            ("//g", "http://g"),
            ("?y", "http://a/b/c/d;p?y"),
            ("g?y", "http://a/b/c/g?y"),
            (".", "http://a/b/c/"),
            ("..", "http://a/b/"),
            ("../g", "http://a/b/g"),
            ("../../../g", "http://a/g"),
            ("https://x.org/", "https://x.org/"),
        ] {
            assert_eq!(absolute(target, base).as_deref(), Some(expected), "{target}");
        }
    }

    #[test]
    fn what_leads_nowhere_or_runs_code_is_no_address() {
        for target in [
            "",
            "#",
            "#top",
            "javascript:alert(1)",
            " java\nscript:alert(1)",
            "\u{1}javascript:x",
            "data:text/html,x",
            "vbscript:x",
        ] {
            assert_eq!(absolute(target, Some("https://a.org/")), None, "{target:?}");
        }
    }

    #[test]
    fn each_address_has_its_place() {
        let mut all = Addresses::default();
        assert_eq!(all.get(0), None);
        for _ in 0..2 {
            let places = ["/a", "", "https://x.org/ä"].map(|address| all.push(address));
            assert_eq!(places.map(|place| all.get(place)), [Some("/a"), Some(""), Some("https://x.org/ä")]);
            assert_eq!(all.get(3), None);
            all.clear();
        }
    }

    #[test]
    fn a_scheme_is_what_fits_before_the_first_colon() {
        let slow = |address: &str| {
            let (scheme, _) = address.split_once(':')?;
            let is_part = |c: char| c.is_ascii_alphanumeric() || "+-.".contains(c);
            let fits = scheme.chars().all(is_part) && scheme.starts_with(|c: char| c.is_ascii_alphabetic());
            fits.then(|| scheme.to_owned())
        };
        let signs = ["", "a", "Z", "7", "+", "-", ".", ":", "/", "é", " "];
        let pairs = signs.iter().flat_map(|one| signs.iter().map(move |two| format!("{one}{two}")));
        let pairs: Vec<String> = pairs.collect();
        for address in pairs.iter().flat_map(|one| pairs.iter().map(move |two| format!("{one}{two}"))) {
            assert_eq!(scheme(&address).map(str::to_owned), slow(&address), "{address}");
        }
    }

    #[test]
    fn hosts_have_no_port_and_no_user() {
        assert_eq!(host("https://me@News.Example.org:8080/a").as_deref(), Some("news.example.org"));
        assert_eq!(host("/a"), None);
    }
}
