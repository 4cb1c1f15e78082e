### Why something was not done: what happened and what is safe; `.hint` says what to do next.
### `reason` of bad-input, with `field`: empty, too-long (with `most`, but for doorstep), control, range, twice, too-short (with `least`), not-the-same, not-the-name.
### `reason` of bad-words: count (with `found`), unknown (with `number` and `word`), checksum, needed, on-paper, to-leave, to-drop, to-forget.

## What was typed

error-bad-request = This was not understood, and nothing was changed.
    .hint = If the window and the program have different versions, close everything and start Closeknit again.
error-bad-input = { $reason ->
    [empty] Something is still missing here.
    [too-long] { $field ->
        [doorstep] This is too long.
   *[other] This is too long. At most { $most } letters fit.
    }
    [control] There is a character in this that cannot be shown.
    [range] This number does not fit.
    [too-short] This is too short. It needs at least { $least } letters.
    [not-the-same] The two are not the same.
    [twice] Two of these begin at the same time, or are in different time zones.
    [not-the-name] That is not the name that was asked for. Nothing was erased.
   *[other] { $field ->
        [address] This is not the address of a machine.
       *[other] This does not fit here.
    }
}
    .hint = What you typed is still here. Change it and try again.
error-unknown-category = There is no kind of help called “{ $given }”.
    .hint = Choose one of these: { $known }.
error-bad-time = “{ $given }” is not a time that can be read.
    .hint = Write it like 9:20, or like 2026-11-26T09:20.
error-bad-repeat = “{ $given }” does not say when this comes again.
    .hint = Write weekdays, like mon, wed, or a rule like FREQ=WEEKLY;BYDAY=MO,WE, together with the first time.
error-ends-before-it-begins = This ends before it begins.
    .hint = Look at the two times again. What you typed is still here.
error-not-found = “{ $given }” is not here.
    .hint = It may have been taken away meanwhile. Go back to the board and look again.
error-ambiguous = “{ $given }” could be several.
    .hint = Write a little more of it.

## What the circle allows

error-not-started = There is no circle here yet.
    .hint = Start a circle, or join one with an invitation.
error-not-yours = Only the one who wrote this can do that.
    .hint = You can ask them.
error-own-post = This is your own post.
    .hint = Promises come from your neighbours.
error-post-ended = “{ $title }” has ended meanwhile. Nothing was changed.
    .hint = There is nothing more to do here.
error-promise-over = This promise is over. Nothing was changed.
    .hint = It takes no more of your time.
error-nothing-to-undo = There is nothing of yours to undo there. Nothing was changed.
    .hint = What can be undone stands in the history of the post.
error-not-over = “{ $title }” is not over yet, and others may count on it. Nothing was changed.
    .hint = End it or take it back first; then it can be forgotten.
error-meet-first = This machine came back from a backup or from damage, and has not met another one since. Nothing was changed.
    .hint = Bring it near another machine of the circle first: one may know of something newer of yours.
error-own-stopped = Your own entries cannot be gone on with on this machine. Everything that is here is safe.
    .hint = Bring it near your other machine, or begin anew: Safe keeping, Forgetting.
error-nobody-else-yet = Nothing has left this machine yet, so there is nobody to forget it. Nothing was changed.
    .hint = It can be forgotten once somebody else is in the circle.
error-one-machine-yet = As long as you are alone in the circle, it lives on this machine only. Nothing was changed.
    .hint = Invite somebody first. Or bring it to another machine with a backup and your words.
error-too-many-machines = You have had { $most } machines in this circle, those taken away among them. No more fit.
    .hint = Go on with those that you have.
error-nobody-to-thank = Nobody has helped with “{ $title }” yet.
    .hint = Say first what became of the promise.
error-which-time = “{ $title }” has several times. Nothing was promised yet.
    .hint = Say for which of them, or for every one.
error-document-full = You have so many posts that no more fit. Everything you have is safe.
    .hint = What is there can still be answered, taken back and closed; and what is over can be forgotten: Safe keeping, Forgetting.

## Joining

error-bad-invitation = { $reason ->
    [new] This invitation is for somebody new. Ask your neighbour for one to come back with: they choose your name for it.
   *[other] This is not a whole invitation.
}
    .hint = Copy all of it, from the first letter to the last, and paste it again.
error-invitation-expired = This invitation is too old.
    .hint = Ask for a new one.
error-invitation-used = This invitation was used already.
    .hint = Ask for a new one.
error-join-refused = The other side said no. Nothing was shared.
    .hint = Talk to the person who invited you.
error-already-member = You are in this circle already.
    .hint = There is nothing more to do: its board is here. If you have several circles, choose this one.
error-about-yourself = That is for the others to say, not for you about yourself.
    .hint = Choose one of your neighbours.
error-former-member = { $given } does not belong to the circle any more. Nothing was changed.
    .hint = They can be invited again, and come back as somebody new.
