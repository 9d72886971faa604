//! What can be said to the commands that find copies.

use crate::args::{InputKind, ReadArgs};
use crate::terminal::ColorWhen;
use clap::{Args, ValueEnum};
use std::path::PathBuf;
use unfurnish::Similarity;

#[derive(Debug, Args)]
pub(crate) struct FingerprintArgs {
    #[command(flatten)]
    pub(crate) read: ReadArgs,

    #[command(flatten)]
    pub(crate) body: BodyArgs,

    /// How fingerprints are written
    #[arg(short, long, value_enum, default_value = "text", help_heading = "Output")]
    pub(crate) format: CopiesFormat,
}

#[derive(Debug, Args)]
pub(crate) struct DedupArgs {
    #[command(flatten)]
    pub(crate) read: ReadArgs,

    #[command(flatten)]
    pub(crate) body: BodyArgs,

    /// Which document of several copies is kept
    #[arg(long, value_enum, default_value = "longest", help_heading = "Copies")]
    pub(crate) keep: Keep,

    /// From which similarity on two documents are copies: above 0, up to 1
    #[arg(long, value_name = "SIMILARITY", value_parser = similarity, default_value_t = Similarity::default().get())]
    #[arg(help_heading = "Copies")]
    pub(crate) threshold: f32,

    /// How the answer is written
    #[arg(short, long, value_enum, default_value = "text", help_heading = "Output")]
    pub(crate) format: CopiesFormat,

    /// Write the kept documents only, as they came in: lines as they are, files by their names
    #[arg(long, conflicts_with_all = ["format", "pairs"], help_heading = "Output")]
    pub(crate) unique: bool,

    /// Write every verified pair of copies instead of each document's place
    #[arg(long, help_heading = "Output")]
    pub(crate) pairs: bool,

    /// Say on standard error how many documents there were and what became of them
    #[arg(long, help_heading = "Output")]
    pub(crate) stats: bool,

    /// How much memory the search for copies may take besides the fingerprints, for example 512M or 2G [default: any]
    #[arg(long, value_name = "SIZE", value_parser = size, help_heading = "Copies")]
    pub(crate) memory: Option<usize>,

    /// Where to keep what does not fit into memory [default: the system's folder for such files]
    #[arg(long, value_name = "DIR", help_heading = "Output")]
    pub(crate) temp: Option<PathBuf>,

    /// Write to this file; it appears whole or not at all
    #[arg(short, long, value_name = "FILE", help_heading = "Output")]
    pub(crate) output: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct DiffArgs {
    /// The first text: a file, or `-` for standard input
    pub(crate) first: PathBuf,

    /// The second text
    pub(crate) second: PathBuf,

    /// What the two are
    #[arg(short, long, value_enum, default_value = "auto", value_name = "KIND", help_heading = "Input")]
    pub(crate) input: InputKind,

    /// The encoding of the two, for example windows-1251 [default: found out for each]
    #[arg(long, value_name = "LABEL", value_parser = crate::args::encoding, help_heading = "Input")]
    pub(crate) encoding: Option<&'static encoding_rs::Encoding>,

    #[command(flatten)]
    pub(crate) body: BodyArgs,

    /// How the passages are written
    #[arg(short, long, value_enum, default_value = "text", help_heading = "Output")]
    pub(crate) format: CopiesFormat,

    /// Colour the output
    #[arg(long, value_enum, default_value = "auto", value_name = "WHEN", help_heading = "Output")]
    pub(crate) color: ColorWhen,
}

/// What of a document is compared.
#[derive(Debug, Args)]
pub(crate) struct BodyArgs {
    /// Clean text and Markdown, too
    ///
    /// HTML is always cleaned. Text and Markdown are taken to be bodies already, without anything around them; with
    /// this they are pages of which the article is compared. In JSON lines "text" is then looked at last, not first.
    #[arg(long, help_heading = "Input")]
    pub(crate) clean: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub(crate) enum CopiesFormat {
    /// For people
    Text,
    /// JSON for people
    Json,
    /// One JSON object a line
    Jsonl,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub(crate) enum Keep {
    /// The one that came first
    First,
    /// The one with the most words, of several the first
    Longest,
    /// The one that was published first, of several the first; those without a date come last
    ///
    /// The date is the key "published" of a line, else what the page says of itself.
    Earliest,
}

fn similarity(value: &str) -> Result<f32, String> {
    let similarity = value.parse().ok().and_then(Similarity::new);
    similarity
        .map(Similarity::get)
        .ok_or_else(|| "give a number above 0 and up to 1, for example 0.6; 1 is the same words only".into())
}

fn size(value: &str) -> Result<usize, String> {
    let digits = value.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let factor = match value[digits.len()..].to_ascii_lowercase().trim_end_matches("ib").trim_end_matches('b')
    {
        "" => Some(1),
        "k" => Some(1 << 10),
        "m" => Some(1 << 20),
        "g" => Some(1 << 30),
        _ => None,
    };
    let bytes = factor.and_then(|factor: usize| digits.parse::<usize>().ok()?.checked_mul(factor));
    bytes.ok_or_else(|| "give a number of bytes, or of K, M or G, for example 512M".into())
}

#[cfg(test)]
mod tests {
    use super::size;

    #[test]
    fn sizes_have_units() {
        let sizes = ["7", "2k", "512M", "1GiB", "3mb"].map(|text| size(text).ok());
        assert_eq!(sizes, [Some(7), Some(2048), Some(512 << 20), Some(1 << 30), Some(3 << 20)]);
        assert!(["", "M", "1T", "-1", "1.5G", "99999999999999G"].iter().all(|text| size(text).is_err()));
    }
}
