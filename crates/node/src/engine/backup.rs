//! The signed backup: everything of every circle, out and in. Coming in it passes the same gate as
//! what comes over the wire, and merges with what is here.

use std::{
    collections::BTreeMap,
    fs::File,
    ops::ControlFlow,
    path::{Path, PathBuf},
    slice,
};

use closeknit_api::{
    ErrorCode, Phrase, Tag, calls,
    views::{BackupReport, BackupView, ProgressView},
};
use closeknit_archive::{
    About, ArchiveError, Backup, CircleInfo, Item, OpenWith, Progress, SealTo, Signer, Step, open, write,
};
use closeknit_ids::{CircleId, DocId, MemberId};
use closeknit_replica::{Admission, Room};
use closeknit_store::{self as store, Durability, Stage, Store};
use closeknit_sync::{Piece, Version};
use closeknit_trust::{
    circle::{doc_id, draft_circle},
    device::DeviceKeys,
    ledger,
    statement::{Body, Enrol, Found, Pen, Statement},
    tip::Tip,
    words::{MemberKey, Nonce, Words},
};
use jiff::Timestamp;

use super::{
    Engine, Moment, VERSION,
    circle::{Circle, machine_label},
    document::signed_head,
    failure::{Failure, Outcome},
    packing::{circle_info, fill},
    settings,
    start::{MOST_DRAFTS, draft_nonce, machine_zone},
};

/// What the calls of a backup carry to open it with.
struct Key<'a> {
    words: Option<&'a str>,
    passphrase: Option<&'a str>,
}

impl Engine {
    pub(super) fn write_backup(&mut self, at: Moment, call: &calls::WriteBackup) -> Outcome<BackupReport> {
        if self.shown_circles().next().is_none() {
            return Err(Failure::new(ErrorCode::NotStarted));
        }
        let path = PathBuf::from(&call.path);
        let about = About {
            written: at.now,
            app: format!("Closeknit {VERSION}"),
            circles: self.shown_circles().map(circle_info).collect(),
        };
        let recipients = match &call.passphrase {
            Some(_) => Vec::new(),
            None => vec![self.backup_recipient()?],
        };
        let seal = call.passphrase.as_deref().map_or(SealTo::Recipients(&recipients), SealTo::Passphrase);
        let (view, circles) = (self.store.view(), self.shown_circles().collect::<Vec<_>>());
        let job = self.underway.begin(Step::Writing);
        let mut watch = |progress| job.goes_on(progress);
        let written = write(&path, &about, seal, &self.secrets.device, &mut watch, |bag| {
            fill(bag, view, &circles, at.now)
        })
        .map_err(|Failure(error)| Failure(error.with("path", path.display())))?;
        let said = Phrase::new("backup-written")
            .text("path", path.display().to_string())
            .number("documents", written.contents.documents)
            .number("bytes", written.size);
        let needs = if call.passphrase.is_some() { "backup-needs-passphrase" } else { "backup-needs-words" };
        Ok(BackupReport {
            path: path.display().to_string(),
            bytes: u32::try_from(written.size).unwrap_or(u32::MAX),
            says: said,
            notes: vec![Phrase::new(needs)],
        })
    }

    pub(super) fn progress(&mut self, _: Moment, call: &calls::Progress) -> Outcome<ProgressView> {
        if call.stop == Some(true) {
            self.underway.stop();
        }
        Ok(self.underway.view())
    }

    /// The key that the words make; it is kept for when the words themselves are only on paper.
    fn backup_recipient(&self) -> Outcome<closeknit_trust::seal::Recipient> {
        if let Some(words) = self.secrets.words() {
            return Ok(words.recipient());
        }
        settings::backup_recipient(self.store.view())?.ok_or_else(|| Failure::new(ErrorCode::BadWords))
    }

    pub(super) fn show_backup(&mut self, _: Moment, call: &calls::ShowBackup) -> Outcome<BackupView> {
        let key = Key { words: call.words.as_deref(), passphrase: call.passphrase.as_deref() };
        let (mut backup, _) = self.open_backup(Path::new(&call.path), &key)?;
        let statements = Statements::of(&mut backup)?;
        let info = backup.info().clone();
        let contents = backup.contents();
        let narrow = |number: u64| u32::try_from(number).unwrap_or(u32::MAX);
        Ok(BackupView {
            written: info.about.written.to_string(),
            name: None,
            circles: info.about.circles.iter().map(|circle| circle.name.clone()).collect(),
            signer: self.signer(&statements, &backup.signer()),
            statements: narrow(contents.statements),
            documents: narrow(contents.documents),
            changes: narrow(contents.changes),
            bytes: narrow(contents.bytes),
        })
    }

