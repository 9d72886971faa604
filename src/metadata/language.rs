//! The text's language: what the page declares, checked against what it is written in.
//!
//! Themes declare their own language, and translated pages that of the original: the text is right where the
//! detector is sure of it. Languages that it mixes up with one another stay as declared.

use crate::letter::is_alphabetic;
use rustc_hash::FxHashMap;
use std::sync::LazyLock;

/// The commonest words of languages that pages declare most often, with the languages that have each.
static COMMON_WORDS: LazyLock<FxHashMap<&str, Vec<&str>>> = LazyLock::new(|| {
    let mut words: FxHashMap<&str, Vec<&str>> = FxHashMap::default();
    for (language, word) in include_str!("common_words.txt").lines().filter_map(|line| line.split_once('\t'))
    {
        words.entry(word).or_default().push(language);
    }
    words
});

/// The detector is fed no more: it is as sure after a thousand bytes as after ten thousand, and its time grows.
pub(super) const ENOUGH_BYTES: usize = 1600;
/// Below this many bytes a detected language is a guess.
const LEAST_BYTES: usize = 160;
/// Below this a sure detector has still been wrong about a text whose language was declared.
const LEAST_BYTES_AGAINST_DECLARED: usize = 300;

/// Languages that a detector of letter triples takes for one another.
const LOOKALIKES: &[&[&str]] = &[
    &["no", "nb", "nn", "da", "sv"],
    &["hr", "sr", "bs", "sl", "mk", "sh", "bg"],
    &["cs", "sk"],
    &["id", "ms", "jv", "su", "tl", "fil"],
    &["es", "gl", "ca", "pt", "ast", "oc", "an", "eu"],
    &["af", "nl", "fy", "lb", "de"],
    &["ru", "uk", "be", "bg", "mk", "kk", "ky", "tg", "mn", "tt"],
    &["hi", "mr", "ne", "sa"],
    &["ar", "fa", "ur", "ps", "ug", "ku", "sd", "ckb"],
    &["tr", "az", "tk", "uz"],
    &["he", "yi"],
    &["bn", "as"],
    &["fi", "et"],
    &["zu", "xh", "ss", "nr", "nd"],
    &["it", "la", "co", "ro", "mt", "eo"],
];

/// The language of a page as a two-letter code.
///
/// The title is asked only for its script: of a page whose text was not found it is what remains.
pub(super) fn of(declared: Option<&str>, title: &str, text: &str) -> Option<String> {
    let declared = declared.and_then(code);
    if let Some(language) = declared.as_deref()
        && (in_own_script(language, text) || in_own_script(language, title))
    {
        return declared;
    }
    if let Some(plain) = plain_language(text, declared.as_deref().unwrap_or_default()) {
        return Some(plain.to_owned());
    }
    let detected = if text.len() >= LEAST_BYTES { detect(text) } else { None };
    let language = match (declared, detected) {
        (Some(declared), Some((detected, is_sure))) => {
            let is_other = detected != declared && !are_lookalikes(&declared, detected);
            if is_other && is_sure && text.len() >= LEAST_BYTES_AGAINST_DECLARED {
                detected.to_owned()
            } else {
                declared
            }
        }
        (Some(declared), None) => declared,
        (None, Some((detected, true))) => detected.to_owned(),
        (None, _) => return None,
    };
    Some(language)
}

fn has_lookalikes(language: &str) -> bool {
    LOOKALIKES.iter().any(|group| group.contains(&language))
}

fn are_lookalikes(one: &str, other: &str) -> bool {
    LOOKALIKES.iter().any(|group| group.contains(&one) && group.contains(&other))
}

