### What is so about posts and promises, and what happens next. The rules (crates/domain, words) choose the sentence.
### Names come singly or several at once, of women and of men: no verb may agree with them.

you = أنت
former-member = شخص لم يعد في الدائرة
a-post = منشور غير موجود هنا

## A need, as a headline.

need-open = { $wanted ->
    [zero] لا أحد بعد.
    [one] لا أحد بعد.
    [two] لا أحد بعد؛ المطلوب اثنان.
    [few] لا أحد بعد؛ المطلوب { $wanted }.
    [many] لا أحد بعد؛ المطلوب { $wanted }.
   *[other] لا أحد بعد؛ المطلوب { $wanted }.
}
came-forward = عرض بالمساعدة من { $helpers }. الاختيار عند { $author }.
came-forward-you = عرض بالمساعدة من { $helpers }. الاختيار لك.
partly-covered = حتى الآن { $covered } من { $wanted }.
covered = اكتمل: { $helpers }.
covered-likely = اكتمل على الأرجح: عرض بالمساعدة من { $helpers }.
covered-spare = اكتمل، ويزيد { $spare }.
two-came-forward = عرضان بالمساعدة. الدور على { $first }، والاحتياط { $backup }.
two-came-forward-likely = عرضان بالمساعدة. الدور على الأرجح على { $first }، والاحتياط { $backup }.
two-came-forward-choose = عرضان بالمساعدة: { $first } أولًا، و{ $backup } احتياطًا. الاختيار عند { $author }.
two-came-forward-choose-you = عرضان بالمساعدة: { $first } أولًا، و{ $backup } احتياطًا. الاختيار لك.
too-many-accepted = قُبل { $going } والمطلوب { $wanted ->
    [zero] لا شيء: { $helpers }.
    [one] واحد فقط: { $helpers }.
    [two] اثنان فقط: { $helpers }.
    [few] { $wanted } فقط: { $helpers }.
    [many] { $wanted } فقط: { $helpers }.
   *[other] { $wanted } فقط: { $helpers }.
}
did-it-happen = هل تمّ الأمر؟ الوعد من { $helpers }.
met = تمّ الأمر.
called-off = أُلغي يوم { $on }.
expired = انتهى يوم { $on }.
same-as-another = منشور آخر يقول الشيء نفسه: { $post }.

## An offer, as a headline.

offer-available = { $left ->
    [zero] لم يبقَ شيء.
    [one] متاح لمن يطلبه.
    [two] متاح منه اثنان.
    [few] متاح منه { $left }.
    [many] متاح منه { $left }.
   *[other] متاح منه { $left }.
}
offer-asked-for = طلب من { $helpers }. الاختيار عند { $author }.
offer-asked-for-you = طلب من { $helpers }. الاختيار لك.
offer-partly-taken = بقي { $left } من { $wanted }.
offer-taken-up = لم يبقَ شيء: { $helpers }.
offer-withdrawn = سُحب يوم { $on }.

## One’s own promise to a need.

you-came-forward = وصل عرضك بالمساعدة. الاختيار عند { $author }.
you-came-forward-in-part = عرضت أكثر من المطلوب: { $going } ويزيد { $spare }؛ الاختيار عند { $author }.
likely-you = الأرجح أنه دورك. لم يصل جواب { $author } بعد.
likely-you-in-part = الأرجح أنه دورك مع { $going }، ويزيد { $spare }؛ لم يصل جواب { $author } بعد.
just-turn-up = يكفي الحضور؛ لا حاجة إلى جواب.
just-turn-up-in-part = يكفي الحضور مع { $going }؛ يزيد { $spare }.
you-are-going = الدور عليك.
you-are-going-in-part = الدور عليك مع { $going }؛ يزيد { $spare }.
you-are-going-with = الدور عليك مع { $going }.
you-are-going-hours = الدور عليك، وعدد الساعات { $hours }.
you-are-going-together = الدور عليكم، وعددكم { $people }.
someone-else-going-you-are-backup = الدور على شخص آخر: { $going }. أنت الاحتياط.
someone-else-likely-you-are-backup = الأرجح شخص آخر: { $likely }. أنت الاحتياط.
others-first-you-are-backup = قبلك: { $first }. أنت الاحتياط، ما لم يقع اختيار { $author } عليك.
you-are-backup = أنت الاحتياط.
you-are-next = تعذّر الدور على من كان عليه الدور. أنت التالي؛ الجواب عند { $author }.
you-not-this-time = ليس هذه المرة. شكرًا على عرضك.
you-took-it-back = سحبت وعدك.
you-went = ذهبت، وتمّ الأمر.

## One’s own request for an offer.

you-asked = وصل طلبك؛ الاختيار عند { $author }.
likely-yours = الأرجح أنه لك ({ $going })؛ لم يصل جواب { $author } بعد.
just-come = يكفي الحضور؛ لا حاجة إلى جواب.
it-is-yours = لك: { $going }.
it-is-yours-in-part = لك: { $going }؛ طلبت { $spare } أكثر من الموجود.
taken-you-are-next = لم يبقَ شيء؛ الدور التالي لك.
you-had-it = كان لك.

