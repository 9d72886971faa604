//! What can be said on the command line.

use crate::copies_args::{DedupArgs, DiffArgs, FingerprintArgs};
use crate::terminal::ColorWhen;
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use clap::{Args, Parser, Subcommand, ValueEnum};
use std::num::NonZeroUsize;
use std::path::PathBuf;
use unfurnish::{Bias, Captions, Extractor, Format, Label, Links};

/// Turn scraped pages into their articles, and find copies among them
///
/// Menus, related articles, share buttons, captions, cookie banners and the like are removed; every removed
/// block has a label and a reason, which `unfurnish explain` shows.
#[derive(Debug, Parser)]
#[command(name = "unfurnish", version, propagate_version = true, arg_required_else_help = true)]
#[command(after_help = "Exit codes: 0 all fine, 1 some inputs failed (the others were done), 2 wrong usage.")]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Write the article of each page
    Clean(Box<CleanArgs>),
    /// Show every block of each page with its label, reason, score and place
    Explain(Box<ExplainArgs>),
    /// Find the copies among documents: exact, edited, truncated and embedded ones
    Dedup(Box<DedupArgs>),
    /// Print the fingerprint of each document
    Fingerprint(Box<FingerprintArgs>),
    /// Show the passages that two documents share
    Diff(Box<DiffArgs>),
    /// Print a completion script for a shell
    Completions {
        /// The shell that will read it
        shell: clap_complete::Shell,
    },
    /// Print the manual page, or that of one command
    Man {
        /// The command, for example `clean`
        command: Option<String>,
    },
}

#[derive(Debug, Args)]
pub(crate) struct CleanArgs {
    #[command(flatten)]
    pub(crate) read: ReadArgs,

    #[command(flatten)]
    pub(crate) extract: ExtractArgs,

    /// How the article is written [default: by the name of the output file, else text]
    #[arg(short, long, value_enum, help_heading = "Output")]
    pub(crate) format: Option<OutputFormat>,

    /// Write to this file, or into this folder, which then mirrors the folders read
    ///
    /// It is a folder if it is one already, if it ends with a slash, or if several inputs are written and it
    /// has no extension. Folders are made as needed, files are replaced at once or not at all, and no input is
    /// ever overwritten.
    #[arg(short, long, value_name = "FILE|DIR", help_heading = "Output")]
    pub(crate) output: Option<PathBuf>,

    /// Write all blocks with their labels, reasons and places into JSON
    #[arg(long, help_heading = "Output")]
    pub(crate) blocks: bool,

    /// What becomes of links in Markdown and HTML
    ///
    /// Links that lead nowhere are always text; the text format has only the words of links.
    #[arg(long, value_enum, default_value = "keep", help_heading = "Output")]
    pub(crate) links: LinksArg,
}

#[derive(Debug, Args)]
pub(crate) struct ExplainArgs {
    #[command(flatten)]
    pub(crate) read: ReadArgs,

    #[command(flatten)]
    pub(crate) extract: ExtractArgs,

    /// Show the whole text of each block instead of its beginning
    #[arg(long, help_heading = "Output")]
    pub(crate) full: bool,

    /// Colour the output
    #[arg(long, value_enum, default_value = "auto", value_name = "WHEN", help_heading = "Output")]
    pub(crate) color: ColorWhen,
}

/// Where pages come from and how they are read.
#[derive(Debug, Args)]
pub(crate) struct ReadArgs {
    /// Files, folders or globs; `-` or nothing for standard input
    ///
    /// In folders, files that look like pages are read: html, htm, xhtml, md, markdown, txt, text, jsonl, ndjson
    /// and files of text without an extension. Hidden and ignored (.gitignore, .ignore) ones are passed over.
    #[arg(value_name = "PATH", help_heading = None)]
    pub(crate) paths: Vec<PathBuf>,

    /// What the input is
    #[arg(short, long, value_enum, default_value = "auto", value_name = "KIND", help_heading = "Input")]
    pub(crate) input: InputKind,

    /// The page's address: makes links absolute; in JSON lines, that of lines without one
    #[arg(long, value_parser = url, help_heading = "Input")]
    pub(crate) url: Option<String>,

    /// The encoding of the pages, for example windows-1251 [default: found out for each page]
    #[arg(long, value_name = "LABEL", value_parser = encoding, help_heading = "Input")]
    pub(crate) encoding: Option<&'static encoding_rs::Encoding>,

    /// How many pages are worked on at once [default: the number of processors]
    #[arg(short, long, value_name = "N", help_heading = "Input", value_parser = jobs)]
    pub(crate) jobs: Option<NonZeroUsize>,

