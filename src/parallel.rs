//! Many pages on all cores.

use crate::article::Article;
use crate::extractor::Extractor;
use crate::page::Page;
use crate::scratch::Scratch;
use crate::warning::Warning;
use rayon::prelude::*;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Mutex, PoisonError};

/// Pages that are under way for each thread. Threads wait for one another only at the end of such a round, so
/// that they idle for about one page in so many.
const ROUND: usize = 64;

impl Extractor {
    /// The articles of many pages, in their order, made by all threads of the current `rayon` pool.
    ///
    /// Pages are taken and articles made in rounds of 64 pages a thread, the first when the first article is
    /// asked for: so any number of pages takes the memory of one round. Each article is that of
    /// [`Self::extract`], whatever the number of threads. A page that brings a defect of this crate to light
    /// does not stop the others: its article is empty and carries [`Warning::Defect`].
    ///
    /// Whatever becomes a [`Page`] will do: strings, bytes (decoded by the threads), pages with an address.
    ///
    /// ```
    /// use unfurnish::{Extractor, Page};
    ///
    /// let pages = [("/ship", "<p>The harbour was closed on Monday after a ship ran aground.</p>"), ("/", "")];
    /// let pages = pages.map(|(path, html)| Page::html(html).with_url(format!("https://news.example{path}")));
    /// let articles: Vec<_> = Extractor::default().par_extract(pages).collect();
    /// assert!(articles[0].text().starts_with("The harbour was closed"));
    /// assert!(articles[1].is_empty());
    /// ```
    pub fn par_extract<'p, I>(&self, pages: I) -> ParExtract<'_, I::IntoIter>
    where
        I: IntoIterator,
        I::Item: Into<Page<'p>> + Send,
    {
        let scratches = Mutex::default();
        ParExtract { extractor: self, pages: pages.into_iter(), ready: Vec::new().into_iter(), scratches }
    }

    /// The article of a page, or an empty one if it brings a defect to light.
    fn extract_guarded<'p>(&self, page: impl Into<Page<'p>>, scratches: &Mutex<Vec<Scratch>>) -> Article {
        let work = || {
            let mut scratch =
                scratches.lock().unwrap_or_else(PoisonError::into_inner).pop().unwrap_or_default();
            let article = self.extract_with(page.into(), &mut scratch);
            scratches.lock().unwrap_or_else(PoisonError::into_inner).push(scratch);
            article
        };
        // Nothing broken is seen again: the scratch is lost with the page.
        catch_unwind(AssertUnwindSafe(work))
            .unwrap_or_else(|_| Article { warnings: vec![Warning::Defect], ..Article::default() })
    }
}

/// The articles of many pages: see [`Extractor::par_extract`].
pub struct ParExtract<'e, I> {
    extractor: &'e Extractor,
    pages: I,
    ready: std::vec::IntoIter<Article>,
    /// One for each thread, once all have begun.
    scratches: Mutex<Vec<Scratch>>,
}

impl<'p, I: Iterator> Iterator for ParExtract<'_, I>
where
    I::Item: Into<Page<'p>> + Send,
{
    type Item = Article;

    fn next(&mut self) -> Option<Article> {
        if self.ready.len() == 0 {
            let most = ROUND * rayon::current_num_threads();
            let round: Vec<I::Item> = self.pages.by_ref().take(most).collect();
            let (extractor, scratches) = (self.extractor, &self.scratches);
            let work = |page| extractor.extract_guarded(page, scratches);
            let articles: Vec<Article> = round.into_par_iter().with_max_len(1).map(work).collect();
            self.ready = articles.into_iter();
        }
        self.ready.next()
    }
}

impl<I> core::fmt::Debug for ParExtract<'_, I> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("ParExtract").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pages() -> Vec<String> {
        let words = ["harbour", "ship", "tug", "pilot", "river", "fog", "channel"];
        let page = |n: usize| {
            let text = |at: usize| words[(n * 31 + at * at) % words.len()];
            let paragraph: Vec<&str> = (0..n % 90).map(text).collect();
            format!("<nav><a href=/>Home</a></nav><h1>Page {n}</h1><p>{}.</p>", paragraph.join(" "))
                .repeat(n % 7)
        };
        (0..500).map(page).collect()
    }

    fn as_seen(articles: impl Iterator<Item = Article>) -> Vec<String> {
        articles.map(|article| format!("{article:?}")).collect()
    }

    #[test]
    fn any_number_of_threads_gives_what_one_page_after_another_gives() {
        let (pages, extractor) = (pages(), Extractor::default());
        let expected = as_seen(pages.iter().map(|page| extractor.extract(page)));
        for threads in [1, 3] {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads");
            assert_eq!(pool.install(|| as_seen(extractor.par_extract(&pages))), expected);
        }
    }

    #[test]
    fn a_page_that_breaks_stops_no_other() {
        struct Broken(usize);

        impl From<Broken> for Page<'static> {
            fn from(Broken(number): Broken) -> Self {
                assert_ne!(number, 7, "the page that breaks");
                Page::text(format!("Page {number} says that the harbour was closed on Monday."))
            }
        }

        let articles: Vec<Article> = Extractor::default().par_extract((0..20).map(Broken)).collect();
        assert_eq!(articles.len(), 20);
        for (number, article) in articles.iter().enumerate() {
            assert_eq!(article.warnings() == [Warning::Defect], number == 7, "{number}");
            assert_eq!(article.is_empty(), number == 7, "{number}");
        }
    }

    #[test]
    fn pages_are_taken_round_by_round() {
        let taken = core::cell::Cell::new(0);
        let endless = core::iter::repeat_with(|| {
            taken.set(taken.get() + 1);
            "<p>The harbour was closed on Monday."
        });
        let extractor = Extractor::default();
        let mut articles = extractor.par_extract(endless);
        assert_eq!(taken.get(), 0);
        for _ in 0..3 {
            assert!(articles.next().is_some());
        }
        assert_eq!(taken.get(), ROUND * rayon::current_num_threads());
    }
}
