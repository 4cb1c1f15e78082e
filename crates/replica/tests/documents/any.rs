//! Any record there may be.

use closeknit_domain::{
    Amount, Answer, Audience, Category, Chosen, Closed, Closure, Commitment, CommitmentRef, Days, How, Kind,
    Level, Locked, MemberKind, Mode, Note, OpenInvitation, Outcome, Part, Phrases, Post, PostKind, PostRef,
    Profile, Proxy, Record, Repeat, Role, Roles, Sealed, Shown, SlotId, SlotIds, Slots, Thanks, Unit,
    Verdict, Want, When, Withdrawal,
    record::Basis,
    text::{Detail, Name, NoteText, Phrase, Place, Say, Title},
    time::{Window, Zone},
};
use closeknit_ids::{InvitationId, MemberId, RecordId};
use jiff::{Timestamp, ToSpan, civil::DateTime};
use proptest::{collection::vec, option, prelude::*, sample::select};

/// Text that fits: what is left after the bounds took what they do not like.
fn text<T>(
    most: usize,
    parse: fn(&str) -> Result<T, closeknit_domain::text::TextError>,
) -> impl Strategy<Value = T>
where
    T: std::fmt::Debug,
{
    vec(select(vec!['a', 'Z', ' ', 'é', '中', '7', '\'', '"', '[', ']', '/', '😀']), 1..most)
        .prop_filter_map("empty", move |letters| parse(&letters.into_iter().collect::<String>()).ok())
}

pub(crate) fn record_ids() -> impl Strategy<Value = RecordId> {
    any::<[u8; 16]>().prop_map(RecordId)
}

fn members() -> impl Strategy<Value = MemberId> {
    any::<[u8; 32]>().prop_map(MemberId)
}

fn moments() -> impl Strategy<Value = Timestamp> {
    (-200_000_000_000_i64..200_000_000_000).prop_map(|second| Timestamp::from_second(second).unwrap())
}

fn amounts() -> impl Strategy<Value = Amount> {
    (1..=Amount::MOST).prop_map(|amount| Amount::new(amount).unwrap())
}

fn windows() -> impl Strategy<Value = Window> {
    let zones = select(vec!["Europe/Madrid", "UTC", "America/Argentina/Buenos_Aires", "Asia/Kathmandu"]);
    (zones, 0..400_000_i64, 1..500_000_i64).prop_filter_map("skipped hour", |(zone, start, length)| {
        let epoch = DateTime::constant(2026, 1, 1, 0, 0, 0, 0);
        let start = epoch.checked_add(start.minutes()).ok()?;
        let end = start.checked_add(length.minutes()).ok()?;
        Window::new(start, end, Zone::new(zone).ok()?).ok()
    })
}

fn slots() -> impl Strategy<Value = SlotId> {
    windows().prop_map(|window| window.slot())
}

fn slot_ids() -> impl Strategy<Value = SlotIds> {
    vec(slots(), 1..9).prop_map(|slots| SlotIds::new(slots.into_iter().collect()).unwrap())
}

fn rules() -> impl Strategy<Value = Repeat> {
    select(vec![
        "FREQ=DAILY",
        "FREQ=DAILY;INTERVAL=3;BYDAY=MO,TU;COUNT=366",
        "FREQ=WEEKLY;BYDAY=MO,WE,FR;COUNT=9",
        "FREQ=WEEKLY;INTERVAL=2;UNTIL=20270301T230000Z",
        "FREQ=MONTHLY;BYDAY=1MO,-1FR",
    ])
    .prop_map(|rule| rule.parse().unwrap())
}

fn whens() -> impl Strategy<Value = When> {
    let days = (windows(), 2..=Slots::MOST).prop_filter_map("skipped hour", |(first, count)| {
        let day = |day: i64| {
            let [start, end] = [first.start(), first.end()].map(|at| at.checked_add(day.days()).unwrap());
            Window::new(start, end, first.zone().clone()).ok()
        };
        let windows: Option<Vec<_>> = (0..i64::try_from(count).unwrap()).map(day).collect();
        Slots::new(windows?).ok().map(When::Slots)
    });
    prop_oneof![
        Just(When::Anytime),
        windows().prop_map(When::Once),
        days,
        (windows(), rules()).prop_map(|(first, rule)| When::Repeats(first, rule)),
    ]
}

