### The page's own words.

app-name = Closeknit
page-title = { $screen } – Closeknit
opening = Abriendo tu círculo…
unknown-sentence = Este Closeknit no tiene palabras para lo que hay aquí. Puede que uno más nuevo las tenga.
skip-to-content = Ir al contenido
try-again = Probar otra vez
back = Atrás
back-to-board = Volver al tablón
later = Más tarde
good = Bien
save = Guardar
copy = Copiar
copy-done = Copiado.
copy-by-hand = Ya está marcado. Pulsa Ctrl y C a la vez para copiarlo.
list-coming = Ya llega…
step-done = (hecho)
host-away = Closeknit no contesta en este ordenador. Probando otra vez… Lo que has escrito sigue aquí.
host-back = Closeknit contesta de nuevo.

## The way around

nav-label = Pantallas
nav-today = Hoy
nav-board = Tablón
nav-me = Yo
nav-circle = Círculo
nav-near = Quién está cerca
nav-safe = A buen recaudo
nav-draft = De momento, solo tú
nav-members = { $count ->
    [one] Una persona
   *[other] { $count } personas
}
nav-switch = Otro círculo
nav-knocks = { $count ->
    [one] persona en la puerta
   *[other] personas en la puerta
}

## Fields

field-optional = si quieres
field-over = { $count ->
    [one] Sobra una letra. No se corta nada; acórtalo un poco, por favor.
   *[other] Sobran { $count } letras. No se corta nada; acórtalo un poco, por favor.
}

## People and times

person-you = Tú
person-former = Alguien que ya no está
day-today = Hoy
day-tomorrow = Mañana
window-hours = { $day }, { $from }–{ $to }
window-days = { $from } a { $to }
window-moment = { $day }, { $time }
window-zone = { $window } (hora de { $zone })
size-bytes = { $count ->
    [one] un byte
   *[other] { $count } bytes
}
size-kilo = { $size } kB
size-mega = { $size } MB

## Welcome

welcome-title = Vecinas y vecinos que se ayudan
welcome-lead = Pide ayuda, ofrece ayuda y no pierdas de vista lo prometido. Todo vive en vuestros propios ordenadores: sin cuentas, sin empresas, y funciona sin internet.
welcome-name = ¿Cómo te llaman en el barrio?
welcome-name-hint = Basta con el nombre de pila.
welcome-name-missing = Escribe primero un nombre, por favor. Basta con el de pila.
welcome-start = Empezar un círculo
welcome-start-hint = Eres la primera persona. Invitas a las demás cuando quieras.
welcome-join = Me han invitado
welcome-join-hint = Alguien te ha dado una invitación, una línea larga de texto.
welcome-pair = Lo uso en otro ordenador
welcome-pair-hint = Este será uno más de los tuyos.
welcome-bring-back = Recuperar lo que tenías
welcome-bring-back-hint = Ya usabas Closeknit: con un archivo que guardaste o con la ayuda de un vecino.
welcome-promise = Nada sale de este ordenador hasta que invites a alguien o entres en un círculo.

## Start a circle

start-title = Qué bien que estés aquí, { $name }
start-circle = ¿Cómo se llama tu círculo?
start-circle-hint = Tu calle, tu casa, tu barrio: lo que conozca la gente de alrededor.
start-circle-missing = Ponle un nombre a tu círculo, por favor.
start-kind-folded = ¿No eres una sola persona? Una casa, una organización
start-kind = ¿Quién eres aquí?
member-hint-person = Una sola persona
member-hint-household = Gente que vive junta y ayuda junta
member-hint-organisation = Un banco de alimentos, un local, una asociación
start-go = Empezar el círculo
start-busy = Empezando…
start-after = Puedes publicar enseguida. El círculo se queda solo en este ordenador hasta que entre la primera vecina o vecino.
start-done = { $circle } está listo. Ya puedes publicar tu primera petición u ofrecimiento.

## Join

join-title = Entrar con una invitación
join-title-circle = Entrando en { $circle }
join-steps = Pasos
join-progress = Por dónde va
join-step-paste = Pegar
join-step-look = Encontrarse
join-step-compare = Comparar el código
join-step-wait = Decir que sí
join-invitation = Pega aquí la invitación
join-invitation-hint = Toda, de la primera letra a la última. Para pegar, pulsa Ctrl y V a la vez.
join-invitation-missing = Todavía falta la invitación.
join-go = Buscar
join-before = Los dos ordenadores tienen que estar encendidos y en la misma red, por ejemplo la misma wifi.
join-looking-hint = Puedes dejar esto abierto. Sigue buscando hasta que lo pares.
join-compare-title = ¿Es el mismo código en las dos pantallas?
join-compare = Pide a quien te invitó que lea su código en voz alta. Si es el mismo, no hay nadie más en medio.
join-code-same = Sí, es el mismo
join-waiting-hint = La otra persona también tiene que pulsar que sí en su pantalla.
join-stop = Parar
join-enter = Ir al tablón
pairing-title = Un ordenador tuyo más
pairing-line = Pega aquí la línea de tu otro ordenador
pairing-line-hint = Allí está en Quién está cerca, Tus ordenadores. Puedes enviártela como quieras; sin el código no abre nada.
pairing-line-missing = Todavía falta la línea.
pairing-go = Buscarlo
pairing-look = Mira tu otro ordenador. Si su código es el mismo, no hay nadie en medio.
pairing-waiting-hint = En tu otro ordenador también hay que pulsar que sí.
screen-other-own = Tu otra pantalla
screen-here = Esta pantalla
screen-other = Su pantalla
screen-of = La pantalla de { $name }
code-same = Sí, que entre { $name }
code-different = No, es distinto

