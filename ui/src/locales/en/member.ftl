### What the member itself says: sentences decided by the engine (crates/node), said by every face.

## Joining: the own attempt

joining-looking = Looking for the machine that invited you. It has to be switched on, on the same network as this one.
joining-looking-circle = Looking for the machine that invited you, or another one of the circle that can let you in. One of them has to be switched on, on the same network as this one.
joining-asking = Found it. Waiting for { $circle } to answer…
joining-compare = Is { $code } shown on the other screen too? Say yes only if it is the same.
joining-compare-other = { $name } can let you in too. Is { $code } shown on their screen? Say yes only if it is the same.
joining-waiting = You said yes. Waiting for the other side to say yes too…
joining-joined = Welcome to { $circle }. You are in.
joining-back = Welcome back to { $circle }. What you wrote comes from your neighbours’ machines, now and whenever you meet them.
joining-refused-wrong = This invitation is not known there any more. Ask for a new one.
joining-refused-used = This invitation was used already. Ask for a new one.
joining-refused-expired = This invitation is too old. Ask for a new one.
joining-refused-person = The other side said no.
joining-refused-not-same = You said that the codes differ, so nothing was joined. Nothing was shared. Ask for a new invitation and try again.
joining-refused-left = The other side went away before it was finished. You can try again with the same invitation.
joining-refused-busy = Too many people are at that door at the moment. Try again in a minute.
joining-refused-version = The other machine has another version of Closeknit. Update both and try again.
joining-refused-broken = The other machine did not answer as it should. Nothing was joined. Try again.
joining-refused-not-a-voter = The person who invited you cannot let anybody in yet. Ask somebody who has been there longer.

## One more machine of one's own: the new one

pairing-looking = Looking for your other machine. It has to be switched on, on the same network as this one.
pairing-asking = Found it. Waiting for it to answer…
pairing-compare = Is { $code } shown on your other machine too? Say yes only if it is the same.
pairing-waiting = You said yes here. Now say yes on your other machine too.
pairing-joined = This machine is one of yours now. What is in { $circle } comes over by itself.

## At the door: somebody with an invitation of ours

door-compare = { $name } is at the door. Is { $code } shown on their screen too?
door-waiting = You said yes to { $name }. Waiting for them to say yes too…
door-joined = { $name } is in.
door-refused-person = You turned { $name } away. Nothing was shared with them.
door-refused-not-same = { $name } said that the codes differ. Nobody was let in.
door-refused-busy = Too many people are at the door at the moment.
door-refused-version = { $name }’s machine has another version of Closeknit. Update both and try again.
door-refused-not-a-voter = Nobody was let in: an organisation cannot begin a circle, and only people with a say can let somebody in.
door-refused-left = { $name } went away before it was finished.
door-refused-broken = { $name }’s machine did not answer as it should. Nobody was let in.
door-refused-used = Somebody tried an invitation that was used already. Nobody was let in.
door-refused-expired = Somebody tried an invitation that is too old. Nobody was let in.
door-refused-wrong = Somebody tried an invitation that is not known here. Nobody was let in.

door-machine-compare = “{ $name }” is to be one more machine of yours. Is { $code } shown on its screen too?
door-machine-waiting = You said yes here. Now say yes on “{ $name }” too.
door-machine-joined = “{ $name }” is one of your machines now. What is in the circle goes over by itself.

## Near

near-off = This machine has no network at the moment. Everything works; it will be shared when someone is near.
near-alone = You are the only one in this circle so far. Invite somebody to share it.
near-nobody = Nobody is near at the moment. What you write is saved here and will be shared when someone is near.
near-nobody-since = Nobody is near at the moment; the last exchange was { $when }. What you write is saved here and will be shared when someone is near.
near-some = { $count ->
    [one] One machine of your circle is near.
   *[other] { $count } machines of your circle are near.
}
near-machine-never = not met yet
near-machine-away = last met { $when }
near-machine-seen = seen nearby, not connected yet
near-machine-exchanging = near, exchanging
near-machine-equal = near, both hold the same
near-machine-settled = near; all is exchanged but for what one of the two machines does not take

