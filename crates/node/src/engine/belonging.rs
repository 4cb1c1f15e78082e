//! Who has a say, and what they say of each other: "I know them", and that somebody should no longer
//! belong (trust-and-sync, *The fold*). What follows is the roster's; here it is said, and put into words.

use std::collections::{BTreeMap, BTreeSet};

use closeknit_api::{ErrorCode, Phrase, Tag, Value, calls, views::CircleView};
use closeknit_domain::Record;
use closeknit_ids::{CircleId, InvitationId, MemberId, MemberKind, StatementId};
use closeknit_store::Durability;
use closeknit_trust::{
    invitation::TokenKey,
    ledger::Ledger,
    roster::{MOST_ADMISSIONS, Member, Standing},
    statement::{Body, K, Pen, Remove, Statement, Vouch},
};

use super::{
    Engine, Moment,
    circle::Circle,
    document::Held,
    failure::{Failure, Outcome},
    sentence::Reader,
};

impl Engine {
    /// "I know them."
    pub(super) fn vouch(&mut self, at: Moment, id: CircleId, call: &calls::Vouch) -> Outcome<CircleView> {
        let circle = self.circle(id)?;
        let known = circle.to_judge(&circle.reader(at.now), &call.member)?;
        let (member, kind) = (known.id, known.kind);
        if !known.vouched_by.contains(&circle.me) {
            self.state(at, id, &Body::Vouch(Vouch { member, kind }))?;
        }
        self.people(at, id, &calls::Circle {})
    }

    /// A vote that somebody should no longer belong: the first of a case, or one more in it.
    pub(super) fn remove(&mut self, at: Moment, id: CircleId, call: &calls::Remove) -> Outcome<CircleView> {
        let circle = self.circle(id)?;
        let known = circle.to_judge(&circle.reader(at.now), &call.member)?;
        let member = known.id;
        match circle.next_vote(known) {
            NextVote::Open => self.state(at, id, &Body::Remove(Remove { member, case: None }))?,
            NextVote::Join(case) => {
                self.state(at, id, &Body::Remove(Remove { member, case: Some(case) }))?;
            }
            NextVote::Given => {}
        }
        self.people(at, id, &calls::Circle {})
    }

    /// Signs a statement with this machine's key; it is on the disk before anybody hears of it.
    fn state(&mut self, at: Moment, id: CircleId, body: &Body) -> Outcome<()> {
        let Self { circles, store, secrets, .. } = self;
        let circle = circles.get_mut(&id).ok_or_else(|| Failure::internal("no such circle"))?;
        let ledger = circle.ledger.as_ref().ok_or_else(|| Failure::new(ErrorCode::NotAVoter))?;
        let statement = ledger.write(Pen::Device(&secrets.device, circle.me), body)?;
        store.write(Durability::Full, |batch| batch.add_statement(id, statement.id(), statement.bytes()))?;
        circle.learn(store, [statement.clone()])?;
        self.said(at, id, &statement)
    }

    /// Tells everybody near of an own statement, and the faces.
    pub(super) fn said(&mut self, at: Moment, id: CircleId, statement: &Statement) -> Outcome<()> {
        self.stated(at, id, std::slice::from_ref(statement), None)?;
        for tag in [Tag::Circle, Tag::Board, Tag::Me, Tag::Near, Tag::Status] {
            self.tag(tag);
        }
        Ok(())
    }
}

/// What a voter's next vote against somebody would be.
enum NextVote {
    /// Nobody has said so yet.
    Open,
    /// Somebody else has.
    Join(StatementId),
    /// They have said it already, and nobody else has since.
    Given,
}

impl Circle {
    /// Whether this member is in it, and this machine one of theirs.
    pub(crate) fn belongs(&self) -> bool {
        let here = || !self.is_taken_away() && !self.never_arrived();
        self.is_draft() || (self.roster.is_active(self.me) && here())
    }

    /// Whether this machine was to be one more of its member's, and the line broke before it was enrolled: then nobody
    /// takes what it writes. That its member founded the circle is known all the same. One that lost its enrolment
    /// with a damaged database has something of its own document.
    pub(super) fn never_arrived(&self) -> bool {
        let enrolled = |ledger: &Ledger| ledger.has_enrolled(self.device, self.me);
        let nothing_own = |held: &Held| held.tips.iter().next().is_none();
        self.ledger.as_ref().is_some_and(|ledger| !enrolled(ledger))
            && self.held.get(&self.doc(self.me)).is_none_or(nothing_own)
    }

