//! Records for chosen people: sealed as they are written, opened as they come, so that everything else
//! in here sees them as any other record, or, where they are for others, not at all.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{Mutex, PoisonError},
};

use closeknit_api::ErrorCode;
use closeknit_domain::{
    Audience, Chosen, Kind, Locked, MemberRecords, OpenInvitation, Record, Sealed,
    audience::{open_until, readers},
};
use closeknit_ids::{InvitationId, MemberId, RecordId};
use closeknit_replica::{Act, locked};
use closeknit_trust::{
    invitation::Token,
    seal::{self, Recipient},
};
use jiff::Timestamp;

use super::{
    circle::Circle,
    failure::{Failure, Outcome},
    typed::given,
};

/// What opens them here, and what was opened.
#[derive(Debug, Default)]
pub(crate) struct Locks {
    keys: Vec<seal::Identity>,
    /// As it is held, and what it says where it is for us.
    tried: BTreeMap<(MemberId, RecordId), (Locked, Option<Record>)>,
    /// Which invitations were tried, as they are held, and whether they are for us: they are asked for whenever a
    /// door may have opened.
    invitations: Mutex<BTreeMap<InvitationId, (Sealed, bool)>>,
}

/// More invitations than that are not open in a circle at once.
const MOST_INVITATIONS: usize = 64;

impl Locks {
    pub(super) const fn new(keys: Vec<seal::Identity>) -> Self {
        Self { keys, tried: BTreeMap::new(), invitations: Mutex::new(BTreeMap::new()) }
    }

    /// What opens things sealed to this member here: this machine's key, and the words' while they are here.
    pub(super) fn keys(&self) -> &[seal::Identity] {
        &self.keys
    }

    /// From now on these open what comes; what was opened stays open.
    pub(super) fn change_keys(&mut self, keys: Vec<seal::Identity>) {
        self.keys = keys;
        *self.invitations.get_mut().unwrap_or_else(PoisonError::into_inner) = BTreeMap::new();
    }

    /// Whether an invitation is for this machine too: its secret opens here, and is the one that it names.
    pub(super) fn opens(&self, open: &OpenInvitation) -> bool {
        let Some(sealed) = &open.sealed else { return false };
        let mut tried = self.invitations.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, ours)) = tried.get(&open.id).filter(|(held, _)| held == sealed) {
            return *ours;
        }
        let secret = seal::open(sealed.as_bytes(), &self.keys).ok();
        let secret = secret.and_then(|secret| <[u8; 32]>::try_from(secret.as_slice()).ok());
        let ours = secret.is_some_and(|secret| Token::from(secret).key().0 == open.id.0);
        if tried.len() >= MOST_INVITATIONS {
            tried.clear();
        }
        tried.insert(open.id, (sealed.clone(), ours));
        ours
    }

    /// A member's records as they read here.
    pub(super) fn open_all(&mut self, member: MemberId, records: MemberRecords) -> MemberRecords {
        if !records.values().any(|record| matches!(record, Record::Locked(_))) {
            return records;
        }
        let open = |(id, record)| match record {
            Record::Locked(locked) => (id, self.open(member, id, locked)),
            record => (id, record),
        };
        records.into_iter().map(open).collect()
    }

    fn open(&mut self, member: MemberId, id: RecordId, locked: Locked) -> Record {
        let before = self.tried.get(&(member, id)).filter(|(held, _)| *held == locked);
        let opened = match before {
            Some((_, opened)) => opened.clone(),
            None => {
                let plain = seal::open(locked.sealed.as_bytes(), &self.keys).ok();
                let opened = plain.and_then(|plain| locked::record_in(&plain, member, id, locked.kind));
                self.tried.insert((member, id), (locked.clone(), opened.clone()));
                opened
            }
        };
        opened.unwrap_or(Record::Locked(locked))
    }

    /// Whether something that is open here would not be with these keys alone.
    pub(super) fn needs_more_than(&self, keys: &[seal::Identity], member: MemberId, id: RecordId) -> bool {
        let held = self.held(member, id).filter(|(_, opened)| opened.is_some());
        held.is_some_and(|(locked, _)| seal::open(locked.sealed.as_bytes(), keys).is_err())
    }

    fn held(&self, member: MemberId, id: RecordId) -> Option<&(Locked, Option<Record>)> {
        self.tried.get(&(member, id))
    }
}

