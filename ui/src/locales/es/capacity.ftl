### Lo que cada cual puede llevar: solo para sus ojos, y lo que tiene el círculo.

## Antes y después de una promesa

carrying-would-be-over = Serían { $promised } de tus { $cap ->
    [one] { $cap } hora
   *[other] { $cap } horas
} esta semana. Puedes prometerlo igualmente.
carrying-would-be-over-then = Serían { $promised } de tus { $cap ->
    [one] { $cap } hora
   *[other] { $cap } horas
} en la semana del { $on }. Puedes prometerlo igualmente.
carrying-over = Son { $promised } de tus { $cap ->
    [one] { $cap } hora
   *[other] { $cap } horas
} esta semana.
carrying-over-then = Son { $promised } de tus { $cap ->
    [one] { $cap } hora
   *[other] { $cap } horas
} en la semana del { $on }.
carrying-release-unanswered = { $post }: nadie ha dicho que sí todavía. Te devolvería { $hours ->
    [one] una hora
   *[other] { $hours } horas
}.
carrying-release-latest = { $post }: es lo último que prometiste. Te devolvería { $hours ->
    [one] una hora
   *[other] { $hours } horas
}.

## Lo que tiene el círculo

carrying-nobody = { $category }: nadie el { $day }.
carrying-several = { $category }: varias personas el { $day }.
