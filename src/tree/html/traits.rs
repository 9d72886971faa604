//! What the rules ask of an element's name, a bit each: one look into a table where they would ask a dozen times.

use super::token::has_other_content;
use crate::tree::Style;
use crate::tree::tag::Tag;

/// What an element is to the rules.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) struct Traits(u16);

impl Traits {
    /// No end tag from inside reaches through it ("has an element in scope").
    pub(super) const SCOPE_BORDER: Self = Self(1);
    /// The standard's category "special": the end tag of an ordinary element does not reach beyond one.
    pub(super) const SPECIAL: Self = Self(1 << 1);
    /// It stands in tables only.
    pub(super) const TABLE_PART: Self = Self(1 << 2);
    /// Its start tag ends an open paragraph.
    pub(super) const CLOSES_PARAGRAPH: Self = Self(1 << 3);
    /// Its start tag ends a `select` that was never closed: the page goes on, the select does not.
    pub(super) const BREAKS_SELECT: Self = Self(1 << 4);
    /// It may stand in a `head`, or around one.
    pub(super) const FITS_HEAD: Self = Self(1 << 5);
    /// `h1` to `h6`.
    pub(super) const HEADING: Self = Self(1 << 6);
    /// It cannot have content.
    pub(super) const VOID: Self = Self(1 << 7);
    /// The formatting elements of the standard, §13.2.4.3.
    pub(super) const FORMATTING: Self = Self(1 << 8);
    /// It sets off its text, whether it is one of those or not.
    pub(super) const STYLED: Self = Self(1 << 9);
    /// It shields what is inside from formatting outside.
    pub(crate) const FORMATTING_BORDER: Self = Self(1 << 10);
    /// A table, what rows stand in directly, a row, and what ends the search for them.
    pub(super) const TABLE: Self = Self(1 << 11);
    pub(super) const TABLE_SECTION: Self = Self(1 << 12);
    pub(super) const ROW: Self = Self(1 << 13);
    pub(super) const TEMPLATE: Self = Self(1 << 14);
    /// What follows its start tag is no tags and text.
    pub(super) const OTHER_CONTENT: Self = Self(1 << 15);

    /// Those of an element of some name.
    #[inline]
    pub(crate) fn of(tag: Tag) -> Self {
        static TABLE: [u16; 256] = {
            let mut table = [0; 256];
            let mut at = 0;
            while at < table.len() {
                table[at] = Traits::found(Tag::VARIANTS[at]).0;
                at += 1;
            }
            table
        };
        Self(TABLE[usize::from(tag as u8)])
    }

    /// These and others.
    pub(super) const fn or(self, others: Self) -> Self {
        Self(self.0 | others.0)
    }

    /// Whether any of these is among them.
    #[inline]
    pub(crate) const fn has(self, any: Self) -> bool {
        self.0 & any.0 != 0
    }

    const fn found(tag: Tag) -> Self {
        let all = [
            (is_scope_border(tag), Self::SCOPE_BORDER),
            (is_special(tag), Self::SPECIAL),
            (is_table_part(tag), Self::TABLE_PART),
            (closes_paragraph(tag), Self::CLOSES_PARAGRAPH),
            (breaks_select(tag), Self::BREAKS_SELECT),
            (fits_head(tag), Self::FITS_HEAD),
            (tag.heading_level().is_some(), Self::HEADING),
            (tag.is_void(), Self::VOID),
            (is_formatting(tag), Self::FORMATTING),
            (!Style::of(tag).is_plain(), Self::STYLED),
            (is_formatting_border(tag), Self::FORMATTING_BORDER),
            (matches!(tag, Tag::Table), Self::TABLE),
            (matches!(tag, Tag::Tbody | Tag::Thead | Tag::Tfoot), Self::TABLE_SECTION),
            (matches!(tag, Tag::Tr), Self::ROW),
            (matches!(tag, Tag::Template), Self::TEMPLATE),
            (has_other_content(tag), Self::OTHER_CONTENT),
        ];
        let mut traits = Self(0);
        let mut at = 0;
        while at < all.len() {
            if all[at].0 {
                traits = traits.or(all[at].1);
            }
            at += 1;
        }
        traits
    }
}

const fn is_scope_border(tag: Tag) -> bool {
    matches!(
        tag,
        Tag::Applet
            | Tag::Caption
            | Tag::Html
            | Tag::Table
            | Tag::Td
            | Tag::Th
            | Tag::Marquee
            | Tag::Object
            | Tag::Template
    )
}

