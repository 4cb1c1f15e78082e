//! Needs and offers, and how they end.

use automerge::ScalarValue;
use closeknit_domain::{
    Amount, Closed, Closure, Post, PostKind, PostRef, Proxy, Want,
    time::{Window, Zone},
};
use closeknit_ids::{MemberId, RecordId};
use jiff::civil::DateTime;

use super::words;
use crate::fields::{Fields, OutOfRange};

pub(super) fn write(post: &Post, fields: &mut Fields) {
    fields.set_text("category", post.category.slug());
    fields.set_text("title", &post.title);
    fields.set_text_if("detail", post.detail.as_deref());
    fields.set("urgent", ScalarValue::Boolean(post.urgent));
    if let Some(window) = &post.window {
        fields.set_text("window", &window_text(window));
    }
    fields.set_text_if("place", post.place.as_deref());
    fields.set("amount", ScalarValue::Uint(post.want.amount.get().into()));
    words::set(fields, "unit", post.want.unit);
    words::set(fields, "mode", post.mode);
    if let Some(proxy) = &post.proxy {
        fields.set_text("for", &proxy.person);
        fields.set_text("consent", &proxy.consent);
    }
    fields.set("standing", ScalarValue::Boolean(post.standing));
    if let Some(until) = post.until {
        fields.set_moment("until", until);
    }
    fields.set_moment("posted", post.posted);
}

pub(super) fn read(kind: PostKind, fields: &Fields) -> Result<Post, OutOfRange> {
    let window = fields.text_if::<String>("window")?;
    Ok(Post {
        kind,
        category: fields.word("category")?,
        title: fields.text("title")?,
        detail: fields.text_if("detail")?,
        urgent: fields.flag("urgent")?,
        window: window.map(|text| read_window(&text).ok_or(OutOfRange("window"))).transpose()?,
        place: fields.text_if("place")?,
        want: Want { amount: read_amount(fields)?, unit: words::get(fields, "unit")? },
        mode: words::get(fields, "mode")?,
        proxy: match (fields.text_if("for")?, fields.text_if("consent")?) {
            (Some(person), Some(consent)) => Some(Proxy { person, consent }),
            (None, None) => None,
            _ => return Err(OutOfRange("consent")),
        },
        standing: fields.flag("standing")?,
        until: fields.moment_if("until")?,
        posted: fields.moment("posted")?,
    })
}

pub(super) fn read_amount(fields: &Fields) -> Result<Amount, OutOfRange> {
    Amount::new(fields.number("amount")?).map_err(|_| OutOfRange("amount"))
}

/// `2026-11-12T09:20:00/2026-11-12T12:30:00[Europe/Madrid]`: an ISO 8601 interval in the zone that
/// RFC 9557 puts in brackets.
fn window_text(window: &Window) -> String {
    format!("{}/{}[{}]", window.start(), window.end(), window.zone().name())
}

fn read_window(text: &str) -> Option<Window> {
    let (interval, zone) = text.strip_suffix(']')?.split_once('[')?;
    let (start, end) = interval.split_once('/')?;
    let civil = |text: &str| text.parse::<DateTime>().ok();
    Window::new(civil(start)?, civil(end)?, Zone::new(zone).ok()?).ok()
}

pub(super) fn write_closure(closure: &Closure, fields: &mut Fields) {
    fields.set("post", ScalarValue::Bytes(closure.post.0.to_vec()));
    match closure.how {
        Closed::Met => fields.set_text("how", "met"),
        Closed::NotNeeded => fields.set_text("how", "not-needed"),
        Closed::DuplicateOf(other) => {
            fields.set_text("how", "duplicate-of");
            set_reference(fields, "of", other.author, other.id);
        }
    }
    fields.set_moment("at", closure.at);
}

pub(super) fn read_closure(fields: &Fields) -> Result<Closure, OutOfRange> {
    let how: String = fields.text("how")?;
    Ok(Closure {
        post: fields.id("post")?,
        how: match how.as_str() {
            "met" => Closed::Met,
            "not-needed" => Closed::NotNeeded,
            "duplicate-of" => {
                let (author, id) = reference(fields, "of")?;
                Closed::DuplicateOf(PostRef { author, id })
            }
            _ => return Err(OutOfRange("how")),
        },
        at: fields.moment("at")?,
    })
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
