//! Generated circles: some neighbours act, mostly without having seen what the others did.

use closeknit_ids::{MemberKind, StatementId};
use closeknit_trust::{
    ledger::{Ledger, Outcome},
    statement::{Body, Pen, Statement},
};
use proptest::{collection::vec, prelude::*};

use super::*;

/// One act of one neighbour.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Step {
    actor: usize,
    act: u8,
    whom: usize,
    extra: usize,
}

fn step() -> impl Strategy<Value = Step> {
    // Mostly the first few, so that their words add up to something.
    let neighbour = || prop_oneof![3 => 0..4_usize, 1 => 0..8_usize];
    (neighbour(), 0..28_u8, neighbour(), 0..64_usize).prop_map(|(actor, act, whom, extra)| Step {
        actor,
        act,
        whom,
        extra,
    })
}

/// How many neighbours there are, and what they do.
pub(crate) fn script() -> impl Strategy<Value = (usize, Vec<Step>)> {
    (3..=8_usize, vec(step(), 20..64))
}

/// What a neighbour does with one step; several numbers for what should happen often.
enum Act {
    EnrolByWords,
    EnrolByMachine,
    Admit,
    Vouch,
    Remove,
    Leave,
    DropByWords,
    DropItself,
    Generation,
    Unknown,
    Fork,
}

impl Step {
    fn act(self) -> Act {
        match self.act {
            0 => Act::EnrolByWords,
            1..=2 => Act::EnrolByMachine,
            3..=7 => Act::Admit,
            8..=14 => Act::Vouch,
            15..=18 => Act::Remove,
            19 => Act::Leave,
            20 => Act::DropByWords,
            21 => Act::DropItself,
            22..=24 => Act::Generation,
            25 => Act::Unknown,
            _ => Act::Fork,
        }
    }
}

/// Which of the acts a scene leaves out.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Without {
    pub(crate) drops: bool,
    /// Of the voters only alice says anything.
    pub(crate) other_voters: bool,
}

/// What was said, each statement after its past.
pub(crate) struct Scene {
    pub(crate) ledger: Ledger,
    views: Vec<Ledger>,
}

impl Scene {
    pub(crate) fn play(neighbours: usize, steps: &[Step], without: Without) -> Self {
        let ledger = begun();
        let mut scene = Self { views: vec![ledger.clone(); neighbours], ledger };
        for step in steps {
            scene.step(
                Step { actor: step.actor % neighbours, whom: step.whom % neighbours, ..*step },
                without,
            );
        }
        scene
    }

    pub(crate) fn statements(&self) -> Vec<Statement> {
        self.ledger.iter().cloned().collect()
    }

    pub(crate) fn neighbours(&self) -> usize {
        self.views.len()
    }

    fn step(&mut self, step: Step, without: Without) {
        if step.extra.is_multiple_of(2) {
            catch_up(&mut self.views[step.actor], &self.ledger);
        }
        if without.other_voters && step.actor == BOB {
            return;
        }
        if self.enrolled(step.actor).is_empty() {
            let body = cast()[step.actor].enrol_by_words(0);
            return self.say(step.actor, cast()[step.actor].words_pen(), &body);
        }
        let actor = &cast()[step.actor];
        match step.act() {
            Act::EnrolByWords => {
                self.say(step.actor, actor.words_pen(), &actor.enrol_by_words(step.extra % MACHINES))
            }
            Act::Leave => self.say(step.actor, actor.words_pen(), &Body::Leave),
            Act::DropByWords if !without.drops => {
                self.say(
                    step.actor,
                    actor.words_pen(),
                    &drop_body(step.actor, step.extra % MACHINES, vec![]),
                );
            }
            Act::Fork => self.fork(step),
            _ => {
                if let Some(body) = self.body(step, without) {
                    self.say(step.actor, self.pen(step), &body);
                }
            }
        }
    }

