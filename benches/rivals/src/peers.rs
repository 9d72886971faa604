//! The extractors, and what each is asked for: the plain text of a page.
//!
//! Bare parsers and tokenizers answer with the text of the whole page or a count, so that the work is not
//! optimized away.

use std::error::Error;
use std::process::Command;

/// An extractor that can be run.
#[derive(Debug)]
pub struct Peer {
    pub name: String,
    pub version: String,
    /// Whether it only parses: no article is looked for.
    pub is_bare: bool,
    /// The program that understands `--worker NAME PAGES FROM`, and what stands before that.
    pub command: Vec<String>,
}

type Extract = fn(&str) -> String;

/// One extractor in this program: name, crate whose version counts, what it does.
struct BuiltIn {
    name: &'static str,
    package: &'static str,
    is_bare: bool,
    extract: Extract,
}

macro_rules! built_in {
    ($($(#[$when:meta])* $name:literal, $package:literal, $bare:literal, $extract:expr;)*) => {
        vec![$($(#[$when])* BuiltIn { name: $name, package: $package, is_bare: $bare, extract: $extract }),*]
    };
}

fn all_built_in() -> Vec<BuiltIn> {
    built_in! {
        "unfurnish", "unfurnish", false, |html| unfurnish::extract(unfurnish::Page::html(html)).text().to_owned();
        "unfurnish: tree alone", "unfurnish", true, |html| {
            unfurnish::bench::tree(&unfurnish::Page::html(html)).to_string()
        };
        #[cfg(feature = "dom_smoothie")]
        "dom_smoothie", "dom_smoothie", false, rust::dom_smoothie;
        #[cfg(feature = "legible")]
        "legible", "legible", false, rust::legible;
        #[cfg(feature = "readable-readability")]
        "readable-readability", "readable-readability", false, rust::readable_readability;
        #[cfg(feature = "readability")]
        "readability", "readability", false, rust::readability;
        #[cfg(feature = "readabilityrs")]
        "readabilityrs", "readabilityrs", false, rust::readabilityrs;
        #[cfg(feature = "llm_readability")]
        "llm_readability", "llm_readability", false, rust::llm_readability;
        #[cfg(feature = "dom-content-extraction")]
        "dom-content-extraction", "dom-content-extraction", false, rust::dom_content_extraction;
        #[cfg(feature = "rs-trafilatura")]
        "rs-trafilatura", "rs-trafilatura", false, rust::rs_trafilatura;
        #[cfg(feature = "trafilatura")]
        "trafilatura (crate)", "trafilatura", false, |html| rust::trafilatura(html, false);
        #[cfg(feature = "trafilatura")]
        "trafilatura (crate) with fallback", "trafilatura", false, |html| rust::trafilatura(html, true);
        #[cfg(feature = "scraper")]
        "scraper: Html::parse_document", "scraper", true, rust::scraper;
        #[cfg(feature = "html5ever")]
        "html5ever: RcDom", "html5ever", true, rust::html5ever_tree;
        #[cfg(feature = "html5ever")]
        "html5ever: tokens", "html5ever", true, rust::html5ever_tokens;
        #[cfg(feature = "html5gum")]
        "html5gum: tokens", "html5gum", true, rust::html5gum_tokens;
        #[cfg(feature = "html5gum")]
        "html5gum: tokens with spans", "html5gum", true, rust::html5gum_spans;
        #[cfg(feature = "lol_html")]
        "lol_html: text handler", "lol_html", true, rust::lol_html;
        #[cfg(feature = "tl")]
        "tl: parse", "tl", true, rust::tl;
    }
}

/// The extractor of this name in this program.
pub fn built_in(name: &str) -> Option<Extract> {
    all_built_in().into_iter().find(|peer| peer.name == name).map(|peer| peer.extract)
}

/// Every extractor that was built, and with a Python those that `peers.py` finds.
pub fn all(python: Option<&str>) -> Result<Vec<Peer>, Box<dyn Error>> {
    let this = std::env::current_exe()?.to_string_lossy().into_owned();
    let mut peers: Vec<Peer> = all_built_in()
        .into_iter()
        .map(|peer| Peer {
            name: peer.name.to_owned(),
            version: version(peer.package),
            is_bare: peer.is_bare,
            command: vec![this.clone()],
        })
        .collect();
    if let Some(python) = python {
        let script = concat!(env!("CARGO_MANIFEST_DIR"), "/peers.py");
        let listed = Command::new(python).arg(script).arg("--versions").output()?;
        for line in String::from_utf8_lossy(&listed.stdout).lines() {
            if let [name, version, bare] = line.split('\t').collect::<Vec<_>>()[..] {
                peers.push(Peer {
                    name: name.to_owned(),
                    version: version.to_owned(),
                    is_bare: bare == "bare",
                    command: vec![python.to_owned(), script.to_owned()],
                });
            }
        }
    }
    Ok(peers)
}

/// The version in Cargo.lock that this crate itself depends on: the newest one that stands there.
fn version(package: &str) -> String {
    let mut versions: Vec<Vec<u64>> = include_str!("../Cargo.lock")
        .split("[[package]]")
        .filter(|entry| entry.lines().any(|line| line == format!("name = \"{package}\"")))
        .filter_map(|entry| entry.lines().find_map(|line| line.strip_prefix("version = \"")))
        .map(|version| {
            let plain = version.trim_end_matches('"').split(['+', '-']).next().unwrap_or_default();
            plain.split('.').map(|part| part.parse().unwrap_or(0)).collect()
        })
        .collect();
    versions.sort();
    let newest = versions.pop().unwrap_or_default();
    newest.iter().map(u64::to_string).collect::<Vec<_>>().join(".")
}

/// How each crate is called; an error is an answer without text.
mod rust {
    #[cfg(feature = "dom_smoothie")]
    pub fn dom_smoothie(html: &str) -> String {
        let Ok(mut page) = dom_smoothie::Readability::new(html, None, None) else { return String::new() };
        page.parse().map_or_else(|_| String::new(), |article| article.text_content.to_string())
    }

    #[cfg(feature = "legible")]
    pub fn legible(html: &str) -> String {
        legible::parse(html, None, None).map_or_else(|_| String::new(), |article| article.text_content)
    }

    #[cfg(feature = "readable-readability")]
    pub fn readable_readability(html: &str) -> String {
        readable_readability::Readability::new().parse(html).0.text_contents()
    }

    #[cfg(any(feature = "readability", feature = "llm_readability"))]
    const ADDRESS: &str = "https://example.org/";

    #[cfg(feature = "readability")]
    pub fn readability(html: &str) -> String {
        let Ok(url) = url::Url::parse(ADDRESS) else { return String::new() };
        readability::extractor::extract(&mut html.as_bytes(), &url)
            .map_or_else(|_| String::new(), |found| found.text)
    }

    #[cfg(feature = "llm_readability")]
    pub fn llm_readability(html: &str) -> String {
        let Ok(url) = url::Url::parse(ADDRESS) else { return String::new() };
        llm_readability::extractor::extract(&mut html.as_bytes(), &url)
            .map_or_else(|_| String::new(), |found| found.text)
    }

    #[cfg(feature = "readabilityrs")]
    pub fn readabilityrs(html: &str) -> String {
        let Ok(page) = readabilityrs::Readability::new(html, None, None) else { return String::new() };
        page.parse().and_then(|article| article.text_content).unwrap_or_default()
    }

    #[cfg(feature = "dom-content-extraction")]
    pub fn dom_content_extraction(html: &str) -> String {
        let page = dom_content_extraction::scraper::Html::parse_document(html);
        dom_content_extraction::get_content(&page).unwrap_or_default()
    }

    #[cfg(feature = "rs-trafilatura")]
    pub fn rs_trafilatura(html: &str) -> String {
        rs_trafilatura::extract(html).map_or_else(|_| String::new(), |found| found.content_text)
    }

    #[cfg(feature = "trafilatura")]
    pub fn trafilatura(html: &str, fallback: bool) -> String {
        let options = trafilatura::Options::default().with_fallback(fallback);
        trafilatura::extract(html, &options).map_or_else(|_| String::new(), |found| found.content_text)
    }

    #[cfg(feature = "scraper")]
    pub fn scraper(html: &str) -> String {
        scraper::Html::parse_document(html).tree.nodes().len().to_string()
    }

    #[cfg(feature = "html5ever")]
    pub fn html5ever_tree(html: &str) -> String {
        use html5ever::tendril::TendrilSink as _;
        let page =
            html5ever::parse_document(markup5ever_rcdom::RcDom::default(), Default::default()).one(html);
        page.document.children.borrow().len().to_string()
    }

    #[cfg(feature = "html5ever")]
    pub fn html5ever_tokens(html: &str) -> String {
        use html5ever::tokenizer::{BufferQueue, Token, TokenSink, TokenSinkResult, Tokenizer};
        use std::cell::Cell;

        struct Count(Cell<usize>);
        impl TokenSink for Count {
            type Handle = ();
            fn process_token(&self, _: Token, _: u64) -> TokenSinkResult<()> {
                self.0.set(self.0.get() + 1);
                TokenSinkResult::Continue
            }
        }
        let input = BufferQueue::default();
        input.push_back(html.into());
        let tokenizer = Tokenizer::new(Count(Cell::new(0)), Default::default());
        let _ = tokenizer.feed(&input);
        tokenizer.end();
        tokenizer.sink.0.get().to_string()
    }

    #[cfg(feature = "html5gum")]
    pub fn html5gum_tokens(html: &str) -> String {
        html5gum::Tokenizer::new(html).filter(Result::is_ok).count().to_string()
    }

    #[cfg(feature = "html5gum")]
    pub fn html5gum_spans(html: &str) -> String {
        let emitter = html5gum::DefaultEmitter::<usize>::new_with_span();
        html5gum::Tokenizer::new_with_emitter(html, emitter).filter(Result::is_ok).count().to_string()
    }

    #[cfg(feature = "lol_html")]
    pub fn lol_html(html: &str) -> String {
        let mut bytes = 0;
        let settings =
            lol_html::Settings::new().append_document_content_handler(lol_html::doc_text!(|chunk| {
                bytes += chunk.as_str().len();
                Ok(())
            }));
        let mut rewriter = lol_html::HtmlRewriter::new(settings, |_: &[u8]| {});
        let outcome = rewriter.write(html.as_bytes()).and_then(|()| rewriter.end());
        if outcome.is_ok() { bytes.to_string() } else { String::new() }
    }

    #[cfg(feature = "tl")]
    pub fn tl(html: &str) -> String {
        tl::parse(html, tl::ParserOptions::default())
            .map_or_else(|_| String::new(), |page| page.nodes().len().to_string())
    }
}
