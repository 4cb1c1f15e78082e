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

carrying-free = Esta semana { $hours ->
    [0] no te queda ninguna hora libre
    [one] te queda una hora libre
   *[other] te quedan { $hours } horas libres
}.

## Lo que cada cual dio y recibió, solo para sus ojos

carrying-balance = En las últimas cuatro semanas ayudaste { $helped ->
    [one] una vez
   *[other] { $helped } veces
} y te ayudaron { $was_helped ->
    [one] una vez
   *[other] { $was_helped } veces
}.
carrying-balance-helped = En las últimas cuatro semanas ayudaste { $helped ->
    [one] una vez
   *[other] { $helped } veces
}. Tú también puedes pedir algo.
carrying-balance-was-helped = En las últimas cuatro semanas te ayudaron { $was_helped ->
    [one] una vez
   *[other] { $was_helped } veces
}. Qué bien que lo pidieras.
carrying-balance-none = Las últimas cuatro semanas han sido tranquilas. Está bien así.

## Lo que tiene el círculo

carrying-nobody = { $category }: nadie el { $days }.
carrying-nobody-yet = { $category }: nadie todavía.
carrying-several = { $category }: varias personas el { $days }.
