### The page's own words.

app-name = Closeknit
page-title = { $screen } – Closeknit
opening = Opening your circle…
unknown-sentence = This Closeknit has no words for what is shown here. A newer one may have.
skip-to-content = Go to the content
try-again = Try again
back = Back
back-to-board = Back to the board
later = Later
good = Good
save = Save
copy = Copy
copy-done = Copied.
copy-by-hand = It is marked now. Press Ctrl and C together to copy it.
list-coming = Coming…
step-done = (done)
host-away = Closeknit does not answer on this machine. Trying again… What you typed is still here.
host-back = Closeknit answers again.

## The way around

nav-label = Screens
nav-today = Today
nav-board = Board
nav-me = Me
nav-circle = Circle
nav-near = Neighbours near
nav-safe = Safe keeping
nav-draft = Only you so far
nav-members = { $count ->
    [one] One member
   *[other] { $count } members
}
nav-switch = Another circle
nav-knocks = { $count ->
    [one] person at the door
   *[other] people at the door
}

## Fields

field-optional = if you like
field-over = { $count ->
    [one] This is one letter too long. Nothing is cut off; please shorten it a little.
   *[other] This is { $count } letters too long. Nothing is cut off; please shorten it a little.
}

## People and times

person-you = You
person-former = A former member
day-today = Today
day-tomorrow = Tomorrow
window-hours = { $day }, { $from }–{ $to }
window-days = { $from } to { $to }
window-moment = { $day }, { $time }
window-zone = { $window } ({ $zone } time)
size-bytes = { $count ->
    [one] one byte
   *[other] { $count } bytes
}
size-kilo = { $size } kB
size-mega = { $size } MB

## Welcome

welcome-title = Neighbours helping each other
welcome-lead = Ask for help, offer help, keep track of promises. It lives on your own machines: no account, no company, and it works without the internet.
welcome-name = What should your neighbours call you?
welcome-name-hint = A first name is enough.
welcome-name-missing = Please write a name first. A first name is enough.
welcome-start = Start a circle
welcome-start-hint = You are the first. You invite the others when you like.
welcome-join = I was invited
welcome-join-hint = Somebody gave you an invitation, a long line of text.
welcome-pair = I use it on another machine
welcome-pair-hint = This one becomes one more of yours.
welcome-bring-back = Bring back what you had
welcome-bring-back-hint = You used Closeknit before: from a file you saved, or with a neighbour’s help.
welcome-promise = Nothing leaves this machine before you invite somebody or join.

## Start a circle

start-title = Good to have you, { $name }
start-circle = What is your circle called?
start-circle-hint = Your street, your house, your quarter: whatever your neighbours will know.
start-circle-missing = Please give your circle a name.
start-kind-folded = Not one person? A household, an organisation
start-kind = Who are you here?
member-hint-person = One person
member-hint-household = People who live together and help together
member-hint-organisation = A food bank, a hall, a club
start-go = Start the circle
start-busy = Starting…
start-after = You can post at once. The circle stays on this machine alone until the first neighbour joins.
start-done = { $circle } is ready. You can post your first need or offer.

## Join

join-title = Join with an invitation
join-title-circle = Joining { $circle }
join-steps = Steps
join-progress = How far it is
join-step-paste = Paste
join-step-look = Find each other
join-step-compare = Compare the code
join-step-wait = Both say yes
join-invitation = Paste the invitation here
join-invitation-hint = All of it, from the first letter to the last. To paste, press Ctrl and V together.
join-invitation-missing = The invitation is still missing.
join-go = Look for them
join-before = Both machines have to be switched on and on the same network, for example the same Wi-Fi.
join-looking-hint = You can leave this open. It goes on looking until you stop it.
join-compare-title = Is it the same code on both screens?
join-compare = Ask the person who invited you to read their code aloud. If it is the same, nobody else is in between.
join-code-same = Yes, it is the same
join-waiting-hint = The other person has to press yes on their screen too.
join-stop = Stop
join-enter = Go to the board
pairing-title = One more machine of yours
pairing-line = Paste the line from your other machine here
pairing-line-hint = There it is under Neighbours near, Your machines. You can send it to yourself in any way you like; without the code it opens nothing.
pairing-line-missing = The line is still missing.
pairing-go = Look for it
pairing-look = Look at your other machine. If its code is the same, nobody else is in between.
pairing-waiting-hint = On your other machine, yes has to be pressed too.
screen-other-own = Your other screen
screen-here = This screen
screen-other = Their screen
screen-of = { $name }’s screen
code-same = Yes, let { $name } in
code-different = No, it is different