## One's own machines, and one that is lost

machines-count = { $count ->
    [one] In this circle you use one machine.
   *[other] In this circle you use { $count } machines.
}
machines-draft = As long as nobody else is in the circle, it lives on this machine alone. With a backup and your words you can bring it to another.
machine-this = this one
machine-met = last met { $when }
machine-never-met = not met yet
machine-taken-away = taken away
drop-does = Whoever hears of it gives that machine nothing more, and nothing that is written on it counts any more. Whoever has it cannot speak for you.
drop-does-not = It cannot take back what is on it: what it has of the circle up to now can be read there, addresses too that somebody gave you.
drop-heard = The two of you last met { $when }. What was written on it since then, and what nobody near you has, is lost.
drop-never-heard = This machine has never met it. What was written on it, and what nobody near you has, is lost.
drop-lacks = { $count ->
    [one] At least one thing is known to have been written on it that is not here.
   *[other] At least { $count } things are known to have been written on it that are not here.
}
drop-nobody-near = Nobody is near at the moment. A neighbour may have more of what was written on it: if you can, go to one first.
drop-fetching = This machine is still fetching from those that are near. Wait until it is done.
drop-compared = { $count ->
    [one] What one machine near you has of it is here.
   *[other] What { $count } machines near you have of it is here.
}
drop-for-good = You cannot take it back. If the machine turns up again, erase Closeknit on it and add it as a new one.
drop-this-does = From now on this machine is none of yours: nobody gives it anything more, and it writes nothing in the circle. What was written on it stays with the others.
drop-this-unsent = { $count ->
    [one] One entry of yours is on this machine alone. Bring it near another one first, or it is lost.
   *[other] { $count } entries of yours are on this machine alone. Bring it near another one first, or they are lost.
}

doorstep-new-machine = { $name } has one more machine now. Send your doorstep details there too?

## How far a post has come

audience-chosen = Besides you, only { $names } can read this.
delivery-draft = Saved on this machine. Nobody else is in the circle yet.
delivery-here = Saved on this machine. It will be shared when someone is near.
delivery-sent = { $left ->
    [0] { $all ->
        [one] Saved here, and on the other machine.
       *[other] Saved here, and on all { $all } other machines.
    }
   *[other] Saved here, and on at least { $count } of { $all } other machines.
}
delivery-seen = { $left ->
    [0] { $all ->
        [one] Saved here, and on the other machine. Seen by { $names }.
       *[other] On all { $all } other machines. Seen by { $names }.
    }
   *[other] On at least { $count } of { $all } other machines. Seen by { $names }.
}
delivery-seen-many = { $left ->
    [0] On all { $all } other machines. Seen by at least { $seen } neighbours.
   *[other] On at least { $count } of { $all } other machines. Seen by at least { $seen } neighbours.
}
delivery-theirs = { $name } wrote this; it has reached this machine.

## How a member came

came-founder = began the circle
came-alone = that is you; the circle begins when somebody joins
came-admitted = let in by { $name }
came-admitted-former = let in by somebody who has left
came-vouched = { $count ->
    [one] vouched for by one neighbour
   *[other] vouched for by { $count } neighbours
}

## Who has a say, and what neighbours say of each other

