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

## What the circle has

carrying-nobody = { $category }: nobody on { $day }.
carrying-several = { $category }: several neighbours on { $day }.
