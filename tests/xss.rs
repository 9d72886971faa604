//! What comes out as HTML or Markdown runs no code, whatever went in.

mod laws;

use laws::harmless::{check_html, check_markdown};
use unfurnish::{Article, Extractor, Label, Links, Page};

/// Whole pages, one attack each.
const PAGES: &[&str] = &[
    // Elements that run or load something.
    "<script>alert(1)</script>",
    "<SCRIPT SRC=http://evil.example/x.js></SCRIPT>",
    "<script>alert(1)",
    "<script\n>alert(1)</script\n>",
    "<script/x>alert(1)</script>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<<script>alert(1)//<</script>",
    "<script><!--<script></script>--><img src=x onerror=alert(1)></script>",
    "<script x='</script>'>alert(1)</script>",
    "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\"></noscript>",
    "<style>@import 'http://evil.example/x.css';</style>",
    "<style><img src='</style><img src=x onerror=alert(1)//'></style>",
    "<iframe src=javascript:alert(1)></iframe>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<iframe><script>alert(1)</script></iframe>",
    "<object data=javascript:alert(1)>text</object>",
    "<object data=data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==>text</object>",
    "<embed src=javascript:alert(1)>",
    "<applet code=x>text</applet>",
    "<base href=javascript:alert(1)//><a href=x>link</a>",
    "<meta http-equiv=refresh content='0;url=javascript:alert(1)'>",
    "<link rel=stylesheet href=javascript:alert(1)>",
    "<link rel=import href=data:text/html,<script>alert(1)</script>>",
    "<form action=javascript:alert(1)><button>Send</button></form>",
    "<button formaction=javascript:alert(1)>Send</button>",
    "<input type=image src=x onerror=alert(1)>",
    "<isindex action=javascript:alert(1) type=image>",
    "<video><source onerror=alert(1)></video>",
    "<audio src=x onerror=alert(1)>text</audio>",
    "<video poster=javascript:alert(1)//>text</video>",
    "<keygen autofocus onfocus=alert(1)>",
    "<marquee onstart=alert(1)>text</marquee>",
    "<details open ontoggle=alert(1)><summary>text</summary>more</details>",
    "<dialog open onclose=alert(1)>text</dialog>",
    "<portal src=javascript:alert(1)>text</portal>",
    "<frameset onload=alert(1)><frame src=javascript:alert(1)></frameset>",
    "<body onload=alert(1)>text</body>",
    "<html onclick=alert(1)>text</html>",
    "<template><script>alert(1)</script></template>",
    "<textarea></textarea><script>alert(1)</script>",
    "<textarea><img src=x onerror=alert(1)>",
    "<title><img src=x onerror=alert(1)></title>text",
    "<title></title><script>alert(1)</script>text",
    "<xmp><img src=x onerror=alert(1)></xmp>",
    "<plaintext><img src=x onerror=alert(1)>",
    "<listing>&lt;img src=x onerror=alert(1)></listing>",
    "<noembed><img src=x onerror=alert(1)></noembed>",
    "<noframes><img src=x onerror=alert(1)></noframes>",
    "<select><option><script>alert(1)</script></option></select>",
    "<svg onload=alert(1)>text</svg>",
    "<svg><script>alert(1)</script></svg>",
    "<svg><a xlink:href=javascript:alert(1)><text>link</text></a></svg>",
    "<svg><animate onbegin=alert(1) attributeName=x></svg>",
    "<svg><set attributeName=href to=javascript:alert(1)></svg>",
    "<svg><foreignObject><script>alert(1)</script><p onclick=alert(1)>text</p></foreignObject></svg>",
    "<svg><style><img src=x onerror=alert(1)></style></svg>",
    "<svg></p><style><a id=\"</style><img src=1 onerror=alert(1)>\">",
    "<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1 onerror=alert(1)&gt;\">",
    "<math href=javascript:alert(1)>link</math>",
    "<math><maction actiontype=statusline xlink:href=javascript:alert(1)>link</maction></math>",
    "<math><mi><style></mi><img src=x onerror=alert(1)></style></math>",
    "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    // Attributes that run something.
    "<p onclick=alert(1)>text</p>",
    "<p onmouseover='alert(1)'>text</p>",
    "<p/onclick=alert(1)>text</p>",
    "<p\u{b}onclick=alert(1)>text</p>",
    "<p\u{c}onclick=alert(1)>text</p>",
    "<p \"onclick=alert(1)>text</p>",
    "<p x=\">\" onclick=alert(1)>text</p>",
    "<p x='\"' onclick=alert(1)>text</p>",
    "<p x=`>` onclick=alert(1)>text</p>",
    "<p ONCLICK=alert(1)>text</p>",
    "<p on\0click=alert(1)>text</p>",
    "<h1 onclick=alert(1)>text</h1>",
    "<li onclick=alert(1)>text",
    "<table background=javascript:alert(1)><tr><td onclick=alert(1)>text<td>x<tr><td>y<td>z</table>",
    "<blockquote cite=javascript:alert(1)>text</blockquote>",
    "<q cite=javascript:alert(1)>text</q>",
    "<pre onclick=alert(1)><code onclick=alert(1)>text</code></pre>",
    "<b onclick=alert(1)>text</b><i onclick=alert(1)>text</i><code onclick=alert(1)>x</code>",
    "<p style='background:url(javascript:alert(1))'>text</p>",
    "<p style='x:expression(alert(1))'>text</p>",
    "<p style='-moz-binding:url(http://evil.example/x#y)'>text</p>",
    "<ol start='1\" onclick=alert(1) \"'><li>text</ol>",
    "<ol start='7 onclick=alert(1)'><li>text</ol>",
    "<img src=x onerror=alert(1)>text",
    "<img src=\"x\" alt=\"<script>alert(1)</script>\">text",
    "<img src=x alt='\" onerror=alert(1) x=\"'>text",
    "<img \"\"\"><script>alert(1)</script>\">text",
    "<img src=`x`onerror=alert(1)>text",
    "<img/src/onerror=alert(1)>text",
    "<image src=x onerror=alert(1)>text",
    "<img srcset='x 1x' onerror=alert(1)>text",
    "<picture><source srcset=x onerror=alert(1)><img src=x onerror=alert(1)></picture>text",
    "<a href=/x onclick=alert(1)>link</a>",
    "<a href=/x target=_blank onmouseover=alert(1)>link</a>",
    "<a href=/x style=position:fixed;top:0>link</a>",
    "<a href='/x\" onclick=\"alert(1)'>link</a>",
    "<a href=\"/x' onclick='alert(1)\">link</a>",
    "<a href='/x&quot; onclick=&quot;alert(1)'>link</a>",
    "<a href='/x&#34;&#62;&#60;script&#62;alert(1)&#60;/script&#62;'>link</a>",
    "<a href='/x><script>alert(1)</script>'>link</a>",
    "<a href=/x`onclick=alert(1)>link</a>",
    "<a ping=javascript:alert(1) href=/x>link</a>",
    "<a href=/x href=javascript:alert(1)>link</a>",
    "<a href=javascript:alert(1) href=/x>link</a>",
    "<area href=javascript:alert(1)>text",
    "<a name='\"><script>alert(1)</script>'>text</a>",
    "<a id=x xlink:href=javascript:alert(1)>link</a>",
    // Mark-up that text must not turn into.
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "<p>&lt;img src=x onerror=alert(1)&gt;</p>",
    "<p>&amp;lt;script&amp;gt;alert(1)&amp;lt;/script&amp;gt;</p>",
    "<p>&#60;script&#62;alert(1)&#60;/script&#62;</p>",
    "<p>&#x3c;script&#x3e;alert(1)&#x3c;/script&#x3e;</p>",
    "<p>&#0000060script&#0000062alert(1)</p>",
    "<p>&ltscript&gtalert(1)&lt/script&gt</p>",
    "<p>&LT;script&GT;alert(1)</p>",
    "<p>\u{ff1c}script\u{ff1e}alert(1)\u{ff1c}/script\u{ff1e}</p>",
    "<p>&lt;<b>script</b>&gt;alert(1)</p>",
    "<p>&lt;<!-- -->script>alert(1)</p>",
    "<p>&lt;<i></i>img src=x onerror=alert(1)&gt;</p>",
    "<p>&lt;a href=\"javascript:alert(1)\"&gt;link&lt;/a&gt;</p>",
    "<pre>&lt;script&gt;alert(1)&lt;/script&gt;</pre>",
    "<pre>&lt;/pre&gt;&lt;script&gt;alert(1)&lt;/script&gt;</pre>",
    "<pre>\n\n&lt;/code&gt;&lt;/pre&gt;&lt;img src=x onerror=alert(1)&gt;</pre>",
    "<pre>```\n&lt;script&gt;alert(1)&lt;/script&gt;\n```</pre>",
    "<code>&lt;/code&gt;&lt;script&gt;alert(1)&lt;/script&gt;</code>",
    "<code>`&lt;img src=x onerror=alert(1)&gt;`</code>",
    "<h1>&lt;/h1&gt;&lt;script&gt;alert(1)&lt;/script&gt;</h1>",
    "<table><tr><td>&lt;/td&gt;&lt;script&gt;alert(1)&lt;/script&gt;<td>x<tr><td>y<td>`&lt;img src=x onerror=alert(1)&gt;</table>",
    "<table><tr><td>`|<td>&lt;img src=x onerror=alert(1)&gt;`<tr><td>y<td>z</table>",
    "<table><tr><td><pre>&lt;script&gt;\nalert(1)&lt;/script&gt;</pre><td>x<tr><td>y<td>z</table>",
    "<ul><li>&lt;script&gt;alert(1)&lt;/script&gt;<ul><li>&lt;script&gt;</ul></ul>",
    "<blockquote>&lt;/blockquote&gt;&lt;script&gt;alert(1)&lt;/script&gt;</blockquote>",
    "<a href=/x>&lt;/a&gt;&lt;script&gt;alert(1)&lt;/script&gt;</a>",
    "<b>&lt;/strong&gt;&lt;script&gt;alert(1)&lt;/script&gt;</b>",
    "<dl><dt>&lt;script&gt;alert(1)&lt;/script&gt;<dd>&lt;script&gt;</dl>",
    "<p>text\0<\0script>alert(1)</script></p>",
    "<p>&#0;&lt;script&gt;</p>",
    "<p>&#13;&lt;script&gt;alert(1)</p>",
    "<!--><script>alert(1)</script>-->text",
    "<!--[if IE]><script>alert(1)</script><![endif]-->text",
    "<!-- --!><script>alert(1)</script>text",
    "<![CDATA[<script>alert(1)</script>]]>text",
    "<svg><![CDATA[<script>alert(1)</script>]]></svg>text",
    "<?php echo '<script>alert(1)</script>' ?>text",
    "<?xml version=\"1.0\"?><script xmlns=\"http://www.w3.org/1999/xhtml\">alert(1)</script>",
    "<!DOCTYPE html [<!ENTITY x '<script>alert(1)</script>'>]>&x;",
    "</p><script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    "<p>unclosed <b <script>alert(1)</script>",
    "<p>unclosed \" <a href=\"/x",
    "<x onclick=alert(1)>text</x>",
    "<x-script onconnect=alert(1)>text</x-script>",
    "<script\u{a0}>alert(1)</script>",
    "<\u{212a}eygen onfocus=alert(1)>text",
    "<\u{17f}cript>alert(1)</\u{17f}cript>",
    // Markdown that would be written as a link.
    "<p>[link](javascript:alert(1))</p>",
    "<p>![x](javascript:alert(1))</p>",
    "<p>&lt;javascript:alert(1)&gt;</p>",
    "<p>[x]: javascript:alert(1)</p><p>[x]</p>",
    "<p>[link]<b>(javascript:alert(1))</b></p>",
    "<p>[link<b>](javascript:alert(1))</b></p>",
    "<p>[1]: javascript:alert(1)</p><p><a href=/x>link</a></p>",
    "<a href='/x)[link](javascript:alert(1)'>link</a>",
    "<a href='/x> [y](javascript:alert(1))'>link</a>",
    "<a href='/x\n\n[1]: javascript:alert(1)'>link</a>",
    "<a href=/x>](/y)[link](javascript:alert(1)</a>",
    "<a href='/x&#10;&#10;&lt;script&gt;alert(1)&lt;/script&gt;'>link</a>",
    "<a href='/x`'>a</a>`&lt;img src=x onerror=alert(1)&gt;`",
    "<p>\\&lt;script&gt;alert(1)&lt;/script&gt;</p>",
    "<p>\\\\&lt;img src=x onerror=alert(1)&gt;</p>",
    "<p>`&lt;b&gt;` &lt;img src=x onerror=alert(1)&gt; `</p>",
    "<p>a<br>&lt;script&gt;<br>alert(1)<br>&lt;/script&gt;</p>",
    "<p>    &lt;script&gt;alert(1)&lt;/script&gt;</p>",
    "<p>&amp;#106;avascript:alert(1)</p>",
    // Newer elements and attributes.
    "<div><template shadowrootmode=open><script>alert(1)</script><img src=x onerror=alert(1)></template>text</div>",
    "<button popovertarget=x>text</button><div popover id=x onbeforetoggle=alert(1)>text</div>",
    "<div style='animation-name:x' onanimationstart=alert(1)>text</div>",
    "<div style='content-visibility:auto' oncontentvisibilityautostatechange=alert(1)>text</div>",
    "<style onload=alert(1)></style>text",
    "<a href=/x autofocus tabindex=1 onfocus=alert(1)>link</a>",
    "<body onpageshow=alert(1)>text",
    "<search onclick=alert(1)>text</search>",
    "<fencedframe src=javascript:alert(1)>text</fencedframe>",
    "<select><selectedcontent onclick=alert(1)></selectedcontent><option>text</select>",
    "<selectmenu><button onclick=alert(1)>text</button></selectmenu>",
    "<input type=hidden onclick=alert(1) accesskey=x>text",
    "<form id=f></form><button form=f formaction=javascript:alert(1)>text</button>",
    "<a href=/x attributionsrc=javascript:alert(1)>link</a>",
    "<link rel=modulepreload href=data:text/javascript,alert(1)>text",
    "<script type=importmap>{\"imports\":{\"x\":\"data:text/javascript,alert(1)\"}}</script><script type=module>import 'x'</script>",
    "<script type=speculationrules>{\"prefetch\":[{\"urls\":[\"javascript:alert(1)\"]}]}</script>text",
    "<svg><use href=\"data:image/svg+xml,<svg id=x xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>#x\"/></svg>text",
    "<svg><image href=x onerror=alert(1)></svg>text",
    "<svg><discard onbegin=alert(1)></svg>text",
    "<svg><title><style><img src=\"</style><img src=x onerror=alert(1)>\"></style></title></svg>text",
    "<svg><desc><svg><style><a title=\"</style><img src=x onerror=alert(1)>\"></style></svg></desc></svg>text",
    "<math><annotation-xml encoding=text/html><script>alert(1)</script><p onclick=alert(1)>text</annotation-xml></math>",
    "<math><mtext><mglyph><svg><mtext><style><path id=\"</style><img onerror=alert(1) src>\">",
    "<math><mtext><table><mglyph><style><![CDATA[</style><img title=\"]]&gt;&lt;/mglyph&gt;&lt;img src onerror=alert(1)&gt;\">",
    "<select><template><style><!--</style><a rel=\"--></style></template></select><img src onerror=alert(1)>\">text",
    "<noscript><style></noscript><img src=x onerror=alert(1)></style></noscript>text",
    "<noscript><!--</noscript><img src=x onerror=alert(1)>--></noscript>text",
    "<!--<img src=\"--><img src=x onerror=alert(1)//\">text",
    "<comment><img src=\"</comment><img src=x onerror=alert(1)//\">text",
    "<xml id=x><a><b>&lt;script&gt;alert(1)&lt;/script&gt;</b></a></xml>text",
    "<meta charset=utf-7>+ADw-script+AD4-alert(1)+ADw-/script+AD4-",
    "<p>\u{1b}$B<script>alert(1)</script>\u{1b}(B</p>",
    "<p style=\"font-family:'</style><script>alert(1)</script>'\">text</p>",
    "<div id=getElementById><form name=body><input name=innerHTML>text</form></div>",
    "<ol start=-0x1><li>text</ol><ol start='1e9'><li>text</ol><ol start=99999999999999999999><li>text</ol>",
    // Code in what the page says about itself.
    "<script type=application/ld+json>{\"@type\":\"NewsArticle\",\"headline\":\"</h1><img src=x onerror=alert(1)>\"}</script>text",
    "<script type=application/ld+json>{\"@type\":\"NewsArticle\",\"articleBody\":\"<img src=x onerror=alert(1)> \\u003cscript\\u003ealert(1)\\u003c/script\\u003e The harbour was closed on Monday after a ship ran aground at the mouth of the river.\"}</script>text",
    "<script type=application/ld+json>{\"@type\":\"NewsArticle\",\"url\":\"javascript:alert(1)\"}</script><a href=x>link</a>",
    "<meta property=og:title content='<script>alert(1)</script>'><title>&lt;img src=x onerror=alert(1)&gt;</title>text",
    "<meta property=og:url content='javascript:alert(1)'><a href=x>link</a>",
    "<meta name=author content='\"><script>alert(1)</script>'>text",
    "<time datetime='\"><script>alert(1)</script>'>text</time>",
    // Markdown that hides HTML.
    "<p>a\n\n<img src=x onerror=alert(1)>\n\nb</p>",
    "[a]: <javascript:alert(1)>\n\n[a] ![a] [b][a]",
    "[a](\\x01javascript:alert(1)) [b](java&Tab;script:alert(1)) <java&colon;script:alert(1)>",
    "```html\n</code></pre><script>alert(1)</script>\n```",
    "~~~ \"><script>alert(1)</script>\nx\n~~~",
    "| a | b |\n|---|---|\n| <img src=x onerror=alert(1)> | `</td><script>alert(1)</script>` |",
    "# <img src=x onerror=alert(1)>\n\n> <script>alert(1)</script>",
    "![\"onerror=alert(1) x=\"](x \"\" onerror=alert(1))",
    "<a\n\nhref=javascript:alert(1)>x</a>",
    "\\<script>alert(1)\\</script> &lt;script> <!-- --!><script>alert(1)</script>",
];

