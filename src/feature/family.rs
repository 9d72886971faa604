//! Features come in families: what is measured of one thing, with names.

/// Declares a family: its names, its width and the function that measures it, from one list, so that
/// names and cells cannot part.
macro_rules! family {
    ($(#[$doc:meta])* $family:ident($($input:ident: $kind:ty),*) { $($name:literal => $cell:expr,)* }) => {
        $(#[$doc])*
        pub(super) mod $family {
            /// What the features are called.
            pub(in crate::feature) const NAMES: &[&str] = &[$($name),*];
            /// How many they are.
            pub(in crate::feature) const WIDTH: usize = NAMES.len();
        }

        $(#[$doc])*
        pub(super) fn $family($($input: $kind),*) -> [u8; $family::WIDTH] {
            [$($cell),*]
        }
    };
}

pub(super) use family;
