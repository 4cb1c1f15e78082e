//! Needs and offers.

use automerge::ScalarValue;
use closeknit_domain::{
    Amount, Audience, Chosen, Days, Post, PostKind, Proxy, Role, Roles, Want, text::Phrase,
};
use closeknit_ids::{MemberId, RecordId};

use super::{time, words};
use crate::fields::{Fields, OutOfRange};

pub(super) fn write(post: &Post, fields: &mut Fields) {
    fields.set_text("category", post.category.slug());
    fields.set_text("title", &post.title);
    fields.set_text_if("detail", post.detail.as_deref());
    fields.set("urgent", ScalarValue::Boolean(post.urgent));
    fields.set_text_if("window", time::when_text(&post.when).as_deref());
    fields.set_text_if("place", post.place.as_deref());
    fields.set("amount", ScalarValue::Uint(post.want.amount.get().into()));
    words::set(fields, "unit", post.want.unit);
    write_roles(fields, &post.roles);
    if let Some(days) = post.lend {
        fields.set("lend", ScalarValue::Uint(days.get().into()));
    }
    words::set(fields, "mode", post.mode);
    if let Some(proxy) = &post.proxy {
        fields.set_text("for", &proxy.person);
        fields.set_text("consent", &proxy.consent);
    }
    fields.set("standing", ScalarValue::Boolean(post.standing));
    if post.resting {
        fields.set("resting", ScalarValue::Boolean(true));
    }
    if let Audience::Chosen(members) = &post.audience {
        let ends: Vec<u8> = members.iter().flat_map(|member| member.0).collect();
        fields.set("audience", ScalarValue::Bytes(ends));
    }
    if let Some(reviewed) = post.reviewed {
        fields.set_moment("reviewed", reviewed);
    }
    if let Some(changed) = post.changed {
        fields.set_moment("changed", changed);
    }
    if let Some(until) = post.until {
        fields.set_moment("until", until);
    }
    fields.set_moment("posted", post.posted);
}

pub(super) fn read(kind: PostKind, fields: &Fields) -> Result<Post, OutOfRange> {
    Ok(Post {
        kind,
        category: fields.word("category")?,
        title: fields.text("title")?,
        detail: fields.text_if("detail")?,
        urgent: fields.flag("urgent")?,
        when: time::read_when(fields.text_if("window")?).ok_or(OutOfRange("window"))?,
        place: fields.text_if("place")?,
        want: Want { amount: read_amount(fields)?, unit: words::get(fields, "unit")? },
        roles: read_roles(fields)?,
        lend: fields.number_if("lend")?.map(Days::new).transpose().map_err(|_| OutOfRange("lend"))?,
        mode: words::get(fields, "mode")?,
        proxy: match (fields.text_if("for")?, fields.text_if("consent")?) {
            (Some(person), Some(consent)) => Some(Proxy { person, consent }),
            (None, None) => None,
            _ => return Err(OutOfRange("consent")),
        },
        standing: fields.flag("standing")?,
        resting: fields.flag_if("resting")?.unwrap_or_default(),
        reviewed: fields.moment_if("reviewed")?,
        audience: read_audience(fields)?,
        changed: fields.moment_if("changed")?,
        until: fields.moment_if("until")?,
        posted: fields.moment("posted")?,
    })
}

fn read_audience(fields: &Fields) -> Result<Audience, OutOfRange> {
    if fields.get("audience").is_none() {
        return Ok(Audience::Circle);
    }
    let (members, rest) = fields.bytes("audience")?.as_chunks::<32>();
    let chosen = Chosen::new(members.iter().copied().map(MemberId).collect()).ok();
    chosen.filter(|_| rest.is_empty()).map(Audience::Chosen).ok_or(OutOfRange("audience"))
}

/// `2 with a van`, one a line. A role has no line break.
fn write_roles(fields: &mut Fields, roles: &Roles) {
    if !roles.is_empty() {
        let lines: Vec<_> =
            roles.iter().map(|role| format!("{} {}", role.amount.get(), &*role.name)).collect();
        fields.set_text("roles", &lines.join("\n"));
    }
}

fn read_roles(fields: &Fields) -> Result<Roles, OutOfRange> {
    let Some(lines) = fields.text_if::<String>("roles")? else { return Ok(Roles::default()) };
    let roles: Option<Vec<_>> = lines.lines().take(Roles::MOST + 1).map(read_role).collect();
    roles.and_then(|roles| Roles::new(roles).ok()).ok_or(OutOfRange("roles"))
}

fn read_role(line: &str) -> Option<Role> {
    let (amount, name) = line.split_once(' ')?;
    Some(Role { amount: Amount::new(amount.parse().ok()?).ok()?, name: Phrase::new(name).ok()? })
}

pub(super) fn read_amount(fields: &Fields) -> Result<Amount, OutOfRange> {
    Amount::new(fields.number("amount")?).map_err(|_| OutOfRange("amount"))
}

/// Whose record, and which: 32 and 16 bytes in one.
pub(super) fn set_reference(fields: &mut Fields, name: &str, member: MemberId, record: RecordId) {
    let mut bytes = member.0.to_vec();
    bytes.extend(record.0);
    fields.set(name, ScalarValue::Bytes(bytes));
}

pub(super) fn reference(fields: &Fields, name: &'static str) -> Result<(MemberId, RecordId), OutOfRange> {
    let (member, record) = fields.bytes(name)?.split_at_checked(32).ok_or(OutOfRange(name))?;
    MemberId::from_slice(member).zip(RecordId::from_slice(record)).ok_or(OutOfRange(name))
}
