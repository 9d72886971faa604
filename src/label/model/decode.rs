//! From probabilities to a choice: which blocks make the article whose F1 is expected to be best.

use super::Scores;
use crate::Format;
use crate::feature::Features;
use crate::settings::Bias;

/// The probability from which on blocks of a page are kept.
///
/// Word F1 is what extraction is judged by. If the blocks' words belong to the article with the
/// probabilities `p`, the expected F1 of keeping a set is about twice its expected right words, over its
/// words and all expected words; the best set is that of all blocks above half of the best F1 itself (a
/// known property of F-measures). So a page that the model is sure of is cut at even odds, and one that it
/// is unsure of somewhat lower: losing everything there costs more than keeping too much. `bias` weighs
/// recall as F-beta does: [`Bias::RECALL`] counts it twice, [`Bias::PRECISION`] half.
pub(crate) fn threshold(scores: &Scores, features: &Features, format: Format, bias: Bias) -> f32 {
    // 0.5 → 1, 0.8 → 2, 0.2 → 1/2.
    let beta = ((bias.get() - 0.5) / 0.3).exp2();
    let caution = if format == Format::Html { CAUTION } else { 1.0 };
    let best = if beta == 1.0 { scores.expected } else { best_f(&scores.block, features, beta * beta) };
    (caution * best / (1.0 + beta * beta)).min(HIGHEST_CUT)
}

/// Blocks of one page err together, which the expectation leaves out; cutting this much higher than at half gives
/// articles 0.0008, dragnet 0.002 and magic_article 0.003 more word F1 out-of-fold and costs other kinds of pages 0.002;
/// 1.25 would give articles nothing more and cost others another 0.002. In bare text 1.1 gives news 0.005 and costs
/// forums 0.004: left alone.
const CAUTION: f32 = 1.2;
/// What is surer than this is kept on any page.
const HIGHEST_CUT: f32 = 0.95;

/// The expected F1 of the best choice.
pub(super) fn expected_f1(scores: &[f32], features: &Features) -> f32 {
    best_f(scores, features, 1.0)
}

/// The best expected F-beta over all thresholds.
fn best_f(scores: &[f32], features: &Features, beta2: f32) -> f32 {
    // Probabilities in steps of 1/256: a pass of counting instead of a sort.
    let mut right = [0.0_f32; 257];
    let mut words = [0.0_f32; 257];
    for (&score, &tokens) in scores.iter().zip(&features.tokens) {
        let step = (score.clamp(0.0, 1.0) * 256.0) as usize;
        right[step] += score * tokens as f32;
        words[step] += tokens as f32;
    }
    let all: f32 = right.iter().sum();
    let (mut kept_right, mut kept, mut best) = (0.0, 0.0, 0.0_f32);
    for step in (0..=256).rev() {
        kept_right += right[step];
        kept += words[step];
        // Most steps of most pages hold nothing, and nothing changes there.
        if words[step] > 0.0 {
            best = best.max((1.0 + beta2) * kept_right / (kept + beta2 * all));
        }
    }
    best
}
