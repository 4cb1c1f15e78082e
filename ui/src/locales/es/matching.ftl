### Por qué una persona y una necesidad encajan: razones cortas, varias en una línea.

## Sobre el tiempo y el lugar

because-free = { $day } por la { $part }
because-free-in-part = parte del { $day } por la { $part }
because-free-for-some = libre para { $fits } de { $of } ratos
because-near = { $minutes ->
    [one] a un minuto
   *[other] a { $minutes } minutos
}
because-same-area = la misma zona

## Sobre lo que alguien tiene, sabe y habla

because-you-have = tienes: { $thing }
because-they-have = tiene: { $thing }
because-you-can = lo que sabes hacer: { $skill }
because-they-can = sabe: { $skill }
because-you-speak = hablas { $language }
because-they-speak = habla { $language }
because-both-speak = habláis { $language }

## Sobre lo que a alguien le gusta y muestra

because-you-like = te gusta hacer esto
because-they-give-some = tiene algo de tiempo para esto
because-they-give-some-on = tiene algo de tiempo para esto el { $day }
because-they-give-plenty = tiene mucho tiempo para esto
because-they-give-plenty-on = tiene mucho tiempo para esto el { $day }
because-they-offer = ofrece: { $post }
because-you-long-since = ayudaste por última vez hace { $weeks } semanas
because-they-long-since = ayudó por última vez hace { $weeks } semanas

## Los días y sus partes

weekday-monday = lunes
weekday-tuesday = martes
weekday-wednesday = miércoles
weekday-thursday = jueves
weekday-friday = viernes
weekday-saturday = sábado
weekday-sunday = domingo
day-part-morning = mañana
day-part-afternoon = tarde
day-part-evening = tarde-noche
day-part-night = noche

## Por qué alguien está en un reparto propuesto

rota-pinned = { $helper }: en este lugar lo has puesto tú.
rota-pinned-over = { $helper }: en este lugar lo has puesto tú, aunque es más de lo que dijo que puede.
rota-pinned-elsewhere = { $helper }: en este lugar lo has puesto tú, aunque a esa hora está en otro sitio.
rota-most-room = { $helper }: de { $of } que pueden, a quien más tiempo le queda.
rota-nobody-else = { $helper }: nadie más puede.
rota-missing-nobody-free = { $missing ->
    [one] Falta una persona.
   *[other] Faltan { $missing } personas.
} Nadie más está libre entonces.
rota-missing-all-full = { $missing ->
    [one] Falta una persona.
   *[other] Faltan { $missing } personas.
} Los demás que están libres entonces ya tienen bastante.
