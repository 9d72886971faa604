use super::*;
use proptest::prelude::*;

fn read(text: &str, locale: &str) -> Option<String> {
    value(text, &Hint { locale, day: None }).map(|moment| moment.to_string())
}

#[test]
fn values_of_attributes_and_data_become_iso_dates() {
    for (text, expected) in [
        ("2025-04-22", "2025-04-22"),
        (" 2025-04-22 ", "2025-04-22"),
        ("2025-4-2", "2025-04-02"),
        ("2025/04/22", "2025-04-22"),
        ("2025.04.22", "2025-04-22"),
        ("20250422", "2025-04-22"),
        ("20250422T103000Z", "2025-04-22T10:30:00Z"),
        ("20250422T1030", "2025-04-22T10:30:00"),
        ("2025-04-22T10:30", "2025-04-22T10:30:00"),
        ("2025-04-22 10:30", "2025-04-22T10:30:00"),
        ("2025-04-22 10:30:15", "2025-04-22T10:30:15"),
        ("2025-04-22T10:30:15Z", "2025-04-22T10:30:15Z"),
        ("2025-04-22t10:30:15z", "2025-04-22T10:30:15Z"),
        ("2025-04-22T10:30:15.123Z", "2025-04-22T10:30:15Z"),
        ("2025-04-22T10:30:15.1234567+02:00", "2025-04-22T10:30:15+02:00"),
        ("2025-04-22T10:30:00+02:00", "2025-04-22T10:30:00+02:00"),
        ("2025-04-22T10:30:00+0200", "2025-04-22T10:30:00+02:00"),
        ("2025-04-22T10:30:00+02", "2025-04-22T10:30:00+02:00"),
        ("2025-04-22T10:30:00-05:00", "2025-04-22T10:30:00-05:00"),
        ("2025-04-22T10:30:00-0330", "2025-04-22T10:30:00-03:30"),
        ("2025-04-22 10:30:00 +0200", "2025-04-22T10:30:00+02:00"),
        ("2025-04-22 10:30:00 -0500", "2025-04-22T10:30:00-05:00"),
        ("2025-04-22 10:30:00 UTC", "2025-04-22T10:30:00Z"),
        ("2025-04-22T10:30:00+00:00", "2025-04-22T10:30:00+00:00"),
        ("2025-04-22T10:30:00+05:45", "2025-04-22T10:30:00+05:45"),
        ("2025-04-22T10:30:00.000+02:00[Europe/Berlin]", "2025-04-22T10:30:00+02:00"),
        ("2025-04-22CEST10:30:00+0200", "2025-04-22T10:30:00+02:00"),
        ("Tue, 22 Apr 2025 10:30:00 +0200", "2025-04-22T10:30:00+02:00"),
        ("Tue, 22 Apr 2025 10:30:00 GMT", "2025-04-22T10:30:00Z"),
        ("22 Apr 2025 10:30:00 EST", "2025-04-22T10:30:00-05:00"),
        ("Tue Apr 22 2025 10:30:00 GMT+0200 (Central European Summer Time)", "2025-04-22T10:30:00+02:00"),
        ("1745317800", "2025-04-22T10:30:00Z"),
        ("1745317800000", "2025-04-22T10:30:00Z"),
        ("951782400", "-"),
        ("0000-00-00", "-"),
        ("2025-02-29", "-"),
        ("2024-02-29", "2024-02-29"),
        ("2100-02-29", "-"),
        ("2000-02-29", "2000-02-29"),
        ("2025-13-01", "-"),
        ("2025-04-31", "-"),
        ("2025-00-10", "-"),
        ("1970-01-01", "-"),
        ("1970-01-01T00:00:00Z", "-"),
        ("0001-01-01T00:00:00", "-"),
        ("1989-12-31", "-"),
        ("1990-01-01", "1990-01-01"),
        ("2100-12-31", "2100-12-31"),
        ("2101-01-01", "-"),
        ("99999999999999999999999999", "-"),
        ("2025", "-"),
        ("2025-04", "-"),
        ("04/22", "-"),
        ("", "-"),
        ("yesterday", "-"),
        ("2 hours ago", "-"),
        ("{{ date }}", "-"),
        ("12345678", "-"),
        ("1234567890123456", "-"),
        ("10:30", "-"),
        ("4/22/2025", "2025-04-22"),
        ("22/4/2025", "2025-04-22"),
        ("22.04.2025", "2025-04-22"),
        ("22-04-2025", "2025-04-22"),
        ("5/5/2025", "2025-05-05"),
        ("04/05/2025", "-"),
        ("04.05.2025", "2025-05-04"),
        ("4/22/2025 3:05:00 PM", "2025-04-22T15:05:00"),
        ("4/22/2025 12:05 AM", "2025-04-22T00:05:00"),
        ("4/22/2025 12:05 PM", "2025-04-22T12:05:00"),
        ("31/04/2025", "-"),
    ] {
        assert_eq!(read(text, "").as_deref().unwrap_or("-"), expected, "{text}");
    }
}