/// Ways to write an address that runs code when it is followed.
const ADDRESSES: &[&str] = &[
    "javascript:alert(1)",
    "JAVASCRIPT:alert(1)",
    "JaVaScRiPt:alert(1)",
    " javascript:alert(1)",
    "\tjavascript:alert(1)",
    "\njavascript:alert(1)",
    "\u{c}javascript:alert(1)",
    "\u{1}javascript:alert(1)",
    "\u{1f}\u{2} javascript:alert(1)",
    "\0javascript:alert(1)",
    "java\tscript:alert(1)",
    "java\nscript:alert(1)",
    "java\rscript:alert(1)",
    "java\0script:alert(1)",
    "javascript\t:alert(1)",
    "javascript\n:alert(1)",
    "j\na\nv\na\ns\nc\nr\ni\np\nt\n:alert(1)",
    "&#106;avascript:alert(1)",
    "&#x6a;avascript:alert(1)",
    "&#0000106avascript:alert(1)",
    "&#106&#97&#118&#97&#115&#99&#114&#105&#112&#116&#58alert(1)",
    "java&Tab;script:alert(1)",
    "java&NewLine;script:alert(1)",
    "javascript&colon;alert(1)",
    "javascript&#58;alert(1)",
    "&#1;javascript:alert(1)",
    "&Tab;&NewLine;javascript:alert(1)",
    "java&#9;script:alert(1)",
    "java&#13;script&#10;:alert(1)",
    "javascript://example.org/%0aalert(1)",
    "javascript:/*--></title></style></textarea></script>*/alert(1)",
    "javascript:'\"><script>alert(1)</script>",
    "data:text/html,<script>alert(1)</script>",
    "data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==",
    "DATA:text/html,x",
    "d\nata:text/html,x",
    "data:image/svg+xml,<svg onload=alert(1)>",
    "&#100;ata:text/html,x",
    "data&colon;text/html,x",
    "vbscript:msgbox(1)",
    "VBScript:msgbox(1)",
    "vb\tscript:msgbox(1)",
    "&#118;bscript:msgbox(1)",
    "livescript:alert(1)",
    "mocha:alert(1)",
    "blob:https://example.org/x",
    "filesystem:https://example.org/x",
    "file:///etc/passwd",
    "view-source:javascript:alert(1)",
    "jar:javascript:alert(1)!/",
    "feed:javascript:alert(1)",
    "about:blank",
    "ws://evil.example/",
    "intent://x#Intent;scheme=javascript;end",
    "ms-settings:x",
    "javascript\u{ff1a}alert(1)",
    "\u{feff}javascript:alert(1)",
    "\u{a0}javascript:alert(1)",
    "\u{2028}javascript:alert(1)",
    "\u{ad}javascript:alert(1)",
    "https:javascript:alert(1)",
    "//javascript:alert(1)",
    "./javascript:alert(1)",
    "?javascript:alert(1)",
];

