//! The kinds of things that blocks are.

/// Declares the labels with their names, so that no list of them can fall behind.
macro_rules! labels {
    ($($(#[$doc:meta])* $variant:ident = $name:literal, $kept:literal;)*) => {
        /// What a block is: a part of the article or a kind of furniture.
        ///
        /// Names are promises: a label keeps its name across releases.
        ///
        /// ```
        /// use unfurnish::Label;
        ///
        /// assert_eq!(Label::Related.as_str(), "related");
        /// assert_eq!("newsroom-note".parse(), Ok(Label::NewsroomNote));
        /// assert!(!Label::Related.is_kept_by_default());
        /// ```
        #[non_exhaustive]
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
        #[repr(u8)]
        pub enum Label {
            $($(#[$doc])* $variant,)*
        }

        impl Label {
            /// All labels, in the order of their declaration.
            pub const ALL: &[Self] = &[$(Self::$variant,)*];

            /// The label's name in `snake_case`.
            pub fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)*
                }
            }

            /// Whether blocks with this label stay in the article unless it is asked otherwise.
            pub fn is_kept_by_default(self) -> bool {
                match self {
                    $(Self::$variant => $kept,)*
                }
            }
        }
    };
}

labels! {
    /// The article's own text.
    Body = "body", true;
    /// A heading inside the article.
    Heading = "heading", true;
    /// The standfirst: a sentence or two between title and text.
    Deck = "deck", true;
    /// The publisher's word on its own reporting: "X has been asked for comment".
    NewsroomNote = "newsroom_note", true;
    /// What was changed after publication.
    Correction = "correction", true;
    /// The article's title; it is metadata and not repeated in the text.
    Title = "title", false;
    /// A section name above the title.
    Kicker = "kicker", false;
    /// When and where the article was published.
    Dateline = "dateline", false;
    /// Who wrote it.
    Byline = "byline", false;
    /// What a picture shows.
    Caption = "caption", false;
    /// Who took the picture.
    Credit = "credit", false;
    /// Menus, section names, links that move about the site or the page.
    Navigation = "navigation", false;
    /// The way from the home page to here.
    Breadcrumb = "breadcrumb", false;
    /// Buttons and links to pass the article on.
    Share = "share", false;
    /// Invitations to follow, to join a channel, to install an app.
    Social = "social", false;
    /// Print, save, listen, font size.
    Toolbar = "toolbar", false;
    /// "12 views", "5 min read".
    Counter = "counter", false;
    /// Other articles on the subject.
    Related = "related", false;
    /// Other articles because they are new or often read.
    Latest = "latest", false;
    /// Previous and next article or page.
    Pagination = "pagination", false;
    /// Invitations to subscribe to mail.
    Newsletter = "newsletter", false;
    /// Readers' comments and the form for them.
    Comments = "comments", false;
    /// Advertisements and their labels.
    Advert = "advert", false;
    /// Subjects the article is filed under.
    Tags = "tags", false;
    /// Who the author is.
    AuthorBio = "author_bio", false;
    /// Copyright, terms, disclaimers.
    Legal = "legal", false;
    /// Where the text was taken from.
    Source = "source", false;
    /// Requests to pay or to sign in.
    Paywall = "paywall", false;
    /// Consent to cookies.
    Cookie = "cookie", false;
    /// Controls and messages of galleries and players.
    Player = "player", false;
    /// Requests for support, polls, quizzes.
    Appeal = "appeal", false;
    /// Foot of the page: addresses, imprint.
    Footer = "footer", false;
    /// The text of another article that was appended to the page.
    Appended = "appended", false;
    /// Not the article, and nothing more is known of it.
    Other = "other", false;
}

impl core::fmt::Display for Label {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.pad(self.as_str())
    }
}

/// A name that is no label's.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ParseLabelError {
    name: String,
}

impl core::fmt::Display for ParseLabelError {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "there is no label {:?}; the labels are ", self.name)?;
        for (at, label) in Label::ALL.iter().enumerate() {
            write!(f, "{}{label}", if at == 0 { "" } else { ", " })?;
        }
        Ok(())
    }
}

impl core::error::Error for ParseLabelError {}

impl core::str::FromStr for Label {
    type Err = ParseLabelError;

    /// Reads a label's name; `-` and `_` count the same, and so do capitals.
    fn from_str(name: &str) -> Result<Self, ParseLabelError> {
        let folded = name.trim().to_ascii_lowercase().replace('-', "_");
        let found = Self::ALL.iter().find(|label| label.as_str() == folded);
        found.copied().ok_or_else(|| ParseLabelError { name: name.to_owned() })
    }
}

#[cfg(feature = "serde")]
impl serde::Serialize for Label {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}
