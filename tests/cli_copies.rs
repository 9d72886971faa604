//! `dedup`, `fingerprint` and `diff` as people and programs meet them.

mod folder;

use folder::Folder;
use serde_json::{Value, json};
use std::io::Read;
use std::process::{Command, Stdio};
use unfurnish::Fingerprint;

/// A text of so many words that no other number's text shares.
fn story(number: usize, words: usize) -> String {
    (0..words).map(|i| format!("w{:x} ", (number * 1009 + i).wrapping_mul(0x9e37_79b1) & 0xff_ffff)).collect()
}

/// The first words of a text.
fn cut(text: &str, words: usize) -> String {
    text.split_inclusive(' ').take(words).collect()
}

fn line(id: &str, text: &str) -> String {
    json!({"id": id, "text": text}).to_string()
}

/// Six documents: two copies of "a" and a lone one.
fn lines() -> String {
    let (a, b) = (story(1, 90), story(2, 80));
    let edited = format!("{} changed here {}", cut(&a, 70), story(3, 6));
    [
        line("part", &cut(&a, 50)),
        line("a", &a),
        line("b", &b),
        line("A", &a.to_uppercase()),
        line("edited", &edited),
    ]
    .join("\n")
        + "\n"
}

fn dedup(name: &str, args: &[&str], input: &str) -> folder::Ran {
    Folder::new(name).feed(&[&["dedup"], args].concat(), input.as_bytes())
}

const JSONL: [&str; 4] = ["--input", "jsonl", "--format", "jsonl"];

#[test]
fn every_document_gets_an_answer_in_the_order_of_the_input() {
    let ran = dedup("answers", &JSONL, &lines());
    let keys = ["id", "cluster", "duplicate_of", "relation", "similarity", "containment"];
    for line in ran.out.lines() {
        let mut at = 0;
        for key in keys {
            let found = line.find(&format!("\"{key}\":")).expect("every key is there");
            assert!(found >= at, "keys are in their order: {line}");
            at = found;
        }
    }
    let found = ran.objects();
    let of = |key: &str| found.iter().map(|object| object[key].clone()).collect::<Vec<Value>>();
    assert_eq!(of("id"), ["part", "a", "b", "A", "edited"]);
    assert_eq!(of("cluster"), [0, 0, 1, 0, 0]);
    let kept = json!("a");
    assert_eq!(of("duplicate_of"), [kept.clone(), Value::Null, Value::Null, kept.clone(), kept]);
    assert_eq!(of("relation"), [json!("contained"), Value::Null, Value::Null, json!("exact"), json!("near")]);
    assert_eq!(of("similarity")[1..4], [Value::Null, Value::Null, json!(1.0)]);
    assert!(of("containment")[0].as_f64().is_some_and(|c| c == 1.0), "{found:?}");
    assert!(of("similarity")[4].as_f64().is_some_and(|s| s > 0.5 && s < 1.0), "{found:?}");
    ran.fine();
}

#[test]
fn the_answer_is_the_same_however_many_work_on_it() {
    let input: String =
        (0..300).map(|i| line(&i.to_string(), &cut(&story(i / 3, 60), 60 - i % 3 * 9)) + "\n").collect();
    let one = dedup("jobs", &[&JSONL[..], &["--jobs", "1"]].concat(), &input).fine();
    assert_eq!(one, dedup("jobs", &[&JSONL[..], &["--jobs", "5"]].concat(), &input).fine());
    assert!(one.contains("\"duplicate_of\":\"297\""));
    let folder = Folder::new("memory");
    let little = ["--memory", "1k", "--temp", "."];
    assert_eq!(one, folder.feed(&[&["dedup"], &JSONL[..], &little].concat(), input.as_bytes()).fine());
    assert!(folder.all().is_empty(), "nothing is left behind");
    let nowhere = ["--memory", "1k", "--temp", "gone"];
    folder.feed(&[&["dedup"], &JSONL[..], &nowhere].concat(), input.as_bytes()).fails(1, &["--temp", "gone"]);
}

#[test]
fn broken_lines_are_answered_in_their_place_and_nothing_else_is_lost() {
    let input = lines().replacen("\n", "\nnot JSON\n\n{\"id\":7}\n", 1);
    let ran = dedup("broken", &JSONL, &input);
    let found = ran.objects();
    assert_eq!(found.len(), 7);
    assert_eq!((&found[1]["line"], &found[2]["line"]), (&json!(2), &json!(4)));
    assert!(found[1]["error"].as_str().is_some_and(|error| error.contains("not JSON")));
    assert!(found[2]["error"].as_str().is_some_and(|error| error.contains("\"text\"")));
    let rest: Vec<&Value> = found.iter().filter(|object| object.get("error").is_none()).collect();
    assert_eq!(rest.iter().map(|object| &object["cluster"]).collect::<Vec<_>>(), [0, 0, 1, 0, 0]);
    ran.fails(1, &["standard input:2", "standard input:4", "2 of 7 inputs failed"]);
}

