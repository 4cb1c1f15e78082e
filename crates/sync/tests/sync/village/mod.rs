//! Machines of one circle, links between them, and weather: everything on one thread, in one order.

pub(crate) mod shelf;

use std::collections::VecDeque;

use closeknit_sync::{
    Agreement, ConnId, Effect, Ending, Event, Limits, Neighbour, Piece, Sync, Ticket, message::Message,
};
use shelf::{Member, Says, Shelf, Statement, bytes, device};

/// A machine: its holdings, its conversations, and what its engine has not done yet.
#[derive(Debug, Clone)]
pub(crate) struct Machine {
    pub(crate) shelf: Shelf,
    pub(crate) sync: Sync,
    pub(crate) jobs: VecDeque<Job>,
    limits: Limits,
}

/// What the engine was handed.
#[derive(Debug, Clone)]
pub(crate) enum Job {
    Statements(ConnId, Ticket, Vec<Vec<u8>>),
    Documents(ConnId, Ticket, Vec<Piece>),
}

/// A connection: `ends[0]` dialled. Frames wait in the queue of the end that they go to.
#[derive(Debug, Clone)]
pub(crate) struct Line {
    pub(crate) ends: [usize; 2],
    pub(crate) queues: [VecDeque<Vec<u8>>; 2],
    pub(crate) state: LineState,
    /// Why each end has closed it, if it has.
    pub(crate) endings: [Option<Ending>; 2],
    /// How often each end has said that it is equal, and settled.
    pub(crate) equal: [usize; 2],
    pub(crate) settled: [usize; 2],
    /// What each end has heard of the time at the other.
    pub(crate) times: [Vec<i64>; 2],
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum LineState {
    Up,
    /// One end has closed it: the other hears what was sent before, then that.
    Ending,
    Down,
}

/// A frame on its way, for those who look on.
#[derive(Debug, Clone)]
pub(crate) struct Said {
    pub(crate) from: usize,
    pub(crate) to: usize,
    pub(crate) frame: Vec<u8>,
}

#[derive(Debug, Clone)]
pub(crate) struct Village {
    pub(crate) now: u64,
    pub(crate) machines: Vec<Machine>,
    pub(crate) lines: Vec<Line>,
    pub(crate) said: Vec<Said>,
    pub(crate) shunned: Vec<(usize, closeknit_ids::DeviceId)>,
}

pub(crate) const ALICE: usize = 0;
pub(crate) const BOB: usize = 1;
pub(crate) const CAROL: usize = 2;
pub(crate) const DAVE: usize = 3;

impl Village {
    /// So many machines, each of another member, that all know each other.
    pub(crate) fn of(count: usize) -> Self {
        let founded = founding(count);
        Self::with(count, |_| founded.clone())
    }

    /// So many machines in a circle of many members, whose documents come from elsewhere.
    pub(crate) fn among(members: usize, machines: usize) -> Self {
        let founded = founding(members);
        Self::with(machines, |_| founded.clone())
    }

    /// So many machines of which each knows only how the circle began and that it is itself a member.
    pub(crate) fn of_strangers(count: usize) -> Self {
        let founded = founding(count);
        Self::with(count, |number| vec![founded[0].clone(), founded[number + 1].clone()])
    }

    fn with(count: usize, statements: impl Fn(usize) -> Vec<Vec<u8>>) -> Self {
        let machines = (0..count).map(|number| {
            let id = Member::try_from(number).unwrap();
            let mut shelf = Shelf::new(device(id), id);
            shelf.hear_statements(&statements(number));
            Machine::new(shelf, Limits::default())
        });
        let machines = machines.collect();
        Self { now: 1000, machines, lines: Vec::new(), said: Vec::new(), shunned: Vec::new() }
    }

    /// One more machine.
    pub(crate) fn add(&mut self, shelf: Shelf, limits: Limits) -> usize {
        self.machines.push(Machine::new(shelf, limits));
        self.machines.len() - 1
    }

    pub(crate) fn shelf(&mut self, machine: usize) -> &mut Shelf {
        &mut self.machines[machine].shelf
    }

    pub(crate) fn tell(&mut self, machine: usize, event: Event) {
        let Machine { shelf, sync, .. } = &mut self.machines[machine];
        let effects = sync.handle(self.now, event, shelf);
        effects.into_iter().for_each(|effect| self.act(machine, effect));
    }