    /// Say nothing on standard error but errors
    #[arg(short, long, help_heading = "Input")]
    pub(crate) quiet: bool,
}

impl ReadArgs {
    pub(crate) fn jobs(&self) -> usize {
        let processors = || std::thread::available_parallelism().map_or(1, NonZeroUsize::get);
        self.jobs.map_or_else(processors, NonZeroUsize::get).min(1024)
    }
}

/// What belongs to the article.
#[derive(Debug, Args)]
#[command(next_help_heading = "Article")]
pub(crate) struct ExtractArgs {
    /// Keep blocks with this label (may be given several times, or with commas)
    #[arg(long, value_name = "LABEL", value_delimiter = ',', value_parser = labels(), ignore_case = true)]
    #[arg(hide_possible_values = true)]
    keep: Vec<Label>,

    /// Remove blocks with this label; wins over --keep
    ///
    /// `agency-dateline` is no block's label: it takes "MOSCOW, April 22 (Reuters) -" off the head of the text.
    #[arg(long, value_name = "LABEL", value_delimiter = ',', value_parser = dropped(), ignore_case = true)]
    #[arg(hide_possible_values = true)]
    drop: Vec<Dropped>,

    /// How to decide in doubt: precision, balanced, recall, or a number from 0 to 1
    #[arg(long, value_parser = bias, default_value = "balanced")]
    bias: Bias,

    /// Where the captions and credits of pictures go
    #[arg(long, value_enum, default_value = "drop")]
    captions: CaptionsArg,

    /// With --captions: whether words that only stand for a picture are kept, too
    #[arg(long, value_enum, default_value = "drop", value_name = "WHAT")]
    alt_text: AltTextArg,

    /// Leave out the headings inside the article
    #[arg(long)]
    no_headings: bool,

    /// Put the title before the text
    #[arg(long)]
    with_title: bool,

    /// Leave apart paragraphs that the scraper broke in two
    #[arg(long)]
    no_join: bool,

    /// Mark quotations with `> ` in text, or leave them plain
    #[arg(long, value_enum, default_value = "plain", value_name = "HOW")]
    quotes: QuotesArg,

    /// Write typographic quotes and dashes as ASCII has them
    #[arg(long)]
    normalize_punct: bool,

    /// Take the date from weaker signs where the page does not name it
    #[arg(long)]
    guess_date: bool,

    /// In text from text and Markdown, keep the number of blank lines between blocks
    #[arg(long)]
    preserve_whitespace: bool,

    /// Settings for a purpose: corpus removes newsroom notes, too
    #[arg(long, value_enum)]
    preset: Option<Preset>,
}

