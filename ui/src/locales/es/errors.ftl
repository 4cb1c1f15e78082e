### Why something was not done: what happened and what is safe; `.hint` says what to do next.
### `reason` of bad-input, with `field`: empty, too-long (with `most`, but for doorstep), control, range, twice, too-short (with `least`), not-the-same, not-the-name.
### `reason` of bad-words: count (with `found`), unknown (with `number` and `word`), checksum, needed, on-paper, to-leave, to-drop, to-forget.

## What was typed

error-bad-request = Esto no se ha entendido, y no se ha cambiado nada.
    .hint = Si la ventana y el programa son de versiones distintas, ciérralo todo y abre Closeknit otra vez.
error-bad-input = { $reason ->
    [empty] Aquí falta algo todavía.
    [too-long] { $field ->
        [doorstep] Esto es demasiado largo.
   *[other] Esto es demasiado largo. Caben como mucho { $most } letras.
    }
    [control] Hay aquí un signo que no se puede mostrar.
    [range] Este número no vale aquí.
    [too-short] Es demasiado corta. Hacen falta al menos { $least } letras.
    [not-the-same] No son iguales.
    [twice] Dos de estas horas empiezan a la vez, o son de husos horarios distintos.
    [not-the-name] Ese no es el nombre que se pedía. No se ha borrado nada.
   *[other] { $field ->
        [address] Esto no es la dirección de un ordenador.
       *[other] Esto no vale aquí.
    }
}
    .hint = Lo que has escrito sigue aquí. Cámbialo y prueba otra vez.
error-unknown-category = No hay ningún tipo de ayuda que se llame «{ $given }».
    .hint = Elige uno de estos: { $known }.
error-bad-time = «{ $given }» no se entiende como hora.
    .hint = Escríbelo así: 9:20, o así: 2026-11-26T09:20.
error-bad-repeat = «{ $given }» no dice cuándo se repite.
    .hint = Escribe los días, como lun, mié, o una regla como FREQ=WEEKLY;BYDAY=MO,WE, junto con la primera vez.
error-ends-before-it-begins = Esto termina antes de empezar.
    .hint = Mira otra vez las dos horas. Lo que has escrito sigue aquí.
error-not-found = «{ $given }» no está aquí.
    .hint = Puede que se haya quitado entretanto. Vuelve al tablón y mira otra vez.
error-ambiguous = «{ $given }» puede ser más de uno.
    .hint = Escribe un poco más.

## What the circle allows

error-not-started = Aquí todavía no hay ningún círculo.
    .hint = Empieza un círculo, o entra en uno con una invitación.
error-not-yours = Eso solo puede hacerlo quien lo escribió.
    .hint = Puedes pedírselo.
error-own-post = Este anuncio es tuyo.
    .hint = Las promesas vienen de tus vecinas y vecinos.
error-post-ended = «{ $title }» ha terminado entretanto. No se ha cambiado nada.
    .hint = Ya no hay nada que hacer aquí.
error-promise-over = Esa promesa ya ha pasado. No se ha cambiado nada.
    .hint = Ya no te quita tiempo.
error-nothing-to-undo = Ahí no hay nada tuyo que deshacer. No se ha cambiado nada.
    .hint = Lo que se puede deshacer está en la historia del anuncio.
error-not-over = «{ $title }» todavía no ha terminado, y puede haber quien cuente con ello. No se ha cambiado nada.
    .hint = Termínalo o retíralo primero; después se puede olvidar.
error-meet-first = Este ordenador volvió de una copia de seguridad o de un daño, y desde entonces no ha visto a ningún otro. No se ha cambiado nada.
    .hint = Acércalo primero a otro ordenador del círculo: puede saber algo tuyo más nuevo.
error-own-stopped = En este ordenador no se puede seguir con tus entradas. Todo lo que hay aquí está a salvo.
    .hint = Acércalo a tu otro ordenador, o empieza de nuevo: A buen recaudo, Olvidar.
error-nobody-else-yet = Todavía no ha salido nada de este ordenador, así que no hay quien lo olvide. No se ha cambiado nada.
    .hint = Se puede olvidar en cuanto haya alguien más en el círculo.
error-one-machine-yet = Mientras no haya nadie más en el círculo, solo está en este ordenador. No se ha cambiado nada.
    .hint = Invita antes a alguien. O llévalo a otro ordenador con una copia de seguridad y tus palabras.
