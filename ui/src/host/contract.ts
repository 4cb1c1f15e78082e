// Written by `cargo test -p closeknit-api` from crates/api. Do not edit: change the contract there.

/**
 * Answers a promise to an own post.
 */
export type Answer = { 
/**
 * The promise's id, or the beginning of it.
 */
id: string, 
/**
 * Yes, backup, or no.
 */
verdict: Verdict, 
/**
 * Address, phone, access: only for the one who is accepted.
 */
doorstep?: string, };

/**
 * Why a call did not do what was asked.
 */
export type ApiError = { 
/**
 * Which of the known reasons.
 */
code: ErrorCode, 
/**
 * Values for its sentence.
 */
values?: { [key in string]: Value }, };

/**
 * How what stands on this machine's disk is locked.
 */
export type AtRest = Record<symbol, never>;

/**
 * How what stands on this machine's disk is locked.
 */
export type AtRestView = { 
/**
 * What it takes to open it, in sentences.
 */
says: Array<Phrase>, 
/**
 * There is a passphrase.
 */
passphrase: boolean, 
/**
 * It locks by itself after so many minutes; 0 is never.
 */
minutes: number, };

/**
 * Whom the member would rather not meet: they are never suggested to each other here. It never leaves
 * this machine. Without a name it tells who they are.
 */
export type Avoid = { 
/**
 * What they are called, their id, or the beginning of it.
 */
person?: string, 
/**
 * Not any more.
 */
no_more: boolean, };

/**
 * Whom the member would rather not meet.
 */
export type AvoidView = { 
/**
 * Who.
 */
people: Array<Person>, };

/**
 * What a backup or a parcel did.
 */
export type BackupReport = { 
/**
 * The file.
 */
path: string, 
/**
 * Its size in bytes.
 */
bytes: number, 
/**
 * One sentence.
 */
says: Phrase, 
/**
 * More of them.
 */
notes: Array<Phrase>, };

/**
 * What is in a backup.
 */
export type BackupView = { 
/**
 * When it was written, as it says.
 */
written: string, 
/**
 * The member it is of.
 */
name: string | null, 
/**
 * The circles in it, by name.
 */
circles: Array<string>, 
/**
 * Who signed it, in a sentence.
 */
signer: Phrase, 
/**
 * Statements, documents, changes.
 */
statements: number, 
/**
 * Documents.
 */
documents: number, 
/**
 * Changes.
 */
changes: number, 
/**
 * Its size in bytes.
 */
bytes: number, };

/**
 * What became of a promise.
 */
export type Became = "happened" | "partly" | "did-not";

/**
 * What a promise would come to, before it is made. It can be made all the same.
 */
export type BeforePromise = { 
/**
 * As in [`crate::calls::Promise`].
 */
id: string, 
/**
 * As in [`crate::calls::Promise`].
 */
amount?: number, 
/**
 * As in [`crate::calls::Promise`].
 */
slots?: Array<string>, 
/**
 * As in [`crate::calls::Promise`].
 */
every?: boolean, };

/**
 * What a promise would come to.
 */
export type BeforePromiseView = { 
/**
 * If it is more than the member said they can do.
 */
says: Phrase | null, };

/**
 * Begins the member's own list anew from what this machine holds, after it stopped.
 */
export type BeginAnew = { 
/**
 * After a restore: there is no other machine that could be met first.
 */
none_left?: boolean, };

/**
 * Needs and offers with their states now.
 */
export type Board = { 
/**
 * Only needs, or only offers.
 */
kind?: PostKind, 
/**
 * Only this category.
 */
category?: string, 
/**
 * Only what still wants something, or only what is settled.
 */
wanting?: Wanting, 
/**
 * Only posts with a word beginning like each of these.
 */
search?: string, 
/**
 * These categories are called like that in the reader's language: their posts are found too.
 */
called?: Array<string>, 
/**
 * Only posts with a time on this day, or in this week: `today`, `week`, or as in [`Post::until`].
 */
when?: string, 
/**
 * Only posts that are known to be no further away than the reader goes.
 */
near?: boolean, 
/**
 * Skip so many.
 */
offset?: number, 
/**
 * At most so many; 200 unless said otherwise.
 */
limit?: number, };

/**
 * Needs and offers.
 */
export type BoardView = { 
/**
 * How many there are with these filters, before `offset` and `limit`.
 */
total: number, 
/**
 * The posts asked for.
 */
posts: Array<PostCard>, 
/**
 * Where the reader lives roughly, if they said so: then what is near can be asked for.
 */
area: string | null, 
/**
 * How many posts are open that are for others alone.
 */
locked: number, 
/**
 * Records that could not be read, of a newer version or out of range.
 */
skipped: number, };

/**
 * What was written for calendars.
 */
export type CalendarReport = { 
/**
 * The file.
 */
path: string, 
/**
 * How many times are in it.
 */
events: number, 
/**
 * One sentence.
 */
says: Phrase, 
/**
 * More of them.
 */
notes: Array<Phrase>, };

/**
 * Sets what the member can carry; what is left out stays. Their own machines alone can read it.
 */
export type Capacity = { 
/**
 * Hours a week.
 */
hours?: number, 
/**
 * When they are usually free, in words.
 */
free?: string, 
/**
 * Categories they like to do.
 */
can?: Array<string>, 
/**
 * Categories they will not do.
 */
will_not?: Array<string>, 
/**
 * How far they go, in walking minutes.
 */
radius_minutes?: number, 
/**
 * Resting until this day, `2026-12-24`; an empty text ends the rest.
 */
resting_until?: string, };

/**
 * Something that the member carries, and what it takes of their time.
 */
export type CarriedView = { 
/**
 * [`super::PromiseView::id`].
 */
promise: string, 
/**
 * [`PostCard::id`].
 */
post: string, 
/**
 * The post's title.
 */
title: string, 
/**
 * When; of several times the next.
 */
window: WindowView | null, 
/**
 * What it takes each time.
 */
minutes: number, 
/**
 * The member said so, and not the post.
 */
weighed: boolean, };

/**
 * Changes an own note; what is left out stays.
 */
export type ChangeNote = { 
/**
 * Its id or the beginning of it.
 */
id: string, 
/**
 * One line.
 */
title?: string, 
/**
 * What it is to say.
 */
text?: string, 
/**
 * As it read when the writer began: what another machine of theirs changed since stays. Without it,
 * as it reads now.
 */
was?: TypedNote, };

/**
 * One thing looked at.
 */
export type CheckView = { 
/**
 * What: `profile`, `database`, `at-rest`, `clock`, `network`, `version`, `words`.
 */
name: string, 
/**
 * It is well.
 */
well: boolean, 
/**
 * How it is.
 */
says: Phrase, };

/**
 * Three words asked back show that the sheet exists; then the profile forgets the words.
 */
export type CheckWords = { 
/**
 * The words at the numbers that [`Words`] asked for, in that order.
 */
words: Array<string>, };

/**
 * Who is in the circle.
 */
export type Circle = Record<symbol, never>;

/**
 * One circle in the switcher.
 */
export type CircleCard = { 
/**
 * Its id.
 */
id: string, 
/**
 * Its name.
 */
name: string, 
/**
 * It has one member and leaves this machine only by an invitation.
 */
draft: boolean, 
/**
 * How many members are in it.
 */
members: number, };

/**
 * Who is in the circle.
 */
export type CircleView = { 
/**
 * Its id.
 */
id: string, 
/**
 * Its name.
 */
name: string, 
/**
 * One member only.
 */
draft: boolean, 
/**
 * Its time zone.
 */
zone: string, 
/**
 * Everybody.
 */
members: Array<MemberView>, 
/**
 * The reader can let somebody in.
 */
can_invite: boolean, 
/**
 * The reader still belongs to it.
 */
belongs: boolean, 
/**
 * What everybody should know: an invitation that several let in with, who waits, how many have gone.
 */
notes: Array<Phrase>, 
/**
 * What leaving would do.
 */
leaving: Array<Phrase>, 
/**
 * The recovery words have to be typed for it: they are on paper only.
 */
leaving_needs_words: boolean, };

