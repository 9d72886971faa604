#![no_main]

//! The input is put where metadata stands: structured data, meta tags, dates, bylines.

libfuzzer_sys::fuzz_target!(|parts: (&str, &str, &str)| {
    let (data, content, byline) = parts;
    let page = format!(
        "<script type=application/ld+json>{data}</script><meta property=article:published_time content=\"{content}\">\
         <meta name=author content=\"{content}\"><h1>Title</h1><p class=byline>{byline}</p><time>{content}</time>\
         <p>The harbour was closed on Monday after a ship ran aground at the mouth of the river.</p>"
    );
    unfurnish_fuzz::obey(&unfurnish::Page::html(page));
});