#[test]
fn an_archive_given_as_lines_is_called_what_it_is() {
    let ran = Folder::new("archive").feed(&[&["dedup"], &JSONL[..]].concat(), b"\x1f\x8b\x08\0\xff\n");
    assert!(ran.out.contains("gzip archive") && ran.out.contains("unpack it first"), "{}", ran.out);
}

#[test]
fn documents_of_one_id_are_told_and_answered_one_by_one() {
    let input = [line("a", &story(1, 50)), line("a", &story(2, 50)), line("a", &story(1, 50))].join("\n");
    let ran = dedup("same-ids", &JSONL, &input);
    let clusters: Vec<Value> = ran.objects().iter().map(|object| object["cluster"].clone()).collect();
    assert_eq!(clusters, [0, 1, 0]);
    assert!(ran.err.contains("a: note: 2 documents have the id of an earlier one"), "{}", ran.err);
}

#[test]
fn documents_without_an_id_are_called_by_their_place() {
    let folder = Folder::new("ids");
    let text = story(1, 40);
    folder.write("x.jsonl", format!("{}\n\n{}\n", json!({"text": text}), json!({"id": null, "text": text})));
    let ran = folder.run(&["dedup", "x.jsonl", "--format", "jsonl"]);
    let found = ran.objects();
    assert_eq!((&found[0]["id"], &found[1]["id"]), (&json!("x.jsonl:1"), &json!("x.jsonl:3")));
    assert_eq!(found[1]["duplicate_of"], "x.jsonl:1");
    let numbers = dedup("ids", &JSONL, &format!("{{\"id\":  [1, 2],\"text\":\"{text}\"}}"));
    assert!(numbers.fine().starts_with("{\"id\":[1, 2],"), "ids come back as they were written");
}

#[test]
fn the_document_to_keep_can_be_chosen() {
    let text = story(1, 60);
    let dated =
        |id: &str, text: &str, date: Value| json!({"id": id, "text": text, "published": date}).to_string();
    let input = [
        dated("short", &cut(&text, 50), json!("2025-04-22T08:00:00+02:00")),
        dated("long", &text, json!(20250101)),
        dated("early", &cut(&text, 55), json!("2025-04-22T05:59:00Z")),
        line("dateless", &cut(&text, 56)),
    ]
    .join("\n");
    for (keep, kept) in [("first", "short"), ("longest", "long"), ("earliest", "early")] {
        let found = dedup("keep", &[&JSONL[..], &["--keep", keep]].concat(), &input).objects();
        for object in found {
            let is_kept = object["id"] == kept;
            assert_eq!(object["duplicate_of"], if is_kept { Value::Null } else { json!(kept) }, "{keep}");
            assert_eq!(object["relation"].is_null(), is_kept);
        }
    }
    let page = |date: &str| {
        format!("<meta property=article:published_time content={date}><article><p>{text}.</p></article>")
    };
    let folder = Folder::new("keep-pages");
    folder.write("a.html", page("2025-04-22")).write("b.html", page("2025-04-21"));
    let found = folder.run(&["dedup", ".", "--keep", "earliest", "--format", "jsonl"]).objects();
    assert_eq!(found[0]["duplicate_of"], "./b.html");
}

#[test]
fn the_threshold_decides_what_is_a_copy() {
    let count = |threshold: &str| {
        let out = dedup("threshold", &[&JSONL[..], &["--threshold", threshold]].concat(), &lines()).fine();
        out.matches("\"duplicate_of\":\"").count()
    };
    assert_eq!((count("0.3"), count("0.95")), (3, 1));
    for nonsense in ["0", "1.5", "x", "-1"] {
        let argument = format!("--threshold={nonsense}");
        dedup("threshold", &[&argument], "").fails(2, &["above 0 and up to 1"]);
    }
}