## At the door

knock-heading = En la puerta
knock-look = Mirar
knock-title = { $name } está en la puerta
knock-compare = Pide a { $name } que lea el código en voz alta. Dile que sí solo si es el mismo en las dos pantallas y si sabes quién es.
doorstep-send = Sí, también allí
doorstep-send-not = No
knock-machine-title = «{ $name }» va a ser tuyo
knock-machine-compare = Mira la pantalla de «{ $name }». Di que sí solo si su código es el mismo y si acabas de empezar esto allí tú.
knock-machine-after = Entonces «{ $name }» lee y escribe en este círculo como tú. Tus palabras de recuperación se quedan aquí.
code-same-machine = Sí, es mi ordenador
knock-after = Después, { $name } puede leer todo lo que se publica en este círculo.

## Horas de silencio

quiet-title = Horas de silencio
quiet-lead = Cuando alguien contesta o pregunta y la ventana no está delante, este ordenador te avisa, sin nombres. En las horas de silencio, espera.
quiet-on = Guardar unas horas de silencio
quiet-from = Desde
quiet-to = Hasta
quiet-wrong = Escribe una hora, por ejemplo 21:00.
quiet-saved = Guardado.

## Hoy

today-waiting = Mirando qué te espera…
today-calm = Cuando alguien te pida o te prometa algo, o quiera saber cómo fue, lo encontrarás aquí.
today-calm-board = Mirar el tablón
today-calm-ask = Pedir ayuda
today-calm-offer = Ofrecer ayuda
today-ends = Termina el { $day }.
today-open = Mirar y responder
today-do-happened = Sí, se hizo
today-do-partly = Una parte
today-do-did-not = No
today-do-renew = Sí, que siga en el tablón
today-do-ask-again = Volver a pedirlo
today-do-met = Ya está hecho
today-do-not-needed = Ya no
today-did-happened = Dijiste que se hizo.
today-did-partly = Dijiste que se hizo una parte.
today-did-did-not = Dijiste que no se hizo. Solo lo veis tú y la otra persona.
today-did-renew = Sigue publicado.
today-did-ask-again = Se vuelve a pedir.
today-did-met = Está hecho y ya no está en el tablón.
today-did-not-needed = Ya no está en el tablón.
today-until = Sigue publicado hasta el { $day }.
today-undo = Deshacer
today-undone = Está otra vez como antes.
today-change = Decir otra cosa

## Board

board-title = Tablón
board-ask = Pedir ayuda
board-offer = Ofrecer ayuda
board-waiting = Preparando el tablón…
board-list = Peticiones y ofrecimientos
board-look = Ver como
board-look-list = Lista
board-look-week = Semana
week-title = Del { $from } al { $to }
week-before = Semana anterior
week-now = Esta semana
week-after = Semana siguiente
week-none = No hay nada con hora en esta semana.
week-part-whole = Todo el día
week-part-morning = Mañana
week-part-afternoon = Tarde
week-part-evening = Noche
week-part-night = Madrugada
week-whole = todo el día
week-hours = { $from }–{ $to }
week-from = desde las { $from }
week-until = hasta las { $to }
week-mine = { $state }, contigo
week-left-out = { $count ->
    [one] Hay una hora más que no cabe aquí. Muestra menos anuncios para verla.
   *[other] Hay { $count } horas más que no caben aquí. Muestra menos anuncios para verlas.
}
board-count = { $count ->
    [one] Un anuncio
   *[other] { $count } anuncios
}
board-skipped = { $count ->
    [one] Una entrada la escribió un Closeknit más nuevo y no se puede mostrar aquí.
   *[other] { $count } entradas las escribió un Closeknit más nuevo y no se pueden mostrar aquí.
}
board-none = Ningún anuncio coincide con esto.
board-empty = Todavía no hay nada publicado
board-empty-hint = ¿Qué te haría más fácil esta semana? Todo empieza por pedir.
board-empty-draft = ¿Qué te haría más fácil esta semana? Ya puedes publicarlo; lo verán tus vecinas y vecinos cuando entren.
board-empty-invite = Invitar a la primera vecina o vecino
filter-label = Buscar anuncios
filter-search = Buscar
filter-kind = Peticiones u ofrecimientos
filter-all = Todo
filter-needs = Peticiones
filter-offers = Ofrecimientos
filter-category = Tipo de ayuda
filter-any-category = Todo tipo de ayuda
filter-state = Cómo va
filter-any-state = Por resolver y resuelto
filter-open = Por resolver
filter-settled = Resuelto
filter-when = Cuándo es
filter-when-any = En cualquier momento
filter-when-today = Hoy
filter-when-week = Esta semana
filter-when-day = Un día…
filter-day = Qué día
filter-near = Cerca de { $area }
filter-clear = Mostrar todos los anuncios
seats-need-helpers = { $going ->
    [one] viene { $going } de { $want }
   *[other] vienen { $going } de { $want }
}
seats-need-hours = { $going } de { $want } horas
seats-need-items = { $going } de { $want } con promesa
seats-offer-helpers = repartido: { $going } de { $want }
seats-offer-hours = repartido: { $going } de { $want } horas
seats-offer-items = repartido: { $going } de { $want }
words-reminder = Si este ordenador se rompe, necesitas tus 24 palabras de recuperación para volver a ser tú.
words-reminder-link = Apúntalas

