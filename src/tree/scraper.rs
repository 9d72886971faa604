//! Somebody else's tree → ours.
