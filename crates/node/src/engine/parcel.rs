//! The parcel: what this machine would tell another over the wire, as a file to carry there. What is
//! read comes in as over a connection, through the same gate; nobody is told that it came.

use std::{
    collections::BTreeSet,
    fs::File,
    path::{Path, PathBuf},
};

use closeknit_api::{ErrorCode, Phrase, calls, views::BackupReport};
use closeknit_archive::{ArchiveError, MOST_PARCEL_RECIPIENTS, OpenParcel, Put, open_parcel, write_parcel};
use closeknit_ids::{CircleId, DeviceId, DocId, MemberId};
use closeknit_sync::{
    Entry, Event, Holdings as _, Limits, Outdated, Piece,
    frame::FrameError,
    parcel::{self, DocumentWriter, Item, ParcelError, Reader},
};
use closeknit_trust::{
    chain::{self, ChainError},
    ledger::Room,
    seal::{Identity, Recipient},
    statement::Statement,
};

use super::{
    Engine, Moment,
    circle::Circle,
    failure::{Failure, Outcome},
    holdings::Shelf,
};

/// Bytes of a parcel in memory, besides one frame.
const AT_ONCE: usize = 64 * 1024;

impl Engine {
    pub(super) fn write_parcel(
        &mut self,
        at: Moment,
        id: CircleId,
        call: &calls::WriteParcel,
    ) -> Outcome<BackupReport> {
        let circle = self.circle(id)?;
        if circle.is_draft() {
            return Err(Failure::new(ErrorCode::NobodyElse));
        }
        if !circle.belongs() {
            return Err(Failure::new(ErrorCode::NotAMember));
        }
        let reader = circle.reader(at.now);
        let to = call.to.as_deref().filter(|to| !to.trim().is_empty());
        let to = to.map(|to| circle.member_named(&reader, to)).transpose()?;
        let path = PathBuf::from(&call.path);
        let device = self.secrets.device.id();
        let shelf = Shelf { circle, view: self.store.view(), device, now: at.now };
        let size = write_parcel(&path, &circle.parcel_recipients(to), |put| fill(&shelf, device, put))
            .map_err(|failure: Failure| failure.with("path", path.display()))?;
        let says = Phrase::new("parcel-written")
            .text("path", path.display().to_string())
            .number("people", shelf.catalogue().len())
            .number("bytes", size);
        let whom = match to {
            Some(to) => {
                Phrase::new("parcel-for-one").text("name", reader.name(to).unwrap_or_else(|| to.short()))
            }
            None => Phrase::new("parcel-for-circle"),
        };
        Ok(BackupReport {
            path: path.display().to_string(),
            bytes: u32::try_from(size).unwrap_or(u32::MAX),
            says,
            notes: vec![whom, Phrase::new("parcel-not-there-yet")],
        })
    }

    pub(super) fn read_parcel(&mut self, at: Moment, call: &calls::ReadParcel) -> Outcome<BackupReport> {
        let path = Path::new(&call.path);
        let file = File::open(path).map_err(|error| crate::files::problem(path, &error))?;
        let bytes = file.metadata().map_or(0, |file| file.len());
        let mut opened = open_parcel(file, &self.parcel_keys()).map_err(unreadable)?;
        let mut came = Came::default();
        let notes = match self.read_frames(at, &mut opened, &mut came) {
            Ok(()) => Vec::new(),
            // What came before stays; before it was known whose it is nothing did.
            Err(Failure(error)) if error.code == ErrorCode::ParcelRefused && came.from.is_some() => {
                vec![Phrase::new("parcel-broke-off")]
            }
            Err(failure) => return Err(failure),
        };
        let says = if came.entries == 0 && came.refused == 0 && came.statements == 0 {
            Phrase::new("backup-restored-nothing")
        } else {
            Phrase::new("backup-restored")
                .number("added", came.entries)
                .number("people", came.documents.len())
                .number("refused", came.refused)
        };
        Ok(BackupReport {
            path: call.path.clone(),
            bytes: u32::try_from(bytes).unwrap_or(u32::MAX),
            says,
            notes,
        })
    }

    /// What opens a parcel for anybody who this machine is.
    fn parcel_keys(&self) -> Vec<Identity> {
        self.shown_circles().flat_map(|circle| circle.locks.keys()).cloned().collect()
    }

    fn read_frames(&mut self, at: Moment, opened: &mut OpenParcel<File>, came: &mut Came) -> Outcome<()> {
        let mut reader = Reader::new(&Limits::default());
        let mut buffer = vec![0; AT_ONCE];
        loop {
            let count = opened.read(&mut buffer).map_err(unreadable)?;
            if count == 0 {
                return Ok(reader.finish()?);
            }
            let mut bytes = buffer.get(..count).unwrap_or_default();
            while let Some(item) = reader.take(&mut bytes)? {
                self.take_item(at, item, came)?;
            }
        }
    }

