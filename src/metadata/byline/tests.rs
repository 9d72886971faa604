use super::*;
use proptest::prelude::*;

#[test]
fn values_become_names_and_nothing_else() {
    for (value, expected) in [
        ("Jane Doe", &["Jane Doe"][..]),
        ("  Jane   Doe ", &["Jane Doe"]),
        ("By Jane Doe", &["Jane Doe"]),
        ("BY JANE DOE", &["JANE DOE"]),
        ("by Jane Doe", &["Jane Doe"]),
        ("Written by Jane Doe", &["Jane Doe"]),
        ("Von Max Muster", &["Max Muster"]),
        ("von Max Muster und Erika Muster", &["Max Muster", "Erika Muster"]),
        ("Jane Doe and John Roe", &["Jane Doe", "John Roe"]),
        ("Jane Doe, John Roe and Ann Poe", &["Jane Doe", "John Roe", "Ann Poe"]),
        ("Jane Doe; John Roe", &["Jane Doe", "John Roe"]),
        ("Jane Doe & John Roe", &["Jane Doe", "John Roe"]),
        ("Jane Doe|John Roe", &["Jane Doe", "John Roe"]),
        ("Ana Ruiz y Luis Paz", &["Ana Ruiz", "Luis Paz"]),
        ("José Ortega y Gasset", &["José Ortega y Gasset"]),
        ("Anne Roux et Luc Petit", &["Anne Roux", "Luc Petit"]),
        ("Jan Kowalski i Anna Nowak", &["Jan Kowalski", "Anna Nowak"]),
        ("Иван Петров и Анна Сидорова", &["Иван Петров", "Анна Сидорова"]),
        ("Jane Doe, Senior Reporter", &["Jane Doe"]),
        ("Jane Doe, Political Editor", &["Jane Doe"]),
        ("Political Editor Jane Doe", &["Jane Doe"]),
        ("Jane Doe Senior Reporter", &["Jane Doe"]),
        ("Jane Doe (AFP)", &["Jane Doe"]),
        ("Jane Doe in Washington", &["Jane Doe"]),
        ("Max Muster für die Zeitung", &["Max Muster"]),
        ("Jane Doe, Nairobi", &["Jane Doe"]),
        ("Jane Doe, PhD", &["Jane Doe"]),
        ("Jane Doe @janedoe", &["Jane Doe"]),
        ("@janedoe", &[]),
        ("jane@example.com", &[]),
        ("Jane Doe <jane@example.com>", &["Jane Doe"]),
        ("https://example.com/jane", &[]),
        ("http://www.facebook.com/jane.doe", &[]),
        ("www.example.com", &[]),
        ("example.com", &[]),
        ("example.de, Frankfurt, Germany", &[]),
        ("<a href=\"/jane\">Jane Doe</a>", &["Jane Doe"]),
        ("admin", &[]),
        ("Admin", &[]),
        ("By admin", &[]),
        ("Staff", &[]),
        ("Editor", &[]),
        ("The Editors", &[]),
        ("News Desk", &[]),
        ("Example Staff", &[]),
        ("Staff Writer", &[]),
        ("Redaktion", &[]),
        ("Die Redaktion", &[]),
        ("Redacción", &[]),
        ("Redazione", &[]),
        ("redakcja", &[]),
        ("Редакция", &[]),
        ("编辑部", &[]),
        ("編集部", &[]),
        ("관리자", &[]),
        ("Unknown", &[]),
        ("null", &[]),
        ("[object Object]", &[]),
        ("{{author}}", &[]),
        ("12345", &[]),
        ("user123", &[]),
        ("janedoe", &[]),
        ("", &[]),
        (",", &[]),
        ("Written By", &[]),
        ("Posted by", &[]),
        ("The Example Newsroom", &[]),
        ("Sr. Director of Operations", &[]),
        ("Reuters", &["Reuters"]),
        ("Voltaire", &["Voltaire"]),
        ("Maria and Katerina", &["Maria", "Katerina"]),
        ("Ludwig van Beethoven", &["Ludwig van Beethoven"]),
        ("Conan O'Brien", &["Conan O'Brien"]),
        ("Anne-Marie Slaughter", &["Anne-Marie Slaughter"]),
        ("J. R. R. Tolkien", &["J. R. R. Tolkien"]),
        ("张三", &["张三"]),
        ("山田太郎", &["山田太郎"]),
        ("홍길동 기자", &["홍길동"]),
        ("محمد علي", &["محمد علي"]),
        ("राम कुमार", &["राम कुमार"]),
        ("Jane Doe ⋅ Review Editor", &["Jane Doe"]),
        ("Jane Doe • 22 April 2025", &["Jane Doe"]),
        ("Jane Doe, Jane Doe", &["Jane Doe"]),
    ] {
        assert_eq!(names(value), expected, "{value}");
    }
}

#[test]
fn catalogues_write_the_last_name_first() {
    assert_eq!(turned("Doe, Jane").as_deref(), Some("Jane Doe"));
    assert_eq!(turned("van Beethoven, Ludwig").as_deref(), Some("Ludwig van Beethoven"));
    assert_eq!(turned("Jane Doe"), None);
    assert_eq!(turned("Doe, Jane, Roe, John"), None);
}

