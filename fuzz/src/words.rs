//! Texts of words that every reader parts alike.

/// A word of letters alone for each number.
pub fn word(number: usize) -> String {
    let mut word = String::from("w");
    let mut rest = number;
    while rest > 0 {
        word.push(char::from(b'a' + (rest % 26) as u8));
        rest /= 26;
    }
    word
}

/// A text of the words with these numbers.
pub fn story(numbers: impl IntoIterator<Item = usize>) -> String {
    numbers.into_iter().map(word).collect::<Vec<_>>().join(" ")
}
