//! Who alone may read a record: what is said about a post for chosen people is for the same, and thanks to
//! one member are for the two.

use std::collections::BTreeSet;

use closeknit_ids::MemberId;

use crate::{
    expiry,
    known::Known,
    record::{Audience, CommitmentRef, Kind, Post, PostRef, Record},
    time::Zone,
};

/// Who alone may read what `writer` writes here, the writer among them; nobody is named if the whole
/// circle may.
#[must_use]
pub fn readers(known: &Known<'_>, writer: MemberId, record: &Record) -> Option<BTreeSet<MemberId>> {
    let of_post = |post: PostRef| chosen(post.author, known.post(post)?);
    let of_promise = |promise: CommitmentRef| of_post(known.commitment(promise)?.post);
    let mut readers = match record {
        Record::Post(post) => chosen(writer, post)?,
        Record::Commitment(commitment) => of_post(commitment.post)?,
        Record::Answer(answer) => of_post(PostRef { author: writer, id: answer.post })?,
        Record::Withdrawal(withdrawal) => {
            of_promise(CommitmentRef { helper: writer, id: withdrawal.commitment })?
        }
        Record::Closure(closure) => of_post(PostRef { author: writer, id: closure.post })?,
        Record::Outcome(outcome) => of_promise(outcome.commitment)?,
        Record::Thanks(thanks) => match thanks.to {
            Some(to) => BTreeSet::from([to]),
            None => of_post(thanks.post?)?,
        },
        Record::Profile(_)
        | Record::Capacity(_)
        | Record::Shown(_)
        | Record::Locked(_)
        | Record::Invitation(_)
        | Record::Note(_) => return None,
    };
    readers.insert(writer);
    Some(readers)
}

fn chosen(author: MemberId, post: &Post) -> Option<BTreeSet<MemberId>> {
    match &post.audience {
        Audience::Circle => None,
        Audience::Chosen(members) => Some(members.iter().copied().chain([author]).collect()),
    }
}

/// Until when others see that something is open: the end of the day, so that it tells nothing finer.
#[must_use]
pub fn open_until(record: &Record, circle: &Zone) -> Option<jiff::Timestamp> {
    let Record::Post(post) = record else { return None };
    let day = circle.civil(expiry::ends(post, circle).expires?).date();
    let next = day.tomorrow().unwrap_or(day);
    Some(circle.moment(next.at(0, 0, 0, 0)))
}

/// How many posts are open that are for others: that much everybody sees.
#[must_use]
pub fn open_for_others(known: &Known<'_>) -> usize {
    let open = |record: &Record| {
        matches!(record, Record::Locked(locked) if matches!(locked.kind, Kind::Need | Kind::Offer)
            && locked.until.is_none_or(|until| known.now < until))
    };
    known.records().filter(|(_, _, record)| open(record)).count()
}
