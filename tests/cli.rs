//! The command line as people and programs meet it.

mod folder;

use folder::Folder;
use serde_json::Value;
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Command, Stdio};

const FIRST: &str = "The harbour of Aldermouth was closed on Monday after a ship ran aground at the mouth of the river, the port authority said.";
const SECOND: &str = "Nobody was hurt, but the channel will stay shut until the tide is high enough for the tugs, which are expected on Thursday morning.";
const THIRD: &str = "Fishermen said that they had warned of the sandbank for years, and that the authority had promised to dredge it every spring.";

/// A page that nobody could take for anything but an article.
fn page(title: &str) -> String {
    format!(
        "<html><head><title>{title}</title></head><body><nav><ul><li><a href=/>Home</a><li><a href=/news>News</a></ul></nav>\
         <article><h1>{title}</h1><p>{FIRST}</p>\n<figure><img src=a.jpg alt=slug><figcaption>The ship on the sandbank on Monday, seen from the pier.</figcaption></figure>\n\
         <h2>What to know</h2><p>{SECOND} “Read” <a href=/tides>the tides</a>.</p><blockquote><p>{THIRD}</p></blockquote></article>\
         <footer><p>Copyright 2024 The Aldermouth Mail. All rights reserved.</p></footer></body></html>"
    )
}

fn clean(name: &str, args: &[&str]) -> String {
    let folder = Folder::new(name);
    folder.write("a.html", page("Ship aground"));
    folder.run(&[&["clean", "a.html"], args].concat()).fine()
}

#[test]
fn a_page_becomes_its_article() {
    let text = clean("plain", &[]);
    assert_eq!(text, format!("{FIRST}\n\nWhat to know\n\n{SECOND} “Read” the tides.\n\n{THIRD}\n"));
}

#[test]
fn every_format_can_be_written() {
    let url = ["--url", "https://example.org/n/1"];
    assert!(
        clean("markdown", &[&["--format", "markdown"], &url[..]].concat()).contains("## What to know\n\n")
    );
    let html = clean("html", &[&["-f", "html"], &url[..]].concat());
    assert!(
        html.contains("<h2>What to know</h2>")
            && html.contains("<a href=\"https://example.org/tides\">the tides</a>"),
        "{html}"
    );
    let json = clean("json", &["-f", "json"]);
    assert!(json.starts_with("{\n  \"id\": \"a.html\",\n  \"title\": "), "{json}");
    let value: Value = serde_json::from_str(&json).expect("it is JSON");
    assert!(value["text"].as_str().expect("text").starts_with(FIRST));
    assert!(value.get("blocks").is_none());
    let lines = clean("jsonl", &["-f", "jsonl", "--blocks"]);
    assert_eq!(lines.lines().count(), 1);
    let value: Value = serde_json::from_str(&lines).expect("it is JSON");
    let block = &value["blocks"][0];
    for key in ["label", "kept", "reason", "score", "start", "end", "text"] {
        assert!(!block[key].is_null(), "{key}: {block}");
    }
}

#[test]
fn links_can_be_kept_stripped_or_noted() {
    let url = ["-f", "markdown", "--url", "https://example.org/n/1", "--links"];
    assert!(
        clean("links1", &[&url[..], &["keep"]].concat()).contains("[the tides](https://example.org/tides).")
    );
    assert!(clean("links2", &[&url[..], &["strip"]].concat()).contains(" the tides."));
    let noted = clean("links3", &[&url[..], &["footnote"]].concat());
    assert!(
        noted.contains("[the tides][1].") && noted.ends_with("\n[1]: https://example.org/tides\n"),
        "{noted}"
    );
}

#[test]
fn labels_are_kept_and_dropped_as_told() {
    assert_eq!(clean("drop", &["--drop", "body,HEADING", "--drop", "title"]), "");
    assert!(!clean("nokeep", &[]).contains("Copyright"));
    let all = unfurnish::Label::ALL
        .iter()
        .map(|label| label.as_str().replace('_', "-"))
        .collect::<Vec<_>>()
        .join(",");
    let kept = clean("keep", &["--keep", &all]);
    assert!(kept.contains("Copyright") && kept.contains("Home"), "{kept}");
    assert!(!clean("both", &["--keep", "body", "--drop", "body"]).contains(FIRST), "dropping wins");
}