/**
 * Ends an own post.
 */
export type Close = { 
/**
 * The post's id, or the beginning of it.
 */
id: string, 
/**
 * How it ended.
 */
how: Closing, 
/**
 * The post that says the same.
 */
duplicate_of?: string, };

/**
 * How a post ends.
 */
export type Closing = "met" | "not-needed" | "duplicate";

/**
 * Starts to come back with the words and such an invitation. [`Joining`] tells how far it is.
 */
export type ComeBack = { 
/**
 * The invitation as pasted.
 */
invitation: string, 
/**
 * The 24 recovery words.
 */
words: string, };

/**
 * Says whether both screens show the same code.
 */
export type Confirm = { 
/**
 * [`crate::views::DoorView::id`].
 */
id: string, 
/**
 * The codes are the same and this is the person.
 */
yes: boolean, };

/**
 * Counts for tests and logs; never a member's words.
 */
export type CountAll = Record<symbol, never>;

/**
 * A part of a day.
 */
export type DayPart = "whole" | "morning" | "afternoon" | "evening" | "night";

/**
 * A post's time on a day.
 */
export type DayTime = { 
/**
 * The post.
 */
id: string, 
/**
 * Need or offer.
 */
kind: PostKind, 
/**
 * Slug of the category.
 */
category: string, 
/**
 * One line.
 */
title: string, 
/**
 * Which part of the day.
 */
part: DayPart, 
/**
 * When it begins, `09:20`, if on this day.
 */
from: string | null, 
/**
 * When it ends, if on this day.
 */
to: string | null, 
/**
 * For its mark.
 */
state: PostState, 
/**
 * For the reader: what is so.
 */
says: Phrase, 
/**
 * The reader has promised it, or wrote it.
 */
mine: boolean, };

/**
 * A day of it.
 */
export type DayView = { 
/**
 * `2026-11-26`.
 */
day: string, 
/**
 * It is today.
 */
today: boolean, 
/**
 * What is on it, by part and time.
 */
times: Array<DayTime>, };

/**
 * What is well and what is not on this machine.
 */
export type Doctor = Record<symbol, never>;

/**
 * What is well and what is not.
 */
export type DoctorView = { 
/**
 * Each thing looked at.
 */
checks: Array<CheckView>, };

/**
 * Nothing more to say.
 */
export type Done = { 
/**
 * Always true.
 */
done: boolean, };

/**
 * Somebody with an invitation of ours.
 */
export type DoorView = { 
/**
 * For [`crate::calls::Confirm`].
 */
id: string, 
/**
 * What they want to be called.
 */
name: string, 
/**
 * Person, household, organisation.
 */
kind: MemberKind, 
/**
 * It is a machine that is to be one more of the member's own; then [`Self::name`] is what it is called.
 */
own: boolean, 
/**
 * How far.
 */
stage: JoinStage, 
/**
 * The code to compare.
 */
code: string | null, 
/**
 * What it waits for, or how it ended.
 */
says: Phrase, };

/**
 * Takes a machine away from the member: another one only with the words, this one itself without.
 */
export type DropMachine = { 
/**
 * Its name or its id, or the beginning of it.
 */
machine: string, 
/**
 * The 24 recovery words, if this profile does not hold them.
 */
words?: string, };

/**
 * Changes an own post; what is left out stays. Whoever promised is asked again where time or place change.
 */
export type Edit = { 
/**
 * The post's id, or the beginning of it.
 */
id: string, 
/**
 * One line.
 */
title?: string, 
/**
 * The rest; an empty text takes it away.
 */
detail?: string, 
/**
 * As in [`Post`].
 */
from?: string, 
/**
 * As in [`Post`].
 */
to?: string, 
/**
 * As in [`Post`]; an empty text takes the time away.
 */
when?: string, 
/**
 * As in [`Post`].
 */
times?: Array<string>, 
/**
 * As in [`Post`]; alone it is for the times there are. An empty text ends the coming again.
 */
repeat?: string, 
/**
 * Roughly where; an empty text takes it away.
 */
place?: string, };

/**
 * Erases this profile from this machine, and ends the process that holds it.
 */
export type Erase = { 
/**
 * [`crate::views::ErasureView::name`], typed by whoever means it.
 */
name: string, };

/**
 * What erasing takes away.
 */
export type ErasureView = { 
/**
 * The profile's directory.
 */
path: string, 
/**
 * The files in it that go.
 */
files: Array<string>, 
/**
 * What has to be typed: the name of the circle that is shown, or `closeknit` without one.
 */
name: string, 
/**
 * What it does, in sentences.
 */
says: Array<Phrase>, };

/**
 * Why a call did not do what was asked. Faces say `error-CODE` (what happened and what is
 * safe) and `error-CODE.hint` (what to do next).
 */
export type ErrorCode = "bad-request" | "bad-input" | "unknown-category" | "bad-time" | "bad-repeat" | "ends-before-it-begins" | "not-found" | "ambiguous" | "not-started" | "not-yours" | "own-post" | "post-ended" | "promise-over" | "nothing-to-undo" | "not-over" | "meet-first" | "own-stopped" | "nobody-else-yet" | "one-machine-yet" | "too-many-machines" | "nobody-to-thank" | "which-time" | "document-full" | "bad-invitation" | "invitation-expired" | "invitation-used" | "join-refused" | "already-member" | "about-yourself" | "former-member" | "not-a-member" | "still-here" | "not-a-voter" | "cannot-reach" | "no-network" | "profile-in-use" | "locked" | "wrong-passphrase" | "no-passphrase" | "key-gone" | "newer-database" | "damaged-database" | "disk-full" | "file-problem" | "backup-refused" | "backup-stopped" | "backup-locked" | "parcel-refused" | "parcel-locked" | "parcel-elsewhere" | "parcel-stranger" | "parcel-former" | "nobody-else" | "bad-words" | "other-words" | "newer-version" | "internal";

/**
 * How near the other machine's copy is.
 */
export type Exchange = "away" | "exchanging" | "equal" | "settled";

/**
 * Writes the times of own promises to a file that any calendar reads. It is not locked.
 */
export type ExportCalendar = { 
/**
 * The file to write.
 */
path: string, };

/**
 * Who knows how to do something, or has it to lend.
 */
export type Find = { 
/**
 * What.
 */
text: string, };

/**
 * Who knows how to do something, or has it to lend.
 */
export type FindView = { 
/**
 * What fits best first.
 */
found: Array<FoundView>, };

/**
 * Makes every machine of the circle forget own posts, promises and thanks that are over.
 */
export type Forget = { 
/**
 * Which; if none is named, everything that is over.
 */
ids?: Array<string>, 
/**
 * After a restore: there is no other machine that could be met first.
 */
none_left?: boolean, 
/**
 * The words sign it, so that no machine keeps the old one hidden for a week.
 */
at_once?: boolean, 
/**
 * The 24 words for that, where this machine does not hold them.
 */
words?: string, };

/**
 * What of the member's own is over and can be forgotten, and whether that happens by itself.
 */
export type Forgetting = { 
/**
 * From now on it does, or does not.
 */
by_itself?: boolean, };

/**
 * What there is to forget.
 */
export type ForgettingView = { 
/**
 * How many of the member's own posts, promises and thanks are over.
 */
over: number, 
/**
 * The same in a sentence.
 */
says: Phrase, 
/**
 * What forgetting does on all machines, and what it cannot do.
 */
notes: Array<Phrase>, 
/**
 * What is long over is forgotten by itself.
 */
by_itself: boolean, 
/**
 * The member's own list cannot be gone on with here: it should begin anew.
 */
stopped: boolean, 
/**
 * To forget at once the recovery words must be typed: this machine does not hold them.
 */
needs_words: boolean, };

