//! Who might help whom, both ways, worked out on this machine alone; and whom the member would rather not meet.

use closeknit_api::{
    ErrorCode, Phrase, Tag, calls,
    views::{AvoidView, SuggestView, SuggestedNeed, SuggestedPerson, WhoMightView},
};
use closeknit_domain::{
    Load,
    capacity::ResourceMap,
    hours,
    matching::{self, Around, Reason},
    words::{About, Carrying, because},
};
use closeknit_ids::CircleId;
use closeknit_store::Durability;

use super::{
    Engine, Moment, board,
    failure::{Failure, Outcome},
    sentence::Reader,
    settings,
    typed::given,
};

/// Few at a time: a suggestion is no list of duties.
const FEW: u32 = 5;

impl Engine {
    pub(super) fn suggest(
        &mut self,
        at: Moment,
        id: CircleId,
        call: &calls::Suggest,
    ) -> Outcome<SuggestView> {
        let circle = self.circle(id)?;
        let (reader, board) = (circle.reader(at.now), circle.board(at.now));
        let (own, excluded) = (self.own(circle), settings::avoided(self.store.view(), id)?);
        let (weekly, carried) = (own.weekly(), own.carried(circle, &reader.known, &board));
        let member = matching::Own {
            member: circle.me,
            capacity: &own.capacity,
            weekly: weekly.as_ref(),
            carried: &carried,
            excluded: &excluded,
        };
        let distances = own.ways.distances(reader.area());
        let around = Around::of(&reader.known, &board, &distances);
        let needs = around.needs_for(&member).into_iter().take(few(call.limit));
        let needs = needs.filter_map(|found| {
            let card = board::card(&reader, &board, found.what)?;
            Some(SuggestedNeed { card, why: why(&reader, &found.reasons, About::You) })
        });
        let (today, resting) = (circle.today(at.now), circle.rests(at.now, &own));
        let free = Load::in_week(&carried, &hours::week(at.now, &circle.zone), &own.capacity).free_minutes();
        let free = free.filter(|_| !resting).map(|minutes| Carrying::Free { hours: minutes / 60 });
        let gap = ResourceMap::of(&reader.known, &board).next_gap(today.weekday());
        let line = free.iter().chain(&gap).map(|says| reader.phrase(says)).collect();
        Ok(SuggestView { needs: needs.collect(), resting, line })
    }

    pub(super) fn who_might(
        &mut self,
        at: Moment,
        id: CircleId,
        call: &calls::WhoMight,
    ) -> Outcome<WhoMightView> {
        let circle = self.circle(id)?;
        let need = circle.post_named(&call.id)?;
        if need.author != circle.me {
            return Err(Failure::new(ErrorCode::NotYours));
        }
        let (reader, board) = (circle.reader(at.now), circle.board(at.now));
        let excluded = settings::avoided(self.store.view(), id)?;
        let distances = self.own(circle).ways.distances(reader.area());
        let around = Around::of(&reader.known, &board, &distances);
        let people = around.people_for(need, &excluded).into_iter().take(few(call.limit));
        let people = people.map(|found| SuggestedPerson {
            person: reader.person(found.what),
            why: why(&reader, &found.reasons, About::Them),
        });
        Ok(WhoMightView { people: people.collect() })
    }

    pub(super) fn avoid(&mut self, at: Moment, id: CircleId, call: &calls::Avoid) -> Outcome<AvoidView> {
        let circle = self.circle(id)?;
        let mut avoided = settings::avoided(self.store.view(), id)?;
        if let Some(typed) = given(call.person.as_deref()) {
            let before = avoided.clone();
            // Also somebody who left can be taken off the list.
            let on_list = avoided.iter().copied().find(|member| member.to_string() == typed);
            let member = match on_list {
                Some(member) => member,
                None => circle.member_named(&circle.reader(at.now), typed)?,
            };
            match call.no_more {
                true => avoided.remove(&member),
                false => member != circle.me && avoided.insert(member),
            };
            if avoided != before {
                self.store.write(Durability::Full, |batch| settings::set_avoided(batch, id, &avoided))?;
                self.tag(Tag::Me);
            }
        }
        let reader = self.circle(id)?.reader(at.now);
        Ok(AvoidView { people: avoided.into_iter().map(|member| reader.person(member)).collect() })
    }
}

fn few(limit: Option<u32>) -> usize {
    limit.unwrap_or(FEW) as usize
}

fn why(reader: &Reader<'_>, reasons: &[Reason<'_>], about: About) -> Vec<Phrase> {
    reasons.iter().map(|reason| reader.phrase(&because(reason, about))).collect()
}
