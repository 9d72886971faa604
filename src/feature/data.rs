//! What a page's structured data (schema.org as JSON-LD) says of it.
//!
//! Read by searching, not parsing: much of it is broken, and only words are wanted.

use super::shape;
use super::sketch::Sketch;
use memchr::memmem;

/// What all structured data of a page says together.
#[derive(Debug, Default)]
pub(super) struct Data {
    /// Which families of schema.org types occur, a bit each; see [`FAMILIES`].
    pub(super) schema: u8,
    /// Word triples of the `articleBody`.
    pub(super) body: Sketch,
    pub(super) body_words: u32,
    /// Word triples of what a list of frequent questions asks and answers.
    pub(super) answers: Sketch,
    pub(super) answer_words: u32,
    /// Word triples of all its descriptions: of the page, of products, of events.
    pub(super) descriptions: Sketch,
    /// The words of the authors' names and of the publisher's.
    pub(super) author: Sketch,
    pub(super) publisher: Sketch,
    /// How many words the article has, 0 if not said.
    pub(super) word_count: u32,
}

/// Parts of schema.org type names by the kind of page they stand for, in the order of the bits.
const FAMILIES: [&[&str]; 8] = [
    &["NewsArticle", "ReportageNewsArticle", "AnalysisNewsArticle", "OpinionNewsArticle", "LiveBlogPosting"],
    &["Article", "BlogPosting", "TechArticle", "ScholarlyArticle", "Report", "Blog"],
    &["Product", "Offer", "AggregateOffer", "ProductGroup", "Vehicle"],
    &["DiscussionForumPosting", "QAPage", "Question", "Answer", "Comment"],
    &["ItemList", "CollectionPage", "SearchResultsPage", "OfferCatalog", "ListItem"],
    &["FAQPage", "HowTo", "Recipe"],
    &[
        "LocalBusiness",
        "Service",
        "ProfessionalService",
        "SoftwareApplication",
        "Event",
        "JobPosting",
        "Course",
    ],
    &["VideoObject", "Review", "AggregateRating", "Movie", "Book"],
];

/// A name stands close behind its `author` or `publisher`, perhaps after a type, an image and an address.
const NAME_WITHIN: usize = 400;

impl Data {
    /// Whether there is any text to compare blocks with.
    pub(super) fn has_texts(&self) -> bool {
        !(self.body.is_empty() && self.answers.is_empty() && self.descriptions.is_empty())
    }

    /// Reads one script; `words` is room to work in.
    pub(super) fn read(&mut self, json: &str, words: &mut Vec<u32>) {
        for value in values(json, "\"@type\"") {
            let list = match value.strip_prefix('[') {
                Some(list) => list.split(']').next().unwrap_or_default(),
                None => value
                    .get(..1 + value.get(1..).and_then(|rest| rest.find('"')).unwrap_or(0))
                    .unwrap_or_default(),
            };
            for name in list.split('"').take(12) {
                for (bit, family) in FAMILIES.iter().enumerate() {
                    if family.contains(&name) {
                        self.schema |= 1 << bit;
                    }
                }
            }
        }
        for text in values(json, "\"articleBody\"").take(4).filter_map(string) {
            self.body_words += self.body.add_triples(&text, words);
        }
        for text in values(json, "\"description\"").take(20).filter_map(string) {
            self.descriptions.add_triples(&text, words);
        }
        if json.contains("\"FAQPage\"") {
            for key in ["\"name\"", "\"text\""] {
                for text in values(json, key).take(60).filter_map(string) {
                    self.answer_words += self.answers.add_triples(&text, words);
                }
            }
        }
        for (key, names) in [("\"author\"", &mut self.author), ("\"publisher\"", &mut self.publisher)] {
            for value in values(json, key).take(3) {
                let near = value.char_indices().nth(NAME_WITHIN).map_or(value, |(end, _)| &value[..end]);
                let name = string(near).or_else(|| values(near, "\"name\"").find_map(string));
                if let Some(name) = name.filter(|name| !name.contains("//")) {
                    names.add_words(&name, words);
                }
            }
        }
        for value in values(json, "\"wordCount\"").take(2) {
            let value = value.trim_start_matches('"');
            let digits = value.bytes().take_while(u8::is_ascii_digit).count().min(6);
            self.word_count = self.word_count.max(value[..digits].parse().unwrap_or(0));
        }
    }
}