error-too-many-machines = En este círculo ya has tenido { $most } ordenadores, contando los retirados. No caben más.
    .hint = Sigue con los que tienes.
error-nobody-to-thank = Con «{ $title }» todavía no ha ayudado nadie.
    .hint = Di primero si se hizo lo prometido.
error-which-time = «{ $title }» es en varios momentos. Aún no se ha prometido nada.
    .hint = Di para cuáles, o para todos.
error-document-full = Tienes tantos anuncios que no caben más. Todo lo que tienes está a salvo.
    .hint = Lo que ya hay se puede seguir respondiendo, retirando y cerrando; y lo que terminó se puede olvidar: A buen recaudo, Olvidar.

## Joining

error-bad-invitation = { $reason ->
    [new] Esta invitación es para alguien nuevo. Pide a tu vecino una para volver: para ella elige tu nombre.
   *[other] Esta invitación no está entera.
}
    .hint = Cópiala toda, de la primera letra a la última, y pégala otra vez.
error-invitation-expired = Esta invitación es demasiado antigua.
    .hint = Pide una nueva.
error-invitation-used = Esta invitación ya se usó.
    .hint = Pide una nueva.
error-join-refused = La otra parte ha dicho que no. No se ha compartido nada.
    .hint = Habla con quien te invitó.
error-already-member = Ya estás en este círculo.
    .hint = No hace falta nada más: su tablón está aquí. Si tienes varios círculos, elige este.
error-about-yourself = Eso lo dicen los demás, no tú de ti.
    .hint = Elige a otra persona del círculo.
error-former-member = { $given } ya no forma parte del círculo. No ha cambiado nada.
    .hint = Se le puede invitar otra vez, y vuelve como alguien nuevo.
error-not-a-member = Ya no formas parte de este círculo, o este ordenador ya no es uno de los tuyos. Lo que hay aquí se puede seguir leyendo.
    .hint = «Irme de este círculo», en Círculo, lo quita de este ordenador. Alguien puede invitarte otra vez, y puedes volver a añadir este ordenador.
error-still-here = Este equipo todavía tiene lo que recibió cuando formabas parte de { $circle }.
    .hint = Quítalo primero de este ordenador: «Irme de este círculo», en Círculo. Después usa otra vez la invitación.
error-not-a-voter = Todavía no tienes voz en esto: antes tienen que avalarte dos personas del círculo.
    .hint = Pídeselo a alguien que lleve más tiempo en el círculo.

## Machines and networks

error-cannot-reach = Ese ordenador no contesta. Todo lo que has escrito está guardado aquí.
    .hint = Mira si está encendido y en la misma red, y prueba otra vez.
error-no-network = Ahora mismo este ordenador no tiene red. Todo lo que has escrito está guardado aquí.
    .hint = Se compartirá cuando vuelva la red.
error-profile-in-use = Closeknit ya está abierto, con los mismos datos.
    .hint = Busca su ventana, o ciérrala antes.

## Records on this machine

error-locked = Closeknit está cerrado con frase secreta en este ordenador. Todo lo que contiene está a salvo.
    .hint = Escribe tu frase secreta para abrirlo.
error-no-passphrase = Todavía no hay frase secreta, así que nada podría abrirse de nuevo.
    .hint = Elige primero una, en «A buen recaudo».
error-wrong-passphrase = Esa no es la frase secreta de este ordenador. No se ha cambiado nada.
    .hint = Prueba otra vez y fíjate en las mayúsculas y los espacios. Si la has perdido, tus palabras de recuperación traen tus cosas de vuelta a un ordenador vacío.
error-key-gone = { $where ->
        [keychain] Tus datos están aquí, pero el almacén de contraseñas de este ordenador no devuelve lo que los abre.
        [file] Tus datos están aquí, pero falta el pequeño archivo que está a su lado y los abre.
       *[database] Tus datos están aquí, pero lo que debería abrirlos no encaja.
    } No se han tocado.
    .hint = Inicia sesión en este ordenador como siempre y deja que abra su almacén de contraseñas. Si lo que los abre se ha perdido, trae tus cosas de vuelta a un ordenador vacío con tus palabras de recuperación.