    fn act(&mut self, machine: usize, effect: Effect) {
        match effect {
            Effect::Send { conn, frame } => {
                let number = index(conn);
                let line = &mut self.lines[number];
                let to = 1 - line.end_of(machine);
                let said = Said { from: machine, to: line.ends[to], frame: frame.clone() };
                line.queues[to].push_back(frame);
                self.machines[machine].may_say(&said.frame, &self.machines[said.to].shelf);
                self.said.push(said);
            }
            Effect::Close { conn, why } => {
                let line = &mut self.lines[index(conn)];
                let end = line.end_of(machine);
                line.endings[end] = Some(why);
                self.machines[machine].shelf.drop_waiting();
                line.queues[end].clear();
                line.state = if line.state == LineState::Up { LineState::Ending } else { LineState::Down };
            }
            Effect::TakeStatements { conn, ticket, statements } => {
                self.machines[machine].jobs.push_back(Job::Statements(conn, ticket, statements));
            }
            Effect::TakeDocuments { conn, ticket, pieces } => {
                self.machines[machine].jobs.push_back(Job::Documents(conn, ticket, pieces));
            }
            Effect::Equal { conn } => {
                let line = &mut self.lines[index(conn)];
                let end = line.end_of(machine);
                line.equal[end] += 1;
            }
            Effect::Settled { conn } => {
                let line = &mut self.lines[index(conn)];
                let end = line.end_of(machine);
                line.settled[end] += 1;
            }
            Effect::Shun { device, .. } => self.shunned.push((machine, device)),
            Effect::Known { .. } => {}
            Effect::Clock { conn, seconds } => {
                let line = &mut self.lines[index(conn)];
                let end = line.end_of(machine);
                line.times[end].push(seconds);
            }
        }
    }

    // Acts.

    pub(crate) fn connect(&mut self, dialler: usize, listener: usize) -> usize {
        let number = self.lines.len();
        self.lines.push(Line {
            ends: [dialler, listener],
            queues: Default::default(),
            state: LineState::Up,
            endings: [None; 2],
            equal: [0; 2],
            settled: [0; 2],
            times: Default::default(),
        });
        let conn = ConnId(u64::try_from(number).unwrap());
        for (end, other) in [(dialler, listener), (listener, dialler)] {
            let device = self.machines[other].shelf.device;
            self.tell(end, Event::Opened { conn, device, dialled: end == dialler });
        }
        number
    }

    /// The cable is pulled: what was on its way is lost.
    pub(crate) fn cut(&mut self, line: usize) {
        if self.lines[line].state == LineState::Down {
            return;
        }
        self.lines[line].state = LineState::Down;
        self.lines[line].queues = Default::default();
        let ends = self.lines[line].ends;
        let open = self.lines[line].endings.map(|ending| ending.is_none());
        for (end, open) in ends.into_iter().zip(open) {
            if open {
                self.shelf(end).drop_waiting();
                self.tell(end, Event::Closed { conn: conn(line) });
            }
        }
    }

    pub(crate) fn write(&mut self, machine: usize, text: &[u8]) {
        let piece = self.shelf(machine).write(text);
        self.tell(machine, Event::Grew { piece, source: None });
    }

    pub(crate) fn state(&mut self, machine: usize, says: Says) {
        let new = self.shelf(machine).state(says);
        self.tell(machine, Event::Stated { statements: vec![new], source: None });
    }

    pub(crate) fn begin_anew(&mut self, machine: usize) {
        let (stated, piece) = self.shelf(machine).begin_anew();
        self.tell(machine, Event::Stated { statements: vec![stated], source: None });
        self.tell(machine, Event::Grew { piece, source: None });
    }

    /// Delivers and works in the order of `numbers`, over some lines.
    pub(crate) fn shuffle(&mut self, lines: &[usize], numbers: &[usize]) {
        for number in numbers {
            self.deliver(lines[number / 2 % lines.len()], number % 2);
            self.work(number / 3 % self.machines.len());
        }
    }

    /// The process ends and starts again: what is on disk is still there.
    pub(crate) fn restart(&mut self, machine: usize) {
        for line in 0..self.lines.len() {
            if self.lines[line].ends.contains(&machine) {
                self.cut(line);
            }
        }
        let restarted = &mut self.machines[machine];
        restarted.jobs.clear();
        restarted.sync = Sync::new(restarted.limits.clone());
    }

    // Time.

    /// Delivers the next frame to one end of a line, or the news that the other has closed it.
    pub(crate) fn deliver(&mut self, line: usize, end: usize) -> bool {
        let machine = self.lines[line].ends[end];
        if self.lines[line].state == LineState::Down {
            return false;
        }
        if let Some(frame) = self.lines[line].queues[end].pop_front() {
            if self.lines[line].endings[end].is_none() {
                self.tell(machine, Event::Frame { conn: conn(line), bytes: frame });
            }
            return true;
        }
        let other_closed = self.lines[line].endings[1 - end].is_some();
        if other_closed {
            self.lines[line].state = LineState::Down;
            self.tell(machine, Event::Closed { conn: conn(line) });
        }
        other_closed
    }

    /// The engine of a machine does one thing that it was handed.
    pub(crate) fn work(&mut self, machine: usize) -> bool {
        let Some(job) = self.machines[machine].jobs.pop_front() else { return false };
        let shelf = &mut self.machines[machine].shelf;
        let (events, ticket): (Vec<Event>, _) = match job {
            Job::Statements(source, ticket, said) => {
                let statements = shelf.hear_statements(&said);
                if self.lines[index(source)].state != LineState::Up {
                    shelf.drop_waiting();
                }
                let new = !statements.is_empty();
                let stated = Event::Stated { statements, source: Some(source) };
                (if new { vec![stated] } else { Vec::new() }, ticket)
            }
            Job::Documents(source, ticket, pieces) => {
                let grown = pieces.iter().filter_map(|piece| shelf.take(piece));
                (grown.map(|piece| Event::Grew { piece, source: Some(source) }).collect(), ticket)
            }
        };
        for event in events {
            self.tell(machine, event);
        }
        self.tell(machine, Event::Taken { ticket });
        true
    }