    /// Whether this member has a say.
    fn has_a_say(&self) -> bool {
        self.belongs() && self.roster.is_voter(self.me)
    }

    /// Whether this member can let somebody in: alone in a draft, or with a say.
    pub(crate) fn may_invite(&self) -> bool {
        self.is_draft() || self.has_a_say()
    }

    /// Somebody of whom this member may say whether they belong.
    fn to_judge(&self, reader: &Reader<'_>, typed: &str) -> Outcome<&Member> {
        if !self.belongs() {
            return Err(Failure::new(ErrorCode::NotAMember));
        }
        let member = self.member_named(reader, typed).map_err(|failure| self.or_former(typed, failure))?;
        if member == self.me {
            return Err(Failure::new(ErrorCode::AboutYourself));
        }
        if !self.has_a_say() {
            return Err(Failure::new(ErrorCode::NotAVoter));
        }
        self.roster.member(member).ok_or_else(|| Failure::not_found(typed))
    }

    /// Somebody was looked for who is not in the circle: perhaps they were.
    fn or_former(&self, typed: &str, failure: Failure) -> Failure {
        let called = |member: MemberId| {
            let records = self.records_of(member).into_iter().flatten();
            let mut profiles = records.filter_map(|(_, record)| match record {
                Record::Profile(profile) => Some(profile),
                _ => None,
            });
            profiles.any(|profile| *profile.name == *typed.trim())
        };
        let gone =
            self.roster.members().filter(|member| member.standing.is_gone_for_good()).map(|member| member.id);
        let mut gone = gone.filter(|member| called(*member) || member.to_string() == typed.trim());
        if gone.next().is_some() {
            return Failure::new(ErrorCode::FormerMember).with("given", typed.trim());
        }
        failure
    }

    /// The case of somebody else that this member would join, or whether they would open one. Of several
    /// the one that most joined, so that what two opened apart becomes one.
    fn next_vote(&self, accused: &Member) -> NextVote {
        let others = accused.cases.iter().filter(|(_, by)| !by.contains(&self.me));
        let most = others.max_by_key(|(case, by)| (by.len(), std::cmp::Reverse(**case)));
        match most {
            Some((case, _)) => NextVote::Join(*case),
            None if accused.cases.is_empty() => NextVote::Open,
            None => NextVote::Given,
        }
    }

    /// Whether somebody has a say, who vouches for them, and who is still needed.
    pub(super) fn say(&self, reader: &Reader<'_>, member: &Member) -> Phrase {
        let you = if member.id == self.me { "-you" } else { "" };
        let by = reader.names(&member.vouched_by.iter().copied().collect::<Vec<_>>());
        let left = usize::from(K).saturating_sub(member.vouched_by.len());
        let id = match (member.kind, member.voter, by.is_empty()) {
            (_, true, true) => "say-has",
            (_, true, false) => "say-has-vouched",
            (MemberKind::Organisation, _, true) => "say-organisation",
            (MemberKind::Organisation, _, false) => "say-organisation-vouched",
            (_, false, true) => "say-none",
            (_, false, false) => "say-none-vouched",
        };
        Phrase::new(format!("{id}{you}")).number("left", left).with("names", Value::Names(by))
    }

    /// What this member's word for somebody would do, where it is theirs to give and still needed.
    pub(super) fn vouching(&self, member: &Member) -> Option<Phrase> {
        let needed = usize::from(K).checked_sub(member.vouched_by.len()).filter(|needed| *needed > 0)?;
        let open = member.id != self.me && !member.voter && !member.vouched_by.contains(&self.me);
        let organisation = member.kind == MemberKind::Organisation;
        let id = match needed {
            1 if organisation => "vouching-last-organisation",
            1 => "vouching-last",
            _ => "vouching-first",
        };
        (open && self.has_a_say()).then(|| Phrase::new(id))
    }

    /// What this member's vote against somebody would do and what not, where there is one to give.
    pub(super) fn removal(&self, reader: &Reader<'_>, member: &Member) -> Vec<Phrase> {
        if !self.has_a_say() || member.id == self.me {
            return Vec::new();
        }
        let id = match self.next_vote(member) {
            NextVote::Open => "removal-first",
            NextVote::Join(_) => "removal-second",
            NextVote::Given => return Vec::new(),
        };
        let phrases = [id, "removal-does", "removal-does-not"].map(Phrase::new);
        phrases.map(|phrase| phrase.with("name", reader.named(member.id))).into()
    }