## A post in the making

new-need-title = Pedir ayuda
new-offer-title = Ofrecer ayuda
new-need-what = ¿Qué necesitas?
new-need-what-hint = En una línea, por ejemplo: Ir en coche al oculista y volver
new-offer-what = ¿Qué puedes ofrecer?
new-offer-what-hint = En una línea, por ejemplo: Dos comidas calientes sin carne
new-title-missing = Di en una línea de qué se trata, por favor.
new-category = ¿Qué tipo de ayuda es?
new-category-missing = Elige uno, por favor.
new-place = ¿Dónde, más o menos?
new-place-hint = Una esquina, un cruce, un barrio. No tu dirección: esa viene después, y solo para quien vaya.
new-detail = ¿Qué más conviene saber?
new-detail-offer = ¿Qué más conviene saber?
new-detail-hint = Cuánto se tarda, escaleras, animales, qué hay que llevar. Nada que no dirías delante de todo el mundo.
new-more = Más preguntas: cuántas personas, para quién, cuánta prisa
new-more-offer = Más preguntas: cuánto, para quién, hasta cuándo
new-want = ¿Cuántas?
new-want-offer = ¿Para cuántas?
new-want-week = ¿Cuánto por semana?
new-want-wrong = Escribe un número del 1 al 999, por favor.
new-unit = De qué
new-unit-helpers = Personas
new-unit-hours = Horas
new-unit-items = Cosas
new-roles = ¿Hace falta que alguien traiga o sepa algo?
new-roles-hint = Por ejemplo: uno con furgoneta, dos que hablen árabe.
new-role-amount = Cuántas personas
new-role-name = Con qué
new-role-add = Añadir a alguien en particular
new-lend = ¿Para cuántos días lo necesitas?
new-lend-offer = ¿Cuántos días se puede quedar alguien con ello?
new-lend-hint = Si hace falta más tiempo, lo habláis entre los dos.
new-mode = ¿Quién puede venir?
new-mode-offer = ¿Para quién es?
new-mode-usual = Como es costumbre con este tipo de ayuda
new-mode-turn-up = Quien quiera, que venga
new-mode-first = La primera persona que se ofrezca
new-mode-choose = Elijo yo
mode-hint-usual = Para todo lo que es en casa, con criaturas o con dinero, eliges tú.
mode-hint-turn-up = No hace falta respuesta, y no se dan datos privados.
mode-hint-first = Tu ordenador dice que sí por sí solo a la primera persona.
mode-hint-choose = Tú dices que sí a una persona, y solo ella recibe tu dirección.
new-urgent = No puede esperar
new-urgent-hint = Se muestra lo primero, con una señal.
new-danger = ¿Corre peligro ahora mismo la vida o la salud de alguien?
new-danger-yes = Sí
new-danger-no = No
new-danger-missing = Responde primero a esto, por favor.
new-emergency = Llama ya al 112 o al número de emergencias de donde estés.
new-emergency-hint = Closeknit no es para emergencias: puede que nadie vea esto a tiempo. Cuando la ayuda esté de camino, aún puedes publicarlo.
new-person = ¿Es para otra persona? ¿Cómo se llama?
new-person-hint = Para alguien del barrio que no tiene ordenador.
new-consent = ¿Cómo dijo { $person } que sí a que esto se publique?
new-consent-hint = Por ejemplo: se lo pregunté por teléfono el lunes
new-consent-missing = Di cómo dijo que sí, por favor.
new-standing = Se queda hasta que lo retire
new-standing-hint = Por ejemplo, todos los miércoles. De vez en cuando se te pregunta si sigue en pie.
new-until = ¿Hasta qué día se muestra?
new-until-hint = Año, mes y día. Si no pones nada, termina solo cuando pase su hora.
new-until-wrong = Escríbelo así, por favor: 2026-12-24.
new-ends = Se retira solo el { $day }.
new-review = El { $day } se te preguntará si sigue en pie.
new-holders = { $count ->
    [one] Lo guardará un ordenador de { $circle }.
   *[other] Lo guardarán { $count } ordenadores de { $circle }.
}
new-holders-chosen = Solo podréis leerlo tú y quien hayas elegido. { $count ->
    [one] Lo guarda un ordenador en { $circle }.
   *[other] Lo guardan, cerrado, { $count } ordenadores en { $circle }.
}
readers = ¿Quién puede leerlo?
readers-circle = Todo el círculo
readers-chosen = Solo quien yo elija
readers-hint-circle = Cuantas más personas lo sepan, antes podrá ayudar alguien.
readers-hint-chosen = Para lo delicado. Las demás personas solo ven que hay algo abierto.
readers-who = ¿Quién?
readers-missing = Elige al menos a una persona, por favor.
new-holders-draft = Solo lo guardará este ordenador, hasta que entre la primera vecina o vecino.
new-post-need = Publicar
new-post-offer = Publicar
new-busy = Publicando…
new-done = Publicado.
new-draft = Hasta que lo publiques es un borrador que solo ves tú. Puedes irte y volver.
new-discard = Tirar el borrador
new-discarded = El borrador ya no está.
when-question = ¿Cuándo?
when-day = Día
when-any = Cuando sea
when-choose = Elige un día
when-other = Otro día…
when-day-missing = Elige un día, por favor.
when-add = Otra hora u otro día
when-remove = Quitar
when-number = hora { $number }
when-date = Fecha
when-date-wrong = Escríbelo así, por favor: 2027-02-14.
when-from = Desde
when-to = Hasta
when-time-wrong = Escribe una hora, por favor; por ejemplo 9:20.
when-order = Esto termina antes de empezar.
repeat-question = ¿Se repite?
repeat-once = No, solo esta vez
repeat-day = Todos los días
repeat-week = Todas las semanas
repeat-fortnight = Cada dos semanas
repeat-month = Todos los meses, en la misma fecha
repeat-other = Como hasta ahora
repeat-days = ¿Qué días?
repeat-ends = ¿Hasta cuándo?
repeat-ends-never = Hasta que yo lo termine
repeat-ends-count = Un número de veces
repeat-ends-day = Hasta un día
repeat-count = ¿Cuántas veces en total?
repeat-last = ¿Cuál es el último día?
private-title = Esto parece privado
private-hint = Esto lo leerá todo el círculo. Tu dirección y tu teléfono puedes darlos después, solo a quien vaya. También puedes publicarlo tal cual.

