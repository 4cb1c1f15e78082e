### What members can carry: for their own eyes, and what the circle has.

## Before and after a promise

carrying-would-be-over = That would make { $promised } of your { $cap ->
    [one] one hour
   *[other] { $cap } hours
} this week. You can promise it all the same.
carrying-would-be-over-then = That would make { $promised } of your { $cap ->
    [one] one hour
   *[other] { $cap } hours
} in the week of { $on }. You can promise it all the same.
carrying-over = That makes { $promised } of your { $cap ->
    [one] one hour
   *[other] { $cap } hours
} this week.
carrying-over-then = That makes { $promised } of your { $cap ->
    [one] one hour
   *[other] { $cap } hours
} in the week of { $on }.
carrying-release-unanswered = { $post }: nobody has said yes yet. It would give you { $hours ->
    [one] an hour
   *[other] { $hours } hours
} back.
carrying-release-latest = { $post }: you promised it last. It would give you { $hours ->
    [one] an hour
   *[other] { $hours } hours
} back.

carrying-free = You have { $hours ->
    [0] no free hours
    [one] one free hour
   *[other] { $hours } free hours
} this week.

## What somebody gave and got, for their own eyes

carrying-balance = In the last four weeks you helped { $helped ->
    [one] once
    [2] twice
   *[other] { $helped } times
} and were helped { $was_helped ->
    [one] once
    [2] twice
   *[other] { $was_helped } times
}.
carrying-balance-helped = In the last four weeks you helped { $helped ->
    [one] once
    [2] twice
   *[other] { $helped } times
}. You may ask for something too.
carrying-balance-was-helped = In the last four weeks you were helped { $was_helped ->
    [one] once
    [2] twice
   *[other] { $was_helped } times
}. Good that you asked.
carrying-balance-none = The last four weeks were quiet. That is all right.

## What the circle has

carrying-nobody = { $category }: nobody on { $days }.
carrying-nobody-yet = { $category }: nobody yet.
carrying-several = { $category }: several neighbours on { $days }.