/**
 * What was forgotten.
 */
export type ForgottenView = { 
/**
 * How many posts, promises and thanks.
 */
count: number, 
/**
 * One sentence.
 */
says: Phrase, 
/**
 * More of them: what forgetting does on all machines, and what it cannot do.
 */
notes: Array<Phrase>, };

/**
 * Something that somebody knows or has.
 */
export type FoundView = { 
/**
 * Who.
 */
person: Person, 
/**
 * As they wrote it.
 */
what: string, 
/**
 * They lend it; else they know how to do it.
 */
lends: boolean, };

/**
 * Something that was done about a post.
 */
export type HistoryView = { 
/**
 * Its id.
 */
id: string, 
/**
 * When, civil in the circle's zone, by the clock of whoever did it.
 */
at: string, 
/**
 * Who did it.
 */
by: Person, 
/**
 * What.
 */
says: Phrase, 
/**
 * If the reader can undo it: what that means.
 */
undo: Phrase | null, 
/**
 * Of what the reader can undo: how far it has come.
 */
delivery: Phrase | null, };

/**
 * An invitation to hand over.
 */
export type InvitationView = { 
/**
 * To be pasted on the other machine.
 */
text: string, 
/**
 * When it ends, civil in the circle's zone.
 */
expires: string, 
/**
 * How many may use it.
 */
uses: number, };

/**
 * Makes an invitation, to be handed over by any means.
 */
export type Invite = { 
/**
 * How many people may use it; one unless said otherwise.
 */
uses?: number, 
/**
 * Hours until it ends; a week unless said otherwise.
 */
hours?: number, };

/**
 * Starts to join: looks for the machine that invited. [`Joining`] tells how far it is.
 */
export type Join = { 
/**
 * The invitation as pasted.
 */
invitation: string, 
/**
 * What to be called by; needs no saying with a line that [`crate::calls::Pair`] made.
 */
name: string, 
/**
 * Person unless said otherwise.
 */
kind?: MemberKind, };

/**
 * How far joining is. The sentences are `joining-STAGE`.
 */
export type JoinStage = "looking" | "asking" | "compare" | "waiting" | "joined" | "refused";

/**
 * An own attempt to join.
 */
export type JoinView = { 
/**
 * For [`crate::calls::Confirm`].
 */
id: string, 
/**
 * The circle's name, as the invitation says.
 */
circle: string, 
/**
 * This machine is to be one more of a member who is there already.
 */
own: boolean, 
/**
 * How far.
 */
stage: JoinStage, 
/**
 * The code to compare, at [`JoinStage::Compare`].
 */
code: string | null, 
/**
 * What it waits for, or how it ended.
 */
says: Phrase, };

/**
 * Who is at the door here, and how far an own attempt to join is.
 */
export type Joining = Record<symbol, never>;

/**
 * Who is at the door, and how far an own attempt to join is.
 */
export type JoiningView = { 
/**
 * An own attempt.
 */
own: JoinView | null, 
/**
 * People who hold an invitation of ours and knock.
 */
doors: Array<DoorView>, };

/**
 * Adds a neighbour's machine by the address text it shows.
 */
export type Know = { 
/**
 * The text, or `IP:port` of a machine that is known already.
 */
address: string, };

/**
 * Leaves the circle for good and takes it off this machine. Of a draft, and of a circle that the
 * member does not belong to any more, only the latter.
 */
export type Leave = { 
/**
 * The 24 recovery words, if this profile does not hold them.
 */
words?: string, };

/**
 * Makes an invitation for a member who has nothing left but their recovery words. Any neighbour can.
 */
export type LetBack = { 
/**
 * By name or id.
 */
member: string, };

/**
 * How much of a kind of help somebody shows on a day.
 */
export type Level = "none" | "some" | "plenty";

/**
 * Locks: from now on nothing is shown until the passphrase is typed.
 */
export type Lock = Record<symbol, never>;

/**
 * Locks by itself after so many minutes in which nobody touched the page; 0 is never.
 */
export type LockAfter = { 
/**
 * Minutes.
 */
minutes: number, };

/**
 * What should be known of a post before it is posted; it leaves no trace.
 */
export type LookOver = { 
/**
 * All that others would read, in one text.
 */
text: string, 
/**
 * What would be posted, as far as it is there.
 */
post?: Post, };

/**
 * What should be known of a post before it is posted.
 */
export type LookedOver = { 
/**
 * What in its text looks private, from its beginning to its end.
 */
tells: Array<TellView>, 
/**
 * Machines of the circle that will hold it, this one among them.
 */
holders: number, 
/**
 * How its seats are given, unless said otherwise.
 */
mode: Mode | null, 
/**
 * The day on which it ends by itself.
 */
ends: string | null, 
/**
 * The day on which its author is asked whether it still stands.
 */
review: string | null, };

/**
 * Another machine of the circle.
 */
export type MachineView = { 
/**
 * Its id.
 */
id: string, 
/**
 * Whose it is.
 */
owner: Person, 
/**
 * What its owner calls it.
 */
label: string, 
/**
 * How near its copy is.
 */
exchange: Exchange, 
/**
 * The last exchange, civil in the circle's zone.
 */
last: string | null, 
/**
 * In a sentence.
 */
says: Phrase, 
/**
 * How many pieces came from there since it was connected.
 */
received: number, 
/**
 * How many went there.
 */
sent: number, };

/**
 * The member's own machines.
 */
export type Machines = Record<symbol, never>;

/**
 * The member's own machines in a circle.
 */
export type MachinesView = { 
/**
 * How many, in a sentence.
 */
says: Phrase, 
/**
 * This one first; those that were taken away last.
 */
machines: Array<OwnMachine>, 
/**
 * What else there is to know.
 */
notes: Array<Phrase>, 
/**
 * One more can be added.
 */
can_pair: boolean, 
/**
 * The recovery words have to be typed to take another one away: they are not on this machine.
 */
needs_words: boolean, };

/**
 * The member's own page.
 */
export type Me = Record<symbol, never>;

/**
 * The member's own page.
 */
export type MeView = { 
/**
 * What to be called by.
 */
name: string, 
/**
 * Person, household, organisation.
 */
kind: MemberKind, 
/**
 * Languages.
 */
languages: Array<string>, 
/**
 * The rough area.
 */
area: string | null, 
/**
 * Skills.
 */
skills: Array<string>, 
/**
 * Things to lend.
 */
lends: Array<string>, 
/**
 * Hours a week.
 */
hours: number | null, 
/**
 * Hours left this week.
 */
free_hours: number | null, 
/**
 * Usually free.
 */
free: string | null, 
/**
 * Likes to do.
 */
can: Array<string>, 
/**
 * Will not do.
 */
will_not: Array<string>, 
/**
 * How far, in walking minutes.
 */
radius_minutes: number | null, 
/**
 * The ways from where they live, to places that are named here.
 */
ways: Array<WayView>, 
/**
 * Resting until this day.
 */
resting_until: string | null, 
/**
 * Own live promises: the post they are for, the soonest first.
 */
promises: Array<PostCard>, 
/**
 * Own posts that live.
 */
posts: Array<PostCard>, 
/**
 * Others are told what was seen here.
 */
tells_seen: boolean, 
/**
 * What lies ahead, and what it takes of their time.
 */
carries: Array<CarriedView>, 
/**
 * Weeks that hold more than they said they can do.
 */
over: Array<OverView>, 
/**
 * What they show the circle of it, as they wish: while they rest, the circle sees nothing.
 */
shows: Array<ShownRow>, 
/**
 * What there would be to show, by their hours and what they like to do.
 */
could_show: Array<ShownRow>, 
/**
 * How often they helped and were helped lately, for their own eyes.
 */
balance: Phrase, };

