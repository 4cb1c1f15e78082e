use std::ops::ControlFlow;

use crate::ArchiveError;

/// How far a backup is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// What is being done.
    pub step: Step,
    /// Bytes of content done in this step.
    pub done: u64,
    /// Bytes to do, if that is known.
    pub of: Option<u64>,
}

/// What is being done with a backup.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// It is written.
    Writing,
    /// It is read and checked.
    Checking,
    /// What is in it is handed over.
    Reading,
}

/// Is told about once for every MiB how far it is, and may break to stop.
pub type Watch<'a> = dyn FnMut(Progress) -> ControlFlow<()> + 'a;

const EVERY: u64 = 1024 * 1024;

/// Counts bytes, and asks now and then whether to go on.
pub(crate) struct Pace<'a, 'w> {
    watch: &'a mut Watch<'w>,
    progress: Progress,
    next: u64,
}

impl<'a, 'w> Pace<'a, 'w> {
    pub(crate) fn new(watch: &'a mut Watch<'w>, step: Step, of: Option<u64>) -> Self {
        Self { watch, progress: Progress { step, done: 0, of }, next: 0 }
    }

    pub(crate) fn advance(&mut self, bytes: u64) -> Result<(), ArchiveError> {
        self.progress.done = self.progress.done.saturating_add(bytes);
        if self.progress.done < self.next {
            return Ok(());
        }
        self.next = self.progress.done.saturating_add(EVERY);
        match (self.watch)(self.progress) {
            ControlFlow::Continue(()) => Ok(()),
            ControlFlow::Break(()) => Err(ArchiveError::Cancelled),
        }
    }

    pub(crate) fn done(&self) -> u64 {
        self.progress.done
    }

    /// The watch, for the next step.
    pub(crate) fn watch(self) -> &'a mut Watch<'w> {
        self.watch
    }
}
