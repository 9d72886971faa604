//! Fingerprints as bytes, as text and in serde's formats.
//!
//! The bytes: version, count of shingle hashes, count of figure hashes, one zero; then, lowest byte first, the
//! number of words (4), the exact hash (16), the SimHash (16), and the hashes (4 each), both parts ascending.
//! The text is those bytes in hexadecimal.

use super::{FIGURES, Fingerprint, SKETCH};
use std::fmt::{self, Write};
use std::str::FromStr;

/// Bytes before the hashes.
const HEAD: usize = 4 + 4 + 16 + 16;

impl Fingerprint {
    /// Returns the fingerprint as bytes: at most 680.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(HEAD + 4 * self.hashes.len());
        bytes.extend([Self::VERSION, self.shingles, self.figures().len() as u8, 0]);
        bytes.extend(self.words.to_le_bytes());
        bytes.extend(self.exact.to_le_bytes());
        bytes.extend(self.simhash.to_le_bytes());
        self.hashes.iter().for_each(|h| bytes.extend(h.to_le_bytes()));
        bytes
    }

    /// Returns the fingerprint that [`to_bytes`](Self::to_bytes) wrote.
    ///
    /// # Errors
    ///
    /// If the version is another, the length is not what the counts say, or the hashes are not in order. That the
    /// bytes came from a text cannot be known: whoever stores fingerprints where they may be damaged should store a
    /// checksum with them, as [`Index::save`](crate::Index::save) does.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, FingerprintError> {
        let (fingerprint, rest) = Self::split_from(bytes)?;
        if rest.is_empty() { Ok(fingerprint) } else { Err(FingerprintError { problem: Problem::Length }) }
    }

    /// Reads a fingerprint from the beginning of `bytes`; returns what follows it, too.
    pub(crate) fn split_from(bytes: &[u8]) -> Result<(Self, &[u8]), FingerprintError> {
        let error = |problem| FingerprintError { problem };
        let (&[version, shingles, figures, zero], rest) =
            bytes.split_first_chunk().ok_or(error(Problem::Length))?;
        if version != Self::VERSION || zero != 0 {
            return Err(error(Problem::Version(version)));
        }
        if usize::from(shingles) > SKETCH || usize::from(figures) > FIGURES {
            return Err(error(Problem::Order));
        }
        let (&words, rest) = rest.split_first_chunk().ok_or(error(Problem::Length))?;
        let (&exact, rest) = rest.split_first_chunk().ok_or(error(Problem::Length))?;
        let (&simhash, rest) = rest.split_first_chunk().ok_or(error(Problem::Length))?;
        let (hashes, rest) = rest
            .split_at_checked(4 * (usize::from(shingles) + usize::from(figures)))
            .ok_or(error(Problem::Length))?;
        let hashes: Box<[u32]> =
            hashes.chunks_exact(4).filter_map(|c| c.try_into().ok()).map(u32::from_le_bytes).collect();
        let fingerprint = Self {
            exact: u128::from_le_bytes(exact),
            simhash: u128::from_le_bytes(simhash),
            words: u32::from_le_bytes(words),
            hashes,
            shingles,
        };
        let ascend = |part: &[u32]| part.is_sorted_by(|a, b| a < b);
        if !ascend(fingerprint.sketch()) || !ascend(fingerprint.figures()) {
            return Err(error(Problem::Order));
        }
        Ok((fingerprint, rest))
    }
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut text = String::with_capacity(2 * (HEAD + 4 * self.hashes.len()));
        for byte in self.to_bytes() {
            write!(text, "{byte:02x}")?;
        }
        f.pad(&text)
    }
}

impl FromStr for Fingerprint {
    type Err = FingerprintError;

