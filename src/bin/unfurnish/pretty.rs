//! JSON for people: the same keys in the same order, on lines of their own.

/// A JSON text, which must be valid, with line breaks and two spaces for each level.
pub(crate) fn pretty(json: &str) -> String {
    let mut out = String::with_capacity(json.len() + json.len() / 8);
    let mut level = 0;
    let mut chars = json.chars().peekable();
    let line = |out: &mut String, level: usize| {
        out.push('\n');
        out.extend(std::iter::repeat_n("  ", level));
    };
    while let Some(c) = chars.next() {
        match c {
            '"' => {
                out.push('"');
                while let Some(c) = chars.next() {
                    out.push(c);
                    if c == '\\' {
                        out.extend(chars.next());
                    } else if c == '"' {
                        break;
                    }
                }
            }
            '{' | '[' => {
                out.push(c);
                while chars.next_if(|c| c.is_ascii_whitespace()).is_some() {}
                if let Some(end) = chars.next_if(|c| matches!(c, '}' | ']')) {
                    out.push(end);
                } else {
                    level += 1;
                    line(&mut out, level);
                }
            }
            '}' | ']' => {
                level = level.saturating_sub(1);
                line(&mut out, level);
                out.push(c);
            }
            ',' => {
                out.push(c);
                line(&mut out, level);
            }
            ':' => out.push_str(": "),
            c if c.is_ascii_whitespace() => {}
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::pretty;

    #[test]
    fn values_stay_and_lines_are_broken() {
        assert_eq!(
            pretty(r#"{"a":[],"b":{"c":"x: {\"y\"},"}, "d":[1,{ }]}"#),
            "{\n  \"a\": [],\n  \"b\": {\n    \"c\": \"x: {\\\"y\\\"},\"\n  },\n  \"d\": [\n    1,\n    {}\n  ]\n}"
        );
    }
}
