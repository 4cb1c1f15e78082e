//! What was typed, as records: every bound is checked here, and a failure names the field.

use closeknit_api::{
    ErrorCode, calls,
    views::{Mode, PostKind, RoleView, Unit},
};
use closeknit_domain::{
    self as domain, Amount, Category, Days, Phrases, Profile, Proxy, Role, Roles, Want,
    text::{Detail, Name, Phrase, Place, TextError, Title},
    time::Zone,
    when::{self, WhenError},
};
use jiff::Timestamp;

use super::{
    failure::{Failure, Outcome},
    times,
};

/// When and where something is typed.
#[derive(Clone, Copy)]
pub(crate) struct Now<'a> {
    pub(crate) at: Timestamp,
    pub(crate) zone: &'a Zone,
}

/// A need or an offer.
pub(crate) fn post(typed: &calls::Post, now: Now<'_>) -> Outcome<domain::Post> {
    let category: Category = typed.category.parse()?;
    let kind = match typed.kind {
        PostKind::Need => domain::PostKind::Need,
        PostKind::Offer => domain::PostKind::Offer,
    };
    Ok(domain::Post {
        kind,
        category,
        title: text("title", &typed.title, Title::new)?,
        detail: optional("detail", typed.detail.as_deref(), Detail::new)?,
        urgent: typed.urgent,
        when: times::when(times(typed), now)?.unwrap_or_default(),
        place: optional("place", typed.place.as_deref(), Place::new)?,
        want: Want {
            amount: amount("want", typed.want)?,
            unit: typed.unit.map_or(domain::Unit::Helpers, unit),
        },
        roles: roles(typed.roles.as_deref().unwrap_or_default())?,
        lend: typed
            .lend_days
            .map(|days| Days::new(days).map_err(|error| Failure::range("lend_days", error)))
            .transpose()?,
        mode: typed.mode.map_or_else(|| usual_mode(category), mode),
        proxy: proxy(typed)?,
        standing: typed.standing && kind == domain::PostKind::Offer,
        resting: false,
        reviewed: None,
        audience: domain::Audience::Circle,
        changed: None,
        until: until(typed.until.as_deref(), now)?,
        posted: whole_seconds(now.at),
    })
}

/// What a post in the making would be, if nothing but its line were missing.
pub(crate) fn draft(typed: &calls::Post, now: Now<'_>) -> Outcome<domain::Post> {
    let title = given(Some(&typed.title)).unwrap_or("-").to_owned();
    let consent = given(typed.consent.as_deref()).unwrap_or("-").to_owned();
    post(&calls::Post { title, consent: Some(consent), ..typed.clone() }, now)
}

/// A person chooses wherever a home, a child, a vulnerable person or money is involved; for a work
/// party people just turn up.
pub(crate) const fn usual_mode(category: Category) -> domain::Mode {
    match category {
        Category::Group => domain::Mode::TurnUp,
        Category::FoodGrocery | Category::Errand | Category::Learn => domain::Mode::First,
        _ => domain::Mode::Choose,
    }
}

/// When a post is, as its call says it.
fn times(typed: &calls::Post) -> times::Typed<'_> {
    times::Typed {
        from: typed.from.as_deref(),
        to: typed.to.as_deref(),
        when: typed.when.as_deref(),
        times: typed.times.as_deref(),
        repeat: typed.repeat.as_deref(),
    }
}

/// The moment until which a post is shown.
pub(crate) fn until(typed: Option<&str>, now: Now<'_>) -> Outcome<Option<Timestamp>> {
    let read = |text| when::until(text, now.at, now.zone).map_err(|error| unread_time(text, &error));
    given(typed).map(read).transpose()
}

/// A post with what was typed put over what it was.
pub(crate) fn edited(typed: &calls::Edit, before: &domain::Post, now: Now<'_>) -> Outcome<domain::Post> {
    let mut post = before.clone();
    if let Some(title) = &typed.title {
        post.title = text("title", title, Title::new)?;
    }
    if let Some(detail) = &typed.detail {
        post.detail = optional("detail", Some(detail), Detail::new)?;
    }
    if let Some(place) = &typed.place {
        post.place = optional("place", Some(place), Place::new)?;
    }
    let times = times::Typed {
        from: typed.from.as_deref(),
        to: typed.to.as_deref(),
        when: typed.when.as_deref(),
        times: typed.times.as_deref(),
        repeat: typed.repeat.as_deref(),
    };
    post.when = times::edited(times, &before.when, now)?;
    if post != *before {
        post.changed = Some(whole_seconds(now.at));
    }
    Ok(post)
}

fn roles(typed: &[RoleView]) -> Outcome<Roles> {
    let role = |role: &RoleView| {
        let (name, amount) = (text("roles", &role.name, Phrase::new)?, amount("roles", Some(role.amount))?);
        Ok(Role { name, amount })
    };
    let roles: Vec<Role> = typed.iter().map(role).collect::<Outcome<_>>()?;
    Roles::new(roles).map_err(|error| Failure::range("roles", error))
}

