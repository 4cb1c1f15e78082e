//! The member's own page: how they are known, and what they can carry.

use closeknit_api::{
    ErrorCode, Tag, calls,
    views::{self, MeView},
};
use closeknit_domain::{self as domain, Load, MemberKind, Record, Shown, capacity::Balance, hours};
use closeknit_ids::CircleId;
use closeknit_replica::Act;

use super::{
    Engine, Moment,
    acts::new_record,
    board, carrying,
    failure::{Failure, Outcome},
    showing,
    typed::{self, Now},
    ways,
};

impl Engine {
    pub(super) fn me(&mut self, at: Moment, id: CircleId, _: &calls::Me) -> Outcome<MeView> {
        let circle = self.circle(id)?;
        let (reader, states) = (circle.reader(at.now), circle.board(at.now));
        let profile = reader.profile(circle.me);
        let own = self.own(circle);
        let (capacity, carried) = (&own.capacity, own.carried(circle, &reader.known, &states));
        let load = Load::in_week(&carried, &hours::week(at.now, &circle.zone), capacity);
        let promised = states.commitments_of(circle.me).filter(|(_, state)| state.status.is_live());
        let promises =
            promised.filter_map(|(_, state)| board::card(&reader, &states, state.counts_for)).collect();
        let posted = states.posts_of(circle.me).filter(|(_, state)| state.status.is_live());
        let posts = posted.filter_map(|(post, _)| board::card(&reader, &states, post)).collect();
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
            ways: ways::ways(&reader, &own.ways),
            carries: carrying::carries(&reader, &states, &carried, &own.beside.weights),
            over: carrying::over(&reader, &states, &carried, capacity),
            shows: showing::rows(&own.beside.shows),
            could_show: showing::rows(&Shown::propose(capacity, own.weekly().as_ref(), circle.today(at.now))),
            balance: reader.phrase(&Balance::of(&reader.known, &states, circle.me).says()),
        })
    }

    pub(super) fn set_capacity(
        &mut self,
        at: Moment,
        id: CircleId,
        call: &calls::Capacity,
    ) -> Outcome<MeView> {
        let circle = self.circle(id)?;
        let mut own = self.own(circle);
        own.capacity = typed::capacity(call, &own.capacity, Now { at: at.now, zone: &circle.zone })?;
        self.keep_own(at, id, own)?;
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
}

pub(super) const fn kind_view(kind: MemberKind) -> views::MemberKind {
    match kind {
        MemberKind::Person => views::MemberKind::Person,
        MemberKind::Household => views::MemberKind::Household,
        MemberKind::Organisation => views::MemberKind::Organisation,
    }
}