#[test]
fn the_agencys_dateline_goes_on_demand() {
    let folder = Folder::new("agency");
    let wire = include_str!("../seeds/en-wire.txt");
    folder.write("wire.txt", wire);
    let head = "PORT TELL, March 9 (Norrwire) - The government";
    assert!(folder.run(&["clean", "wire.txt"]).fine().starts_with(head));
    for spelling in ["agency-dateline", "AGENCY_DATELINE", "tags,agency-dateline"] {
        assert!(folder.run(&["clean", "--drop", spelling, "wire.txt"]).fine().starts_with("The government"));
    }
}

#[test]
fn captions_go_where_they_are_wanted() {
    let caption = "The ship on the sandbank";
    assert!(!clean("captions1", &["--captions", "drop"]).contains(caption));
    let inline = clean("captions2", &["--captions", "inline"]);
    assert!(
        inline.find(caption) > inline.find(FIRST) && inline.find(caption) < inline.find("What to know"),
        "{inline}"
    );
    let after = clean("captions3", &["--captions", "after", "--alt-text", "keep"]);
    assert!(after.find(caption) > after.find(THIRD), "{after}");
}

#[test]
fn the_shape_of_the_text_can_be_changed() {
    assert!(!clean("headings", &["--no-headings"]).contains("What to know"));
    assert!(clean("quotes", &["--quotes", "mark"]).contains(&format!("> {THIRD}")));
    assert!(clean("punct", &["--normalize-punct"]).contains("\"Read\" the tides"));
    let titled = clean("title", &["--with-title"]);
    assert!(titled.starts_with("Ship aground\n\n"), "{titled}");
    assert!(clean("title2", &["--with-title", "-f", "markdown"]).starts_with("# Ship aground\n\n"));
}

#[test]
fn the_remaining_options_are_understood() {
    for options in [
        &["--bias", "precision"][..],
        &["--bias", "balanced"],
        &["--bias", "recall"],
        &["--bias", "0.35"],
        &["--no-join"],
        &["--guess-date"],
        &["--preset", "corpus"],
        &["--preserve-whitespace"],
        &["--jobs", "3"],
        &["-j1"],
        &["--quiet"],
        &["--encoding", "utf-8"],
        &["--input", "html"],
    ] {
        assert!(clean("options", options).contains(FIRST), "{options:?}");
    }
}

#[test]
fn blank_lines_stay_where_that_is_asked_for() {
    let folder = Folder::new("blank");
    folder.write("a.txt", format!("Ship aground in the harbour\n\n{FIRST}\n\n\n\n{SECOND}\n\n{THIRD}\n"));
    assert!(
        folder
            .run(&["clean", "--preserve-whitespace", "a.txt"])
            .fine()
            .contains(&format!("{FIRST}\n\n\n\n{SECOND}\n\n{THIRD}"))
    );
    assert!(folder.run(&["clean", "a.txt"]).fine().contains(&format!("{FIRST}\n\n{SECOND}")));
}

#[test]
fn an_encoding_can_be_told() {
    let folder = Folder::new("encoding");
    let text = format!(
        "<article><p>Порт Олдермута закрыт в понедельник после того, как судно село на мель в устье реки.</p><p>{SECOND}</p></article>"
    );
    folder.write("a.html", encoding_rs::WINDOWS_1251.encode(&text).0);
    assert!(folder.run(&["clean", "--encoding", "windows-1251", "a.html"]).fine().contains("Порт Олдермута"));
    folder
        .run(&["clean", "--encoding", "windows-9999", "a.html"])
        .fails(2, &["--encoding", "no such encoding", "windows-1251"]);
}