/**
 * Who a member is.
 */
export type MemberKind = "person" | "household" | "organisation";

/**
 * One member in the list of people.
 */
export type MemberView = { 
/**
 * Who.
 */
person: Person, 
/**
 * Person, household, organisation.
 */
kind: MemberKind, 
/**
 * How they came: founder, let in by whom, vouched for by how many.
 */
came: Phrase, 
/**
 * Whether they have a say, who vouches for them, and who is still needed; in a draft nothing.
 */
say: Phrase | null, 
/**
 * That somebody thinks they should no longer belong; for those who have a say, and for themselves.
 */
case: Phrase | null, 
/**
 * What the reader's "I know them" would do; nothing, where it is not theirs to say.
 */
vouching: Phrase | null, 
/**
 * What the reader's vote against them would do and what not; nothing, where it is not theirs to give.
 */
removal: Array<Phrase>, 
/**
 * Machines they use.
 */
machines: number, 
/**
 * What they know how to do.
 */
skills: Array<string>, 
/**
 * What they have to lend.
 */
lends: Array<string>, };

/**
 * How a seat is given.
 */
export type Mode = "turn-up" | "first" | "choose";

/**
 * Which neighbours are around, and what was exchanged when.
 */
export type Near = Record<symbol, never>;

/**
 * Which neighbours are around.
 */
export type NearView = { 
/**
 * One sentence on how it stands.
 */
says: Phrase, 
/**
 * To be typed or pasted on another machine.
 */
address: string | null, 
/**
 * Machines of the circle.
 */
machines: Array<MachineView>, };

/**
 * One note as a whole.
 */
export type Note = { 
/**
 * Its id or the beginning of it.
 */
id: string, };

/**
 * A note in a list.
 */
export type NoteCard = { 
/**
 * Its id.
 */
id: string, 
/**
 * Its line.
 */
title: string, 
/**
 * Who wrote it.
 */
by: Person, 
/**
 * When it was last changed, civil in the circle's zone, by its writer's clock.
 */
last: string, };

/**
 * A note as a whole.
 */
export type NoteView = { 
/**
 * As in the list.
 */
card: NoteCard, 
/**
 * What it says; line breaks as typed.
 */
text: string, 
/**
 * When it was begun.
 */
written: string, 
/**
 * It was changed since.
 */
changed: boolean, 
/**
 * The reader wrote it: they may change it and take it away.
 */
can_change: boolean, 
/**
 * They may make every machine of the circle forget it.
 */
can_forget: boolean, };

/**
 * The notes of the circle, the one changed last first.
 */
export type Notes = { 
/**
 * Only those with a word beginning like each of these.
 */
search?: string, };

/**
 * The notes of the circle.
 */
export type NotesView = { 
/**
 * The one changed last first.
 */
notes: Array<NoteCard>, 
/**
 * What to say where there are none.
 */
says: Phrase | null, };

/**
 * What they may be told of while they look elsewhere, in all circles. Each thing is told once, and while
 * hours are quiet none: asked for when [`crate::Tag::Notice`] says so.
 */
export type Notices = Record<symbol, never>;

/**
 * What somebody may be told of while they look elsewhere.
 */
export type NoticesView = { 
/**
 * Fixed sentences: they say what about, never a name or a word of anybody.
 */
says: Array<Phrase>, };

/**
 * Says what became of a promise, as its helper or as the post's author.
 */
export type Outcome = { 
/**
 * The promise's id, or the beginning of it.
 */
id: string, 
/**
 * What became of it.
 */
how: Became, 
/**
 * Which of its times, if it is for several.
 */
slot?: string, 
/**
 * Why, for the two alone.
 */
reason?: string, };

/**
 * What one of the two says became of a promise.
 */
export type OutcomeView = { 
/**
 * Who says so.
 */
by: Person, 
/**
 * Of which of its times.
 */
slot: string | null, 
/**
 * What.
 */
how: Became, 
/**
 * Why.
 */
reason: string | null, };

/**
 * A week that holds more than the member said they can do.
 */
export type OverView = { 
/**
 * What it comes to.
 */
says: Phrase, 
/**
 * Promises that could be taken back so that it fits, in the order in which it is asked.
 */
release: Array<ReleaseView>, };

/**
 * One of them.
 */
export type OwnMachine = { 
/**
 * Its id.
 */
id: string, 
/**
 * What it is called.
 */
label: string, 
/**
 * It is the one that is asked.
 */
this: boolean, 
/**
 * It was taken away.
 */
taken_away: boolean, 
/**
 * When it was last met, in a sentence.
 */
says: Phrase, 
/**
 * What taking it away does and does not, and what of it is known here; nothing, where it cannot be.
 */
dropping: Array<Phrase>, };

/**
 * Makes a line with which another machine becomes one more of the member's: [`crate::calls::Join`] there.
 */
export type Pair = Record<symbol, never>;

/**
 * A member as shown.
 */
export type Person = { 
/**
 * Their id.
 */
id: string, 
/**
 * What they are called; of a former member nothing.
 */
name: string | null, 
/**
 * It is the reader.
 */
me: boolean, };

/**
 * A sentence, as the id of a Fluent message and its values. The member decides which sentence is
 * true; the face says it in the reader's language.
 */
export type Phrase = { 
/**
 * The Fluent message.
 */
id: string, 
/**
 * Its values by name.
 */
values?: { [key in string]: Value }, };

/**
 * Somebody at one of a post's times.
 */
export type PinView = { 
/**
 * [`super::TimeView::id`], or the beginning of it.
 */
slot: string, 
/**
 * [`Person::id`], or what they are called.
 */
person: string, };

/**
 * Posts a need or an offer.
 */
export type Post = { 
/**
 * Need or offer.
 */
kind: PostKind, 
/**
 * A category's slug.
 */
category: string, 
/**
 * One line.
 */
title: string, 
/**
 * The rest.
 */
detail?: string, 
/**
 * Start and end, each `2026-11-26T09:20`, or both in plain words in `when`.
 */
from?: string, 
/**
 * See `from`.
 */
to?: string, 
/**
 * "thursday 9:20-12:30", "tomorrow 9-12", or two ISO times joined by `/`.
 */
when?: string, 
/**
 * Several times instead, each as in `when`. Each has seats of its own.
 */
times?: Array<string>, 
/**
 * It comes again: `FREQ=WEEKLY;BYDAY=MO,WE;COUNT=9`, "daily", "weekly", "monthly", or weekdays as in
 * "mon, wed". The first time is the one in `when`.
 */
repeat?: string, 
/**
 * Roughly where.
 */
place?: string, 
/**
 * How many; one unless said otherwise. Of several times, for each.
 */
want?: number, 
/**
 * Of what; helpers unless said otherwise.
 */
unit?: Unit, 
/**
 * Whom among them, such as one with a van.
 */
roles?: Array<RoleView>, 
/**
 * For how many days it is lent.
 */
lend_days?: number, 
/**
 * How a seat is given; by category unless said otherwise.
 */
mode?: Mode, 
/**
 * It cannot wait.
 */
urgent: boolean, 
/**
 * For whom, if not for oneself.
 */
person?: string, 
/**
 * How that person agreed.
 */
consent?: string, 
/**
 * An offer that stays.
 */
standing: boolean, 
/**
 * The last day it is shown, `2026-12-24`.
 */
until?: string, 
/**
 * For these members alone, by name or the beginning of their id; for the circle unless said
 * otherwise.
 */
audience?: Array<string>, };

/**
 * One post in a list.
 */