error-not-a-member = You do not belong to this circle any more, or this machine is none of yours any more. What is here stays readable.
    .hint = “Leave this circle”, under Circle, takes it off this machine. Somebody can invite you again, and you can add this machine again.
error-still-here = This machine still has what it got when you belonged to { $circle }.
    .hint = Take that off this machine first: “Leave this circle”, under Circle. Then use the invitation again.
error-not-a-voter = You have no say in this yet: two neighbours have to vouch for you first.
    .hint = Ask somebody who has been in the circle longer.

## Machines and networks

error-cannot-reach = That machine does not answer. Everything you wrote is saved here.
    .hint = See that it is switched on and on the same network, then try again.
error-no-network = This machine has no network at the moment. Everything you wrote is saved here.
    .hint = It will be shared when the network is back.
error-profile-in-use = Closeknit is open already, with the same records.
    .hint = Look for its window, or close it first.

## Records on this machine

error-locked = Closeknit is locked on this machine. Everything in it is safe.
    .hint = Type your passphrase to open it.
error-no-passphrase = There is no passphrase yet, so nothing could be unlocked again.
    .hint = Choose one first, in Safe keeping.
error-wrong-passphrase = That is not the passphrase of this machine. Nothing was changed.
    .hint = Try again, and look at capitals and spaces. If it is lost, your recovery words bring your things back onto an empty machine.
error-key-gone = { $where ->
        [keychain] Your records are here, but this machine’s password store does not give back what opens them.
        [file] Your records are here, but the small file beside them that opens them is gone.
       *[database] Your records are here, but what should open them does not fit.
    } They were not touched.
    .hint = Sign in to this machine as you usually do, and let it open its password store. If what opens them is lost, bring your things back onto an empty machine with your recovery words.
error-newer-database = Your records were written by a newer Closeknit than this one. They are safe and were not touched.
    .hint = Start the newer version, or install it on this machine.
error-damaged-database = The file with your circle’s records was damaged. It was put aside, not deleted.
    .hint = Start Closeknit again. What can be read comes back; the rest comes from your neighbours.
error-disk-full = There is no room left on this machine’s disk. This was not saved; everything from before is.
    .hint = Delete something you do not need, then try again.
error-file-problem = The file { $path } cannot be read or written.
    .hint = Check that the folder is there and that you may use it, or choose another place. (The machine says: { $reason })
error-newer-version = A newer version of Closeknit wrote this. Nothing was changed.
    .hint = Bring Closeknit on this machine up to date, then try again.

## Backup and words

error-backup-refused = This backup is damaged or was changed, so nothing was taken from it.
    .hint = Try another copy of it. What is on this machine was not touched.
error-backup-stopped = You stopped it.
    .hint = What was there before is as it was.
error-backup-locked = These words or this passphrase do not open this backup.
    .hint = Look at your sheet again. Every backup opens only with what it was locked with.
error-parcel-refused = This file cannot be read. Nothing was taken from it.
    .hint = It may be damaged, or something else. Ask for another one.
error-parcel-locked = This file was not written for this machine.
    .hint = Whoever writes the next one should meet you first, or somebody who met you.
error-parcel-elsewhere = This file comes from another circle, which is not on this machine. Nothing was taken from it.
    .hint = Ask whoever gave it to you.
error-parcel-stranger = Nothing shows that whoever wrote this file belongs to your circle. Nothing was taken from it.
    .hint = Ask whoever gave it to you.
error-parcel-former = Whoever wrote this file does not belong to your circle any more, or that machine does not. Their entries were not taken.
    .hint = Ask another neighbour to write one for you.
error-nobody-else = Nobody else is in this circle yet.
    .hint = Invite somebody first.
error-bad-words = { $reason ->
    [count] A sheet has 24 words. Here there are { $found }.
    [unknown] Word { $number } is not right: “{ $word }”.
    [needed] Your 24 recovery words are needed as well: this machine does not know you yet.
    [practised] These are not the words of your sheet, or not in this order.
    [on-paper] Your recovery words are on paper, and this machine has forgotten them. Another circle cannot begin without them.
    [to-leave] Only your 24 recovery words can say that you leave for good, so that nobody else says it in your name.
    [to-drop] Only your 24 recovery words can take another machine away from you, so that nobody else does it in your name.
    [to-forget] Only your 24 recovery words can make every machine forget at once, so that nobody else does it in your name.
   *[other] One of these words is not right, or they stand in another order.
}
    .hint = Look at your sheet. Nothing was changed.
error-other-words = These are the words of somebody else.
    .hint = Use the sheet that you wrote for this circle.

## Everything else

error-internal = Something went wrong inside Closeknit. What was saved before is safe.
    .hint = Try again. If it happens again, start Closeknit anew.
error-host-gone = Closeknit does not answer on this machine. What you typed is still here.
    .hint = It may have been closed. Start it again, then try once more.
error-host-not-entered = This page is not allowed to see your circle.
    .hint = Open the whole address that Closeknit shows when it starts. It changes with every start.
