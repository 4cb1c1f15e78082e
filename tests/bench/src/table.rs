//! Numbers, and the one table they stand in.

use std::{fmt::Write as _, time::Duration};

/// The same thing measured several times, in seconds, bytes or what it may be.
#[derive(Debug, Clone, Default)]
pub(crate) struct Samples(Vec<f64>);

impl Samples {
    pub(crate) fn add(&mut self, took: Duration) {
        self.0.push(took.as_secs_f64());
    }

    pub(crate) fn one(value: f64) -> Self {
        Self(vec![value])
    }

    pub(crate) fn median(&self) -> f64 {
        self.at(0.5)
    }

    /// The value below which this part of them lies.
    pub(crate) fn at(&self, part: f64) -> f64 {
        let mut sorted = self.0.clone();
        sorted.sort_by(f64::total_cmp);
        let place = (sorted.len().saturating_sub(1) as f64 * part).round() as usize;
        sorted.get(place).copied().unwrap_or(f64::NAN)
    }

    /// How far nine tenths of them lie apart, as a part of the median.
    pub(crate) fn spread(&self) -> f64 {
        (self.at(0.95) - self.at(0.05)) / self.median()
    }
}

/// What a number counts.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Unit {
    Seconds,
    Bytes,
    /// Pieces of anything.
    Count,
}

impl Unit {
    fn show(self, value: f64) -> String {
        match self {
            Self::Seconds if value >= 1.0 => format!("{value:.2} s"),
            Self::Seconds if value >= 0.001 => format!("{:.2} ms", value * 1e3),
            Self::Seconds => format!("{:.0} µs", value * 1e6),
            Self::Bytes if value >= 1e6 => format!("{:.2} MB", value / 1e6),
            Self::Bytes => format!("{:.2} KB", value / 1e3),
            Self::Count => format!("{value:.1}"),
        }
    }
}

/// What a ratio should be.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Aim {
    /// So many times faster than what it is compared with.
    Faster(f64),
    /// At most so many times what it is compared with.
    AtMost(f64),
    /// No longer than this.
    Within(Duration),
    /// No more than this, in what the row counts.
    Below(f64),
    /// Shown, with no aim of its own.
    None,
}

/// A line of the table.
#[derive(Clone)]
pub(crate) struct Row {
    pub(crate) what: String,
    pub(crate) unit: Unit,
    pub(crate) ours: f64,
    pub(crate) beside: String,
    pub(crate) theirs: f64,
    pub(crate) aim: Aim,
    /// Of ours and theirs.
    pub(crate) spread: Option<(f64, f64)>,
}

impl Row {
    /// Medians of the same thing done here and there.
    pub(crate) fn medians(what: &str, ours: &Samples, beside: &str, theirs: &Samples, aim: Aim) -> Self {
        Self {
            what: what.into(),
            unit: Unit::Seconds,
            ours: ours.median(),
            beside: beside.into(),
            theirs: theirs.median(),
            aim,
            spread: Some((ours.spread(), theirs.spread())),
        }
    }

    /// What all but one in a hundred stay below.
    pub(crate) fn ninety_nine(what: &str, ours: &Samples, beside: &str, theirs: &Samples, aim: Aim) -> Self {
        Self::below(0.99, what, (ours, beside, theirs), aim)
    }

    /// The greatest.
    pub(crate) fn most(what: &str, ours: &Samples, beside: &str, theirs: &Samples, aim: Aim) -> Self {
        Self::below(1.0, what, (ours, beside, theirs), aim)
    }

    /// What this part of them stays below.
    fn below(part: f64, what: &str, (ours, beside, theirs): (&Samples, &str, &Samples), aim: Aim) -> Self {
        Self {
            ours: ours.at(part),
            theirs: theirs.at(part),
            spread: None,
            ..Self::medians(what, ours, beside, theirs, aim)
        }
    }

