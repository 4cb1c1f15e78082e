//! What the member shows the circle of what they can carry, and what the circle has of what all show.

use closeknit_api::{
    calls,
    views::{self, FindView, FoundView, MeView, ResourceCell, ResourceRow, ResourcesView, ShownRow},
};
use closeknit_domain::{
    Level, Post, PostKind, Record, Shown,
    capacity::{self, Have, ResourceMap},
    plain::plain,
    shown::Days,
};
use closeknit_ids::{CircleId, RecordId};
use closeknit_replica::Act;
use jiff::{
    Timestamp,
    civil::{Date, Weekday},
};

use super::{
    Engine, Moment,
    circle::Circle,
    failure::{Failure, Outcome},
    own::Own,
    typed::given,
};

/// More gaps and overlaps are not read; the table has them.
const MOST_SAID: usize = 8;
/// More is not looked through; another word finds less.
const MOST_FOUND: usize = 50;

impl Engine {
    pub(super) fn show_capacity(
        &mut self,
        at: Moment,
        id: CircleId,
        call: &calls::ShowCapacity,
    ) -> Outcome<MeView> {
        let kinds = call.kinds.iter().map(typed_row).collect::<Outcome<Vec<_>>>()?;
        let mut own = self.own(self.circle(id)?);
        own.beside.shows = Shown::new(kinds);
        self.keep_own(at, id, own)?;
        self.me(at, id, &calls::Me {})
    }

    /// Once a day: who rested until yesterday is seen again from today.
    pub(super) fn look_at_rest(&mut self, at: Moment) -> Outcome<()> {
        let circles: Vec<CircleId> = self.circles.keys().copied().collect();
        for id in circles {
            let Some(circle) = self.circles.get_mut(&id).filter(|circle| !circle.behind && circle.belongs())
            else {
                continue;
            };
            let today = circle.zone.civil(at.now).date();
            if circle.looked_at_rest.replace(today) == Some(today) {
                continue;
            }
            let own = self.own(self.circle(id)?);
            if own != Own::default() {
                self.keep_own(at, id, own)?;
            }
        }
        Ok(())
    }

    pub(super) fn resources(
        &mut self,
        at: Moment,
        id: CircleId,
        call: &calls::Resources,
    ) -> Outcome<ResourcesView> {
        let circle = self.circle(id)?;
        let (reader, board) = (circle.reader(at.now), circle.board(at.now));
        let map = ResourceMap::of(&reader.known, &board);
        let asked = given(call.area.as_deref());
        let area = match asked {
            Some(asked) => {
                let named = map.areas().find(|area| plain(area) == plain(asked));
                Some(named.ok_or_else(|| Failure::not_found(asked))?)
            }
            None => None,
        };
        let have = |category, day| match area {
            Some(area) => map.have_in(category, day, Some(area)),
            None => map.have(category, day),
        };
        let row = |category| ResourceRow {
            category: closeknit_domain::Category::slug(category).to_owned(),
            days: week().map(|day| cell(have(category, day))).collect(),
        };
        Ok(ResourcesView {
            areas: map.areas().map(ToString::to_string).collect(),
            area: area.map(ToString::to_string),
            kinds: map.kinds().into_iter().map(row).collect(),
            says: map.says().iter().take(MOST_SAID).map(|says| reader.phrase(says)).collect(),
        })
    }

    pub(super) fn find(&mut self, at: Moment, id: CircleId, call: &calls::Find) -> Outcome<FindView> {
        let circle = self.circle(id)?;
        let reader = circle.reader(at.now);
        let found = capacity::find(&reader.known, &call.text).into_iter().take(MOST_FOUND);
        let view = |found: capacity::Found<'_>| FoundView {
            person: reader.person(found.member),
            what: found.what.to_string(),
            lends: found.lends,
        };
        Ok(FindView { found: found.map(view).collect() })
    }
}

impl Circle {
    /// Brings what the circle sees in line with what the member wishes: nothing while they rest, which looks
    /// the same as never having shown anything.
    pub(super) fn showing(&self, fresh: RecordId, now: Timestamp, own: &Own) -> Vec<Act> {
        let wish = if self.rests(now, own) { Shown::default() } else { own.beside.shows.clone() };
        let records = self.own_records().into_iter().flatten();
        let mut shown = records.filter(|(_, record)| matches!(record, Record::Shown(_)));
        let mut acts = Vec::new();
        if !wish.is_empty() {
            let wish = Record::Shown(wish);
            match shown.next() {
                Some((_, before)) if *before == wish => {}
                Some((id, before)) => acts.push(Act::edit(*id, before.clone(), wish)),
                None => acts.push(Act::add(fresh, wish)),
            }
        }
        acts.extend(shown.map(|(id, record)| Act::remove(*id, record.clone())));
        acts
    }

    /// Who rests is not suggested for what they offer either: their standing offers rest with them, and stand
    /// again afterwards.
    pub(super) fn resting(&self, now: Timestamp, own: &mut Own) -> Vec<Act> {
        let rests = self.rests(now, own);
        let mut acts = Vec::new();
        for (id, record) in self.own_records().into_iter().flatten() {
            let Record::Post(post) = record else { continue };
            let stands = post.kind == PostKind::Offer && post.standing;
            let turns = if rests { stands && !post.resting } else { own.beside.rested.contains(id) };
            if rests && turns {
                own.beside.rested.insert(*id);
            }
            if turns && post.resting != rests {
                let to = Record::Post(Post { resting: rests, ..post.clone() });
                acts.push(Act::edit(*id, record.clone(), to));
            }
        }
        if !rests {
            own.beside.rested.clear();
        }
        acts
    }

    pub(super) fn rests(&self, now: Timestamp, own: &Own) -> bool {
        own.capacity.rests_on(self.today(now))
    }

    pub(super) fn today(&self, now: Timestamp) -> Date {
        self.zone.civil(now).date()
    }
}

/// The days of a week, from Monday on.
fn week() -> impl Iterator<Item = Weekday> {
    Weekday::Monday.cycle_forward().take(7)
}

const fn cell(have: Have) -> ResourceCell {
    ResourceCell { some: have.some, plenty: have.plenty, wanted: have.wanted }
}

/// What is shown, as a face reads it.
pub(super) fn rows(shown: &Shown) -> Vec<ShownRow> {
    let level = |level: &Level| match level {
        Level::None => views::Level::None,
        Level::Some => views::Level::Some,
        Level::Plenty => views::Level::Plenty,
    };
    let row = |(category, days): (closeknit_domain::Category, &Days)| ShownRow {
        category: category.slug().to_owned(),
        days: days.iter().map(level).collect(),
    };
    shown.kinds().map(row).collect()
}

fn typed_row(row: &ShownRow) -> Outcome<(closeknit_domain::Category, Days)> {
    let level = |level: &views::Level| match level {
        views::Level::None => Level::None,
        views::Level::Some => Level::Some,
        views::Level::Plenty => Level::Plenty,
    };
    let days: Vec<Level> = row.days.iter().map(level).collect();
    let days = days.try_into();
    Ok((
        row.category.parse()?,
        days.map_err(|_| Failure::new(closeknit_api::ErrorCode::BadRequest).with("reason", "days"))?,
    ))
}