## A post

post-opening = Un anuncio
post-waiting = Buscando este anuncio…
post-urgent = Urgente
post-for-some = Para personas elegidas
post-for = { $author }, para { $person }
post-standing = Cómo va
post-next = Qué pasa ahora:
post-mine = Tu promesa
post-mine-offer = Lo que has pedido
post-times = Sus horas
post-promises = Quién se ha ofrecido
post-promises-offer = Quién lo ha pedido
post-promises-others = Quién más se ha ofrecido
post-about = Conviene saberlo
post-summary = Quién, cuándo, dónde
post-any-time = Cuando sea
post-standing-offer = Se queda hasta que se retire
post-how = Cómo se hace
post-you-choose = Eliges tú
post-author-chooses = Elige { $author }
post-consent = Cómo dijo que sí
post-ends = Se muestra hasta
post-delivery = Dónde está
me-seen-title = Lo que otros saben de tu lectura
me-seen = Contar a mis vecinos lo que he visto
me-seen-hint = Debajo de lo que publicaron o prometieron leen que lo has visto. Se dice como mucho una vez por hora, y al cerrar la aplicación.
doorstep-title = En la puerta
doorstep-only-you = Esto solo lo podéis leer tú y { $author }.

## Promise

promise-title = ¿Puedes hacerlo tú?
promise-title-backup = ¿Puedes quedarte de reserva?
promise-title-offer = ¿Lo quieres?
promise-title-next = ¿Lo quieres después?
promise-amount-helpers = ¿Cuántas personas venís?
promise-amount-hours = ¿Cuántas horas?
promise-amount-items = ¿Cuántas?
promise-times = ¿Qué veces?
promise-every = Cada vez, de forma habitual
promise-times-none = Elige al menos una vez.
promise-say = Unas palabras para { $author }
promise-say-hint = Por ejemplo, a qué hora puedes ir. Lo puede leer todo el círculo.
promise = Puedo hacerlo
promise-backup = Puedo quedarme de reserva
promise-offer = Lo quiero
promise-next = Lo quiero después
promise-after = { $author } contesta, y entonces recibes la dirección. Puedes retirar tu promesa en cualquier momento.
promise-after-turn-up = No hace falta respuesta. Puedes retirar tu promesa en cualquier momento.
withdraw = Retirar mi promesa
withdraw-title = ¿Retiras tu promesa?
withdraw-after = Tu sitio pasa a otra persona, y primero se pregunta a quien está de reserva. Nadie te pregunta por qué. Puedes volver a prometerlo más tarde.
withdraw-yes = Sí, retirarla
withdraw-no = No, mantenerla

## Answer

answer-doorstep = ¿Qué necesita saber { $name } en la puerta?
answer-doorstep-hint = Dirección, teléfono, cómo se entra. Con tu sí le llega solo a { $name }; no lo puede leer nadie más.
answer-accept = Sí, ven, por favor
answer-stand-by = Quédate de reserva
answer-decline = Esta vez no
answer-change = Cambiar mi respuesta

## Cómo fue

outcome-group = Cómo fue
outcome-question = ¿Se hizo?
outcome-happened = Sí, se hizo
outcome-partly = Una parte
outcome-did-not = No, no se hizo
outcome-why = Decir por qué
outcome-reason = ¿Por qué?
outcome-reason-hint = Con palabras neutrales, si quieres. Solo tú y { $other } lo podéis leer.
outcome-said-happened = se hizo
outcome-said-partly = se hizo una parte
outcome-said-did-not = no se hizo
outcome-say = Decir cómo fue
outcome-change = Cambiar lo que dije

## Todavía hace falta

renewal = Si sigue en pie
renew-days = { $days ->
    [14] Sí, 2 semanas más
   *[other] Sí, { $days } días más
}
renew-standing = Sí, sigue en pie
renew-done = Ya está hecho
renew-remove = Quitarlo
renew-take-back = Retirarlo

## Cambiar

edit = Cambiarlo
edit-title = Cambiar este anuncio
edit-promised = Lo prometieron: { $names }. Si cambias la hora o el sitio, se les pregunta si aún les viene bien, y hasta que digan que sí puede ofrecerse otra persona. Las palabras se pueden cambiar sin más.
edit-save = Guardar el cambio
edit-cancel = Dejarlo como estaba
yes-again = Sí, me sigue viniendo bien
withdraw-cannot = No, no puedo

## Lo que se hizo

history = Lo que ha pasado hasta ahora
undo = Deshacer
post-same = Publicó lo mismo { $author }:
post-mine-times = Cuándo
promise-time-gone = Una hora que ya no tiene
withdraw-times = ¿De qué horas?

