### What the member itself says: sentences decided by the engine (crates/node), said by every face.

## Joining: the own attempt

joining-looking = Looking for the machine that invited you. It has to be switched on, on the same network as this one.
joining-asking = Found it. Waiting for { $circle } to answer…
joining-compare = Is { $code } shown on the other screen too? Say yes only if it is the same.
joining-waiting = You said yes. Waiting for the other side to say yes too…
joining-joined = Welcome to { $circle }. You are in.
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
notice-cloned = Two machines seem to use the same copy of your profile. Nothing is lost, but start only one of them.
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
backup-written = Saved to { $path } and read back: { $documents ->
    [one] one member’s entries
   *[other] the entries of { $documents } members
}, { $bytes } bytes.
backup-needs-words = To open it you need your 24 recovery words. Without them nobody can, you neither.
backup-needs-passphrase = To open it you need the passphrase you gave.
backup-restored = Added { $added } entries from { $people ->
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
