//! Kinds of texts that are copies, and kinds that only look alike.

use unfurnish::{Clusters, Fingerprint, Index, Relation};

const STORY: &str = "The council of the small harbour town decided on Thursday evening to close the old ferry \
    terminal for good. Mayor Ingrid Solheim said that repairs would have cost more than building a new pier on the \
    northern shore, where a company from Bergen already owns land. Fishermen who have used the terminal for \
    decades protested in front of the town hall and handed over a petition signed by two thirds of the residents. \
    \"Nobody asked us before the drawings were made,\" said their speaker, Olav Brekke, whose family has run boats \
    since the war. The council's decision doesn't take effect before spring, and the opposition wants to take the \
    matter to the county court. A study by the university found the terminal's pillars sound but its ramps unsafe.";

fn related(a: &str, b: &str) -> Option<Relation> {
    let mut index = Index::default();
    index.insert(0u32, Fingerprint::of(b));
    index.matches(&Fingerprint::of(a)).first().map(|m| m.relation())
}

#[test]
fn a_text_in_other_clothes_is_an_exact_copy() {
    let smart = STORY.replace("\"Nobody", "“Nobody").replace("made,\"", "made,”").replace('\'', "’");
    let mojibake = smart.replace('“', "â€œ").replace('”', "â€\u{9d}").replace('’', "â€™");
    let entities = STORY.replace('"', "&quot;").replace('\'', "&#8217;").replace("council", "coun\u{ad}cil");
    for other in [smart, mojibake, entities, STORY.to_uppercase(), STORY.replace(' ', "\u{a0}\n")] {
        assert_eq!(related(&other, STORY), Some(Relation::Exact), "{other}");
    }
}

#[test]
fn cut_extended_and_edited_texts_are_copies() {
    let half = &STORY[..STORY.len() / 2];
    assert_eq!(related(half, STORY), Some(Relation::Contained));
    assert_eq!(related(STORY, half), Some(Relation::Contains));
    let edited = STORY
        .replace("Thursday evening", "late Thursday")
        .replace("good. Mayor", "good, officials say. Mayor");
    assert_eq!(related(&edited, STORY), Some(Relation::Near));
}

#[test]
fn a_short_text_within_a_long_page_is_contained_though_the_two_are_not_similar() {
    let rest: String = (0..900).map(|i| format!("filler{} ", i * 7)).collect();
    let page = format!("{rest} {STORY} {rest}");
    let mut index = Index::default();
    index.insert(0u32, Fingerprint::of(&page));
    let found = index.matches(&Fingerprint::of(STORY));
    assert_eq!(found[0].relation(), Relation::Contained);
    assert!(found[0].similarity() < 0.33 && found[0].containment() > 0.8);
}

/// Two weather reports of one template: other places, other figures.
fn report(i: usize) -> String {
    let n = |k: usize| 10 + (i * 7919 + (i + 3) * (k + 5) * (k + 2) * 104_729) % 883;
    format!(
        "The forecast for region {} calls for partly sunny skies with a high near {} and a low around {}. Winds from \
         the north at {} to {} kilometres per hour. The chance of rain is {} percent, with total accumulation of about \
         {} millimetres possible. Humidity will be around {} percent and the index will reach {}. Sunrise is at {} and \
         sunset is at {}. Residents are advised to check the latest warnings from the meteorological office before \
         travelling. This forecast is updated every six hours and covers the surrounding districts as well.",
        n(0),
        n(1),
        n(2),
        n(3),
        n(4),
        n(5),
        n(6),
        n(7),
        n(8),
        n(9),
        n(10)
    )
}

#[test]
fn reports_from_one_template_stay_apart_even_if_there_are_two() {
    assert_eq!(related(&report(1), &report(2)), None);
    let prints: Vec<Fingerprint> = (0..60).map(|i| Fingerprint::of(&report(i))).collect();
    assert_eq!(Clusters::of(&prints).len(), 60);
    let furnished = format!("Skip to content | Home | News {} Share this story", report(3));
    assert_eq!(related(&furnished, &report(3)), Some(Relation::Near));
}

fn story(seed: usize, words: usize) -> String {
    (0..words).map(|i| format!("w{:x} ", (seed * 1009 + i).wrapping_mul(0x9e37_79b1) & 0xffff)).collect()
}

#[test]
fn a_page_with_two_articles_does_not_make_them_one_story() {
    let (x, y) = (story(1, 150), story(2, 140));
    let texts = [x.clone(), y.clone(), format!("{x}{y}"), x[..500].to_owned()];
    let clusters = Clusters::of(&texts.map(|t| Fingerprint::of(&t)));
    assert_eq!(clusters.place(0).cluster(), clusters.place(3).cluster());
    assert_ne!(clusters.place(0).cluster(), clusters.place(1).cluster());
    assert_eq!(clusters.len(), 3);
}