export type PostCard = { 
/**
 * Its id; any beginning that fits no other will do.
 */
id: string, 
/**
 * Need or offer.
 */
kind: PostKind, 
/**
 * Slug of the category.
 */
category: string, 
/**
 * One line.
 */
title: string, 
/**
 * Whose it is.
 */
author: Person, 
/**
 * For whom, if not for the author.
 */
person: string | null, 
/**
 * When; of several times the next, and the reader's own before others.
 */
window: WindowView | null, 
/**
 * Roughly where.
 */
place: string | null, 
/**
 * It cannot wait.
 */
urgent: boolean, 
/**
 * Who alone can read it, if it is not for the circle.
 */
audience: Phrase | null, 
/**
 * How many are wanted.
 */
want: number, 
/**
 * How many are coming.
 */
going: number, 
/**
 * Of what.
 */
unit: Unit, 
/**
 * For its mark.
 */
state: PostState, 
/**
 * For the reader: what is so.
 */
says: Phrase, };

/**
 * Need or offer.
 */
export type PostKind = "need" | "offer";

/**
 * The state of a post, for its mark and for filters; its words come as a [`Phrase`].
 */
export type PostState = "open" | "partly-covered" | "covered" | "asking" | "met" | "not-needed" | "duplicate" | "expired";

/**
 * One post with its story.
 */
export type PostView = { 
/**
 * As in a list.
 */
card: PostCard, 
/**
 * The rest of its text.
 */
detail: string | null, 
/**
 * How a seat is given.
 */
mode: Mode, 
/**
 * How that person agreed.
 */
consent: string | null, 
/**
 * An offer that stays.
 */
standing: boolean, 
/**
 * Its times with their own states, if it has several: from a week ago to eight weeks ahead.
 */
times: Array<TimeView>, 
/**
 * How it comes again, if it does.
 */
repeat: RepeatView | null, 
/**
 * Whom among those wanted.
 */
roles: Array<RoleView>, 
/**
 * For how many days it is lent.
 */
lend_days: number | null, 
/**
 * The promises, the most settled first.
 */
promises: Array<PromiseView>, 
/**
 * What happens next, for the reader.
 */
next: Phrase, 
/**
 * What else the reader should know: two accepted, answered twice, changed since.
 */
notes: Array<Phrase>, 
/**
 * The reader's own promise, if it lives.
 */
mine: string | null, 
/**
 * The reader may promise.
 */
can_promise: boolean, 
/**
 * The reader may answer and close.
 */
can_answer: boolean, 
/**
 * The reader may change it.
 */
can_edit: boolean, 
/**
 * It is over, and the reader may make the circle forget it.
 */
can_forget: boolean, 
/**
 * The reader is asked whether it still stands.
 */
renewal: RenewalView | null, 
/**
 * What others posted that is the same, with promises counted together.
 */
same: Array<SamePost>, 
/**
 * Whom the reader has to thank.
 */
to_thank: Array<Person>, 
/**
 * Thanks, as far as the reader may read them.
 */
thanks: Array<ThanksView>, 
/**
 * What was done about it so far, the first first.
 */
history: Array<HistoryView>, 
/**
 * How far the post has come.
 */
delivery: Phrase, 
/**
 * The end that the rules give it, civil in the circle's zone.
 */
ends: string | null, };

/**
 * What of the words on paper is asked for.
 */
export type PracticeView = { 
/**
 * Numbers (from 1) of three words; none, if it is not time.
 */
ask: Array<number>, 
/**
 * That they were right.
 */
says: Phrase | null, };

/**
 * Asks for three of the words on paper, some weeks after they were written down ([`Today`](super::Today)
 * says when).
 */
export type Practise = { 
/**
 * The words at the numbers that were asked for, in that order.
 */
words?: Array<string>, 
/**
 * Not now: asks again in a week.
 */
later?: boolean, };

/**
 * Sets how the member is known; what is left out stays.
 */
export type Profile = { 
/**
 * What to be called by.
 */
name?: string, 
/**
 * Languages, in words.
 */
languages?: Array<string>, 
/**
 * The rough area.
 */
area?: string, 
/**
 * What they know how to do.
 */
skills?: Array<string>, 
/**
 * What they have to lend.
 */
lends?: Array<string>, };

/**
 * How far the backup is that is being written or read; answered while that goes on.
 */
export type Progress = { 
/**
 * It is to stop: of what is being written an older file stands, of what is being read nothing came in.
 */
stop?: boolean, };

/**
 * How far a backup is.
 */
export type ProgressView = { 
/**
 * One sentence; nothing, if none is underway.
 */
says: Phrase | null, };

/**
 * Promises help with a need, or asks for an offer.
 */
export type Promise = { 
/**
 * The post's id, or the beginning of it.
 */
id: string, 
/**
 * How much; one unless said otherwise. Of several times, at each.
 */
amount?: number, 
/**
 * A word to the other side.
 */
say?: string, 
/**
 * For these of the post's times: [`crate::views::TimeView::id`], or the beginning of it.
 */
slots?: Array<string>, 
/**
 * For each of its times.
 */
every?: boolean, 
/**
 * Which of its roles.
 */
role?: string, };

/**
 * The state of a promise, for its mark; its words come as a [`Phrase`].
 */
export type PromiseState = "offered" | "likely" | "going" | "done" | "standing-by" | "declined" | "withdrawn" | "void" | "check-again" | "former-member";

/**
 * One promise.
 */
export type PromiseView = { 
/**
 * Its id.
 */
id: string, 
/**
 * Who promised.
 */
helper: Person, 
/**
 * How much.
 */
amount: number, 
/**
 * How much of it has a seat.
 */
going: number, 
/**
 * For which of the post's times, if it has several.
 */
times: Array<PromisedTime>, 
/**
 * It is for each of the post's times.
 */
every: boolean, 
/**
 * Which role it fills.
 */
role: string | null, 
/**
 * A word to the other side.
 */
say: string | null, 
/**
 * For its mark.
 */
state: PromiseState, 
/**
 * For the reader: what is so.
 */
says: Phrase, 
/**
 * Doorstep details, where the reader may see them.
 */
doorstep: string | null, 
/**
 * The reader wrote them, and the helper has one more machine now: whether it may read them too.
 */
doorstep_again: Phrase | null, 
/**
 * What the two say became of it; of others' promises nothing.
 */
outcomes: Array<OutcomeView>, 
/**
 * The times of which the reader may say what became of it.
 */
to_tell: Array<ToTellView>, 
/**
 * The reader may take it back.
 */
can_withdraw: boolean, 
/**
 * How far the reader's own promise has come.
 */
delivery: Phrase | null, 
/**
 * It is the reader's.
 */
mine: boolean, };

/**
 * One of the times that a promise is for.
 */
export type PromisedTime = { 
/**
 * [`TimeView::id`].
 */
id: string, 
/**
 * When, if the post still has it.
 */
window: WindowView | null, 
/**
 * For its mark.
 */
state: PromiseState, };

/**
 * The hours of every day in which they are told of nothing; what is left out stays.
 */
export type Quiet = { 
/**
 * Whether there are such hours.
 */
on?: boolean, 
/**
 * From when, `21:00`.
 */
from?: string, 
/**
 * Until when, `08:00`; also over midnight.
 */
to?: string, };

/**
 * The hours of every day in which they are told of nothing.
 */
export type QuietView = { 
/**
 * There are such hours.
 */
on: boolean, 
/**
 * From when, in the circle's time.
 */
from: string, 
/**
 * Until when.
 */
to: string, };

/**
 * Takes in what somebody carried here.
 */
export type ReadParcel = { 
/**
 * The file.
 */
path: string, };

/**
 * Writes the tables that the screens read anew from the log, and compares.
 */
export type Rebuild = Record<symbol, never>;

/**
 * A promise that could be taken back.
 */
export type ReleaseView = { 
/**
 * [`super::PromiseView::id`].
 */
promise: string, 
/**
 * [`PostCard::id`].
 */
post: string, 
/**
 * Why this one.
 */
says: Phrase, };

