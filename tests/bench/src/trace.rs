//! What one act leaves in the log.

use anyhow::{Context as _, Result};
use closeknit_store::StoreError;
use closeknit_tests::{
    Home,
    street::{circle_of, keys_of, store_of},
};

/// The bytes of a member's last post.
pub(crate) struct Act {
    pub(crate) change: Vec<u8>,
    pub(crate) tip: Vec<u8>,
    /// The row of the cache.
    pub(crate) row: Vec<u8>,
}

impl Act {
    /// Of the last thing that a member did, who is not running: the post with this id.
    pub(crate) fn of(home: &Home, post: &str) -> Result<Self> {
        let store = store_of(home)?;
        let (circle, device) = (circle_of(&store)?, keys_of(home)?.id());
        let tips = store.view().tips(circle)?;
        let tip = tips.into_iter().rfind(|tip| tip.device == device).context("no tip of this machine")?;
        let mut change = None;
        let last = |position: closeknit_store::Position| position.hash == tip.head;
        store.view().visit_changes(circle, tip.doc, tip.generation, last, |row| {
            change = Some(row.bytes);
            Ok::<_, StoreError>(())
        })?;
        let records = store.view().records(circle)?;
        let row = records.into_iter().find(|(_, row)| post.starts_with(&row.record.to_string()));
        Ok(Self {
            change: change.context("the last change is not in the log")?,
            tip: tip.bytes,
            row: row.context("no such post")?.1.body,
        })
    }

    /// All of it.
    pub(crate) fn bytes(&self) -> Vec<u8> {
        [self.change.as_slice(), &self.tip, &self.row].concat()
    }
}
