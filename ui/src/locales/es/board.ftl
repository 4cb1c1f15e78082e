### What is so about posts and promises, and what happens next. The rules (crates/domain, words) choose the sentence.
### Names come singly or several at once, so that no verb may agree with { $helpers }.

you = tú
former-member = alguien que ya no está
a-post = un anuncio que no está aquí

## A need, as a headline.

need-open = { $wanted ->
    [one] Todavía nadie.
   *[other] Todavía nadie; hacen falta { $wanted }.
}
came-forward = Ayuda ofrecida por { $helpers }. Elige { $author }.
came-forward-you = Ayuda ofrecida por { $helpers }. Eliges tú.
partly-covered = De momento, { $covered } de { $wanted }.
covered = Ya está cubierta: { $helpers }.
covered-likely = Seguramente cubierta: ayuda ofrecida por { $helpers }.
covered-spare = Ya está cubierta, con { $spare } de más.
two-came-forward = Se han ofrecido dos. Irá { $first }; { $backup } queda de reserva.
two-came-forward-likely = Se han ofrecido dos. Seguramente irá { $first }; { $backup } queda de reserva.
two-came-forward-choose = Se han ofrecido dos: primero { $first }, de reserva { $backup }. Elige { $author }.
two-came-forward-choose-you = Se han ofrecido dos: primero { $first }, de reserva { $backup }. Eliges tú.
too-many-accepted = Se dijo que sí a { $going } y { $wanted ->
    [one] solo hace falta 1: { $helpers }.
   *[other] solo hacen falta { $wanted }: { $helpers }.
}
did-it-happen = ¿Se hizo? La promesa era de { $helpers }.
met = Se hizo.
called-off = Cancelada el { $on }.
expired = Terminó el { $on }.
same-as-another = Otro anuncio dice lo mismo: { $post }.

## An offer, as a headline.

offer-available = { $left ->
    [one] Se puede pedir.
   *[other] Hay { $left } para pedir.
}
offer-asked-for = Lo quiere: { $helpers }. Elige { $author }.
offer-asked-for-you = Lo quiere: { $helpers }. Eliges tú.
offer-partly-taken = { $left ->
    [one] Queda { $left } de { $wanted }.
   *[other] Quedan { $left } de { $wanted }.
}
offer-taken-up = Ya no queda nada: { $helpers }.
offer-withdrawn = Retirado el { $on }.

## One’s own promise to a need.

you-came-forward = Has ofrecido tu ayuda. Elige { $author }.
you-came-forward-in-part = Has ofrecido más de lo que hace falta: { $going }, y { $spare } de más; elige { $author }.
likely-you = Seguramente vas tú. { $author } aún no ha contestado.
likely-you-in-part = Seguramente vas tú, con { $going } y { $spare } de más; { $author } aún no ha contestado.
just-turn-up = Ve sin más; no hace falta respuesta.
just-turn-up-in-part = Ve sin más, con { $going }; { $spare } de más.
you-are-going = Vas tú.
you-are-going-in-part = Vas tú, con { $going }; { $spare } de más.
you-are-going-with = Vas tú, con { $going }.
you-are-going-hours = Vas tú, { $hours ->
    [one] { $hours } hora
   *[other] { $hours } horas
}.
you-are-going-together = Vais { $people }.
someone-else-going-you-are-backup = Va otra persona: { $going }. Tú estás de reserva.
someone-else-likely-you-are-backup = Seguramente va otra persona: { $likely }. Tú estás de reserva.
others-first-you-are-backup = Antes que tú: { $first }. Estás de reserva, salvo que { $author } te elija.
you-are-backup = Estás de reserva.
you-are-next = Alguien que iba no puede ir. Te toca; { $author } te dirá.
you-not-this-time = Esta vez no. Gracias por ofrecerte.
you-took-it-back = Retiraste tu promesa.
you-went = Fuiste. Se hizo.

## One’s own request for an offer.

you-asked = Lo has pedido; elige { $author }.
likely-yours = Seguramente es para ti ({ $going }); { $author } aún no ha contestado.
just-come = Ven sin más; no hace falta respuesta.
it-is-yours = Para ti: { $going }.
it-is-yours-in-part = Para ti: { $going }; has pedido { $spare } más de lo que hay.
taken-you-are-next = Ya tiene destino; eres la siguiente persona.
you-had-it = Fue para ti.

## One’s own promise that came to nothing, or waits for oneself.

