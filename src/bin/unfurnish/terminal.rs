//! Text for people's terminals: without control characters, coloured only where that is wanted.

use clap::ValueEnum;
use std::borrow::Cow;
use std::io::IsTerminal;

/// When to colour.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub(crate) enum ColorWhen {
    /// On a terminal, unless NO_COLOR, CLICOLOR=0 or TERM=dumb say otherwise
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

impl ColorWhen {
    /// Whether standard output gets colours.
    pub(crate) fn is_on(self) -> bool {
        match self {
            Self::Always => true,
            Self::Never => false,
            Self::Auto => {
                !matches!(anstream::AutoStream::choice(&std::io::stdout()), anstream::ColorChoice::Never)
            }
        }
    }
}

pub(crate) fn stdout_is_terminal() -> bool {
    std::io::stdout().is_terminal()
}

/// The text without characters that move the cursor, change colours or talk to the terminal; line breaks and
/// tabs stay.
pub(crate) fn without_control(text: &str) -> Cow<'_, str> {
    let is_bad = |c: char| c.is_control() && c != '\n' && c != '\t';
    if text.contains(is_bad) { Cow::Owned(text.replace(is_bad, "")) } else { Cow::Borrowed(text) }
}

/// The text on one line, white space collapsed, without control characters.
pub(crate) fn one_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !line.is_empty() {
            line.push(' ');
        }
        line.extend(word.chars().filter(|c| !c.is_control()));
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_talks_to_the_terminal() {
        assert_eq!(without_control("a\u{1b}[31mb\u{9b}0m\r\u{8}c\td\n\u{7f}"), "a[31mb0mc\td\n");
        assert_eq!(one_line(" a\n\u{1b}]0;x\u{7}  b "), "a ]0;x b");
    }
}
