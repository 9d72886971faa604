//! An index as a file.
//!
//! The format, all numbers lowest byte first: sixteen bytes that name it, its version (4), the similarity (4), the
//! number of texts (8); for each text the length of its id (4), the id, the length of its fingerprint (4), the
//! fingerprint; then the checksum of all before it (8). What can be computed from the fingerprints is not stored.

use super::{Index, Similarity};
use crate::fingerprint::{Fingerprint, FingerprintError, fold_multiply};
use std::fmt;
use std::hash::Hash;
use std::io::{self, Read, Write};

const NAME: &[u8; 16] = b"unfurnish index\n";
const VERSION: u32 = 1;

/// No id and no fingerprint is longer: what says it is, is damaged.
const LONGEST: u32 = 1 << 20;

/// Ids that an index can be saved with.
pub trait StoredId: Clone + Eq + Hash {
    /// Appends the id to `bytes`.
    fn store(&self, bytes: &mut Vec<u8>);

    /// Returns the id that [`store`](Self::store) made these bytes of, or nothing if they are of none.
    fn restore(bytes: &[u8]) -> Option<Self>;
}

impl StoredId for String {
    fn store(&self, bytes: &mut Vec<u8>) {
        bytes.extend_from_slice(self.as_bytes());
    }

    fn restore(bytes: &[u8]) -> Option<Self> {
        String::from_utf8(bytes.to_vec()).ok()
    }
}

macro_rules! stored_numbers {
    ($($number:ty)*) => {$(
        impl StoredId for $number {
            fn store(&self, bytes: &mut Vec<u8>) {
                bytes.extend_from_slice(&self.to_le_bytes());
            }

            fn restore(bytes: &[u8]) -> Option<Self> {
                Some(Self::from_le_bytes(bytes.try_into().ok()?))
            }
        }
    )*};
}

stored_numbers! { u32 u64 u128 }

impl<Id: StoredId> Index<Id> {
    /// Writes the index so that [`load`](Self::load) can read it.
    ///
    /// Many small pieces are written: give it a [`BufWriter`](io::BufWriter).
    ///
    /// # Errors
    ///
    /// Those of the writer, and if an id is longer than a million bytes.
    ///
    /// # Examples
    ///
    /// ```
    /// use unfurnish::{Fingerprint, Index};
    ///
    /// let mut index: Index<u64> = Index::default();
    /// index.insert(7, Fingerprint::of("A text."));
    /// let mut file = Vec::new();
    /// index.save(&mut file)?;
    ///
    /// let loaded: Index<u64> = Index::load(&file[..])?;
    /// assert_eq!(loaded.get(&7), index.get(&7));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn save(&self, writer: impl Write) -> io::Result<()> {
        let mut out = Summed { inner: writer, sum: Checksum::default() };
        out.write_all(NAME)?;
        out.write_all(&VERSION.to_le_bytes())?;
        out.write_all(&self.similarity.get().to_le_bytes())?;
        out.write_all(&(self.len() as u64).to_le_bytes())?;
        let mut id_bytes = Vec::new();
        for (id, print) in self.iter() {
            id_bytes.clear();
            id.store(&mut id_bytes);
            for piece in [&id_bytes, &print.to_bytes()] {
                let length = u32::try_from(piece.len()).ok().filter(|&length| length <= LONGEST);
                let length = length.ok_or_else(|| io::Error::other("an id is too long to be stored"))?;
                out.write_all(&length.to_le_bytes())?;
                out.write_all(piece)?;
            }
        }
        let sum = out.sum.finish();
        out.inner.write_all(&sum.to_le_bytes())?;
        out.inner.flush()
    }

    /// Reads an index that [`save`](Self::save) wrote.
    ///
    /// Many small pieces are read: give it a [`BufReader`](io::BufReader).
    ///
    /// # Errors
    ///
    /// Those of the reader; and if the data is not an index, of another version, cut off, longer than an index, or
    /// damaged. Memory is only taken for what was read.
    pub fn load(reader: impl Read) -> Result<Self, IndexError> {
        let mut input = Summed { inner: reader, sum: Checksum::default() };
        if &input.array()? != NAME {
            return Err(Problem::Name.into());
        }
        let version = u32::from_le_bytes(input.array()?);
        if version != VERSION {
            return Err(Problem::Version(version).into());
        }
        let similarity = f32::from_le_bytes(input.array()?);
        let mut index = Self::new(Similarity::new(similarity).ok_or(Problem::Damaged)?);
        let count = u64::from_le_bytes(input.array()?);
        let mut piece = Vec::new();
        for text in 0..count {
            input.piece(&mut piece)?;
            let id = Id::restore(&piece).ok_or(Problem::Id(text))?;
            input.piece(&mut piece)?;
            let print = Fingerprint::from_bytes(&piece).map_err(|e| Problem::Fingerprint(text, e))?;
            if index.texts.contains_key(&id) {
                return Err(Problem::Damaged.into());
            }
            index.add(id, print, &[]);
        }
        let sum = input.sum.finish();
        if u64::from_le_bytes(input.array()?) != sum || input.inner.read(&mut [0])? != 0 {
            return Err(Problem::Damaged.into());
        }
        Ok(index)
    }
}