#[test]
fn unique_writes_the_kept_documents_as_they_came_in() {
    let input = lines().replace("{\"id\":\"a\"", "{ \"more\":[1,  2],\t\"id\":\"a\"").replace("\n", "\r\n");
    let kept: Vec<&str> = input.lines().filter(|l| l.contains("\"a\"") || l.contains("\"b\"")).collect();
    let ran = dedup("unique", &["--input", "jsonl", "--unique"], &input);
    assert_eq!(ran.out.lines().collect::<Vec<_>>(), kept);
    ran.fine();
    let broken = dedup("unique", &["--input", "jsonl", "--unique"], &format!("oops\n{input}"));
    assert_eq!(broken.out.lines().count(), 2, "what failed is on standard error only");
    broken.fails(1, &["standard input:1"]);
}

#[test]
fn of_files_the_kept_ones_are_named() {
    let folder = Folder::new("files");
    let text = story(1, 60);
    let html = format!(
        "<nav><a href=/>Home</a></nav><article><p>{text}.</p></article><footer>All rights reserved</footer>"
    );
    folder.write("in/a.txt", &text).write("in/b.html", html).write("in/c.md", story(2, 60)).write(
        "in/d.md",
        {
            let linked = cut(&text, 30);
            format!(
                "{linked}[{}](https://example.org/a-long-address-of-a-page) *{}*",
                story(1, 31).split_off(linked.len()).trim(),
                text.split_off_words(31)
            )
        },
    );
    assert_eq!(folder.run(&["dedup", "--unique", "in"]).fine(), "in/a.txt\nin/c.md\n");
    let text = folder.run(&["dedup", "in", "--stats"]);
    assert!(text.out.starts_with("in/a.txt\n    exact"), "{text:?}");
    assert!(text.out.contains("in/b.html") && text.out.contains("in/d.md") && !text.out.contains("in/c.md"));
    assert!(text.err.contains("4 documents, 2 kept, 2 copies (2 exact"), "{text:?}");
    let json: Value =
        serde_json::from_str(&folder.run(&["dedup", "in/*.md", "--format", "json"]).fine()).expect("a list");
    assert_eq!(json.as_array().map(Vec::len), Some(2));
}

trait SplitWords {
    fn split_off_words(&self, words: usize) -> String;
}

impl SplitWords for String {
    /// What follows the first words.
    fn split_off_words(&self, words: usize) -> String {
        self.split_inclusive(' ').skip(words).collect::<String>().trim().to_owned()
    }
}

#[test]
fn text_is_the_body_unless_it_is_to_be_cleaned() {
    let text = story(1, 60);
    let html = format!("<nav><a href=/>Home</a></nav><article><p>{}</p></article>", story(9, 60));
    let both = json!({"text": text, "html": html}).to_string();
    let print = |args: &[&str]| {
        let folder = Folder::new("body");
        let ran = folder.feed(
            &[&["fingerprint", "--input", "jsonl", "--format", "jsonl"], args].concat(),
            both.as_bytes(),
        );
        ran.objects()[0]["fingerprint"].as_str().map(str::to_owned)
    };
    assert_eq!(print(&[]), Some(Fingerprint::of(&text).to_string()));
    assert_eq!(print(&["--clean"]), Some(Fingerprint::of(&story(9, 60)).to_string()));
}

#[test]
fn pairs_are_all_verified_pairs() {
    let found = dedup("pairs", &[&JSONL[..], &["--pairs"]].concat(), &lines()).objects();
    let pairs: Vec<(&str, &str)> =
        found.iter().filter_map(|pair| Some((pair["a"].as_str()?, pair["b"].as_str()?))).collect();
    assert_eq!(pairs, [("part", "a"), ("part", "edited"), ("a", "A"), ("a", "edited")]);
    assert_eq!(found[0]["relation"], "contained");
    let text = dedup("pairs", &["--input", "jsonl", "--pairs"], &lines()).fine();
    assert!(text.starts_with("part\ta\tcontained\t0."), "{text}");
}

#[test]
fn fingerprints_are_printed_in_the_form_that_the_library_reads() {
    let folder = Folder::new("prints");
    let text = story(1, 60);
    folder
        .write("a.txt", &text)
        .write("b.html", format!("<article><p>{text}</p></article>"))
        .write("c.txt", "Read more");
    let out = folder.run(&["fingerprint", "a.txt", "b.html", "c.txt"]).fine();
    let lines: Vec<(&str, &str)> = out.lines().filter_map(|line| line.split_once('\t')).collect();
    assert_eq!(lines.iter().map(|line| line.0).collect::<Vec<_>>(), ["a.txt", "b.html", "c.txt"]);
    for (_, print) in &lines[..2] {
        assert_eq!(print.parse(), Ok(Fingerprint::of(&text)));
    }
    let found = folder.run(&["fingerprint", "--format", "jsonl", "a.txt", "c.txt", "gone.txt"]);
    let objects = found.objects();
    assert_eq!(objects[0]["words"], 60);
    assert_eq!((&objects[0]["weak"], &objects[1]["weak"]), (&json!(false), &json!(true)));
    assert_eq!(objects[0]["exact"], format!("{:032x}", Fingerprint::of(&text).exact()));
    assert!(objects[2]["error"].is_string());
    found.fails(1, &["gone.txt: there is no such file"]);
}

