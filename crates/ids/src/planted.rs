//! Bugs that are known, to show that the simulator's checkers would find them. Without the feature `planted` there is
//! none, and what asks for one is compiled away; a release does not compile with it.

#[cfg(all(feature = "planted", not(debug_assertions)))]
compile_error!("bugs are planted for tests alone");

/// One known bug.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bug {
    /// Whoever signs a tip is believed, whosever document it is about.
    TipUnchecked,
    /// Seats go to whoever says the earliest time, not to whom others saw first.
    SeatsByClock,
    /// What is forgotten is hidden, and stays in the files.
    PurgeSkipped,
    /// An act is answered before it is on the disk.
    UnsyncedAck,
}

impl Bug {
    /// All of them.
    pub const ALL: [Self; 4] =
        [Self::TipUnchecked, Self::SeatsByClock, Self::PurgeSkipped, Self::UnsyncedAck];
}

#[cfg(feature = "planted")]
thread_local! {
    static PLANTED: std::cell::Cell<Option<Bug>> = const { std::cell::Cell::new(None) };
}

/// Plants a bug in this thread, in the place of any other; or none.
#[cfg(feature = "planted")]
pub fn plant(bug: Option<Bug>) {
    PLANTED.set(bug);
}

/// Whether this bug is planted.
#[cfg(feature = "planted")]
#[must_use]
pub fn is_planted(bug: Bug) -> bool {
    PLANTED.get() == Some(bug)
}

/// Whether this bug is planted: it is not.
#[cfg(not(feature = "planted"))]
#[must_use]
pub const fn is_planted(_: Bug) -> bool {
    false
}