#[test]
fn a_date_that_reads_in_two_ways_counts_where_the_language_decides() {
    for (locale, expected) in [
        ("en-us", Some("2025-04-05")),
        ("en-gb", Some("2025-05-04")),
        ("de", Some("2025-05-04")),
        ("fr-fr", Some("2025-05-04")),
        ("pt-br", Some("2025-05-04")),
        ("en", None),
        ("en-ca", None),
        ("fr-ca", None),
        ("ja", None),
        ("", None),
    ] {
        assert_eq!(read("04/05/2025", locale).as_deref(), expected, "{locale}");
    }
    let address = in_address("https://a.org/2025/05/04/ship");
    let hint = Hint { locale: "en", day: address.map(|moment| moment.day) };
    assert_eq!(value("04/05/2025", &hint).map(|moment| moment.to_string()).as_deref(), Some("2025-05-04"));
}

#[test]
fn months_are_known_in_many_languages() {
    for (text, locale) in [
        ("April 22, 2025", ""),
        ("Apr. 22, 2025", ""),
        ("APRIL 22ND, 2025", ""),
        ("22 April 2025", ""),
        ("22nd of April, 2025", ""),
        ("Tuesday, April 22, 2025", ""),
        ("22-Apr-2025", ""),
        ("22. April 2025", "de"),
        ("Dienstag, 22. April 2025", "de"),
        ("22 avril 2025", "fr"),
        ("mar. 22 avr. 2025", "fr"),
        ("22 de abril de 2025", "es"),
        ("martes, 22 de abril de 2025", "es"),
        ("22 abr 2025", "pt"),
        ("22 de abril de 2025", "pt"),
        ("22 aprile 2025", "it"),
        ("22 aprilie 2025", "ro"),
        ("22 d'abril de 2025", "ca"),
        ("22 april 2025", "nl"),
        ("22. april 2025", "da"),
        ("22 april 2025", "sv"),
        ("22. apríl 2025", "is"),
        ("22. huhtikuuta 2025", "fi"),
        ("22. aprill 2025", "et"),
        ("2025. gada 22. aprīlis", "lv"),
        ("2025 m. balandžio 22 d.", "lt"),
        ("22 kwietnia 2025", "pl"),
        ("22. dubna 2025", "cs"),
        ("22. apríla 2025", "sk"),
        ("2025. április 22.", "hu"),
        ("22. travnja 2025.", "hr"),
        ("22. april 2025.", "sr"),
        ("22. април 2025.", "sr"),
        ("22 април 2025", "bg"),
        ("22 апреля 2025", "ru"),
        ("22 апреля 2025 г.", "ru"),
        ("22 квітня 2025", "uk"),
        ("22 красавіка 2025", "be"),
        ("22 Απριλίου 2025", "el"),
        ("22 Nisan 2025", "tr"),
        ("22 aprel 2025", "az"),
        ("22 April 2025", "id"),
        ("22 Aprili 2025", "sw"),
        ("22 أبريل 2025", "ar"),
        ("٢٢ أبريل ٢٠٢٥", "ar"),
        ("22 نيسان 2025", "ar"),
        ("22 أبريل/ نيسان 2025", "ar"),
        ("۲۲ آوریل ۲۰۲۵", "fa"),
        ("22 באפריל 2025", "he"),
        ("22 अप्रैल 2025", "hi"),
        ("२२ अप्रैल २०२५", "hi"),
        ("২২ এপ্রিল ২০২৫", "bn"),
        ("22 เมษายน 2568", "th"),
        ("22 เม.ย. 2568", "th"),
        ("22 tháng 4, 2025", "vi"),
        ("22 tháng 4 năm 2025", "vi"),
        ("2025年4月22日", "zh"),
        ("２０２５年４月２２日", "ja"),
        ("2025年4月22日(火)", "ja"),
        ("2025年4月22日 星期二", "zh"),
        ("2025년 4월 22일", "ko"),
        ("2025. 4. 22.", "ko"),
        ("2025. 04. 22", "ko"),
        ("2025-Apr-22", ""),
        ("22.04.25", "de"),
    ] {
        assert_eq!(read(text, locale).as_deref(), Some("2025-04-22"), "{text} ({locale})");
    }
}