say-has = has a say
say-has-you = you have a say
say-has-vouched = has a say; vouched for by { $names }
say-has-vouched-you = you have a say; vouched for by { $names }
say-none = no say yet: { $left ->
    [one] it takes one neighbour who vouches for them
   *[other] it takes { $left } neighbours who vouch for them
}
say-none-you = you have no say yet: { $left ->
    [one] it takes one neighbour who vouches for you
   *[other] it takes { $left } neighbours who vouch for you
}
say-none-vouched = vouched for by { $names }; { $left ->
    [one] one more is needed for a say
   *[other] { $left } more are needed for a say
}
say-none-vouched-you = { $names } vouched for you; { $left ->
    [one] one more is needed for a say
   *[other] { $left } more are needed for a say
}
say-organisation = an organisation has no vote; nobody vouches for it yet
say-organisation-you = as an organisation you have no vote; nobody vouches for you yet
say-organisation-vouched = vouched for by { $names }; an organisation has no vote
say-organisation-vouched-you = vouched for by { $names }; as an organisation you have no vote
vouching-first = You would be the first. One more who has a say is needed, and then they have one too. You cannot take it back.
vouching-last = With your word they have a say: they can invite, vouch, and decide with the others who belongs. You cannot take it back.
vouching-last-organisation = With your word they stay, also if whoever let them in goes. An organisation has no vote. You cannot take it back.
removal-first = It takes two who have a say. You would be the first: the others who have a say read it, and so do they. You cannot take it back.
removal-second = Somebody has said so already. With your word they are out at once. You cannot take it back.
removal-does = What { $name } posted and promised leaves every board, and the places and hours they held are free. From any machine that has heard of it, theirs gets nothing more.
removal-does-not = It cannot take back what they have: everything up to now stays on their machine. They can come back only as somebody new, if somebody invites them.
case-open = { $by } thinks that { $name } should no longer belong. It takes two.
case-yours = You said that { $name } should no longer belong. Nothing follows as long as nobody else who has a say says so too.
case-apart = You and { $by } both said that { $name } should no longer belong, each without knowing of the other. Say it once more, and it counts.
case-about-you = { $by } thinks that you should no longer belong. From one voice alone nothing follows; it takes two. Perhaps you can talk with each other.
gone-left = You left { $circle }. What this machine has of it stays until you take it off.
gone-removed = Two neighbours said that you should no longer belong to { $circle }. What this machine has of it stays yours; nothing new comes.
gone-perhaps = A neighbour’s machine says that you do not belong to { $circle } any more, and exchanges nothing with yours. What is here stays yours. If you do not know why, ask somebody there.
gone-taken-away = This machine was taken away from those you use in { $circle }. What is here stays until you take it off; nothing new comes.
gone-never-arrived = This machine was to become one of yours in { $circle }, but that broke off on the way. Nothing can be written here yet. Make a new line on the other machine, and paste it here: under “Circle”, “Bring a circle over from another machine of mine”.
gone-not-let-in = { $circle } exchanges nothing with this machine at the moment: whoever let you in does not belong there any more. Ask somebody who has a say to vouch for you.
leaving-does = What you posted and promised leaves every board, and this machine keeps nothing of the circle. Machines that are away hear of it when they meet another that knows.
leaving-for-good = You cannot take it back. If somebody invites you, you can come back as somebody new.
leaving-backup = If you want to keep what is here, write a backup first.
leaving-draft = Nobody else is in this circle. What is in it is only on this machine, and will be gone.
leaving-taken-off = You do not belong to this circle any more. What this machine has of it is erased here; nobody notices.
leaving-taken-away = What this machine has of the circle is erased here. You stay in it with your other machines.
erasing-does = Everything of Closeknit goes from this machine: your circles, what lets this machine speak for you, and your recovery words, if they are still here. It cannot be taken back.
erasing-still-member = You stay in your circle: to your neighbours this is a machine that is away. With your words, and a backup or a neighbour, you can be yourself again elsewhere. If you want to go for good, leave first.
erasing-alone = Nobody else has what is on this machine.
circle-former = { $count ->
    [one] One neighbour does not belong any more. What they wrote here is not shown. What they had on their machine is still theirs.
   *[other] { $count } neighbours do not belong any more. What they wrote here is not shown. What they had on their machines is still theirs.
}
circle-used-again = { $names } came in with one and the same invitation, let in by different people. If it was not meant for all of them, ask who handed it on.
circle-overfull = { $by } let in more people than the { $most } who may be here before others know them. { $count ->
    [one] One more waits
   *[other] { $count } more wait
} until somebody who has a say vouches for some of those who are here.

## Notices

