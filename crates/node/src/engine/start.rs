//! First start, and what a profile is and has.

use closeknit_api::{
    ErrorCode, Tag, calls,
    views::{self, CircleCard, Done, StatusView},
};
use closeknit_domain::{
    MemberKind, Phrases, Profile, Record,
    text::{CircleName, Name},
    time::Zone,
};
use closeknit_ids::CircleId;
use closeknit_replica::Act;
use closeknit_store::{self as store, Durability, Stage};
use closeknit_trust::{
    circle::draft_circle,
    words::{Nonce, Words},
};
use sha2::{Digest as _, Sha256};

use super::{
    Command, Engine, Moment, VERSION,
    acts::new_record,
    circle::Circle,
    failure::{Failure, Outcome},
    settings, typed,
};

impl Engine {
    pub(super) fn status(&mut self, at: Moment, _: &calls::Status) -> Outcome<StatusView> {
        if self.locking.locked {
            return Ok(super::locking::locked_status());
        }
        let circles = self.shown_circles().map(|circle| CircleCard {
            id: circle.id.to_string(),
            name: circle.name.clone(),
            draft: circle.is_draft(),
            members: u32::try_from(circle.active_members().len()).unwrap_or(u32::MAX),
        });
        let current = self.current.and_then(|id| self.circles.get(&id));
        let skipped: u32 = current.map_or(0, |circle| circle.skipped.values().sum());
        let mut notices = self.notices.clone();
        if skipped > 0 {
            notices.push(closeknit_api::Phrase::new("notice-skipped").number("count", skipped));
        }
        if let Some(circle) = current {
            let reader = circle.reader(at.now);
            notices.extend(self.clock_says(circle, at.now));
            if circle.own_stopped(self.store.view()) {
                notices.push(closeknit_api::Phrase::new("notice-own-stopped"));
            }
            notices.extend(circle.gone());
            notices.extend(self.copied_says(circle.id, at.now)?);
            for member in circle.stopped(self.store.view())? {
                let name = reader.name(member).unwrap_or_else(|| member.short());
                notices.push(closeknit_api::Phrase::new("notice-stopped").text("name", name));
            }
        }
        Ok(StatusView {
            version: VERSION.to_owned(),
            circles: circles.collect(),
            current: self.current.map(|id| id.to_string()),
            name: current.and_then(|circle| circle.reader(at.now).name(circle.me)),
            notices,
            words_kept: settings::words_kept(self.store.view())?,
            locked: false,
            locks: self.has_passphrase(),
        })
    }

    /// Makes a draft circle: everything works in it, and nothing leaves this machine.
    pub(super) fn start(&mut self, at: Moment, call: &calls::Start) -> Outcome<StatusView> {
        let name = typed::text("name", &call.name, Name::new)?;
        let circle = typed::text("circle", &call.circle, CircleName::new)?;
        let zone = match &call.zone {
            Some(zone) => Zone::new(zone)?,
            None => machine_zone(),
        };
        let kind = call.kind.map_or(MemberKind::Person, kind_of);
        if kind == MemberKind::Organisation {
            // An organisation cannot found: it has no vote. It joins a circle that people began.
            return Err(Failure::new(ErrorCode::BadInput)
                .with("field", "kind")
                .with("reason", "organisation"));
        }
        let words = match self.secrets.words() {
            Some(words) => words.clone(),
            None => {
                let words = Words::generate(&mut self.rng);
                self.secrets.keep_words(&self.directory, words.clone())?;
                words
            }
        };
        let nonce = self.fresh_draft(&words)?;
        let me = words.member_key(&nonce).id();
        let row = store::Circle {
            id: draft_circle(me),
            stage: Stage::Draft,
            name: circle.to_string(),
            zone: zone.name().to_owned(),
            created: at.now.as_second(),
        };
        self.store.write(Durability::Full, |batch| {
            batch.put_circle(&row)?;
            settings::set_member(batch, row.id, me, nonce)?;
            settings::set_current(batch, row.id)
        })?;
        let circle = Circle::load(self.store.view(), &row, &self.secrets)?;
        self.circles.insert(row.id, circle);
        self.current = Some(row.id);
        let profile = Act::add(new_record(&mut self.rng), Record::Profile(profile(name, kind)));
        self.write(at, row.id, &[profile])?;
        self.tag(Tag::Status);
        self.status(at, &calls::Status {})
    }