## One’s own promise that came to nothing, or waits for oneself.

called-off-before-your-offer = أُلغي يوم { $on }، قبل وصول عرضك. لا شيء عليك.
called-off-you-are-free = أُلغي يوم { $on }. لا شيء عليك؛ وقتك لك.
met-you-are-free = تمّ الأمر من دونك. لا شيء عليك؛ وقتك لك.
expired-you-are-free = انتهى يوم { $on }. لا شيء عليك؛ وقتك لك.
duplicate-look-there = منشور آخر يقول الشيء نفسه: { $post }. التفاصيل هناك.
author-left-you-are-free = صاحب المنشور لم يعد في الدائرة. وقتك لك.
post-not-here = المنشور غير موجود على هذا الحاسوب.
your-newer-promise-counts = المعتمد وعدك الأحدث.
your-other-promise-counts = وعدت مرتين؛ المعتمد الوعد الآخر.
check-again = تغيّر الأمر. هل ما زال يناسبك؟
check-again-time = الوقت الآن { $start }. هل ما زال يناسبك؟
check-again-place = المكان الآن { $place }. هل ما زال يناسبك؟
check-again-time-place = صار { $start }، { $place }. هل ما زال يناسبك؟

## Somebody else’s promise.

helper-came-forward = عرض بالمساعدة من { $helper }.
helper-likely = الأرجح { $helper }.
helper-going = الدور على { $helper }.
helper-in-part = الدور على { $helper } مع { $amount }؛ يزيد { $spare }.
helper-promised = وعد بذلك { $helper }.
helper-backup = الاحتياط { $helper }.
helper-not-this-time = لا حاجة إلى { $helper } هذه المرة.
helper-took-it-back = سُحب وعد { $helper }.
helper-to-check-again = تغيّر الأمر؛ لم تصل موافقة { $helper } من جديد.
helper-went = تمّ الأمر على يد { $helper }.
helper-asked = طلب من { $helper }.
helper-likely-has-it = الأرجح أنه لـ{ $helper }.
helper-has-it = هو لـ{ $helper }.
helper-next = التالي: { $helper }.
helper-free-post-ended = لم يعد لوعد { $helper } داعٍ: انتهى المنشور.
helper-newer-promise = هناك وعد أحدث من { $helper }.
helper-other-promise-counts = وعدان من { $helper }؛ المعتمد الوعد الآخر.
former-member-was-going = كان الدور على شخص لم يعد في الدائرة.
former-member-came-forward = كان هناك عرض من شخص لم يعد في الدائرة.

## Notes beside them.

note-taken-back = كان الدور على { $helper }، ثم سُحب الوعد.
note-backup-first = السؤال أولًا إلى { $helper }.
note-answered-twice = أجبت { $helper } مرتين؛ المعتمد «نعم». هل يبقى الأمر هكذا؟
note-answered-twice-no-yes = أجبت { $helper } مرتين بجوابين مختلفين. أيهما المعتمد؟
note-offered-in-time = جاء عرض { $helper } في وقته، لكنه وصل متأخرًا أو بقي بلا جواب. هل ما زال مفيدًا؟
note-check-again = لم تصل موافقة { $helper } على الوقت أو المكان الجديد.
note-one-card = المنشور نفسه أيضًا من { $authors }. الوعود هناك محسوبة هنا.
note-promised-twice = وعدت مرتين من حاسوبين. المعتمد واحد.
note-counts-here = الوعد لمنشور آخر يقول الشيء نفسه: { $post }.
note-still-needed = هل ما زالت الحاجة قائمة؟ ينتهي يوم { $on }.
note-still-on-offer = هل ما زال العرض قائمًا؟ ينتهي يوم { $on }.
note-review = هذا العرض قائم منذ مدة. هل ما زال قائمًا؟

## What happens next, for the author.

next-wait-for-neighbours = سيراه الجيران. لا شيء عليك الآن.
next-choose = الاختيار لك: عرض بالمساعدة من { $helpers }.
next-accepts-by-itself = هذا الحاسوب يوافق من نفسه على أول عرض.
next-ask-backup = هل السؤال أولًا إلى { $helper }؟
next-keep-both = قبلت عرضين. هل يبقى الاثنان؟
next-keep-answer = أجبت { $helper } مرتين. هل يبقى الأمر هكذا؟
next-still-useful = جاء عرض { $helper } في وقته ووصل متأخرًا. هل ما زال مفيدًا؟
next-ask-again = كان الدور على شخص لم يعد في الدائرة. هل تطلب من جديد؟
next-wait-for-yes = بانتظار موافقة { $helpers } على الوقت أو المكان الجديد.
next-still-needed = هل ما زالت الحاجة قائمة؟
next-still-on-offer = هل ما زال العرض قائمًا؟
next-say-if-it-happened = بقي أن تقول هل تمّ الأمر.
next-renew = انتهى وقته. يمكنك أن تطلب من جديد أو تتركه.
next-answer = بقي جوابك إلى { $helper }: نعم، أو احتياط، أو ليس هذه المرة.