## At the door

knock-heading = At the door
knock-look = Look
knock-title = { $name } is at the door
knock-compare = Ask { $name } to read the code aloud. Let them in only if it is the same on both screens, and if you know who they are.
doorstep-send = Yes, there too
doorstep-send-not = No
knock-machine-title = “{ $name }” is to be yours
knock-machine-compare = Look at the screen of “{ $name }”. Say yes only if its code is the same, and if you have just started this there yourself.
knock-machine-after = Then “{ $name }” reads and writes in this circle as you do. Your recovery words stay here.
code-same-machine = Yes, it is my machine
knock-after = Then { $name } can read everything that is posted in this circle.

## Quiet hours

quiet-title = Quiet hours
quiet-lead = When somebody answers or asks, and the window is not in front, this machine tells you so, without names. In quiet hours it waits.
quiet-on = Keep some hours quiet
quiet-from = From
quiet-to = To
quiet-wrong = Please write a time of day, such as 21:00.
quiet-saved = Saved.

## Today

today-waiting = Looking for what is waiting for you…
today-calm = When somebody asks something of you, promises you something or wants to know how it went, you find it here.
today-calm-board = Look at the board
today-calm-ask = Ask for help
today-calm-offer = Offer help
today-ends = It ends on { $day }.
today-open = Look and answer
today-do-happened = Yes, it happened
today-do-partly = A part of it
today-do-did-not = No
today-do-renew = Yes, keep it on the board
today-do-ask-again = Ask again
today-do-met = It is done
today-do-not-needed = Not any more
today-did-happened = You said that it happened.
today-did-partly = You said that a part of it happened.
today-did-did-not = You said that it did not happen. Only the two of you see this.
today-did-renew = It stays on the board.
today-did-ask-again = It is asked again.
today-did-met = It is done and off the board.
today-did-not-needed = It is off the board.
today-until = It stays on the board until { $day }.
today-undo = Undo
today-undone = It is back as it was.
today-change = Say something else

## Board

board-title = Board
board-ask = Ask for help
board-offer = Offer help
board-waiting = Putting the board together…
board-list = Needs and offers
board-look = Show as
board-look-list = List
board-look-week = Week
week-title = { $from } to { $to }
week-before = Week before
week-now = This week
week-after = Week after
week-none = Nothing with a time is in this week.
week-part-whole = All day
week-part-morning = Morning
week-part-afternoon = Afternoon
week-part-evening = Evening
week-part-night = Night
week-whole = all day
week-hours = { $from }–{ $to }
week-from = from { $from }
week-until = until { $to }
week-mine = { $state }, with you
week-left-out = { $count ->
    [one] One more time does not fit here. Show fewer posts to see it.
   *[other] { $count } more times do not fit here. Show fewer posts to see them.
}
board-count = { $count ->
    [one] One post
   *[other] { $count } posts
}
board-skipped = { $count ->
    [one] One entry was written by a newer Closeknit and cannot be shown here.
   *[other] { $count } entries were written by a newer Closeknit and cannot be shown here.
}
board-none = No post fits this.
board-empty = Nothing is posted yet
board-empty-hint = What would make this week easier for you? Asking is how it begins.
board-empty-draft = What would make this week easier for you? You can post it now; your neighbours see it when they have joined.
board-empty-invite = Invite the first neighbour
filter-label = Find posts
filter-search = Search
filter-kind = Needs or offers
filter-all = All
filter-needs = Needs
filter-offers = Offers
filter-category = Kind of help
filter-any-category = Every kind of help
filter-state = How it stands
filter-any-state = Open and settled
filter-open = Still open
filter-settled = Settled
filter-when = When it is
filter-when-any = At any time
filter-when-today = Today
filter-when-week = This week
filter-when-day = On a day…
filter-day = On which day
filter-near = Near { $area }
filter-clear = Show all posts
seats-need-helpers = { $going } of { $want } coming
seats-need-hours = { $going } of { $want } hours
seats-need-items = { $going } of { $want } promised
seats-offer-helpers = { $going } of { $want } taken
seats-offer-hours = { $going } of { $want } hours taken
seats-offer-items = { $going } of { $want } taken
words-reminder = If this machine breaks, you need your 24 recovery words to be yourself again.
words-reminder-link = Write them down

