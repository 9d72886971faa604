//! Chapter five: numbers and words → a verdict for each block.
//!
//! The score decides; rules add what words say outright. A rule may name a block, lean on a doubtful score, or
//! decide ([`finding::Weight`]); whatever decides leaves its name and its reason on the block.

mod agencies;
mod agency_dateline;
mod bare;
mod detail;
mod embedded;
mod facts;
mod finding;
mod fold;
mod glance;
mod heading;
mod join;
mod kind;
mod known_words;
mod little;
pub(crate) mod model;
mod name;
mod phrases;
mod pictures;
mod rules;
mod sieve;
mod signs;
mod together;

pub use kind::{Label, ParseLabelError};

pub(crate) use agency_dateline::drop_agency_dateline;
pub(crate) use detail::Detail;
pub(crate) use embedded::take_embedded_body;
pub(crate) use glance::Glance;
pub(crate) use heading::settle_headings;
pub(crate) use join::join_broken_paragraphs;
pub(crate) use phrases::label_before_colon;
pub(crate) use rules::ALT_TEXT as ALT_TEXT_RULE;
pub(crate) use rules::{Named, furniture};
pub(crate) use signs::Signs;

use crate::Format;
use crate::block::{BlockKind, Blocks};
use crate::feature::Features;
use crate::metadata::Metadata;
use crate::settings::Settings;
use crate::tree::Tree;
use facts::Facts;
use finding::{Finding, Findings, Weight};

/// What was decided about a block, and why.
#[derive(Clone, Debug)]
pub(crate) struct Verdict {
    pub(crate) label: Label,
    /// How likely the block is a part of the article, 0 to 1.
    pub(crate) score: f32,
    /// The rule that gave the label; rule names are promises.
    pub(crate) rule: &'static str,
    /// What the rule saw.
    pub(crate) detail: Detail,
    pub(crate) is_kept: bool,
    /// Whether the block was put together from parts of a broken paragraph.
    pub(crate) is_joined: bool,
}

/// What was decided about a page.
pub(crate) struct Judgement {
    pub(crate) verdicts: Vec<Verdict>,
    /// How well the page is expected to be judged, 0 to 1.
    pub(crate) score: f32,
}

/// Decides about every block.
pub(crate) fn judge(
    tree: &Tree<'_>,
    blocks: &Blocks,
    features: &Features,
    metadata: &Metadata,
    format: Format,
    settings: &Settings,
) -> Judgement {
    let scores = model::score(features, format);
    let threshold = model::threshold(&scores, features, format, settings.bias);
    // Only now, when the model's tables are gone.
    let facts = Facts::gather(tree, blocks, features, metadata, format);
    let mut findings = rules::find(&facts);
    let mut verdicts: Vec<Verdict> =
        (0..facts.len()).map(|at| verdict(&facts, &mut findings, at, scores.block[at], threshold)).collect();
    pictures::keep_picture_stories(&facts, &scores.block, threshold, &mut verdicts);
    bare::keep_bare_text(&facts, &mut verdicts);
    together::settle(&facts, &mut verdicts);
    name::name_removed(&facts, features, &mut verdicts);
    little::keep_lone_headline(&scores.block, threshold, &mut verdicts);
    if settings.explain {
        explain_scores(features, format, &mut verdicts);
    }
    little::drop_scraps(&facts, &mut verdicts);
    for verdict in &mut verdicts {
        verdict.is_kept |= settings.keep.contains(&verdict.label);
        verdict.is_kept &= !settings.drop.contains(&verdict.label);
    }
    // A page of which nothing was kept is surely judged, but it is no article.
    let score = if verdicts.iter().any(|verdict| verdict.is_kept) { scores.page } else { 0.0 };
    Judgement { verdicts, score }
}

/// The rule's name where the score alone decides.
pub(crate) const SCORE_RULE: &str = "score";

/// A rule that would remove a block is overruled by a score this high.
const SURE: f32 = 0.85;
/// A leaning rule that would keep a block is overruled by a score this low.
const SURELY_NOT: f32 = 0.1;
/// The score of a block that a rule removes or, being a caption, sets aside.
const DECIDED: f32 = 0.02;

/// One block's verdict: its score, unless a rule decides.
fn verdict(facts: &Facts<'_>, findings: &mut Findings, at: usize, score: f32, threshold: f32) -> Verdict {
    // A block without words (a bullet, a rule of stars, a stray mark) says nothing.
    let is_mute = facts.of[at].words == 0 && facts.kind(at) != BlockKind::Code;
    let score = if is_mute { score.min(DECIDED) } else { score };
    let finding = findings.take(at);
    let is_sure = score >= SURE.max(threshold);
    let removes = |found: &Finding| {
        !found.label.is_kept_by_default()
            && match found.weight {
                Weight::Decides => !is_sure || holds_against_the_score(found.label),
                Weight::Leans => !is_sure,
                Weight::Names => false,
            }
    };
    match finding {
        Some(found) if removes(&found) => Verdict {
            label: found.label,
            score: score.min(DECIDED),
            rule: found.rule,
            detail: found.detail.into(),
            is_kept: false,
            is_joined: false,
        },
        finding => {
            let keeps = |found: &Finding| {
                found.label.is_kept_by_default() && found.weight >= Weight::Leans && score > SURELY_NOT
            };
            let is_kept = (score >= threshold || finding.as_ref().is_some_and(keeps)) && !is_mute;
            let named = finding.filter(|found| found.label.is_kept_by_default() == is_kept);
            let (label, rule, detail) = match named {
                Some(found) => (found.label, found.rule, found.detail),
                None => (plain_label(facts.kind(at), is_kept), SCORE_RULE, ""),
            };
            Verdict { label, score, rule, detail: detail.into(), is_kept, is_joined: false }
        }
    }
}

/// Whether a rule is heard whatever the score.
///
/// Titles, captions, credits and copyright lines belong to the article and are set aside all the same; pointers to
/// other articles and biographies read like it. Of all else that a rule would remove and the score is sure of, the
/// gold texts hold most, in text without mark-up as well.
fn holds_against_the_score(label: Label) -> bool {
    use Label::{AuthorBio, Caption, Credit, Legal, Related, Title};
    matches!(label, Title | Caption | Credit | Legal | Related | AuthorBio)
}

/// The label of a block about which no rule has a word.
fn plain_label(kind: BlockKind, is_kept: bool) -> Label {
    match (is_kept, kind) {
        (true, BlockKind::Heading(_)) => Label::Heading,
        (true, _) => Label::Body,
        (false, _) => Label::Other,
    }
}

/// Gives verdicts that rest on the score the signs that weighed most in it.
fn explain_scores(features: &Features, format: Format, verdicts: &mut [Verdict]) {
    let signs = model::explain(features, format);
    for (verdict, signs) in verdicts.iter_mut().zip(signs).filter(|(verdict, _)| verdict.rule == SCORE_RULE) {
        let words: Vec<_> = signs.into_iter().map(|sign| sign.words).collect();
        let words = words.join("; ");
        let seen = &*verdict.detail;
        verdict.detail = if seen.is_empty() { words } else { format!("{seen}; {words}") }.into();
    }
}
