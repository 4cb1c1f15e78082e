//! Those who mean harm: strangers, and members with good keys and other tools than the app.

use closeknit_ids::{ActorId, ChangeHash, CircleId, DeviceId, MemberId, RecordId};
use closeknit_sync::message::{Hello, Message};
use closeknit_trust::statement::{Body, Generation, Vouch};
use rand::RngExt as _;

use crate::{
    neighbourhood::{Person, unhex},
    saved::Member,
    workshop::{NOW, Workshop, extent, post, spoiled},
    world::{Machine, World},
};

impl World {
    /// Somebody who knows the circle's door and has no place in it says what members say.
    pub(crate) fn a_stranger_knocks(&mut self) {
        let Some(machine) = self.any_that_is_on() else { return };
        let Some(id) = self.circle_of(machine.person).map(|circle| circle.id) else { return };
        let circle = CircleId::from_slice(&unhex(&id)).unwrap();
        let device = DeviceId(std::array::from_fn(|_| self.dice.random()));
        self.counts.saw("a stranger knocked");
        let conn = self.street.network().stranger(machine.person, device, circle);
        let hello = Message::Hello(Hello { lowest: 1, highest: 1 }).to_frame().unwrap();
        let proofs = self.street.frames().iter().rev().take(200);
        let proof = proofs
            .filter(|frame| matches!(Message::from_frame(&frame.bytes), Ok(Some(Message::Proof(_)))))
            .map(|frame| frame.bytes.clone())
            .next();
        for said in [Some(hello), proof].into_iter().flatten() {
            self.street.network().stranger_says(conn, said);
        }
    }

    pub(crate) fn somebody_lies(&mut self) {
        let hostile: Vec<Machine> = self
            .machines
            .iter()
            .filter(|machine| self.hostile.contains(&machine.member) && machine.copy_of.is_none())
            .cloned()
            .collect();
        let Some(liar) = self.one_of(&hostile) else { return };
        if self.circle_of(liar.person).is_none_or(|circle| !circle.belongs) {
            return;
        }
        let (Some(me), Some(circle)) = (self.member(liar.member), self.circle_id()) else { return };
        let victim = Member(self.dice.random_range(0..2));
        let victim = self.member(victim);
        self.street.unplugs(liar.person);
        let mut workshop = Workshop::of(&self.street, liar.person, circle, me);
        if !workshop.has(me) || !workshop.may_state() {
            drop(workshop);
            self.starts(liar.person);
            return;
        }
        self.counts.saw("a hostile member lied");
        let lie = self.dice.random_range(0..6_u8);
        let actor = ActorId(std::array::from_fn(|_| self.dice.random()));
        let title = self.fresh("Lie");
        match lie {
            0 => lie_of_nonsense(&mut workshop, actor, &title),
            1 => lie_with_two_faces(&mut workshop, actor, &title),
            2 => {
                let most = self.dice.random();
                lie_about_size(&mut workshop, actor, &title, most);
            }
            3 => workshop.state(&Body::Vouch(Vouch {
                member: MemberId([7; 32]),
                kind: closeknit_ids::MemberKind::Person,
            })),
            4 => workshop.state(&Body::Generation(Generation {
                n: 1,
                base: ChangeHash([7; 32]),
                count: 3,
                bytes: 9_000,
                closes: Vec::new(),
                forgotten: vec![RecordId([7; 16])],
            })),
            _ => {
                let Some(victim) = victim.filter(|victim| workshop.has(*victim)) else {
                    return self.goes_on(workshop, &liar);
                };
                lie_in_anothers_name(&mut workshop, victim, actor, &title);
            }
        }
        self.goes_on(workshop, &liar);
    }

    fn goes_on(&mut self, workshop: Workshop, liar: &Machine) {
        drop(workshop);
        // What such a machine makes of its own log is its own affair.
        _ = self.street.start(liar.person);
    }

    pub(crate) fn member(&self, member: Member) -> Option<MemberId> {
        self.ids.get(&member).and_then(|id| MemberId::from_slice(&unhex(id)))
    }

    pub(crate) fn circle_id(&mut self) -> Option<CircleId> {
        let machines: Vec<Person> = self.machines.iter().map(|machine| machine.person).collect();
        let circle = machines.into_iter().find_map(|person| self.circle_of(person))?;
        CircleId::from_slice(&unhex(&circle.id))
    }
}

fn lie_of_nonsense(workshop: &mut Workshop, actor: ActorId, title: &str) {
    let mut document = workshop.document(workshop.me);
    let good = document.write(actor, NOW, &[post(title)]).unwrap().unwrap();
    let (count, bytes) = extent(&document, good.hash());
    let bad = spoiled(&good, |data| data.iter_mut().skip(60).for_each(|byte| *byte = 0xff));
    let bytes = bytes - good.size() + bad.size();
    workshop.publish(workshop.me, &[bad], count, bytes);
}

fn lie_with_two_faces(workshop: &mut Workshop, actor: ActorId, title: &str) {
    let document = workshop.document(workshop.me);
    for face in ["one", "other"] {
        let mut fork = document.clone();
        let change = fork.write(actor, NOW, &[post(&format!("{title} {face}"))]).unwrap().unwrap();
        let (count, bytes) = extent(&fork, change.hash());
        workshop.publish(workshop.me, &[change], count, bytes);
    }
}

fn lie_about_size(workshop: &mut Workshop, actor: ActorId, title: &str, most: bool) {
    let mut document = workshop.document(workshop.me);
    let change = document.write(actor, NOW, &[post(title)]).unwrap().unwrap();
    let size = if most { u32::MAX.into() } else { 1 };
    workshop.publish(workshop.me, &[change], size, size);
}

fn lie_in_anothers_name(workshop: &mut Workshop, victim: MemberId, actor: ActorId, title: &str) {
    let mut document = workshop.document(victim);
    let change = document.write(actor, NOW, &[post(title)]).unwrap().unwrap();
    let (count, bytes) = extent(&document, change.hash());
    workshop.publish(victim, &[change], count, bytes);
}
