//! Words that every reader parts alike.

/// A word of letters alone for each number.
#[allow(unreachable_pub, reason = "fuzz/ hands it on")]
pub fn word(number: usize) -> String {
    let mut word = String::from("w");
    let mut rest = number;
    while rest > 0 {
        word.push(char::from(b'a' + (rest % 26) as u8));
        rest /= 26;
    }
    word
}
