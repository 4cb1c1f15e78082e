//! Times of posts and promises as the lines of one text.

use closeknit_domain::{
    Part, Repeat, SlotId, SlotIds, Slots, When,
    time::{Window, Zone},
};
use jiff::civil::DateTime;

use crate::fields::{Fields, OutOfRange};

const RULE: &str = "RRULE:";

pub(super) fn when_text(when: &When) -> Option<String> {
    match when {
        When::Anytime => None,
        When::Once(window) => Some(window_text(window)),
        When::Slots(slots) => Some(slots.iter().map(window_text).collect::<Vec<_>>().join("\n")),
        When::Repeats(first, repeat) => Some(format!("{}\n{RULE}{repeat}", window_text(first))),
    }
}

/// Nothing, if the text is out of range.
pub(super) fn read_when(text: Option<String>) -> Option<When> {
    let Some(text) = text else { return Some(When::Anytime) };
    let mut lines = text.split('\n');
    let first = read_window(lines.next()?)?;
    let Some(second) = lines.next() else { return Some(When::Once(first)) };
    if let Some(rule) = second.strip_prefix(RULE) {
        let repeat: Repeat = rule.parse().ok()?;
        return lines.next().is_none().then_some(When::Repeats(first, repeat));
    }
    let others = [second].into_iter().chain(lines).take(Slots::MOST).map(read_window);
    let windows: Option<Vec<_>> = [Some(first)].into_iter().chain(others).collect();
    Slots::new(windows?).ok().map(When::Slots)
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

pub(super) fn write_part(fields: &mut Fields, part: &Part) {
    match part {
        Part::Whole => {}
        Part::Slots(slots) => write_slots(fields, slots),
        Part::Every => fields.set("every", true.into()),
    }
}

pub(super) fn read_part(fields: &Fields) -> Result<Part, OutOfRange> {
    match (read_slots(fields)?, fields.flag_if("every")?) {
        (Some(slots), None | Some(false)) => Ok(Part::Slots(slots)),
        (None, Some(true)) => Ok(Part::Every),
        (None, None | Some(false)) => Ok(Part::Whole),
        (Some(_), Some(true)) => Err(OutOfRange("every")),
    }
}

pub(super) fn write_slots(fields: &mut Fields, slots: &SlotIds) {
    fields.set_text("slots", &slots.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"));
}

pub(super) fn read_slots(fields: &Fields) -> Result<Option<SlotIds>, OutOfRange> {
    let Some(text) = fields.text_if::<String>("slots")? else { return Ok(None) };
    let slots: Result<_, _> = text.lines().take(Slots::MOST + 1).map(str::parse::<SlotId>).collect();
    slots.ok().and_then(|slots| SlotIds::new(slots).ok()).map(Some).ok_or(OutOfRange("slots"))
}

pub(super) fn read_slot(fields: &Fields, name: &'static str) -> Result<Option<SlotId>, OutOfRange> {
    let text = fields.text_if::<String>(name)?;
    text.map(|text| text.parse().map_err(|_| OutOfRange(name))).transpose()
}