#[test]
fn a_page_with_a_long_article_and_a_short_one_is_no_copy_of_the_long_one() {
    for (long, short) in [(900, 120), (2500, 180), (3000, 300)] {
        let (x, y) = (story(1, long), story(20, short));
        let texts = [x.clone(), y.clone(), format!("{x}{y}"), format!("{y}{x}"), format!("by{x}")];
        let clusters = Clusters::of(&texts.map(|t| Fingerprint::of(&t)));
        let of = |text: usize| clusters.place(text).cluster();
        assert_eq!(of(0), of(4), "an edited copy of the long one");
        assert!(of(2) != of(0) && of(2) != of(1) && of(3) != of(0), "{long} {short}");
    }
}

#[test]
fn a_whole_text_is_one_story_with_its_two_ends() {
    let whole = story(3, 400);
    let texts = [whole.clone(), whole[..900].to_owned(), whole[600..].to_owned()];
    let clusters = Clusters::of(&texts.map(|t| Fingerprint::of(&t)));
    assert_eq!(clusters.len(), 1);
}

#[test]
fn articles_in_the_same_furniture_stay_apart_and_furnished_copies_do_not() {
    let furniture = story(99, 200);
    let mut texts: Vec<String> = (0..40).map(|i| format!("{furniture}{}", story(100 + i, 120))).collect();
    texts.push(story(100, 120));
    let clusters = Clusters::of(&texts.iter().map(|t| Fingerprint::of(t)).collect::<Vec<_>>());
    assert_eq!(clusters.len(), 40);
    assert_eq!(clusters.place(0).cluster(), clusters.place(40).cluster());
    assert_eq!(clusters.place(40).relation(), Some(Relation::Contained));
}

#[test]
fn short_articles_of_a_site_with_few_pages_stay_apart() {
    let furniture = story(99, 120);
    for pages in [5, 9, 16] {
        let mut texts: Vec<String> =
            (0..pages).map(|i| format!("{furniture}{}", story(100 + i, 110))).collect();
        texts.push(story(100, 110));
        let clusters = Clusters::of(&texts.iter().map(|t| Fingerprint::of(t)).collect::<Vec<_>>());
        assert_eq!(clusters.len(), pages, "the last is a copy of the first");
        assert_eq!(clusters.place(0).cluster(), clusters.place(pages).cluster());
    }
}

#[test]
fn a_story_with_hundreds_of_copies_is_one_cluster() {
    let story = story(7, 200);
    let words: Vec<&str> = story.split_whitespace().collect();
    let copy = |i: usize| {
        let mut copy = words[..words.len() - i % 60].to_vec();
        let own = format!("own{i} headline{i} by{i}");
        copy.insert(i * 7 % 120, &own);
        copy.join(" ")
    };
    let mut texts: Vec<String> = (0..400).map(copy).collect();
    texts.extend((0..50).map(|i| self::story(1000 + i, 150)));
    let clusters = Clusters::of(&texts.iter().map(|t| Fingerprint::of(t)).collect::<Vec<_>>());
    assert_eq!(clusters.len(), 51);
    assert_eq!(clusters.iter().map(|c| c.members().len()).max(), Some(400));
    let largest = clusters.iter().max_by_key(|c| c.members().len()).expect("there are clusters");
    assert!(largest.similarity() >= 0.33 && largest.kept() < 400);
}

#[test]
fn tiny_and_empty_texts_match_nothing() {
    for text in ["", "…", "Read more", "Page not found, please go back to the start page"] {
        assert!(Fingerprint::of(text).is_weak(), "{text}");
        assert_eq!(related(text, text), None, "{text}");
    }
    let prints = vec![Fingerprint::of("Read more"); 5];
    assert_eq!(Clusters::of(&prints).len(), 5);
    assert!(Clusters::of(&[]).is_empty());
}

#[test]
fn scripts_without_spaces_are_compared_by_characters() {
    let japanese = "東京都は木曜日、老朽化した港のフェリー乗り場を閉鎖することを決めた。市長は修理費が新しい桟橋の建設費を上回ると述べた。\
        数十年にわたり利用してきた漁師たちは市庁舎前で抗議し、住民の三分の二が署名した請願書を提出した。";
    let cut: String = japanese.chars().take(60).collect();
    assert_eq!(related(&cut, japanese), Some(Relation::Contained));
    assert_eq!(related(&japanese.replace('。', "．"), japanese), Some(Relation::Exact));
}
