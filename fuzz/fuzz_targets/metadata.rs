#![no_main]

//! The input is put where metadata stands: structured data, meta tags, dates, bylines; parted by NUL.

libfuzzer_sys::fuzz_target!(|input: &str| {
    let mut parts = input.splitn(3, '\0').chain(["", ""]);
    let [data, content, byline] = [(); 3].map(|()| parts.next().unwrap_or_default());
    let page = format!(
        "<script type=application/ld+json>{data}</script><meta property=article:published_time content=\"{content}\">\
         <meta name=author content=\"{content}\"><h1>Title</h1><p class=byline>{byline}</p><time>{content}</time>\
         <p>The harbour was closed on Monday after a ship ran aground at the mouth of the river.</p>"
    );
    unfurnish_fuzz::obey(&unfurnish::Page::html(page));
});
