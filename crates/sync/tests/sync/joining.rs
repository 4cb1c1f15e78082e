//! How somebody gets in, or does not.

use std::collections::VecDeque;

use closeknit_sync::{
    Outdated,
    join::{
        Ask, Inviter, InviterEffect, InviterEvent, JoinMessage, Newcomer, NewcomerEffect, NewcomerEvent,
        Refusal,
    },
    message::Hello,
};

/// What happens at the door: who says what, and what the persons see.
struct Door {
    now: u64,
    inviter: Inviter,
    newcomer: Newcomer,
    to_inviter: VecDeque<Vec<u8>>,
    to_newcomer: VecDeque<Vec<u8>>,
    /// What the engines do when they are asked.
    ways: Ways,
    seen: Vec<Seen>,
    statements: Vec<Vec<u8>>,
    /// How often anybody said no.
    refusals: usize,
}

#[derive(Clone)]
struct Ways {
    draft: bool,
    invitation: Result<(), Refusal>,
    inviter_confirms: Option<bool>,
    newcomer_confirms: Option<bool>,
    statements: usize,
}

impl Default for Ways {
    fn default() -> Self {
        Self {
            draft: false,
            invitation: Ok(()),
            inviter_confirms: Some(true),
            newcomer_confirms: Some(true),
            statements: 3,
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Seen {
    InviterCompares([u8; 32]),
    NewcomerCompares([u8; 32]),
    Founded,
    Admitted(Vec<u8>),
    InviterJoined,
    NewcomerJoined,
    InviterRefused(Refusal, bool),
    NewcomerRefused(Refusal, bool),
}

const ROSAS_NONCE: [u8; 32] = [1; 32];
const SAMS_NONCE: [u8; 32] = [2; 32];

impl Door {
    fn knock(ways: Ways) -> Self {
        let ask = Ask { proof: b"signed by the token".to_vec(), about: b"Sam, a person".to_vec() };
        let (newcomer, effects) = Newcomer::new(0, ask);
        let mut door = Self {
            now: 0,
            inviter: Inviter::new(0),
            newcomer,
            to_inviter: VecDeque::new(),
            to_newcomer: VecDeque::new(),
            ways,
            seen: Vec::new(),
            statements: Vec::new(),
            refusals: 0,
        };
        door.at_newcomer(effects);
        door
    }

    fn tell_inviter(&mut self, event: InviterEvent) {
        let effects = self.inviter.handle(self.now, event);
        self.at_inviter(effects);
    }

    fn tell_newcomer(&mut self, event: NewcomerEvent) {
        let effects = self.newcomer.handle(self.now, event);
        self.at_newcomer(effects);
    }

    fn at_inviter(&mut self, effects: Vec<InviterEffect>) {
        for effect in effects {
            let answer = match effect {
                InviterEffect::Send(frame) => {
                    self.refusals += is_refusal(&frame);
                    self.to_newcomer.push_back(frame);
                    None
                }
                InviterEffect::Judge(ask) => {
                    assert_eq!(ask.about, b"Sam, a person");
                    Some(match self.ways.invitation {
                        Ok(()) => InviterEvent::Welcome {
                            about: b"Rosa of Millrace".to_vec(),
                            commitment: [11; 32],
                            nonce: ROSAS_NONCE,
                        },
                        Err(why) => InviterEvent::Refuse(why),
                    })
                }
                InviterEffect::Compare { commitment, nonce } => {
                    assert_eq!(commitment, [12; 32]);
                    self.seen.push(Seen::InviterCompares(nonce));
                    self.ways.inviter_confirms.map(|yes| {
                        if yes { InviterEvent::Confirm } else { InviterEvent::Refuse(Refusal::Declined) }
                    })
                }
                InviterEffect::OtherConfirmed => None,
                InviterEffect::Begin if self.ways.draft => {
                    Some(InviterEvent::Offer { found: b"found, signed by rosa".to_vec() })
                }
                InviterEffect::Begin => Some(InviterEvent::Circle { found: b"found by others".to_vec() }),
                InviterEffect::Founded { signature } => {
                    assert_eq!(signature, b"sam's");
                    self.seen.push(Seen::Founded);
                    Some(InviterEvent::Circle { found: b"found by rosa and sam".to_vec() })
                }
                InviterEffect::Admit { enrol } => {
                    self.seen.push(Seen::Admitted(enrol));
                    let statements =
                        (0..self.ways.statements).map(|n| vec![u8::try_from(n % 251).unwrap(); 400]);
                    Some(InviterEvent::Admitted { statements: statements.collect() })
                }
                InviterEffect::Joined => {
                    self.seen.push(Seen::InviterJoined);
                    None
                }
                InviterEffect::Refused { why, here } => {
                    self.seen.push(Seen::InviterRefused(why, here));
                    None
                }
            };
            if let Some(answer) = answer {
                self.tell_inviter(answer);
            }
        }
    }

    fn at_newcomer(&mut self, effects: Vec<NewcomerEffect>) {
        for effect in effects {
            let answer = match effect {
                NewcomerEffect::Send(frame) => {
                    self.refusals += is_refusal(&frame);
                    self.to_inviter.push_back(frame);
                    None
                }
                NewcomerEffect::Welcomed { about, commitment } => {
                    assert_eq!((about.as_slice(), commitment), (b"Rosa of Millrace".as_slice(), [11; 32]));
                    Some(NewcomerEvent::Promise { commitment: [12; 32], nonce: SAMS_NONCE })
                }
                NewcomerEffect::Compare { nonce } => {
                    self.seen.push(Seen::NewcomerCompares(nonce));
                    self.ways.newcomer_confirms.map(|yes| {
                        if yes { NewcomerEvent::Confirm } else { NewcomerEvent::Refuse(Refusal::Declined) }
                    })
                }
                NewcomerEffect::OtherConfirmed => None,
                NewcomerEffect::Sign { found } => {
                    assert_eq!(found, b"found, signed by rosa");
                    Some(NewcomerEvent::Signed { signature: b"sam's".to_vec() })
                }
                NewcomerEffect::Enrol { found } => {
                    let enrol = [b"sam's laptop, ".to_vec(), found].concat();
                    Some(NewcomerEvent::Enrolled { enrol })
                }
                NewcomerEffect::TakeStatements { statements } => {
                    self.statements.extend(statements);
                    Some(NewcomerEvent::Taken)
                }
                NewcomerEffect::Joined => {
                    self.seen.push(Seen::NewcomerJoined);
                    None
                }
                NewcomerEffect::Refused { why, here } => {
                    self.seen.push(Seen::NewcomerRefused(why, here));
                    None
                }
            };
            if let Some(answer) = answer {
                self.tell_newcomer(answer);
            }
        }
    }

    /// Delivers one frame; `false` if there is none.
    fn step(&mut self) -> bool {
        if let Some(frame) = self.to_inviter.pop_front() {
            self.tell_inviter(InviterEvent::Frame(frame));
        } else if let Some(frame) = self.to_newcomer.pop_front() {
            self.tell_newcomer(NewcomerEvent::Frame(frame));
        } else {
            return false;
        }
        true
    }

    fn run(mut self) -> Self {
        while self.step() {}
        self
    }

    fn break_off(&mut self) {
        self.to_inviter.clear();
        self.to_newcomer.clear();
        self.tell_inviter(InviterEvent::Closed);
        self.tell_newcomer(NewcomerEvent::Closed);
    }
}

fn is_refusal(frame: &[u8]) -> usize {
    usize::from(matches!(JoinMessage::from_frame(frame), Ok(Some(JoinMessage::Refusal(_)))))
}

fn joined(founded: bool, enrol: &[u8]) -> Vec<Seen> {
    let mut seen = vec![Seen::NewcomerCompares(ROSAS_NONCE), Seen::InviterCompares(SAMS_NONCE)];
    if founded {
        seen.push(Seen::Founded);
    }
    seen.extend([Seen::Admitted(enrol.to_vec()), Seen::NewcomerJoined, Seen::InviterJoined]);
    seen
}

#[test]
fn sam_joins_a_circle_once_both_have_compared_the_code() {
    let door = Door::knock(Ways::default()).run();
    assert_eq!(door.seen, joined(false, b"sam's laptop, found by others"));
    assert_eq!(door.statements.len(), 3);
}

#[test]
fn with_the_first_to_join_a_draft_becomes_a_circle_that_both_have_signed() {
    let door = Door::knock(Ways { draft: true, ..Ways::default() }).run();
    assert_eq!(door.seen, joined(true, b"sam's laptop, found by rosa and sam"));
}

#[test]
fn it_does_not_matter_who_confirms_first() {
    for rosa_first in [true, false] {
        let mut door =
            Door::knock(Ways { inviter_confirms: None, newcomer_confirms: None, ..Ways::default() }).run();
        for rosa in [rosa_first, !rosa_first] {
            assert!(!door.seen.contains(&Seen::InviterJoined));
            door.now += 500_000;
            if rosa {
                door.tell_inviter(InviterEvent::Confirm);
            } else {
                door.tell_newcomer(NewcomerEvent::Confirm);
            }
            door.tell_inviter(InviterEvent::Tick);
            door.tell_newcomer(NewcomerEvent::Tick);
            while door.step() {}
        }
        assert!(door.seen.ends_with(&[Seen::NewcomerJoined, Seen::InviterJoined]), "{:?}", door.seen);
    }
}

#[test]
fn a_bad_invitation_is_refused_with_its_reason_on_both_screens() {
    for why in [Refusal::WrongToken, Refusal::Used, Refusal::Expired, Refusal::NotAllowed, Refusal::Busy] {
        let door = Door::knock(Ways { invitation: Err(why), ..Ways::default() }).run();
        assert_eq!(door.seen, [Seen::InviterRefused(why, true), Seen::NewcomerRefused(why, false)]);
        assert_eq!(door.refusals, 1, "a no is not answered with another");
    }
}

#[test]
fn either_person_may_say_no() {
    let door = Door::knock(Ways { inviter_confirms: Some(false), ..Ways::default() }).run();
    assert!(door.seen.contains(&Seen::InviterRefused(Refusal::Declined, true)));
    assert!(door.seen.contains(&Seen::NewcomerRefused(Refusal::Declined, false)));
    let door = Door::knock(Ways { newcomer_confirms: Some(false), ..Ways::default() }).run();
    assert!(door.seen.contains(&Seen::InviterRefused(Refusal::Declined, false)));
    assert!(door.seen.contains(&Seen::NewcomerRefused(Refusal::Declined, true)));
    assert!(!door.seen.iter().any(|seen| matches!(seen, Seen::Admitted(_) | Seen::Founded)));
}

#[test]
fn nobody_is_admitted_before_both_have_confirmed() {
    for (rosa, sam) in [(Some(true), None), (None, Some(true)), (None, None)] {
        let ways = Ways { draft: true, inviter_confirms: rosa, newcomer_confirms: sam, ..Ways::default() };
        let mut door = Door::knock(ways).run();
        assert!(!door.seen.iter().any(|seen| matches!(seen, Seen::Admitted(_) | Seen::Founded)));
        door.now = 601_000;
        door.tell_inviter(InviterEvent::Tick);
        while door.step() {}
        assert!(door.seen.ends_with(&[
            Seen::InviterRefused(Refusal::TooLate, true),
            Seen::NewcomerRefused(Refusal::TooLate, false)
        ]));
    }
}

#[test]
fn the_inviters_nonce_is_not_shown_before_the_newcomer_has_promised_one() {
    let mut door = Door::knock(Ways::default());
    let mut promised = false;
    loop {
        let told = door.to_newcomer.iter().chain(&door.to_inviter);
        let messages: Vec<_> = told.map(|frame| JoinMessage::from_frame(frame).unwrap().unwrap()).collect();
        for message in messages {
            match message {
                JoinMessage::Commitment(_) => promised = true,
                JoinMessage::Nonce(_) => assert!(promised),
                _ => {}
            }
        }
        if !door.step() {
            break;
        }
    }
    assert!(promised);
}

#[test]
fn whenever_the_connection_breaks_both_know_and_nothing_hangs() {
    let mut length = 0;
    while {
        length += 1;
        let mut door = Door::knock(Ways { draft: true, ..Ways::default() });
        let whole = (0..length).all(|_| door.step());
        door.break_off();
        let sam = door.seen.iter().any(|s| matches!(s, Seen::NewcomerJoined | Seen::NewcomerRefused(..)));
        let rosa = door.seen.iter().any(|s| matches!(s, Seen::InviterJoined | Seen::InviterRefused(..)));
        assert!(sam && rosa, "after {length}: {:?}", door.seen);
        whole
    } {}
    assert!(length > 12);
}

#[test]
fn a_side_that_falls_silent_is_not_waited_for_for_ever() {
    let mut length = 0;
    while {
        length += 1;
        let mut door = Door::knock(Ways::default());
        let whole = (0..length).all(|_| door.step());
        let over = door.seen.contains(&Seen::InviterJoined);
        door.to_inviter.clear();
        door.to_newcomer.clear();
        door.now = 601_000;
        door.tell_inviter(InviterEvent::Tick);
        assert_eq!(door.seen.contains(&Seen::InviterRefused(Refusal::TooLate, true)), !over);
        whole
    } {}
}

#[test]
fn ten_thousand_statements_come_frame_by_frame() {
    let mut door = Door::knock(Ways { statements: 10_000, ..Ways::default() });
    let mut most = 0;
    while door.step() {
        most = most.max(door.to_newcomer.iter().map(Vec::len).sum::<usize>());
    }
    assert_eq!(door.statements.len(), 10_000);
    assert!(most <= 130 * 1024, "{most} bytes under way at once");
}

#[test]
fn whoever_has_the_older_app_is_told_on_both_screens() {
    for (theirs, here, there) in [
        (Hello { lowest: 3, highest: 4 }, Outdated::Here, Outdated::There),
        (Hello { lowest: 0, highest: 0 }, Outdated::There, Outdated::Here),
    ] {
        let mut door = Door::knock(Ways::default());
        door.to_inviter[0] = JoinMessage::Hello(theirs).to_frame().unwrap();
        door.step();
        assert_eq!(door.seen, [Seen::InviterRefused(Refusal::Version(here), true)]);
        // The newcomer, of the other version, reads the same refusal from its own side.
        let refusal = door.to_newcomer.pop_back().unwrap();
        let heard = JoinMessage::from_frame(&refusal).unwrap().unwrap();
        assert_eq!(heard, JoinMessage::Refusal(Refusal::Version(there)));
        // And a newcomer of this version at such an inviter's.
        let mut door = Door::knock(Ways::default());
        door.tell_newcomer(NewcomerEvent::Frame(JoinMessage::Hello(theirs).to_frame().unwrap()));
        assert_eq!(door.seen, [Seen::NewcomerRefused(Refusal::Version(here), true)]);
    }
}

#[test]
fn a_newcomer_does_not_wait_for_ever_either() {
    let mut door = Door::knock(Ways::default());
    door.now = 60_001;
    door.tell_newcomer(NewcomerEvent::Tick);
    assert_eq!(door.seen, [Seen::NewcomerRefused(Refusal::TooLate, true)]);
}

#[test]
fn an_engine_may_take_its_time() {
    let mut door = Door::knock(Ways::default());
    let mut inviter = Inviter::new(0);
    for frame in std::mem::take(&mut door.to_inviter) {
        inviter.handle(0, InviterEvent::Frame(frame));
    }
    assert_eq!(inviter.handle(10_000_000, InviterEvent::Tick), []);
}

#[test]
fn what_comes_out_of_turn_ends_it_on_both_sides() {
    let mut whole = Door::knock(Ways { draft: true, ..Ways::default() });
    let mut frames = Vec::new();
    loop {
        frames.extend(whole.to_inviter.iter().chain(&whole.to_newcomer).cloned());
        if !whole.step() {
            break;
        }
    }
    frames.sort();
    frames.dedup();
    let (mut ended, mut steps) = (0, 0);
    for at in 0..16 {
        for frame in &frames {
            let mut door = Door::knock(Ways { draft: true, ..Ways::default() });
            (0..at).for_each(|_| _ = door.step());
            // In the place of what the inviter would have heard, or the newcomer.
            if door.to_inviter.front().is_some_and(|next| next[..2] != frame[..2]) {
                door.to_inviter[0] = frame.clone();
            } else if door.to_newcomer.front().is_some_and(|next| next[..2] != frame[..2]) {
                door.to_newcomer[0] = frame.clone();
            } else {
                continue;
            }
            steps += 1;
            let door = door.run();
            let refused = door.seen.iter().any(|seen| matches!(seen, Seen::InviterRefused(..)));
            let rosa = refused || door.seen.contains(&Seen::InviterJoined);
            let sam = |seen: &Seen| matches!(seen, Seen::NewcomerRefused(..) | Seen::NewcomerJoined);
            assert!(rosa && door.seen.iter().any(sam), "after {at}, {frame:?}: {:?}", door.seen);
            ended += usize::from(refused);
        }
    }
    assert!(ended > steps * 3 / 4, "{ended} of {steps}");
}

#[test]
fn nonsense_at_any_step_ends_it_without_a_panic() {
    let longest = Door::knock(Ways { draft: true, ..Ways::default() });
    let mut frames = Vec::new();
    let mut door = longest;
    loop {
        frames.extend(door.to_inviter.iter().chain(&door.to_newcomer).cloned());
        if !door.step() {
            break;
        }
    }
    for at in 0..16 {
        for frame in &frames {
            let cuts = (0..frame.len()).step_by(frame.len() / 8 + 1).map(|end| frame[..end].to_vec());
            for wrong in cuts.chain([frame.clone(), vec![0, 99, 1, 2], vec![255; 300_000], vec![]]) {
                let mut door = Door::knock(Ways { draft: true, ..Ways::default() });
                (0..at).for_each(|_| _ = door.step());
                door.tell_inviter(InviterEvent::Frame(wrong.clone()));
                door.tell_newcomer(NewcomerEvent::Frame(wrong));
                let door = door.run();
                let admitted = door.seen.iter().filter(|seen| matches!(seen, Seen::Admitted(_))).count();
                assert!(admitted <= 1);
            }
        }
    }
}
