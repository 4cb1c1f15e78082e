//! Who lives in Millrace, and what happened there so far: who says what, chapter by chapter, in the words of the
//! command line. At the end of each chapter all meet; within one, nobody hears of what the others say.

use super::line;

/// Somebody in the circle.
pub(super) struct Member {
    /// Their directory in the demo.
    pub(super) name: &'static str,
    /// What they are called by.
    pub(super) called: &'static str,
}

/// Rosa began it.
pub(super) const MEMBERS: [Member; 5] = [
    Member { name: "rosa", called: "Rosa" },
    Member { name: "sam", called: "Sam" },
    Member { name: "ines", called: "Ines" },
    Member { name: "liesl", called: "Liesl" },
    Member { name: "pavel", called: "Pavel" },
];

/// What is said between two meetings.
pub(super) struct Chapter {
    /// How many days ago.
    days_ago: i64,
    /// Who, and the words of the command.
    pub(super) lines: &'static [(&'static str, &'static str)],
}

impl Chapter {
    /// The time that its machines go by, if it is not the clock's.
    pub(super) fn now(&self) -> Option<String> {
        (self.days_ago > 0).then(|| line::moment_in(-self.days_ago))
    }
}

/// Long enough for any weekday in it to be over.
const PAST: i64 = 9;

pub(super) const CHAPTERS: [Chapter; 5] = [
    Chapter { days_ago: PAST, lines: ASKED_BEFORE },
    Chapter { days_ago: PAST, lines: PROMISED_BEFORE },
    Chapter { days_ago: 0, lines: ASKED },
    Chapter { days_ago: 0, lines: APART },
    Chapter { days_ago: 0, lines: ANSWERED },
];