    fn take_item(&mut self, at: Moment, item: Item, came: &mut Came) -> Outcome<()> {
        match (item, came.from) {
            (Item::Writer { device, chain }, _) => {
                came.from = Some((device, self.circle_of_parcel(device, &chain)?));
                Ok(())
            }
            (Item::Statements(statements), Some((_, id))) => {
                let judged = self.take_into(at, id, &mut came.room, &statements)?;
                came.refused = came.refused.saturating_add(usize::from(judged.forged));
                came.statements = came.statements.saturating_add(judged.stated.len());
                if judged.stated.is_empty() { Ok(()) } else { self.stated(at, id, &judged.stated, None) }
            }
            (Item::Document(piece), Some((device, id))) => self.take_carried(at, id, device, &piece, came),
            (_, None) => Ok(()),
        }
    }

    /// Which circle a parcel is of, if its writer shows that they belong to it.
    fn circle_of_parcel(&self, device: DeviceId, chain: &[Vec<u8>]) -> Outcome<CircleId> {
        let first = chain.first().and_then(|bytes| Statement::parse(bytes).ok());
        let first = first.ok_or_else(|| Failure::new(ErrorCode::ParcelStranger))?;
        let mut circles = self.shown_circles().filter(|circle| !circle.is_draft());
        let circle = circles.find(|circle| circle.id == first.circle());
        let circle = circle.ok_or_else(|| Failure::new(ErrorCode::ParcelElsewhere))?;
        if circle.roster.may_read(device) {
            return Ok(circle.id);
        }
        match chain::check(circle.id, chain, device, &circle.roster) {
            Ok(_) => Ok(circle.id),
            Err(ChainError::Gone | ChainError::Dropped) => Err(Failure::new(ErrorCode::ParcelFormer)),
            Err(_) => Err(Failure::new(ErrorCode::ParcelStranger)),
        }
    }

    /// Documents come from who is active by all statements, as over a connection.
    fn take_carried(
        &mut self,
        at: Moment,
        id: CircleId,
        writer: DeviceId,
        piece: &Piece,
        came: &mut Came,
    ) -> Outcome<()> {
        let circle = self.circle(id)?;
        if !circle.roster.may_read(writer) {
            return Err(Failure::new(ErrorCode::ParcelFormer));
        }
        let entry = Entry { doc: piece.doc, generation: piece.generation, version: piece.version };
        let shelf = Shelf { circle, view: self.store.view(), device: self.secrets.device.id(), now: at.now };
        if !shelf.wants(&entry) {
            return Ok(());
        }
        let judged = self.take_piece(at, id, piece)?;
        came.refused = came.refused.saturating_add(usize::from(judged.forged || judged.refused));
        if let Some(grew) = judged.grew {
            came.entries = came.entries.saturating_add(grew.changes.len());
            came.documents.insert(grew.doc);
            self.exchange(at, id, Event::Grew { piece: grew, source: None })?;
        }
        match judged.altered {
            Some(doc) => self.exchange(at, id, Event::Altered { doc }),
            None => Ok(()),
        }
    }
}

/// What came out of a parcel so far.
#[derive(Debug, Default)]
struct Came {
    /// Which machine wrote it, and of which circle it is, once that is known.
    from: Option<(DeviceId, CircleId)>,
    /// Statements that wait for others.
    room: Room,
    statements: usize,
    entries: usize,
    documents: BTreeSet<DocId>,
    refused: usize,
}

impl Circle {
    /// Who can open a parcel: the machines of one member or of all, and their words as far as there is
    /// room.
    fn parcel_recipients(&self, to: Option<MemberId>) -> Vec<Recipient> {
        let members = to.map_or_else(|| self.active_members(), |to| BTreeSet::from([to]));
        let machines = members.iter().flat_map(|member| self.roster.machines_of(*member));
        let machines = machines.filter(|machine| !machine.dropped).map(|machine| machine.recipient);
        let known = members.iter().filter_map(|member| self.roster.member(*member)?.words);
        let mut recipients: Vec<_> = machines.chain(known.map(|words| words.recipient)).collect();
        recipients.truncate(MOST_PARCEL_RECIPIENTS);
        recipients
    }
}

/// Everything of a circle, in the order in which it is taken in.
fn fill(shelf: &Shelf<'_>, writer: DeviceId, put: &mut Put<'_>) -> Outcome<()> {
    parcel::begin(shelf, writer, |bytes| Ok::<_, Failure>(put(bytes)?))?;
    for entry in shelf.catalogue() {
        let mut document = DocumentWriter::new(entry, shelf.tips(entry.doc));
        shelf.each_change(&entry, |change| {
            if let Some(bytes) = document.add(change)? {
                put(&bytes)?;
            }
            Ok::<_, Failure>(())
        })?;
        put(&document.finish()?)?;
    }
    Ok(())
}

fn unreadable(error: ArchiveError) -> Failure {
    match error {
        ArchiveError::WrongKey | ArchiveError::NeedsPassphrase | ArchiveError::NeedsKey => {
            Failure::new(ErrorCode::ParcelLocked)
        }
        ArchiveError::NotABackup | ArchiveError::Damaged(_) => Failure::new(ErrorCode::ParcelRefused),
        other => other.into(),
    }
}

impl From<ParcelError> for Failure {
    fn from(error: ParcelError) -> Self {
        match error {
            ParcelError::Version(Outdated::Here) => Self::new(ErrorCode::NewerVersion),
            _ => Self::new(ErrorCode::ParcelRefused),
        }
    }
}

/// What is here always fits in a frame.
impl From<FrameError> for Failure {
    fn from(error: FrameError) -> Self {
        Self::internal(error)
    }
}