## What happens next, for a helper.

next-wait-for-answer = الجواب عند { $author }. لا شيء عليك حتى ذلك الحين.
next-go = الموعد هناك.
next-go-at = الموعد هناك: { $start }.
next-arrange = بقي الاتفاق مع { $author } على طريقة التسليم.
next-stand-by = لا شيء عليك ما لم يُطلب منك.
next-say-yes-again = بقي أن توافق من جديد أو تسحب وعدك.
next-keep-one = بقي أن تختار أحد وعديك.
next-look-there = التفاصيل في المنشور الآخر.

## What happens next, for everybody else.

next-offer-help = يمكنك أن تعرض المساعدة.
next-offer-backup = يمكنك أن تعرض نفسك احتياطًا.
next-ask-for-it = يمكنك أن تطلبه.
next-ask-to-be-next = يمكنك أن تطلب الدور التالي.
next-author-says = الخبر عند { $author } هل تمّ الأمر.
next-nothing = لا شيء مطلوب.
next-nothing-until = لا شيء مطلوب حتى { $start }.

## What happens at several times, in part, or not

times-open = لا أحد بعد، والمطلوب { $times ->
    [zero] لا شيء.
    [one] مرة واحدة.
    [two] مرتان.
    [few] { $times } مرات.
    [many] { $times } مرة.
   *[other] { $times } مرة.
}
times-partly-covered = اكتمل { $covered } من { $times } من المرات.
times-covered = { $times ->
    [zero] لم تبقَ مرات.
    [one] المرة الباقية مكتملة.
    [two] المرتان مكتملتان.
    [few] المرات كلها مكتملة، وعددها { $times }.
    [many] المرات كلها مكتملة، وعددها { $times }.
   *[other] المرات كلها مكتملة، وعددها { $times }.
}
did-you-go = هل تمّ الأمر؟ الوعد منك.
partly-met = تمّ جزء من الأمر.
met-though-called-off = أُلغي، ومع ذلك وصلت المساعدة من { $helpers }.
offer-each-week = { $left ->
    [zero] لم يبقَ شيء هذا الأسبوع.
    [one] متاح لمن يطلبه هذا الأسبوع.
    [two] متاح منه اثنان هذا الأسبوع.
    [few] متاح منه { $left } هذا الأسبوع.
    [many] متاح منه { $left } هذا الأسبوع.
   *[other] متاح منه { $left } هذا الأسبوع.
}
offer-left-this-week = بقي { $left } من { $wanted } هذا الأسبوع.
offer-taken-this-week = لم يبقَ شيء هذا الأسبوع.
offer-times = متاح في { $left } من { $times } من المرات.
offer-resting = في استراحة الآن.
you-are-going-times = عليك الذهاب، وعدد المرات { $times }، والقادمة { $next }.
you-are-going-each-time = عليك الذهاب في كل مرة، والقادمة { $next }.
you-went-in-part = كان الذهاب منك، وتمّ جزء من الأمر.
it-did-not-happen = لم يتمّ الأمر. لا يرى هذا إلا أنت و{ $author }.
time-gone = لم يعد لهذا المنشور ذلك الموعد. لا شيء مطلوب، وساعاتك لك من جديد.
helper-went-in-part = تمّ جزء من الأمر مع { $helper }.
helper-did-not = لم يتمّ الأمر مع { $helper }. لا يرى هذا إلا أنتما.
helper-over = انتهى ما كان على { $helper }.
note-said-differently = ما تقوله أنت غير ما يقال من { $other } عمّا جرى. لا يرى هذا إلا أنتما.
note-did-not-happen = لم يتمّ الأمر مع { $helper }. لا يرى هذا إلا أنتما.
next-thank = أُلغي، ومع ذلك وصلت المساعدة. هل تريد شكر { $helper }؟
next-did-not-happen = لم يتمّ الأمر. هل تريد طلبه من جديد؟

## ما جرى للمنشور، بجانب اسم من فعله واليوم

history-posted = نُشر
history-changed = عُدّل
history-still-stands = ما زال قائمًا
history-promised = عرض المساعدة
history-asked = طلبه
history-yes = نعم لـ { $helper }
history-backup = { $helper } احتياطي
history-not-this-time = ليس هذه المرة، لـ { $helper }
history-taken-back = سُحب الوعد
history-taken-back-in-part = سُحب جزء من الوعد
history-met = انتهى: تمّ
history-called-off = انتهى: لم تعد هناك حاجة
history-offer-withdrawn = انتهى: سُحب العرض
history-same-as = مثل منشور آخر: { $post }
history-happened = وعد { $helper }: تمّ
history-partly = وعد { $helper }: تمّ جزء منه
history-did-not = وعد { $helper }: لم يتم
history-thanks = شكرًا

## ماذا يعني التراجع عنه

undo-closing = يُفتح من جديد، مع كل من وعد.
undo-withdrawal = يعود وعدك كما كان، في مكانه.
undo-thanks = يختفي شكرك من كل الشاشات.
