//! Pages with hardly any text: a headline that is all there is, and scraps that are no article.

use super::facts::Facts;
use super::{Label, SCORE_RULE, Verdict};

/// Where the headline is all that the score takes for text, as on a page that only links to another, it is the text.
pub(super) fn keep_lone_headline(scores: &[f32], threshold: f32, verdicts: &mut [Verdict]) {
    if verdicts.iter().any(|verdict| verdict.is_kept) {
        return;
    }
    let headline = |(verdict, score): &(&mut Verdict, &f32)| verdict.rule == "title" && **score >= threshold;
    if let Some((verdict, score)) = verdicts.iter_mut().zip(scores).find(headline) {
        (verdict.label, verdict.rule, verdict.score, verdict.is_kept) =
            (Label::Heading, SCORE_RULE, *score, true);
    }
}

/// Fewer words than this are what is left over of a page, not an article.
const LEAST_ARTICLE_WORDS: u32 = 3;

/// A page of which only a word or two would be kept has no article.
pub(super) fn drop_scraps(facts: &Facts<'_>, verdicts: &mut [Verdict]) {
    let kept = facts.of.iter().zip(&*verdicts).filter(|(_, verdict)| verdict.is_kept);
    if kept.map(|(fact, _)| fact.words).sum::<u32>() >= LEAST_ARTICLE_WORDS {
        return;
    }
    for verdict in verdicts.iter_mut().filter(|verdict| verdict.is_kept) {
        verdict.is_kept = false;
        verdict.label = Label::Other;
        verdict.rule = "scraps";
        verdict.detail = "too few words for an article".into();
    }
}

#[cfg(test)]
mod tests {
    use crate::{Label, Page, extract};

    #[test]
    fn a_link_post_is_its_headline_and_an_article_is_not() {
        let page = |text: &str| {
            format!(
                "<!DOCTYPE html><title>Harbour opens again after nine days</title><header><a href=/>Saltmarsh Notes</a><nav>\
                <a href=/about>About</a> <a href=/feed>Feed</a></nav></header><main><article><h1><a href=https://example.org/>\
                Harbour opens again after nine days</a></h1>{text}</article></main><footer>© 2026 Saltmarsh Notes</footer>"
            )
        };
        let post = page("");
        let article = extract(Page::html(&*post));
        assert_eq!(article.text(), "Harbour opens again after nine days\n");
        assert_eq!(article.kept().map(|block| block.label()).collect::<Vec<_>>(), [Label::Heading]);
        let text = "<p>The harbour was opened on Monday, after the ship that had run aground at its mouth was towed away \
            by three tugs, the authority said in the evening.<p>Fishing boats left at once, and the ferry sails today.";
        let long = page(text);
        assert!(extract(Page::html(&*long)).text().starts_with("The harbour was opened"));
    }
}