const fn is_special(tag: Tag) -> bool {
    matches!(
        tag,
        Tag::Address
            | Tag::Applet
            | Tag::Area
            | Tag::Article
            | Tag::Aside
            | Tag::Base
            | Tag::Blockquote
            | Tag::Body
            | Tag::Br
            | Tag::Button
            | Tag::Caption
            | Tag::Center
            | Tag::Col
            | Tag::Colgroup
            | Tag::Dd
            | Tag::Details
            | Tag::Dir
            | Tag::Div
            | Tag::Dl
            | Tag::Dt
            | Tag::Embed
            | Tag::Fieldset
            | Tag::Figcaption
            | Tag::Figure
            | Tag::Footer
            | Tag::Form
            | Tag::Frame
            | Tag::Frameset
            | Tag::H1
            | Tag::H2
            | Tag::H3
            | Tag::H4
            | Tag::H5
            | Tag::H6
            | Tag::Head
            | Tag::Header
            | Tag::Hgroup
            | Tag::Hr
            | Tag::Html
            | Tag::Iframe
            | Tag::Img
            | Tag::Input
            | Tag::Li
            | Tag::Link
            | Tag::Listing
            | Tag::Main
            | Tag::Marquee
            | Tag::Menu
            | Tag::Meta
            | Tag::Nav
            | Tag::Noembed
            | Tag::Noframes
            | Tag::Noscript
            | Tag::Object
            | Tag::Ol
            | Tag::P
            | Tag::Param
            | Tag::Plaintext
            | Tag::Pre
            | Tag::Script
            | Tag::Search
            | Tag::Section
            | Tag::Select
            | Tag::Source
            | Tag::Style
            | Tag::Summary
            | Tag::Table
            | Tag::Tbody
            | Tag::Td
            | Tag::Template
            | Tag::Textarea
            | Tag::Tfoot
            | Tag::Th
            | Tag::Thead
            | Tag::Title
            | Tag::Tr
            | Tag::Track
            | Tag::Ul
            | Tag::Wbr
            | Tag::Xmp
    )
}

const fn is_table_part(tag: Tag) -> bool {
    matches!(
        tag,
        Tag::Caption
            | Tag::Col
            | Tag::Colgroup
            | Tag::Tbody
            | Tag::Tfoot
            | Tag::Thead
            | Tag::Tr
            | Tag::Td
            | Tag::Th
    )
}

const fn closes_paragraph(tag: Tag) -> bool {
    matches!(
        tag,
        Tag::Address
            | Tag::Article
            | Tag::Aside
            | Tag::Blockquote
            | Tag::Center
            | Tag::Details
            | Tag::Dialog
            | Tag::Dir
            | Tag::Div
            | Tag::Dl
            | Tag::Dd
            | Tag::Dt
            | Tag::Fieldset
            | Tag::Figcaption
            | Tag::Figure
            | Tag::Footer
            | Tag::Form
            | Tag::H1
            | Tag::H2
            | Tag::H3
            | Tag::H4
            | Tag::H5
            | Tag::H6
            | Tag::Header
            | Tag::Hgroup
            | Tag::Hr
            | Tag::Li
            | Tag::Listing
            | Tag::Main
            | Tag::Menu
            | Tag::Nav
            | Tag::Ol
            | Tag::P
            | Tag::Plaintext
            | Tag::Pre
            | Tag::Search
            | Tag::Section
            | Tag::Summary
            | Tag::Table
            | Tag::Ul
            | Tag::Xmp
    )
}

const fn breaks_select(tag: Tag) -> bool {
    matches!(tag, Tag::Select | Tag::Input | Tag::Textarea)
        || (closes_paragraph(tag) && !matches!(tag, Tag::Hr))
        || is_table_part(tag)
}

const fn fits_head(tag: Tag) -> bool {
    matches!(
        tag,
        Tag::Title
            | Tag::Meta
            | Tag::Link
            | Tag::Base
            | Tag::Script
            | Tag::Style
            | Tag::Noscript
            | Tag::Template
            | Tag::Html
            | Tag::Head
            | Tag::Body
    )
}

const fn is_formatting(tag: Tag) -> bool {
    matches!(
        tag,
        Tag::A
            | Tag::B
            | Tag::Big
            | Tag::Code
            | Tag::Em
            | Tag::Font
            | Tag::I
            | Tag::Nobr
            | Tag::S
            | Tag::Small
            | Tag::Strike
            | Tag::Strong
            | Tag::Tt
            | Tag::U
    )
}

/// Elements that shield what is inside from formatting outside.
pub(crate) const fn is_formatting_border(tag: Tag) -> bool {
    matches!(
        tag,
        Tag::Td
            | Tag::Th
            | Tag::Caption
            | Tag::Applet
            | Tag::Object
            | Tag::Marquee
            | Tag::Template
            | Tag::Select
    )
}