    /// Who signed a backup, as its own statements name them.
    fn signer(&self, statements: &Statements, signer: &Signer) -> Phrase {
        let enrolled = statements.0.values().flatten().find_map(|statement| match statement.body() {
            Body::Enrol(enrol)
                if enrol.machine.device == signer.device && enrol.machine.minisign == signer.key =>
            {
                Some((statement.member(), &enrol.machine.label))
            }
            _ => None,
        });
        match enrolled {
            None => Phrase::new("backup-signer-unknown"),
            Some((member, label)) if self.circles.values().any(|circle| circle.me == member) => {
                Phrase::new("backup-signer-you").text("label", label.to_string())
            }
            Some((member, label)) => {
                let known = self.circles.values().find_map(|c| c.reader(Timestamp::UNIX_EPOCH).name(member));
                let name = known.unwrap_or_else(|| member.short());
                Phrase::new("backup-signer-member").text("name", name).text("label", label.to_string())
            }
        }
    }

    pub(super) fn restore_backup(
        &mut self,
        at: Moment,
        call: &calls::RestoreBackup,
    ) -> Outcome<BackupReport> {
        let path = Path::new(&call.path);
        let key = Key { words: call.words.as_deref(), passphrase: call.passphrase.as_deref() };
        let (mut backup, words) = self.open_backup(path, &key)?;
        let words = words.or_else(|| self.secrets.words().cloned());
        let inside = Inside { opened_by_words: call.passphrase.is_none(), ..Inside::of(&mut backup)? };
        let mut added = Added::default();
        for info in &backup.info().about.circles {
            // Its circle took over what the draft held, and may have forgotten some of it since.
            if self.circles.values().any(|circle| circle.was(info.circle)) {
                continue;
            }
            if !self.circles.contains_key(&info.circle) {
                let Some(words) = &words else {
                    return Err(Failure::new(ErrorCode::BadWords).with("reason", "needed"));
                };
                self.bring_back(at, info, &inside, words)?;
            }
            self.merge(at, info.circle, &inside, words.as_ref(), &mut added)?;
        }
        if let Some(words) = words.filter(|_| self.secrets.words().is_none()) {
            self.secrets.keep_words(&self.directory, words)?;
        }
        self.use_keys();
        self.serve()?;
        for tag in [Tag::Status, Tag::Board, Tag::Me, Tag::Circle, Tag::Near] {
            self.tag(tag);
        }
        let says = if added.entries == 0 {
            Phrase::new("backup-restored-nothing")
        } else {
            Phrase::new("backup-restored")
                .number("added", added.entries)
                .number("people", added.people)
                .number("refused", added.refused)
        };
        let notes = if added.new_machine { vec![Phrase::new("backup-restored-device")] } else { Vec::new() };
        let bytes = std::fs::metadata(path).map_or(0, |file| file.len());
        Ok(BackupReport {
            path: call.path.clone(),
            bytes: u32::try_from(bytes).unwrap_or(u32::MAX),
            says,
            notes,
        })
    }

    fn open_backup(&self, path: &Path, key: &Key<'_>) -> Outcome<(Backup<File>, Option<Words>)> {
        let file = File::open(path).map_err(|error| crate::files::problem(path, &error))?;
        let typed = key.words.map(Words::from_phrase).transpose()?;
        let words = typed.or_else(|| self.secrets.words().cloned());
        let job = self.underway.begin(Step::Reading);
        let mut watch = |progress| job.goes_on(progress);
        let opened = match (key.passphrase, &words) {
            (Some(passphrase), _) => open(file, OpenWith::Passphrase(passphrase), &mut watch),
            (None, Some(words)) => open(file, OpenWith::Identities(&[words.identity()]), &mut watch),
            (None, None) => return Err(Failure::new(ErrorCode::BackupLocked)),
        };
        Ok((opened?, words))
    }

    /// A circle of this member that is not here: its beginning and its statements, with this machine
    /// as one more of the member's.
    fn bring_back(&mut self, at: Moment, info: &CircleInfo, inside: &Inside, words: &Words) -> Outcome<()> {
        let statements = inside.statements.0.get(&info.circle).map(Vec::as_slice).unwrap_or_default();
        let own = statements.iter().find_map(|statement| own_enrolment(statement, words));
        let own = own.or_else(|| own_draft(info, words));
        let Some((key, nonce)) = own else { return Err(Failure::new(ErrorCode::OtherWords)) };
        // A draft needs them, and whoever typed them here can be asked for them here.
        if self.secrets.words().is_none() {
            self.secrets.keep_words(&self.directory, words.clone())?;
        }
        let me = key.id();
        let draft = info.circle == draft_circle(me);
        let found = statements.iter().find_map(|statement| match statement.body() {
            Body::Found(found) => Some(found),
            _ => None,
        });
        let row = row(info, found, draft, at.now).ok_or_else(|| refused("its circle has no beginning"))?;
        self.store.write(Durability::Full, |batch| {
            batch.put_circle(&row)?;
            settings::set_member(batch, row.id, me, nonce)?;
            settings::set_behind(batch, row.id, true)?;
            settings::set_current(batch, row.id)
        })?;
        let mut circle = Circle::load(self.store.view(), &row, &self.secrets)?;
        let bytes: Vec<_> = statements.iter().map(|statement| statement.bytes().to_vec()).collect();
        circle.take_statements(&mut self.store, &mut ledger::Room::default(), &bytes, at.now)?;
        let device = self.secrets.device.id();
        let known = circle.ledger.as_ref().is_some_and(|ledger| ledger.has_enrolled(device, me));
        if !known && let Err(failure) = circle.check_room_for_a_machine() {
            self.store.write(Durability::Full, |batch| batch.remove_circle(row.id))?;
            return Err(failure);
        }
        self.circles.insert(row.id, circle);
        self.current = Some(row.id);
        self.begin_exchange(row.id);
        Ok(())
    }

