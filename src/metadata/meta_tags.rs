//! `meta` elements: Open Graph, Dublin Core, citations and what newsrooms' own tools write.

use super::byline;
use super::survey::Survey;

/// What the `meta` elements of a page say; of several that say the same thing the most trusted comes first.
#[derive(Debug, Default)]
pub(super) struct MetaTags<'s> {
    pub(super) titles: Vec<&'s str>,
    pub(super) description: Option<&'s str>,
    pub(super) authors: Vec<String>,
    pub(super) published: Vec<&'s str>,
    pub(super) modified: Vec<&'s str>,
    pub(super) site: Option<&'s str>,
    pub(super) url: Option<&'s str>,
    pub(super) image: Option<&'s str>,
    pub(super) language: Option<&'s str>,
    pub(super) kind: Option<&'s str>,
}

/// What a `meta` element is about.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Field {
    Title,
    Description,
    Author,
    /// As catalogues write it: `Last, First`, one element for each.
    Citation,
    Published,
    Modified,
    Site,
    Url,
    Image,
    Language,
    Kind,
}

impl<'s> MetaTags<'s> {
    pub(super) fn of(survey: &'s Survey) -> Self {
        let mut found: Vec<(Field, u8, &'s str)> = survey
            .metas
            .iter()
            .filter_map(|(name, content)| {
                let (field, rank) = field(name)?;
                Some((field, rank, content.as_str()))
            })
            .collect();
        // Stable: what has the same rank stays in the page's order.
        found.sort_by_key(|(_, rank, _)| *rank);
        let all = |wanted: Field| {
            found.iter().filter(move |(field, ..)| *field == wanted).map(|(_, _, content)| *content)
        };
        Self {
            titles: all(Field::Title).collect(),
            description: all(Field::Description).next(),
            authors: authors(&found, survey),
            published: all(Field::Published).collect(),
            modified: all(Field::Modified).collect(),
            site: all(Field::Site).next(),
            url: all(Field::Url).next(),
            image: all(Field::Image).next(),
            language: all(Field::Language).next(),
            kind: all(Field::Kind).next(),
        }
    }
}

/// The names that the most trusted elements give.
fn authors(found: &[(Field, u8, &str)], survey: &Survey) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    let mut best = None;
    for (field, rank, content) in found {
        if !matches!(field, Field::Author | Field::Citation) || best.is_some_and(|best| *rank > best) {
            continue;
        }
        let turned = if *field == Field::Citation { byline::turned(content) } else { None };
        let before = names.len();
        for name in byline::names(turned.as_deref().unwrap_or(content)) {
            if !names.contains(&name) {
                names.push(name);
            }
        }
        if names.len() > before {
            best = Some(*rank);
        }
    }
    if names.is_empty() {
        names = labelled(survey).map(byline::names).unwrap_or_default();
    }
    names
}

/// `twitter:label1` "Written by" with `twitter:data1`: what WordPress writes, in the site's language.
fn labelled(survey: &Survey) -> Option<&str> {
    let value = |wanted: &str| {
        survey.metas.iter().find(|(name, _)| name == wanted).map(|(_, content)| content.as_str())
    };
    [("twitter:label1", "twitter:data1"), ("twitter:label2", "twitter:data2")].into_iter().find_map(
        |(label, data)| {
            let label = value(label)?.trim_end_matches([':', ' ']).to_lowercase();
            byline::is_introduction(&label).then(|| value(data)).flatten()
        },
    )
}