## Gracias

thanks = Gracias
thank = Dar las gracias
thank-change = Cambiar mis gracias
thank-text = Una frase para { $names }
thank-who = ¿Quién lo puede leer?
thank-circle = Todo el círculo
thank-alone = Solo { $name } y yo
thanks-alone = a { $name }; solo lo leen los dos
thank-missing = Escribe una frase, por favor.
thank-go = Decirlo

## Close

close-need = Ya ha terminado
close-offer = Retirar este ofrecimiento
close-title = ¿Cómo ha terminado?
close-title-offer = ¿Retiras este ofrecimiento?
close-how = Cómo ha terminado
close-met = Se hizo
close-not-needed = Ya no hace falta
close-withdrawn = Ya no puedo ofrecerlo
close-duplicate = Otro anuncio dice lo mismo
close-which = ¿Cuál?
close-choose = Elige un anuncio
close-no-other = No hay otro anuncio de este tipo.
close-after = Lo ve todo el mundo que lo había prometido, y queda libre. Los ordenadores que están lejos se enteran cuando vuelvan a estar cerca.
close-yes = Sí, terminarlo
close-no = No, dejarlo
forget-this = Olvidar esto
forget-title = ¿Olvidarlo para siempre?
forget-yes = Sí, olvidarlo
forget-at-once = Al momento, con mis palabras de recuperación
forget-at-once-hint = Sin ellas, cada ordenador lo guarda oculto una semana antes de que no quede nada.
forget-no = Guardarlo

## Me

me-title = { $name }
me-waiting = Abriendo tu página…
me-promises = Lo que he prometido
me-promises-none = De momento, nada prometido.
me-promises-look = Mirar el tablón
calendar-title = Llevar mis promesas a mi calendario
calendar-path = ¿Dónde guardo el archivo?
calendar-path-hint = La carpeta y un nombre que acabe en .ics. Si ya hay uno con ese nombre, se sustituye.
calendar-write = Escribir el archivo
me-posts = Lo que he publicado
me-posts-none = De momento, nada publicado.
capacity-title = Hasta dónde llego
capacity-own-eyes = Solo para ti. Nadie más del círculo puede leerlo.
capacity-left = { $hours ->
    [one] { $free ->
        [0] Tu hora de esta semana ya no está libre.
       *[other] Tu hora de esta semana está libre.
    }
   *[other] { $free ->
        [one] Esta semana tienes libre una hora de tus { $hours }.
       *[other] Esta semana tienes libres { $free } de tus { $hours } horas.
    }
}
capacity-resting = Descansas hasta el { $until }. A nadie se le dice por qué.
capacity-hours = Horas a la semana
capacity-hours-hint = Lo que puedes dar sin que sea demasiado. Menos también está bien.
capacity-when = ¿Cuándo sueles tener tiempo?
capacity-when-hint = Por ejemplo: lun 18–21, sáb 9–13
capacity-number-wrong = Escribe un número, por favor.
capacity-kinds = Qué me gusta hacer y qué no
capacity-kinds-hint = Nunca se te pide lo que no quieres hacer.
capacity-mood-open = Pregúntame
capacity-mood-can = Me gusta
capacity-mood-not = Esto no
capacity-limits = Hasta dónde voy y cuándo descanso
capacity-radius = ¿Hasta dónde vas, en minutos a pie?
capacity-rest = ¿Necesitas un descanso?
capacity-rest-hint = No se le dice a nadie, y nadie pregunta por qué.
capacity-rest-no = Sin descanso
capacity-rest-until = Hasta el { $day }
capacity-saved = Guardado en este ordenador.
profile-title = Cómo me conocen en el barrio
profile-hint = Esto lo puede leer todo el círculo.
profile-area = Por dónde vives, más o menos
profile-skills = ¿Qué sabes hacer?
profile-lends = ¿Qué puedes prestar?
profile-languages = ¿Qué idiomas hablas?
profile-list-hint = Si son varias cosas, con una coma entre ellas.
profile-saved = Guardado. Lo verán tus vecinas y vecinos cuando estén cerca.

## Circle

circle-waiting = Abriendo el círculo…
circle-draft = De momento este círculo es solo tuyo.
circle-draft-hint = Ya funciona todo, solo en este ordenador. Será un círculo cuando entre la primera vecina o vecino, y entonces lo tendréis los dos ordenadores.
circle-lead = { $count ->
    [one] Una persona
   *[other] { $count } personas
} · hora de { $place }
circle-join-other = Me han invitado a otro círculo
circle-pair-other = Traer un círculo desde otro ordenador mío
invite-title = Invitar a alguien del barrio
invite-lead = Haces una invitación, la entregas y después comparáis un código. Sin eso no entra nadie.
invite-not-yet = Todavía no puedes invitar a nadie: antes tienen que avalarte dos personas del círculo. Pide a alguien que lleve más tiempo aquí que haga la invitación.
invite-more = Para más de una persona
invite-uses = ¿Para cuántas personas?
invite-uses-hint = Una sola invitación para todas. Cada una compara un código contigo.
invite-make = Hacer una invitación
invite-made = La invitación está lista para copiar.
invite-text = La invitación
invite-step-hand = Cópiala y entrégala: en un mensaje, en un lápiz de memoria, como quieras.
invite-step-paste = La otra persona abre Closeknit, elige «Me han invitado» y la pega.
invite-step-compare = Las dos partes veis un código. Leedlo en voz alta y decid que sí si es el mismo.
invite-expires = { $count ->
    [one] Vale una vez, hasta: { $until }.
   *[other] Vale { $count } veces, hasta: { $until }.
}
invite-stay = Deja Closeknit abierto hasta que hayan entrado, en la misma red.
invite-again = Hacer otra
people-title = Quiénes somos
people-machines = { $count ->
    [0] ningún ordenador
    [one] un ordenador
   *[other] { $count } ordenadores
}
people-skills = Sabe:
people-lends = Presta:

