//! Picture stories: pages whose article is what stands below their pictures.
//!
//! A caption is set aside because the article can be read without it. Where the captions that the score takes for
//! text hold more words than all the rest that is kept, they are the article.

use super::facts::Facts;
use super::{Label, Verdict};

/// Shorter ones name what is seen; captions of picture stories tell.
const LEAST_WORDS: u32 = 12;

/// Keeps the captions of a picture story.
pub(super) fn keep_picture_stories(
    facts: &Facts<'_>,
    scores: &[f32],
    threshold: f32,
    verdicts: &mut [Verdict],
) {
    let tells = |at: usize, verdict: &Verdict| {
        matches!(verdict.label, Label::Caption | Label::Credit)
            && !verdict.is_kept
            && scores[at] >= threshold
            && facts.of[at].words >= LEAST_WORDS
    };
    let (mut told, mut kept) = (0, 0);
    for (at, verdict) in verdicts.iter().enumerate() {
        let words = facts.of[at].words;
        told += words * u32::from(tells(at, verdict));
        kept += words * u32::from(verdict.is_kept);
    }
    if told <= kept {
        return;
    }
    for (at, verdict) in verdicts.iter_mut().enumerate() {
        if tells(at, verdict) {
            verdict.is_kept = true;
            verdict.label = Label::Body;
            verdict.score = scores[at];
            verdict.rule = "picture-story";
            verdict.detail = "the article is its captions".into();
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::{Label, Page, extract};

    const PICTURES: [&str; 4] = [
        "Fishermen mend their nets on the quay of Sandhaven before the first storm of the autumn. (Ada Quill/Reuters)",
        "A boy holds up a crab that the tide left behind under the old pier on Sunday morning. (Tom Reed/Reuters)",
        "The last ferry of the season leaves the harbour with eleven passengers and a piano on board. (Ada Quill/AP)",
        "Keeper Ruth Olsen lights the lamp by hand, as she has done every evening for thirty years. (Tom Reed/AP)",
    ];

    fn page(text: &str) -> String {
        let captions: String =
            PICTURES.iter().map(|picture| format!("<p><img src=a.jpg></p><p>{picture}</p>")).collect();
        format!(
            "<title>Autumn in Sandhaven</title><nav><a href=/>Home</a> <a href=/news>News</a></nav>\
             <article><h1>Autumn in Sandhaven</h1>{captions}{text}</article><footer>© The Herald</footer>"
        )
    }

    #[test]
    fn captions_are_the_article_where_there_is_no_other() {
        let article = extract(Page::html(page("")));
        for picture in PICTURES {
            assert!(article.text().contains(picture), "{:?}", article.text());
        }
        assert!(!article.text().contains("Herald"));
    }

    #[test]
    fn captions_are_set_aside_where_the_text_is_longer() {
        let text = format!(
            "<p>{}</p>",
            "The town counts its boats in October and its chimneys in March. ".repeat(12)
        );
        let article = extract(Page::html(page(&text)));
        assert!(article.text().contains("chimneys") && !article.text().contains("Fishermen"));
        let captions = article.blocks().filter(|block| block.label() == Label::Caption).count();
        assert_eq!(captions, PICTURES.len());
    }
}