## A post in the making

new-need-title = Ask for help
new-offer-title = Offer help
new-need-what = What do you need?
new-need-what-hint = One line, for example: Lift to the eye clinic and back
new-offer-what = What can you offer?
new-offer-what-hint = One line, for example: Two hot vegetarian meals
new-title-missing = Please say in one line what it is.
new-category = What kind of help is it?
new-category-missing = Please choose one.
new-place = Roughly where?
new-place-hint = A corner, a crossing, a quarter. Not your address: that comes later, and only to the person who comes.
new-detail = What else should people know?
new-detail-offer = What else should people know?
new-detail-hint = How long it takes, stairs, pets, what to bring. Nothing that you would not say in front of everybody.
new-more = More questions: how many, for whom, how urgent
new-more-offer = More questions: how many, who gets it, until when
new-want = How many?
new-want-offer = How many can have it?
new-want-week = How many a week?
new-want-wrong = Please write a number from 1 to 999.
new-unit = Of what
new-unit-helpers = People
new-unit-hours = Hours
new-unit-items = Things
new-roles = Does one of them have to bring or know something?
new-roles-hint = For example: one with a van, two who speak Arabic.
new-role-amount = How many
new-role-name = With what
new-role-add = Add somebody in particular
new-lend = For how many days do you need it?
new-lend-offer = For how many days can somebody have it?
new-lend-hint = Longer loans are agreed between the two of you.
new-mode = Who may come?
new-mode-offer = Who gets it?
new-mode-usual = As is usual for this kind of help
new-mode-turn-up = Whoever likes turns up
new-mode-first = The first who comes forward
new-mode-choose = I choose
mode-hint-usual = For everything at home, with children or with money, you choose.
mode-hint-turn-up = No answer is needed, and no private details are given.
mode-hint-first = Your machine says yes to the first by itself.
mode-hint-choose = You say yes to one, and only that person gets your address.
new-urgent = It cannot wait
new-urgent-hint = It is shown first, with a sign.
new-danger = Is somebody’s life or health in danger right now?
new-danger-yes = Yes
new-danger-no = No
new-danger-missing = Please answer this first.
new-emergency = Call 112 or your local emergency number now.
new-emergency-hint = Closeknit is not for emergencies: nobody may see this in time. When help is on its way you can still post.
new-person = Is it for somebody else? What are they called?
new-person-hint = For a neighbour without a machine of their own.
new-consent = How did { $person } agree to this being posted?
new-consent-hint = For example: asked on the phone on Monday
new-consent-missing = Please say how they agreed.
new-standing = It stays until I take it back
new-standing-hint = For example every Wednesday. You are asked now and then whether it still holds.
new-until = Show it until which day?
new-until-hint = Year, month, day. Without it, it ends by itself after its time.
new-until-wrong = Please write it like 2026-12-24.
new-ends = By itself it ends on { $day }.
new-review = On { $day } you are asked whether it still holds.
new-holders = { $count ->
    [one] One machine in { $circle } will hold this.
   *[other] { $count } machines in { $circle } will hold this.
}
new-holders-chosen = Only you and the people you chose can read it. { $count ->
    [one] One machine in { $circle } keeps it.
   *[other] { $count } machines in { $circle } keep it, locked.
}
readers = Who may read it?
readers-circle = Everybody in the circle
readers-chosen = Only people I choose
readers-hint-circle = The more who know, the sooner somebody can help.
readers-hint-chosen = For what is delicate. The others see only that something is open.
readers-who = Who?
readers-missing = Please choose at least one person.
new-holders-draft = Only this machine will hold this, until the first neighbour joins.
new-post-need = Post it
new-post-offer = Post it
new-busy = Posting…
new-done = Posted.
new-draft = Until you post it, this is a draft that only you see. You can leave and come back.
new-discard = Throw the draft away
new-discarded = The draft is gone.
when-question = When?
when-day = Day
when-any = Any time
when-choose = Choose a day
when-other = Another day…
when-day-missing = Please choose a day.
when-add = Another time
when-remove = Take away
when-number = time { $number }
when-date = Date
when-date-wrong = Please write it like 2027-02-14.
when-from = From
when-to = Until
when-time-wrong = Please write a time, like 9:20.
when-order = This ends before it begins.
repeat-question = Does it come again?
repeat-once = No, only this once
repeat-day = Every day
repeat-week = Every week
repeat-fortnight = Every two weeks
repeat-month = Every month, on the same date
repeat-other = As it is now
repeat-days = On which days?
repeat-ends = For how long?
repeat-ends-never = Until I end it
repeat-ends-count = A number of times
repeat-ends-day = Until a day
repeat-count = How many times in all?
repeat-last = Which is the last day?
private-title = This looks private
private-hint = Everybody in the circle will read this. You can tell your address and phone later, only to the person who comes. You can also post it as it is.

