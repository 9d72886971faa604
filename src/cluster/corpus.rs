//! A corpus that is read text by text, and then turned into its clusters.

use super::Clusters;
use super::lists::Budget;
use crate::fingerprint::Fingerprint;
use crate::index::Similarity;
use std::num::NonZeroUsize;
use std::path::PathBuf;

/// A corpus in the making: fingerprints one at a time, clusters at the end.
///
/// The clusters do not depend on the order of the texts or the number of threads. The text that is kept of each
/// does in one case: of several with the highest rank, the one that came first is kept. The rank of a text is its
/// number of words, so the longest is kept, unless it was [pushed with another](Corpus::push_ranked).
///
/// # Examples
///
/// ```
/// use unfurnish::{Corpus, Fingerprint};
///
/// let words = |from: usize, to: usize| (from..to).map(|i| format!("word{} ", i * i)).collect::<String>();
/// let mut corpus = Corpus::new();
/// corpus.push(Fingerprint::of(&words(0, 90)));
/// corpus.extend([words(500, 600), words(0, 100)].iter().map(|text| Fingerprint::of(text)));
///
/// let clusters = corpus.clusters()?;
/// assert_eq!(clusters.len(), 2);
/// assert_eq!(clusters.place(0).kept(), 2, "the longest of the cluster is kept");
/// # Ok::<(), std::io::Error>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct Corpus {
    prints: Vec<Fingerprint>,
    ranks: Vec<i64>,
    similarity: Similarity,
    threads: Option<NonZeroUsize>,
    budget: Option<Budget>,
}

impl Corpus {
    /// Returns an empty corpus with the default similarity.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets the similarity that links have at least.
    #[must_use]
    pub fn with_similarity(mut self, similarity: Similarity) -> Self {
        self.similarity = similarity;
        self
    }

    /// Sets how many threads work on the clusters: as many as rayon's current pool has unless it is told. Without
    /// the feature `parallel` there is one.
    #[must_use]
    pub fn with_threads(mut self, threads: NonZeroUsize) -> Self {
        self.threads = Some(threads);
        self
    }

    /// Sets how many bytes of memory the search may take besides the fingerprints and about 100 bytes for each text;
    /// what it needs beyond that goes into a file in the folder, which is gone when the clusters are there.
    ///
    /// Without a limit no file is ever touched. The clusters are the same. Memory is counted roughly, and little is
    /// saved below a few megabytes.
    #[must_use]
    pub fn with_memory_limit(mut self, bytes: usize, folder: impl Into<PathBuf>) -> Self {
        self.budget = Some(Budget { bytes, folder: folder.into() });
        self
    }

    /// Adds a text and returns its number, counted from 0. The longest text of a cluster is kept.
    ///
    /// # Panics
    ///
    /// If there are 2³² − 1 texts already.
    pub fn push(&mut self, print: Fingerprint) -> usize {
        let rank = i64::from(print.words());
        self.push_ranked(print, rank)
    }

    /// Adds a text and returns its number; of a cluster the text with the highest rank is kept, of several the
    /// first. With all ranks equal the first text is kept, with dates that count backwards the earliest.
    ///
    /// # Panics
    ///
    /// If there are 2³² − 1 texts already.
    pub fn push_ranked(&mut self, print: Fingerprint, rank: i64) -> usize {
        assert!(self.prints.len() < u32::MAX as usize, "texts are counted in 32 bits");
        self.prints.push(print);
        self.ranks.push(rank);
        self.prints.len() - 1
    }

    /// Returns the number of texts.
    #[must_use]
    pub fn len(&self) -> usize {
        self.prints.len()
    }

    /// Returns whether there are no texts.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.prints.is_empty()
    }

    /// Returns the clusters of the texts.
    ///
    /// # Errors
    ///
    /// If the file that a [limit of memory](Self::with_memory_limit) asks for cannot be written or read, or threads cannot be
    /// started.
    pub fn clusters(self) -> std::io::Result<Clusters> {
        let find = || Clusters::ranked(&self.prints, &self.ranks, self.similarity, self.budget.as_ref());
        #[cfg(feature = "parallel")]
        if let Some(threads) = self.threads {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads.get()).build();
            return pool.map_err(std::io::Error::other)?.install(find);
        }
        find()
    }
}

impl Extend<Fingerprint> for Corpus {
    fn extend<T: IntoIterator<Item = Fingerprint>>(&mut self, prints: T) {
        for print in prints {
            self.push(print);
        }
    }
}
