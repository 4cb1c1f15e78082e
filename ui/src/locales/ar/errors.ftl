### Why something was not done: what happened and what is safe; `.hint` says what to do next.
### `reason` of bad-input, with `field`: empty, too-long (with `most`, but for doorstep), control, range, twice, not-the-name.
### `reason` of bad-words: count (with `found`), unknown (with `number` and `word`), checksum, needed, on-paper, to-leave.

## What was typed

error-bad-request = لم يُفهم هذا، ولم يتغيّر شيء.
    .hint = إن كانت النافذة والبرنامج من إصدارين مختلفين، فأغلق كل شيء وشغّل Closeknit من جديد.
error-bad-input = { $reason ->
    [empty] ما زال هنا شيء ناقص.
    [too-long] { $field ->
        [doorstep] هذا أطول من اللازم.
        [not-the-name] هذا ليس الاسم المطلوب. لم يُمحَ شيء.
   *[other] هذا أطول من اللازم. الحد الأقصى لعدد الحروف: { $most }.
    }
    [control] فيه علامة لا يمكن عرضها.
    [range] هذا الرقم لا يصلح هنا.
    [twice] اثنان من هذه يبدآن في الوقت نفسه، أو في منطقتين زمنيتين مختلفتين.
   *[other] { $field ->
        [address] هذا ليس عنوان حاسوب.
       *[other] هذا لا يصلح هنا.
    }
}
    .hint = ما كتبته ما زال هنا. يمكنك تعديله والمحاولة من جديد.
error-unknown-category = لا يوجد نوع مساعدة باسم «{ $given }».
    .hint = يمكنك الاختيار من القائمة.
error-bad-time = «{ $given }» ليس وقتًا مفهومًا.
    .hint = يُكتب هكذا: 9:20، أو هكذا: 2026-11-26T09:20.
error-bad-repeat = «{ $given }» لا يقول متى يتكرر هذا.
    .hint = اكتب أيام الأسبوع، أو قاعدة مثل FREQ=WEEKLY;BYDAY=MO,WE، مع أول موعد.
error-ends-before-it-begins = هذا ينتهي قبل أن يبدأ.
    .hint = انظر إلى الوقتين من جديد. ما كتبته ما زال هنا.
error-not-found = «{ $given }» غير موجود هنا.
    .hint = ربما أُزيل في هذه الأثناء. ارجع إلى اللوحة وانظر من جديد.
error-ambiguous = «{ $given }» يصلح لأكثر من شيء.
    .hint = اكتب منه قليلًا بعد.

## What the circle allows

error-not-started = لا توجد دائرة هنا بعد.
    .hint = يمكنك بدء دائرة، أو الانضمام إلى دائرة بدعوة.
error-not-yours = لا يستطيع هذا إلا من كتبه.
    .hint = يمكنك أن تسأله.
error-own-post = هذا منشورك أنت.
    .hint = الوعود تأتي من الجيران.
error-post-ended = انتهى «{ $title }» في هذه الأثناء. لم يتغيّر شيء.
    .hint = لم يبقَ هنا شيء مطلوب.
error-promise-over = انتهى هذا الوعد. لم يتغيّر شيء.
    .hint = لم يعد يأخذ من وقتك شيئًا.
error-nothing-to-undo = ليس هناك شيء لك تتراجع عنه. لم يتغيّر شيء.
    .hint = ما يمكن التراجع عنه موجود في تاريخ المنشور.
error-nobody-to-thank = لم يساعد أحد بعد في «{ $title }».
    .hint = قل أولًا ماذا صار بالوعد.
error-which-time = «{ $title }» له أكثر من موعد. لم يُوعد بشيء بعد.
    .hint = قل لأي موعد منها، أو لها كلها.
error-document-full = منشوراتك كثيرة ولا مكان للمزيد. كل ما لديك محفوظ.
    .hint = أغلق المنشورات المنتهية ثم حاول من جديد.

## Joining

error-bad-invitation = هذه الدعوة ناقصة.
    .hint = انسخها كلها، من أول حرف إلى آخر حرف، والصقها من جديد.
error-invitation-expired = هذه الدعوة قديمة.
    .hint = اطلب دعوة جديدة.
error-invitation-used = استُعملت هذه الدعوة من قبل.
    .hint = اطلب دعوة جديدة.
error-join-refused = رفض الطرف الآخر. لم يُشارَك شيء.
    .hint = تحدّث مع من دعاك.
error-already-member = أنت في هذه الدائرة.
    .hint = اخترها في أعلى الصفحة.
error-about-yourself = هذا يقوله الآخرون، ولا يقوله المرء عن نفسه.
    .hint = اختر واحدًا من جيرانك.
