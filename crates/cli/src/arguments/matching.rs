//! Who might help whom, and what the circle has, as it is typed.

use clap::Args;
use closeknit_api::{
    calls,
    views::{Level, PinView, ShownRow, WayView},
};

#[derive(Debug, Args)]
pub(crate) struct Rota {
    id: String,
    /// Places somebody, such as 2026-11-30=Sam; may be repeated.
    #[arg(long, value_name = "TIME=NAME", value_parser = pin)]
    pin: Vec<PinView>,
    /// Leaves somebody out of one time; may be repeated.
    #[arg(long, value_name = "TIME=NAME", value_parser = pin)]
    not: Vec<PinView>,
}

impl Rota {
    pub(crate) fn call(self) -> calls::Rota {
        calls::Rota { id: self.id, pinned: self.pin, forbidden: self.not }
    }
}

/// "2026-11-30=Sam".
fn pin(text: &str) -> Result<PinView, String> {
    let wrong = || "a time and a name, such as 2026-11-30=Sam".to_owned();
    let (slot, person) = text.split_once('=').ok_or_else(wrong)?;
    Ok(PinView { slot: slot.trim().to_owned(), person: person.trim().to_owned() })
}

#[derive(Debug, Args)]
pub(crate) struct ShowCapacity {
    /// A kind of help and seven letters from Monday on, - for none, s for some and p for plenty, such as
    /// ride=-s-s--p; several joined by commas. What is not named is not shown.
    #[arg(value_name = "KIND=WEEK", value_delimiter = ',', value_parser = row, required_unless_present = "nothing")]
    kinds: Vec<ShownRow>,
    /// Shows nothing any more.
    #[arg(long, conflicts_with = "kinds")]
    nothing: bool,
}

impl ShowCapacity {
    pub(crate) fn call(self) -> calls::ShowCapacity {
        calls::ShowCapacity { kinds: self.kinds }
    }
}

fn row(text: &str) -> Result<ShownRow, String> {
    let wrong = || "a kind of help and a letter for each day from Monday on, such as ride=-s-s--p".to_owned();
    let (category, letters) = text.split_once('=').ok_or_else(wrong)?;
    let level = |letter| match letter {
        '-' => Some(Level::None),
        's' => Some(Level::Some),
        'p' => Some(Level::Plenty),
        _ => None,
    };
    let days: Option<Vec<Level>> = letters.trim().chars().map(level).collect();
    let days = days.filter(|days| days.len() == 7).ok_or_else(wrong)?;
    Ok(ShownRow { category: category.trim().to_owned(), days })
}

#[derive(Debug, Args)]
pub(crate) struct Ways {
    /// Such as "Bridge End=9"; without a number it is forgotten.
    #[arg(value_name = "PLACE=MINUTES", required = true, value_parser = way)]
    ways: Vec<WayView>,
}

impl Ways {
    pub(crate) fn call(self) -> calls::Ways {
        calls::Ways { ways: self.ways }
    }
}

/// "Bridge End=9", or "Bridge End=".
fn way(text: &str) -> Result<WayView, String> {
    let wrong = || "a place and minutes, such as \"Bridge End=9\"".to_owned();
    let (place, minutes) = text.rsplit_once('=').ok_or_else(wrong)?;
    let minutes = Some(minutes.trim()).filter(|minutes| !minutes.is_empty());
    let minutes = minutes.map(str::parse).transpose().map_err(|_| wrong())?;
    Ok(WayView { place: place.trim().to_owned(), minutes })
}

#[derive(Debug, Args)]
pub(crate) struct Weigh {
    promise: String,
    /// How long it takes you each time, such as 45m or 2h; what the post says, if left out.
    #[arg(value_name = "TIME", value_parser = minutes)]
    time: Option<u16>,
}

impl Weigh {
    pub(crate) fn call(self) -> calls::Weigh {
        calls::Weigh { id: self.promise, minutes: self.time }
    }
}

/// "45m" or "2h", as minutes.
fn minutes(text: &str) -> Result<u16, String> {
    let wrong = || "a number and m or h, such as 45m or 2h".to_owned();
    let (number, factor) = match (text.strip_suffix('m'), text.strip_suffix('h')) {
        (Some(number), _) => (number, 1),
        (_, Some(number)) => (number, 60),
        _ => return Err(wrong()),
    };
    number.parse::<u16>().ok().and_then(|n| n.checked_mul(factor)).ok_or_else(wrong)
}

/// A promise, as it is asked about before it is made.
pub(crate) fn before(promise: &calls::Promise) -> calls::BeforePromise {
    let calls::Promise { id, amount, slots, every, .. } = promise.clone();
    calls::BeforePromise { id, amount, slots, every }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weeks_pins_and_spans() {
        let shown = row("ride=-s-s--p").unwrap();
        assert_eq!((shown.category.as_str(), shown.days[6]), ("ride", Level::Plenty));
        assert!(row("ride=-s").is_err() && row("ride").is_err() && row("ride=xxxxxxx").is_err());
        assert_eq!(pin("2026-11-30=Sam").unwrap().person, "Sam");
        assert!(pin("Sam").is_err());
        assert_eq!((minutes("45m"), minutes("2h")), (Ok(45), Ok(120)));
        assert!(minutes("2").is_err() && minutes("60000h").is_err());
    }
}
