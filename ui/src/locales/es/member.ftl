### What the member itself says: sentences decided by the engine (crates/node), said by every face.

## Joining: the own attempt

joining-looking = Buscando el ordenador que te invitó. Tiene que estar encendido y en la misma red que este.
joining-looking-circle = Buscando el ordenador que te invitó, u otro del círculo que pueda dejarte entrar. Uno de ellos tiene que estar encendido y en la misma red que este.
joining-asking = Encontrado. Esperando la respuesta de { $circle }…
joining-compare = ¿Aparece también { $code } en la otra pantalla? Di que sí solo si es el mismo.
joining-compare-other = { $name } también puede dejarte entrar. ¿Aparece también { $code } en su pantalla? Di que sí solo si es el mismo.
joining-waiting = Has dicho que sí. Esperando a que la otra parte también diga que sí…
joining-joined = Te damos la bienvenida a { $circle }. Ya estás dentro.
joining-back = Has vuelto a { $circle }. Lo que escribiste llega desde los ordenadores de tus vecinos, ahora y cada vez que os encontréis.
joining-refused-wrong = Allí ya no conocen esta invitación. Pide una nueva.
joining-refused-used = Esta invitación ya se usó. Pide una nueva.
joining-refused-expired = Esta invitación es demasiado antigua. Pide una nueva.
joining-refused-person = La otra parte ha dicho que no.
joining-refused-not-same = Has dicho que los códigos son distintos, así que no has entrado. No se ha compartido nada. Pide una invitación nueva y prueba otra vez.
joining-refused-left = La otra parte se fue antes de terminar. Puedes probar otra vez con la misma invitación.
joining-refused-busy = Ahora mismo hay demasiada gente en esa puerta. Prueba otra vez dentro de un minuto.
joining-refused-version = El otro ordenador tiene otra versión de Closeknit. Poned al día los dos y prueba otra vez.
joining-refused-broken = El otro ordenador no contestó como debía. No has entrado. Prueba otra vez.
joining-refused-not-a-voter = Quien te invitó todavía no puede dejar entrar a nadie. Pídeselo a alguien que lleve más tiempo allí.

## One more machine of one's own: the new one

pairing-looking = Buscando tu otro ordenador. Tiene que estar encendido y en la misma red que este.
pairing-asking = Encontrado. Esperando a que conteste…
pairing-compare = ¿Aparece también { $code } en tu otro ordenador? Di que sí solo si es el mismo.
pairing-waiting = Aquí has dicho que sí. Ahora dilo también en tu otro ordenador.
pairing-joined = Este ordenador ya es uno de los tuyos. Lo que hay en { $circle } llega solo.

## At the door: somebody with an invitation of ours

door-compare = { $name } está en la puerta. ¿Aparece también { $code } en su pantalla?
door-waiting = Has dicho que sí a { $name }. Esperando a que también diga que sí…
door-joined = { $name } ya está dentro.
door-refused-person = No has dejado entrar a { $name }. No se ha compartido nada.
door-refused-not-same = { $name } dijo que los códigos son distintos. No ha entrado nadie.
door-refused-busy = Ahora mismo hay demasiada gente en la puerta.
door-refused-version = El ordenador de { $name } tiene otra versión de Closeknit. Poned al día los dos y probad otra vez.
door-refused-not-a-voter = No ha entrado nadie: una organización no puede empezar un círculo, y solo las personas con voz en él pueden dejar entrar a alguien.
door-refused-left = { $name } se fue antes de terminar.
door-refused-broken = El ordenador de { $name } no contestó como debía. No ha entrado nadie.
door-refused-used = Alguien probó con una invitación que ya se usó. No ha entrado nadie.
door-refused-expired = Alguien probó con una invitación demasiado antigua. No ha entrado nadie.
door-refused-wrong = Alguien probó con una invitación que aquí no se conoce. No ha entrado nadie.

door-machine-compare = «{ $name }» va a ser un ordenador tuyo más. ¿Aparece también { $code } en su pantalla?
door-machine-waiting = Aquí has dicho que sí. Ahora dilo también en «{ $name }».
door-machine-joined = «{ $name }» ya es uno de tus ordenadores. Lo que hay en el círculo pasa solo.

## Near