## A post

post-opening = A post
post-waiting = Looking for this post…
post-urgent = Urgent
post-for-some = For chosen people
post-for = { $author }, for { $person }
post-standing = How it stands
post-next = What happens next:
post-mine = Your promise
post-mine-offer = What you asked for
post-times = Its times
post-promises = Who came forward
post-promises-offer = Who asked for it
post-promises-others = Who else came forward
post-about = Good to know
post-summary = Who, when, where
post-any-time = Any time
post-standing-offer = It stays until it is taken back
post-how = How it goes
post-you-choose = You choose
post-author-chooses = { $author } chooses
post-consent = How they agreed
post-ends = Shown until
post-delivery = Where it is
me-seen-title = What others see of your reading
me-seen = Tell neighbours what I have seen
me-seen-hint = They read “Seen by you” under what they posted or promised. It is said once an hour at most, and when you close the app.
doorstep-title = At the door
doorstep-only-you = Only you and { $author } can read this.

## Promise

promise-title = Can you do this?
promise-title-backup = Could you be the backup?
promise-title-offer = Would you like this?
promise-title-next = Would you like to be next?
promise-amount-helpers = How many of you come?
promise-amount-hours = How many hours?
promise-amount-items = How many?
promise-times = Which times?
promise-every = Each time, as a regular
promise-times-none = Choose at least one time.
promise-say = A word to { $author }
promise-say-hint = For example when you can be there. Everybody in the circle can read it.
promise = I can do this
promise-backup = I can be the backup
promise-offer = I would like this
promise-next = I would like to be next
promise-after = { $author } answers, and then you learn the address. You can take it back at any time.
promise-after-turn-up = No answer is needed. You can take it back at any time.
withdraw = Take it back
withdraw-title = Take your promise back?
withdraw-after = Your place goes to somebody else, and the backup is asked first. Nobody asks you why. You can promise again later.
withdraw-yes = Yes, take it back
withdraw-no = No, keep it

## Answer

answer-doorstep = What does { $name } need at the door?
answer-doorstep-hint = Address, phone, how to get in. With your yes it goes to { $name } alone; nobody else can read it.
answer-accept = Yes, please come
answer-stand-by = Be the backup
answer-decline = Not this time
answer-change = Change my answer

## What became of it

outcome-group = How it went
outcome-question = Did it happen?
outcome-happened = Yes, it happened
outcome-partly = A part of it
outcome-did-not = No, it did not
outcome-why = Say why
outcome-reason = Why?
outcome-reason-hint = In neutral words, if you like. Only you and { $other } can read it.
outcome-said-happened = it happened
outcome-said-partly = a part of it happened
outcome-said-did-not = it did not happen
outcome-say = Say how it went
outcome-change = Change what I said

## Still needed

renewal = Whether it still stands
renew-days = { $days ->
    [14] Yes, 2 more weeks
   *[other] Yes, { $days } more days
}
renew-standing = Yes, it stays
renew-done = It is done
renew-remove = Take it away
renew-take-back = Take it back

## Change

edit = Change it
edit-title = Change this post
edit-promised = Promised: { $names }. If you change the time or the place, they are asked whether it is still all right, and until they say yes, somebody else may come forward. Words can change freely.
edit-save = Save the change
edit-cancel = Leave it as it was
yes-again = Yes, still all right
withdraw-cannot = No, I can’t

## What was done

history = What was done so far
undo = Undo
post-same = { $author } posted the same:
post-mine-times = When
promise-time-gone = A time that it does not have any more
withdraw-times = From which times?

