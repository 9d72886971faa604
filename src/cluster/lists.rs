//! Lists of texts that share a hash: in memory, or in a file if they are too many for it.

use super::records::Record;
use crate::index::relation::COMMON;
use crate::temporary::{self, Gone, told};
use std::fs::File;
use std::io::{self, BufReader, BufWriter, Read, Seek, Write};
use std::path::PathBuf;

/// Hashes at the beginning of a sketch that lead to near-identical texts even when they are common: a pair of a
/// Jaccard similarity of 0.8 misses all of sixteen once in 10¹¹.
pub(crate) const LEADING: usize = 16;

/// Texts that stand for all holders of a common hash.
pub(crate) const HUBS: usize = 16;

/// What one range of hashes tells.
#[derive(Default)]
pub(super) struct Part {
    pub(super) lists: Lists,
    /// The common hashes, and the texts that stand for all holders of each.
    pub(super) hubs: Vec<(u32, [u32; HUBS])>,
    /// Texts with the places of common hashes in their sketches.
    pub(super) common: Vec<(u32, u8)>,
}

impl Part {
    pub(super) fn of(first: u32, records: &[Record]) -> Self {
        let mut part = Self::default();
        for run in records.chunk_by(|a, b| a.hash() == b.hash()).filter(|run| run.len() > 1) {
            if run.len() <= COMMON {
                part.lists.holders.extend(run.iter().map(|record| record.text()));
                part.lists.lengths.push(run.len() as u8);
                continue;
            }
            let mut hubs = [0; HUBS];
            hubs.iter_mut().zip(run).for_each(|(hub, record)| *hub = record.text());
            part.hubs.push((first + run[0].hash(), hubs));
            part.common.extend(run.iter().map(|record| (record.text(), record.place() as u8)));
            let before = part.lists.leading.len();
            part.lists.leading.extend(hubs);
            let led = run.iter().filter(|record| record.place() < LEADING);
            part.lists.leading.extend(led.map(|record| record.text()));
            part.lists.leading_lengths.push((part.lists.leading.len() - before) as u32);
        }
        part
    }
}

const _: () = assert!(COMMON <= u8::MAX as usize && HUBS <= COMMON);

/// Pairs of texts that share a hash.
#[derive(Default)]
pub(super) struct Lists {
    /// All holders of each hash that is not common, ascending, and their number.
    holders: Vec<u32>,
    lengths: Vec<u8>,
    /// Of each common hash its hubs and then the texts near whose beginnings it stands, all ascending, and the
    /// number of both.
    leading: Vec<u32>,
    leading_lengths: Vec<u32>,
}

impl Lists {
    /// Hands over every text with those before it that it shares a hash with, as often as it does.
    pub(super) fn for_each(&self, mut each: impl FnMut(u32, &[u32])) {
        let mut holders = &self.holders[..];
        for &length in &self.lengths {
            let (list, rest) = holders.split_at(usize::from(length));
            list.iter().enumerate().skip(1).for_each(|(before, &text)| each(text, &list[..before]));
            holders = rest;
        }
        let mut leading = &self.leading[..];
        for &length in &self.leading_lengths {
            let (list, rest) = leading.split_at(length as usize);
            let (hubs, led) = list.split_at(HUBS);
            // The hubs are the first of all holders: what is led is one of them or comes after them.
            led.iter().for_each(|&text| each(text, &hubs[..hubs.partition_point(|&hub| hub < text)]));
            leading = rest;
        }
    }

    fn bytes(&self) -> usize {
        4 * (self.holders.len() + self.leading.len() + self.leading_lengths.len()) + self.lengths.len()
    }

    fn write(&self, out: &mut impl Write) -> io::Result<()> {
        out.write_all(&(self.lengths.len() as u64).to_le_bytes())?;
        out.write_all(&self.lengths)?;
        for numbers in [&self.holders, &self.leading, &self.leading_lengths] {
            out.write_all(&(numbers.len() as u64).to_le_bytes())?;
            numbers.iter().try_for_each(|number| out.write_all(&number.to_le_bytes()))?;
        }
        Ok(())
    }

    /// The lists that [`write`](Self::write) wrote; they come from this very process.
    fn read(from: &mut impl Read) -> io::Result<Self> {
        fn length(from: &mut impl Read) -> io::Result<usize> {
            let mut bytes = [0; 8];
            from.read_exact(&mut bytes).map(|()| u64::from_le_bytes(bytes) as usize)
        }
        let mut lists = Self { lengths: vec![0; length(from)?], ..Self::default() };
        from.read_exact(&mut lists.lengths)?;
        for numbers in [&mut lists.holders, &mut lists.leading, &mut lists.leading_lengths] {
            numbers.resize(length(from)?, 0);
            for number in numbers {
                let mut bytes = [0; 4];
                from.read_exact(&mut bytes)?;
                *number = u32::from_le_bytes(bytes);
            }
        }
        Ok(lists)
    }
}

/// How much memory may be used, and where the rest goes.
#[derive(Clone, Debug)]
pub(super) struct Budget {
    pub(super) bytes: usize,
    pub(super) folder: PathBuf,
}

/// All lists of a corpus.
pub(super) struct Shelf<'b> {
    budget: Option<&'b Budget>,
    parts: Vec<Lists>,
    bytes: usize,
    file: Option<(BufWriter<File>, Gone)>,
    filed: usize,
}

impl<'b> Shelf<'b> {
    pub(super) fn new(budget: Option<&'b Budget>) -> Self {
        Self { budget, parts: Vec::new(), bytes: 0, file: None, filed: 0 }
    }

    /// Adds lists; those that are too many go to the file with all before them.
    pub(super) fn add(&mut self, lists: Lists) -> io::Result<()> {
        self.bytes += lists.bytes();
        self.parts.push(lists);
        let Some(budget) = self.budget.filter(|budget| self.bytes > budget.bytes) else { return Ok(()) };
        if self.file.is_none() {
            let (file, gone) = temporary::create(&budget.folder, "unfurnish-corpus")?;
            self.file = Some((BufWriter::with_capacity(1 << 18, file), gone));
        }
        let Some((file, gone)) = &mut self.file else { return Ok(()) };
        for lists in self.parts.drain(..) {
            lists.write(file).map_err(|error| told(&gone.0, &error))?;
            self.filed += 1;
        }
        self.bytes = 0;
        Ok(())
    }

    /// Hands over all lists, those in the file first, which is the order they came in.
    pub(super) fn for_each(&mut self, mut each: impl FnMut(&Lists)) -> io::Result<()> {
        if let Some((writer, gone)) = &mut self.file {
            let mut read = || {
                writer.flush()?;
                let file = writer.get_mut();
                file.rewind()?;
                let mut reader = BufReader::with_capacity(1 << 18, file);
                (0..self.filed).try_for_each(|_| Lists::read(&mut reader).map(|lists| each(&lists)))
            };
            read().map_err(|error| told(&gone.0, &error))?;
        }
        self.parts.iter().for_each(each);
        Ok(())
    }
}