near-off = Ahora mismo este ordenador no tiene red. Todo funciona; se compartirá cuando haya alguien cerca.
near-alone = De momento solo tú estás en este círculo. Invita a alguien para compartirlo.
near-nobody = Ahora mismo no hay nadie cerca. Lo que escribas se guarda aquí y se compartirá cuando haya alguien cerca.
near-nobody-since = Ahora mismo no hay nadie cerca; el último intercambio fue { $when }. Lo que escribas se guarda aquí y se compartirá cuando haya alguien cerca.
near-some = { $count ->
    [one] Hay un ordenador de tu círculo cerca.
   *[other] Hay { $count } ordenadores de tu círculo cerca.
}
near-machine-never = aún no se han encontrado
near-machine-away = último encuentro: { $when }
near-machine-seen = visto cerca, aún sin conexión
near-machine-exchanging = cerca, intercambiando
near-machine-equal = cerca, los dos tienen lo mismo
near-machine-settled = cerca; todo está intercambiado, salvo algo que uno de los dos ordenadores no admite

## One's own machines, and one that is lost

machines-count = { $count ->
    [one] En este círculo usas un ordenador.
   *[other] En este círculo usas { $count } ordenadores.
}
machines-draft = Mientras no haya nadie más en el círculo, solo está en este ordenador. Con una copia de seguridad y tus palabras puedes llevarlo a otro.
machine-this = este
machine-met = último encuentro: { $when }
machine-never-met = aún no se han encontrado
machine-taken-away = retirado
drop-does = Quien se entera no le da nada más a ese ordenador, y nada de lo que se escriba en él cuenta. Quien lo tenga no puede hablar por ti.
drop-does-not = No puede recuperar lo que hay en él: lo que tiene del círculo hasta ahora se puede leer allí, también las direcciones que alguien te dio.
drop-heard = El último encuentro con él: { $when }. Lo que se escribió en él desde entonces y que no tiene nadie cerca de ti, se pierde.
drop-never-heard = Este ordenador nunca se ha encontrado con él. Lo que se escribió en él y que no tiene nadie cerca de ti, se pierde.
drop-lacks = { $count ->
    [one] Se sabe que en él se escribió al menos una cosa que no está aquí.
   *[other] Se sabe que en él se escribieron al menos { $count } cosas que no están aquí.
}
drop-nobody-near = Ahora mismo no hay nadie cerca. Alguien del círculo puede tener más de lo que se escribió en él: si puedes, acércate antes a su casa.
drop-fetching = Este ordenador todavía está recibiendo cosas de los que están cerca. Espera a que termine.
drop-compared = { $count ->
    [one] Lo que tiene de él un ordenador que está cerca ya está aquí.
   *[other] Lo que tienen de él { $count } ordenadores que están cerca ya está aquí.
}
drop-for-good = No se puede deshacer. Si el ordenador vuelve a aparecer, borra Closeknit en él y añádelo como nuevo.
drop-this-does = Desde ahora este ordenador no es uno de los tuyos: nadie le da nada más y no escribe nada en el círculo. Lo que se escribió en él se queda con los demás.
drop-this-unsent = { $count ->
    [one] Una cosa tuya está solo en este ordenador. Acércalo antes a otro, o se pierde.
   *[other] { $count } cosas tuyas están solo en este ordenador. Acércalo antes a otro, o se pierden.
}

doorstep-new-machine = { $name } tiene ahora un ordenador más. ¿Enviar allí también los datos de tu puerta?

## How far a post has come

audience-chosen = Aparte de ti, solo está a la vista de { $names }.
delivery-draft = Guardado en este ordenador. Todavía no hay nadie más en el círculo.
delivery-here = Guardado en este ordenador. Se compartirá cuando haya alguien cerca.
delivery-sent = { $left ->
    [0] { $all ->
        [one] Guardado aquí y en el otro ordenador.
       *[other] Guardado aquí y en los otros { $all } ordenadores.
    }
   *[other] Guardado aquí, y al menos en { $count } de los otros { $all } ordenadores.
}
delivery-seen = { $left ->
    [0] { $all ->
        [one] Guardado aquí y en el otro ordenador. Lo han visto: { $names }.
       *[other] En los otros { $all } ordenadores. Lo han visto: { $names }.
    }
   *[other] Al menos en { $count } de los otros { $all } ordenadores. Lo han visto: { $names }.
}
delivery-seen-many = { $left ->
    [0] En los otros { $all } ordenadores. Lo han visto al menos { $seen } personas.
   *[other] Al menos en { $count } de los otros { $all } ordenadores. Lo han visto al menos { $seen } personas.
}
delivery-theirs = Lo escribió { $name }; ya ha llegado a este ordenador.