impl Circle {
    /// Acts of this member as they go into the document: what is for chosen people is sealed to them.
    pub(super) fn as_written(&self, now: Timestamp, acts: &[Act]) -> Outcome<Vec<Act>> {
        let own = self.own_records();
        let stands = |id: RecordId| {
            own.and_then(|own| own.get(&id))?;
            self.locks.held(self.me, id).map(|(locked, _)| Record::Locked(locked.clone()))
        };
        let acts = acts.iter().cloned();
        acts.map(|act| act.as_written(stands, |id, record| self.written(now, id, record))).collect()
    }

    fn written(&self, now: Timestamp, id: RecordId, record: Record) -> Outcome<Record> {
        let (Some(readers), Some(kind)) = (readers(&self.known(now), self.me, &record), Kind::of(&record))
        else {
            return Ok(record);
        };
        // Sealed anew it would be other bytes, though nothing changed.
        if let Some((locked, Some(opened))) = self.locks.held(self.me, id)
            && *opened == record
        {
            return Ok(Record::Locked(locked.clone()));
        }
        self.sealed(id, &record, kind, &readers)
    }

    fn sealed(
        &self,
        id: RecordId,
        record: &Record,
        kind: Kind,
        readers: &BTreeSet<MemberId>,
    ) -> Outcome<Record> {
        let others = readers.iter().filter(|member| **member != self.me);
        let mut recipients: Vec<_> = others.flat_map(|member| self.roster.recipients_of(*member)).collect();
        recipients.extend(self.own_recipients()?);
        let sealed = seal::seal(&locked::content(self.me, id, record), &recipients)?;
        let sealed = Sealed::new(sealed).map_err(|error| Failure::range("audience", error))?;
        Ok(Record::Locked(Locked { kind, until: open_until(record, &self.zone), sealed }))
    }

    /// The own words and machines. Where this machine's enrolment was lost with a damaged database, nobody says which they
    /// are: what was sealed then, the member could not open.
    pub(super) fn own_recipients(&self) -> Outcome<Vec<Recipient>> {
        let own = self.roster.recipients_of(self.me);
        let opens = |key: &seal::Identity| own.contains(&key.recipient());
        if self.locks.keys.iter().any(opens) { Ok(own) } else { Err(Failure::new(ErrorCode::MeetFirst)) }
    }

    /// Own records for chosen people, sealed to the machines that they and the member have now.
    pub(super) fn locked_anew(&self, now: Timestamp) -> Outcome<Vec<Act>> {
        let (known, mut acts) = (self.known(now), Vec::new());
        for (id, record) in self.own_records().into_iter().flatten() {
            let held = self.locks.held(self.me, *id).filter(|(_, opened)| opened.as_ref() == Some(record));
            let readers = readers(&known, self.me, record);
            if let (Some((from, _)), Some(readers)) = (held, readers) {
                let to = self.sealed(*id, record, from.kind, &readers)?;
                acts.push(Act::edit(*id, Record::Locked(from.clone()), to));
            }
        }
        Ok(acts)
    }

    /// For whom something is, by the names of members; for everybody, if nobody is named.
    pub(super) fn audience(&self, now: Timestamp, typed: &[String]) -> Outcome<Audience> {
        let named = typed.iter().filter_map(|name| given(Some(name)));
        let reader = self.reader(now);
        let named = named.map(|name| self.member_named(&reader, name)).collect::<Outcome<Vec<_>>>()?;
        let others: BTreeSet<_> = named.iter().copied().filter(|member| *member != self.me).collect();
        if named.is_empty() {
            return Ok(Audience::Circle);
        }
        Chosen::new(others).map(Audience::Chosen).map_err(|error| Failure::range("audience", error))
    }
}
