//! Work on all cores if the feature `parallel` is there, on one if not. The results and their order are the same.

#[cfg(feature = "parallel")]
use rayon::prelude::*;

/// Pieces of work that run at the same time.
pub(crate) fn threads() -> usize {
    #[cfg(feature = "parallel")]
    return rayon::current_num_threads();
    #[cfg(not(feature = "parallel"))]
    return 1;
}

/// Returns what `work` makes of each item, in the order of the items.
pub(crate) fn map<T: Sync, R: Send>(items: &[T], work: impl Fn(&T) -> R + Sync + Send) -> Vec<R> {
    #[cfg(feature = "parallel")]
    return items.par_iter().map(work).collect();
    #[cfg(not(feature = "parallel"))]
    return items.iter().map(work).collect();
}
