### Why somebody and a need go together: short reasons, several of them in one line.

## About time and place

because-free = { $day } { $part }
because-free-in-part = part of { $day } { $part }
because-free-for-some = free for { $fits } of { $of } times
because-near = { $minutes ->
    [one] one minute away
   *[other] { $minutes } minutes away
}
because-same-area = the same area

## About what somebody has, can and speaks

because-you-have = you have: { $thing }
because-they-have = has: { $thing }
because-you-can = your skill: { $skill }
because-they-can = skill: { $skill }
because-you-speak = you speak { $language }
because-they-speak = speaks { $language }
because-both-speak = you both speak { $language }

## About what somebody likes and shows

because-you-like = you like to do this
because-they-give-some = has some time for this
because-they-give-some-on = has some time for this on { $day }
because-they-give-plenty = has plenty of time for this
because-they-give-plenty-on = has plenty of time for this on { $day }
because-they-offer = offers: { $post }
because-you-long-since = you last helped { $weeks } weeks ago
because-they-long-since = last helped { $weeks } weeks ago

## Days and their parts

weekday-monday = Monday
weekday-tuesday = Tuesday
weekday-wednesday = Wednesday
weekday-thursday = Thursday
weekday-friday = Friday
weekday-saturday = Saturday
weekday-sunday = Sunday
day-part-morning = morning
day-part-afternoon = afternoon
day-part-evening = evening
day-part-night = night

## Why somebody stands on a proposed rota

rota-pinned = { $helper }: placed here by you.
rota-pinned-over = { $helper }: placed here by you, though it is more than they said they can do.
rota-pinned-elsewhere = { $helper }: placed here by you, though they are somewhere else at that time.
rota-most-room = { $helper }: of { $of } who can, the one with most time left.
rota-nobody-else = { $helper }: nobody else can.
rota-missing-nobody-free = { $missing ->
    [one] One more wanted.
   *[other] { $missing } more wanted.
} Nobody else is free then.
rota-missing-all-full = { $missing ->
    [one] One more wanted.
   *[other] { $missing } more wanted.
} Everybody else who is free then has enough already.
