### Names of kinds and states, said by every face. The last part of each id is the word of the contract.

## Kinds of help

category-food-meal = Cooked meal
category-food-grocery = Groceries
category-errand = Errand
category-medicine = Medicine
category-ride = Lift
category-child = Children
category-elder = Care and company
category-pet = Animals
category-check-in = Visit or call
category-chore = Housework
category-repair = Repair, moving
category-goods = Things to keep
category-lend = Things to borrow
category-tech = Phone, computer
category-language = Languages
category-paperwork = Forms, letters
category-money = Money
category-room = Room, storage
category-learn = Learning
category-group = Group work

## Posts

kind-need = Need
kind-offer = Offer

state-open = Open
state-partly-covered = Partly covered
state-covered = Covered
state-asking = Did it happen?
state-met = It happened
state-not-needed = Not needed any more
state-duplicate = Said in another post
state-expired = Its time is over

mode-turn-up = Just turn up
mode-first = First to offer
mode-choose = The one who posted chooses

## Promises

promise-offered = Offered
promise-likely = Likely
promise-going = Going
promise-done = It happened
promise-standing-by = Backup
promise-declined = No, thank you
promise-withdrawn = Taken back
promise-void = Called off
promise-check-again = Check again
promise-former-member = Has left the circle

## Amounts

unit-helpers = { $count ->
    [one] { $count } person
   *[other] { $count } people
}
unit-hours = { $count ->
    [one] { $count } hour
   *[other] { $count } hours
}
unit-items = { $count ->
    [one] { $count } thing
   *[other] { $count } things
}

## Members

member-person = Person
member-household = Household
member-organisation = Organisation

## Machines

exchange-away = Away
exchange-exchanging = Exchanging
exchange-equal = Up to date
exchange-settled = Exchanged, not the same

## What doctor looks at

check-profile = Folder
check-at-rest = Lock
check-database = Records
check-clock = Clock
check-network = Network
check-version = Version
check-words = Recovery words

## Today

today-nothing = Nothing is waiting for you.
today-asked = Asked of you
today-promises = You promised
today-happened = How did it go?
today-thanks = Thank you
today-review = Your posts

## What a text gives away

private-phone = “{ $piece }” looks like a phone number.
private-email = “{ $piece }” looks like an e-mail address.
private-address = “{ $piece }” looks like the address of a home.
private-identity = “{ $piece }” looks like the number of an identity card.
private-account = “{ $piece }” looks like the number of a bank account.
private-card = “{ $piece }” looks like the number of a payment card.
private-number = “{ $piece }” looks like the number of a form or a contract.
private-link = “{ $piece }” is a web link.

## The board

board-locked = { $count ->
    [one] One more post is only for other people. Your machine keeps it and cannot read it.
   *[other] { $count } more posts are only for other people. Your machine keeps them and cannot read them.
}

## The sheet with the recovery words

sheet-title = My 24 recovery words
sheet-whose = Of { $name }, { $day }
sheet-for = With these words I am myself again on a new machine, in all my circles, and they open my backups. Nobody else has them, and nobody can make them again.
sheet-keep = Keep this sheet with your papers, and not beside your backup. Take no photo of it, and send it to nobody: whoever has these words can be you.
sheet-lost = When the machine is lost or broken
sheet-step-install = Get Closeknit on another machine, open it, and choose “Bring back what you had”.
sheet-step-file = With a backup: name its file, and type these words.
sheet-step-neighbour = Without one: walk to any neighbour of your circle. On their machine they choose “Circle”, then “Somebody lost their machine”, and your name. What they give you and these words let you in.
