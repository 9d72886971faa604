#![no_main]

libfuzzer_sys::fuzz_target!(|source: &str| unfurnish_fuzz::obey(&unfurnish::Page::html(source)));