#[test]
fn blocks_that_are_bylines_are_known() {
    for (block, expected) in [
        ("By Jane Doe", &["Jane Doe"][..]),
        ("BY JANE DOE", &["JANE DOE"]),
        ("By Jane Doe and John Roe", &["Jane Doe", "John Roe"]),
        ("By Jane Doe, John Roe and Ann Poe", &["Jane Doe", "John Roe", "Ann Poe"]),
        ("By Jane Doe, Senior Reporter", &["Jane Doe"]),
        ("By Jane Doe | April 22, 2025", &["Jane Doe"]),
        ("By Jane Doe, April 22, 2025", &["Jane Doe"]),
        ("By Jane Doe · 5 min read", &["Jane Doe"]),
        ("By Jane Doe, Reuters", &["Jane Doe"]),
        ("Written by Jane Doe", &["Jane Doe"]),
        ("Author: Jane Doe", &["Jane Doe"]),
        ("Posted by Jane Doe on April 22, 2025", &["Jane Doe"]),
        ("Von Max Muster", &["Max Muster"]),
        ("Von Max Muster und Erika Muster", &["Max Muster", "Erika Muster"]),
        ("Ein Gastbeitrag von Max Muster", &["Max Muster"]),
        ("Text: Max Muster", &["Max Muster"]),
        ("Par Anne Roux", &["Anne Roux"]),
        ("Por Ana Ruiz", &["Ana Ruiz"]),
        ("Di Anna Rossi", &["Anna Rossi"]),
        ("Door Jan de Vries", &["Jan de Vries"]),
        ("Av Ola Nordmann", &["Ola Nordmann"]),
        ("Af Jens Hansen", &["Jens Hansen"]),
        ("Autor: Jan Kowalski", &["Jan Kowalski"]),
        ("Автор: Иван Петров", &["Иван Петров"]),
        ("Oleh Budi Santoso", &["Budi Santoso"]),
        ("بقلم محمد علي", &["محمد علي"]),
        ("מאת דוד כהן", &["דוד כהן"]),
        ("作者：张三", &["张三"]),
        ("记者 张三 李四", &["张三", "李四"]),
        ("文/张三", &["张三"]),
        ("홍길동 기자", &["홍길동"]),
        ("홍길동 기자 hong@example.com", &["홍길동"]),
        ("山田太郎 記者", &["山田太郎"]),
        ("By admin", &[]),
        ("By Reuters", &[]),
        ("By Staff", &[]),
        ("By Example Staff", &[]),
    ] {
        let expected: Vec<String> = expected.iter().map(|name| (*name).to_owned()).collect();
        assert_eq!(whole_block(block), Some(expected), "{block}");
    }
}

#[test]
fn blocks_that_only_begin_like_bylines_are_none() {
    for block in [
        "By the time he arrived, the ship had sunk.",
        "By Monday",
        "By Monday the harbour was open again",
        "Von den Schiffen war nichts zu sehen",
        "Por la mañana",
        "Par exemple",
        "Di notte",
        "Jane Doe",
        "Ludovic Marin / AP / TASS",
        "Gavriil Grigorov, Sputnik, Kremlin Pool Photo/AP",
        "By Jane Doe, who was there when the ship ran aground",
        "Author",
        "By",
        "记者会今天举行",
        "작가는 말했다",
        "April 22, 2025",
        "",
    ] {
        assert_eq!(whole_block(block), None, "{block}");
    }
}

#[test]
fn marked_blocks_need_no_introduction() {
    for (block, expected) in [
        ("Jane Doe", &["Jane Doe"][..]),
        ("Jane Doe, John Roe", &["Jane Doe", "John Roe"]),
        ("Jane Doe | April 22, 2025", &["Jane Doe"]),
        ("By Jane Doe", &["Jane Doe"]),
        ("About us and our friends", &[]),
        ("jane", &[]),
    ] {
        assert_eq!(marked(block), expected, "{block}");
    }
}

#[test]
fn the_tables_are_sorted_and_in_lower_case() {
    for table in [include_str!("../byline_words.txt"), include_str!("../not_authors.txt")] {
        let lines: Vec<&str> = table.lines().collect();
        assert!(lines.windows(2).all(|pair| pair[0] < pair[1]));
        assert!(lines.iter().all(|line| line.to_lowercase() == **line && line.contains('\t')));
    }
}

/// Texts of what bylines are made of, and of what looks like it.
pub(crate) fn texts_of_bylines() -> impl Strategy<Value = String> {
    let lines =
        || include_str!("../byline_words.txt").lines().chain(include_str!("../not_authors.txt").lines());
    let words: Vec<&str> = lines().filter_map(|line| line.rsplit('\t').next()).collect();
    let cased = |word: &str| [word.to_owned(), word.to_uppercase(), word.chars().rev().collect()];
    let words: Vec<String> = words.into_iter().flat_map(cased).collect();
    const SIGNS: &[&str] = &[
        " ", " ", " ", ": ", "：", ". ", ".", "-", "– ", ",", "\u{a0}", "\u{3000}", "“", "Σ", "İ",
        "\u{212a}", "Jane Doe",
    ];
    let piece =
        prop_oneof![proptest::sample::select(words), proptest::sample::select(SIGNS).prop_map(str::to_owned)];
    proptest::collection::vec(piece, 0..6).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn no_text_makes_the_reader_fail(text in "\\PC{0,120}") {
        let _ = (names(&text), whole_block(&text), marked(&text), turned(&text));
    }

    #[test]
    fn no_heap_of_pieces_of_bylines_makes_the_reader_fail(
        pieces in proptest::collection::vec(
            prop_oneof![Just("By "), Just("von "), Just("Jane Doe"), Just(", "), Just(" and "), Just("기자"), Just("文/"), Just("："),
                Just("@"), Just("<"), Just(">"), Just("("), Just("|"), Just("2025"), Just("é"), Just("Reuters"), Just(" "), Just("editor")],
            0..14,
        )
    ) {
        let text = pieces.concat();
        for name in names(&text).into_iter().chain(whole_block(&text).unwrap_or_default()) {
            prop_assert!(!name.contains(['@', '<', '>', '|']) && !name.trim().is_empty(), "{name}");
        }
    }
}
