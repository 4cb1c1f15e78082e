//! How far a backup is, and whether it is to stop: the member's thread is busy with it, so whoever asks is
//! answered from here.

use std::{
    ops::ControlFlow,
    sync::atomic::{AtomicBool, AtomicU8, AtomicU64, Ordering::Relaxed},
};

use closeknit_api::{Phrase, views::ProgressView};
use closeknit_archive::{Progress, Step};

const MIB: u64 = 1024 * 1024;
const IDLE: u8 = 0;
const WRITING: u8 = 1;
const CHECKING: u8 = 2;
const READING: u8 = 3;

/// What is underway, shared by the member and whoever asks.
#[derive(Debug, Default)]
pub struct Underway {
    step: AtomicU8,
    done: AtomicU64,
    of: AtomicU64,
    stop: AtomicBool,
}

impl Underway {
    /// Something begins; it is over when the job is dropped.
    pub(crate) fn begin(&self, step: Step) -> Job<'_> {
        self.stop.store(false, Relaxed);
        self.note(Progress { step, done: 0, of: None });
        Job(self)
    }

    /// What is underway is to stop, if anything is.
    pub fn stop(&self) {
        self.stop.store(self.step.load(Relaxed) != IDLE, Relaxed);
    }

    /// How far it is.
    #[must_use]
    pub fn view(&self) -> ProgressView {
        let (done, of) = (self.done.load(Relaxed), self.of.load(Relaxed));
        let megabytes = |id: &str| Phrase::new(id).number("megabytes", done / MIB);
        let says = match self.step.load(Relaxed) {
            WRITING => Some(megabytes("underway-writing")),
            CHECKING => {
                let percent = done.saturating_mul(100).checked_div(of).unwrap_or(0).min(100);
                Some(Phrase::new("underway-checking").number("percent", percent))
            }
            READING => Some(megabytes("underway-reading")),
            _ => None,
        };
        ProgressView { says }
    }

    fn note(&self, progress: Progress) {
        let step = match progress.step {
            Step::Writing => WRITING,
            Step::Checking if progress.of.is_some() => CHECKING,
            Step::Checking | Step::Reading => READING,
        };
        self.step.store(step, Relaxed);
        self.done.store(progress.done, Relaxed);
        self.of.store(progress.of.unwrap_or(0), Relaxed);
    }
}

/// One backup that is written or read.
pub(crate) struct Job<'a>(&'a Underway);

impl Job<'_> {
    /// Notes how far it is; breaks if somebody said stop.
    pub(crate) fn goes_on(&self, progress: Progress) -> ControlFlow<()> {
        self.0.note(progress);
        if self.0.stop.load(Relaxed) { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    }
}

impl Drop for Job<'_> {
    fn drop(&mut self) {
        self.0.step.store(IDLE, Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_asks_hears_how_far_it_is_and_stops_only_what_is_underway() {
        let underway = Underway::default();
        underway.stop();
        assert!(underway.view().says.is_none());
        let job = underway.begin(Step::Writing);
        let at = |step, done, of| job.goes_on(Progress { step, done, of });
        assert!(at(Step::Writing, 3 * MIB, None).is_continue(), "nobody stopped this one");
        assert_eq!(underway.view().says, Some(Phrase::new("underway-writing").number("megabytes", 3_u64)));
        assert!(at(Step::Checking, MIB, Some(4 * MIB)).is_continue());
        assert_eq!(underway.view().says, Some(Phrase::new("underway-checking").number("percent", 25_u64)));
        underway.stop();
        assert!(at(Step::Checking, 2 * MIB, Some(4 * MIB)).is_break());
        drop(job);
        assert!(underway.view().says.is_none());
    }
}