#[test]
fn a_name_of_two_months_counts_where_the_language_decides() {
    assert_eq!(read("5 listopada 2024", "pl").as_deref(), Some("2024-11-05"));
    assert_eq!(read("5. listopada 2024.", "hr").as_deref(), Some("2024-10-05"));
    assert_eq!(read("5 listopada 2024", ""), None);
}

#[test]
fn times_are_read_with_their_zone() {
    for (text, expected) in [
        ("April 22, 2025 at 3:05 p.m. EDT", "2025-04-22T15:05:00-04:00"),
        ("April 22, 2025, 3:05 pm ET", "2025-04-22T15:05:00"),
        ("3:05 PM, April 22, 2025", "2025-04-22T15:05:00"),
        ("22. April 2025, 15:05 Uhr", "2025-04-22T15:05:00"),
        ("22.04.2025 - 15:05", "2025-04-22T15:05:00"),
        ("22.04.2025, 15.05 Uhr", "2025-04-22T15:05:00"),
        ("22 avril 2025 à 15h05", "2025-04-22T15:05:00"),
        ("22 квітня 2025, 15:05", "2025-04-22T15:05:00"),
        ("2025年4月22日 15时05分", "2025-04-22T15:05:00"),
        ("2025年4月22日 下午3:05", "2025-04-22T15:05:00"),
        ("2025. 4. 22. 오후 3:05", "2025-04-22T15:05:00"),
        ("2025-04-22 15:05:09 CET", "2025-04-22T15:05:09+01:00"),
        ("2025-04-22 25:05", "-"),
        ("22.04.2025 klo 15:05", "2025-04-22T15:05:00"),
        ("am 22.04.2025", "2025-04-22"),
    ] {
        assert_eq!(read(text, "").as_deref().unwrap_or("-"), expected, "{text}");
    }
}

#[test]
fn a_block_of_a_date_tells_what_it_is_the_date_of() {
    use Kind::{Modified, Published, Unsaid};
    for (text, kind) in [
        ("April 22, 2025", Unsaid),
        ("Published April 22, 2025", Published),
        ("Published: 22 April 2025", Published),
        ("Published on April 22, 2025 at 10:30 am", Published),
        ("Posted on 22 April 2025", Published),
        ("Updated April 22, 2025", Modified),
        ("Last updated: 2025-04-22", Modified),
        ("Last updated on April 22, 2025 10:30 GMT", Modified),
        ("Veröffentlicht am 22. April 2025", Published),
        ("Aktualisiert: 22.04.2025, 10:30 Uhr", Modified),
        ("Stand: 22.04.2025", Modified),
        ("Publié le 22 avril 2025 à 10h30", Published),
        ("Mis à jour le 22 avril 2025", Modified),
        ("Actualizado el 22 de abril de 2025", Modified),
        ("Pubblicato il 22 aprile 2025", Published),
        ("Gepubliceerd op 22 april 2025", Published),
        ("Opublikowano: 22 kwietnia 2025", Published),
        ("Опубликовано 22 апреля 2025 г. в 10:30", Published),
        ("Обновлено: 22 апреля 2025, 10:30", Modified),
        ("发布时间：2025年4月22日 10:30", Published),
        ("更新于 2025-04-22 10:30", Modified),
        ("公開日：2025年4月22日", Published),
        ("最終更新 2025/04/22 10:30", Modified),
        ("입력 2025.04.22 10:30", Published),
        ("수정 2025.04.22. 오전 10:30", Modified),
        ("Güncelleme: 22 Nisan 2025 10:30", Modified),
        ("آخر تحديث: 22 أبريل 2025", Modified),
        ("Cập nhật 22/04/2025 10:30", Modified),
        ("April 22, 2025 · 5 min read", Unsaid),
        ("Published April 22, 2025 | Updated April 23, 2025", Published),
        ("Updated April 23, 2025, published April 22, 2025", Published),
        ("입력2025.04.22. 오전 10:30 수정2025.04.23. 오전 11:30", Published),
    ] {
        let date = whole_block(text);
        assert_eq!(date.map(|date| date.kind), Some(kind), "{text}");
        assert!(date.is_some_and(|date| date.moment.to_string().starts_with("2025-04-22")), "{text}");
    }
}

#[test]
fn a_block_that_holds_more_than_dates_is_none() {
    for text in [
        "On April 22, 2025 the ship ran aground.",
        "April 22, 2025 was a Tuesday",
        "The harbour was closed on 22 April 2025",
        "22 April",
        "2025",
        "12",
        "12 comments",
        "5 min read",
        "10:30",
        "By Jane Doe, April 22, 2025",
        "1 2 3 4 5",
        "Published",
        "Version 2.10.2015.1",
        "192.168.10.25",
        "+49 30 2025 04 22",
        "22.04. - 23.04. geschlossen",
        "May 1990 to June 1991",
        "",
    ] {
        assert_eq!(whole_block(text), None, "{text}");
    }
}