impl ExtractArgs {
    /// The extractor that was asked for.
    pub(crate) fn extractor(&self, explain: bool) -> Extractor {
        let mut drop: Vec<Label> = self.drop.iter().filter_map(|dropped| dropped.0).collect();
        if self.preset == Some(Preset::Corpus) && !self.keep.contains(&Label::NewsroomNote) {
            drop.push(Label::NewsroomNote);
        }
        Extractor::builder()
            .keep(self.keep.iter().copied())
            .drop(drop)
            .bias(self.bias)
            .captions(match self.captions {
                CaptionsArg::Inline => Captions::Inline,
                CaptionsArg::After => Captions::After,
                CaptionsArg::Drop => Captions::Drop,
            })
            .alt_text(self.alt_text == AltTextArg::Keep)
            .headings(!self.no_headings)
            .with_title(self.with_title)
            .join_broken_paragraphs(!self.no_join)
            .mark_quotes(self.quotes == QuotesArg::Mark)
            .plain_punctuation(self.normalize_punct)
            .agency_dateline(!self.drop.contains(&Dropped(None)))
            .guess_date(self.guess_date)
            .preserve_blank_lines(self.preserve_whitespace)
            .explain(explain)
            .build()
    }
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub(crate) enum InputKind {
    /// By extension and looks
    Auto,
    /// HTML
    Html,
    /// Plain text
    Text,
    /// Markdown
    Markdown,
    /// One JSON object a line, with html, markdown or text
    Jsonl,
}

impl InputKind {
    /// The format of pages, where it was told.
    pub(crate) fn page_format(self) -> Option<Format> {
        match self {
            Self::Html => Some(Format::Html),
            Self::Text => Some(Format::Text),
            Self::Markdown => Some(Format::Markdown),
            Self::Auto | Self::Jsonl => None,
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub(crate) enum OutputFormat {
    /// Plain text
    Text,
    /// Markdown
    Markdown,
    /// A fragment of safe HTML
    Html,
    /// JSON for people: an object, or a list of them where there are several inputs
    Json,
    /// One JSON object a line for each input
    Jsonl,
}

impl OutputFormat {
    pub(crate) fn extension(self) -> &'static str {
        match self {
            Self::Text => "txt",
            Self::Markdown => "md",
            Self::Html => "html",
            Self::Json => "json",
            Self::Jsonl => "jsonl",
        }
    }

    pub(crate) fn of_extension(extension: &str) -> Option<Self> {
        match extension.to_ascii_lowercase().as_str() {
            "txt" | "text" => Some(Self::Text),
            "md" | "markdown" => Some(Self::Markdown),
            "html" | "htm" => Some(Self::Html),
            "json" => Some(Self::Json),
            "jsonl" | "ndjson" => Some(Self::Jsonl),
            _ => None,
        }
    }

    pub(crate) fn is_json(self) -> bool {
        matches!(self, Self::Json | Self::Jsonl)
    }
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub(crate) enum LinksArg {
    /// They stay links
    Keep,
    /// Only their words stay
    Strip,
    /// Numbers, with the addresses behind the article
    Footnote,
}

impl From<LinksArg> for Links {
    fn from(links: LinksArg) -> Self {
        match links {
            LinksArg::Keep => Self::Keep,
            LinksArg::Strip => Self::Strip,
            LinksArg::Footnote => Self::Footnote,
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
enum CaptionsArg {
    /// Where they stood
    Inline,
    /// Behind the text
    After,
    /// Nowhere
    Drop,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
enum AltTextArg {
    Keep,
    Drop,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
enum QuotesArg {
    Mark,
    Plain,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
enum Preset {
    /// For training and search: nothing but the article's own words
    Corpus,
}

/// What `--drop` names: a label, or, without one, the agency's dateline at the head of the text.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Dropped(Option<Label>);

const AGENCY_DATELINE: &str = "agency_dateline";

fn dropped() -> impl TypedValueParser<Value = Dropped> {
    let dateline = PossibleValue::new(AGENCY_DATELINE).alias(AGENCY_DATELINE.replace('_', "-"));
    PossibleValuesParser::new(label_names().chain([dateline])).try_map(|name| {
        let is_dateline = name.replace('-', "_").eq_ignore_ascii_case(AGENCY_DATELINE);
        if is_dateline { Ok(Dropped(None)) } else { name.parse().map(|label| Dropped(Some(label))) }
    })
}

/// All labels, so that a typo gets the nearest one as an answer and shells can complete them.
fn labels() -> impl TypedValueParser<Value = Label> {
    PossibleValuesParser::new(label_names()).try_map(|name| name.parse::<Label>())
}

fn label_names() -> impl Iterator<Item = PossibleValue> {
    Label::ALL.iter().map(|label| {
        let name = label.as_str();
        PossibleValue::new(name).alias(name.replace('_', "-"))
    })
}

fn jobs(value: &str) -> Result<NonZeroUsize, &'static str> {
    value.parse().map_err(|_| "give a whole number from 1")
}

fn bias(value: &str) -> Result<Bias, String> {
    match value.to_ascii_lowercase().as_str() {
        "precision" => return Ok(Bias::PRECISION),
        "balanced" => return Ok(Bias::BALANCED),
        "recall" => return Ok(Bias::RECALL),
        _ => {}
    }
    match value.parse::<f32>() {
        Ok(number) if (0.0..=1.0).contains(&number) => Ok(Bias::new(number)),
        _ => Err("give precision, balanced, recall, or a number from 0 (precision) to 1 (recall)".into()),
    }
}

fn url(value: &str) -> Result<String, String> {
    let is_whole = value.split_once("://").is_some_and(|(scheme, rest)| {
        !scheme.is_empty() && !rest.is_empty() && scheme.bytes().all(|b| b.is_ascii_alphanumeric())
    });
    if is_whole {
        Ok(value.to_owned())
    } else {
        Err("give the whole address, for example https://example.org/news/1".into())
    }
}

pub(crate) fn encoding(value: &str) -> Result<&'static encoding_rs::Encoding, String> {
    encoding_rs::Encoding::for_label(value.as_bytes()).ok_or_else(|| {
        "there is no such encoding; names are as on the web, for example utf-8, windows-1251, gb18030, shift_jis".into()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_put_together_well() {
        Cli::command().debug_assert();
    }

    #[test]
    fn labels_are_read_in_any_spelling() {
        let parse = |text: &str| Cli::try_parse_from(["unfurnish", "clean", "--keep", text]).is_ok();
        assert!(parse("newsroom-note,CAPTION") && parse("newsroom_note") && !parse("captoin"));
    }
}
