//! Chapter six: what the page says about its article.
//!
//! In two steps, because labels help metadata and metadata help labels: [`read`] takes what the head, structured
//! data and marked elements say before any block is judged; [`complete`] adds what only the judged text shows.
//! For each thing the sources are asked in the order of their trust, and the first that gives a sound answer
//! wins: structured data, then `meta` elements, then marked elements near the title, then lines of the text. What
//! stands further down the page belongs to other articles as often as to this one, and is not asked at all.

pub(crate) mod byline;
pub(crate) mod date;
mod json_ld;
mod language;
pub(crate) mod line;
mod meta_tags;
mod near;
mod site;
mod state;
mod survey;
mod text;
mod title;

use crate::article::host;
use crate::block::Blocks;
use crate::label::Verdict;
use crate::page::Page;
use crate::tree::Tree;
use date::Hint;
pub(crate) use json_ld::article_body;
use meta_tags::MetaTags;
pub(crate) use state::state_body;
use survey::Survey;

/// What is known about an article. Absent is better than wrong: nothing here is a guess unless it says so.
#[non_exhaustive]
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Metadata {
    pub(crate) title: Option<String>,
    pub(crate) authors: Vec<String>,
    pub(crate) published: Option<String>,
    pub(crate) modified: Option<String>,
    pub(crate) site: Option<String>,
    pub(crate) url: Option<String>,
    pub(crate) language: Option<String>,
    pub(crate) description: Option<String>,
    pub(crate) image: Option<String>,
    pub(crate) page_type: Option<String>,
    /// What other chapters ask of the page's head.
    #[cfg_attr(feature = "serde", serde(skip))]
    pub(crate) hints: PageHints,
}

/// What the second step needs of the first, and another chapter of both.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct PageHints {
    body_bytes: usize,
    /// The declared language with its country, in lower case with `-`.
    locale: String,
    address_day: Option<date::Day>,
    /// A date with too little proof to be told unless the caller asks for a guess.
    guess: Option<String>,
}

impl PageHints {
    /// How long the text in the structured data is.
    pub(crate) fn article_body_bytes(&self) -> usize {
        self.body_bytes
    }

    fn date_hint(&self) -> Hint<'_> {
        Hint { locale: &self.locale, day: self.address_day }
    }
}

impl Metadata {
    /// The article's title.
    pub fn title(&self) -> Option<&str> {
        self.title.as_deref()
    }

    /// The names of its authors, in the page's order.
    pub fn authors(&self) -> &[String] {
        &self.authors
    }

    /// When it was published, as ISO 8601: a date or a date and time, with the offset if the page gave one.
    pub fn published(&self) -> Option<&str> {
        self.published.as_deref()
    }

    /// When it was last changed, as [`Self::published`].
    pub fn modified(&self) -> Option<&str> {
        self.modified.as_deref()
    }

    /// The name of the site.
    pub fn site(&self) -> Option<&str> {
        self.site.as_deref()
    }

    /// The article's address: the canonical one, the one given with the page, or the one a source line names.
    pub fn url(&self) -> Option<&str> {
        self.url.as_deref()
    }

    /// The text's language as an ISO 639-1 code.
    pub fn language(&self) -> Option<&str> {
        self.language.as_deref()
    }

    /// The page's own summary.
    pub fn description(&self) -> Option<&str> {
        self.description.as_deref()
    }

    /// The address of the leading picture.
    pub fn image(&self) -> Option<&str> {
        self.image.as_deref()
    }

    /// What the page says it is: a schema.org type or an Open Graph type.
    pub fn page_type(&self) -> Option<&str> {
        self.page_type.as_deref()
    }
}

/// What the page's head, structured data and marked elements say; blocks add to it later.
pub(crate) fn read(page: &Page<'_>, tree: &Tree<'_>) -> Metadata {
    let survey = Survey::of(tree);
    let tags = MetaTags::of(&survey);

    let canonical = survey.canonical.as_deref();
    let url = site::address([canonical, tags.url], page.url());
    let known = json_ld::Page {
        addresses: [canonical, tags.url, page.url(), url.as_deref()].into_iter().flatten().collect(),
        titles: tags
            .titles
            .iter()
            .copied()
            .chain(survey.headings.iter().map(|heading| heading.text.as_str()))
            .chain(survey.title.as_deref())
            .collect(),
    };
    let data = json_ld::read(tree, &survey.scripts, &known);
    let url = url.or_else(|| site::address([data.url.as_deref()], None));
    let base = url.as_deref().or(page.url());

    let site = site::name([tags.site, data.publisher.as_deref()]);
    let host = base.and_then(host);
    let title = title::of(&title::Sources {
        headline: data.headline.as_deref(),
        metas: &tags.titles,
        headings: survey.headings.iter().map(|heading| heading.text.as_str()).collect(),
        element: survey.title.as_deref(),
        site: site.as_deref(),
        host: host.as_deref(),
    });

    let declared = [survey.lang.as_deref(), tags.language, data.language.as_deref()];
    let declared = declared.into_iter().flatten().find(|declared| language::code(declared).is_some());
    let mut hints = PageHints {
        body_bytes: data.body_bytes,
        locale: declared.unwrap_or_default().trim().to_ascii_lowercase().replace('_', "-"),
        address_day: base.and_then(date::in_address).map(|moment| moment.day),
        guess: None,
    };
    let near = near::Near::of(tree, &survey, title.as_deref());
    let hint = hints.date_hint();
    let sound = |text: &str| date::value(text, &hint).map(|moment| moment.to_string());
    let published =
        data.published.as_deref().and_then(sound).or_else(|| tags.published.iter().copied().find_map(sound));
    let modified =
        data.modified.as_deref().and_then(sound).or_else(|| tags.modified.iter().copied().find_map(sound));
    let published = published.or_else(|| near.published(&hint));
    let modified = modified.or_else(|| near.modified(&hint));
    let guess =
        near.guess(&hint).or_else(|| base.and_then(date::in_address).map(|moment| moment.to_string()));
    hints.guess = guess;

    let by_data = data.authors.iter().flat_map(|author| byline::names(author)).collect();
    let authors = [by_data, tags.authors, near.authors()]
        .into_iter()
        .map(|names| without_site(names, site.as_deref(), host.as_deref()));
    let authors = authors.into_iter().find(|names| !names.is_empty()).unwrap_or_default();

    let image = data.image.as_deref().into_iter().chain(tags.image).chain(survey.image.as_deref());
    let description = tags.description.or(data.description.as_deref()).map(survey::collapsed);
    Metadata {
        title,
        authors,
        published,
        modified,
        url: url.clone(),
        language: declared.and_then(language::code),
        description,
        image: { image }.find_map(|image| site::full(image, base)),
        page_type: data.kind.or_else(|| tags.kind.map(str::to_owned)),
        site,
        hints,
    }
}