/**
 * A vote that a member should no longer belong. It takes two in one case; cannot be taken back.
 */
export type Remove = { 
/**
 * By name or id.
 */
member: string, };

/**
 * Takes an own note away: nobody sees it any more. Its words stay in what was written until the own
 * entries begin afresh; [`crate::calls::Forget`] makes that happen at once.
 */
export type RemoveNote = { 
/**
 * Its id or the beginning of it.
 */
id: string, };

/**
 * Says that an own post still stands.
 */
export type Renew = { 
/**
 * The post's id, or the beginning of it.
 */
id: string, 
/**
 * The last day it is shown; as many days as a new one unless said otherwise.
 */
until?: string, };

/**
 * What comes of saying that a post still stands.
 */
export type RenewalView = { 
/**
 * It is shown for so many days more; nothing, if it stays until it is ended.
 */
days: number | null, };

/**
 * How a post comes again.
 */
export type RepeatView = { 
/**
 * The rule, as RFC 5545 writes it.
 */
rule: string, 
/**
 * How often.
 */
rhythm: Rhythm, 
/**
 * On which weekdays, `MO` to `SU`.
 */
weekdays: Array<string>, 
/**
 * The last day on which it comes, if it ends.
 */
last: string | null, };

/**
 * What there is of a kind of help on one day.
 */
export type ResourceCell = { 
/**
 * Members who show some.
 */
some: number, 
/**
 * Members who show plenty.
 */
plenty: number, 
/**
 * Open needs.
 */
wanted: number, };

/**
 * What there is of a kind of help.
 */
export type ResourceRow = { 
/**
 * A category's slug.
 */
category: string, 
/**
 * From Monday to Sunday.
 */
days: Array<ResourceCell>, };

/**
 * What the circle has and wants, added up from what members show.
 */
export type Resources = { 
/**
 * Only in this area.
 */
area?: string, };

/**
 * What the circle has and wants. There is nobody's name in it.
 */
export type ResourcesView = { 
/**
 * The areas that anybody named.
 */
areas: Array<string>, 
/**
 * The area that is shown; all of them, if there is none.
 */
area: string | null, 
/**
 * A kind of help each.
 */
kinds: Array<ResourceRow>, 
/**
 * The most important gaps and overlaps.
 */
says: Array<Phrase>, };

/**
 * Merges a verified backup into this profile.
 */
export type RestoreBackup = { 
/**
 * The file.
 */
path: string, 
/**
 * The 24 recovery words, if this profile does not hold them.
 */
words?: string, 
/**
 * The passphrase, if it was locked with one.
 */
passphrase?: string, };

/**
 * How often something comes again, as most things do.
 */
export type Rhythm = "day" | "week" | "fortnight" | "month" | "other";

/**
 * Somebody in particular among those wanted.
 */
export type RoleView = { 
/**
 * What they bring or do.
 */
name: string, 
/**
 * How many of them.
 */
amount: number, };

/**
 * Proposes who could go at which time of an own post. Nobody is put down by it, and nobody is told.
 */
export type Rota = { 
/**
 * The post's id, or the beginning of it.
 */
id: string, 
/**
 * They are to go.
 */
pinned: Array<PinView>, 
/**
 * They are not.
 */
forbidden: Array<PinView>, };

/**
 * Who could go at which time.
 */
export type RotaView = { 
/**
 * The times to come.
 */
turns: Array<TurnView>, 
/**
 * Whom one could ask besides.
 */
people: Array<Person>, };

/**
 * Another post that says the same.
 */
export type SamePost = { 
/**
 * Its id.
 */
id: string, 
/**
 * Whose it is.
 */
author: Person, 
/**
 * One line.
 */
title: string, 
/**
 * The rest of its text.
 */
detail: string | null, 
/**
 * When.
 */
window: WindowView | null, 
/**
 * Roughly where.
 */
place: string | null, };

/**
 * A helper has one more machine than when doorstep details went to them: send them there too, or do not.
 */
export type SendDoorstep = { 
/**
 * The promise.
 */
id: string, 
/**
 * The machine that the helper has now may read them; else one is not asked again.
 */
yes: boolean, };

/**
 * Puts everything of this profile under a passphrase, or takes it from under one.
 */
export type SetPassphrase = { 
/**
 * From now on; without, there is none any more.
 */
passphrase?: string, 
/**
 * The one until now, if there is one.
 */
before?: string, };

/**
 * One post with its story.
 */
export type Show = { 
/**
 * The post's id, or the beginning of it.
 */
id: string, };

/**
 * Verifies a backup and says what is in it; changes nothing.
 */
export type ShowBackup = { 
/**
 * The file.
 */
path: string, 
/**
 * The 24 recovery words, if this profile does not hold them.
 */
words?: string, 
/**
 * The passphrase, if it was locked with one.
 */
passphrase?: string, };

/**
 * Sets what the circle sees of what the member can carry; nothing, while they rest.
 */
export type ShowCapacity = { 
/**
 * All of it: what is not named is not shown.
 */
kinds: Array<ShownRow>, };

/**
 * How much of a kind of help somebody shows on each day of the week.
 */
export type ShownRow = { 
/**
 * A category's slug.
 */
category: string, 
/**
 * From Monday to Sunday.
 */
days: Array<Level>, };

/**
 * First start: keys, and a draft circle that works alone.
 */
export type Start = { 
/**
 * What to be called by.
 */
name: string, 
/**
 * Person unless said otherwise.
 */
kind?: MemberKind, 
/**
 * The circle's name.
 */
circle: string, 
/**
 * Its IANA time zone; else this machine's.
 */
zone?: string, };

/**
 * Counts; never a member's words.
 */
export type Statistics = { 
/**
 * Statements in the log.
 */
statements: number, 
/**
 * Documents held.
 */
documents: number, 
/**
 * Changes in the log.
 */
changes: number, 
/**
 * Record rows.
 */
records: number, 
/**
 * Rows that a rebuild changed; nothing but a defect makes this more than zero.
 */
changed: number, 
/**
 * A digest of everything held of the circle: equal on machines that hold the same.
 */
digest: string, 
/**
 * A digest of the rendered board, of what is for the whole circle: equal on machines that show the
 * same.
 */
board: string, };

/**
 * What this profile is and has: the first thing a face asks.
 */
export type Status = Record<symbol, never>;

/**
 * What this profile is and has.
 */
export type StatusView = { 
/**
 * The program's version.
 */
version: string, 
/**
 * Circles of this profile; empty at first start.
 */
circles: Array<CircleCard>, 
/**
 * The one shown.
 */
current: string | null, 
/**
 * What the member is called there.
 */
name: string | null, 
/**
 * Something everybody should be told: a damaged database set aside, a wrong clock, a full disk.
 */
notices: Array<Phrase>, 
/**
 * Whether the recovery words were written down.
 */
words_kept: boolean, 
/**
 * Nothing is shown until the passphrase is typed.
 */
locked: boolean, 
/**
 * It locks when nobody is here: the page says when somebody is.
 */
locks: boolean, };

/**
 * Somebody is sitting here.
 */
export type StillHere = Record<symbol, never>;

/**
 * Ends the process that holds the profile, in order.
 */
export type Stop = Record<symbol, never>;

/**
 * Gives up an own attempt to join.
 */
export type StopJoining = Record<symbol, never>;

/**
 * Needs that the member could answer, and why.
 */
export type Suggest = { 
/**
 * At most so many; five unless said otherwise.
 */
limit?: number, };

/**
 * Needs that the member could answer.
 */
export type SuggestView = { 
/**
 * The best first.
 */
needs: Array<SuggestedNeed>, 
/**
 * The member is resting, so that nothing is suggested.
 */
resting: boolean, 
/**
 * How the member and the circle stand, in a line of sentences: free hours, and where nobody is.
 */
line: Array<Phrase>, };