const ASKED_BEFORE: &[(&str, &str)] = &[
    (
        "ines",
        r#"need "Help moving a hospital bed" --category repair --want 2 --mode first --when "saturday 14-16"
           --near "Station Side" --detail "Down one floor; the bed comes apart.""#,
    ),
    ("liesl", r#"need "Winter coat, boy age 8" --category goods"#),
    (
        "pavel",
        r#"need "Nappies size 3" --category goods --want 2 --unit items --until tomorrow --near "Station Side""#,
    ),
];

const PROMISED_BEFORE: &[(&str, &str)] = &[
    ("sam", r#"promise {hospital bed}"#),
    ("liesl", r#"promise {hospital bed} --say "With the van.""#),
    ("sam", r#"promise {Winter coat} --say "Ours is too small now.""#),
];

const ASKED: &[(&str, &str)] = &[
    // Who they are, and what they can carry.
    ("rosa", r#"profile --area "Tannery Row" --languages Spanish,English --skills "filling in forms""#),
    ("sam", r#"profile --area "Bridge End" --skills "joinery,small repairs" --lends "roof rack""#),
    (
        "ines",
        r#"profile --area "Tannery Row" --languages Portuguese,English --skills "first aid,vegetarian cooking""#,
    ),
    (
        "liesl",
        r#"profile --area "Allotment Hill" --languages German,English --lends "ladder,drill,hand truck""#,
    ),
    ("pavel", r#"profile --area "Station Side" --languages Romanian,English --skills "bicycle repair""#),
    ("rosa", "capacity --hours 3 --can language,paperwork --radius 20"),
    (
        "sam",
        r#"capacity --hours 4 --can ride,repair,medicine --free "tue 8-13, thu 8-13, fri 12-18" --radius 30"#,
    ),
    (
        "ines",
        r#"capacity --hours 2 --can food-meal,check-in --not ride --free "mon 18-21, sun 14-18" --radius 15"#,
    ),
    ("liesl", r#"capacity --hours 5 --can ride,lend --free "thu 8-13, sat 9-18""#),
    ("sam", "show-capacity ride=-s-s-s-,repair=sssss--,medicine=-s-s---"),
    ("ines", "show-capacity food-meal=s-s----,check-in=------p"),
    ("liesl", "show-capacity ride=---s-p-,lend=ppppppp"),
    ("rosa", "show-capacity paperwork=s-s----"),
    // Pavel showed time, and rests now: nobody is to suggest him.
    ("pavel", "capacity --hours 3 --can ride,paperwork"),
    ("pavel", "show-capacity ride=sssssss,paperwork=sssssss"),
    ("pavel", "capacity --rest {in 14 days}"),
    // What is wanted.
    (
        "rosa",
        r#"need "Lift to the eye clinic and back" --category ride --when "thursday 9:20-12:30" --near "Station Side"
           --mode choose --detail "My eyes will be covered on the way home.""#,
    ),
    ("rosa", r#"need "Set up a second-hand phone" --category tech --when "monday 18-19" --near "the hall""#),
    (
        "rosa",
        r#"need "Prescription from the pharmacy" --category medicine --urgent --when "by tomorrow 18:00"
           --near "Bridge End" --for "Old Jack" --consent "He asked me at his door.""#,
    ),
    (
        "rosa",
        r#"need "Read letters aloud, poor eyesight" --category elder --when "friday 11-12" --repeat weekly
           --near "Allotment Hill" --for "Old Jack" --consent "He asked me at his door.""#,
    ),
    (
        "rosa",
        r#"need "Weekly call, likes chess talk" --category check-in --when "sunday 15-17" --repeat weekly
           --near "Allotment Hill" --for "Old Jack" --consent "He asked me on Sunday.""#,
    ),
    (
        "ines",
        r#"need "Fill in a housing form" --category paperwork --near "the library" --mode choose
           --detail "An hour is enough. Arabic welcome.""#,
    ),
    (
        "ines",
        r#"need "Food parcel for a family of 5" --category food-grocery --want 5 --unit items --when "by friday 17:00"
           --mode choose --near "Tannery Row""#,
    ),
    (
        "ines",
        r#"need "Chair a meeting while I am ill" --category group --when "monday 19-21" --near "the hall""#,
    ),
    (
        "liesl",
        r#"need "Evening meals after a birth, no nuts" --category food-meal --mode first --when "monday 17:30-18:30"
           --repeat FREQ=WEEKLY;BYDAY=MO,WE,FR;COUNT=9 --near "Tannery Row" --detail "For three people each time.""#,
    ),
    (
        "liesl",
        r#"need "Someone to listen after a loss" --category check-in --only Rosa --only Ines
           --detail "Evenings are hardest.""#,
    ),
    (
        "liesl",
        r#"need "Washing machine out, two loads" --category chore --want 2 --unit items --mode first
           --near "Allotment Hill""#,
    ),
    (
        "pavel",
        r#"need "Laundry help, machine broken" --category chore --want 2 --unit items --mode first
           --near "Allotment Hill" --detail "Until it is repaired.""#,
    ),
    (
        "sam",
        r#"need "Bulb change, high ceiling" --category repair --near "Allotment Hill"
           --detail "Somebody with a ladder, any evening.""#,
    ),
    // What there is.
    (
        "ines",
        r#"offer "Two hot vegetarian meals" --category food-meal --want 2 --unit items --standing
           --when "wednesday 17-19" --repeat weekly --near "Tannery Row""#,
    ),
    (
        "sam",
        r#"offer "Joinery and small fixes" --category repair --want 6 --unit hours --standing
           --detail "Weekdays 10 to 16, within 20 minutes.""#,
    ),
    ("liesl", r#"offer "Ladder, drill, hand truck" --category lend --lend 3 --near "Allotment Hill""#),
    (
        "rosa",
        r#"offer "Spanish interpreting by phone" --category language --want 2 --unit helpers --standing
           --detail "Evenings.""#,
    ),
    // What nobody asked for in time is asked for again; what happened is said.
    ("pavel", "renew {Nappies}"),
    ("liesl", r#"answer {Winter coat: Sam} accept --doorstep "4 Orchard Lane, back door""#),
    ("ines", r#"outcome {hospital bed: Sam} not --why "The lift was out of order.""#),
    ("ines", r#"outcome {hospital bed: Liesl} not --why "The lift was out of order.""#),
];

const APART: &[(&str, &str)] = &[
    ("sam", r#"promise {eye clinic} --say "I have a car.""#),
    ("liesl", r#"promise {eye clinic} --say "I could take the van.""#),
    ("sam", "promise {Food parcel} --amount 3"),
    ("liesl", "promise {Food parcel} --amount 4"),
    ("sam", r#"promise {second-hand phone} --say "I did my aunt's.""#),
    ("rosa", "close {second-hand phone} not-needed"),
    ("sam", "promise {Washing machine}"),
    ("liesl", "close {Washing machine} duplicate --of {Laundry help}"),
    ("ines", "promise {Evening meals} --slot {Evening meals #1 #2 #4}"),
    ("sam", "promise {Evening meals} --slot {Evening meals #3}"),
    ("ines", r#"promise {Weekly call} --every --say "I play badly, but I play.""#),
    ("rosa", "promise {Chair a meeting}"),
    ("sam", "promise {Prescription}"),
    ("sam", r#"promise {Ladder} --say "For my own ceiling.""#),
    ("ines", r#"edit {hospital bed} --when "saturday 14-16""#),
    ("liesl", "close {Winter coat} met"),
    ("liesl", r#"thank {Winter coat} "He wears it day and night. Thank you!""#),
];

const ANSWERED: &[(&str, &str)] = &[
    ("rosa", r#"answer {Weekly call: Ines} accept"#),
    ("rosa", r#"answer {Prescription: Sam} accept --doorstep "9 Hill Steps; knock twice, he is slow.""#),
    ("liesl", "answer {Ladder: Sam} accept"),
    ("sam", "weigh {Laundry: you} 30m"),
    ("ines", r#"answer {Food parcel: Sam} accept --doorstep "Number 31, the blue door""#),
    ("ines", r#"answer {Food parcel: Liesl} accept --doorstep "Number 31, the blue door""#),
];