    /// Makes this machine one of the member's, if it is not: it was just restored, or the power went in between.
    fn enrol_here(&mut self, id: CircleId, words: &Words) -> Outcome<()> {
        let device = self.secrets.device.id();
        let Some(circle) = self.circles.get_mut(&id) else { return Ok(()) };
        let Some(ledger) = circle.ledger.as_ref().filter(|ledger| !ledger.has_enrolled(device, circle.me))
        else {
            return Ok(());
        };
        let nonce = settings::nonce(self.store.view(), id)?;
        let key = words.member_key(&nonce);
        if key.id() != circle.me {
            return Ok(());
        }
        circle.check_room_for_a_machine()?;
        let machine = self.secrets.device.machine(id, circle.me, machine_label());
        let enrol = Body::Enrol(Enrol::by_words(machine, words, nonce));
        let enrol = ledger.write(Pen::Member(&key), &enrol).map_err(Failure::internal)?;
        self.store.write(Durability::Full, |batch| batch.add_statement(id, enrol.id(), enrol.bytes()))?;
        circle.learn(&mut self.store, [enrol])
    }

    /// Lets what is in the backup through the gate.
    fn merge(
        &mut self,
        at: Moment,
        id: CircleId,
        inside: &Inside,
        words: Option<&Words>,
        added: &mut Added,
    ) -> Outcome<()> {
        let circle = self.circles.get_mut(&id).ok_or_else(|| Failure::internal("no such circle"))?;
        if circle.is_draft() {
            if !inside.opened_by_words {
                // No statement says whose machine wrote a draft: only the words that made it do.
                added.refused = added.refused.saturating_add(1);
                return Ok(());
            }
            let entries = circle.merge_draft(&mut self.store, &self.secrets.device, inside)?;
            added.entries = added.entries.saturating_add(entries);
            added.people = added.people.saturating_add(usize::from(entries > 0));
            return Ok(());
        }
        let statements = inside.statements.0.get(&id).into_iter().flatten();
        let bytes: Vec<_> = statements.map(|statement| statement.bytes().to_vec()).collect();
        let stated =
            circle.take_statements(&mut self.store, &mut ledger::Room::default(), &bytes, at.now)?.stated;
        if let Some(words) = words {
            self.enrol_here(id, words)?;
        }
        let circle = self.circles.get_mut(&id).ok_or_else(|| Failure::internal("no such circle"))?;
        let mut pieces = Vec::new();
        for (member, changes) in
            inside.changes.iter().filter(|((circle, ..), _)| *circle == id).map(|((_, m, g), c)| ((m, g), c))
        {
            let (member, generation) = member;
            let doc = doc_id(id, *member);
            let tips: Vec<_> =
                inside.tips.get(&doc).into_iter().flatten().map(|tip| tip.bytes().to_vec()).collect();
            let version = Version::from([0; 32]);
            let piece =
                Piece { doc, generation: *generation, version, tips, changes: changes.clone(), more: false };
            let judged =
                circle.take_pieces(&mut self.store, self.apart.as_deref(), slice::from_ref(&piece))?;
            let judged = judged.into_iter().next().unwrap_or_default();
            if judged.forged || judged.refused {
                added.refused = added.refused.saturating_add(1);
            }
            if let Some(grew) = judged.grew {
                added.people = added.people.saturating_add(1);
                added.entries = added.entries.saturating_add(grew.changes.len());
                pieces.push(grew);
            }
        }
        added.new_machine = added.new_machine || circle.own_records().is_some() && !pieces.is_empty();
        self.stated(at, id, &stated, None)?;
        for piece in pieces {
            self.exchange(at, id, closeknit_sync::Event::Grew { piece, source: None })?;
        }
        Ok(())
    }
}

