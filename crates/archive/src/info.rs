//! `bag-info.txt`: who made the backup, of what, and when.

use closeknit_ids::{CircleId, DeviceId, MemberId};
use jiff::{Timestamp, tz::TimeZone};

use crate::ArchiveError;

/// The format that this app writes and reads.
pub const FORMAT: u32 = 1;
/// The most circles in a backup.
pub const MOST_CIRCLES: usize = 200;

/// What the writer of a backup says about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct About {
    /// When it is written; parts of a second are dropped.
    pub written: Timestamp,
    /// Name and version of the app.
    pub app: String,
    /// The circles in it, at most [`MOST_CIRCLES`].
    pub circles: Vec<CircleInfo>,
}

/// A circle in a backup.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CircleInfo {
    /// Its id.
    pub circle: CircleId,
    /// Its name.
    pub name: String,
    /// Who in it wrote the backup.
    pub member: MemberId,
}

/// What a backup says about itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Info {
    /// When, by what app, of which circles.
    pub about: About,
    /// The machine that wrote it.
    pub device: DeviceId,
    /// The age recipients that can open it; none if it was sealed with a passphrase.
    pub recipients: Vec<String>,
}

const DESCRIPTION: &str = "A backup made by Closeknit, an app for mutual aid among neighbours. \
                           Signed with minisign; data/documents holds Automerge documents, \
                           data/readable is for people.";
const AGENT: &str = "Bag-Software-Agent";
const VERSION: &str = "Closeknit-Format";
const WRITTEN: &str = "Closeknit-Written";
const DEVICE: &str = "Closeknit-Device";
const CIRCLE: &str = "Closeknit-Circle";
const RECIPIENT: &str = "Closeknit-Recipient";

impl Info {
    pub(crate) fn new(
        about: &About,
        device: DeviceId,
        recipients: Vec<String>,
    ) -> Result<Self, ArchiveError> {
        if about.circles.len() > MOST_CIRCLES {
            return Err(ArchiveError::TooLarge("circles"));
        }
        let circle = |circle: &CircleInfo| CircleInfo { name: one_line(&circle.name), ..circle.clone() };
        let written = about.written.as_second();
        let about = About {
            written: Timestamp::from_second(written.max(0)).unwrap_or(Timestamp::UNIX_EPOCH),
            app: one_line(&about.app),
            circles: about.circles.iter().map(circle).collect(),
        };
        Ok(Self { about, device, recipients })
    }

    /// When it was written, as tar has it: seconds since 1970.
    pub(crate) fn mtime(&self) -> u64 {
        u64::try_from(self.about.written.as_second()).unwrap_or(0)
    }

    pub(crate) fn to_text(&self) -> String {
        let About { written, app, circles } = &self.about;
        let mut lines = vec![
            format!("External-Description: {DESCRIPTION}"),
            format!("Bagging-Date: {}", TimeZone::UTC.to_datetime(*written).date()),
            format!("{AGENT}: {app}"),
            format!("{VERSION}: {FORMAT}"),
            format!("{WRITTEN}: {written}"),
            format!("{DEVICE}: {}", self.device),
        ];
        for CircleInfo { circle, name, member } in circles {
            lines.push(format!("{CIRCLE}: {circle} {member} {name}"));
        }
        lines.extend(self.recipients.iter().map(|recipient| format!("{RECIPIENT}: {recipient}")));
        lines.push(String::new());
        lines.join("\n")
    }