## Thanks

thanks = Thank you
thank = Say thank you
thank-change = Change my thanks
thank-text = A sentence for { $names }
thank-who = Who can read it?
thank-circle = Everybody in the circle
thank-alone = Only { $name } and I
thanks-alone = to { $name }; only the two can read it
thank-missing = Please write a sentence.
thank-go = Say it

## Close

close-need = It is over
close-offer = Take this offer back
close-title = How did it end?
close-title-offer = Take this offer back?
close-how = How it ended
close-met = It happened
close-not-needed = It is not needed any more
close-withdrawn = I cannot offer it any more
close-duplicate = Another post says the same
close-which = Which one?
close-choose = Choose a post
close-no-other = There is no other post of this kind.
close-after = Everybody who promised sees it and is free. Machines that are away learn it when they are near again.
close-yes = Yes, end it
close-no = No, leave it
forget-this = Forget this
forget-title = Forget it for good?
forget-yes = Yes, forget it
forget-at-once = At once, with my recovery words
forget-at-once-hint = Without them every machine keeps it out of sight for a week before nothing is left.
forget-no = Keep it

## Me

me-title = { $name }
me-waiting = Opening your page…
me-promises = What I promised
me-promises-none = Nothing promised at the moment.
me-promises-look = Look at the board
calendar-title = Put my promises in my calendar
calendar-path = Where should the file go?
calendar-path-hint = The folder and a name that ends in .ics. What is there under that name is replaced.
calendar-write = Write the file
me-posts = What I posted
me-posts-none = Nothing posted at the moment.
capacity-title = What I can carry
capacity-own-eyes = For your eyes only. No neighbour can read this.
capacity-left = { $hours ->
    [one] { $free ->
        [0] Your one hour of this week is not free any more.
       *[other] Your one hour of this week is free.
    }
   *[other] { $free ->
        [one] One hour of your { $hours } is free this week.
       *[other] { $free } of your { $hours } hours are free this week.
    }
}
capacity-resting = You are resting until { $until }. Nobody is told why.
capacity-hours = Hours a week
capacity-hours-hint = What you can give without it being too much. Less is fine.
capacity-when = When are you usually free?
capacity-when-hint = For example: Mon 18–21, Sat 9–13
capacity-number-wrong = Please write a number.
capacity-kinds = What I like to do, and what I will not
capacity-kinds-hint = You are never asked for what you will not do.
capacity-mood-open = Ask me
capacity-mood-can = I like to
capacity-mood-not = Not this
capacity-limits = How far I go, and when I rest
capacity-radius = How far do you go, in minutes on foot?
capacity-rest = Do you need a rest?
capacity-rest-hint = Nobody is told, and nobody asks why.
capacity-rest-no = Not resting
capacity-rest-until = Until { $day }
capacity-saved = Saved on this machine.
profile-title = How my neighbours know me
profile-hint = Everybody in the circle can read this.
profile-area = Roughly where you live
profile-skills = What can you do?
profile-lends = What can you lend?
profile-languages = Which languages do you speak?
profile-list-hint = Several, with a comma between them.
profile-saved = Saved. Your neighbours see it when they are near.

## Circle

circle-waiting = Opening the circle…
circle-draft = So far this circle is only yours.
circle-draft-hint = Everything works already, on this machine alone. It becomes a circle when the first neighbour joins, and then both of you hold it.
circle-lead = { $count ->
    [one] One member
   *[other] { $count } members
} · { $place } time
circle-join-other = I was invited to another circle
circle-pair-other = Bring a circle over from another machine of mine
invite-title = Invite a neighbour
invite-lead = You make an invitation, hand it over, and then compare a code together. Nobody gets in without that.
invite-not-yet = You cannot invite anybody yet: two neighbours have to vouch for you first. Ask somebody who has been here longer to invite them.
invite-more = For more than one person
invite-uses = How many people?
invite-uses-hint = One invitation for all of them. Each of them compares a code with you.
invite-make = Make an invitation
invite-made = The invitation is ready to be copied.
invite-text = The invitation
invite-step-hand = Copy it and hand it over: in a message, on a stick, however you like.
invite-step-paste = They open Closeknit, choose “I was invited” and paste it.
invite-step-compare = You both see a code. Read it to each other, and say yes if it is the same.
invite-expires = { $count ->
    [one] It works once, until { $until }.
   *[other] It works { $count } times, until { $until }.
}
invite-stay = Leave Closeknit open until they are in, on the same network as theirs.
invite-again = Make another one
people-title = People
people-machines = { $count ->
    [0] no machine
    [one] one machine
   *[other] { $count } machines
}
people-skills = Can:
people-lends = Lends:

sure-no = No, not now
circle-said = Said. The others read it when they are near.
vouch = I know { $name }
vouch-title = Do you know { $name }?
vouch-yes = Yes, I know them
let-back = Somebody lost their machine
let-back-lead = With their 24 recovery words on paper they come back as who they were, and what they wrote comes from this machine. Without the words, invite them anew.
let-back-who = Who is it?
let-back-make = Make the line
let-back-line = For { $name }, to come back
let-back-step-hand = Give { $name } this line of text, on a stick for example. It lets in nobody new.
let-back-step-words = On the new machine { $name } chooses “Bring back what you had”, then “A neighbour, and my 24 words”.
let-back-step-compare = Then both screens show a code. Let { $name } in only if it is the same, and if it really is { $name }.
let-back-until = It is meant for { $until } at the latest.

remove = Should somebody no longer belong?
remove-hint = That is for two to say, and it cannot be taken back. If you can, talk with each other first.
remove-who = Who?
remove-too = I think so too
remove-title = Should { $name } no longer belong?
remove-yes = Yes, I think so
leave = Leave this circle
leave-title = Leave { $circle } for good?
leave-yes = Yes, leave
leave-done = The circle is no longer on this machine.

## Neighbours near

near-waiting = Looking around…
near-pieces = Since it came: { $received ->
    [one] one piece
   *[other] { $received } pieces
} from there, { $sent ->
    [one] one piece
   *[other] { $sent } pieces
} to there
near-look = Look again
near-looking = Looking again…
machines-link = Your machines: add one, or take away one that is lost
machines-title = Your machines
machines-waiting = Looking…
drop = It is lost or stolen
drop-title = Take “{ $label }” away?
drop-this = I give this one away
drop-this-title = Take this machine away?
drop-yes = Yes, take it away
drop-done = It is taken away.
pair-title = Add another machine
pair-lead = What is in this circle comes to it by itself, and what you write on either is on both as soon as they meet. Both have to be here, switched on, on the same network.
pair-words = Your recovery words do not go along. What needs them is done here, or with your sheet: taking a machine away, leaving, joining another circle.
pair-apart = If the two are never on one network: write a backup, and bring it back on the other one with your words.
pair-make = Show the line
pair-step-start = Start Closeknit on the other machine and choose “I use it on another machine”.
pair-step-line = Bring it this line, for example with a stick, or in a message to yourself, and paste it there.
pair-step-code = Then both show a code. If it is the same, say yes on both.
pair-line-here = The line for your other machine
pair-until = It is good for one machine, until { $when }.
near-find = If you do not find each other
near-find-hint = Machines on the same network find each other by themselves. If not, give one the address of the other.
near-address = The address of this machine
near-add = The address of the other machine
near-add-hint = Paste the text that is shown on its screen.
near-add-missing = The address is still missing.
near-add-go = Look for it
stick-title = Carry it on a stick
stick-lead = For where no network reaches: write everything of the circle to a stick, carry it over, and read it there.
stick-for = Who may open it?
stick-for-all = Everybody in the circle
stick-write = Write it
stick-from = Which file did somebody bring you?
stick-from-hint = The folder and the name of the file on the stick.
stick-read = Read it
near-added = Looking for it. It appears above when it answers.

## Safe keeping