    /// What the step's machine says.
    fn body(&self, step: Step, without: Without) -> Option<Body> {
        let machine = self.machine(step);
        let body = match step.act() {
            Act::EnrolByMachine => cast()[step.actor].enrol_by_device(step.extra % MACHINES),
            Act::Admit => {
                let token = u8::try_from(step.whom + 8 * (step.extra % 2)).unwrap();
                admit_body(step.actor, machine, step.whom, kind_said(step), token)
            }
            Act::Vouch => {
                let Body::Vouch(mut vouch) = vouch_body(step.whom) else { unreachable!() };
                vouch.kind = kind_said(step);
                Body::Vouch(vouch)
            }
            Act::Remove => remove_body(step.whom, self.case(step)),
            Act::DropItself if !without.drops => drop_body(step.actor, machine, vec![]),
            Act::Generation => self.generation(step),
            Act::Unknown => unknown(step.extra),
            _ => return None,
        };
        Some(body)
    }

    fn generation(&self, step: Step) -> Body {
        let member = cast()[step.actor].id();
        let doc = closeknit_trust::circle::doc_id(cast().circle(), member);
        let known = roster(&self.views[step.actor]).lineage(doc).map_or(0, |lineage| lineage.n());
        let n = if step.extra % 5 == 4 { 7 } else { known + 1 };
        generation_body(n, u8::try_from(step.extra).unwrap())
    }

    /// An open case against the step's neighbour, or none.
    fn case(&self, step: Step) -> Option<StatementId> {
        let whom = cast()[step.whom].id();
        let cases = self.views[step.actor].iter().filter(|statement| {
            matches!(statement.body(), Body::Remove(remove) if remove.member == whom && remove.case.is_none())
        });
        let cases: Vec<StatementId> = cases.map(Statement::id).collect();
        (step.extra % 8 != 7).then(|| cases.first().copied()).flatten()
    }

    /// A copy of the machine says something else at the same time; now and then of another kind.
    fn fork(&mut self, step: Step) {
        let pen = self.pen(step);
        let others = [step.whom, (step.whom + 1) % self.views.len()];
        let bodies = match step.extra % 4 {
            0 => others.map(|whom| remove_body(whom, None)),
            1 => others.map(vouch_body),
            2 => [vouch_body(step.whom), self.generation(step)],
            _ => [1, 2].map(|more| self.generation(Step { extra: step.extra + more, ..step })),
        };
        let [one, other] = bodies.map(|body| self.views[step.actor].write(pen, &body).unwrap());
        self.put(step.actor, one);
        assert_eq!(self.ledger.insert(other), Outcome::New);
    }

    fn say(&mut self, actor: usize, pen: Pen<'_>, body: &Body) {
        let statement = self.views[actor].write(pen, body).unwrap();
        self.put(actor, statement);
    }

    fn put(&mut self, actor: usize, statement: Statement) {
        assert_eq!(self.views[actor].insert(statement.clone()), Outcome::New);
        let outcome = self.ledger.insert(statement);
        assert!(matches!(outcome, Outcome::New | Outcome::Known), "{outcome:?}");
    }

    fn pen(&self, step: Step) -> Pen<'static> {
        cast()[step.actor].pen(self.machine(step))
    }

    fn machine(&self, step: Step) -> usize {
        let enrolled = self.enrolled(step.actor);
        enrolled[step.extra % enrolled.len()]
    }

    /// Machines that a neighbour knows to be enrolled, by whatever enrolment.
    fn enrolled(&self, who: usize) -> Vec<usize> {
        let neighbour = &cast()[who];
        let enrols = |machine: &usize| {
            self.views[who].iter().any(|statement| match statement.body() {
                Body::Enrol(enrol) => {
                    enrol.machine.device == neighbour.device(*machine) && statement.member() == neighbour.id()
                }
                _ => false,
            })
        };
        (0..MACHINES).filter(enrols).collect()
    }
}

/// Mostly the truth.
fn kind_said(step: Step) -> MemberKind {
    if step.extra == 63 { MemberKind::Person } else { cast()[step.whom].kind }
}

/// Something of a later version, or of this one with an argument that it cannot read.
pub(crate) fn unknown(seed: usize) -> Body {
    let kind = if seed.is_multiple_of(2) { 900 } else { 5 };
    Body::Unknown { kind, argument: vec![u8::try_from(seed).unwrap(); 5 + seed] }
}
