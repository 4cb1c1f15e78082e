use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Weekday;

use crate::{
    Board, Known,
    category::Category,
    matching,
    plain::plain,
    record::{PostKind, Record},
    shown::Level,
    text::Place,
    weekly::ALL_DAYS,
    words::Carrying,
};

/// How many members show something, and how many needs are open.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Have {
    /// Members who show some.
    pub some: u32,
    /// Members who show plenty.
    pub plenty: u32,
    /// Open needs.
    pub wanted: u32,
}

impl Have {
    /// Members who show anything.
    #[must_use]
    pub const fn members(&self) -> u32 {
        self.some.saturating_add(self.plenty)
    }

    fn add(&mut self, other: Self) {
        self.some = self.some.saturating_add(other.some);
        self.plenty = self.plenty.saturating_add(other.plenty);
        self.wanted = self.wanted.saturating_add(other.wanted);
    }
}

/// What a circle has and wants, by kind of help, day and area, added up from what members chose to show. It
/// holds no names: who shows nothing and who is resting make no difference.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ResourceMap {
    /// By kind and plain name of the area, where there is anything; each day from Monday.
    cells: BTreeMap<(Category, Option<String>), [Have; 7]>,
    /// Areas as they were first written, by their plain names.
    areas: BTreeMap<String, Place>,
}

impl ResourceMap {
    /// From this many members on there are several for one thing.
    pub const SEVERAL: u32 = 3;

    /// What the active members show, and the needs that are open.
    #[must_use]
    pub fn of(known: &Known<'_>, board: &Board) -> Self {
        let mut map = Self::default();
        let (profiles, shows) = matching::profiles(known);
        for (member, shown) in shows {
            let area = profiles.get(&member).and_then(|profile| profile.area.as_ref());
            for (category, days) in shown.kinds() {
                let level = |level: &Level| match level {
                    Level::None => Have::default(),
                    Level::Some => Have { some: 1, ..Have::default() },
                    Level::Plenty => Have { plenty: 1, ..Have::default() },
                };
                map.add(category, area, days.iter().map(level).enumerate());
            }
        }
        for (whose, state) in board.posts() {
            let open = state.kind == PostKind::Need && state.status.wants_more() && state.leader == whose;
            if let Some(Record::Post(post)) = known.record(whose.author, whose.id).filter(|_| open) {
                let wanted = Have { wanted: 1, ..Have::default() };
                let days = matching::days(post, known).into_iter().map(|day| (day, wanted));
                map.add(post.category, post.place.as_ref(), days);
            }
        }
        map
    }

    fn add(
        &mut self,
        category: Category,
        area: Option<&Place>,
        days: impl IntoIterator<Item = (usize, Have)>,
    ) {
        let mut days = days.into_iter().filter(|(_, have)| *have != Have::default()).peekable();
        if days.peek().is_none() {
            return;
        }
        let name = area.map(|area| plain(area));
        if let Some((name, area)) =
            name.as_ref().zip(area).filter(|(name, _)| !self.areas.contains_key(*name))
        {
            self.areas.insert(name.clone(), area.clone());
        }
        let week = self.cells.entry((category, name)).or_default();
        for (day, have) in days {
            if let Some(sum) = week.get_mut(day) {
                sum.add(have);
            }
        }
    }

    /// The areas that anybody named, by their plain names.
    pub fn areas(&self) -> impl Iterator<Item = &Place> {
        self.areas.values()
    }

    /// The kinds of help of which there is or is wanted anything.
    #[must_use]
    pub fn kinds(&self) -> BTreeSet<Category> {
        self.cells.keys().map(|(category, _)| *category).collect()
    }

    /// Of a kind on a day, in all areas.
    #[must_use]
    pub fn have(&self, category: Category, day: Weekday) -> Have {
        self.sum(category, day, |_| true)
    }

    /// Of a kind on a day in one area; `None`: where no area is said.
    #[must_use]
    pub fn have_in(&self, category: Category, day: Weekday, area: Option<&Place>) -> Have {
        let name = area.map(|area| plain(area));
        self.sum(category, day, |area| *area == name)
    }

    fn sum(&self, category: Category, day: Weekday, here: impl Fn(&Option<String>) -> bool) -> Have {
        let day = usize::from(day.to_monday_zero_offset().unsigned_abs());
        let cells = self.cells.range((category, None)..).take_while(|((kind, _), _)| *kind == category);
        let mut sum = Have::default();
        let here = cells.filter(|((_, area), _)| here(area));
        here.filter_map(|(_, week)| week.get(day)).for_each(|have| sum.add(*have));
        sum
    }

    /// "Lift: nobody on Thursday and Friday": the days on which nobody shows any, of the kinds that are wanted
    /// on such a day, and then of the others that somebody shows.
    #[must_use]
    pub fn gaps(&self) -> Vec<(Category, Vec<Weekday>)> {
        let mut gaps: Vec<_> = self
            .kinds()
            .into_iter()
            .filter_map(|category| {
                let shown = self.is_shown(category);
                let empty = |have: Have| have.members() == 0 && (shown || have.wanted > 0);
                let days = self.days(category, empty)?;
                let wanted = days.iter().any(|day| self.have(category, *day).wanted > 0);
                Some((!wanted, category, days))
            })
            .collect();
        gaps.sort_by_key(|(unwanted, ..)| *unwanted); // stable
        gaps.into_iter().map(|(_, category, days)| (category, days)).collect()
    }

    /// Where several show something and nobody wants any.
    #[must_use]
    pub fn overlaps(&self) -> Vec<(Category, Vec<Weekday>)> {
        let several = |have: Have| have.members() >= Self::SEVERAL && have.wanted == 0;
        let kinds = self.kinds().into_iter();
        kinds.filter_map(|category| Some((category, self.days(category, several)?))).collect()
    }

    /// The days on which a kind stands like this, if there is one.
    fn days(&self, category: Category, like: impl Fn(Have) -> bool) -> Option<Vec<Weekday>> {
        let days: Vec<_> = ALL_DAYS.into_iter().filter(|day| like(self.have(category, *day))).collect();
        (!days.is_empty()).then_some(days)
    }

    /// The next day from `today` on for which something is wanted and nobody shows any.
    #[must_use]
    pub fn next_gap(&self, today: Weekday) -> Option<Carrying> {
        let wanted = self.all().filter(|(_, _, have)| have.members() == 0 && have.wanted > 0);
        let next = wanted.min_by_key(|(_, day, have)| (today.until(*day), std::cmp::Reverse(have.wanted)));
        next.map(|(category, day, _)| Carrying::nobody(category, &[day]))
    }

    /// Gaps and then overlaps, in words.
    #[must_use]
    pub fn says(&self) -> Vec<Carrying> {
        let gaps = self.gaps().into_iter().map(|(category, days)| Carrying::nobody(category, &days));
        let overlaps = self.overlaps().into_iter().map(|(category, days)| Carrying::several(category, &days));
        gaps.chain(overlaps).collect()
    }

    fn is_shown(&self, category: Category) -> bool {
        ALL_DAYS.iter().any(|day| self.have(category, *day).members() > 0)
    }

    fn all(&self) -> impl Iterator<Item = (Category, Weekday, Have)> {
        let kinds = self.kinds();
        kinds.into_iter().flat_map(move |category| {
            ALL_DAYS.into_iter().map(move |day| (category, day, self.have(category, day)))
        })
    }
}