safe-lead = What you need if this machine breaks, is lost, or is replaced.
words-title = Recovery words
words-lead = 24 words on a sheet of paper let you be yourself again on a new machine.
words-why = Nobody else has them, not even those who made Closeknit. Whoever has them can be you: keep the sheet where you keep your papers.
words-show = Show my 24 words
words-paper = Write them on paper, with their numbers. Not in a file, and not as a photo.
words-print = Print a sheet
words-written = I have written them down
words-hide = Not now
words-ask = To be sure that the sheet is right: which words are these?
words-number = Word number { $number }
words-missing = This word is still missing.
words-go = Compare
words-again = Show me the words again
practise-title = Do you still have your 24 words?
practise-lead = Weeks ago you wrote them on paper. Three of them show that the sheet is still there.
practise-go = Try three
words-kept = You have your words on paper.
words-kept-hint = This machine has forgotten them, so that nobody can read them here.
words-kept-draft = This machine forgets them when your circle begins.
backup-title = Backup
backup-lead = One file with your whole circle, signed by this machine. Best on a stick that you keep elsewhere.
backup-path = Where should the file go?
backup-path-hint = The folder and the name of a new file.
backup-lock = Lock it with a passphrase instead of your words
backup-passphrase = Passphrase
backup-passphrase-hint = Without it nobody can open the file, you neither. Without a passphrase, your 24 words open it.
backup-write = Write the backup
backup-writing = Writing the file and reading it back…
backup-stop = Stop
backup-stopping = Stopping…
backup-file = { $path }, { $size }
backup-bring-back = Bring a backup back
forgetting-title = Forgetting
forgetting-by-itself = Forget what has been over for a month without asking me
forgetting-go = Forget what is over
forgetting-stopped = Your own entries stop here: something in them cannot be read any further. Everything up to there is safe.
forgetting-anew = Begin anew from there
back-title = Bring back what you had
back-lead = Nothing is overwritten: what is in the file is added to what is here.
back-way = What helps you?
back-way-file = A backup file
back-way-neighbour = A neighbour, and my 24 words
back-line = The line of text from your neighbour
back-line-hint = They find it on their machine: Circle, then “Somebody lost their machine”.
back-line-missing = The line is still missing.
back-words-missing = Your words are still missing.
back-path = Where is the file?
back-path-hint = The folder and the name of the file.
back-path-missing = Please say which file.
path-choose = Choose…
back-lock = What opens it?
back-lock-own = My words, which this machine still has
back-lock-words = My 24 recovery words
back-lock-passphrase = A passphrase
back-words = Your 24 recovery words
back-words-hint = From your sheet, in their order, with spaces between them.
back-words-too-hint = From your sheet. The passphrase opens the file; the words show that it is yours.
back-passphrase = Passphrase
back-look = Look inside
back-looking = Opening the file and checking all of it…
back-seen = The backup is in order. Look at what is in it.
back-inside = What is in it
back-written = Written
back-name = Of
back-circles = { $count ->
    [one] Circle
   *[other] Circles
}
back-people = Entries of
back-documents = { $count ->
    [one] one member
   *[other] { $count } members
}
back-size = Size
back-merge = Nothing that is on this machine is lost by this.
back-restore = Bring it back
back-restoring = Bringing it back…
back-enter = Go to the board
looks-title = How it looks
looks-language = Language
looks-language-partly = partly; the rest is in English
looks-language-now = The page is in English now.
looks-text = Size of the text
looks-text-normal = Normal
looks-text-larger = Larger
looks-text-largest = Largest
looks-colours = Colours
looks-colours-system = As this machine likes it
looks-colours-light = Light
looks-colours-dark = Dark
erase = Erase Closeknit from this machine
erase-title = Erase all of it?
erase-files = What goes
erase-name = To be sure, type { $name }
erase-yes = Yes, erase it
erase-done = Everything of Closeknit is gone from this machine. You can close this window.
doctor-title = How this machine is doing

## Who can open Closeknit on this machine

at-rest-title = Who can open Closeknit here
at-rest-set = Choose a passphrase
at-rest-change = Change the passphrase
at-rest-before = Passphrase until now
at-rest-new = New passphrase
at-rest-new-hint = At least 8 letters. A short sentence of your own is easy to keep in mind and hard to guess.
at-rest-again = The same once more
at-rest-differs = The two are not the same.
at-rest-save = Lock with it
at-rest-saving = One moment…
at-rest-saved = Saved.
at-rest-remove = Do without a passphrase
at-rest-after = Lock by itself when nobody is here
at-rest-after-5 = After 5 minutes
at-rest-after-15 = After 15 minutes
at-rest-after-60 = After an hour
at-rest-after-0 = Never
at-rest-lock = Lock now
locked-title = Closeknit is locked
locked-lead = Everything is safe. Type your passphrase to see your circle.
locked-passphrase = Passphrase
locked-missing = The passphrase is still missing.
locked-trying = One moment…
locked-open = Unlock
locked-lost-title = I lost my passphrase
locked-lost = Nobody can find it out for you. With your 24 recovery words you get your things back on a machine where Closeknit is empty: from a backup, or from a neighbour.