pub(crate) fn unread_time(given: &str, error: &WhenError) -> Failure {
    match error {
        WhenError::Window(domain::time::TimeError::EndsBeforeItBegins) => {
            Failure::new(ErrorCode::EndsBeforeItBegins)
        }
        _ => Failure::new(ErrorCode::BadTime).with("given", given),
    }
}

fn proxy(typed: &calls::Post) -> Outcome<Option<Proxy>> {
    let person = optional("person", typed.person.as_deref(), Name::new)?;
    let Some(person) = person else { return Ok(None) };
    let consent = text("consent", typed.consent.as_deref().unwrap_or_default(), Phrase::new)?;
    Ok(Some(Proxy { person, consent }))
}

const fn unit(unit: Unit) -> domain::Unit {
    match unit {
        Unit::Helpers => domain::Unit::Helpers,
        Unit::Hours => domain::Unit::Hours,
        Unit::Items => domain::Unit::Items,
    }
}

const fn mode(mode: Mode) -> domain::Mode {
    match mode {
        Mode::TurnUp => domain::Mode::TurnUp,
        Mode::First => domain::Mode::First,
        Mode::Choose => domain::Mode::Choose,
    }
}

/// A number of people or things; one unless something was typed.
pub(crate) fn amount(field: &str, typed: Option<u16>) -> Outcome<Amount> {
    typed.map_or(Ok(Amount::ONE), Amount::new).map_err(|error| Failure::range(field, error))
}

/// A profile with what was typed put over what it was.
pub(crate) fn profile(typed: &calls::Profile, before: &Profile) -> Outcome<Profile> {
    let mut profile = before.clone();
    if let Some(name) = &typed.name {
        profile.name = text("name", name, Name::new)?;
    }
    if let Some(area) = &typed.area {
        profile.area = optional("area", Some(area), Place::new)?;
    }
    let lists = [
        ("languages", &typed.languages, &mut profile.languages),
        ("skills", &typed.skills, &mut profile.skills),
        ("lends", &typed.lends, &mut profile.lends),
    ];
    for (field, typed, list) in lists {
        if let Some(typed) = typed {
            *list = phrases(field, typed)?;
        }
    }
    Ok(profile)
}

/// A capacity with what was typed put over what it was.
pub(crate) fn capacity(
    typed: &calls::Capacity,
    before: &domain::Capacity,
    now: Now<'_>,
) -> Outcome<domain::Capacity> {
    let mut capacity = before.clone();
    if let Some(hours) = typed.hours {
        if hours > 168 {
            return Err(Failure::new(ErrorCode::BadInput).with("field", "hours").with("reason", "range"));
        }
        capacity.hours = Some(hours);
    }
    if let Some(free) = &typed.free {
        capacity.free = optional("free", Some(free), Phrase::new)?;
    }
    if let Some(can) = &typed.can {
        capacity.can = categories(can)?;
    }
    if let Some(will_not) = &typed.will_not {
        capacity.will_not = categories(will_not)?;
    }
    if let Some(minutes) = typed.radius_minutes {
        capacity.radius_minutes = Some(minutes);
    }
    if let Some(day) = &typed.resting_until {
        capacity.resting_until = given(Some(day))
            .map(|text| when::day(text, now.at, now.zone).map_err(|error| unread_time(text, &error)))
            .transpose()?;
    }
    Ok(capacity)
}

fn categories(typed: &[String]) -> Outcome<Vec<Category>> {
    let mut categories = Vec::new();
    for slug in typed.iter().filter_map(|slug| given(Some(slug))) {
        let category = slug.parse()?;
        if !categories.contains(&category) {
            categories.push(category);
        }
    }
    Ok(categories)
}

fn phrases(field: &str, typed: &[String]) -> Outcome<Phrases> {
    let phrases: Vec<_> = typed
        .iter()
        .filter_map(|text| given(Some(text)))
        .map(|typed| text(field, typed, Phrase::new))
        .collect::<Outcome<_>>()?;
    Phrases::new(phrases).map_err(|error| Failure::range(field, error))
}

/// A text that has to be there.
pub(crate) fn text<T>(field: &str, typed: &str, new: impl Fn(&str) -> Result<T, TextError>) -> Outcome<T> {
    new(typed).map_err(|error| Failure::text(field, error))
}

/// A text that may be left out.
pub(crate) fn optional<T>(
    field: &str,
    typed: Option<&str>,
    new: impl Fn(&str) -> Result<T, TextError>,
) -> Outcome<Option<T>> {
    given(typed).map(|typed| text(field, typed, new)).transpose()
}

pub(crate) fn given(typed: Option<&str>) -> Option<&str> {
    typed.map(str::trim).filter(|typed| !typed.is_empty())
}

/// Records hold whole seconds.
pub(crate) fn whole_seconds(at: Timestamp) -> Timestamp {
    Timestamp::from_second(at.as_second()).unwrap_or(at)
}