/// Whether a text is in the script that only this language is written in.
fn in_own_script(language: &str, text: &str) -> bool {
    /// A headline has that many.
    const LEAST_LETTERS: usize = 12;
    /// A lone の stands in Chinese names, too.
    const LEAST_KANA: usize = 3;
    let is_own: fn(char) -> bool = match language {
        "ko" => |c| matches!(c, '\u{ac00}'..='\u{d7a3}'),
        // Headlines are mostly Chinese characters; the kana between them are Japanese alone.
        "ja" if text.chars().filter(|c| matches!(c, '\u{3040}'..='\u{30ff}')).take(LEAST_KANA).count()
            == LEAST_KANA =>
        {
            |c| matches!(c, '\u{3040}'..='\u{30ff}' | '\u{4e00}'..='\u{9fff}')
        }
        "th" => |c| matches!(c, '\u{e00}'..='\u{e7f}'),
        "ka" => |c| matches!(c, '\u{10a0}'..='\u{10ff}'),
        "hy" => |c| matches!(c, '\u{530}'..='\u{58f}'),
        _ => return false,
    };
    let letters = || text.chars().filter(|c| is_alphabetic(*c)).take(400);
    let (own, all) = (letters().filter(|c| is_own(*c)).count(), letters().count());
    all >= LEAST_LETTERS && own * 3 >= all
}

/// The language that a text is so plainly in that it need not be detected, which takes as long as parsing the
/// page: one word in six is among the language's twenty commonest. The declared one needs to lead only;
/// another one must lead by far, and is believed where none is declared and no other language looks like it.
fn plain_language<'d>(text: &str, declared: &'d str) -> Option<&'d str> {
    /// Words looked at; a second hundred changes nothing.
    const MOST_WORDS: usize = 100;
    const LEAST_WORDS: usize = 30;
    /// Prose in the languages of the table has one in four to one in three; in the wrong language one in twenty.
    const ONE_IN: usize = 6;
    // Both norms of Norwegian share these words.
    let name = if matches!(declared, "nb" | "nn") { "no" } else { declared };
    let mut words = 0;
    let mut counts: Vec<(&'static str, usize)> = Vec::new();
    for word in
        text.split(|c: char| !is_alphabetic(c) && c != '\'').filter(|word| !word.is_empty()).take(MOST_WORDS)
    {
        words += 1;
        let lower;
        let word = if word.bytes().all(|b| b.is_ascii_lowercase()) {
            word
        } else {
            lower = word.to_lowercase();
            lower.as_str()
        };
        for &language in COMMON_WORDS.get(word).into_iter().flatten() {
            match counts.iter_mut().find(|(known, _)| *known == language) {
                Some((_, count)) => *count += 1,
                None => counts.push((language, 1)),
            }
        }
    }
    let own = counts.iter().find(|(language, _)| *language == name).map_or(0, |(_, count)| *count);
    let rivals = || counts.iter().filter(|(language, _)| *language != name);
    let best = rivals().map(|(_, count)| *count).max().unwrap_or(0);
    if words < LEAST_WORDS || own.max(best) * ONE_IN < words {
        return None;
    }
    if own > best {
        return Some(declared);
    }
    let &(leading, _) = counts.iter().find(|(_, count)| *count == best)?;
    let leads_by_far = counts.iter().all(|(language, count)| *language == leading || count * 3 <= best);
    // The one language of the table that the detector does not know is believed against what is declared.
    let is_told_by_words = leading == "sw" || declared.is_empty() && !has_lookalikes(leading);
    (leads_by_far && is_told_by_words).then_some(leading)
}

fn detect(text: &str) -> Option<(&'static str, bool)> {
    let info = whatlang::detect(text)?;
    Some((short(info.lang())?, info.is_reliable()))
}

