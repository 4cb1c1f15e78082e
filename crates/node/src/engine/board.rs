//! The board and a post, as a face shows them.

use closeknit_api::{
    Phrase, Value,
    calls::Board as Asked,
    views::{
        BoardView, Mode, OutcomeView, PostCard, PostKind, PostState as State, PostView, PromiseState,
        PromiseView, RoleView, Unit, WindowView,
    },
};
use closeknit_domain::{
    self as domain, Audience, Board, CommitmentRef, CommitmentStatus, Part, Post, PostRef, PostState,
    PostStatus, Role, over::is_over, to_thank, words,
};
use closeknit_ids::{MemberId, RecordId};

use super::{
    doorsteps::Opened,
    filter::Filter,
    sentence::{Reader, civil},
    start::is_machine_zone,
    story, times,
};

/// A list longer than this is asked for in pieces.
const PAGE: u32 = 200;

/// A post's id as faces show it: the record first, so that a short beginning names it.
pub(crate) fn post_id(post: PostRef) -> String {
    format!("{}.{}", post.id, post.author)
}

/// A promise's id as faces show it.
pub(crate) fn promise_id(promise: CommitmentRef) -> String {
    format!("{}.{}", promise.id, promise.helper)
}

/// The board for whoever reads, with these filters, the soonest first.
pub(crate) fn view(
    reader: &Reader<'_>,
    board: &Board,
    filter: &Filter<'_>,
    asked: &Asked,
    skipped: u32,
) -> BoardView {
    let mut posts: Vec<_> = filter.posts(reader, board).collect();
    posts.sort_by_cached_key(|(whose, state, post)| order(reader, *whose, state, post));
    let total = u32::try_from(posts.len()).unwrap_or(u32::MAX);
    let skip = asked.offset.unwrap_or(0) as usize;
    let take = asked.limit.unwrap_or(PAGE).min(PAGE) as usize;
    let page = posts.iter().skip(skip).take(take);
    let posts = page.filter_map(|(whose, _, _)| card(reader, board, *whose)).collect();
    let locked = u32::try_from(domain::audience::open_for_others(&reader.known)).unwrap_or(u32::MAX);
    BoardView { total, posts, area: reader.area().map(ToString::to_string), locked, skipped }
}

/// What still lives before what is over, urgent first, then by time; the newest first where none is set.
fn order(reader: &Reader<'_>, whose: PostRef, state: &PostState, post: &Post) -> impl Ord + use<> {
    let live = state.status.is_live() || matches!(state.status, PostStatus::Asking);
    let begins = times::next(post, state, reader.known.now).map(|window| window.begins());
    let posted = std::cmp::Reverse(post.posted.min(reader.known.now));
    (!live, !post.urgent, begins.is_none(), begins, posted, whose)
}

/// One post in a list.
pub(crate) fn card(reader: &Reader<'_>, board: &Board, whose: PostRef) -> Option<PostCard> {
    let (state, post) = (board.post(whose)?, reader.known.post(whose)?);
    let says = words::post(&reader.known, board, whose, reader.me)?.headline;
    let going = state.amounts.covered().max(state.amounts.done);
    Some(PostCard {
        id: post_id(whose),
        kind: kind_of(post.kind),
        category: post.category.slug().to_owned(),
        title: post.title.to_string(),
        author: reader.person(whose.author),
        person: post.proxy.as_ref().map(|proxy| proxy.person.to_string()),
        window: times::next_for(reader, board, whose).map(|window| window_view(reader, &window)),
        place: post.place.as_ref().map(ToString::to_string),
        urgent: post.urgent,
        audience: audience(reader, whose.author, post),
        want: u16::try_from(state.amounts.wanted).unwrap_or(u16::MAX),
        going: u16::try_from(going).unwrap_or(u16::MAX),
        unit: unit_of(post.want.unit),
        state: state_of(state.status),
        says: reader.phrase(&says),
    })
}

