//! Who is in the circle, and how they came.

use std::collections::BTreeSet;

use closeknit_api::{
    Phrase, calls,
    views::{CircleView, MemberView},
};
use closeknit_domain::plain::plain;
use closeknit_ids::{CircleId, MemberId};
use closeknit_trust::roster::Member;

use super::{Engine, Moment, circle::Circle, failure::Outcome, me::kind_view, posts::only, sentence::Reader};

impl Engine {
    pub(super) fn people(&mut self, at: Moment, id: CircleId, _: &calls::Circle) -> Outcome<CircleView> {
        let circle = self.circle(id)?;
        let reader = circle.reader(at.now);
        let members = circle.active_members().into_iter().map(|member| circle.member_view(&reader, member));
        let mut members: Vec<_> = members.collect();
        members.sort_by_key(|member| (!member.person.me, member.person.name.clone()));
        Ok(CircleView {
            id: circle.id.to_string(),
            name: circle.name.clone(),
            draft: circle.is_draft(),
            zone: circle.zone.name().to_owned(),
            members,
            can_invite: circle.may_invite(),
            belongs: circle.belongs(),
            notes: circle.notes(&reader),
            leaving: circle.leaving_says(),
            leaving_needs_words: circle.is_left_by_words() && self.secrets.words().is_none(),
        })
    }
}

impl Circle {
    /// The neighbour who is called this, or whose id begins like this.
    pub(super) fn member_named(&self, reader: &Reader<'_>, typed: &str) -> Outcome<MemberId> {
        let typed = typed.trim();
        let members = self.active_members();
        let called =
            |member: &&MemberId| reader.name(**member).is_some_and(|name| plain(&name) == plain(typed));
        let called: BTreeSet<MemberId> = members.iter().filter(called).copied().collect();
        if !called.is_empty() {
            return only(typed, called.into_iter());
        }
        let begins = typed.to_lowercase();
        only(typed, members.into_iter().filter(|member| member.to_string().starts_with(&begins)))
    }

    fn member_view(&self, reader: &Reader<'_>, member: MemberId) -> MemberView {
        let profile = reader.profile(member);
        let texts = |list: &closeknit_domain::Phrases| list.iter().map(ToString::to_string).collect();
        let known = self.roster.member(member);
        let machines = self.roster.machines_of(member).filter(|machine| !machine.dropped).count();
        MemberView {
            person: reader.person(member),
            kind: kind_view(profile.map_or(closeknit_domain::MemberKind::Person, |profile| profile.kind)),
            came: known.map_or_else(|| Phrase::new("came-alone"), |member| self.came(reader, member)),
            say: known.filter(|_| !self.is_draft()).map(|member| self.say(reader, member)),
            case: known.and_then(|member| self.case(reader, member)),
            vouching: known.and_then(|member| self.vouching(member)),
            removal: known.map(|member| self.removal(reader, member)).unwrap_or_default(),
            machines: u32::try_from(machines).unwrap_or(u32::MAX),
            skills: profile.map(|profile| texts(&profile.skills)).unwrap_or_default(),
            lends: profile.map(|profile| texts(&profile.lends)).unwrap_or_default(),
        }
    }

    fn came(&self, reader: &Reader<'_>, member: &Member) -> Phrase {
        if self.is_draft() {
            return Phrase::new("came-alone");
        }
        if member.founder {
            return Phrase::new("came-founder");
        }
        let admitted = member.admissions.iter().find(|admission| admission.counts);
        match admitted.map(|admission| reader.name(admission.by)) {
            Some(Some(name)) => Phrase::new("came-admitted").text("name", name),
            Some(None) => Phrase::new("came-admitted-former"),
            None => Phrase::new("came-vouched").number("count", member.vouched_by.len()),
        }
    }
}