called-off-before-your-offer = Se canceló el { $on }, antes de que llegara tu ofrecimiento. No tienes que hacer nada.
called-off-you-are-free = Se canceló el { $on }. No tienes que hacer nada; tus horas quedan libres.
met-you-are-free = Se hizo sin ti. No tienes que hacer nada; tus horas quedan libres.
expired-you-are-free = Terminó el { $on }. No tienes que hacer nada; tus horas quedan libres.
duplicate-look-there = Otro anuncio dice lo mismo: { $post }. Míralo allí.
author-left-you-are-free = Quien lo publicó ya no está en el círculo. Tus horas quedan libres.
post-not-here = El anuncio no está en este ordenador.
your-newer-promise-counts = Cuenta tu promesa más reciente.
your-other-promise-counts = Lo prometiste dos veces; cuenta la otra.
check-again = Ha cambiado. ¿Te sigue viniendo bien?
check-again-time = Ahora es: { $start }. ¿Te sigue viniendo bien?
check-again-place = El sitio es ahora { $place }. ¿Te sigue viniendo bien?
check-again-time-place = Ahora es: { $start }, { $place }. ¿Te sigue viniendo bien?

## Somebody else’s promise.

helper-came-forward = { $helper } se ofrece.
helper-likely = Seguramente { $helper }.
helper-going = Va { $helper }.
helper-in-part = Va { $helper }, con { $amount }; { $spare } de más.
helper-promised = { $helper } lo prometió.
helper-backup = { $helper } está de reserva.
helper-not-this-time = Esta vez no hace falta que vaya { $helper }.
helper-took-it-back = { $helper } retiró su promesa.
helper-to-check-again = Ha cambiado; { $helper } no ha vuelto a decir que sí.
helper-went = Fue { $helper }. Se hizo.
helper-asked = Lo quiere { $helper }.
helper-likely-has-it = Seguramente es para { $helper }.
helper-has-it = Es para { $helper }.
helper-next = Después, { $helper }.
helper-free-post-ended = La promesa de { $helper } quedó en nada: el anuncio terminó.
helper-newer-promise = { $helper } hizo una promesa más reciente.
helper-other-promise-counts = { $helper } lo prometió dos veces; cuenta la otra.
former-member-was-going = Iba alguien que ya no está en el círculo.
former-member-came-forward = Se había ofrecido alguien que ya no está en el círculo.

## Notes beside them.

note-taken-back = { $helper } iba a ir y retiró su promesa.
note-backup-first = Primero se pregunta a { $helper }.
note-answered-twice = Has contestado dos veces a { $helper }; cuenta el sí. ¿Lo dejamos así?
note-answered-twice-no-yes = Has contestado dos veces a { $helper }, y no lo mismo. ¿Cuál vale?
note-offered-in-time = { $helper } se ofreció a tiempo, pero llegó tarde o nadie contestó. ¿Aún hace falta?
note-check-again = { $helper } no ha dicho que sí a la nueva hora o al nuevo sitio.
note-one-card = También publicó lo mismo: { $authors }. Las promesas hechas allí cuentan aquí.
note-promised-twice = Lo prometiste dos veces, desde dos ordenadores. Cuenta una.
note-counts-here = Hecha para otro anuncio que dice lo mismo: { $post }.
note-still-needed = ¿Todavía hace falta? Termina el { $on }.
note-still-on-offer = ¿Todavía lo ofreces? Termina el { $on }.
note-review = Este ofrecimiento lleva ya un tiempo. ¿Sigue en pie?

## What happens next, for the author.

next-wait-for-neighbours = Lo verán tus vecinas y vecinos. De momento no tienes que hacer nada.
next-choose = Te toca elegir. Ayuda ofrecida por { $helpers }.
next-accepts-by-itself = Este ordenador dice que sí por sí solo a la primera persona.
next-ask-backup = ¿Preguntas primero a { $helper }?
next-keep-both = Has dicho que sí a dos. ¿Mantienes los dos?
next-keep-answer = Has contestado dos veces a { $helper }. ¿Lo dejamos así?
next-still-useful = { $helper } se ofreció a tiempo, pero llegó tarde. ¿Aún hace falta?
next-ask-again = Iba alguien que ya no está en el círculo. ¿Vuelves a pedirlo?
next-wait-for-yes = Falta el sí de { $helpers } a la nueva hora o al nuevo sitio.
next-still-needed = ¿Todavía hace falta?
next-still-on-offer = ¿Todavía lo ofreces?
next-say-if-it-happened = Di si se hizo.
next-renew = Ya ha pasado. Vuelve a pedirlo o déjalo estar.
next-answer = Contesta a { $helper }: sí, de reserva o esta vez no.