/// Who alone can read a post with the reader.
fn audience(reader: &Reader<'_>, author: MemberId, post: &Post) -> Option<Phrase> {
    let Audience::Chosen(members) = &post.audience else { return None };
    let others = [author].into_iter().chain(members.iter().copied()).filter(|member| *member != reader.me);
    let names = others.filter_map(|member| reader.name(member)).collect();
    Some(Phrase::new("audience-chosen").with("names", Value::Names(names)))
}

/// Shown in the circle's zone; the zone is named where the post was made in another, or the clock on the wall shows
/// another.
pub(crate) fn window_view(reader: &Reader<'_>, window: &domain::time::Window) -> WindowView {
    let zone = reader.known.zone;
    let elsewhere = window.zone() != zone || !is_machine_zone(zone);
    WindowView {
        start: civil(zone, window.begins()),
        end: civil(zone, window.ends()),
        zone: elsewhere.then(|| zone.name().to_owned()),
    }
}

/// What this member alone can say of a post.
pub(crate) struct Private<R, O, T> {
    /// How far an own record has come.
    pub(crate) reached: R,
    /// Opens doorstep details where the reader may see them.
    pub(crate) open: O,
    /// What the two say became of a promise, where the reader is one of them.
    pub(crate) told: T,
}

/// One post with its story.
pub(crate) fn post<R, O, T>(
    reader: &Reader<'_>,
    board: &Board,
    whose: PostRef,
    private: &Private<R, O, T>,
) -> Option<PostView>
where
    R: Fn(RecordId) -> Phrase,
    O: Fn(CommitmentRef) -> Option<Opened>,
    T: Fn(CommitmentRef) -> Vec<OutcomeView>,
{
    let whose = board.leader(whose);
    let (state, post) = (board.post(whose)?, reader.known.post(whose)?);
    let words = words::post(&reader.known, board, whose, reader.me)?;
    let promises =
        state.line.iter().filter_map(|promise| promise_view(reader, board, *promise, private)).collect();
    let mine = board.live_promise(reader.me, whose);
    let live = state.status.is_live();
    let author = whose.author == reader.me;
    let times = times::views(reader, board, whose);
    let again = || board.promise_to_say_again(&reader.known, reader.me, whose, &Part::Whole);
    let open_to_reader =
        if times.is_empty() { again().is_none() } else { times.iter().any(|time| time.can_promise) };
    let theirs =
        || Phrase::new("delivery-theirs").text("name", reader.name(whose.author).unwrap_or_default());
    let delivery = if author { (private.reached)(whose.id) } else { theirs() };
    Some(PostView {
        card: card(reader, board, whose)?,
        detail: post.detail.as_ref().map(ToString::to_string),
        mode: mode_of(post.mode),
        consent: post.proxy.as_ref().map(|proxy| proxy.consent.to_string()),
        standing: post.standing,
        repeat: times::repeat(&post.when),
        roles: post.roles.iter().map(role_view).collect(),
        lend_days: post.lend.map(domain::Days::get),
        promises,
        next: reader.phrase(&words.next),
        notes: words.notes.iter().map(|note| reader.phrase(note)).collect(),
        mine: mine.map(promise_id),
        can_promise: live && !author && open_to_reader,
        times,
        can_answer: author,
        can_edit: author && story::may_change(reader, whose),
        can_forget: author && is_over(&reader.known, board, whose),
        renewal: story::renewal(reader, state, whose),
        same: state.same.iter().filter_map(|post| story::same(reader, *post)).collect(),
        to_thank: to_thank(board, whose, reader.me).into_iter().map(|who| reader.person(who)).collect(),
        thanks: story::thanks(reader, board, whose),
        history: story::history(reader, board, whose, &private.reached),
        delivery,
        ends: state.expires.map(|at| civil(reader.known.zone, at)),
    })
}