sure-no = No, ahora no
circle-said = Dicho. Las demás personas lo leen cuando estén cerca.
vouch = Conozco a { $name }
vouch-title = ¿Conoces a { $name }?
vouch-yes = Sí, le conozco
let-back = Alguien ha perdido su ordenador
let-back-lead = Con sus 24 palabras de recuperación en papel vuelve como quien era, y lo que escribió llega desde este ordenador. Sin las palabras, haz una invitación nueva.
let-back-who = ¿Quién es?
let-back-make = Crear la línea
let-back-line = Para que { $name } vuelva
let-back-step-hand = Dale a { $name } esta línea de texto, por ejemplo en una memoria USB. No deja entrar a nadie nuevo.
let-back-step-words = En el ordenador nuevo, { $name } elige «Recuperar lo que tenías» y luego «Un vecino, y mis 24 palabras».
let-back-step-compare = Después las dos pantallas muestran un código. Deja entrar a { $name } solo si es el mismo y si de verdad es { $name }.
let-back-until = Sirve como muy tarde hasta { $until }.

remove = ¿Alguien ya no debería formar parte?
remove-hint = Lo tienen que decir dos personas, y no se puede deshacer. Si podéis, habladlo antes.
remove-who = ¿Quién?
remove-too = Yo también lo pienso
remove-title = ¿{ $name } ya no debería formar parte?
remove-yes = Sí, eso pienso
leave = Irme de este círculo
leave-title = ¿Irte de { $circle } para siempre?
leave-yes = Sí, me voy
leave-done = El círculo ya no está en este ordenador.

## Neighbours near

near-waiting = Mirando alrededor…
near-pieces = Desde que llegó: { $received ->
    [one] una pieza
   *[other] { $received } piezas
} de allí, { $sent ->
    [one] una pieza
   *[other] { $sent } piezas
} hacia allí
near-look = Mirar otra vez
near-looking = Mirando otra vez…
machines-link = Tus ordenadores: añadir uno o retirar uno perdido
machines-title = Tus ordenadores
machines-waiting = Mirando…
drop = Está perdido o robado
drop-title = ¿Retirar «{ $label }»?
drop-this = Voy a dar este a otra persona
drop-this-title = ¿Retirar este ordenador?
drop-yes = Sí, retirarlo
drop-done = Está retirado.
pair-title = Añadir otro ordenador
pair-lead = Lo que hay en este círculo le llega solo, y lo que escribas en cualquiera está en los dos en cuanto se encuentran. Los dos tienen que estar aquí, encendidos y en la misma red.
pair-words = Tus palabras de recuperación no van con él. Lo que las necesita se hace aquí o con tu hoja: retirar un ordenador, irte, entrar en otro círculo.
pair-apart = Si los dos no están nunca en la misma red: guarda una copia de seguridad y recupérala en el otro con tus palabras.
pair-make = Mostrar la línea
pair-step-start = Abre Closeknit en el otro ordenador y elige «Lo uso en otro ordenador».
pair-step-line = Llévale esta línea, por ejemplo en una memoria USB o en un mensaje para ti, y pégala allí.
pair-step-code = Después los dos muestran un código. Si es el mismo, di que sí en los dos.
pair-line-here = La línea para tu otro ordenador
pair-until = Vale para un ordenador, hasta { $when }.
near-find = Si no os encontráis
near-find-hint = Los ordenadores de la misma red se encuentran solos. Si no, dale a uno la dirección del otro.
near-address = La dirección de este ordenador
near-add = La dirección del otro ordenador
near-add-hint = Pega el texto que aparece en su pantalla.
near-add-missing = Todavía falta la dirección.
near-add-go = Buscarlo
stick-title = Llévalo en una memoria USB
stick-lead = Para donde no llega ninguna red: escribe todo lo del círculo en una memoria USB, llévala y léela allí.
stick-for = ¿Quién puede abrirlo?
stick-for-all = Toda la gente del círculo
stick-write = Escribirlo
stick-from = ¿Qué archivo te han traído?
stick-from-hint = La carpeta y el nombre del archivo en la memoria USB.
stick-read = Leerlo
near-added = Buscándolo. Aparece arriba cuando conteste.

## Safe keeping

