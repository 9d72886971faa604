//! Element and attribute names as small numbers.
//!
//! Every later chapter asks "is this a paragraph?" millions of times; names are therefore interned
//! once, by the tokenizer, and compared as bytes afterwards.

use crate::eight::{HIGHS, ONES};

/// How many slots the lookup tables have: at least four for each name, so that most unknown names
/// meet an empty one at once.
const SLOTS: usize = 1024;

/// A slot of a lookup table that holds no name.
const EMPTY: u8 = u8::MAX;

/// How many bytes of a name are looked at as one number.
pub(crate) const WORD: usize = 8;

/// The first bytes of a name as one number, the first of them lowest; zeros where there is none.
pub(crate) const fn first_word(name: &[u8]) -> u64 {
    if let Some(chunk) = name.first_chunk::<WORD>() {
        return u64::from_le_bytes(*chunk);
    }
    let mut word = 0;
    let mut index = name.len();
    while index > 0 {
        index -= 1;
        word = word << 8 | name[index] as u64;
    }
    word
}

/// Lowers the ASCII capitals of a word, all eight bytes at once.
const fn lower(word: u64) -> u64 {
    // Without their highest bits no byte carries over into the next one.
    let low = word & !HIGHS;
    let from_a = low + ONES * (0x80 - b'A' as u64);
    let above_z = low + ONES * (0x7F - b'Z' as u64);
    let capitals = (from_a ^ above_z) & !word & HIGHS;
    // The highest bit of each capital, moved to where capitals and small letters differ.
    word | capitals >> 2
}

/// Where the search for a name starts. Known names that begin with the same eight bytes are none or few.
const fn slot_of(lower_word: u64) -> usize {
    // Fibonacci hashing: 2^64 divided by the golden ratio; the top ten bits index `SLOTS`.
    (lower_word.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 54) as usize % SLOTS
}

/// The table that leads from `slot_of` a name to its place among the names, by open addressing.
const fn lookup_table(names: &[&str]) -> [u8; SLOTS] {
    assert!(names.len() < EMPTY as usize);
    let mut table = [EMPTY; SLOTS];
    let mut index = 0;
    while index < names.len() {
        let mut slot = slot_of(first_word(names[index].as_bytes()));
        while table[slot] != EMPTY {
            slot = (slot + 1) % SLOTS;
        }
        table[slot] = index as u8;
        index += 1;
    }
    table
}

/// Declares an enum of interned names with its lookup in both directions.
macro_rules! names {
    ($(#[$doc:meta])* $type:ident { $($variant:ident = $name:literal,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
        #[repr(u8)]
        pub(crate) enum $type {
            $($variant,)*
            /// A name that nothing in this crate asks for.
            #[default]
            Other,
        }

        impl $type {
            /// All names in the order of the variants, and empty ones up to the range of a byte.
            const NAMES: [&'static str; 256] = {
                let known: &[&'static str] = &[$($name,)*];
                let mut names = [""; 256];
                let mut index = 0;
                while index < known.len() {
                    names[index] = known[index];
                    index += 1;
                }
                names
            };

            /// The variants by their number, `Other` for all numbers that are none.
            pub(crate) const VARIANTS: [Self; 256] = {
                let mut variants = [Self::Other; 256];
                $(variants[Self::$variant as usize] = Self::$variant;)*
                variants
            };

            /// The interned name; ASCII case does not count. Unknown names are `Other`.
            #[allow(dead_code)]
            pub(crate) fn from_name(name: &[u8]) -> Self {
                Self::from_word(first_word(name), name)
            }

            /// The same for those who have the `first_word` of the name already.
            #[inline]
            pub(crate) fn from_word(word: u64, name: &[u8]) -> Self {
                static NAMES: [&str; 256] = $type::NAMES;
                static VARIANTS: [$type; 256] = $type::VARIANTS;
                static TABLE: [u8; SLOTS] = lookup_table(&[$($name,)*]);
                static WORDS: [u64; 256] = {
                    let mut words = [0; 256];
                    let mut index = 0;
                    while index < 256 {
                        words[index] = first_word($type::NAMES[index].as_bytes());
                        index += 1;
                    }
                    words
                };

                let word = lower(word);
                let mut slot = slot_of(word);
                loop {
                    let index = usize::from(TABLE[slot]);
                    if index == usize::from(EMPTY) {
                        return Self::Other;
                    }
                    // Equal words are equal names unless one goes on, or has NULs where the other ends.
                    if WORDS[index] == word
                        && NAMES[index].len() == name.len()
                        && (name.len() <= WORD || NAMES[index].as_bytes().eq_ignore_ascii_case(name))
                    {
                        return VARIANTS[index];
                    }
                    slot = (slot + 1) % SLOTS;
                }
            }

            /// The name in lower case; empty for `Other`.
            #[allow(dead_code)]
            pub(crate) fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)*
                    Self::Other => "",
                }
            }
        }
    };
}