    /// Returns the fingerprint that `Display` wrote; digits may be of either case.
    fn from_str(text: &str) -> Result<Self, FingerprintError> {
        let digit = |b: u8| char::from(b).to_digit(16).map(|d| d as u8);
        let mut bytes = Vec::with_capacity(text.len() / 2);
        for (i, pair) in text.as_bytes().chunks(2).enumerate() {
            let &[high, low] = pair else { return Err(FingerprintError { problem: Problem::Length }) };
            let (Some(high), Some(low)) = (digit(high), digit(low)) else {
                return Err(FingerprintError { problem: Problem::Digit(2 * i) });
            };
            bytes.push(high << 4 | low);
        }
        Self::from_bytes(&bytes)
    }
}

/// Why bytes or text are not a fingerprint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FingerprintError {
    problem: Problem,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Problem {
    Version(u8),
    Length,
    Order,
    Digit(usize),
}

impl fmt::Display for FingerprintError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.problem {
            Problem::Version(version) => write!(
                f,
                "fingerprint of scheme {version}, but this release reads scheme {}; make it anew from the text",
                Fingerprint::VERSION
            ),
            Problem::Length => f.write_str("fingerprint is cut off or too long"),
            Problem::Order => f.write_str("fingerprint is damaged: its hashes are not in order"),
            Problem::Digit(at) => write!(f, "fingerprint has no hexadecimal digit at byte {at}"),
        }
    }
}

impl std::error::Error for FingerprintError {}

#[cfg(feature = "serde")]
mod serde_forms {
    use super::Fingerprint;
    use serde::de::{Error, Visitor};
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    impl Serialize for Fingerprint {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            if serializer.is_human_readable() {
                serializer.collect_str(self)
            } else {
                serializer.serialize_bytes(&self.to_bytes())
            }
        }
    }

    impl<'de> Deserialize<'de> for Fingerprint {
        fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            if deserializer.is_human_readable() {
                deserializer.deserialize_str(Form)
            } else {
                deserializer.deserialize_bytes(Form)
            }
        }
    }

    struct Form;

    impl Visitor<'_> for Form {
        type Value = Fingerprint;

        fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            f.write_str("a fingerprint")
        }

        fn visit_str<E: Error>(self, text: &str) -> Result<Fingerprint, E> {
            text.parse().map_err(E::custom)
        }

        fn visit_bytes<E: Error>(self, bytes: &[u8]) -> Result<Fingerprint, E> {
            Fingerprint::from_bytes(bytes).map_err(E::custom)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn every_form_reads_back() {
        for text in ["", "short 1", &"a long text of 12 words, and 7 more ".repeat(9), &many_words(5000)] {
            let print = Fingerprint::of(text);
            assert_eq!(Fingerprint::from_bytes(&print.to_bytes()), Ok(print.clone()));
            assert_eq!(print.to_string().to_uppercase().parse(), Ok(print.clone()));
        }
    }

    fn many_words(count: usize) -> String {
        (0..count).map(|i| format!("word{i} {i} ")).collect()
    }

    #[test]
    fn other_versions_and_damage_are_told() {
        let bytes = Fingerprint::of(&many_words(300)).to_bytes();
        let error = Fingerprint::from_bytes(&[&[9], &bytes[1..]].concat()).map_err(|e| e.to_string());
        assert!(error.is_err_and(|e| e.contains("scheme 9")));
        for cut in 0..bytes.len() {
            assert!(Fingerprint::from_bytes(&bytes[..cut]).is_err());
        }
        let error = "01z0".parse::<Fingerprint>().map_err(|e| e.to_string());
        assert!(error.is_err_and(|e| e.contains("byte 2")));
        assert!("é".parse::<Fingerprint>().is_err());
    }

    proptest! {
        #[test]
        fn any_bytes_are_a_fingerprint_or_an_error(mut bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            if let Some(first) = bytes.first_mut() {
                *first = 1;
            }
            if let Ok(print) = Fingerprint::from_bytes(&bytes) {
                prop_assert_eq!(print.to_bytes(), bytes);
            }
        }
    }
}