safe-lead = Lo que necesitas si este ordenador se rompe, se pierde o se cambia por otro.
words-title = Palabras de recuperación
words-lead = Con 24 palabras en una hoja de papel vuelves a ser tú en otro ordenador.
words-why = No las tiene nadie más, ni siquiera quienes hicieron Closeknit. Quien las tenga puede hacerse pasar por ti: guarda la hoja donde guardas tus papeles.
words-show = Mostrar mis 24 palabras
words-paper = Escríbelas en papel, con sus números. No en un archivo ni en una foto.
words-print = Imprimir una hoja
words-written = Ya las he escrito
words-hide = Ahora no
words-ask = Para saber que la hoja está bien: ¿qué palabras son estas?
words-number = Palabra número { $number }
words-missing = Todavía falta esta palabra.
words-go = Comparar
words-again = Mostrarme otra vez las palabras
practise-title = ¿Aún tienes tus 24 palabras?
practise-lead = Hace semanas las escribiste en papel. Tres de ellas muestran que la hoja sigue ahí.
practise-go = Probar tres
words-kept = Tienes tus palabras en papel.
words-kept-hint = Este ordenador las ha olvidado, para que aquí nadie pueda leerlas.
words-kept-draft = Este ordenador las olvida cuando empiece tu círculo.
backup-title = Copia de seguridad
backup-lead = Un archivo con todo tu círculo, firmado por este ordenador. Mejor en un lápiz de memoria que guardes en otro sitio.
backup-path = ¿Dónde se guarda el archivo?
backup-path-hint = La carpeta y el nombre de un archivo nuevo.
backup-lock = Cerrarla con una frase secreta en vez de con tus palabras
backup-passphrase = Frase secreta
backup-passphrase-hint = Sin ella no puede abrir el archivo nadie, tampoco tú. Si no pones ninguna, lo abren tus 24 palabras.
backup-write = Hacer la copia de seguridad
backup-writing = Escribiendo el archivo y leyéndolo de nuevo…
backup-stop = Detener
backup-stopping = Deteniendo…
backup-file = { $path }, { $size }
backup-bring-back = Recuperar una copia de seguridad
forgetting-title = Olvidar
forgetting-by-itself = Olvidar sin preguntarme lo que terminó hace un mes
forgetting-go = Olvidar lo que terminó
forgetting-stopped = Tus entradas se paran aquí: algo en ellas no se puede leer más allá. Todo lo anterior está a salvo.
forgetting-anew = Empezar de nuevo desde ahí
back-title = Recuperar lo que tenías
back-lead = No se sobrescribe nada: lo que hay en el archivo se añade a lo que hay aquí.
back-way = ¿Qué te ayuda?
back-way-file = Un archivo de copia de seguridad
back-way-neighbour = Un vecino, y mis 24 palabras
back-line = La línea de texto de tu vecino
back-line-hint = La encuentra en su ordenador: Círculo, y luego «Alguien ha perdido su ordenador».
back-line-missing = Todavía falta la línea.
back-words-missing = Todavía faltan tus palabras.
back-path = ¿Dónde está el archivo?
back-path-hint = La carpeta y el nombre del archivo.
back-path-missing = Di qué archivo, por favor.
path-choose = Elegir…
back-lock = ¿Con qué se abre?
back-lock-own = Con mis palabras, que este ordenador aún tiene
back-lock-words = Con mis 24 palabras de recuperación
back-lock-passphrase = Con una frase secreta
back-words = Tus 24 palabras de recuperación
back-words-hint = De tu hoja, en su orden, con espacios entre ellas.
back-words-too-hint = De tu hoja. La frase secreta abre el archivo; las palabras muestran que es tuyo.
back-passphrase = Frase secreta
back-look = Mirar dentro
back-looking = Abriendo el archivo y comprobándolo entero…
back-seen = La copia está en orden. Mira lo que contiene.
back-inside = Qué contiene
back-written = Hecha
back-name = De
back-circles = { $count ->
    [one] Círculo
   *[other] Círculos
}
back-people = Entradas de
back-documents = { $count ->
    [one] una persona
   *[other] { $count } personas
}
back-size = Tamaño
back-merge = Con esto no se pierde nada de lo que hay en este ordenador.
back-restore = Recuperarla
back-restoring = Recuperándola…
back-enter = Ir al tablón
looks-title = Cómo se ve
looks-language = Idioma
looks-language-partly = en parte; lo demás, en inglés
looks-language-now = Ahora la página está en español.
looks-text = Tamaño del texto
looks-text-normal = Normal
looks-text-larger = Más grande
looks-text-largest = El más grande
looks-colours = Colores
looks-colours-system = Como este ordenador
looks-colours-light = Claros
looks-colours-dark = Oscuros
erase = Borrar Closeknit de este ordenador
erase-title = ¿Borrarlo todo?
erase-files = Lo que se borra
erase-name = Para estar seguros, escribe { $name }
erase-yes = Sí, bórralo
erase-done = Ya no queda nada de Closeknit en este ordenador. Puedes cerrar esta ventana.
doctor-title = Cómo está este ordenador

## Quién puede abrir Closeknit en este ordenador

at-rest-title = Quién puede abrir Closeknit aquí
at-rest-set = Elegir una frase secreta
at-rest-change = Cambiar la frase secreta
at-rest-before = Frase secreta de hasta ahora
at-rest-new = Frase secreta nueva
at-rest-new-hint = Al menos 8 letras. Una frase corta y tuya se recuerda bien y cuesta adivinarla.
at-rest-again = La misma otra vez
at-rest-differs = No son iguales.
at-rest-save = Cerrar con ella
at-rest-saving = Un momento…
at-rest-saved = Guardado.
at-rest-remove = Quedarme sin frase secreta
at-rest-after = Cerrarse solo cuando no hay nadie
at-rest-after-5 = A los 5 minutos
at-rest-after-15 = A los 15 minutos
at-rest-after-60 = Al cabo de una hora
at-rest-after-0 = Nunca
at-rest-lock = Cerrar ahora
locked-title = Closeknit está cerrado
locked-lead = Todo está a salvo. Escribe tu frase secreta para ver tu círculo.
locked-passphrase = Frase secreta
locked-missing = Todavía falta la frase secreta.
locked-trying = Un momento…
locked-open = Abrir
locked-lost-title = He perdido mi frase secreta
locked-lost = Nadie puede averiguarla por ti. Con tus 24 palabras de recuperación recuperas tus cosas en un ordenador donde Closeknit está vacío: con una copia de seguridad o con ayuda de una vecina o un vecino.