/// All blocks stay: nothing is safe only because it was taken for furniture.
fn all(page: Page<'_>) -> Article {
    Extractor::builder().keep(Label::ALL.iter().copied()).with_title(true).build().extract(page)
}

#[track_caller]
fn check(case: &str) {
    for url in
        [None, Some("https://example.org/a/b"), Some("javascript:alert(1)//x"), Some("data:text/html,x")]
    {
        for page in [Page::html(case), Page::markdown(case), Page::text(case)] {
            let article = all(match url {
                Some(url) => page.with_url(url),
                None => page,
            });
            for links in [Links::Keep, Links::Strip, Links::Footnote] {
                check_html(&article.to_html_with(links), case);
                check_markdown(&article.to_markdown_with(links), case);
            }
            // Its own output, read again, is no more dangerous.
            check_html(&all(Page::markdown(article.to_markdown())).to_html(), case);
            check_html(&all(Page::html(article.to_html())).to_html(), case);
        }
    }
}

#[test]
fn no_page_brings_code_into_the_output() {
    for page in PAGES {
        check(page);
        check(&format!("<article><h1>Title</h1><p>One {page} two.</p><p>Three.</p></article>"));
    }
}

#[test]
fn no_address_that_runs_code_is_written() {
    for address in ADDRESSES {
        check(&format!("<p><a href=\"{}\">link</a></p>", address.replace('"', "&quot;")));
        check(&format!("<p><a href='{}'><b>link</b></a></p>", address.replace('\'', "&#39;")));
        check(&format!("[link]({address}) and [link](<{address}>) and <{address}>\n\n[x]: {address}\n\n[x]"));
        check(&format!("<base href='{address}'><link rel=canonical href='{address}'><a href=x>link</a>"));
    }
}