notice-clock-behind-days = { $count ->
    [one] This computer’s clock looks one day behind. Nothing is lost; please set it.
   *[other] This computer’s clock looks { $count } days behind. Nothing is lost; please set it.
}
notice-clock-behind-hours = { $count ->
    [one] This computer’s clock looks one hour behind. Nothing is lost; please set it.
   *[other] This computer’s clock looks { $count } hours behind. Nothing is lost; please set it.
}
notice-clock-ahead-days = { $count ->
    [one] This computer’s clock looks one day ahead. Nothing is lost; please set it.
   *[other] This computer’s clock looks { $count } days ahead. Nothing is lost; please set it.
}
notice-clock-ahead-hours = { $count ->
    [one] This computer’s clock looks one hour ahead. Nothing is lost; please set it.
   *[other] This computer’s clock looks { $count } hours ahead. Nothing is lost; please set it.
}
notice-clock-differs-days = { $count ->
    [one] This computer’s clock and { $name }’s are one day apart. Please look which of the two is right.
   *[other] This computer’s clock and { $name }’s are { $count } days apart. Please look which of the two is right.
}
notice-clock-differs-hours = { $count ->
    [one] This computer’s clock and { $name }’s are one hour apart. Please look which of the two is right.
   *[other] This computer’s clock and { $name }’s are { $count } hours apart. Please look which of the two is right.
}
notice-database-set-aside = The file with your circle’s records was damaged. It was put aside at { $path }, not deleted. { $saved ->
    [one] One piece could be read and is here again; the rest comes back when a neighbour is near.
   *[other] { $saved } pieces could be read and are here again; the rest comes back when a neighbour is near.
}
notice-no-network = No network: { $reason }. Everything works on this machine; sharing begins when the network is back and Closeknit is started again.
notice-skipped = { $count ->
    [one] One entry comes from a newer version of Closeknit and cannot be shown here. It is kept.
   *[other] { $count } entries come from a newer version of Closeknit and cannot be shown here. They are kept.
}
notice-cloned = Your Closeknit folder seems to run on two machines. Nothing is lost. Let both meet a neighbour and go on with one of them. Erase Closeknit on the other, and add it as a machine of its own: Neighbours near, Your machines.
notice-stopped = Something that { $name } wrote could not be read safely, so their entries stop there until they move on. Nothing else is touched.
notice-own-stopped = Something in your own entries cannot be read any further, so they stop there. Everything up to there is safe. Begin anew from there: Safe keeping, Forgetting.

## Doctor

doctor-profile = { $path }
doctor-database-well = in order, { $bytes } bytes
doctor-database-damaged = damaged: { $reason }. Start Closeknit again; it puts the file aside and saves what can be read.
doctor-clock-well = agrees with the neighbours met
doctor-clock-unknown = nobody met yet to compare with
doctor-network-well = listening at { $address }
doctor-network-off = not used by this command
doctor-network-none = none: { $reason }
doctor-version = { $version }
doctor-words-kept = written down
doctor-words-not-kept = not written down yet: without them a lost machine cannot be replaced

## Backup

calendar-written = { $count ->
    [one] One time is written to { $path }. Open it with your calendar.
   *[other] { $count } times are written to { $path }. Open it with your calendar.
}
calendar-timeless = { $count ->
    [one] One promise has no time of its own and is not in it.
   *[other] { $count } promises have no time of their own and are not in it.
}
calendar-chosen = { $count ->
    [one] One promise is for chosen people only and is not in it.
   *[other] { $count } promises are for chosen people only and are not in it.
}
calendar-open = The file is not locked: whoever opens it, and whoever can see your calendar, reads what you promised and when. Addresses are not in it.
parcel-written = Written to { $path }: { $people ->
    [one] one member’s entries
   *[other] the entries of { $people } members
}, { $bytes } bytes.
parcel-for-one = Only { $name } can open it.
parcel-for-circle = Everybody who is in the circle now can open it, and nobody else.
parcel-not-there-yet = It counts as there only once you meet, or somebody brings one back.
parcel-broke-off = The rest of the file cannot be read. What came before it is here now.
words-practised = It is your sheet. Keep it where it is.
underway-writing = The file is being written: { $megabytes } MB so far.
underway-checking = It is read back and checked: { $percent } % so far.
underway-reading = The file is being opened and checked: { $megabytes } MB so far.
backup-written = Saved to { $path } and read back: { $documents ->
    [one] one member’s entries
   *[other] the entries of { $documents } members
}, { $bytes } bytes.
backup-needs-words = To open it you need your 24 recovery words. Without them nobody can, you neither.
backup-needs-passphrase = To open it you need the passphrase you gave.
backup-restored = Added { $added ->
    [one] one entry
   *[other] { $added } entries
} from { $people ->
    [one] one person
   *[other] { $people } people
}{ $refused ->
    [0] .
   *[other] , refused { $refused }.
}
backup-restored-nothing = Everything in it was here already.
backup-restored-device = This machine is new to your circle. If the old one is lost, nothing of yours is on it alone any more.