## Antes y después de una promesa: lo que se puede llevar

over-title = Más de lo que dijiste que puedes
over-release = ¿Puede esperar alguna de estas, o puede hacerla otra persona? No se retira nada si no lo haces tú.
ways-title = Cuánto se tarda en llegar
ways-hint = Desde donde vives, en minutos a pie. Así solo se te pide lo que no queda demasiado lejos. Nadie más puede leerlo.
ways-no-area = Di primero, más abajo, por dónde vives.
weigh-title = El tiempo que me llevan mis promesas
weigh-hint = Closeknit se guía por la hora del anuncio. Si tú lo sabes mejor, dilo aquí. Ninguna otra persona puede leerlo.
weigh-what = Lo que lleva cada vez: { $title }
weigh-post = Según el anuncio
weigh-post-says = Según el anuncio: { $span }
span-hours = { $hours } h
span-minutes = { $minutes } min
balance-title = Dar y recibir
balance-hint = Solo lo ves tú. Se calcula en este ordenador y no se envía a ningún sitio. Nadie debe nada a nadie.

## Lo que ve de ello el círculo

show-title = Lo que ve el círculo de mi tiempo
show-hint = Nada, si no lo dices aquí. Se ve cuánto tiempo tienes para qué tipo de ayuda, en la tabla del círculo y cuando alguien busca a quién preguntar.
show-resting = Mientras descansas, el círculo no ve nada de esto.
show-nothing = Ahora mismo el círculo no ve nada.
show-begin = Empezar con lo que me gusta hacer
show-add = Añadir un tipo de ayuda…
show-press = Pulsa un día para cambiarlo.
show-day = { $kind }, { $day }: { $level }
level-none = nada
level-some = algo
level-plenty = mucho

## A quién se prefiere no ver

avoid-title = A quién prefiero no ver
avoid-hint = En este ordenador nunca se os propone juntos. No se avisa a nadie; la lista se queda en este ordenador y no está en ninguna copia.
avoid-add = Añadir a alguien…
avoid-no-more = Quitar
avoid-no-more-who = Quitar: { $name }

## Quién puede ayudar a quién

who-might-title = Quién podría ayudar
who-might-hint = Solo lo ves tú, y no se avisa a nadie. Podrías preguntarles.
suggest-title = Podrías ayudar
suggest-none = Ahora mismo no hace falta nada que te vaya bien.
suggest-resting = Estás descansando. Nadie te pide nada.
pick = Añadir
rota-title = ¿Quién podría ir y cuándo?
rota-hint = Una propuesta solo para ti; cámbiala como quieras. Te dice a quién preguntar: nadie va sin haberlo prometido.
rota-who = Quién podría ir, y por qué
rota-keep = Dejar
rota-keep-who = Dejar: { $name }, { $when }
rota-not = Ese día no
rota-not-who = Ese día no: { $name }, { $when }
rota-place = Otra persona…
rota-place-when = Otra persona: { $when }
rota-covered = Ya está cubierto.
rota-anew = Empezar de nuevo

## Lo que tiene el círculo

map-title = Para qué tiene tiempo el círculo
map-lead = Es la suma de lo que cada cual quiere mostrar. No hay ningún nombre.
map-none = Nadie muestra todavía para qué tiene tiempo. Puedes empezar tú, en «Yo».
map-area = ¿Qué zona?
map-everywhere = Todas las zonas
map-cell = { $have ->
    [0] nadie tiene tiempo
    [one] una persona tiene tiempo
   *[other] { $have } personas tienen tiempo
}, { $wanted ->
    [0] no hace falta nada
    [one] hay una necesidad abierta
   *[other] hay { $wanted } necesidades abiertas
}
map-legend = El número dice cuántas personas tienen tiempo ese día. ▲ dice cuántas necesidades hay abiertas.
find-title = ¿Quién lo tiene, quién sabe hacerlo?
find-what = Busca algo prestado, o a alguien que sepa
find-hint = Por ejemplo: escalera, español, bicicleta
find-none = Nadie ha escrito que lo tenga o lo sepa. Puedes preguntar en el tablón.
find-lends-it = { $name } presta: { $what }
find-knows-it = { $name } sabe: { $what }

## Notas

notes-title = Notas
notes-link = Notas: reuniones y lo que todo el mundo debería poder consultar
notes-lead = Lo que se dijo en una reunión, dónde está la escalera: lo que todo el mundo debería poder consultar. Todo el círculo puede leerlo.
notes-search = Buscar en las notas
note-write = Escribir una nota
note-line = ¿De qué trata?
note-text = ¿Qué dice?
note-private = Todo el círculo leerá esta nota. Quítalo, si no deben saberlo todos.
note-save = Guardar la nota
note-discard = Descartarla
note-saved = Guardada. Todo el círculo puede leerla.
note-by = { $name }, { $when }
note-changed = { $name }, último cambio { $when }
note-change = Cambiarla
note-remove = Quitarla
note-remove-title = ¿Quitar esta nota?
note-remove-does = Nadie del círculo la verá más, en cuanto su ordenador se entere. Sus palabras solo desaparecen de todos los ordenadores si se olvida.
note-removed = La nota ya no está.
