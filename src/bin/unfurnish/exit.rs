//! How the program ends.

/// What the exit code says.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Exit {
    /// Everything that was asked for was done.
    Fine = 0,
    /// Some inputs failed; the others were done.
    SomeFailed = 1,
    /// The command line made no sense; nothing was done.
    Usage = 2,
}

impl From<Exit> for std::process::ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}