## How a member came

came-founder = empezó el círculo
came-alone = eres tú; el círculo empieza cuando entre alguien
came-admitted = entró gracias a { $name }
came-admitted-former = entró gracias a alguien que ya no está
came-vouched = { $count ->
    [one] con el aval de una persona del círculo
   *[other] con el aval de { $count } personas del círculo
}

## Quién tiene voz, y lo que dicen unos de otros

say-has = tiene voz
say-has-you = tienes voz
say-has-vouched = tiene voz; con el aval de { $names }
say-has-vouched-you = tienes voz; con el aval de { $names }
say-none = todavía sin voz: { $left ->
    [one] falta el aval de una persona con voz
   *[other] falta el aval de { $left } personas con voz
}
say-none-you = todavía no tienes voz: { $left ->
    [one] te falta el aval de una persona con voz
   *[other] te falta el aval de { $left } personas con voz
}
say-none-vouched = con el aval de { $names }; { $left ->
    [one] falta una persona más para que tenga voz
   *[other] faltan { $left } personas más para que tenga voz
}
say-none-vouched-you = con el aval de { $names }; { $left ->
    [one] falta una persona más para que tengas voz
   *[other] faltan { $left } personas más para que tengas voz
}
say-organisation = una organización no vota; todavía no la avala nadie
say-organisation-you = sois una organización y no votáis; todavía no os avala nadie
say-organisation-vouched = con el aval de { $names }; una organización no vota
say-organisation-vouched-you = con el aval de { $names }; sois una organización y no votáis
vouching-first = Serías la primera persona. Hace falta otra con voz, y entonces la tendrá también. No se puede deshacer.
vouching-last = Con tu palabra tendrá voz: podrá invitar, avalar y decidir con las demás quién forma parte. No se puede deshacer.
vouching-last-organisation = Con tu palabra se queda, aunque se vaya quien le abrió la puerta. Una organización no vota. No se puede deshacer.
removal-first = Hacen falta dos personas con voz. Serías la primera: lo leen las demás que tienen voz, y también esa persona. No se puede deshacer.
removal-second = Alguien lo ha dicho ya. Con tu palabra queda fuera en el acto. No se puede deshacer.
removal-does = Lo que { $name } publicó y prometió desaparece de todos los tablones, y los puestos y horas que tenía quedan libres. Su ordenador no recibe nada más de ninguno que lo sepa.
removal-does-not = No puede quitarle lo que tiene: todo lo que hay hasta ahora se queda en su ordenador. Solo puede volver como alguien nuevo, si alguien le invita.
case-open = { $by } piensa que { $name } ya no debería formar parte. Hacen falta dos.
case-yours = Has dicho que { $name } ya no debería formar parte. No pasa nada mientras no lo diga también otra persona con voz.
case-apart = Tú y { $by } habéis dicho que { $name } ya no debería formar parte, sin saber el uno del otro. Dilo una vez más, y valdrá.
case-about-you = { $by } piensa que ya no deberías formar parte. Con una sola voz no pasa nada; hacen falta dos. Quizá podáis hablarlo.
gone-left = Te fuiste de { $circle }. Lo que este ordenador tiene de allí sigue aquí hasta que lo quites.
gone-removed = Dos personas han dicho que ya no deberías formar parte de { $circle }. Lo que este ordenador tiene de allí sigue siendo tuyo; ya no llega nada nuevo.
gone-perhaps = El ordenador de alguien del círculo dice que ya no formas parte de { $circle }, y no intercambia nada con el tuyo. Lo que hay aquí sigue siendo tuyo. Si no sabes por qué, pregunta a alguien de allí.
gone-taken-away = Este ordenador ya no está entre los que usas en { $circle }. Lo que hay aquí se queda hasta que lo quites; no llega nada nuevo.
gone-never-arrived = Este ordenador iba a ser uno de los tuyos en { $circle }, pero se interrumpió por el camino. Aquí todavía no se puede escribir nada. Crea una línea nueva en el otro ordenador y pégala aquí: en «Círculo», «Traer un círculo desde otro ordenador mío».
gone-not-let-in = { $circle } no intercambia nada con este ordenador por ahora: quien te abrió la puerta ya no forma parte. Pide a alguien con voz que te avale.
leaving-does = Lo que publicaste y prometiste desaparece de todos los tablones, y este ordenador no guarda nada del círculo. Los ordenadores que estén lejos lo sabrán cuando encuentren a otro que lo sepa.
leaving-for-good = No se puede deshacer. Si alguien te invita, puedes volver como alguien nuevo.
leaving-backup = Si quieres conservar lo que hay aquí, haz antes una copia de seguridad.
leaving-draft = No hay nadie más en este círculo. Lo que contiene está solo en este ordenador, y se perderá.
leaving-taken-off = Ya no formas parte de este círculo. Lo que este ordenador tiene de allí se borra aquí; nadie se entera.
leaving-taken-away = Lo que este ordenador tiene del círculo se borra aquí. Tú sigues en él con tus otros ordenadores.
erasing-does = Todo lo de Closeknit desaparece de este ordenador: tus círculos, lo que le permite hablar por ti y, si siguen aquí, tus palabras de recuperación. No se puede deshacer.
erasing-still-member = Sigues en tu círculo: para los demás, este es un ordenador que está lejos. Con tus palabras, y una copia de seguridad o alguien del círculo, puedes volver a ser tú en otro sitio. Si quieres irte para siempre, vete antes.
erasing-alone = Nadie más tiene lo que hay en este ordenador.
circle-former = { $count ->
    [one] Una persona ya no forma parte. Lo que escribió aquí no se muestra. Lo que tenía en su ordenador sigue siendo suyo.
   *[other] { $count } personas ya no forman parte. Lo que escribieron aquí no se muestra. Lo que tenían en sus ordenadores sigue siendo suyo.
}
circle-used-again = { $names } entraron con una misma invitación, que abrieron personas distintas. Si no era para todas, pregunta quién la pasó.
circle-overfull = { $by } dejó entrar a más personas que las { $most } que pueden estar aquí antes de que otras las conozcan. { $count ->
    [one] Espera una más
   *[other] Esperan { $count } más
} a que alguien con voz avale a algunas de las que ya están.

