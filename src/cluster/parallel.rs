//! Work on all cores if the feature `parallel` is there, on one if not. The results and their order are the same.

#[cfg(feature = "parallel")]
use rayon::prelude::*;

/// Returns what `work` makes of each item, in the order of the items.
pub(crate) fn map<T: Sync, R: Send>(items: &[T], work: impl Fn(&T) -> R + Sync + Send) -> Vec<R> {
    #[cfg(feature = "parallel")]
    return items.par_iter().map(work).collect();
    #[cfg(not(feature = "parallel"))]
    return items.iter().map(work).collect();
}

/// Does some work on each item.
pub(crate) fn for_each<T: Send>(items: &mut [T], work: impl Fn(&mut T) + Sync + Send) {
    #[cfg(feature = "parallel")]
    items.par_iter_mut().for_each(work);
    #[cfg(not(feature = "parallel"))]
    items.iter_mut().for_each(work);
}