    /// The first draft of these words that is not here yet.
    fn fresh_draft(&self, words: &Words) -> Outcome<Nonce> {
        for number in 0..MOST_DRAFTS {
            let nonce = draft_nonce(words, number);
            if self.store.view().circle(draft_circle(words.member_key(&nonce).id()))?.is_none() {
                return Ok(nonce);
            }
        }
        Err(Failure::internal("too many drafts"))
    }

    pub(super) fn switch(&mut self, at: Moment, call: &calls::Switch) -> Outcome<StatusView> {
        let circle = self.circle_named(Some(&call.circle))?;
        self.store.write(Durability::Normal, |batch| settings::set_current(batch, circle))?;
        self.current = Some(circle);
        for tag in [Tag::Status, Tag::Board, Tag::Me, Tag::Circle, Tag::Near] {
            self.tag(tag);
        }
        self.status(at, &calls::Status {})
    }

    /// Writes into the own document of a circle, and shares it.
    pub(super) fn write(&mut self, at: Moment, circle: CircleId, acts: &[Act]) -> Outcome<()> {
        let Self { circles, store, secrets, rng, .. } = self;
        let own = circles.get_mut(&circle).ok_or_else(|| Failure::new(ErrorCode::NotStarted))?;
        if !own.belongs() {
            return Err(Failure::new(ErrorCode::NotAMember));
        }
        let written = own.write(store, &secrets.device, rng, at.now, acts)?;
        if let Some(written) = written {
            self.forget_reach(circle, &acts.iter().filter_map(Act::edited).collect())?;
            self.tag(Tag::Board);
            self.tag(Tag::Me);
            self.share(at, circle, written)?;
        }
        Ok(())
    }

    pub(super) fn wake(&mut self, _: Moment, _: &calls::Wake) -> Outcome<Done> {
        self.do_net(Command::Wake);
        Ok(Done { done: true })
    }

    /// The process ends after this answer; there is nothing that is not on the disk.
    pub(super) fn stop(&mut self, _: Moment, _: &calls::Stop) -> Outcome<Done> {
        Ok(Done { done: true })
    }
}

/// More circles nobody begins.
pub(super) const MOST_DRAFTS: u8 = 64;

/// From which number the member key of a draft is made. A draft has no statements that would keep
/// a random one, so that a backup of it can be opened with the words alone.
pub(super) fn draft_nonce(words: &Words, number: u8) -> Nonce {
    let mut hash = Sha256::new();
    hash.update(b"closeknit/draft-nonce/1");
    hash.update(words.as_bytes());
    hash.update([number]);
    let mut nonce = [0; 16];
    nonce.iter_mut().zip(hash.finalize()).for_each(|(to, from)| *to = from);
    Nonce(nonce)
}

/// A profile as it is first written.
pub(super) fn profile(name: Name, kind: MemberKind) -> Profile {
    let none = Phrases::default;
    Profile { name, kind, languages: none(), area: None, skills: none(), lends: none() }
}

pub(super) const fn kind_of(kind: views::MemberKind) -> MemberKind {
    match kind {
        views::MemberKind::Person => MemberKind::Person,
        views::MemberKind::Household => MemberKind::Household,
        views::MemberKind::Organisation => MemberKind::Organisation,
    }
}

/// The zone this machine is set to.
pub(super) fn machine_zone() -> Zone {
    let named = jiff::tz::TimeZone::system();
    named.iana_name().and_then(|name| Zone::new(name).ok()).unwrap_or_else(Zone::utc)
}

/// Whether the clock on this machine's wall shows the time of a zone. By name: to look its rules up for each moment takes
/// long.
pub(super) fn is_machine_zone(zone: &Zone) -> bool {
    jiff::tz::TimeZone::system().iana_name().unwrap_or("UTC") == zone.name()
}