/// Names that are not the site's own, each once.
fn without_site(names: Vec<String>, site: Option<&str>, host: Option<&str>) -> Vec<String> {
    let bare = |text: &str| -> String {
        text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
    };
    // "Example.com" is Example, and so is "The Example".
    let stem = |text: &str| {
        let text = text
            .rsplit_once('.')
            .filter(|(_, end)| (2..=4).contains(&end.len()))
            .map_or(text, |(stem, _)| stem);
        let own = bare(text);
        own.strip_prefix("the").filter(|rest| rest.len() >= 3).map(str::to_owned).unwrap_or(own)
    };
    let initials: Option<String> =
        site.map(|site| site.split_whitespace().filter_map(|word| word.chars().next()).collect());
    let site = site.map(stem);
    let several = names.len() > 1;
    let is_site = |name: &str| {
        let own = stem(name);
        let is_one_word = !name.contains(' ');
        let by_name = site.as_deref().is_some_and(|site| {
            // "日本経済新聞社" is the company of 日本経済新聞; "Example North" beside a person is Example's desk.
            site == own
                || own.starts_with(site)
                    && !site.is_empty()
                    && (several || own.chars().count() == site.chars().count() + 1)
        });
        // People's own sites bear their names, too; but those are of two words.
        let by_host = is_one_word
            && host.is_some_and(|host| {
                host.split('.').any(|label| bare(label) == own) || own.len() >= 4 && bare(host).contains(&own)
            });
        let by_initials = is_one_word && name.len() >= 3 && initials.as_deref() == Some(name);
        by_name || by_host || by_initials
    };
    let mut kept: Vec<String> = Vec::new();
    for name in names {
        if !is_site(&name) && !kept.contains(&name) {
            kept.push(name);
        }
    }
    byline::people_first(kept)
}

/// Adds what only the text shows: the title's block, a byline, a dateline, a source line, the language.
pub(crate) fn complete(
    metadata: &mut Metadata,
    page: &Page<'_>,
    tree: &Tree<'_>,
    blocks: &Blocks,
    verdicts: &[Verdict],
    guess_date: bool,
) {
    let text = text::Text::of(blocks, verdicts, metadata.title.as_deref());
    if let Some(title) = text.title() {
        metadata.title = Some(title);
    }
    if metadata.url.is_none() {
        metadata.url = text.source(tree, page.url());
    }
    if metadata.site.is_none() {
        metadata.site = site::name([text.site()]);
    }
    let title = metadata.title.as_deref().unwrap_or_default();
    metadata.language =
        language::of(metadata.language.as_deref(), title, &text.sample(language::ENOUGH_BYTES));
    if metadata.hints.locale.is_empty() {
        metadata.hints.locale = metadata.language.clone().unwrap_or_default();
    }
    if metadata.hints.address_day.is_none() {
        let address = metadata.url.as_deref().or(page.url());
        metadata.hints.address_day = address.and_then(date::in_address).map(|moment| moment.day);
    }
    if metadata.authors.is_empty() {
        let host = metadata.url.as_deref().or(page.url()).and_then(host);
        metadata.authors = without_site(text.authors(), metadata.site.as_deref(), host.as_deref());
    }
    let (published, modified) = text.dates(&metadata.hints.date_hint());
    let published = metadata.published.take().or(published);
    let modified = metadata.modified.take().or(modified);
    metadata.published = published.or_else(|| metadata.hints.guess.take().filter(|_| guess_date));
    // Nothing is changed before it is published: such a date is that of something else, a template or a cache.
    metadata.modified = modified.filter(|modified| {
        metadata.published.as_ref().is_none_or(|published| modified.get(..10) >= published.get(..10))
    });
}

#[cfg(test)]
mod tests;