error-newer-database = Tus datos los escribió un Closeknit más nuevo que este. Están a salvo y no se han tocado.
    .hint = Abre la versión más nueva, o instálala en este ordenador.
error-damaged-database = El archivo con los datos de tu círculo estaba dañado. Se ha apartado, no borrado.
    .hint = Abre Closeknit otra vez. Lo que se puede leer vuelve; lo demás llega de tus vecinas y vecinos.
error-disk-full = No queda sitio en el disco de este ordenador. Esto no se ha guardado; todo lo anterior, sí.
    .hint = Borra algo que no necesites y prueba otra vez.
error-file-problem = El archivo { $path } no se puede leer o escribir.
    .hint = Mira si la carpeta existe y si puedes usarla, o elige otro sitio. (El ordenador dice: { $reason })
error-newer-version = Esto lo escribió una versión más nueva de Closeknit. No se ha cambiado nada.
    .hint = Pon al día Closeknit en este ordenador y prueba otra vez.

## Backup and words

error-backup-refused = Esta copia de seguridad está dañada o alguien la ha cambiado, así que no se ha tomado nada de ella.
    .hint = Prueba con otra copia. Lo que hay en este ordenador no se ha tocado.
error-backup-stopped = Lo has detenido.
    .hint = Lo que había antes sigue como estaba.
error-backup-locked = Estas palabras o esta frase secreta no abren esta copia de seguridad.
    .hint = Mira otra vez tu hoja. Cada copia se abre solo con aquello con lo que se cerró.
error-parcel-refused = Este archivo no se puede leer. No se ha tomado nada de él.
    .hint = Puede estar dañado o ser otra cosa. Pide otro.
error-parcel-locked = Este archivo no se escribió para este ordenador.
    .hint = Quien escriba el próximo debería encontrarse antes contigo, o con alguien que te haya encontrado.
error-parcel-elsewhere = Este archivo viene de otro círculo, que no está en este ordenador. No se ha tomado nada de él.
    .hint = Pregunta a quien te lo ha dado.
error-parcel-stranger = Nada muestra que quien escribió este archivo pertenezca a tu círculo. No se ha tomado nada de él.
    .hint = Pregunta a quien te lo ha dado.
error-parcel-former = Quien escribió este archivo, o su ordenador, ya no pertenece a tu círculo. Sus entradas no se han tomado.
    .hint = Pide a otra persona del círculo que te escriba uno.
error-nobody-else = Todavía no hay nadie más en este círculo.
    .hint = Invita primero a alguien.
error-bad-words = { $reason ->
    [count] Una hoja tiene 24 palabras. Aquí hay { $found }.
    [unknown] La palabra { $number } no es correcta: «{ $word }».
    [needed] También hacen falta tus 24 palabras de recuperación: este ordenador aún no te conoce.
    [practised] No son las palabras de tu hoja, o no en este orden.
    [on-paper] Tus palabras de recuperación están en papel, y este ordenador las ha olvidado. Sin ellas no puede empezar otro círculo.
    [to-leave] Solo tus 24 palabras de recuperación pueden decir que te vas para siempre, para que nadie lo diga en tu nombre.
    [to-drop] Solo tus 24 palabras de recuperación pueden retirarte otro ordenador, para que nadie lo haga en tu nombre.
    [to-forget] Solo tus 24 palabras de recuperación pueden hacer que cada ordenador olvide al momento, para que nadie lo haga en tu nombre.
   *[other] Una de estas palabras no es correcta, o están en otro orden.
}
    .hint = Mira tu hoja. No se ha cambiado nada.
error-other-words = Estas palabras son de otra persona.
    .hint = Usa la hoja que escribiste para este círculo.

## Everything else

error-internal = Algo ha fallado dentro de Closeknit. Lo que estaba guardado está a salvo.
    .hint = Prueba otra vez. Si vuelve a pasar, cierra Closeknit y ábrelo de nuevo.
error-host-gone = Closeknit no contesta en este ordenador. Lo que has escrito sigue aquí.
    .hint = Puede que se haya cerrado. Ábrelo otra vez y vuelve a probar.
error-host-not-entered = Esta página no tiene permiso para ver tu círculo.
    .hint = Abre la dirección completa que Closeknit muestra al empezar. Cambia cada vez que empieza.