/// `en-US` → `en`; `None` for what is no language.
pub(super) fn code(declared: &str) -> Option<String> {
    let first = declared.trim().split(['-', '_', ',', ';', ' ', '.']).next()?.to_ascii_lowercase();
    let code = match first.as_str() {
        // Names, old codes, codes of countries that are no languages', and codes of three letters.
        "english" | "eng" => "en",
        "german" | "deutsch" | "ger" | "deu" => "de",
        "french" | "fra" | "fre" => "fr",
        "spanish" | "spa" => "es",
        "russian" | "rus" => "ru",
        "chinese" | "zho" | "chi" | "cmn" | "cn" | "yue" => "zh",
        "japanese" | "jpn" | "jp" => "ja",
        "korean" | "kor" => "ko",
        "portuguese" | "por" => "pt",
        "italian" | "ita" => "it",
        "dutch" | "nld" | "dut" => "nl",
        "iw" => "he",
        "in" => "id",
        "ji" => "yi",
        "gr" => "el",
        "ua" => "uk",
        "cz" => "cs",
        "dk" => "da",
        "fil" => "tl",
        other => other,
    };
    CODES.split(' ').any(|known| known == code).then(|| code.to_owned())
}

/// ISO 639-1, all of it.
const CODES: &str = "aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el \
en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu ja jv ka kg ki \
kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv ny \
oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su sv sw ta te tg th ti tk tl tn \
to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu";

