### Names of kinds and states, said by every face. The last part of each id is the word of the contract.

## Kinds of help

category-food-meal = Comida hecha
category-food-grocery = Compra
category-errand = Recado
category-medicine = Medicinas
category-ride = Llevar en coche
category-child = Niñas y niños
category-elder = Cuidado y compañía
category-pet = Animales
category-check-in = Visita o llamada
category-chore = Tareas de casa
category-repair = Arreglos, mudanzas
category-goods = Cosas para quedarse
category-lend = Cosas prestadas
category-tech = Teléfono, ordenador
category-language = Idiomas
category-paperwork = Papeleo, cartas
category-money = Dinero
category-room = Sitio, alojamiento
category-learn = Aprender
category-group = Trabajo en grupo

## Posts

kind-need = Petición
kind-offer = Ofrecimiento

state-open = Abierto
state-partly-covered = Cubierto en parte
state-covered = Cubierto
state-asking = ¿Se hizo?
state-met = Se hizo
state-not-needed = Ya no hace falta
state-duplicate = Dicho en otro anuncio
state-expired = Ya ha pasado

mode-turn-up = Se va sin más
mode-first = Quien primero se ofrezca
mode-choose = Elige quien lo publicó

## Promises

promise-offered = Ofrecida
promise-likely = Probable
promise-going = Va
promise-done = Se hizo
promise-standing-by = De reserva
promise-declined = No, gracias
promise-withdrawn = Retirada
promise-void = Cancelada
promise-check-again = Por confirmar
promise-former-member = Ya no está en el círculo

## Amounts

unit-helpers = { $count ->
    [one] { $count } persona
   *[other] { $count } personas
}
unit-hours = { $count ->
    [one] { $count } hora
   *[other] { $count } horas
}
unit-items = { $count ->
    [one] { $count } cosa
   *[other] { $count } cosas
}

## Members

member-person = Persona
member-household = Casa
member-organisation = Organización

## Machines

exchange-away = Lejos
exchange-exchanging = Intercambiando
exchange-equal = Al día
exchange-settled = Intercambiado, pero no igual

## What doctor looks at

check-profile = Carpeta
check-at-rest = Cierre
check-database = Datos
check-clock = Reloj
check-network = Red
check-version = Versión
check-words = Palabras de recuperación

## Hoy

today-nothing = Ahora no hay nada pendiente para ti.
today-asked = Esperan tu respuesta
today-promises = Lo que prometiste
today-happened = ¿Cómo fue?
today-thanks = Gracias
today-review = Lo que publicaste

## Lo que un texto deja ver

private-phone = «{ $piece }» parece un número de teléfono.
private-email = «{ $piece }» parece una dirección de correo.
private-address = «{ $piece }» parece la dirección de una casa.
private-identity = «{ $piece }» parece el número de un documento de identidad.
private-account = «{ $piece }» parece el número de una cuenta bancaria.
private-card = «{ $piece }» parece el número de una tarjeta de pago.
private-number = «{ $piece }» parece el número de un formulario o de un contrato.
private-link = «{ $piece }» es un enlace a una página web.

## El tablón

board-locked = { $count ->
    [one] Hay un anuncio más, solo para otras personas. Tu ordenador lo guarda y no puede leerlo.
   *[other] Hay { $count } anuncios más, solo para otras personas. Tu ordenador los guarda y no puede leerlos.
}

## The sheet with the recovery words

sheet-title = Mis 24 palabras de recuperación
sheet-whose = De { $name }, { $day }
sheet-for = Con estas palabras vuelvo a ser yo en un ordenador nuevo, en todos mis círculos, y abren mis copias de seguridad. Nadie más las tiene, y nadie puede volver a crearlas.
sheet-keep = Guarda esta hoja con tus papeles, y no junto a tu copia de seguridad. No le hagas fotos ni la envíes a nadie: quien tiene estas palabras puede ser tú.
sheet-lost = Cuando el ordenador se pierde o se rompe
sheet-step-install = Consigue Closeknit en otro ordenador, ábrelo y elige «Recuperar lo que tenías».
sheet-step-file = Con una copia de seguridad: indica su archivo y escribe estas palabras.
sheet-step-neighbour = Sin ella: ve a ver a cualquier vecino de tu círculo. En su ordenador elige «Círculo», luego «Alguien ha perdido su ordenador», y tu nombre. Lo que te da y estas palabras te dejan entrar.
