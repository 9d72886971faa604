#![no_main]

//! A damaged file is an error; what is no error is an index.

use arbitrary::Arbitrary;
use unfurnish::{Fingerprint, Index, Similarity};
use unfurnish_fuzz::{copies, story};

#[derive(Arbitrary, Debug)]
struct Input<'a> {
    similarity: f32,
    /// Id, and the first and number of the words.
    texts: Vec<(&'a str, u8, u8)>,
    damage: Vec<Damage>,
    anything: &'a [u8],
}

#[derive(Arbitrary, Debug)]
enum Damage {
    Flip { at: u16, bits: u8 },
    Cut { at: u16 },
    Insert { at: u16, byte: u8 },
    Remove { at: u16 },
    Twice { from: u16, bytes: u8 },
}

/// The checksum at the end: damage to both may fit together, and is then no damage.
const SUM: usize = 8;

impl Damage {
    fn apply(&self, file: &mut Vec<u8>) {
        let Some(last) = file.len().checked_sub(1) else { return };
        let place = |at: u16| usize::from(at) % (last + 1);
        match *self {
            Self::Flip { at, bits } => file[place(at)] ^= bits,
            Self::Cut { at } => file.truncate(place(at)),
            Self::Insert { at, byte } => file.insert(place(at), byte),
            Self::Remove { at } => drop(file.remove(place(at))),
            Self::Twice { from, bytes } => {
                let from = place(from);
                let part = file[from..(from + usize::from(bytes)).min(last + 1)].to_vec();
                file.splice(from..from, part);
            }
        }
    }
}

libfuzzer_sys::fuzz_target!(|input: Input<'_>| {
    let mut index = Index::new(Similarity::new(input.similarity).unwrap_or_default());
    for (id, first, number) in input.texts.iter().take(64) {
        let numbers = usize::from(*first)..usize::from(*first) + usize::from(*number);
        index.insert((*id).to_owned(), Fingerprint::of(&story(numbers)));
    }
    let file = copies::saved(&index);
    copies::assert_same(&index, &Index::load(&file[..]).expect("what was just saved"));
    let mut damaged = file.clone();
    input.damage.iter().take(16).for_each(|damage| damage.apply(&mut damaged));
    let keeps_sum = file[file.len() - SUM..] == damaged[damaged.len().saturating_sub(SUM)..];
    match Index::<String>::load(&damaged[..]) {
        Ok(loaded) if keeps_sum => copies::assert_same(&index, &loaded),
        Ok(_) | Err(_) => copies::bytes_are_an_index_or_not(&damaged),
    }
    copies::bytes_are_an_index_or_not(input.anything);
});