    pub(crate) fn pass(&mut self, ms: u64) {
        self.now += ms;
        (0..self.machines.len()).for_each(|machine| self.tell(machine, Event::Tick));
    }

    /// Lets everything that is on its way arrive, and returns how many one-way trips that took: in
    /// each, all that was under way arrives and is worked on.
    pub(crate) fn settle(&mut self) -> usize {
        let mut trips = 0;
        loop {
            let mut moved = false;
            let under_way: Vec<[usize; 2]> =
                self.lines.iter().map(|line| [line.queues[0].len(), line.queues[1].len()]).collect();
            for (line, counts) in under_way.iter().enumerate() {
                for (end, count) in counts.iter().enumerate() {
                    for _ in 0..(*count).max(1) {
                        moved |= self.deliver(line, end);
                    }
                }
            }
            for machine in 0..self.machines.len() {
                while self.work(machine) {
                    moved = true;
                }
            }
            if !moved {
                return trips;
            }
            trips += 1;
            assert!(trips < 10_000, "it never ends");
        }
    }

    // Looking on.

    pub(crate) fn is_up(&self, line: usize) -> bool {
        self.lines[line].state == LineState::Up
    }

    pub(crate) fn neighbour(&self, machine: usize, line: usize) -> Option<Neighbour> {
        self.machines[machine].sync.neighbours().find(|neighbour| neighbour.conn == conn(line))
    }

    pub(crate) fn agreement(&self, line: usize) -> [Option<Agreement>; 2] {
        self.lines[line].ends.map(|end| self.neighbour(end, line).map(|neighbour| neighbour.agreement))
    }

    pub(crate) fn is_equal(&self, line: usize) -> bool {
        self.agreement(line) == [Some(Agreement::Equal); 2]
    }

    /// Whether two machines have the very same things.
    pub(crate) fn same(&self, one: usize, other: usize) -> bool {
        self.machines[one].shelf.everything() == self.machines[other].shelf.everything()
    }

    /// Bytes that went over a line since a moment, with their lengths, and by whom they were said.
    pub(crate) fn bytes_since(&self, moment: usize) -> usize {
        self.said[moment..].iter().map(|said| said.frame.len() + 4).sum()
    }

    pub(crate) fn messages_since(&self, moment: usize) -> Vec<Message> {
        let frames = self.said[moment..].iter();
        frames.map(|said| Message::from_frame(&said.frame).unwrap().unwrap()).collect()
    }
}

impl Machine {
    fn new(shelf: Shelf, limits: Limits) -> Self {
        Self { shelf, sync: Sync::new(limits.clone()), jobs: VecDeque::new(), limits }
    }

    /// Whoever knows that somebody was removed says nothing about documents to them.
    fn may_say(&self, frame: &[u8], to: &Shelf) {
        let put_out = self.shelf.has_put_out(to.device);
        assert!(!(put_out && is_about_documents(frame)), "content for somebody who is not active");
    }
}

/// Whether a frame says anything about documents, apart from one number over all of them.
pub(crate) fn is_about_documents(frame: &[u8]) -> bool {
    match Message::from_frame(frame).unwrap().unwrap() {
        message @ (Message::DocumentAnswer(_) | Message::DocumentAnswers(_)) => {
            message.pieces().iter().any(|piece| !piece.tips.is_empty() || !piece.changes.is_empty())
        }
        Message::DocumentDigest(_)
        | Message::DocumentSums(_)
        | Message::DocumentEntries(_)
        | Message::DocumentOffers(_)
        | Message::DocumentAsk(_)
        | Message::DocumentAsks(_)
        | Message::DocumentNews(_) => true,
        _ => false,
    }
}

impl Line {
    fn end_of(&self, machine: usize) -> usize {
        self.ends.iter().position(|end| *end == machine).unwrap()
    }
}

fn index(conn: ConnId) -> usize {
    usize::try_from(conn.0).unwrap()
}

pub(crate) fn conn(line: usize) -> ConnId {
    ConnId(u64::try_from(line).unwrap())
}

/// Found, and one Admit for each machine, all by alice.
pub(crate) fn founding(members: usize) -> Vec<Vec<u8>> {
    let found = bytes(&Statement { prev: vec![], by: device(0), number: 0, says: Says::Found });
    let id = closeknit_ids::StatementId(shelf::hash(&found));
    let admits = (0..members).map(|number| {
        let member = Member::try_from(number).unwrap();
        let says = Says::Admit(device(member), member);
        bytes(&Statement { prev: vec![id], by: device(0), number: u32::from(member) + 1, says })
    });
    std::iter::once(found.clone()).chain(admits).collect()
}
