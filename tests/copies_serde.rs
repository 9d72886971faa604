//! Fingerprints and relations through serde.
#![cfg(feature = "serde")]

use proptest::prelude::*;
use unfurnish::{Fingerprint, Relation};

#[test]
fn relations_are_words() {
    for relation in [Relation::Exact, Relation::Near, Relation::Contained, Relation::Contains] {
        let json = serde_json::to_string(&relation).expect("a word");
        assert_eq!(json, format!("\"{relation}\""));
        assert_eq!(serde_json::from_str::<Relation>(&json).ok(), Some(relation));
    }
    assert!(serde_json::from_str::<Relation>("\"alike\"").is_err());
}

proptest! {
    #[test]
    fn fingerprints_are_strings_that_read_back(text in "([a-zé]{1,9} |[0-9]{1,3} ){0,300}") {
        let print = Fingerprint::of(&text);
        let json = serde_json::to_string(&print).expect("a string");
        prop_assert_eq!(&json, &format!("\"{print}\""));
        prop_assert_eq!(serde_json::from_str::<Fingerprint>(&json).ok(), Some(print));
    }
}

#[test]
fn what_is_no_fingerprint_is_an_error_that_says_why() {
    let error = serde_json::from_str::<Fingerprint>("\"09000000\"").map_err(|error| error.to_string());
    assert!(error.is_err_and(|error| error.contains("scheme 9")));
    assert!(serde_json::from_str::<Fingerprint>("7").is_err());
}