## Notices

notice-clock-behind-days = { $count ->
    [one] El reloj de este ordenador parece ir un día atrasado. No se pierde nada; ponlo en hora, por favor.
   *[other] El reloj de este ordenador parece ir { $count } días atrasado. No se pierde nada; ponlo en hora, por favor.
}
notice-clock-behind-hours = { $count ->
    [one] El reloj de este ordenador parece ir una hora atrasado. No se pierde nada; ponlo en hora, por favor.
   *[other] El reloj de este ordenador parece ir { $count } horas atrasado. No se pierde nada; ponlo en hora, por favor.
}
notice-clock-ahead-days = { $count ->
    [one] El reloj de este ordenador parece ir un día adelantado. No se pierde nada; ponlo en hora, por favor.
   *[other] El reloj de este ordenador parece ir { $count } días adelantado. No se pierde nada; ponlo en hora, por favor.
}
notice-clock-ahead-hours = { $count ->
    [one] El reloj de este ordenador parece ir una hora adelantado. No se pierde nada; ponlo en hora, por favor.
   *[other] El reloj de este ordenador parece ir { $count } horas adelantado. No se pierde nada; ponlo en hora, por favor.
}
notice-clock-differs-days = { $count ->
    [one] Entre el reloj de este ordenador y el de { $name } hay un día de diferencia. Mira cuál de los dos va bien, por favor.
   *[other] Entre el reloj de este ordenador y el de { $name } hay { $count } días de diferencia. Mira cuál de los dos va bien, por favor.
}
notice-clock-differs-hours = { $count ->
    [one] Entre el reloj de este ordenador y el de { $name } hay una hora de diferencia. Mira cuál de los dos va bien, por favor.
   *[other] Entre el reloj de este ordenador y el de { $name } hay { $count } horas de diferencia. Mira cuál de los dos va bien, por favor.
}
notice-database-set-aside = El archivo con los datos de tu círculo estaba dañado. Se ha apartado en { $path }, no borrado. { $saved ->
    [one] Se pudo leer una parte, que ya está aquí; lo demás vuelve cuando haya alguien del círculo cerca.
   *[other] Se pudieron leer { $saved } partes, que ya están aquí; lo demás vuelve cuando haya alguien del círculo cerca.
}
notice-no-network = Sin red: { $reason }. En este ordenador todo funciona; se empezará a compartir cuando vuelva la red y abras Closeknit otra vez.
notice-skipped = { $count ->
    [one] Una entrada viene de una versión más nueva de Closeknit y no se puede mostrar aquí. Se guarda.
   *[other] { $count } entradas vienen de una versión más nueva de Closeknit y no se pueden mostrar aquí. Se guardan.
}
notice-cloned = Parece que tu carpeta de Closeknit se usa en dos ordenadores. No se pierde nada. Deja que los dos se encuentren con alguien del círculo y sigue con uno de ellos. En el otro borra Closeknit y añádelo como un ordenador propio: Quién está cerca, Tus ordenadores.
notice-stopped = Algo que escribió { $name } no se pudo leer con seguridad, así que sus entradas se paran ahí hasta que siga adelante. Lo demás no se ve afectado.
notice-own-stopped = Algo en tus propias entradas no se puede leer más allá, y se paran ahí. Todo lo anterior está a salvo. Empieza de nuevo desde ahí: A buen recaudo, Olvidar.

