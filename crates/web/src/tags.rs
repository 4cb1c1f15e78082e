//! What changed, for pages that ask: each waits for the next change with one open request.

use std::{
    collections::{BTreeSet, VecDeque},
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use closeknit_api::Tag;
use tokio::sync::{broadcast, watch};

/// An open request is answered after this even if nothing changed.
const LONGEST_WAIT: Duration = Duration::from_secs(25);
/// Changes that a page may miss before it is told that everything changed.
const REMEMBERED: usize = 256;

#[derive(Debug, Default)]
struct Log {
    /// Number of the last change.
    last: u64,
    recent: VecDeque<(u64, Vec<Tag>)>,
}

/// The last changes, numbered.
#[derive(Debug)]
pub(crate) struct Changes {
    log: Arc<Mutex<Log>>,
    last: watch::Receiver<u64>,
}

impl Changes {
    /// Follows a member; without one to follow, pages are told every so often that everything changed.
    pub(crate) fn follow(source: Option<broadcast::Receiver<Vec<Tag>>>) -> Self {
        let log = Arc::new(Mutex::new(Log::default()));
        let (tx, last) = watch::channel(0);
        let shared = Arc::clone(&log);
        tokio::spawn(async move {
            let Some(mut source) = source else {
                // The member runs in another process: its changes are not pushed here.
                loop {
                    tokio::time::sleep(Duration::from_secs(2)).await;
                    note(&shared, &tx, Tag::ALL.to_vec());
                }
            };
            loop {
                match source.recv().await {
                    Ok(tags) => note(&shared, &tx, tags),
                    Err(broadcast::error::RecvError::Lagged(_)) => note(&shared, &tx, Tag::ALL.to_vec()),
                    Err(broadcast::error::RecvError::Closed) => return,
                }
            }
        });
        Self { log, last }
    }

    /// The changes after number `after`, as soon as there are any.
    pub(crate) async fn after(&self, after: u64) -> (u64, Vec<Tag>) {
        let mut last = self.last.clone();
        // Waiting too long or a member that ended are answered alike: with nothing new.
        let _ = tokio::time::timeout(LONGEST_WAIT, last.wait_for(|last| *last != after)).await;
        let log = self.log.lock().unwrap_or_else(PoisonError::into_inner);
        let known = after <= log.last
            && log.recent.front().is_none_or(|(first, _)| *first <= after.saturating_add(1));
        let tags: BTreeSet<Tag> = if known {
            log.recent
                .iter()
                .filter(|(number, _)| *number > after)
                .flat_map(|(_, tags)| tags.iter().copied())
                .collect()
        } else {
            Tag::ALL.into()
        };
        (log.last, tags.into_iter().collect())
    }
}

fn note(log: &Mutex<Log>, last: &watch::Sender<u64>, tags: Vec<Tag>) {
    let mut log = log.lock().unwrap_or_else(PoisonError::into_inner);
    log.last = log.last.saturating_add(1);
    let number = log.last;
    log.recent.push_back((number, tags));
    if log.recent.len() > REMEMBERED {
        log.recent.pop_front();
    }
    let _ = last.send(number);
}
