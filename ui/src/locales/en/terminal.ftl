### Words that only the command line needs.



draft = draft
board-empty = Nothing is posted yet.
doorstep = Doorstep details:
me-hours = Hours a week
me-free-hours = Free hours this week
me-free = Usually free
me-can = Likes to do
me-will-not = Will not do
me-radius = Goes up to (walking minutes)
me-resting = Resting until
near-own-address = This machine’s address, for another machine to look for:
words-forgotten = This machine does not hold your recovery words any more. They are on the sheet you wrote.
ask-same-code = The code here is { $code }. Is the same code shown on the other screen?
ask-let-in = { $name } is at the door. The code here is { $code }. Is the same code shown on their screen?
ask-word = Word number { $number } of your sheet:
ask-passphrase = Passphrase (it will be shown as you type):
near-listening = This machine can be found at { $address }
list-and = { $first } and { $last }
