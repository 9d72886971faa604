use super::*;
use proptest::prelude::*;

/// Every word of the tables, and every one that the reader itself names.
fn words() -> Vec<String> {
    let tables = [
        include_str!("../../months.txt"),
        include_str!("../../weekdays.txt"),
        include_str!("../../date_words.txt"),
    ];
    let of_tables = tables.into_iter().flat_map(str::lines).filter_map(|line| line.rsplit('\t').next());
    let of_reader = include_str!("../read.rs").split('"').skip(1).step_by(2);
    let of_words = include_str!("../words.rs").split('"').skip(1).step_by(2);
    let all = of_tables.chain(of_reader).chain(of_words);
    all.flat_map(|word| [word.to_owned(), word.to_uppercase(), format!("{word}x")]).collect()
}

fn texts_of_dates() -> impl Strategy<Value = String> {
    const SIGNS: &[&str] =
        &[" ", " ", " ", ".", "'", "’", "/", "-", ":", "\n", "\u{b}", "\u{200b}", "«", "é", "İ", "٣"];
    let piece = prop_oneof![
        3 => proptest::sample::select(words()),
        3 => proptest::sample::select(SIGNS).prop_map(str::to_owned),
        1 => "[0-9]{1,4}",
    ];
    proptest::collection::vec(piece, 0..10).prop_map(|pieces| pieces.concat())
}

/// Whether the reader, asked for everything that may stand somewhere, finds nothing.
fn finds_nothing(reader: &Reader<'_>) -> bool {
    reader.day().is_none()
        && reader.time().is_none()
        && phrase(reader.rest(0)).is_none()
        && reader.zone(0).1 == 0
        && reader.token(0) != Some(Token::Word("t"))
}

proptest! {
    #[test]
    fn nothing_begins_with_a_word_that_is_not_known_to_begin_something(text in texts_of_dates()) {
        let folded = fold(&text);
        let pieces = tokens(&folded);
        for at in 0..pieces.len() {
            let Token::Word(word) = pieces[at].token else { continue };
            let hint = Hint::default();
            let reader = Reader { pieces: &pieces, hint: &hint, at, dates: Vec::new(), pending: None, kind: Kind::Unsaid };
            prop_assert!(beginning(word).is_some() || finds_nothing(&reader), "{word} in {text:?}");
        }
    }

    #[test]
    fn a_text_that_shows_at_once_to_be_no_date_begins_with_such_a_word(text in texts_of_dates()) {
        if !may_begin_date(&text) {
            let folded = fold(&text);
            // A break of line is a sign of its own, and a date may follow.
            let first = tokens(&folded).into_iter().map(|piece| piece.token).find(|first| *first != Token::Sign('\n'));
            let is_known = matches!(first, Some(Token::Word(word)) if beginning(word).is_none());
            prop_assert!(is_known, "{text:?}");
        }
    }
}

#[test]
fn every_word_that_begins_something_is_known_to() {
    for word in words() {
        for text in
            [format!("{word} 12 2024"), format!("{word} 12:30"), format!("{word} +01:00"), word.clone()]
        {
            let folded = fold(&text);
            let pieces = tokens(&folded);
            let hint = Hint::default();
            let reader = Reader {
                pieces: &pieces,
                hint: &hint,
                at: 0,
                dates: Vec::new(),
                pending: None,
                kind: Kind::Unsaid,
            };
            if let Some(Token::Word(first)) = reader.token(0) {
                assert!(beginning(first).is_some() || finds_nothing(&reader), "{text}");
            }
        }
    }
}