impl Circle {
    /// What a draft held on another machine. No statement says whose machine that was: the backup
    /// was locked with the words that made the draft.
    fn merge_draft(&mut self, store: &mut Store, keys: &DeviceKeys, inside: &Inside) -> Outcome<usize> {
        let doc = self.doc(self.me);
        let mut room = Room::default();
        inside.tips.get(&doc).into_iter().flatten().for_each(|tip| room.expect(signed_head(tip)));
        for chunk in inside.changes.get(&(self.id, self.me, 0)).into_iter().flatten() {
            room.put(chunk).map_err(|error| refused(&error.to_string()))?;
        }
        let before = self.document(store, doc)?;
        let Admission { document, admitted, .. } = room.screen(&before).apply();
        if !admitted.is_empty() {
            self.commit_own_after(store, keys, &document, &admitted, |_| Ok(()))?;
            self.own = None;
        }
        Ok(admitted.len())
    }
}

#[derive(Debug, Default)]
struct Added {
    entries: usize,
    people: usize,
    refused: usize,
    new_machine: bool,
}

/// Statements of a backup by circle, each after those it names.
struct Statements(BTreeMap<CircleId, Vec<Statement>>);

impl Statements {
    fn of(backup: &mut Backup<File>) -> Outcome<Self> {
        Ok(Inside::of(backup)?.statements)
    }
}

/// What is in a backup, verified as a whole but not admitted yet.
struct Inside {
    statements: Statements,
    tips: BTreeMap<DocId, Vec<Tip>>,
    changes: BTreeMap<(CircleId, MemberId, u32), Vec<Vec<u8>>>,
    /// The owner's words opened it, not a passphrase that anybody may have set.
    opened_by_words: bool,
}

impl Inside {
    fn of(backup: &mut Backup<File>) -> Outcome<Self> {
        let mut inside = Self {
            statements: Statements(BTreeMap::new()),
            tips: BTreeMap::new(),
            changes: BTreeMap::new(),
            opened_by_words: false,
        };
        backup.items(&mut go_on, |item| {
            match item {
                Item::Statement { bytes, .. } => {
                    if let Ok(statement) = Statement::parse(&bytes) {
                        inside.statements.0.entry(statement.circle()).or_default().push(statement);
                    }
                }
                Item::Tip { bytes } => {
                    if let Ok(tip) = Tip::parse(&bytes) {
                        inside.tips.entry(tip.head().doc).or_default().push(tip);
                    }
                }
                Item::Change { of, bytes } => {
                    inside.changes.entry((of.circle, of.member, of.generation)).or_default().push(bytes);
                }
            }
            Ok::<_, Failure>(())
        })?;
        Ok(inside)
    }
}

/// Whether these words made the member key that signed this enrolment.
fn own_enrolment(statement: &Statement, words: &Words) -> Option<(MemberKey, Nonce)> {
    let Body::Enrol(Enrol { words: Some(side), .. }) = statement.body() else { return None };
    let key = words.member_key(&side.nonce);
    (key.id() == statement.member()).then_some((key, side.nonce))
}

/// Whether these words made this draft.
fn own_draft(info: &CircleInfo, words: &Words) -> Option<(MemberKey, Nonce)> {
    let drafts = (0..MOST_DRAFTS).map(|number| draft_nonce(words, number));
    let mut keys = drafts.map(|nonce| (words.member_key(&nonce), nonce));
    keys.find(|(key, _)| draft_circle(key.id()) == info.circle)
}

fn row(info: &CircleInfo, found: Option<&Found>, draft: bool, now: Timestamp) -> Option<store::Circle> {
    let (name, zone) = match found {
        Some(found) => (found.name.to_string(), found.zone.to_string()),
        None if draft => (info.name.clone(), machine_zone().name().to_owned()),
        None => return None,
    };
    let stage = if draft { Stage::Draft } else { Stage::Real };
    Some(store::Circle { id: info.circle, stage, name, zone, created: now.as_second() })
}

/// What was verified is handed over at once.
fn go_on(_: Progress) -> ControlFlow<()> {
    ControlFlow::Continue(())
}

fn refused(reason: &str) -> Failure {
    Failure::new(ErrorCode::BackupRefused).with("reason", reason)
}

impl From<ArchiveError> for Failure {
    fn from(error: ArchiveError) -> Self {
        match error {
            ArchiveError::WrongKey | ArchiveError::NeedsPassphrase | ArchiveError::NeedsKey => {
                Self::new(ErrorCode::BackupLocked)
            }
            ArchiveError::Newer { found, .. } => Self::new(ErrorCode::NewerVersion).with("found", found),
            ArchiveError::Cancelled => Self::new(ErrorCode::BackupStopped),
            ArchiveError::DiskFull => Self::new(ErrorCode::DiskFull),
            ArchiveError::File { doing, source } => {
                Self::new(ErrorCode::FileProblem).with("path", doing).with("reason", source)
            }
            other => refused(&other.to_string()),
        }
    }
}