## Doctor

doctor-profile = { $path }
doctor-database-well = en orden, { $bytes } bytes
doctor-database-damaged = dañados: { $reason }. Abre Closeknit otra vez; aparta el archivo y salva lo que se pueda leer.
doctor-clock-well = coincide con los ordenadores encontrados
doctor-clock-unknown = aún no se ha encontrado a nadie con quien comparar
doctor-network-well = a la escucha en { $address }
doctor-network-off = esta orden no la usa
doctor-network-none = ninguna: { $reason }
doctor-version = { $version }
doctor-words-kept = escritas en papel
doctor-words-not-kept = todavía sin escribir: sin ellas no se puede sustituir un ordenador perdido

## Backup

calendar-written = { $count ->
    [one] Una hora guardada en { $path }. Ábrelo con tu calendario.
   *[other] { $count } horas guardadas en { $path }. Ábrelo con tu calendario.
}
calendar-timeless = { $count ->
    [one] Una promesa no tiene hora fija y no está dentro.
   *[other] { $count } promesas no tienen hora fija y no están dentro.
}
calendar-chosen = { $count ->
    [one] Una promesa es solo para algunas personas y no está dentro.
   *[other] { $count } promesas son solo para algunas personas y no están dentro.
}
calendar-open = El archivo no va cerrado: quien lo abra, y quien vea tu calendario, leerá qué prometiste y cuándo. Las direcciones no van dentro.
parcel-written = Escrito en { $path }: { $people ->
    [one] las entradas de una persona
   *[other] las entradas de { $people } personas
}, { $bytes } bytes.
parcel-for-one = Solo { $name } puede abrirlo.
parcel-for-circle = Lo puede abrir quien está ahora en el círculo, y nadie más.
parcel-not-there-yet = Cuenta como llegado solo cuando os encontréis, o cuando alguien traiga otro de vuelta.
parcel-broke-off = El resto del archivo no se puede leer. Lo que venía antes ya está aquí.
words-practised = Es tu hoja. Guárdala donde está.
underway-writing = Se está escribiendo el archivo: { $megabytes } MB hasta ahora.
underway-checking = Se vuelve a leer y se comprueba: { $percent } % hasta ahora.
underway-reading = Se está abriendo y comprobando el archivo: { $megabytes } MB hasta ahora.
backup-written = Guardado en { $path } y leído de nuevo: { $documents ->
    [one] las entradas de una persona
   *[other] las entradas de { $documents } personas
}, { $bytes } bytes.
backup-needs-words = Para abrirla necesitas tus 24 palabras de recuperación. Sin ellas no puede nadie, tampoco tú.
backup-needs-passphrase = Para abrirla necesitas la frase secreta que has puesto.
backup-restored = { $added ->
    [one] Se ha añadido una entrada
   *[other] Se han añadido { $added } entradas
} de { $people ->
    [one] una persona
   *[other] { $people } personas
}{ $refused ->
    [0] .
   *[other] ; rechazadas: { $refused }.
}
backup-restored-nothing = Todo lo que contiene ya estaba aquí.
backup-restored-device = Este ordenador es nuevo en tu círculo. Si se pierde el antiguo, ya no hay nada tuyo que esté solo en él.