/// A reader or writer, and the checksum of what went through.
struct Summed<T> {
    inner: T,
    sum: Checksum,
}

impl<W: Write> Summed<W> {
    fn write_all(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.sum.add(bytes);
        self.inner.write_all(bytes)
    }
}

impl<R: Read> Summed<R> {
    fn array<const N: usize>(&mut self) -> Result<[u8; N], IndexError> {
        let mut bytes = [0; N];
        self.inner.read_exact(&mut bytes)?;
        self.sum.add(&bytes);
        Ok(bytes)
    }

    /// Reads bytes that follow their length.
    fn piece(&mut self, piece: &mut Vec<u8>) -> Result<(), IndexError> {
        let length = u32::from_le_bytes(self.array()?);
        if length > LONGEST {
            return Err(Problem::Damaged.into());
        }
        piece.clear();
        (&mut self.inner).take(u64::from(length)).read_to_end(piece)?;
        if piece.len() < length as usize {
            return Err(io::Error::from(io::ErrorKind::UnexpectedEof).into());
        }
        self.sum.add(piece);
        Ok(())
    }
}

/// A checksum of 64 bits, eight bytes a step. A changed byte changes it unless chance, one in 2⁶⁴, has it otherwise.
#[derive(Default)]
struct Checksum {
    sum: u64,
    bytes: [u8; 8],
    filled: usize,
}

impl Checksum {
    fn add(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.bytes[self.filled] = byte;
            self.filled += 1;
            if self.filled == 8 {
                self.step();
            }
        }
    }

    fn step(&mut self) {
        let number = u64::from_le_bytes(std::mem::take(&mut self.bytes));
        // Adding the sum itself keeps it from being lost where the product happens to be nothing.
        self.sum = fold_multiply(self.sum ^ number ^ OFFSET, CHECK).wrapping_add(self.sum.rotate_left(23));
        self.filled = 0;
    }

    fn finish(&mut self) -> u64 {
        self.bytes[7] = 0x80 | self.filled as u8;
        self.step();
        self.sum
    }
}

/// Odd constants, the fractions of the golden ratio and of π.
const CHECK: u64 = 0x9e37_79b9_7f4a_7c15;
const OFFSET: u64 = 0x243f_6a88_85a3_08d3;

/// Why an index could not be loaded.
#[derive(Debug)]
pub struct IndexError {
    problem: Problem,
}

#[derive(Debug)]
enum Problem {
    Name,
    Version(u32),
    Damaged,
    Id(u64),
    Fingerprint(u64, FingerprintError),
    Read(io::Error),
}

impl From<Problem> for IndexError {
    fn from(problem: Problem) -> Self {
        Self { problem }
    }
}

impl From<io::Error> for IndexError {
    fn from(error: io::Error) -> Self {
        Self { problem: Problem::Read(error) }
    }
}

impl fmt::Display for IndexError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.problem {
            Problem::Name => f.write_str("not an index of fingerprints"),
            Problem::Version(version) => {
                write!(f, "index of format {version}, but this release reads format {VERSION}; make it anew")
            }
            Problem::Damaged => f.write_str("index is damaged: its checksum does not fit; make it anew"),
            Problem::Id(text) => write!(f, "id of text {text} in the index is of another type or damaged"),
            Problem::Fingerprint(text, _) => {
                write!(f, "fingerprint of text {text} in the index cannot be read")
            }
            Problem::Read(error) if error.kind() == io::ErrorKind::UnexpectedEof => {
                f.write_str("index is cut off; make it anew")
            }
            Problem::Read(_) => f.write_str("index cannot be read"),
        }
    }
}

impl std::error::Error for IndexError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match &self.problem {
            Problem::Fingerprint(_, error) => Some(error),
            Problem::Read(error) => Some(error),
            _ => None,
        }
    }
}