names! {
    /// The name of an element, or `Text` for a run of characters.
    Tag {
        Text = "#text",
        A = "a", Abbr = "abbr", Acronym = "acronym", Address = "address", Applet = "applet", Area = "area",
        Article = "article", Aside = "aside", Audio = "audio",
        B = "b", Base = "base", Bdi = "bdi", Bdo = "bdo", Big = "big", Blink = "blink", Blockquote = "blockquote",
        Body = "body", Br = "br", Button = "button",
        Canvas = "canvas", Caption = "caption", Center = "center", Cite = "cite", Code = "code", Col = "col",
        Colgroup = "colgroup",
        Data = "data", Datalist = "datalist", Dd = "dd", Del = "del", Details = "details", Dfn = "dfn",
        Dialog = "dialog", Dir = "dir", Div = "div", Dl = "dl", Dt = "dt",
        Em = "em", Embed = "embed",
        Fieldset = "fieldset", Figcaption = "figcaption", Figure = "figure", Font = "font", Footer = "footer",
        Form = "form", Frame = "frame", Frameset = "frameset",
        H1 = "h1", H2 = "h2", H3 = "h3", H4 = "h4", H5 = "h5", H6 = "h6",
        Head = "head", Header = "header", Hgroup = "hgroup", Hr = "hr", Html = "html",
        I = "i", Iframe = "iframe", Img = "img", Image = "image", Input = "input", Ins = "ins",
        Kbd = "kbd",
        Label = "label", Legend = "legend", Li = "li", Link = "link", Listing = "listing",
        Main = "main", Map = "map", Mark = "mark", Marquee = "marquee", Math = "math", Menu = "menu", Meta = "meta",
        Meter = "meter",
        Nav = "nav", Nobr = "nobr", Noembed = "noembed", Noframes = "noframes", Noscript = "noscript",
        Object = "object", Ol = "ol", Optgroup = "optgroup", Option = "option", Output = "output",
        P = "p", Param = "param", Picture = "picture", Plaintext = "plaintext", Pre = "pre", Progress = "progress",
        Q = "q",
        Rb = "rb", Rp = "rp", Rt = "rt", Rtc = "rtc", Ruby = "ruby",
        S = "s", Samp = "samp", Script = "script", Search = "search", Section = "section", Select = "select",
        Slot = "slot", Small = "small", Source = "source", Span = "span", Strike = "strike", Strong = "strong",
        Style = "style", Sub = "sub", Summary = "summary", Sup = "sup", Svg = "svg",
        Table = "table", Tbody = "tbody", Td = "td", Template = "template", Textarea = "textarea", Tfoot = "tfoot",
        Th = "th", Thead = "thead", Time = "time", Title = "title", Tr = "tr", Track = "track", Tt = "tt",
        U = "u", Ul = "ul",
        Var = "var", Video = "video",
        Wbr = "wbr",
        Xmp = "xmp",
    }
}

names! {
    /// The name of an attribute that some chapter reads; all others are skipped while tokenizing.
    Attr {
        Alt = "alt", AriaHidden = "aria-hidden", AriaLabel = "aria-label",
        Charset = "charset", Class = "class", Colspan = "colspan", Content = "content",
        DataSrc = "data-src", DataTestid = "data-testid", Datetime = "datetime",
        Height = "height", Hidden = "hidden", Href = "href", HttpEquiv = "http-equiv",
        Id = "id", Itemprop = "itemprop", Itemscope = "itemscope", Itemtype = "itemtype",
        Lang = "lang", XmlLang = "xml:lang",
        Media = "media",
        Name = "name",
        Property = "property",
        Rel = "rel", Role = "role", Rowspan = "rowspan",
        Src = "src", Start = "start", Style = "style",
        Title = "title", Type = "type",
        Value = "value",
        Width = "width",
    }
}

impl Tag {
    /// Elements that cannot have content: their start tag is all there is.
    pub(crate) const fn is_void(self) -> bool {
        matches!(
            self,
            Self::Area
                | Self::Base
                | Self::Br
                | Self::Col
                | Self::Embed
                | Self::Frame
                | Self::Hr
                | Self::Img
                | Self::Image
                | Self::Input
                | Self::Link
                | Self::Meta
                | Self::Param
                | Self::Source
                | Self::Track
                | Self::Wbr
        )
    }

    /// `h1` to `h6` as 1 to 6.
    pub(crate) const fn heading_level(self) -> Option<u8> {
        match self {
            Self::H1 => Some(1),
            Self::H2 => Some(2),
            Self::H3 => Some(3),
            Self::H4 => Some(4),
            Self::H5 => Some(5),
            Self::H6 => Some(6),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_is_found_in_any_case() {
        for tag in Tag::VARIANTS.into_iter().take_while(|tag| *tag != Tag::Other) {
            assert_eq!(Tag::from_name(tag.name().as_bytes()), tag);
            assert_eq!(Tag::from_name(tag.name().to_uppercase().as_bytes()), tag);
        }
        for attr in Attr::VARIANTS.into_iter().take_while(|attr| *attr != Attr::Other) {
            assert_eq!(Attr::from_name(attr.name().as_bytes()), attr);
            assert_eq!(Attr::from_name(attr.name().to_uppercase().as_bytes()), attr);
        }
    }

    #[test]
    fn unknown_names_are_other() {
        for name in [
            "",
            "x",
            "divv",
            "di",
            "h7",
            "h\u{11}",
            "\u{3}text",
            "custom-element",
            "a\0",
            "\0",
            "a[",
            "blockquot",
            "blockquotes",
            "aria-hiddem",
        ] {
            assert_eq!(Tag::from_name(name.as_bytes()), Tag::Other, "{name:?}");
            assert_eq!(Attr::from_name(name.as_bytes()), Attr::Other, "{name:?}");
        }
        assert_eq!(Tag::from_name("a".repeat(1 << 20).as_bytes()), Tag::Other);
    }
}
