//! What of a page is compared with others: its body.

use crate::document::Subject;
use crate::jsonl::{self, Prefer};
use crate::pipeline::notes;
use unfurnish::{Article, Extractor, Fingerprint, Format, Label, Page, Scratch};

/// Finds the bodies of pages.
#[derive(Debug)]
pub(crate) struct Bodies {
    clean: bool,
    cleaner: Extractor,
    /// Keeps everything: takes Markdown's notation away and nothing else.
    reader: Extractor,
}

/// The fingerprint of a page's body, and what came out on the way.
#[derive(Debug)]
pub(crate) struct Print {
    pub(crate) print: Fingerprint,
    /// When the page says it was published.
    pub(crate) published: Option<String>,
    pub(crate) notes: Vec<String>,
}

impl Bodies {
    /// HTML is always cleaned, text and Markdown if `clean` says so.
    pub(crate) fn new(clean: bool) -> Self {
        let reader = Extractor::builder().keep(Label::ALL.iter().copied()).build();
        Self { clean, cleaner: Extractor::default(), reader }
    }

    /// What a line stands for that has several keys of a page.
    pub(crate) fn prefer(clean: bool) -> Prefer {
        if clean { Prefer::Page } else { Prefer::Body }
    }

    /// The body of a page, and what its reader should know.
    pub(crate) fn of(&self, page: &Page<'_>) -> (String, Vec<String>) {
        match self.article(page, &mut Scratch::default()) {
            Some(article) => (article.text().to_owned(), notes(article)),
            None => (page.source().to_owned(), Vec::new()),
        }
    }

    /// The fingerprint of a page's body, and what else came out.
    pub(crate) fn print(&self, page: &Page<'_>, scratch: &mut Scratch) -> Print {
        let Some(article) = self.article(page, scratch) else {
            return Print { print: Fingerprint::of(page.source()), published: None, notes: Vec::new() };
        };
        Print {
            print: Fingerprint::of(article.text()),
            published: article.metadata().published().map(str::to_owned),
            notes: notes(article),
        }
    }

    /// The article whose text is the body; none if the page is all body.
    fn article<'s>(&self, page: &Page<'_>, scratch: &'s mut Scratch) -> Option<&'s Article> {
        let extractor = match page.format() {
            Format::Text if !self.clean => return None,
            Format::Markdown if !self.clean => &self.reader,
            _ => &self.cleaner,
        };
        Some(extractor.extract_into(page, scratch))
    }
}

/// The name under which a document stands in answers, as JSON: its id, else its file, and its line if it was one.
pub(crate) fn id(subject: &Subject<'_>) -> String {
    if let Some(id) = subject.id.as_ref().filter(|id| *id != "null") {
        return id.clone();
    }
    let name = subject.source.path.as_ref().map_or("-".into(), |path| path.to_string_lossy());
    match subject.line {
        Some((line, _)) => jsonl::string(&format!("{name}:{line}")),
        None => jsonl::string(&name),
    }
}