## Olvidar

forget-over = { $count ->
    [0] Por ahora no hay nada tuyo que haya terminado.
    [one] Ha terminado una entrada tuya.
   *[other] Han terminado { $count } entradas tuyas.
}
forget-nothing = No hay nada tuyo que olvidar.
forget-done = { $count ->
    [0] Lo que iba con ello está olvidado.
    [one] Está olvidado.
   *[other] { $count } entradas están olvidadas.
}
forget-others = Lo que olvidas desaparece de cada ordenador del círculo en cuanto se entera, y una semana después no queda nada de ello allí. Una copia de seguridad antigua no lo trae de vuelta: en cuanto su ordenador encuentra a otro, desaparece otra vez.
forget-others-at-once = Lo que olvidas desaparece de cada ordenador del círculo en cuanto se entera, y no se guarda nada de ello allí. Una copia de seguridad antigua no lo trae de vuelta: en cuanto su ordenador encuentra a otro, desaparece otra vez.
forget-cannot = Quien lo ha leído, lo ha leído. Lo que alguien copió o imprimió, y los archivos de copias antiguas, nadie lo puede quitar desde aquí.
anew-done = Tus entradas empiezan de nuevo con lo que hay aquí. Los demás se enteran cuando estén cerca.
backup-signer-you = Firmada por tu propio ordenador «{ $label }».
backup-signer-member = Firmada por el ordenador «{ $label }» de { $name }.
backup-signer-unknown = Firmada por un ordenador que no aparece en sus propios datos. Míralo bien antes de usarla.
notice-disk-full = El disco está lleno. Lo que estaba guardado está a salvo, pero no se puede guardar ni recibir nada nuevo. Haz un poco de sitio y sigue.

## Lo que se avisa mientras se mira a otra parte: nunca un nombre ni nada que alguien escribió

told-asked = { $count ->
    [one] Se te pregunta algo.
   *[other] Se te preguntan { $count } cosas.
}
told-accepted = { $count ->
    [one] Alguien contestó: sí a lo que prometiste.
   *[other] { $count } respuestas: sí a lo que prometiste.
}
told-called-off = { $count ->
    [one] Se anuló algo que prometiste. Tus horas quedan libres.
   *[other] Se anularon { $count } cosas que prometiste. Tus horas quedan libres.
}
told-check-again = { $count ->
    [one] Cambió algo que prometiste. ¿Te sigue yendo bien?
   *[other] Cambiaron { $count } cosas que prometiste. ¿Te siguen yendo bien?
}
told-did-it-happen = { $count ->
    [one] Algo tenía que hacerse. ¿Se hizo?
   *[other] { $count } cosas tenían que hacerse. ¿Se hicieron?
}
told-review = { $count ->
    [one] Uno de tus anuncios termina pronto. ¿Sigue en pie?
   *[other] { $count } de tus anuncios terminan pronto. ¿Siguen en pie?
}

## Qué hace falta para abrir lo que hay en este ordenador

at-rest-keychain = Lo que Closeknit guarda en este ordenador está cerrado. Se abre solo para quien entra en este ordenador con tu cuenta.
at-rest-passphrase = Lo que Closeknit guarda en este ordenador está cerrado con tu frase secreta. Sin ella no lo abre nadie.
at-rest-lost = Si pierdes la frase secreta, solo tus palabras de recuperación traen tus cosas de vuelta, a un ordenador vacío.
at-rest-words = Tus palabras de recuperación todavía no están en papel: escríbelas antes de fiarlo todo a una frase secreta.
at-rest-file = Lo que Closeknit guarda en este ordenador está cerrado, pero lo que lo abre está justo al lado. Quien llegue al disco puede leerlo todo. Una frase secreta lo evita.
lock-after = { $minutes ->
    [0] No se cierra solo mientras está en marcha.
    [one] Se cierra solo tras un minuto sin nadie delante.
   *[other] Se cierra solo tras { $minutes } minutos sin nadie delante.
}

## Notas

notes-none = Nadie ha escrito todavía una nota.
notes-not-found = No hay ninguna nota con estas palabras.
