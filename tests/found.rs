//! Inputs that fuzzing or a reader found once: all laws, in every reading. And made ones, as they are and with their blocks joined.

#![allow(clippy::print_stdout)]

mod laws;

use std::path::Path;
use unfurnish::{Limits, Page};

#[test]
fn what_broke_a_law_once_breaks_none_now() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds/found");
    let mut inputs = 0;
    for entry in std::fs::read_dir(&folder).expect("the folder is part of the crate") {
        let path = entry.expect("a readable folder").path();
        // Which one it was shows above a failure.
        println!("{}", path.display());
        laws::obey_in_every_reading(&std::fs::read(&path).expect("a readable file"));
        inputs += 1;
    }
    assert!(inputs >= 3, "the inputs are missing");
}

/// What blocks begin, end and hold in any of the three formats.
const PIECES: &[&str] = &[
    "x",
    "y z ",
    " 1\n  2 ",
    "\n",
    "\n\n",
    "<p>",
    "</p>",
    "<br>",
    "<pre>",
    "</pre>",
    "<table>",
    "</table>",
    "<tr>",
    "<td>",
    "<th>",
    "<ul>",
    "<ol>",
    "<li>",
    "</ul>",
    "</ol>",
    "<h2>",
    "</h2>",
    "<b>",
    "</b>",
    "<a href=/x>",
    "</a>",
    "<blockquote>",
    "</blockquote>",
    "<div hidden>",
    "<div>",
    "</div>",
    "<dl><dt>",
    "<dd>",
    "<button>",
    "</button>",
    "<code>",
    "</code>",
    "<figcaption>",
    "&nbsp;",
    "*",
    "**",
    "|",
    "|-|\n",
    "- ",
    "# ",
    "1. ",
    "> ",
    "`",
    "```\n",
    "    ",
    "\t",
    "[a](/b)",
    "\\",
];

#[test]
fn made_pages_obey_the_laws_whether_their_blocks_are_joined_or_not() {
    let mut state = 1_u64;
    for _ in 0..200 {
        let mut page = String::new();
        for _ in 0..60 {
            state = state.wrapping_mul(0x5851_f42d_4c95_7f2d).wrapping_add(0x1405_7b7e_f767_814f);
            page.push_str(PIECES[(state >> 33) as usize % PIECES.len()]);
        }
        // Shown above a failure.
        println!("{page:?}");
        let limits =
            Limits::default().fine_blocks((state >> 40) as usize % 3).marks((state >> 50) as usize % 20);
        for page in [Page::html(&*page), Page::markdown(&*page), Page::text(&*page)] {
            laws::obey(&page);
            laws::obey_within(&page, &limits);
        }
    }
}
