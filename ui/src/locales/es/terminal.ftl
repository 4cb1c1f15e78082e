### Words that only the command line needs.

draft = borrador
forget-by-itself = Lo que terminó hace un mes se olvida sin preguntar.
forget-not-by-itself = No se olvida nada sin preguntar.
board-empty = Todavía no hay nada publicado.
doorstep = En la puerta:
lent-for = Se presta por { $days ->
    [one] { $days } día
   *[other] { $days } días
}
private-posted = Esto lo puede leer todo el círculo. Con «closeknit edit» lo quitas.
private-noted = Esto lo puede leer todo el círculo. Con «closeknit note edit» lo quitas.
every-time = cada vez
me-languages = Hablo
me-area = Vivo por
me-skills = Sé hacer
me-lends = Puedo prestar
me-hours = Horas a la semana
me-free-hours = Horas libres esta semana
me-free = Suelo tener tiempo
me-can = Me gusta hacer
me-will-not = No quiero hacer
me-radius = Voy hasta (minutos a pie)
me-resting = Descanso hasta
me-shows = El círculo ve
suggest-none = Ahora mismo no hace falta nada que te vaya bien.
suggest-resting = Estás descansando. Nadie te pide nada.
who-might-nobody = Nadie muestra tiempo para esto. Todos pueden verlo en el tablón.
avoid-nobody = No hay nadie a quien prefieras no ver.
rota-is-a-proposal = Es una propuesta: pregúntales. Nadie va sin haberlo prometido.
resources-how-to-read = Personas que muestran tiempo / necesidades abiertas.
find-nothing = Nadie ha escrito que sepa o preste esto.
find-lends = { $name } presta: { $what }
find-knows = { $name } sabe: { $what }
near-own-address = La dirección de este ordenador, para que lo busque otro:
sheet-written = La hoja está en { $path }. Imprímela y luego borra el archivo: quien lo tiene puede ser tú.
words-forgotten = Este ordenador ya no tiene tus palabras de recuperación. Están en la hoja que escribiste.
ask-same-code = El código aquí es { $code }. ¿Aparece el mismo código en la otra pantalla?
ask-let-in = { $name } está en la puerta. El código aquí es { $code }. ¿Aparece el mismo código en su pantalla?
ask-word = Palabra número { $number } de tu hoja:
ask-words = Tus 24 palabras de recuperación:
ask-remove = ¿{ $name } ya no debería formar parte?
ask-erase = Para borrarlo todo, escribe { $name }:
ask-drop = ¿Retirar «{ $label }»?
ask-drop-this = ¿Retirar este ordenador de los que usas en el círculo?
ask-leave = ¿Irte de { $circle }?
ask-passphrase = Frase secreta:
ask-passphrase-of-profile = Tu frase secreta:
ask-passphrase-before = Tu frase secreta de hasta ahora:
ask-passphrase-new = Frase secreta nueva, de 8 letras como mínimo:
ask-passphrase-again = La misma otra vez:
near-listening = Este ordenador se encuentra en { $address }
list-and = { $first } y { $last }

## Days and months beside a number, and the times that are typed

say-day = { $weekday } { $day } { $month }
say-moment = { $day } { $time }
weekday-1 = lun
weekday-2 = mar
weekday-3 = mié
weekday-4 = jue
weekday-5 = vie
weekday-6 = sáb
weekday-7 = dom
month-1 = ene
month-2 = feb
month-3 = mar
month-4 = abr
month-5 = may
month-6 = jun
month-7 = jul
month-8 = ago
month-9 = sept
month-10 = oct
month-11 = nov
month-12 = dic
# What may be typed for each of these, parted by commas; names of days also by their beginning.
typed-today = hoy
typed-tomorrow = mañana
typed-monday = lunes
typed-tuesday = martes
typed-wednesday = miércoles
typed-thursday = jueves
typed-friday = viernes
typed-saturday = sábado
typed-sunday = domingo
typed-to = a
typed-at = a las,a la,el,la,las,de,desde
typed-until = hasta
typed-before = antes de,antes del

## Questions

ask-yes-no = [s/N]
# What counts as a yes, parted by commas. The English ones count in every language, for scripts.
ask-yes = s,si,sí

## Avisos

told-nothing = Nada nuevo.
quiet-hours = No se avisa de nada de { $from } a { $to }.
quiet-off = Se avisa a cualquier hora.