/**
 * A need that the member could answer.
 */
export type SuggestedNeed = { 
/**
 * Which.
 */
card: PostCard, 
/**
 * Why, to be said in one line.
 */
why: Array<Phrase>, };

/**
 * A neighbour who might answer a need.
 */
export type SuggestedPerson = { 
/**
 * Who.
 */
person: Person, 
/**
 * Why, to be said in one line.
 */
why: Array<Phrase>, };

/**
 * Shows another circle of this profile from now on.
 */
export type Switch = { 
/**
 * Its id.
 */
circle: string, };

/**
 * Something changed; whoever shows it fetches it again. Never carries content.
 */
export type Tag = "status" | "board" | "me" | "circle" | "near" | "joining" | "notice";

/**
 * What a piece of a text looks like.
 */
export type TellKind = "phone" | "email" | "address" | "identity" | "account" | "card" | "number" | "link";

/**
 * Whether others are told which of their posts and promises were seen here.
 */
export type TellSeen = { 
/**
 * They are.
 */
on: boolean, };

/**
 * A piece of a text that looks private.
 */
export type TellView = { 
/**
 * What it looks like.
 */
kind: TellKind, 
/**
 * One sentence.
 */
says: Phrase, };

/**
 * Thanks for help with a post, for everybody in the circle to read or for one alone. Said again, the newer
 * words count.
 */
export type Thank = { 
/**
 * The post's id, or the beginning of it.
 */
id: string, 
/**
 * One of those who helped, by their name or id, who alone can read it.
 */
to?: string, 
/**
 * The sentence.
 */
text: string, };

/**
 * Thanks.
 */
export type ThanksView = { 
/**
 * Who says it.
 */
by: Person, 
/**
 * To whom; to the circle, if nobody is named.
 */
to: Person | null, 
/**
 * The sentence.
 */
text: string, };

/**
 * One of a post's several times, with seats of its own.
 */
export type TimeView = { 
/**
 * Its civil start in the post's zone, by which it is named.
 */
id: string, 
/**
 * When.
 */
window: WindowView, 
/**
 * How many are wanted at this time.
 */
want: number, 
/**
 * How many are coming.
 */
going: number, 
/**
 * For its mark.
 */
state: PostState, 
/**
 * For the reader: what is so at this time.
 */
says: Phrase, 
/**
 * The reader's own live promise for it.
 */
mine: string | null, 
/**
 * The reader may promise it.
 */
can_promise: boolean, };

/**
 * A time of a promise of which the reader may say what became of it.
 */
export type ToTellView = { 
/**
 * Which of its times, if it has several: for `outcome`.
 */
slot: string | null, 
/**
 * When it was.
 */
window: WindowView | null, 
/**
 * It is over, and nobody said yet what became of it.
 */
asked: boolean, };

/**
 * What wants the member now, and nothing else.
 */
export type Today = Record<symbol, never>;

/**
 * What answers something that is asked on the first page, in one step.
 */
export type TodayAct = "happened" | "partly" | "did-not" | "renew" | "ask-again" | "met" | "not-needed";

/**
 * A helper has one more machine than when doorstep details went to them.
 */
export type TodayDoorstep = { 
/**
 * Of which post.
 */
post: string, 
/**
 * Its line.
 */
title: string, 
/**
 * Who, and the question. It is answered on the post.
 */
says: Phrase, };

/**
 * One thing that wants the member.
 */
export type TodayItem = { 
/**
 * What is so, or is asked.
 */
says: Phrase, 
/**
 * On which post.
 */
card: PostCard, 
/**
 * About which promise.
 */
promise: string | null, 
/**
 * About which of its times: [`super::TimeView::id`].
 */
slot: string | null, 
/**
 * When that is or was; without a time of its own, when the post is.
 */
window: WindowView | null, 
/**
 * What is asked about ends then, civil in the circle's zone.
 */
ends: string | null, 
/**
 * What answers it at once. Everything else is done on the post.
 */
acts: Array<TodayAct>, };

/**
 * Thanks that the member has not looked at.
 */
export type TodayThanks = { 
/**
 * For which post.
 */
post: string, 
/**
 * Its line.
 */
title: string, 
/**
 * By whom, and what they say.
 */
thanks: ThanksView, };

/**
 * What wants the member now, in order.
 */
export type TodayView = { 
/**
 * Asked of them: what is urgent first, then the soonest.
 */
asked: Array<TodayItem>, 
/**
 * What they promised, the next first.
 */
promises: Array<TodayItem>, 
/**
 * Did it happen? The latest first.
 */
happened: Array<TodayItem>, 
/**
 * Still needed, still on offer, ask again?
 */
review: Array<TodayItem>, 
/**
 * Thanks to them for posts that they have not opened since.
 */
thanks: Array<TodayThanks>, 
/**
 * Helpers with one more machine, to which doorstep details could go too.
 */
doorsteps: Array<TodayDoorstep>, 
/**
 * It is time to practise the words on paper.
 */
practise: boolean, 
/**
 * One sentence on who is near, and the last exchange.
 */
near: Phrase, 
/**
 * That this computer's clock looks wrong.
 */
clock: Phrase | null, };

/**
 * Somebody who could be asked for one time.
 */
export type TurnPerson = { 
/**
 * Who.
 */
person: Person, 
/**
 * The author placed them there.
 */
pinned: boolean, 
/**
 * Why they stand there.
 */
says: Phrase, };

/**
 * One time of a rota.
 */
export type TurnView = { 
/**
 * [`super::TimeView::id`].
 */
id: string, 
/**
 * When.
 */
window: WindowView, 
/**
 * How many are still wanted, before anybody who is proposed.
 */
want: number, 
/**
 * Who could be asked.
 */
people: Array<TurnPerson>, 
/**
 * Who is still missing, and why.
 */
missing: Phrase | null, };

/**
 * A note as somebody has it before them.
 */
export type TypedNote = { 
/**
 * One line.
 */
title: string, 
/**
 * What it says.
 */
text: string, };

/**
 * Undoes something of one's own, as if it had not been done: a post that was closed is open again, a promise
 * that was taken back stands again, thanks are taken down.
 */
export type Undo = { 
/**
 * What is undone, by its id in the post's history; or the post, or the promise, or the beginning of
 * one of these.
 */
id: string, };

/**
 * What a post counts.
 */
export type Unit = "helpers" | "hours" | "items";

/**
 * Unlocks.
 */
export type Unlock = { 
/**
 * The passphrase.
 */
passphrase: string, };

/**
 * A value inside a sentence.
 */
export type Value = { "text": string } | { "number": number } | { "when": string } | { "day": string } | { "names": Array<string> } | { "message": string } | { "messages": Array<string> };

/**
 * What the author says to a promise.
 */
export type Verdict = "accept" | "stand-by" | "decline";

/**
 * Says "I know them" of a member: after two who have a say said so, they have one too.
 */
export type Vouch = { 
/**
 * By name or id.
 */
member: string, };

/**
 * After sleep or a change of network: drop connections and look for neighbours again.
 */
export type Wake = Record<symbol, never>;

/**
 * Which posts a list shows.
 */
export type Wanting = "open" | "settled";

/**
 * How far a place is.
 */
export type WayView = { 
/**
 * The place, as it is named.
 */
place: string, 
/**
 * Minutes on foot, if that is known.
 */
minutes: number | null, };

/**
 * Says how long the ways are from where the member lives; what is not named stays. The member's own
 * machines alone can read it.
 */
export type Ways = { 
/**
 * Each way.
 */
ways: Array<WayView>, };

/**
 * A week of the circle's calendar.
 */
