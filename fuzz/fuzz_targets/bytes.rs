#![no_main]

libfuzzer_sys::fuzz_target!(|input: (Option<&str>, &[u8])| {
    let (content_type, bytes) = input;
    unfurnish_fuzz::obey(&unfurnish::Page::from_bytes(bytes, content_type));
});
