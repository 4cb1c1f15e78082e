//! The change that every document's generation 0 begins with. It is the same everywhere and for
//! ever, so it is kept as bytes: a machine that wrote it itself, with another version of Automerge,
//! could come to another hash.

use std::sync::LazyLock;

use closeknit_ids::ChangeHash;

use crate::{change::RawChange, document::Document, vector::SignedHead};

static CHUNK: &[u8] = include_bytes!("golden.change");

/// By whom: sixteen bytes, as an actor has.
#[cfg(test)]
pub(crate) const ACTOR: [u8; 16] = *b"closeknit/golden";

/// Should the chunk not apply, the document awaits it; a test shows that it does.
static DOCUMENT: LazyLock<Document> = LazyLock::new(|| {
    let begin = Document::awaiting(base());
    begin.clone().replay(RawChange::new(CHUNK)).unwrap_or(begin)
});

static BASE: LazyLock<SignedHead> = LazyLock::new(|| match RawChange::new(CHUNK) {
    Ok(change) => SignedHead { hash: change.hash(), count: 1, bytes: change.size() },
    Err(_) => SignedHead { hash: ChangeHash([0; 32]), count: 0, bytes: 0 },
});

pub(crate) fn document() -> Document {
    DOCUMENT.clone()
}

pub(crate) fn base() -> SignedHead {
    *BASE
}

#[cfg(test)]
mod tests {
    use automerge::{
        Automerge, ObjType, ROOT, ReadDoc,
        transaction::{CommitOptions, Transactable},
    };

    use super::*;
    use crate::schema::CONTAINERS;

    /// The first change as the schema says it.
    fn written_now() -> RawChange {
        let mut automerge = Automerge::new().with_actor(automerge::ActorId::from(ACTOR));
        let mut transaction = automerge.transaction();
        for container in CONTAINERS {
            transaction.put_object(ROOT, container, ObjType::Map).unwrap();
        }
        let (hash, _) = transaction.commit_with(CommitOptions::default().with_time(0));
        RawChange::new(automerge.get_change_by_hash(&hash.unwrap()).unwrap().raw_bytes()).unwrap()
    }

    #[test]
    fn the_golden_change_makes_every_container_and_never_changes() {
        assert_eq!(written_now().bytes(), CHUNK, "documents of different versions would not meet");
        assert_eq!(
            base().hash.to_string(),
            "2829d998fcca5c18deff9df2bac189963e8d4be5815daf50eb0f2537133aa424"
        );
        assert!(document().has_base() && document().is_whole());
        assert_eq!(document().read(), crate::Reading::default());
    }
}