export type Week = { 
/**
 * The week that holds this day; this week without it.
 */
day?: string, 
/**
 * Of these posts.
 */
among?: Board, };

/**
 * A week of the circle's calendar.
 */
export type WeekView = { 
/**
 * From Monday on.
 */
days: Array<DayView>, 
/**
 * A day of the week before.
 */
before: string, 
/**
 * A day of the week after.
 */
after: string, 
/**
 * It is the week that it is now.
 */
current: boolean, 
/**
 * Times that find no room here: ask for fewer.
 */
left_out: number, 
/**
 * As of a [`BoardView`].
 */
area: string | null, };

/**
 * Says what a promise takes each time. The member's own machines alone can read it.
 */
export type Weigh = { 
/**
 * The promise's id, or the beginning of it.
 */
id: string, 
/**
 * Minutes; what its post says, if they are left out.
 */
minutes?: number, };

/**
 * What erasing this profile would take away; changes nothing.
 */
export type WhatGoes = Record<symbol, never>;

/**
 * Neighbours who might answer an own need, and why.
 */
export type WhoMight = { 
/**
 * The post's id, or the beginning of it.
 */
id: string, 
/**
 * At most so many; five unless said otherwise.
 */
limit?: number, };

/**
 * Neighbours who might answer a need.
 */
export type WhoMightView = { 
/**
 * The best first.
 */
people: Array<SuggestedPerson>, };

/**
 * When, in civil time.
 */
export type WindowView = { 
/**
 * `2026-11-26T09:20:00`.
 */
start: string, 
/**
 * `2026-11-26T12:30:00`.
 */
end: string, 
/**
 * The zone, where it is not this machine's.
 */
zone: string | null, };

/**
 * Takes an own promise back.
 */
export type Withdraw = { 
/**
 * The promise's id, or the beginning of it.
 */
id: string, 
/**
 * For these of its times only.
 */
slots?: Array<string>, };

/**
 * Shows the recovery words.
 */
export type Words = Record<symbol, never>;

/**
 * Recovery words.
 */
export type WordsView = { 
/**
 * The 24 words, as long as the profile holds them.
 */
words: Array<string> | null, 
/**
 * Numbers (from 1) of the three words to ask back.
 */
ask: Array<number>, 
/**
 * They were written down.
 */
kept: boolean, };

/**
 * Writes a signed backup of everything this profile holds.
 */
export type WriteBackup = { 
/**
 * The file to write.
 */
path: string, 
/**
 * Lock it with this instead of the recovery words.
 */
passphrase?: string, };

/**
 * Writes a new note.
 */
export type WriteNote = { 
/**
 * One line.
 */
title: string, 
/**
 * The rest; line breaks stay.
 */
text: string, };

/**
 * Writes everything of a circle to a file that is carried to where the network does not reach.
 */
export type WriteParcel = { 
/**
 * The file to write.
 */
path: string, 
/**
 * The one neighbour whose machines can open it; without, everybody's can.
 */
to?: string, };

/**
 * Says yes again to a post that changed after it was promised.
 */
export type YesAgain = { 
/**
 * The promise's id, or the beginning of it.
 */
id: string, };

/** Every call: what it takes and what comes back. */
export interface Calls {
  "status": { args: Status; reply: StatusView };
  "start": { args: Start; reply: StatusView };
  "invite": { args: Invite; reply: InvitationView };
  "join": { args: Join; reply: JoiningView };
  "let-back": { args: LetBack; reply: InvitationView };
  "come-back": { args: ComeBack; reply: JoiningView };
  "joining": { args: Joining; reply: JoiningView };
  "confirm": { args: Confirm; reply: JoiningView };
  "stop-joining": { args: StopJoining; reply: JoiningView };
  "circle": { args: Circle; reply: CircleView };
  "vouch": { args: Vouch; reply: CircleView };
  "remove": { args: Remove; reply: CircleView };
  "leave": { args: Leave; reply: StatusView };
  "switch": { args: Switch; reply: StatusView };
  "near": { args: Near; reply: NearView };
  "know": { args: Know; reply: NearView };
  "wake": { args: Wake; reply: Done };
  "stop": { args: Stop; reply: Done };
  "today": { args: Today; reply: TodayView };
  "notices": { args: Notices; reply: NoticesView };
  "quiet": { args: Quiet; reply: QuietView };
  "post": { args: Post; reply: PostView };
  "look-over": { args: LookOver; reply: LookedOver };
  "board": { args: Board; reply: BoardView };
  "week": { args: Week; reply: WeekView };
  "show": { args: Show; reply: PostView };
  "promise": { args: Promise; reply: PostView };
  "answer": { args: Answer; reply: PostView };
  "send-doorstep": { args: SendDoorstep; reply: PostView };
  "withdraw": { args: Withdraw; reply: PostView };
  "close": { args: Close; reply: PostView };
  "undo": { args: Undo; reply: PostView };
  "edit": { args: Edit; reply: PostView };
  "renew": { args: Renew; reply: PostView };
  "yes-again": { args: YesAgain; reply: PostView };
  "outcome": { args: Outcome; reply: PostView };
  "thank": { args: Thank; reply: PostView };
  "notes": { args: Notes; reply: NotesView };
  "note": { args: Note; reply: NoteView };
  "write-note": { args: WriteNote; reply: NoteView };
  "change-note": { args: ChangeNote; reply: NoteView };
  "remove-note": { args: RemoveNote; reply: NotesView };
  "me": { args: Me; reply: MeView };
  "capacity": { args: Capacity; reply: MeView };
  "profile": { args: Profile; reply: MeView };
  "tell-seen": { args: TellSeen; reply: MeView };
  "before-promise": { args: BeforePromise; reply: BeforePromiseView };
  "weigh": { args: Weigh; reply: MeView };
  "ways": { args: Ways; reply: MeView };
  "show-capacity": { args: ShowCapacity; reply: MeView };
  "suggest": { args: Suggest; reply: SuggestView };
  "who-might": { args: WhoMight; reply: WhoMightView };
  "avoid": { args: Avoid; reply: AvoidView };
  "rota": { args: Rota; reply: RotaView };
  "resources": { args: Resources; reply: ResourcesView };
  "find": { args: Find; reply: FindView };
  "machines": { args: Machines; reply: MachinesView };
  "pair": { args: Pair; reply: InvitationView };
  "drop-machine": { args: DropMachine; reply: MachinesView };
  "words": { args: Words; reply: WordsView };
  "check-words": { args: CheckWords; reply: WordsView };
  "practise": { args: Practise; reply: PracticeView };
  "write-backup": { args: WriteBackup; reply: BackupReport };
  "progress": { args: Progress; reply: ProgressView };
  "show-backup": { args: ShowBackup; reply: BackupView };
  "restore-backup": { args: RestoreBackup; reply: BackupReport };
  "write-parcel": { args: WriteParcel; reply: BackupReport };
  "read-parcel": { args: ReadParcel; reply: BackupReport };
  "export-calendar": { args: ExportCalendar; reply: CalendarReport };
  "forgetting": { args: Forgetting; reply: ForgettingView };
  "forget": { args: Forget; reply: ForgottenView };
  "begin-anew": { args: BeginAnew; reply: ForgottenView };
  "at-rest": { args: AtRest; reply: AtRestView };
  "set-passphrase": { args: SetPassphrase; reply: AtRestView };
  "lock-after": { args: LockAfter; reply: AtRestView };
  "lock": { args: Lock; reply: Done };
  "unlock": { args: Unlock; reply: Done };
  "still-here": { args: StillHere; reply: Done };
  "what-goes": { args: WhatGoes; reply: ErasureView };
  "erase": { args: Erase; reply: ErasureView };
  "doctor": { args: Doctor; reply: DoctorView };
  "rebuild": { args: Rebuild; reply: Statistics };
  "statistics": { args: CountAll; reply: Statistics };
}