    /// Reads the text; lines that this version does not know are passed over.
    pub(crate) fn parse(text: &[u8]) -> Result<Self, ArchiveError> {
        let damaged = || ArchiveError::Damaged("what it says about itself");
        let text = std::str::from_utf8(text).map_err(|_| damaged())?;
        let values = |label: &'static str| {
            text.lines().filter_map(move |line| line.strip_prefix(label)?.strip_prefix(": "))
        };
        let only = |label| match (values(label).next(), values(label).nth(1)) {
            (Some(value), None) => Ok(value),
            _ => Err(damaged()),
        };
        match only(VERSION)?.parse() {
            Ok(FORMAT) => {}
            Ok(found) if found > FORMAT => return Err(ArchiveError::Newer { found, known: FORMAT }),
            _ => return Err(damaged()),
        }
        let circles: Vec<_> = values(CIRCLE)
            .take(MOST_CIRCLES + 1)
            .map(CircleInfo::parse)
            .collect::<Option<_>>()
            .ok_or_else(damaged)?;
        if circles.len() > MOST_CIRCLES {
            return Err(ArchiveError::TooLarge("circles"));
        }
        Ok(Self {
            about: About {
                written: only(WRITTEN)?.parse().map_err(|_| damaged())?,
                app: only(AGENT)?.into(),
                circles,
            },
            device: only(DEVICE)?.parse().map_err(|_| damaged())?,
            recipients: values(RECIPIENT).map(Into::into).collect(),
        })
    }
}

impl CircleInfo {
    fn parse(value: &str) -> Option<Self> {
        let (circle, rest) = value.split_once(' ')?;
        let (member, name) = rest.split_once(' ')?;
        Some(Self { circle: circle.parse().ok()?, member: member.parse().ok()?, name: name.into() })
    }
}

/// At most 100 characters, without line ends and other controls.
fn one_line(text: &str) -> String {
    text.chars().filter(|char| !char.is_control()).take(100).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn info() -> Info {
        let millrace = CircleInfo {
            circle: CircleId([1; 32]),
            name: "Millrace, by the weir".into(),
            member: MemberId([2; 32]),
        };
        let about = About {
            written: "2025-06-15T15:06:40.5Z".parse().unwrap(),
            app: "Closeknit 0.1.0".into(),
            circles: vec![millrace.clone(), CircleInfo { name: "two\nlines\r\u{7}".into(), ..millrace }],
        };
        Info::new(&about, DeviceId([3; 32]), vec!["age1abc".into(), "age1def".into()]).unwrap()
    }

    #[test]
    fn what_is_written_is_read() {
        let info = info();
        assert_eq!(Info::parse(info.to_text().as_bytes()).unwrap(), info);
        assert_eq!(info.about.circles[1].name, "twolines", "a name cannot begin a line of its own");
        assert_eq!(info.mtime(), 1_750_000_000);
        assert!(info.to_text().contains("Bagging-Date: 2025-06-15\n"));
    }

    #[test]
    fn a_newer_format_is_its_own_error_and_a_later_line_none() {
        let text = info().to_text();
        let newer = text.replace("Closeknit-Format: 1", "Closeknit-Format: 2");
        let refused = Info::parse(newer.as_bytes());
        assert!(matches!(refused, Err(ArchiveError::Newer { found: 2, known: 1 })));
        assert_eq!(Info::parse(format!("{text}Closeknit-Weather: fine\n").as_bytes()).unwrap(), info());
    }

    #[test]
    fn missing_doubled_and_broken_lines_are_refused() {
        let text = info().to_text();
        for label in [AGENT, VERSION, WRITTEN, DEVICE] {
            let without: String = text
                .lines()
                .filter(|line| !line.starts_with(label))
                .map(|line| format!("{line}\n"))
                .collect();
            assert!(Info::parse(without.as_bytes()).is_err(), "{label} missing");
            let line = text.lines().find(|line| line.starts_with(label)).unwrap();
            assert!(Info::parse(format!("{text}{line}\n").as_bytes()).is_err(), "{label} twice");
        }
        for broken in ["Closeknit-Circle: 01 02 x", "Closeknit-Circle:  ", "Closeknit-Device: 01"] {
            assert!(Info::parse(format!("{text}{broken}\n").as_bytes()).is_err(), "{broken}");
        }
        assert!(Info::parse(b"\xff\xfe").is_err());
        let many =
            format!("{text}{}", format!("{CIRCLE}: {} {} x\n", info().device, info().device).repeat(200));
        assert!(matches!(Info::parse(many.as_bytes()), Err(ArchiveError::TooLarge(_))));
    }
}