## Forgetting

forget-over = { $count ->
    [0] Nothing of yours is over at the moment.
    [one] One entry of yours is over.
   *[other] { $count } entries of yours are over.
}
forget-nothing = There is nothing of yours to forget.
forget-done = { $count ->
    [0] What belonged to it is forgotten.
    [one] It is forgotten.
   *[other] { $count } entries are forgotten.
}
forget-others = What you forget disappears from every machine of the circle as soon as it hears of it, and a week later nothing is left of it there. An old backup does not bring it back: as soon as its machine meets another, it is gone again.
forget-others-at-once = What you forget disappears from every machine of the circle as soon as it hears of it, and nothing of it is kept there. An old backup does not bring it back: as soon as its machine meets another, it is gone again.
forget-cannot = Whoever has read it has read it. What somebody copied or printed, and the files of old backups, nobody can take away from here.
anew-done = Your entries begin anew with what is here. The others hear of it as they come near.
backup-signer-you = Signed by your own machine “{ $label }”.
backup-signer-member = Signed by { $name }’s machine “{ $label }”.
backup-signer-unknown = Signed by a machine that its own records do not name. Look twice before you use it.
notice-disk-full = The disk is full. What was saved is safe, but nothing new can be saved or taken in. Make some room, then go on.

## What somebody is told while they look elsewhere: never a name, never a word that anybody wrote

told-asked = { $count ->
    [one] Something is asked of you.
   *[other] { $count } things are asked of you.
}
told-accepted = { $count ->
    [one] Somebody answered: yes to what you promised.
   *[other] { $count } answers: yes to what you promised.
}
told-called-off = { $count ->
    [one] Something you promised was called off. Your hours are free.
   *[other] { $count } things you promised were called off. Your hours are free.
}
told-check-again = { $count ->
    [one] Something you promised has changed. Still all right?
   *[other] { $count } things you promised have changed. Still all right?
}
told-did-it-happen = { $count ->
    [one] Something was to happen. Did it?
   *[other] { $count } things were to happen. Did they?
}
told-review = { $count ->
    [one] One of your posts ends soon. Does it still stand?
   *[other] { $count } of your posts end soon. Do they still stand?
}

## What it takes to open what is on this machine

at-rest-keychain = What Closeknit keeps on this machine is locked. It opens by itself for whoever signs in to this machine as you.
at-rest-passphrase = What Closeknit keeps on this machine is locked with your passphrase. Nobody opens it without.
at-rest-lost = If you lose the passphrase, only your recovery words bring your things back, onto an empty machine.
at-rest-words = Your recovery words are not on paper yet: write them down before you rely on a passphrase.
at-rest-file = What Closeknit keeps on this machine is locked, but what opens it lies beside it. Whoever gets at the disk can read everything. A passphrase would prevent that.
lock-after = { $minutes ->
    [0] It does not lock by itself while it runs.
    [one] It locks by itself after one minute in which nobody is here.
   *[other] It locks by itself after { $minutes } minutes in which nobody is here.
}

## Notes

notes-none = Nobody has written a note yet.
notes-not-found = There is no note with these words.