## What happens next, for a helper.

next-wait-for-answer = Contesta { $author }. Hasta entonces no tienes que hacer nada.
next-go = Ve allí.
next-go-at = Ve allí: { $start }.
next-arrange = Acuerda con { $author } cómo te llega.
next-stand-by = No tienes que hacer nada, salvo que te avisen.
next-say-yes-again = Vuelve a decir que sí o retira tu promesa.
next-keep-one = Quédate con una de tus dos promesas.
next-look-there = Mira el otro anuncio.

## What happens next, for everybody else.

next-offer-help = Puedes ofrecer tu ayuda.
next-offer-backup = Puedes ofrecerte de reserva.
next-ask-for-it = Puedes pedirlo.
next-ask-to-be-next = Puedes pedir ser la siguiente persona.
next-author-says = { $author } dirá si se hizo.
next-nothing = No hay nada que hacer.
next-nothing-until = No hay nada que hacer hasta: { $start }.

## Lo que se hace a varias horas, en parte, o no se hace

times-open = Nadie todavía, para { $times ->
    [one] una vez.
   *[other] { $times } veces.
}
times-partly-covered = Cubiertas { $covered } de { $times } veces.
times-covered = { $times ->
    [one] La vez que queda está cubierta.
   *[other] Las { $times } veces están cubiertas.
}
did-you-go = ¿Se hizo? Lo habías prometido.
partly-met = Se hizo una parte.
met-though-called-off = Se canceló, pero la ayuda llegó: { $helpers }.
offer-each-week = { $left ->
    [one] Se puede pedir esta semana.
   *[other] Quedan { $left } esta semana.
}
offer-left-this-week = { $left ->
    [one] Queda { $left } de { $wanted } esta semana.
   *[other] Quedan { $left } de { $wanted } esta semana.
}
offer-taken-this-week = Esta semana ya no queda nada.
offer-times = Libre en { $left } de { $times } veces.
offer-resting = Descansando por ahora.
you-are-going-times = Vas { $times } veces; la próxima, { $next }.
you-are-going-each-time = Vas cada vez; la próxima, { $next }.
you-went-in-part = Fuiste. Se hizo una parte.
it-did-not-happen = No se hizo. Esto solo lo veis { $author } y tú.
time-gone = El anuncio ya no tiene esa hora. No tienes que hacer nada; recuperas tus horas.
helper-went-in-part = { $helper } fue. Se hizo una parte.
helper-did-not = Con { $helper } no se hizo. Esto solo lo veis los dos.
helper-over = La parte de { $helper } ha terminado.
note-said-differently = { $other } y tú contáis cosas distintas de cómo fue. Esto solo lo veis los dos.
note-did-not-happen = Con { $helper } no se hizo. Esto solo lo veis los dos.
next-thank = Se canceló, pero la ayuda llegó. ¿Le das las gracias a { $helper }?
next-did-not-happen = No se hizo. ¿Vuelves a pedirlo?

## Lo que se hizo con un anuncio, junto al nombre de quien lo hizo y el día

history-posted = Publicado
history-changed = Cambiado
history-still-stands = Sigue en pie
history-promised = Ayuda ofrecida
history-asked = Pedido
history-yes = Sí a { $helper }
history-backup = { $helper }, de reserva
history-not-this-time = Esta vez no, a { $helper }
history-taken-back = Promesa retirada
history-taken-back-in-part = Retirada una parte de la promesa
history-met = Cerrado: se hizo
history-called-off = Cerrado: ya no hace falta
history-offer-withdrawn = Cerrado: ya no se ofrece
history-same-as = Lo mismo que otro anuncio: { $post }
history-happened = Promesa de { $helper }: se hizo
history-partly = Promesa de { $helper }: se hizo en parte
history-did-not = Promesa de { $helper }: no se hizo
history-thanks = Gracias

## Qué significa deshacerlo

undo-closing = Vuelve a estar abierto, con quienes lo prometieron.
undo-withdrawal = Tu promesa vuelve a valer, en su sitio de antes.
undo-thanks = Tus gracias desaparecen de todas las pantallas.