fn promise_view<R, O, T>(
    reader: &Reader<'_>,
    board: &Board,
    whose: CommitmentRef,
    private: &Private<R, O, T>,
) -> Option<PromiseView>
where
    R: Fn(RecordId) -> Phrase,
    O: Fn(CommitmentRef) -> Option<Opened>,
    T: Fn(CommitmentRef) -> Vec<OutcomeView>,
{
    let state = board.commitment(whose)?;
    let words = words::promise(&reader.known, board, whose, reader.me)?;
    let commitment = reader.known.commitment(whose);
    let opened = board.doorstep(&reader.known, whose, reader.me).and_then(|_| (private.open)(whose));
    Some(PromiseView {
        id: promise_id(whose),
        helper: reader.person(whose.helper),
        amount: commitment.map_or(0, |commitment| commitment.amount.get()),
        going: state.status.seat().map_or(0, |seat| seat.taken),
        say: commitment.and_then(|commitment| commitment.say.as_ref()).map(ToString::to_string),
        state: promise_status(state.status),
        times: times::promised(reader, state, whose),
        every: commitment.is_some_and(|commitment| commitment.part == Part::Every),
        role: commitment.and_then(|commitment| commitment.role.as_ref()).map(ToString::to_string),
        says: reader.phrase(&words.says),
        doorstep_again: opened
            .as_ref()
            .is_some_and(|opened| opened.again)
            .then(|| Phrase::new("doorstep-new-machine").with("name", reader.named(whose.helper))),
        doorstep: opened.map(|opened| opened.text),
        outcomes: (private.told)(whose),
        to_tell: story::to_tell(reader, board, whose),
        can_withdraw: whose.helper == reader.me && state.status.is_live() && !state.past,
        delivery: (whose.helper == reader.me).then(|| (private.reached)(whose.id)),
        mine: whose.helper == reader.me,
    })
}

fn role_view(role: &Role) -> RoleView {
    RoleView { name: role.name.to_string(), amount: role.amount.get() }
}

pub(crate) const fn promise_status(status: CommitmentStatus) -> PromiseState {
    match status {
        CommitmentStatus::Offered(_) => PromiseState::Offered,
        CommitmentStatus::Likely(_) => PromiseState::Likely,
        CommitmentStatus::Going(_) => PromiseState::Going,
        CommitmentStatus::Done(_) | CommitmentStatus::Partly(_) => PromiseState::Done,
        CommitmentStatus::StandingBy => PromiseState::StandingBy,
        CommitmentStatus::Declined => PromiseState::Declined,
        CommitmentStatus::Withdrawn { .. } => PromiseState::Withdrawn,
        CommitmentStatus::Void(_) | CommitmentStatus::DidNotHappen => PromiseState::Void,
        CommitmentStatus::CheckAgain => PromiseState::CheckAgain,
        CommitmentStatus::FormerMember => PromiseState::FormerMember,
    }
}

pub(crate) const fn state_of(status: PostStatus) -> State {
    match status {
        PostStatus::Open | PostStatus::Available => State::Open,
        // What rests is asked for by nobody, as what is taken up.
        PostStatus::Resting => State::Covered,
        PostStatus::PartlyCovered | PostStatus::PartlyTaken => State::PartlyCovered,
        PostStatus::Covered | PostStatus::TakenUp => State::Covered,
        PostStatus::Asking => State::Asking,
        PostStatus::Met { .. } | PostStatus::PartlyMet { .. } => State::Met,
        PostStatus::NoLongerNeeded { .. } | PostStatus::Withdrawn { .. } => State::NotNeeded,
        PostStatus::Duplicate { .. } => State::Duplicate,
        PostStatus::Expired { .. } => State::Expired,
    }
}

pub(crate) const fn kind_of(kind: domain::PostKind) -> PostKind {
    match kind {
        domain::PostKind::Need => PostKind::Need,
        domain::PostKind::Offer => PostKind::Offer,
    }
}

const fn unit_of(unit: domain::Unit) -> Unit {
    match unit {
        domain::Unit::Helpers => Unit::Helpers,
        domain::Unit::Hours => Unit::Hours,
        domain::Unit::Items => Unit::Items,
    }
}

pub(crate) const fn mode_of(mode: domain::Mode) -> Mode {
    match mode {
        domain::Mode::TurnUp => Mode::TurnUp,
        domain::Mode::First => Mode::First,
        domain::Mode::Choose => Mode::Choose,
    }
}