/// What a name means and how far it is trusted: 0 the most.
fn field(name: &str) -> Option<(Field, u8)> {
    use Field::{
        Author, Citation, Description, Image, Kind, Language, Modified, Published, Site, Title, Url,
    };
    Some(match name {
        "og:title" => (Title, 0),
        "citation_title" => (Title, 1),
        "headline" | "parsely-title" | "sailthru.title" | "dc.title" | "dcterms.title" | "dc:title" => {
            (Title, 2)
        }
        "twitter:title" | "title" | "twitter:text:title" => (Title, 3),

        "og:description" => (Description, 0),
        "description" => (Description, 1),
        "twitter:description"
        | "dc.description"
        | "dcterms.description"
        | "sailthru.description"
        | "dcterms.abstract"
        | "abstract" => (Description, 2),

        "citation_author" | "citation_authors" | "bepress_citation_author" => (Citation, 0),
        "author"
        | "parsely-author"
        | "sailthru.author"
        | "article:author"
        | "og:article:author"
        | "byl"
        | "article:author_name"
        | "authors"
        | "shareaholic:article_author_name"
        | "cxenseparse:author"
        | "article.author"
        | "og:author"
        | "mediator_author"
        | "vr:author"
        | "rbauthors"
        | "article_author"
        | "article:authors" => (Author, 1),
        "dc.creator"
        | "dcterms.creator"
        | "dc:creator"
        | "dcterms:creator"
        | "creator"
        | "dc.creator.personalname" => (Citation, 2),
        "twitter:author" | "blogger" => (Author, 3),

        "article:published_time"
        | "og:article:published_time"
        | "article:published"
        | "og:published_time"
        | "og:pubdate"
        | "shareaholic:article_published_time" => (Published, 0),
        "datepublished"
        | "parsely-pub-date"
        | "sailthru.date"
        | "citation_online_date"
        | "article.published"
        | "rnews:datepublished"
        | "publishdate"
        | "publish-date"
        | "publish_date"
        | "pubdate"
        | "publication_date"
        | "publication-date"
        | "published_time"
        | "originalpublicationdate"
        | "article_date_original"
        | "cxenseparse:recs:publishtime"
        | "cxenseparse:publishtime"
        | "cxenseparse:recs:articlepublishtime"
        | "iso-8601-publish-date"
        | "mediator_published_time"
        | "vr:published_time"
        | "weibo:article:create_at"
        | "date.published"
        | "dateposted"
        | "article-published"
        | "published_at"
        | "publisheddate"
        | "published-date"
        | "published_date"
        | "article.created"
        | "bt:pubdate"
        | "ptime"
        | "published"
        | "pub_date"
        | "articlepublicationdate" => (Published, 1),
        "dcterms.issued"
        | "dc.date.issued"
        | "dcterms.created"
        | "dc.date.created"
        | "dc.date.publication"
        | "dc:date"
        | "dcterms.date"
        | "datecreated"
        | "displaydate"
        | "release_date"
        | "article:create_at"
        | "dcsext.articlefirstpublished"
        | "creation_date" => (Published, 2),
        "citation_publication_date"
        | "citation_date"
        | "dc.date"
        | "date"
        | "created"
        | "article:date"
        | "dc.created" => (Published, 3),

        "article:modified_time"
        | "og:article:modified_time"
        | "article:modified"
        | "shareaholic:article_modified_time" => (Modified, 0),
        "datemodified"
        | "article.updated"
        | "article:updated_time"
        | "article_date_updated"
        | "lastmod"
        | "weibo:article:update_at"
        | "updated_time"
        | "modified_time"
        | "dateupdated"
        | "date.updated"
        | "article-updated"
        | "modified_date" => (Modified, 1),
        "og:updated_time" | "dcterms.modified" | "dc.date.modified" | "dc.modified" | "last-modified"
        | "lastmodified" | "last_updated" | "revised" | "updated" | "modified" | "last_modified" => {
            (Modified, 2)
        }

        "og:site_name" => (Site, 0),
        "application-name" => (Site, 2),
        "dc.publisher" | "dcterms.publisher" | "citation_journal_title" | "cxenseparse:sitename" => (Site, 1),
        // Front matter: Hugo, Jekyll, Obsidian's clipper.
        "site" | "site_name" | "sitename" | "publication" | "publisher" => (Site, 3),

        "og:url" => (Url, 0),
        "parsely-link" | "sailthru.url" | "citation_public_url" => (Url, 1),
        "twitter:url" | "dc.identifier" | "dcterms.identifier" | "url" | "source" | "source_url" => (Url, 2),
        "canonical" | "canonical_url" | "canonicalurl" => (Url, 1),
        "permalink" | "original_url" | "link" => (Url, 3),

        "og:image" | "og:image:url" | "og:image:secure_url" => (Image, 0),
        "twitter:image" | "twitter:image:src" | "sailthru.image.full" | "parsely-image-url" | "image" => {
            (Image, 1)
        }
        "thumbnail" | "sailthru.image.thumb" | "thumbnailurl" => (Image, 2),

        "og:locale" => (Language, 1),
        "content-language" | "dc.language" | "dcterms.language" | "language" | "inlanguage"
        | "dc.language.iso" => (Language, 0),

        "og:type" => (Kind, 0),
        _ => return None,
    })
}