    /// That somebody should no longer belong, as those read it who have a say, and whoever it is about.
    pub(super) fn case(&self, reader: &Reader<'_>, member: &Member) -> Option<Phrase> {
        let others = member.cases.values().filter(|by| !by.contains(&self.me)).flatten();
        let by = others.copied().max_by_key(|by| (self.roster.is_active(*by), std::cmp::Reverse(*by)));
        let by = by.map(|by| reader.named(by));
        let about_me = member.id == self.me;
        let said_it = member.cases.values().any(|by| by.contains(&self.me));
        if !about_me && !self.has_a_say() {
            return None;
        }
        let phrase = match by {
            Some(by) if about_me => Phrase::new("case-about-you").with("by", by),
            Some(by) if said_it => Phrase::new("case-apart").with("by", by),
            Some(by) => Phrase::new("case-open").with("by", by),
            None if said_it => Phrase::new("case-yours"),
            None => return None,
        };
        Some(phrase.with("name", reader.named(member.id)))
    }

    /// That this member does not belong any more: they left, on another machine of theirs, or were removed;
    /// or somebody's machine says so and nothing more.
    pub(super) fn gone(&self) -> Option<Phrase> {
        let id = match self.roster.member(self.me).map(|member| member.standing) {
            _ if self.is_draft() => return None,
            Some(Standing::Active) if self.is_taken_away() => "gone-taken-away",
            Some(Standing::Active) if self.never_arrived() => "gone-never-arrived",
            Some(Standing::Active) if self.put_out => "gone-perhaps",
            Some(Standing::Active) => return None,
            Some(Standing::Left) => "gone-left",
            Some(Standing::Removed) => "gone-removed",
            Some(Standing::NotAdmitted) | None => "gone-not-let-in",
        };
        Some(Phrase::new(id).text("circle", &self.name))
    }

    /// What everybody should know about who comes in and who went.
    pub(super) fn notes(&self, reader: &Reader<'_>) -> Vec<Phrase> {
        let mut notes = self.used_again(reader);
        notes.extend(self.waiting(reader));
        let gone = self
            .roster
            .members()
            .filter(|member| member.id != self.me && member.standing.is_gone_for_good())
            .count();
        if gone > 0 {
            notes.push(Phrase::new("circle-former").number("count", gone));
        }
        notes
    }

    /// Invitations with which several people let somebody in: neither can know how often the other did.
    fn used_again(&self, reader: &Reader<'_>) -> Vec<Phrase> {
        let mut uses: BTreeMap<_, (BTreeSet<MemberId>, Vec<MemberId>)> = BTreeMap::new();
        for member in self.roster.members().filter(|member| member.standing == Standing::Active) {
            for admission in member.admissions.iter().filter(|admission| admission.token_used_again) {
                let (by, let_in) = uses.entry(admission.token).or_default();
                by.insert(admission.by);
                if !let_in.contains(&member.id) {
                    let_in.push(member.id);
                }
            }
        }
        let meant = |token: &TokenKey| self.meant_for(InvitationId(token.0)).map_or(1, usize::from);
        let several =
            uses.into_iter().filter(|(token, (by, let_in))| by.len() > 1 && let_in.len() > meant(token));
        let told = |let_in: Vec<MemberId>| {
            Phrase::new("circle-used-again").with("names", Value::Names(reader.names(&let_in)))
        };
        several.map(|(_, (_, let_in))| told(let_in)).collect()
    }

    /// Whoever let in more people than one may before others know them.
    fn waiting(&self, reader: &Reader<'_>) -> Vec<Phrase> {
        let mut waiting: BTreeMap<MemberId, usize> = BTreeMap::new();
        for member in self.roster.members().filter(|member| member.standing == Standing::NotAdmitted) {
            for by in member.admissions.iter().map(|admission| admission.by) {
                let count = waiting.entry(by).or_default();
                *count = count.saturating_add(1);
            }
        }
        let told = waiting.into_iter().filter(|(by, _)| self.roster.is_active(*by));
        told.map(|(by, count)| {
            let phrase = Phrase::new("circle-overfull").with("by", reader.named(by));
            phrase.number("count", count).number("most", MOST_ADMISSIONS)
        })
        .collect()
    }
}
