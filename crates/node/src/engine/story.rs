//! The story of a post, as its reader sees it: what was done about it, what others posted that is the same,
//! whether it still stands, and thanks.

use closeknit_api::{
    Phrase,
    views::{HistoryView, RenewalView, SamePost, ThanksView, ToTellView},
};
use closeknit_domain::{
    self as domain, Board, CommitmentRef, PostFlag, PostRef, PostState, PostStatus, Record, expiry, history,
};
use closeknit_ids::{MemberId, RecordId};

use super::{
    board::{post_id, window_view},
    endings::closures,
    sentence::{Reader, civil},
};

/// What was done about the card of a post, the first first.
pub(crate) fn history(
    reader: &Reader<'_>,
    board: &Board,
    whose: PostRef,
    reached: &impl Fn(RecordId) -> Phrase,
) -> Vec<HistoryView> {
    let events = history::of(&reader.known, board, whose, reader.me).into_iter();
    let view = |event: history::Event| HistoryView {
        id: event.record.to_string(),
        at: civil(reader.known.zone, event.at),
        by: reader.person(event.by),
        says: reader.phrase(&event.says),
        delivery: event.undo.as_ref().map(|_| reached(event.record)),
        undo: event.undo.map(|means| reader.phrase(&means)),
    };
    events.map(view).collect()
}

/// Another post on the same card.
pub(crate) fn same(reader: &Reader<'_>, whose: PostRef) -> Option<SamePost> {
    let post = reader.known.post(whose)?;
    Some(SamePost {
        id: post_id(whose),
        author: reader.person(whose.author),
        title: post.title.to_string(),
        detail: post.detail.as_ref().map(ToString::to_string),
        window: post.when.first().map(|window| window_view(reader, window)),
        place: post.place.as_ref().map(ToString::to_string),
    })
}

/// Whether its author may still change a post: not once they closed it.
pub(crate) fn may_change(reader: &Reader<'_>, whose: PostRef) -> bool {
    closures(reader.known.members.get(&whose.author), whose.id).next().is_none()
}

/// Whether its author is asked if a post still stands, and for how long it would.
pub(crate) fn renewal(reader: &Reader<'_>, state: &PostState, whose: PostRef) -> Option<RenewalView> {
    let post = reader.known.post(whose).filter(|_| whose.author == reader.me)?;
    let not_come = || state.flags.iter().any(|flag| matches!(flag, PostFlag::DidNotHappen(_)));
    let asked = match state.status {
        PostStatus::Expired { .. } => true,
        status if state.flags.contains(&PostFlag::StillNeeded) => status.is_live(),
        status => status.wants_more() && not_come(),
    };
    let days = expiry::days_more(post, reader.known.zone).and_then(|days| u16::try_from(days).ok());
    asked.then_some(RenewalView { days })
}

/// The times of a promise of which the reader may say what became of it.
pub(crate) fn to_tell(reader: &Reader<'_>, board: &Board, whose: CommitmentRef) -> Vec<ToTellView> {
    let several = board.commitment(whose).and_then(|state| reader.known.post(state.counts_for));
    let several = several.is_some_and(|post| post.when.has_slots());
    let view = |time: domain::ToTell| ToTellView {
        slot: time.slot.map(|slot| slot.to_string()).filter(|_| several),
        // The weeks of a standing offer are nobody's appointment.
        window: time.window.filter(|_| several).map(|window| window_view(reader, &window)),
        asked: time.asked,
    };
    domain::to_tell(&reader.known, board, whose, reader.me).into_iter().map(view).collect()
}

/// Thanks for a post, as far as the reader may read them.
pub(crate) fn thanks(reader: &Reader<'_>, board: &Board, whose: PostRef) -> Vec<ThanksView> {
    let thanks = reader.known.records().filter_map(|(by, _, record)| match record {
        Record::Thanks(thanks) if thanks.post.is_some_and(|post| board.leader(post) == whose) => {
            Some((by, thanks))
        }
        _ => None,
    });
    let mine = thanks.filter(|(by, thanks)| thanks.to.is_none_or(|to| [*by, to].contains(&reader.me)));
    mine.map(|(by, thanks)| thanks_view(reader, by, thanks)).collect()
}

/// Thanks as their reader sees them.
pub(crate) fn thanks_view(reader: &Reader<'_>, by: MemberId, thanks: &domain::Thanks) -> ThanksView {
    ThanksView {
        by: reader.person(by),
        to: thanks.to.map(|to| reader.person(to)),
        text: thanks.text.to_string(),
    }
}
