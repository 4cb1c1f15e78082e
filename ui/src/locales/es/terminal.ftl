### Words that only the command line needs.

draft = borrador
board-empty = Todavía no hay nada publicado.
doorstep = En la puerta:
me-hours = Horas a la semana
me-free-hours = Horas libres esta semana
me-free = Suelo tener tiempo
me-can = Me gusta hacer
me-will-not = No quiero hacer
me-radius = Voy hasta (minutos a pie)
me-resting = Descanso hasta
near-own-address = La dirección de este ordenador, para que lo busque otro:
words-forgotten = Este ordenador ya no tiene tus palabras de recuperación. Están en la hoja que escribiste.
ask-same-code = El código aquí es { $code }. ¿Aparece el mismo código en la otra pantalla?
ask-let-in = { $name } está en la puerta. El código aquí es { $code }. ¿Aparece el mismo código en su pantalla?
ask-word = Palabra número { $number } de tu hoja:
ask-passphrase = Frase secreta (se verá mientras la escribes):
near-listening = Este ordenador se encuentra en { $address }
list-and = { $first } y { $last }
