### Words that only the command line needs.

draft = draft
forget-by-itself = What has been over for a month is forgotten by itself.
forget-not-by-itself = Nothing is forgotten by itself.
board-empty = Nothing is posted yet.
doorstep = Doorstep details:
lent-for = Lent for { $days ->
    [one] { $days } day
   *[other] { $days } days
}
private-posted = Everybody in the circle can read this. “closeknit edit” takes it out again.
private-noted = Everybody in the circle can read this. “closeknit note edit” takes it out again.
every-time = each time
me-languages = Speaks
me-area = Lives around
me-skills = Knows how to do
me-lends = Has to lend
me-hours = Hours a week
me-free-hours = Free hours this week
me-free = Usually free
me-can = Likes to do
me-will-not = Will not do
me-radius = Goes up to (walking minutes)
me-resting = Resting until
me-shows = The circle sees
suggest-none = Nothing that suits you is wanted at the moment.
suggest-resting = You are resting. Nobody asks you for anything.
who-might-nobody = Nobody shows time for this. Everybody can still see it on the board.
avoid-nobody = There is nobody you would rather not meet.
rota-is-a-proposal = It is a proposal: ask them. Nobody goes without their own promise.
resources-how-to-read = Neighbours who show time / open needs.
find-nothing = Nobody wrote that they know or lend this.
find-lends = { $name } lends: { $what }
find-knows = { $name } knows: { $what }
near-own-address = This machine’s address, for another machine to look for:
sheet-written = The sheet is in { $path }. Print it, then erase the file: whoever has it can be you.
words-forgotten = This machine does not hold your recovery words any more. They are on the sheet you wrote.
ask-same-code = The code here is { $code }. Is the same code shown on the other screen?
ask-let-in = { $name } is at the door. The code here is { $code }. Is the same code shown on their screen?
ask-word = Word number { $number } of your sheet:
ask-words = Your 24 recovery words:
ask-remove = Should { $name } no longer belong?
ask-erase = To erase all of it, type { $name }:
ask-drop = Take “{ $label }” away?
ask-drop-this = Take this machine away from those you use in the circle?
ask-leave = Leave { $circle }?
ask-passphrase = Passphrase:
ask-passphrase-of-profile = Your passphrase:
ask-passphrase-before = Your passphrase until now:
ask-passphrase-new = New passphrase, at least 8 letters:
ask-passphrase-again = The same once more:
near-listening = This machine can be found at { $address }
list-and = { $first } and { $last }

## Days and months beside a number, and the times that are typed

say-day = { $weekday } { $day } { $month }
say-moment = { $day } { $time }
weekday-1 = Mon
weekday-2 = Tue
weekday-3 = Wed
weekday-4 = Thu
weekday-5 = Fri
weekday-6 = Sat
weekday-7 = Sun
month-1 = Jan
month-2 = Feb
month-3 = Mar
month-4 = Apr
month-5 = May
month-6 = Jun
month-7 = Jul
month-8 = Aug
month-9 = Sep
month-10 = Oct
month-11 = Nov
month-12 = Dec
# What may be typed for each of these, parted by commas; names of days also by their beginning.
typed-today = today
typed-tomorrow = tomorrow
typed-monday = monday
typed-tuesday = tuesday
typed-wednesday = wednesday
typed-thursday = thursday
typed-friday = friday
typed-saturday = saturday
typed-sunday = sunday
typed-to = to
typed-at = at,on,from
typed-until = until,till
typed-before = by,before

## Questions

ask-yes-no = [y/N]
# What counts as a yes, parted by commas. The English ones count in every language, for scripts.
ask-yes = y,yes

## Notices

told-nothing = Nothing new.
quiet-hours = Nothing is told from { $from } to { $to }.
quiet-off = Told at any hour.