    fn cells(&self) -> [String; 7] {
        let (ratio, aim, reached) = match self.aim {
            Aim::Faster(aim) => {
                let ratio = self.theirs / self.ours;
                (format!("{ratio:.2} × faster"), format!("≥ {aim} ×"), Some(ratio >= aim))
            }
            Aim::AtMost(aim) => {
                let ratio = self.ours / self.theirs;
                (format!("{ratio:.2} ×"), format!("≤ {aim} ×"), Some(ratio <= aim))
            }
            Aim::Within(aim) => {
                let (ratio, reached) = (self.ours / self.theirs, self.ours <= aim.as_secs_f64());
                (format!("{ratio:.2} ×"), format!("≤ {} ms", aim.as_millis()), Some(reached))
            }
            Aim::Below(aim) => {
                let (ratio, reached) = (self.ours / self.theirs, self.ours <= aim);
                (format!("{ratio:.2} ×"), format!("≤ {}", self.unit.show(aim)), Some(reached))
            }
            Aim::None => (format!("{:.2} ×", self.ours / self.theirs), String::new(), None),
        };
        let aim = match reached {
            Some(true) => format!("{aim}, reached"),
            Some(false) => format!("{aim}, NOT reached"),
            None => aim,
        };
        let percent = |part: f64| format!("{:.0} %", part * 100.0);
        let spread = self.spread.map(|(ours, theirs)| format!("{} / {}", percent(ours), percent(theirs)));
        [
            self.what.clone(),
            self.unit.show(self.ours),
            self.beside.clone(),
            self.unit.show(self.theirs),
            ratio,
            aim,
            spread.unwrap_or_default(),
        ]
    }
}

const HEAD: [&str; 7] = ["what", "here", "beside it", "there", "ratio", "aim", "spread"];

/// The table as text that is also Markdown.
pub(crate) fn table(rows: &[Row]) -> String {
    let head = HEAD.map(str::to_owned);
    let cells: Vec<[String; 7]> = std::iter::once(head).chain(rows.iter().map(Row::cells)).collect();
    let width = |column: usize| {
        cells.iter().filter_map(|row| row.get(column)).map(|cell| cell.chars().count()).max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..HEAD.len()).map(width).collect();
    let mut text = String::new();
    for (number, row) in cells.iter().enumerate() {
        for (cell, width) in row.iter().zip(&widths) {
            let _ = write!(text, "| {cell:width$} ");
        }
        text.push_str("|\n");
        if number == 0 {
            widths.iter().for_each(|width| {
                let _ = write!(text, "|{}", "-".repeat(width + 2));
            });
            text.push_str("|\n");
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn medians_and_spread_are_of_what_was_measured() {
        let mut samples = Samples::default();
        (1..=101).for_each(|ms| samples.add(Duration::from_millis(ms)));
        assert!((samples.median() - 0.051).abs() < 1e-9 && (samples.at(0.99) - 0.1).abs() < 1e-9);
        assert!((samples.spread() - 90.0 / 51.0).abs() < 1e-9);
    }

    #[test]
    fn an_aim_that_is_missed_says_so() {
        let row = |aim| Row {
            what: "an act".into(),
            unit: Unit::Seconds,
            ours: 0.002,
            beside: "a bare one".into(),
            theirs: 0.006,
            aim,
            spread: None,
        };
        let within = |ms| row(Aim::Within(Duration::from_millis(ms)));
        let bytes = Row { unit: Unit::Bytes, ours: 3_100.0, theirs: 3_100.0, ..row(Aim::Below(3_000.0)) };
        let text = table(&[row(Aim::Faster(5.0)), row(Aim::AtMost(1.5)), within(2), within(1), bytes]);
        let lines: Vec<&str> = text.lines().collect();
        assert!(lines[2].contains("3.00 × faster") && lines[2].contains("NOT reached"), "{text}");
        assert!(lines[3].contains("0.33 ×") && lines[3].contains("≤ 1.5 ×, reached"), "{text}");
        assert!(lines[4].contains("0.33 ×") && lines[4].contains("≤ 2 ms, reached"), "{text}");
        assert!(lines[5].contains("≤ 1 ms, NOT reached"), "{text}");
        assert!(lines[6].contains("3.10 KB") && lines[6].contains("≤ 3.00 KB, NOT reached"), "{text}");
        assert!(lines.iter().all(|line| line.chars().count() == lines[0].chars().count()), "{text}");
    }
}