#[test]
fn there_are_enough_cases() {
    assert!(PAGES.len() + ADDRESSES.len() >= 250, "{}", PAGES.len() + ADDRESSES.len());
}

/// A link with an address, in the notation of HTML and of Markdown.
fn linked(address: &str) -> String {
    format!("<p><a href=\"{}\">link</a></p>\n\n[link](<{address}>)", address.replace('"', "&quot;"))
}

/// For `scripts/xss_in_browser.py`, which names the file: each case, and what is written of it.
#[test]
fn output_is_handed_to_a_browser_where_one_is_asked() {
    let Some(file) = std::env::var_os("UNFURNISH_XSS") else { return };
    let addresses = ADDRESSES.iter().map(|address| linked(address));
    let cases: Vec<serde_json::Value> = (PAGES.iter().map(|page| (*page).to_owned()).chain(addresses))
        .map(|case| {
            let articles = [Page::html(&*case), Page::markdown(&*case), Page::text(&*case)].map(all);
            let html: String = articles.iter().map(Article::to_html).collect();
            let markdown: Vec<String> = articles.iter().map(Article::to_markdown).collect();
            serde_json::json!({ "case": case, "html": html, "markdown": markdown })
        })
        .collect();
    std::fs::write(file, serde_json::Value::from(cases).to_string()).expect("a file that can be written");
}