/// What stands behind each occurrence of a key, from the first character of the value on.
fn values<'j>(json: &'j str, key: &'static str) -> impl Iterator<Item = &'j str> {
    memmem::find_iter(json.as_bytes(), key).map(move |at| {
        json.get(at + key.len()..).unwrap_or_default().trim_start_matches([' ', ':', '\n', '\t', '\r'])
    })
}

/// The JSON string that a text begins with, its escapes read.
fn string(json: &str) -> Option<String> {
    let mut text = String::new();
    let mut chars = json.strip_prefix('"')?.chars();
    while let Some(c) = chars.next() {
        match c {
            '"' => break,
            '\\' => match chars.next() {
                Some('u') => {
                    let code = chars.by_ref().take(4).fold(0, |n, c| n * 16 + c.to_digit(16).unwrap_or(0));
                    text.push(char::from_u32(code).unwrap_or(' '));
                }
                Some('"') => text.push('"'),
                _ => text.push(' '),
            },
            c => text.push(c),
        }
    }
    Some(text)
}

/// One hash of three words in a row.
pub(super) fn triple_hash(words: &[u32]) -> u32 {
    words.iter().fold(0, |hash: u32, word| (hash.rotate_left(9) ^ word).wrapping_mul(0x9e37_79b1))
}

impl Sketch {
    /// Adds the words of a short text.
    pub(super) fn add_words(&mut self, text: &str, words: &mut Vec<u32>) {
        words.clear();
        shape::scan(text, words);
        for &word in words.iter().take(200) {
            self.add(word);
        }
    }

    /// Adds all word triples of a text; how many words it has.
    fn add_triples(&mut self, text: &str, words: &mut Vec<u32>) -> u32 {
        words.clear();
        shape::scan(text, words);
        for triple in words.windows(3) {
            self.add(triple_hash(triple));
        }
        words.len() as u32
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(json: &str) -> Data {
        let mut data = Data::default();
        data.read(json, &mut Vec::new());
        data
    }

    fn words(text: &str) -> Vec<u32> {
        let mut words = Vec::new();
        shape::scan(text, &mut words);
        words
    }

    #[test]
    fn names_of_authors_and_publishers_are_found_in_any_form() {
        for json in [
            r#"{"author": "Jane Doe", "publisher": {"@type": "Organization", "name": "The Herald"}}"#,
            r#"{"publisher":{"name":"The Herald"},"author":[{"@type":"Person","name":"Jane Doe"}]}"#,
        ] {
            let data = read(json);
            assert!(words("Jane Doe").into_iter().all(|word| data.author.has(word)), "{json}");
            assert!(words("The Herald").into_iter().all(|word| data.publisher.has(word)), "{json}");
            assert!(!data.author.has(words("Herald")[0]), "{json}");
        }
    }

    #[test]
    fn the_count_of_words_may_be_a_number_or_a_text() {
        assert_eq!(read(r#"{"wordCount": 512}"#).word_count, 512);
        assert_eq!(read(r#"{"wordCount":"1200 words"}"#).word_count, 1200);
        assert_eq!(read(r#"{"wordCount":null}"#).word_count, 0);
    }

    #[test]
    fn broken_data_is_read_as_far_as_it_goes() {
        let data = read("{\"articleBody\": \"One two three fo");
        assert!(data.body.has(triple_hash(&words("one two three"))));
        assert_eq!(read("\"wordCount\"").word_count, 0);
        assert!(read("\"author\":").author.is_empty());
    }
}