error-former-member = { $given } لم يعد من الدائرة. لم يتغير شيء.
    .hint = يمكن دعوته من جديد، فيعود كشخص جديد.
error-not-a-member = لم تعد من هذه الدائرة. ما هو هنا يبقى مقروءًا.
    .hint = يمكنك إزالته من هذا الحاسوب، أو أن تُدعى من جديد.
error-still-here = ما زال في هذا الحاسوب ما وصله حين كنت من { $circle }.
    .hint = أزله أولًا من هذا الحاسوب، في «الدائرة». ثم استعمل الدعوة من جديد.
error-not-a-voter = لا يمكنك إدخال أحد بعد: لا بد أن يكفلك اثنان من الجيران أولًا.
    .hint = اسأل من هو في الدائرة منذ مدة أطول.

## Machines and networks

error-cannot-reach = ذلك الحاسوب لا يجيب. كل ما كتبته محفوظ هنا.
    .hint = تأكد من أنه يعمل وعلى الشبكة نفسها، ثم حاول من جديد.
error-no-network = لا شبكة لهذا الحاسوب الآن. كل ما كتبته محفوظ هنا.
    .hint = سيُشارَك عندما تعود الشبكة.
error-profile-in-use = برنامج Closeknit مفتوح بالسجلات نفسها.
    .hint = ابحث عن نافذته، أو أغلقها أولًا.

## Records on this machine

error-newer-database = كُتبت سجلاتك بإصدار أحدث من Closeknit. هي محفوظة ولم تُمسّ.
    .hint = شغّل الإصدار الأحدث، أو ثبّته على هذا الحاسوب.
error-damaged-database = ملف سجلات دائرتك كان تالفًا. وُضع جانبًا ولم يُحذف.
    .hint = شغّل Closeknit من جديد. ما تمكن قراءته يعود، والباقي يأتي من الجيران.
error-disk-full = لا مكان على قرص هذا الحاسوب. لم يُحفظ هذا؛ وكل ما قبله محفوظ.
    .hint = احذف شيئًا لا تحتاج إليه ثم حاول من جديد.
error-file-problem = لا تمكن قراءة الملف { $path } أو الكتابة فيه.
    .hint = تأكد من وجود المجلد ومن أن لك استعماله، أو اختر مكانًا آخر. (يقول الحاسوب: { $reason })
error-newer-version = كُتب هذا بإصدار أحدث من Closeknit. لم يتغيّر شيء.
    .hint = حدّث Closeknit على هذا الحاسوب ثم حاول من جديد.

## Backup and words

error-backup-refused = هذه النسخة الاحتياطية تالفة أو جرى تغييرها، فلم يؤخذ منها شيء.
    .hint = جرّب نسخة أخرى منها. ما على هذا الحاسوب لم يُمسّ.
error-backup-locked = هذه الكلمات أو هذه العبارة السرية لا تفتح هذه النسخة.
    .hint = انظر إلى ورقتك من جديد. كل نسخة لا تُفتح إلا بما أُقفلت به.
error-bad-words = { $reason ->
    [count] في الورقة 24 كلمة. وعددها هنا { $found }.
    [unknown] الكلمة رقم { $number } غير صحيحة: «{ $word }».
    [needed] كلمات الاستعادة الـ24 مطلوبة أيضًا: هذا الحاسوب لا يعرفك بعد.
    [on-paper] كلمات الاستعادة على الورق، وقد نسيها هذا الحاسوب. لا تبدأ دائرة أخرى من دونها.
    [to-leave] كلمات الاستعادة الـ24 وحدها تقول إنك تغادر إلى الأبد، حتى لا يقولها أحد باسمك.
   *[other] إحدى هذه الكلمات غير صحيحة، أو ترتيبها مختلف.
}
    .hint = انظر إلى ورقتك. لم يتغيّر شيء.
error-other-words = هذه كلمات شخص آخر.
    .hint = استعمل الورقة التي كتبتها لهذه الدائرة.

## Everything else

error-internal = حدث خطأ داخل Closeknit. ما حُفظ من قبل سليم.
    .hint = حاول من جديد. إن تكرر ذلك، فشغّل Closeknit من جديد.
error-host-gone = برنامج Closeknit لا يجيب على هذا الحاسوب. ما كتبته ما زال هنا.
    .hint = ربما أُغلق. شغّله من جديد ثم حاول مرة أخرى.
error-host-not-entered = لا يُسمح لهذه الصفحة برؤية دائرتك.
    .hint = افتح العنوان كاملًا كما يعرضه Closeknit عند تشغيله. يتغيّر مع كل تشغيل.