#[test]
fn standard_input_is_read_without_a_path_and_as_a_dash() {
    let folder = Folder::new("stdin");
    for args in [&["clean"][..], &["clean", "-"]] {
        assert!(folder.feed(args, page("Ship").as_bytes()).fine().contains(FIRST));
    }
    assert_eq!(
        folder.feed(&["clean", "-f", "jsonl"], page("Ship").as_bytes()).objects()[0]["id"],
        Value::Null
    );
    // JSON lines show themselves.
    let line = format!("\n{}\n", serde_json::json!({"id": 7, "html": page("Ship")}));
    assert_eq!(folder.feed(&["clean", "-f", "jsonl"], line.as_bytes()).objects()[0]["id"], 7);
    assert!(folder.feed(&["clean", "--input", "text"], b"{ no JSON").fine().is_empty());
}

#[test]
fn empty_input_is_an_empty_article() {
    let folder = Folder::new("empty");
    for input in ["", " \n\t\n", "\u{feff}"] {
        let ran = folder.feed(&["clean"], input.as_bytes());
        assert!(ran.err.contains("no article was found"), "{ran:?}");
        assert_eq!(ran.fine(), "");
    }
    let quiet = folder.feed(&["clean", "--quiet"], b"");
    assert_eq!((quiet.code, quiet.err.as_str()), (0, ""));
    assert_eq!(folder.feed(&["clean", "--input", "jsonl"], b"\n\n").fine(), "");
}

#[test]
fn several_inputs_have_headers_and_one_has_none() {
    let folder = Folder::new("headers");
    folder.write("a.html", page("A")).write("b.html", page("B"));
    let both = folder.run(&["clean", "a.html", "b.html"]).fine();
    assert!(both.starts_with(&format!("==> a.html <==\n\n{FIRST}")), "{both}");
    assert!(both.contains(&format!("{THIRD}\n\n==> b.html <==\n\n{FIRST}")), "{both}");
    assert!(
        folder.run(&["clean", "-f", "html", "a.html", "b.html"]).fine().starts_with("<!-- a.html -->\n\n<")
    );
    let list: Value = serde_json::from_str(&folder.run(&["clean", "-f", "json", "a.html", "b.html"]).fine())
        .expect("a list");
    assert_eq!(list.as_array().expect("a list").len(), 2);
    assert_eq!(folder.run(&["clean", "-f", "jsonl", "a.html", "b.html"]).fine().lines().count(), 2);
}

#[test]
fn output_comes_in_the_order_of_input_however_many_work_on_it() {
    let folder = Folder::new("order");
    let mut input = String::new();
    for number in 0..300 {
        // Pages of very different sizes.
        let html = page("Ship").repeat(1 + (number * 7919) % 23);
        input.push_str(&format!("{}\n", serde_json::json!({"id": number, "html": html})));
    }
    let one = folder.feed(&["clean", "--input", "jsonl", "-f", "jsonl", "--jobs", "1"], input.as_bytes());
    let many = folder.feed(&["clean", "--input", "jsonl", "-f", "jsonl", "--jobs", "8"], input.as_bytes());
    assert_eq!(one.out, many.out);
    assert!(many.objects().iter().enumerate().all(|(at, object)| object["id"] == at));
}

