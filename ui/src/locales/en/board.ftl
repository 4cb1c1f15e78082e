### What is so about posts and promises, and what happens next. The rules (crates/domain, words) choose the sentence.

you = you
former-member = a former member
a-post = a post that is not here

## A need, as a headline.

need-open = { $wanted ->
    [one] Nobody yet.
   *[other] Nobody yet; { $wanted } wanted.
}
came-forward = { $helpers } came forward. { $author } chooses.
came-forward-you = { $helpers } came forward. You choose.
partly-covered = { $covered } of { $wanted } so far.
covered = Covered: { $helpers }.
covered-likely = Likely covered: { $helpers } came forward.
covered-spare = Covered, { $spare } spare.
two-came-forward = Two neighbours came forward. { $first } is going, { $backup } is backup.
two-came-forward-likely = Two neighbours came forward. Likely { $first }; { $backup } is backup.
two-came-forward-choose = Two neighbours came forward: { $first } first, { $backup } as backup. { $author } chooses.
two-came-forward-choose-you = Two neighbours came forward: { $first } first, { $backup } as backup. You choose.
too-many-accepted = { $going } accepted where { $wanted ->
    [one] one is wanted: { $helpers }.
   *[other] { $wanted } are wanted: { $helpers }.
}
times-open = Nobody yet, for { $times ->
    [one] one time.
   *[other] { $times } times.
}
times-partly-covered = { $covered } of { $times } times covered.
times-covered = { $times ->
    [one] The time that is left is covered.
   *[other] All { $times } times are covered.
}
did-it-happen = Did it happen? { $helpers } promised.
did-you-go = Did it happen? You promised.
met = It happened.
partly-met = A part of it happened.
met-though-called-off = Called off, yet help arrived: { $helpers }.
called-off = Called off on { $on }.
expired = It ended on { $on }.
same-as-another = Another post says the same: { $post }.

## An offer, as a headline.

offer-available = { $left ->
    [one] Free to ask for.
   *[other] { $left } to have.
}
offer-asked-for = { $helpers } asked. { $author } chooses.
offer-asked-for-you = { $helpers } asked. You choose.
offer-partly-taken = { $left } of { $wanted } left.
offer-taken-up = All taken: { $helpers }.
offer-each-week = { $left ->
    [one] Free to ask for this week.
   *[other] { $left } to have this week.
}
offer-left-this-week = { $left } of { $wanted } left this week.
offer-taken-this-week = All taken this week.
offer-times = Free at { $left } of { $times } times.
offer-resting = Resting for now.
offer-withdrawn = Taken back on { $on }.

## One’s own promise to a need.

you-came-forward = You came forward. { $author } chooses.
you-came-forward-in-part = You came forward with more than is wanted: { $going } and { $spare } spare; { $author } chooses.
likely-you = Likely you. { $author } has not answered yet.
likely-you-in-part = Likely you with { $going }, { $spare } spare; { $author } has not answered.
just-turn-up = Just turn up; no answer is needed.
just-turn-up-in-part = Just turn up with { $going }; { $spare } spare.
you-are-going = You are going.
you-are-going-times = You are going { $times } times, next { $next }.
you-are-going-each-time = You are going each time, next { $next }.
you-are-going-in-part = You are going with { $going }; { $spare } spare.
you-are-going-with = You are going with { $going }.
you-are-going-hours = You are going for { $hours ->
    [one] { $hours } hour
   *[other] { $hours } hours
}.
you-are-going-together = You are going, { $people } of you.
someone-else-going-you-are-backup = Someone else is going: { $going }. You are the backup.
someone-else-likely-you-are-backup = Likely someone else: { $likely }. You are the backup.
others-first-you-are-backup = { $first } came forward first. You are the backup unless { $author } chooses you.
you-are-backup = You are the backup.
you-are-next = Somebody who was going cannot go. You are next; { $author } will say.
you-not-this-time = Not this time. Thank you for offering.
you-took-it-back = You took it back.
you-went = You went. It happened.
you-went-in-part = You went. A part of it happened.
it-did-not-happen = It did not happen. Only you and { $author } see this.

## One’s own request for an offer.

you-asked = You asked; { $author } chooses.
likely-yours = Likely yours ({ $going }); { $author } has not answered.
just-come = Just come; no answer is needed.
it-is-yours = Yours: { $going }.
it-is-yours-in-part = Yours: { $going }; { $spare } more than there is.
taken-you-are-next = Taken; you are next.
you-had-it = You had it.

## One’s own promise that came to nothing, or waits for oneself.

called-off-before-your-offer = Called off on { $on }, before your offer arrived. Nothing to do.
called-off-you-are-free = Called off on { $on }. Nothing to do; your hours are free.
met-you-are-free = It happened without you. Nothing to do; your hours are free.
expired-you-are-free = It ended on { $on }. Nothing to do; your hours are free.
duplicate-look-there = Another post says the same: { $post }. Look there.
author-left-you-are-free = Who posted it is no longer in the circle. Your hours are free.
post-not-here = The post is not on this machine.
time-gone = The post does not have that time any more. Nothing to do; your hours are free.
your-newer-promise-counts = Your newer promise counts.
your-other-promise-counts = You promised twice; the other one counts.
check-again = It has changed. Still all right?
check-again-time = The time is now { $start }. Still all right?
check-again-place = The place is now { $place }. Still all right?
check-again-time-place = It is now { $start }, { $place }. Still all right?