fn roles() -> impl Strategy<Value = Roles> {
    vec((text(30, Phrase::new), amounts()), 0..4).prop_filter_map("twice", |roles| {
        Roles::new(roles.into_iter().map(|(name, amount)| Role { name, amount }).collect()).ok()
    })
}

fn phrases() -> impl Strategy<Value = Phrases> {
    vec(text(30, Phrase::new), 0..6).prop_map(|list| Phrases::new(list).unwrap())
}

fn sealed() -> impl Strategy<Value = Sealed> {
    vec(any::<u8>(), 0..200).prop_map(|bytes| Sealed::new(bytes).unwrap())
}

fn profiles() -> impl Strategy<Value = Profile> {
    let kinds = select(vec![MemberKind::Person, MemberKind::Household, MemberKind::Organisation]);
    (text(40, Name::new), kinds, phrases(), option::of(text(50, Place::new)), phrases(), phrases()).prop_map(
        |(name, kind, languages, area, skills, lends)| Profile { name, kind, languages, area, skills, lends },
    )
}

fn posts() -> impl Strategy<Value = Post> {
    let kinds = select(vec![PostKind::Need, PostKind::Offer]);
    let units = select(vec![Unit::Helpers, Unit::Hours, Unit::Items]);
    let modes = select(vec![Mode::TurnUp, Mode::First, Mode::Choose]);
    let proxies = (text(20, Name::new), text(20, Phrase::new));
    let proxies = option::of(proxies.prop_map(|(person, consent)| Proxy { person, consent }));
    let words = (text(100, Title::new), option::of(text(300, Detail::new)), option::of(text(50, Place::new)));
    let audiences = prop_oneof![Just(Audience::Circle), chosen().prop_map(Audience::Chosen)];
    let reviews = (option::of(moments()), option::of(moments()));
    let times = (whens(), option::of(moments()), reviews, moments());
    let flags = any::<(bool, bool, bool)>();
    let want = (amounts(), units).prop_map(|(amount, unit)| Want { amount, unit });
    let want = (want, roles(), option::of((1..=Days::MOST).prop_map(|days| Days::new(days).unwrap())));
    (kinds, select(Category::ALL), words, times, flags, want, (modes, audiences), proxies).prop_map(
        |(
            kind,
            category,
            (title, detail, place),
            (when, until, (reviewed, changed), posted),
            (urgent, standing, resting),
            (want, roles, lend),
            (mode, audience),
            proxy,
        )| {
            Post {
                kind,
                category,
                title,
                detail,
                urgent,
                when,
                place,
                want,
                roles,
                lend,
                mode,
                proxy,
                standing,
                resting,
                reviewed,
                audience,
                changed,
                until,
                posted,
            }
        },
    )
}

fn chosen() -> impl Strategy<Value = Chosen> {
    let members = proptest::collection::btree_set(members(), 1..=Chosen::MOST);
    members.prop_map(|members| Chosen::new(members).unwrap())
}

fn commitments() -> impl Strategy<Value = Commitment> {
    let post = (members(), record_ids()).prop_map(|(author, id)| PostRef { author, id });
    let basis = (any::<[u8; 32]>(), vec(record_ids(), 0..Basis::MOST));
    let basis = basis.prop_map(|(fields, seen)| Basis::new(fields, seen).unwrap());
    let part = prop_oneof![Just(Part::Whole), Just(Part::Every), slot_ids().prop_map(Part::Slots)];
    let words = (option::of(text(30, Phrase::new)), option::of(text(100, Say::new)));
    (post, part, amounts(), words, basis, moments()).prop_map(
        |(post, part, amount, (role, say), basis, made)| Commitment {
            post,
            part,
            amount,
            role,
            say,
            basis,
            made,
        },
    )
}

fn answers() -> impl Strategy<Value = Answer> {
    let commitment = (members(), record_ids()).prop_map(|(helper, id)| CommitmentRef { helper, id });
    let verdicts = select(vec![Verdict::Accept, Verdict::StandBy, Verdict::Decline]);
    (record_ids(), commitment, verdicts, option::of(sealed()), moments()).prop_map(
        |(post, commitment, verdict, doorstep, at)| Answer { post, commitment, verdict, doorstep, at },
    )
}

fn closures() -> impl Strategy<Value = Closure> {
    let other =
        (members(), record_ids()).prop_map(|(author, id)| Closed::DuplicateOf(PostRef { author, id }));
    let how = prop_oneof![Just(Closed::Met), Just(Closed::NotNeeded), other];
    (record_ids(), how, moments()).prop_map(|(post, how, at)| Closure { post, how, at })
}