#[test]
fn failed_inputs_are_named_and_the_others_done() {
    let folder = Folder::new("failed");
    folder
        .write("a.html", page("A"))
        .write("b.html", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj")
        .write("c.html", b"\x1f\x8b\x08\0\0\0\0\0\0\x03abc")
        .write("d.html", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR");
    let args = ["clean", "b.html", "missing.html", "a.html", "c.html", "d.html"];
    let out = folder.run(&args).fails(
        1,
        &[
            "unfurnish: b.html: this is no text but a PDF; take the text out first",
            "unfurnish: missing.html: there is no such file",
            "unfurnish: c.html: this is no text but a gzip archive; unpack it first",
            "unfurnish: d.html: this is no text but a PNG image",
            "4 of 5 inputs failed",
        ],
    );
    assert!(out.contains(FIRST));
    let objects = folder.run(&[&args[..], &["-f", "jsonl"]].concat()).objects();
    assert_eq!(objects.len(), 5);
    assert_eq!(objects[0]["id"], "b.html");
    assert!(
        objects[0]["error"].as_str().expect("an error").contains("PDF") && objects[2]["text"].is_string()
    );
}

#[test]
fn folders_are_read_in_order_and_ignored_files_are_not() {
    let folder = Folder::new("folder");
    folder
        .write("in/b.html", page("B"))
        .write("in/a/z.md", format!("# Z\n\n{FIRST}\n\n{SECOND}\n"))
        .write("in/a/noextension", page("N"))
        .write("in/a/picture.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR")
        .write("in/a/binary", b"\x7fELF\x01\x02\x03\0\0\0\0\0\0\0")
        .write("in/.hidden.html", page("H"))
        .write("in/skipped.html", page("S"))
        .write("in/.gitignore", "skipped.html\n");
    let ids: Vec<String> =
        folder.run(&["clean", "in", "-f", "jsonl"]).objects().iter().map(|o| o["id"].to_string()).collect();
    assert_eq!(ids, ["\"in/a/noextension\"", "\"in/a/z.md\"", "\"in/b.html\""]);
    folder.write("none/x.png", b"");
    folder.run(&["clean", "none"]).fails(1, &["none: no page is in this folder", "html"]);
}

#[test]
fn globs_are_expanded_where_the_shell_did_not() {
    let folder = Folder::new("globs");
    folder
        .write("in/a.html", page("A"))
        .write("in/b.htm", page("B"))
        .write("in/deep/c.html", page("C"))
        .write("[x].html", page("X"));
    let ids = |pattern: &str| -> Vec<String> {
        let ran = folder.run(&["clean", pattern, "-f", "jsonl"]);
        ran.objects().iter().map(|o| o["id"].as_str().unwrap_or("none").to_owned()).collect()
    };
    assert_eq!(ids("in/*.html"), ["in/a.html"]);
    assert_eq!(ids("in/**/*.html"), ["in/a.html", "in/deep/c.html"]);
    assert_eq!(ids("*/?.{htm,html}"), ["in/a.html", "in/b.htm"]);
    assert_eq!(ids("**/c.*"), ["in/deep/c.html"]);
    assert_eq!(ids("[x].html"), ["[x].html"], "a file that exists is no glob");
    folder.run(&["clean", "in/*.xyz"]).fails(1, &["in/*.xyz: no file is called so"]);
}

#[test]
fn an_output_folder_mirrors_what_was_read() {
    let folder = Folder::new("mirror");
    folder
        .write("in/b.html", page("B"))
        .write("in/a/z.html", page("Z"))
        .write("in/a/z.md", format!("{FIRST}\n\n{SECOND}\n"));
    folder.write("in/a/bad.html", b"%PDF-1.7\n\xff");
    folder.run(&["clean", "in", "-o", "out"]).fails(1, &["bad.html"]);
    let out: Vec<String> = folder.all().into_iter().filter(|path| path.starts_with("out")).collect();
    assert_eq!(out, ["out/a/z.md.txt", "out/a/z.txt", "out/b.txt"]);
    assert!(folder.read("out/b.txt").starts_with(FIRST), "no header in files of their own");
    // Again, as Markdown, into a folder within the one that is read: what was written is no input.
    for _ in 0..2 {
        folder.run(&["clean", "in", "-f", "markdown", "-o", "in/out/"]).fails(1, &[]);
        assert_eq!(folder.all().iter().filter(|path| path.starts_with("in/out")).count(), 3);
    }
    // Two folders keep their names.
    folder.write("in2/b.html", page("B"));
    folder.run(&["clean", "in/a", "in2", "in/b.html", "-o", "three"]).fails(1, &[]);
    assert_eq!(
        folder.all().iter().filter(|p| p.starts_with("three")).collect::<Vec<_>>(),
        ["three/a/z.md.txt", "three/a/z.txt", "three/b.txt", "three/in2/b.txt"]
    );
}

#[test]
fn json_lines_have_a_file_of_their_own_in_an_output_folder() {
    let folder = Folder::new("mirrorlines");
    folder.write(
        "in/p.jsonl",
        format!(
            "{}\nbroken\n{}\n",
            serde_json::json!({"html": page("A")}),
            serde_json::json!({"html": page("B")})
        ),
    );
    folder
        .run(&["clean", "in", "-f", "jsonl", "-o", "out"])
        .fails(1, &["in/p.jsonl:2: the line is not JSON"]);
    assert_eq!(folder.read("out/p.jsonl").lines().count(), 3);
    folder.run(&["clean", "in", "-o", "out"]).fails(1, &[]);
    assert!(folder.read("out/p.txt").contains("p.jsonl:3 <=="));
}

#[test]
fn an_output_file_is_replaced_whole_and_its_name_tells_the_format() {
    let folder = Folder::new("file");
    folder.write("a.html", page("A")).write("b.html", page("B")).write("new/old.md", "old");
    folder.run(&["clean", "a.html", "-o", "new/old.md"]).fine();
    assert!(folder.read("new/old.md").contains("## What to know"));
    folder.run(&["clean", "a.html", "b.html", "-o", "deep/er/all.jsonl"]).fine();
    assert_eq!(folder.read("deep/er/all.jsonl").lines().count(), 2);
    folder.run(&["clean", ".", "-o", "all.jsonl"]).fine();
    folder.run(&["clean", ".", "-o", "all.jsonl"]).fine();
    assert!(!folder.read("all.jsonl").contains("all.jsonl"), "what is written is not read");
    assert!(folder.all().iter().all(|path| !path.contains(".part")), "{:?}", folder.all());
}

#[test]
fn no_input_is_ever_overwritten() {
    let folder = Folder::new("overwrite");
    folder.write("a.html", page("A")).write("in/a.html", page("A")).write("in/a.txt", page("A"));
    folder
        .run(&["clean", "a.html", "-o", "a.html"])
        .fails(2, &["a.html is an input and would be overwritten"]);
    folder.run(&["clean", "a.html", "-f", "html", "-o", "."]).fails(1, &["would be overwritten"]);
    folder.run(&["clean", "in", "-f", "html", "-o", "in"]).fails(1, &["would be overwritten"]);
    folder.run(&["clean", "in/a.html", "in", "-o", "in/"]).fails(1, &["would be overwritten"]);
    for name in ["a.html", "in/a.html", "in/a.txt"] {
        assert_eq!(folder.read(name), page("A"), "{name}");
    }
}

#[test]
fn what_cannot_be_written_is_an_error() {
    let folder = Folder::new("unwritable");
    folder.write("a.html", page("A")).write("file", "x").write("in/a.html", page("A"));
    folder.run(&["clean", "a.html", "-o", "file/a.txt"]).fails(2, &["file/a.txt", "--output"]);
    folder.run(&["clean", "in", "-o", "file/"]).fails(1, &["cannot write file/a.txt"]);
    assert_eq!(folder.read("file"), "x");
}

#[cfg(unix)]
#[test]
fn what_may_not_be_read_is_an_error() {
    use std::os::unix::fs::PermissionsExt;
    let folder = Folder::new("permission");
    folder.write("in/a.html", page("A")).write("in/closed/b.html", page("B")).write("c.html", page("C"));
    let forbid = |name: &str, mode| {
        fs::set_permissions(folder.0.join(name), fs::Permissions::from_mode(mode)).expect("modes can be set")
    };
    forbid("in/closed", 0o000);
    forbid("c.html", 0o000);
    // Root may read everything; there is nothing to test then.
    if fs::read_dir(folder.0.join("in/closed")).is_err() {
        let out = folder
            .run(&["clean", "in", "c.html"])
            .fails(1, &["in/closed: no permission to read it", "c.html: no permission"]);
        assert!(out.contains(FIRST));
    }
    forbid("in/closed", 0o755);
}

#[test]
fn nonsense_on_the_command_line_is_explained() {
    let folder = Folder::new("usage");
    folder.write("a.html", page("A"));
    folder.run(&["clean", "--keep", "captoin", "a.html"]).fails(2, &["captoin", "'caption'"]);
    folder.run(&["clean", "--drop", "navigaton"]).fails(2, &["'navigation'"]);
    folder.run(&["clean", "--captoins", "drop"]).fails(2, &["--captions"]);
    folder.run(&["clean", "--format", "pdf"]).fails(2, &["markdown"]);
    folder.run(&["clean", "--bias", "1.5"]).fails(2, &["from 0 (precision) to 1 (recall)"]);
    folder.run(&["clean", "--url", "example.org"]).fails(2, &["whole address"]);
    folder.run(&["clean", "--jobs", "0"]).fails(2, &["--jobs", "whole number from 1"]);
    folder.run(&["clean", "--blocks", "a.html"]).fails(2, &["--blocks needs --format json"]);
    folder.run(&["clean", "--input", "jsonl", "--encoding", "utf-8"]).fails(2, &["JSON is UTF-8"]);
    folder.run(&["claen", "a.html"]).fails(2, &["'clean'"]);
    folder.run(&["a.html"]).fails(2, &["unfurnish clean a.html"]);
    folder.run(&[]).fails(2, &["Usage"]);
}

#[test]
fn help_version_completions_and_manual_are_there() {
    let folder = Folder::new("help");
    assert!(folder.run(&["--help"]).fine().contains("Exit codes: 0"));
    assert!(folder.run(&["--version"]).fine().contains(env!("CARGO_PKG_VERSION")));
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        assert!(folder.run(&["completions", shell]).fine().contains("unfurnish"), "{shell}");
    }
    assert!(folder.run(&["man"]).fine().contains(".TH unfurnish 1"));
    assert!(folder.run(&["man", "clean"]).fine().contains("normalize"));
    folder.run(&["man", "nothing"]).fails(2, &["the commands are clean, explain"]);
}

#[test]
fn a_reader_that_has_seen_enough_is_no_error() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_unfurnish"))
        .args(["clean", "--input", "jsonl", "-f", "jsonl"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let mut stdin = child.stdin.take().expect("piped");
    let mut stdout = BufReader::new(child.stdout.take().expect("piped"));
    let line = format!("{}\n", serde_json::json!({"html": page("Ship")}));
    // It answers each line at once, though more may come.
    let mut answer = String::new();
    stdin.write_all(line.as_bytes()).expect("it reads");
    stdout.read_line(&mut answer).expect("it answers");
    assert!(answer.contains("Aldermouth"));
    drop(stdout);
    while stdin.write_all(line.as_bytes()).is_ok() {}
    let mut said = String::new();
    child.stderr.take().expect("piped").read_to_string(&mut said).expect("it speaks UTF-8");
    assert_eq!((child.wait().expect("it ends").code(), said.as_str()), (Some(0), ""));
}

#[test]
fn json_lines_keep_their_order_and_nothing_is_lost() {
    let folder = Folder::new("lines");
    let good = serde_json::json!({"html": page("Ship"), "url": "https://example.org/a"}).to_string();
    let first = format!("{{\"id\": {{\"b\":1.0, \"a\":[12345678901234567890123]}}, {}", &good[1..]);
    let lines: [&[u8]; 12] = [
        first.as_bytes(),
        b"\r",
        b"{\"html\": 5}",
        b"not JSON",
        b"[]",
        b"{\"id\": 1}",
        b"{\"html\": \"\xff\"}",
        b"   ",
        b"{\"id\":null,\"text\":\"\"}\r",
        b"{\"id\":\"m\",\"markdown\":\"# A\\n\\nB\",\"more\":true}",
        b"[1, \"<p>As many values as the object has keys\", null, null, null, null]",
        b"{\"id\":false,\"html\":null,\"text\":\"no newline at the end\"}",
    ];
    let input = [&b"\xef\xbb\xbf"[..], &lines.join(&b'\n')].concat();
    let ran = folder.feed(&["clean", "--input", "jsonl", "--format", "jsonl"], &input);
    let objects = ran.objects();
    let errors: Vec<_> = objects.iter().filter_map(|object| object.get("line")?.as_u64()).collect();
    assert_eq!(errors, [3, 4, 5, 6, 7, 11], "{ran:?}");
    assert_eq!(objects.len(), 10);
    assert!(
        ran.out.starts_with("{\"id\":{\"b\":1.0, \"a\":[12345678901234567890123]},\"title\":"),
        "{}",
        ran.out
    );
    let keys = [
        "id",
        "title",
        "authors",
        "published",
        "modified",
        "site",
        "url",
        "language",
        "text",
        "score",
        "warnings",
    ];
    let first = ran.out.lines().next().expect("a line");
    let places: Vec<_> = keys
        .iter()
        .map(|key| first.find(&format!("\"{key}\":")).unwrap_or_else(|| panic!("{key}")))
        .collect();
    assert!(places.is_sorted() && !first.contains("\"blocks\""), "{first}");
    assert_eq!(
        (&objects[6]["id"], &objects[7]["id"], &objects[9]["id"]),
        (&Value::Null, &"m".into(), &false.into())
    );
    for (line, reason) in [
        (3, "must be strings"),
        (4, "not JSON"),
        (5, "no object"),
        (6, "no \"html\", \"markdown\" or \"text\""),
        (7, "byte 11 of the line is not UTF-8"),
        (11, "no object"),
    ] {
        let object = objects.iter().find(|object| object["line"] == line).expect("an error");
        assert_eq!(object.as_object().expect("an object").len(), 2);
        assert!(object["error"].as_str().expect("text").contains(reason), "{object}");
        assert!(ran.err.contains(&format!("standard input:{line}: ")), "{}", ran.err);
    }
    ran.fails(1, &["6 of 10 inputs failed"]);
}

#[test]
fn a_huge_line_is_an_error_of_its_own() {
    let folder = Folder::new("huge");
    let mut input = serde_json::json!({"id": 1, "html": page("Ship")}).to_string().into_bytes();
    input.extend_from_slice(b"\n{\"html\": \"");
    input.resize(input.len() + (65 << 20), b'x');
    input.extend_from_slice(b"\"}\n{\"id\": 3, \"text\": \"x\"}");
    let ran = folder.feed(&["clean", "--input", "jsonl", "-f", "jsonl"], &input);
    let objects = ran.objects();
    assert_eq!(
        (&objects[0]["id"], &objects[1]["line"], &objects[2]["id"]),
        (&1.into(), &2.into(), &3.into())
    );
    ran.fails(1, &["standard input:2: the line is longer than 64 MiB"]);
}

#[test]
fn a_huge_page_on_one_line_is_read() {
    let folder = Folder::new("hugepage");
    let text = folder
        .feed(&["clean", "--input", "html"], format!("<p>{}</p>", "word ".repeat(2 << 20)).as_bytes())
        .fine();
    assert!(text.is_empty() || text.len() > 10_000_000);
}

#[test]
fn explain_shows_every_block_with_its_place() {
    let folder = Folder::new("explain");
    folder.write(
        "a.md",
        format!(
            "# Ship aground\n\n{FIRST}\n\n{SECOND}\n\n**Related article:** [Tug\u{1b}c lost](/t)\n\n{THIRD}\n"
        ),
    );
    let out = folder.run(&["explain", "a.md"]).fine();
    assert!(out.contains("read as markdown (UTF-8)"), "{out}");
    assert!(out.contains("+ body ") && out.contains(" 3:1 bytes 16.."), "{out}");
    assert!(out.contains("- related ") && out.contains("Tugc lost"), "{out}");
    assert!(!out.contains('\u{1b}') && !out.contains("==>"), "{out}");
    let colored = folder.run(&["explain", "--color", "always", "a.md"]).fine();
    assert!(colored.contains("\u{1b}[32m+") && !colored.contains("Tug\u{1b}"), "{colored}");
    assert!(folder.run(&["explain", "--full", "a.md", "a.md"]).fine().starts_with("==> a.md <==\n\n"));
    folder.run(&["explain", "missing.md"]).fails(1, &["missing.md"]);
}