#[test]
fn addresses_name_days() {
    for (address, expected) in [
        ("https://a.org/2025/04/22/ship", Some("2025-04-22")),
        ("https://a.org/news/2025/4/2/ship", Some("2025-04-02")),
        ("https://a.org/2025/apr/22/ship", Some("2025-04-22")),
        ("https://a.org/2025-04-22-ship", Some("2025-04-22")),
        ("https://a.org/ship-2025-04-22.html", Some("2025-04-22")),
        ("https://a.org/20250422/ship", Some("2025-04-22")),
        ("https://a.org/ship_20250422.html", Some("2025-04-22")),
        ("https://a.org/2025/04/ship", None),
        ("https://a.org/2025/13/22/ship", None),
        ("https://a.org/12345678/ship", None),
        ("https://a.org/?date=2025-04-22", None),
        ("https://a.org", None),
        ("", None),
    ] {
        assert_eq!(in_address(address).map(|moment| moment.to_string()).as_deref(), expected, "{address}");
    }
}

#[test]
fn phrases_tell_the_kind_of_the_next_date() {
    assert_eq!(kind_of_phrase("Updated:"), Some(Kind::Modified));
    assert_eq!(kind_of_phrase("Zuletzt aktualisiert am"), Some(Kind::Modified));
    assert_eq!(kind_of_phrase("Posted on"), Some(Kind::Published));
    assert_eq!(kind_of_phrase("Harbour"), None);
}

#[test]
fn unix_time_agrees_with_the_calendar_on_every_day() {
    let (mut year, mut month, mut day) = (1990, 1, 1);
    // Noon of the first of January 1990, and of every day after it up to the end of 2100.
    let mut seconds: u64 = 631_152_000 + 43_200;
    while year <= 2100 {
        let expected = Day::new(year, month, day);
        assert_eq!(Moment::from_unix(seconds).map(|moment| moment.day), expected);
        seconds += 86_400;
        day += 1;
        if Day::new(year, month, day).is_none() {
            (month, day) = (month + 1, 1);
        }
        if month > 12 {
            (year, month) = (year + 1, 1);
        }
    }
}

#[test]
fn the_tables_hold_what_they_should() {
    let mut languages = std::collections::HashSet::new();
    for line in include_str!("../months.txt").lines() {
        let fields: Vec<&str> = line.split('\t').collect();
        assert_eq!(fields.len(), 3, "{line}");
        assert!(fields[1].parse::<u8>().is_ok_and(|month| (1..=12).contains(&month)), "{line}");
        assert_eq!(scan::fold(fields[2]), fields[2], "{line}");
        languages.insert(fields[0]);
    }
    assert!(languages.len() >= 25);
    for table in
        [include_str!("../months.txt"), include_str!("../weekdays.txt"), include_str!("../date_words.txt")]
    {
        let lines: Vec<&str> = table.lines().collect();
        assert!(lines.iter().all(|line| !line.is_empty()));
        let mut unique = lines.clone();
        unique.dedup();
        assert_eq!(unique.len(), lines.len());
    }
}

proptest! {
    #[test]
    fn no_text_makes_the_reader_fail(text in "\\PC{0,80}", locale in "[a-z]{0,2}(-[a-z]{2})?") {
        let hint = Hint { locale: &locale, day: None };
        let _ = (value(&text, &hint), whole_block_in(&text, &hint), kind_of_phrase(&text), in_address(&text));
    }

    #[test]
    fn no_heap_of_pieces_of_dates_makes_the_reader_fail(
        pieces in proptest::collection::vec(
            prop_oneof!["[0-9]{1,4}", "[-/.:+,() ]", Just("april".to_owned()), Just("年".to_owned()), Just("月".to_owned()),
                Just("T".to_owned()), Just("Z".to_owned()), Just("pm".to_owned()), Just("오후".to_owned()), Just("updated".to_owned()),
                Just("下".to_owned()), Just("de".to_owned()), Just("th".to_owned())],
            0..16,
        )
    ) {
        let text = pieces.concat();
        if let Some(dates) = whole_block_in(&text, &Hint::default()) {
            for date in dates {
                // What is written is what is read.
                let written = date.moment.to_string();
                prop_assert_eq!(value(&written, &Hint::default()), Some(date.moment), "{}", written);
            }
        }
    }

    #[test]
    fn every_day_is_read_as_it_is_written(year in 1990u64..=2100, month in 1u64..=12, day in 1u64..=31) {
        let written = format!("{year}-{month:02}-{day:02}");
        let expected = Day::new(year, month, day).map(|_| written.clone());
        prop_assert_eq!(read(&written, ""), expected);
    }
}