fn withdrawals() -> impl Strategy<Value = Withdrawal> {
    (record_ids(), option::of(slot_ids()), moments()).prop_map(|(commitment, slots, at)| Withdrawal {
        commitment,
        slots,
        at,
    })
}

fn outcomes() -> impl Strategy<Value = Outcome> {
    let commitment = (members(), record_ids()).prop_map(|(helper, id)| CommitmentRef { helper, id });
    let how = select(vec![How::Happened, How::Partly, How::DidNot]);
    (commitment, option::of(slots()), how, option::of(sealed()), moments())
        .prop_map(|(commitment, slot, how, reason, at)| Outcome { commitment, slot, how, reason, at })
}

fn thanks() -> impl Strategy<Value = Thanks> {
    let post = (members(), record_ids()).prop_map(|(author, id)| PostRef { author, id });
    (option::of(members()), option::of(post), text(100, Say::new), moments())
        .prop_map(|(to, post, text, at)| Thanks { to, post, text, at })
}

pub(crate) fn records() -> impl Strategy<Value = Record> {
    prop_oneof![
        profiles().prop_map(Record::Profile),
        sealed().prop_map(Record::Capacity),
        posts().prop_map(Record::Post),
        commitments().prop_map(Record::Commitment),
        answers().prop_map(Record::Answer),
        withdrawals().prop_map(Record::Withdrawal),
        outcomes().prop_map(Record::Outcome),
        closures().prop_map(Record::Closure),
        thanks().prop_map(Record::Thanks),
        shown().prop_map(Record::Shown),
        locked().prop_map(Record::Locked),
        invitations().prop_map(Record::Invitation),
        notes().prop_map(Record::Note),
    ]
}

fn notes() -> impl Strategy<Value = Note> {
    (text(100, Title::new), option::of(text(400, NoteText::new)), moments(), option::of(moments()))
        .prop_map(|(title, text, written, changed)| Note { title, text, written, changed })
}

fn invitations() -> impl Strategy<Value = OpenInvitation> {
    let sealed = option::of(vec(any::<u8>(), 0..300).prop_map(|bytes| Sealed::new(bytes).unwrap()));
    (any::<[u8; 32]>().prop_map(InvitationId), any::<u16>(), moments(), sealed)
        .prop_map(|(id, uses, until, sealed)| OpenInvitation { id, uses, until, sealed })
}

fn locked() -> impl Strategy<Value = Locked> {
    let kinds =
        vec![Kind::Need, Kind::Offer, Kind::Commitment, Kind::Answer, Kind::Withdrawal, Kind::Closure];
    let kinds = select([kinds, vec![Kind::Outcome, Kind::Thanks]].concat());
    let sealed = vec(any::<u8>(), 0..300).prop_map(|bytes| Sealed::new(bytes).unwrap());
    (kinds, option::of(moments()), sealed).prop_map(|(kind, until, sealed)| Locked { kind, until, sealed })
}

fn shown() -> impl Strategy<Value = Shown> {
    let level = || select(Level::ALL.to_vec());
    let days = vec(level(), 7).prop_map(|days| days.try_into().unwrap());
    vec((select(Category::ALL.to_vec()), days), 0..Category::ALL.len()).prop_map(Shown::new)
}

pub(crate) fn same_kind() -> impl Strategy<Value = (Record, Record)> {
    let kind = |record: &Record| match record {
        Record::Post(post) => (std::mem::discriminant(record), Some(post.kind)),
        _ => (std::mem::discriminant(record), None),
    };
    prop_oneof![
        (profiles(), profiles()).prop_map(|(a, b)| (Record::Profile(a), Record::Profile(b))),
        (posts(), posts()).prop_map(|(a, b)| (Record::Post(a), Record::Post(b))),
        (answers(), answers()).prop_map(|(a, b)| (Record::Answer(a), Record::Answer(b))),
        (closures(), closures()).prop_map(|(a, b)| (Record::Closure(a), Record::Closure(b))),
        (shown(), shown()).prop_map(|(a, b)| (Record::Shown(a), Record::Shown(b))),
        (invitations(), invitations()).prop_map(|(a, b)| (Record::Invitation(a), Record::Invitation(b))),
        (notes(), notes()).prop_map(|(a, b)| (Record::Note(a), Record::Note(b))),
    ]
    .prop_filter("another kind", move |(a, b)| kind(a) == kind(b))
}
