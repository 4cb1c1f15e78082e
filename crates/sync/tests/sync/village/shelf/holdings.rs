//! What the conversation asks of a shelf.

use std::collections::{BTreeMap, BTreeSet};

use closeknit_ids::{ActorId, ChangeHash, DeviceId, DocId, StatementId};
use closeknit_sync::{Entry, Gone, Holdings, Piece, Position, Standing};

use super::{Change, Member, Says, Shelf, Statement, TIME, bytes, hash};

impl Holdings for Shelf {
    fn chain(&self) -> Vec<Vec<u8>> {
        let mine = |says: &Says| matches!(says, Says::Admit(device, _) if *device == self.device);
        if !self.ledger.iter().any(|(_, s, _)| mine(&s.says)) {
            return Vec::new();
        }
        let chain = self.ledger.iter().filter(|(_, s, _)| s.says == Says::Found || mine(&s.says));
        chain.map(|(.., raw)| raw.clone()).collect()
    }

    fn belongs(&self) -> bool {
        self.is_active(self.device)
    }

    fn time(&self) -> i64 {
        TIME
    }

    fn standing(&self, device: DeviceId, chain: &[Vec<u8>]) -> Standing {
        let shown: Vec<Statement> = chain.iter().filter_map(|raw| postcard::from_bytes(raw).ok()).collect();
        let found = shown.first().is_some_and(|first| first.says == Says::Found);
        let same_circle = chain.first().is_some_and(|raw| self.place.contains_key(&StatementId(hash(raw))));
        let admitted = shown.iter().find_map(|statement| match statement.says {
            Says::Admit(who, member) if who == device => Some(member),
            _ => None,
        });
        match admitted {
            _ if self.is_active(device) => Standing::Active,
            Some(member)
                if found
                    && same_circle
                    && !self.removed.contains(&member)
                    && !self.dropped.contains(&device) =>
            {
                Standing::StatementsOnly
            }
            _ => Standing::Stranger,
        }
    }

    fn gone(&self, device: DeviceId) -> Option<Gone> {
        let removed = |member: &Member| self.removed.contains(member);
        let gone = self.dropped.contains(&device) || self.owners.get(&device).is_some_and(removed);
        gone.then_some(Gone::PutOut)
    }

    fn statements(&self) -> Vec<StatementId> {
        self.ledger.iter().map(|(id, ..)| *id).collect()
    }

    fn statement(&self, id: StatementId) -> Option<Vec<u8>> {
        self.place.get(&id).map(|place| self.ledger[*place].2.clone())
    }

    fn catalogue(&self) -> Vec<Entry> {
        let docs: BTreeSet<DocId> = self.documents.keys().map(|(doc, _)| *doc).collect();
        docs.into_iter().filter_map(|doc| self.entry(doc)).collect()
    }

    fn entry(&self, doc: DocId) -> Option<Entry> {
        let generation = self.leading(doc);
        let document = self.documents.get(&(doc, generation))?;
        let shown = self.is_shown(doc) && !document.tips.is_empty();
        shown.then(|| Entry { doc, generation, version: document.version(generation) })
    }

    fn reached(&self, doc: DocId, generation: u32) -> Vec<Position> {
        let mut reached: BTreeMap<ActorId, Position> = BTreeMap::new();
        let Some(document) = self.documents.get(&(doc, generation)) else { return Vec::new() };
        for (ChangeHash(hash), change) in document.closed() {
            let position =
                Position { actor: change.actor, seq: change.seq, hash: hash[..8].try_into().unwrap() };
            let known = reached.entry(change.actor).or_insert(position);
            if known.seq < change.seq {
                *known = position;
            }
        }
        reached.into_values().collect()
    }

    fn wants(&self, offered: &Entry) -> bool {
        if !self.is_shown(offered.doc)
            || offered.generation != self.leading(offered.doc)
            || self.refused.contains(&offered.version)
        {
            return false;
        }
        let known = self.documents.get(&(offered.doc, offered.generation));
        known.is_none_or(|document| {
            document.version(offered.generation) != offered.version
                || document.tips.iter().any(|tip| !document.holds(&tip.head))
        })
    }

    fn wanting(&self) -> Vec<Entry> {
        let mut entries = self.catalogue();
        entries.retain(|entry| {
            let document = &self.documents[&(entry.doc, entry.generation)];
            document.tips.iter().any(|tip| !document.holds(&tip.head))
        });
        entries
    }

    fn missing(&self, doc: DocId, generation: u32, reached: &[Position], at_most: usize) -> Option<Piece> {
        let leading = self.leading(doc);
        self.entry(doc)?;
        let document = self.documents.get(&(doc, leading))?;
        let reached = if generation == leading { reached } else { &[] };
        if generation > leading {
            return None;
        }
        let lacks = |change: &Change| {
            !reached.iter().any(|position| position.actor == change.actor && position.seq >= change.seq)
        };
        let mut changes: Vec<Vec<u8>> = Vec::new();
        let mut more = false;
        for (_, change, raw) in document.admitted.iter().filter(|(_, change, _)| lacks(change)) {
            let size: usize = changes.iter().map(Vec::len).sum();
            debug_assert_eq!(bytes(change).len(), raw.len());
            more = !changes.is_empty() && size + raw.len() > at_most.min(self.longest_answer);
            if more {
                break;
            }
            changes.push(raw.clone());
        }
        Some(Piece { more, ..self.piece(doc, changes) })
    }
}