## Before and after a promise: what one can carry

over-title = More than you said you can do
over-release = Could one of these wait, or could somebody else do it? Nothing is taken back unless you do it.
ways-title = How long the ways are
ways-hint = From where you live, in minutes on foot. Then you are only asked for what is not too far. No neighbour can read this.
ways-no-area = First say below roughly where you live.
weigh-title = What my promises take of my time
weigh-hint = Closeknit goes by the time of the post. Where you know better, say so here. No neighbour can read this.
weigh-what = What this takes each time: { $title }
weigh-post = As long as the post says
weigh-post-says = As the post says: { $span }
span-hours = { $hours } h
span-minutes = { $minutes } min
balance-title = Giving and receiving
balance-hint = Only you see this. It is worked out on this machine and sent nowhere. Nobody owes anybody one for one.

## What the circle sees of it

show-title = What the circle sees of my time
show-hint = Nothing, unless you say so here. Neighbours see how much time you have for which kind of help, in the table of the circle and when they look for somebody to ask.
show-resting = While you rest, the circle sees nothing of this.
show-nothing = At the moment the circle sees nothing.
show-begin = Begin with what I like to do
show-add = Add a kind of help…
show-press = Press a day to change it.
show-day = { $kind }, { $day }: { $level }
level-none = none
level-some = some
level-plenty = plenty

## Whom one would rather not meet

avoid-title = Whom I would rather not meet
avoid-hint = You are never suggested to each other on this machine. Nobody is told; the list stays on this machine and is in no backup.
avoid-add = Add somebody…
avoid-no-more = Take off
avoid-no-more-who = Take off: { $name }

## Who might help whom

who-might-title = Who might help
who-might-hint = Only you see this, and nobody is told. You could ask them.
suggest-title = You could help
suggest-none = Nothing that suits you is wanted at the moment.
suggest-resting = You are resting. Nobody asks you for anything.
pick = Add
rota-title = Who could go when?
rota-hint = A proposal for you alone; change it as you like. It tells you whom to ask: nobody goes without their own promise.
rota-who = Who could go, and why
rota-keep = Keep
rota-keep-who = Keep: { $name }, { $when }
rota-not = Not then
rota-not-who = Not then: { $name }, { $when }
rota-place = Somebody else…
rota-place-when = Somebody else: { $when }
rota-covered = Covered already.
rota-anew = Begin anew

## What the circle has

map-title = What the circle has time for
map-lead = Added up from what neighbours chose to show. Nobody’s name is in it.
map-none = Nobody shows yet what they have time for. You can begin, under “Me”.
map-area = Which area?
map-everywhere = All areas
map-cell = { $have ->
    [0] nobody has time
    [one] one neighbour has time
   *[other] { $have } neighbours have time
}, { $wanted ->
    [0] nothing is wanted
    [one] one need is open
   *[other] { $wanted } needs are open
}
map-legend = The number says how many neighbours have time that day. ▲ says how many needs are open.
find-title = Who has it, who knows how?
find-what = Look for something to lend, or for somebody who knows how
find-hint = For example: ladder, Spanish, bicycle
find-none = Nobody wrote that they have or know this. You can ask on the board.
find-lends-it = { $name } lends: { $what }
find-knows-it = { $name } knows: { $what }

## Notes

notes-title = Notes
notes-link = Notes: meetings, and what everybody should be able to look up
notes-lead = What was said at a meeting, where the ladder stands: what everybody should be able to look up. Everybody in the circle can read it.
notes-search = Find in the notes
note-write = Write a note
note-line = What is it about?
note-text = What does it say?
note-private = Everybody in the circle will read this note. Leave it out, unless all of them should know it.
note-save = Save the note
note-discard = Throw it away
note-saved = Saved. Everybody in the circle can read it.
note-by = { $name }, { $when }
note-changed = { $name }, last changed { $when }
note-change = Change it
note-remove = Take it away
note-remove-title = Take this note away?
note-remove-does = Nobody in the circle sees it any more, as soon as their machine hears of it. Its words leave every machine only if it is forgotten.
note-removed = The note is gone.
