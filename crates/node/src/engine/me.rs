//! The member's own page: how they are known, and what they can carry.

use closeknit_api::{
    ErrorCode, Tag, calls,
    views::{self, MeView},
};
use closeknit_domain::{self as domain, Capacity, Load, MemberKind, Record, Sealed};
use closeknit_ids::{CircleId, RecordId};
use closeknit_replica::Act;
use closeknit_trust::seal;

use super::{
    Engine, Moment,
    acts::new_record,
    board,
    circle::Circle,
    failure::{Failure, Outcome},
    typed::{self, Now},
};

impl Engine {
    pub(super) fn me(&mut self, at: Moment, id: CircleId, _: &calls::Me) -> Outcome<MeView> {
        let circle = self.circle(id)?;
        let (reader, states) = (circle.reader(at.now), circle.board(at.now));
        let profile = reader.profile(circle.me);
        let capacity = self.own_capacity(circle).map(|(_, _, capacity)| capacity).unwrap_or_default();
        let load = Load::of(&reader.known, &states, circle.me, &capacity);
        let promised = states.commitments_of(circle.me).filter(|(_, state)| state.status.is_live());
        let promises =
            promised.filter_map(|(_, state)| board::card(&reader, &states, state.counts_for)).collect();
        let own = states.posts_of(circle.me).filter(|(_, state)| state.status.is_live());
        let posts = own.filter_map(|(post, _)| board::card(&reader, &states, post)).collect();
        let texts = |list: &domain::Phrases| list.iter().map(ToString::to_string).collect();
        let slugs = |list: &[domain::Category]| list.iter().map(ToString::to_string).collect();
        Ok(MeView {
            name: profile.map(|profile| profile.name.to_string()).unwrap_or_default(),
            kind: profile.map_or(views::MemberKind::Person, |profile| kind_view(profile.kind)),
            languages: profile.map(|profile| texts(&profile.languages)).unwrap_or_default(),
            area: profile.and_then(|profile| profile.area.as_ref()).map(ToString::to_string),
            skills: profile.map(|profile| texts(&profile.skills)).unwrap_or_default(),
            lends: profile.map(|profile| texts(&profile.lends)).unwrap_or_default(),
            hours: capacity.hours,
            free_hours: load.free_minutes().map(|minutes| i32::try_from(minutes / 60).unwrap_or(i32::MAX)),
            free: capacity.free.as_ref().map(ToString::to_string),
            can: slugs(&capacity.can),
            will_not: slugs(&capacity.will_not),
            radius_minutes: capacity.radius_minutes,
            resting_until: capacity.resting_until.map(|day| day.to_string()),
            promises,
            posts,
            tells_seen: super::settings::tells_seen(self.store.view())?,
        })
    }

    pub(super) fn set_capacity(
        &mut self,
        at: Moment,
        id: CircleId,
        call: &calls::Capacity,
    ) -> Outcome<MeView> {
        let circle = self.circle(id)?;
        let before = self.own_capacity(circle);
        let now = Now { at: at.now, zone: &circle.zone };
        let old = before.as_ref().map(|(_, _, capacity)| capacity.clone()).unwrap_or_default();
        let capacity = typed::capacity(call, &old, now)?;
        let sealed = Record::Capacity(circle.seal_to_self(&capacity)?);
        let act = match before {
            Some((id, from, _)) => Act::edit(id, from, sealed),
            None => Act::add(new_record(&mut self.rng), sealed),
        };
        self.write(at, id, &[act])?;
        self.me(at, id, &calls::Me {})
    }

    pub(super) fn set_profile(&mut self, at: Moment, id: CircleId, call: &calls::Profile) -> Outcome<MeView> {
        let circle = self.circle(id)?;
        let own = circle.own_records().into_iter().flatten();
        let before = own.into_iter().find_map(|(id, record)| match record {
            Record::Profile(profile) => Some((*id, profile.clone())),
            _ => None,
        });
        let act = match before {
            Some((id, before)) => {
                let to = typed::profile(call, &before)?;
                Act::edit(id, Record::Profile(before), Record::Profile(to))
            }
            None => {
                let name = call.name.as_deref().ok_or_else(|| Failure::new(ErrorCode::NotStarted))?;
                let name = typed::text("name", name, domain::text::Name::new)?;
                let profile = super::start::profile(name, MemberKind::Person);
                Act::add(new_record(&mut self.rng), Record::Profile(typed::profile(call, &profile)?))
            }
        };
        self.write(at, id, &[act])?;
        self.tag(Tag::Circle);
        self.tag(Tag::Status);
        self.me(at, id, &calls::Me {})
    }

    /// The own capacity, opened: of several records the one with the smallest id counts.
    fn own_capacity(&self, circle: &Circle) -> Option<(RecordId, Record, Capacity)> {
        circle.own_records()?.iter().find_map(|(id, record)| {
            let Record::Capacity(sealed) = record else { return None };
            let plain = seal::open(sealed.as_bytes(), circle.locks.keys()).ok()?;
            Some((*id, record.clone(), postcard::from_bytes(&plain).ok()?))
        })
    }
}

impl Circle {
    /// Seals to the member's own words and machines.
    fn seal_to_self(&self, capacity: &Capacity) -> Outcome<Sealed> {
        let plain = postcard::to_stdvec(capacity).map_err(Failure::internal)?;
        let sealed = seal::seal(&plain, &self.roster.recipients_of(self.me))?;
        Sealed::new(sealed).map_err(|error| Failure::range("capacity", error))
    }
}

pub(super) const fn kind_view(kind: MemberKind) -> views::MemberKind {
    match kind {
        MemberKind::Person => views::MemberKind::Person,
        MemberKind::Household => views::MemberKind::Household,
        MemberKind::Organisation => views::MemberKind::Organisation,
    }
}