## Somebody else’s promise.

helper-came-forward = { $helper } came forward.
helper-likely = Likely { $helper }.
helper-going = { $helper } is going.
helper-in-part = { $helper } is going with { $amount }; { $spare } spare.
helper-promised = { $helper } promised.
helper-backup = { $helper } is backup.
helper-not-this-time = { $helper } is not needed this time.
helper-took-it-back = { $helper } took it back.
helper-to-check-again = It has changed; { $helper } has not said yes again.
helper-went = { $helper } went. It happened.
helper-went-in-part = { $helper } went. A part of it happened.
helper-did-not = It did not happen with { $helper }. Only the two of you see this.
helper-over = { $helper }’s part is over.
helper-asked = { $helper } asked.
helper-likely-has-it = Likely { $helper }’s.
helper-has-it = { $helper } has it.
helper-next = { $helper } is next.
helper-free-post-ended = { $helper }’s promise came to nothing: the post ended.
helper-newer-promise = { $helper } made a newer promise.
helper-other-promise-counts = { $helper } promised twice; the other one counts.
former-member-was-going = A former member was going.
former-member-came-forward = A former member had come forward.

## Notes beside them.

note-taken-back = { $helper } was going and took it back.
note-backup-first = { $helper } is asked first.
note-answered-twice = You answered { $helper } twice; the yes counts. Keep?
note-answered-twice-no-yes = You answered { $helper } twice, and not the same. Which counts?
note-offered-in-time = { $helper } offered in time, and it arrived late or was not answered. Still useful?
note-check-again = { $helper } has not said yes to the new time or place.
note-said-differently = You and { $other } say different things about how it went. Only the two of you see this.
note-did-not-happen = It did not happen with { $helper }. Only the two of you see this.
note-one-card = Others posted the same: { $authors }. Promises to any of them count here.
note-promised-twice = You promised twice, on two machines. One counts.
note-counts-here = Made for another post that says the same: { $post }.
note-still-needed = Still needed? It ends on { $on }.
note-still-on-offer = Still on offer? It ends on { $on }.
note-review = This offer has stood for a while. Still on offer?

## What happens next, for the author.

next-wait-for-neighbours = Neighbours will see it. Nothing to do for now.
next-choose = Choose: { $helpers } came forward.
next-accepts-by-itself = This machine says yes to the first by itself.
next-ask-backup = Ask { $helper } first?
next-keep-both = You accepted two. Keep both?
next-keep-answer = You answered { $helper } twice. Keep?
next-still-useful = { $helper } offered in time, arrived late. Still useful?
next-thank = Called off, yet help arrived. Thank { $helper }?
next-did-not-happen = It did not happen. Ask again?
next-ask-again = A former member was going. Ask again?
next-wait-for-yes = Wait for { $helpers } to say yes to the new time or place.
next-still-needed = Still needed?
next-still-on-offer = Still on offer?
next-say-if-it-happened = Say whether it happened.
next-renew = It is over. Ask again, or let it be.
next-answer = Answer { $helper }: yes, backup, or not this time.

## What happens next, for a helper.

next-wait-for-answer = { $author } answers. Nothing to do until then.
next-go = Be there.
next-go-at = Be there: { $start }.
next-arrange = Arrange with { $author } how you get it.
next-stand-by = Nothing to do unless you are asked.
next-say-yes-again = Say yes again, or take it back.
next-keep-one = Keep one of your two promises.
next-look-there = Look at the other post.

## What happens next, for everybody else.

next-offer-help = You can offer to help.
next-offer-backup = You can offer to be a backup.
next-ask-for-it = You can ask for it.
next-ask-to-be-next = You can ask to be next.
next-author-says = { $author } says whether it happened.
next-nothing = Nothing to do.
next-nothing-until = Nothing to do until { $start }.

## What was done about a post, beside the name of whoever did it and the day.

history-posted = Posted
history-changed = Changed
history-still-stands = Still stands
history-promised = Came forward
history-asked = Asked for it
history-yes = Yes to { $helper }
history-backup = { $helper } as backup
history-not-this-time = Not this time, to { $helper }
history-taken-back = Promise taken back
history-taken-back-in-part = A part of the promise taken back
history-met = Ended: it happened
history-called-off = Ended: not needed any more
history-offer-withdrawn = Ended: the offer was taken back
history-same-as = The same as another post: { $post }
history-happened = { $helper }’s promise: it happened
history-partly = { $helper }’s promise: a part of it happened
history-did-not = { $helper }’s promise: it did not happen
history-thanks = Thank you

## What it means to undo that.

undo-closing = It is open again, with everybody who promised.
undo-withdrawal = Your promise stands again, in its old place.
undo-thanks = Your thanks go from every screen.
