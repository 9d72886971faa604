//! Element and attribute names as small numbers.
//!
//! Every later chapter asks "is this a paragraph?" millions of times; names are therefore interned
//! once, by the tokenizer, and compared as bytes afterwards.

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
            /// The interned name; ASCII case does not count. Unknown names are `Other`.
            pub(crate) fn from_name(name: &[u8]) -> Self {
                const LONGEST: usize = {
                    let mut longest = 0;
                    $(if $name.len() > longest { longest = $name.len(); })*
                    longest
                };
                if name.len() > LONGEST {
                    return Self::Other;
                }
                let mut lower = [0u8; LONGEST];
                let lower = &mut lower[..name.len()];
                lower.copy_from_slice(name);
                lower.make_ascii_lowercase();
                match &*lower {
                    $(bytes if bytes == $name.as_bytes() => Self::$variant,)*
                    _ => Self::Other,
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
    pub(crate) fn is_void(self) -> bool {
        matches!(
            self,
            Self::Area | Self::Base | Self::Br | Self::Col | Self::Embed | Self::Frame | Self::Hr | Self::Img
                | Self::Image | Self::Input | Self::Link | Self::Meta | Self::Param | Self::Source | Self::Track
                | Self::Wbr
        )
    }

    /// `h1` to `h6` as 1 to 6.
    pub(crate) fn heading_level(self) -> Option<u8> {
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