/// The two-letter code of a detected language.
fn short(lang: whatlang::Lang) -> Option<&'static str> {
    use whatlang::Lang;
    Some(match lang {
        Lang::Epo => "eo",
        Lang::Eng => "en",
        Lang::Rus => "ru",
        Lang::Cmn => "zh",
        Lang::Spa => "es",
        Lang::Por => "pt",
        Lang::Ita => "it",
        Lang::Ben => "bn",
        Lang::Fra => "fr",
        Lang::Deu => "de",
        Lang::Ukr => "uk",
        Lang::Kat => "ka",
        Lang::Ara => "ar",
        Lang::Hin => "hi",
        Lang::Jpn => "ja",
        Lang::Heb => "he",
        Lang::Yid => "yi",
        Lang::Pol => "pl",
        Lang::Amh => "am",
        Lang::Jav => "jv",
        Lang::Kor => "ko",
        Lang::Nob => "no",
        Lang::Dan => "da",
        Lang::Swe => "sv",
        Lang::Fin => "fi",
        Lang::Tur => "tr",
        Lang::Nld => "nl",
        Lang::Hun => "hu",
        Lang::Ces => "cs",
        Lang::Ell => "el",
        Lang::Bul => "bg",
        Lang::Bel => "be",
        Lang::Mar => "mr",
        Lang::Kan => "kn",
        Lang::Ron => "ro",
        Lang::Slv => "sl",
        Lang::Hrv => "hr",
        Lang::Srp => "sr",
        Lang::Mkd => "mk",
        Lang::Lit => "lt",
        Lang::Lav => "lv",
        Lang::Est => "et",
        Lang::Tam => "ta",
        Lang::Vie => "vi",
        Lang::Urd => "ur",
        Lang::Tha => "th",
        Lang::Guj => "gu",
        Lang::Uzb => "uz",
        Lang::Pan => "pa",
        Lang::Aze => "az",
        Lang::Ind => "id",
        Lang::Tel => "te",
        Lang::Pes => "fa",
        Lang::Mal => "ml",
        Lang::Ori => "or",
        Lang::Mya => "my",
        Lang::Nep => "ne",
        Lang::Sin => "si",
        Lang::Khm => "km",
        Lang::Tuk => "tk",
        Lang::Aka => "ak",
        Lang::Zul => "zu",
        Lang::Sna => "sn",
        Lang::Afr => "af",
        Lang::Lat => "la",
        Lang::Slk => "sk",
        Lang::Cat => "ca",
        Lang::Tgl => "tl",
        Lang::Hye => "hy",
        Lang::Cym => "cy",
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const ENGLISH: &str = "The harbour was closed on Monday after a ship ran aground at the mouth of the river, and the \
        port authority said that it would stay closed until the end of the week. Nobody was hurt when the vessel left \
        the channel in thick fog, but its owners have been told to pay for the tugs that came from three towns along the coast.";
    const GERMAN: &str = "Der Hafen wurde am Montag geschlossen, nachdem ein Schiff an der Mündung des Flusses auf Grund \
        gelaufen war, und die Behörde teilte mit, dass er bis zum Ende der Woche geschlossen bleibt. Niemand wurde verletzt, \
        als das Schiff im dichten Nebel die Fahrrinne verließ, doch die Eigner sollen für die Schlepper zahlen.";

    #[test]
    fn declared_codes_become_two_letters_or_nothing() {
        for (declared, expected) in [
            ("en-US", Some("en")),
            ("de_DE", Some("de")),
            ("zh-Hans-CN", Some("zh")),
            ("cn", Some("zh")),
            ("pt-BR", Some("pt")),
            ("English", Some("en")),
            ("iw", Some("he")),
            ("gr", Some("el")),
            ("en, fr", Some("en")),
            ("", None),
            ("xx", None),
            ("text/html", None),
            ("{{ lang }}", None),
        ] {
            assert_eq!(code(declared).as_deref(), expected, "{declared}");
        }
    }

    #[test]
    fn the_text_wins_where_it_is_long_and_clear() {
        assert_eq!(of(Some("en-US"), "", GERMAN).as_deref(), Some("de"));
        assert_eq!(of(Some("de"), "", ENGLISH).as_deref(), Some("en"));
        assert_eq!(of(None, "", ENGLISH).as_deref(), Some("en"));
        assert_eq!(of(Some("en"), "", "Der Hafen ist zu.").as_deref(), Some("en"));
        assert_eq!(of(None, "", "Der Hafen ist zu."), None);
    }

    #[test]
    fn plain_text_need_not_be_detected() {
        assert_eq!(plain_language(ENGLISH, "en"), Some("en"));
        assert_eq!(plain_language(GERMAN, "de"), Some("de"));
        for (text, declared) in
            [(ENGLISH, "de"), (GERMAN, "en"), (GERMAN, "nl"), ("The ship.", "en"), (ENGLISH, "xx")]
        {
            assert_eq!(plain_language(text, declared), None, "{declared}");
        }
    }

    #[test]
    fn nothing_declared_a_language_without_lookalikes_is_told_by_its_words() {
        assert_eq!(plain_language(ENGLISH, ""), Some("en"));
        assert_eq!(detect(ENGLISH), Some(("en", true)));
        assert_eq!(plain_language(GERMAN, ""), None);
        assert_eq!(plain_language("The ship.", ""), None);
        let both = ENGLISH.split(' ').zip(GERMAN.split(' ')).map(|(one, other)| format!("{one} {other} "));
        assert_eq!(plain_language(&both.collect::<String>(), ""), None);
    }

    #[test]
    fn a_language_that_the_detector_does_not_know_is_told_by_its_words() {
        let text = "Watu wa mji wa bandari walikuwa na hofu kubwa baada ya meli kukwama katika mdomo wa mto siku ya \
            Jumatatu. Mamlaka ya bandari imesema kwamba kazi ya kuondoa meli hiyo ni ngumu na itachukua muda wa wiki \
            moja, na wakazi wa eneo hilo wametakiwa kuwa na subira kwa ajili ya usalama wa wote.";
        assert_eq!(of(Some("en-US"), "", text).as_deref(), Some("sw"));
    }

    #[test]
    fn a_title_in_the_languages_own_script_is_proof() {
        assert_eq!(
            of(Some("ja"), "河口付近で貨物船が座礁、港湾当局は週末まで全面閉鎖", ENGLISH).as_deref(),
            Some("ja")
        );
        assert_eq!(of(Some("ko"), "강 하구에서 배가 좌초해 항구 폐쇄", ENGLISH).as_deref(), Some("ko"));
        assert_eq!(of(Some("ja"), "Ship aground", ENGLISH).as_deref(), Some("en"));
    }

    #[test]
    fn the_codes_are_all_there() {
        assert_eq!(CODES.split(' ').count(), 184);
    }
}