#[test]
fn diff_shows_what_two_documents_share() {
    let folder = Folder::new("diff");
    let shared = "the harbour was closed on Monday after a ship ran aground";
    folder.write("a.txt", format!("Officials said {shared}. {}", story(1, 20)));
    folder.write(
        "b.html",
        format!("<article><p>{} {} Nobody was hurt.</p></article>", story(2, 30), shared.to_uppercase()),
    );
    let text = folder.run(&["diff", "a.txt", "b.html"]).fine();
    assert!(
        text.starts_with("not copies of one another\n11 words shared, in 1 passage; 33 words in a.txt"),
        "{text}"
    );
    assert!(text.contains("THE HARBOUR WAS CLOSED") && !text.contains('\u{1b}'));
    assert!(folder.run(&["diff", "--color", "always", "a.txt", "b.html"]).fine().contains("\u{1b}["));
    let object: Value =
        serde_json::from_str(&folder.run(&["diff", "a.txt", "b.html", "--format", "jsonl"]).fine())
            .expect("JSON");
    assert_eq!(object["relation"], Value::Null);
    assert_eq!(object["passages"][0]["a"]["text"], shared);
    assert_eq!(object["passages"][0]["a"]["start"], 15);
    assert_eq!((&object["shared_words"], &object["a"]["id"]), (&json!(11), &json!("a.txt")));
    let same: Value = serde_json::from_str(
        &folder.feed(&["diff", "a.txt", "-", "--format", "json"], folder.read("a.txt").as_bytes()).fine(),
    )
    .expect("JSON");
    assert_eq!(same["relation"], "exact");
    folder.write("none.html", "<nav><a href=/>Home</a></nav>");
    let none = folder.run(&["diff", "a.txt", "none.html"]);
    assert!(none.err.contains("none.html: note: no article was found"), "{}", none.err);
    folder.run(&["diff", "a.txt", "gone.txt"]).fails(1, &["gone.txt: there is no such file"]);
}

#[test]
fn an_output_file_is_written_whole_and_no_input_is_overwritten() {
    let folder = Folder::new("output");
    folder.write("in.jsonl", lines());
    folder.run(&["dedup", "in.jsonl", "--unique", "-o", "out.jsonl"]).fine();
    assert_eq!(folder.read("out.jsonl").lines().count(), 2);
    folder.run(&["dedup", "in.jsonl", "--unique", "-o", "in.jsonl"]).fails(2, &["would be overwritten"]);
    assert_eq!(folder.all(), ["in.jsonl", "out.jsonl"]);
}

#[test]
fn a_reader_that_has_seen_enough_is_no_error() {
    let folder = Folder::new("pipe");
    let many: String =
        (0..4000).map(|i| line(&format!("{i} {}", "x".repeat(200)), &story(i, 12)) + "\n").collect();
    folder.write("in.jsonl", many);
    for command in [&["dedup", "--format", "jsonl", "in.jsonl"][..], &["fingerprint", "in.jsonl"]] {
        let mut child = Command::new(env!("CARGO_BIN_EXE_unfurnish"))
            .args(command)
            .current_dir(&folder.0)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let mut first = [0; 10];
        child.stdout.take().expect("piped").read_exact(&mut first).expect("something is written");
        let output = child.wait_with_output().expect("the program ends");
        assert_eq!((output.status.code(), output.stderr.len()), (Some(0), 0), "{command:?}");
    }
}

#[test]
fn nothing_to_read_is_an_empty_answer() {
    assert_eq!(dedup("empty", &JSONL, "").fine(), "");
    assert_eq!(dedup("empty", &["--input", "jsonl", "--format", "json"], "\n\n").fine(), "[]\n");
    dedup("empty", &["--unique", "--pairs"], "").fails(2, &["--pairs"]);
}

#[test]
fn the_manual_and_the_completions_know_the_commands() {
    let folder = Folder::new("manual");
    for command in ["dedup", "fingerprint", "diff"] {
        assert!(folder.run(&["man", command]).fine().contains(&format!("unfurnish\\-{command}")));
        assert!(folder.run(&["completions", "bash"]).fine().contains(command));
    }
}
