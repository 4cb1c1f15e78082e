### The page's own words. Only what the welcome, the board and a post show; the rest is said in English.

app-name = Closeknit
page-title = { $screen } – Closeknit
opening = جارٍ فتح دائرتك…
unknown-sentence = ليس لدى هذا الإصدار من Closeknit كلمات لما يظهر هنا. ربما كانت لدى إصدار أحدث.
skip-to-content = إلى المحتوى
try-again = حاول من جديد
back = رجوع
back-to-board = رجوع إلى اللوحة
later = لاحقًا
good = حسنًا
list-coming = قادم…
host-away = برنامج Closeknit لا يجيب على هذا الحاسوب. المحاولة مستمرة… ما كتبته ما زال هنا.
host-back = عاد Closeknit يجيب.

## The way around

nav-label = الشاشات
nav-today = اليوم
nav-board = اللوحة
nav-me = أنا
nav-circle = الدائرة
nav-near = الجيران القريبون
nav-safe = في مأمن
nav-draft = أنت وحدك حتى الآن
nav-members = { $count ->
    [zero] لا أحد
    [one] شخص واحد
    [two] شخصان
    [few] { $count } أشخاص
    [many] { $count } شخصًا
   *[other] { $count } شخص
}
nav-switch = دائرة أخرى
nav-knocks = { $count ->
    [zero] لا أحد على الباب
    [one] شخص على الباب
    [two] شخصان على الباب
    [few] أشخاص على الباب
    [many] شخصًا على الباب
   *[other] شخص على الباب
}

## Fields

field-optional = إن شئت
field-over = { $count ->
    [zero] الطول مناسب.
    [one] هذا أطول بحرف واحد. لن يُقصّ شيء؛ الرجاء اختصاره قليلًا.
    [two] هذا أطول بحرفين. لن يُقصّ شيء؛ الرجاء اختصاره قليلًا.
    [few] هذا أطول بـ{ $count } أحرف. لن يُقصّ شيء؛ الرجاء اختصاره قليلًا.
    [many] هذا أطول بـ{ $count } حرفًا. لن يُقصّ شيء؛ الرجاء اختصاره قليلًا.
   *[other] هذا أطول بـ{ $count } حرف. لن يُقصّ شيء؛ الرجاء اختصاره قليلًا.
}

## People and times

person-you = أنت
person-former = شخص لم يعد في الدائرة
day-today = اليوم
day-tomorrow = غدًا
window-hours = { $day }، { $from }–{ $to }
window-days = { $from } إلى { $to }
window-moment = { $day }، { $time }
window-zone = { $window } (بتوقيت { $zone })

## Welcome

welcome-title = جيران يساعد بعضهم بعضًا
welcome-lead = طلب المساعدة، وعرضها، ومتابعة الوعود. كل شيء على حواسيبكم أنتم: بلا حساب، وبلا شركة، ويعمل من دون إنترنت.
welcome-name = بأي اسم يناديك الجيران؟
welcome-name-hint = يكفي الاسم الأول.
welcome-name-missing = الرجاء كتابة اسم أولًا. يكفي الاسم الأول.
welcome-start = بدء دائرة
welcome-start-hint = تبدأ وحدك، وتدعو الآخرين متى شئت.
welcome-join = وصلتني دعوة
welcome-join-hint = أعطاك شخص دعوة، وهي سطر طويل من الحروف.
welcome-pair = أستعمله على حاسوب آخر
welcome-pair-hint = يصبح هذا الحاسوب واحدًا آخر من حواسيبك.
welcome-bring-back = استعادة ما كان لديك
welcome-bring-back-hint = استعملت Closeknit من قبل: من ملف حفظته، أو بمساعدة أحد الجيران.
welcome-promise = لا يخرج شيء من هذا الحاسوب قبل أن تدعو أحدًا أو تنضم إلى دائرة.

## Join

screen-here = هذه الشاشة
screen-other = شاشتهم
screen-of = شاشة { $name }
code-same = نعم، ليدخل { $name }
code-different = لا، هو مختلف

## At the door

knock-heading = على الباب
knock-look = انظر
knock-title = على الباب: { $name }
knock-compare = اطلب من { $name } قراءة الرمز بصوت عالٍ. لا توافق إلا إذا كان الرمز نفسه على الشاشتين وكنت تعرف من هناك.
doorstep-send = نعم، إليه أيضًا
doorstep-send-not = لا
knock-machine-title = «{ $name }» سيصبح من حواسيبك
knock-machine-compare = انظر إلى شاشة «{ $name }». لا توافق إلا إذا كان الرمز نفسه وبدأت هذا هناك بنفسك الآن.
knock-machine-after = بعدها يقرأ «{ $name }» ويكتب في هذه الدائرة مثلك. كلمات الاستعادة تبقى هنا.
code-same-machine = نعم، هذا حاسوبي
knock-after = بعدها يستطيع { $name } قراءة كل ما يُنشر في هذه الدائرة.

## Board

board-title = اللوحة
board-ask = طلب مساعدة
board-offer = عرض مساعدة
board-waiting = جارٍ ترتيب اللوحة…
board-list = الطلبات والعروض
board-look = طريقة العرض
board-look-list = قائمة
board-look-week = أسبوع
week-title = من { $from } إلى { $to }
week-before = الأسبوع السابق
week-now = هذا الأسبوع
week-after = الأسبوع التالي
week-none = لا شيء له موعد في هذا الأسبوع.
week-part-whole = طوال اليوم
week-part-morning = الصباح
week-part-afternoon = بعد الظهر
week-part-evening = المساء
week-part-night = الليل
week-whole = طوال اليوم
week-hours = { $from }–{ $to }
week-from = من { $from }
week-until = حتى { $to }
week-mine = { $state }، معك
week-left-out = { $count ->
    [zero] كل المواعيد ظاهرة هنا.
    [one] موعد واحد آخر لا يتسع له المكان. ابحث عن منشورات أقل لتراه.
    [two] موعدان آخران لا يتسع لهما المكان. ابحث عن منشورات أقل لتراهما.
    [few] { $count } مواعيد أخرى لا يتسع لها المكان. ابحث عن منشورات أقل لتراها.
    [many] { $count } موعدًا آخر لا يتسع لها المكان. ابحث عن منشورات أقل لتراها.
   *[other] { $count } موعد آخر لا يتسع لها المكان. ابحث عن منشورات أقل لتراها.
}
board-count = { $count ->
    [zero] لا منشورات
    [one] منشور واحد
    [two] منشوران
    [few] { $count } منشورات
    [many] { $count } منشورًا
   *[other] { $count } منشور
}
board-skipped = { $count ->
    [zero] لا شيء من إصدار أحدث.
    [one] مدخل واحد كُتب بإصدار أحدث من Closeknit ولا يمكن عرضه هنا.
    [two] مدخلان كُتبا بإصدار أحدث من Closeknit ولا يمكن عرضهما هنا.
    [few] { $count } مدخلات كُتبت بإصدار أحدث من Closeknit ولا يمكن عرضها هنا.
    [many] { $count } مدخلًا كُتبت بإصدار أحدث من Closeknit ولا يمكن عرضها هنا.
   *[other] { $count } مدخل كُتبت بإصدار أحدث من Closeknit ولا يمكن عرضها هنا.
}
board-none = لا يوجد منشور بهذه المواصفات.
board-empty = لم يُنشر شيء بعد
board-empty-hint = ما الذي يجعل هذا الأسبوع أسهل عليك؟ الطلب هو البداية.
board-empty-draft = ما الذي يجعل هذا الأسبوع أسهل عليك؟ يمكنك نشره الآن؛ يراه الجيران عندما ينضمون.
board-empty-invite = دعوة أول الجيران
filter-label = البحث عن منشورات
filter-search = بحث
filter-kind = طلبات أو عروض
filter-all = الكل
filter-needs = طلبات
filter-offers = عروض
filter-category = نوع المساعدة
filter-any-category = كل أنواع المساعدة
filter-state = الحال
filter-any-state = المفتوح والمنتهي
filter-open = ما زال مفتوحًا
filter-settled = منتهٍ
filter-when = متى
filter-when-any = في أي وقت
filter-when-today = اليوم
filter-when-week = هذا الأسبوع
filter-when-day = في يوم معيّن…
filter-day = في أي يوم
filter-near = قرب { $area }
filter-clear = عرض كل المنشورات
seats-need-helpers = الحاضرون: { $going } من { $want }
seats-need-hours = الساعات: { $going } من { $want }
seats-need-items = الموعود به: { $going } من { $want }
seats-offer-helpers = المأخوذ: { $going } من { $want }
seats-offer-hours = الساعات المأخوذة: { $going } من { $want }
seats-offer-items = المأخوذ: { $going } من { $want }
words-reminder = إن تعطّل هذا الحاسوب، فستحتاج إلى كلمات الاستعادة الـ24 لتعود كما كنت.
words-reminder-link = كتابتها على الورق

## A post in the making

new-want-wrong = الرجاء كتابة رقم من 1 إلى 999.
mode-hint-usual = لكل ما هو في البيت أو مع الأطفال أو بالمال، الاختيار لك.
mode-hint-turn-up = لا حاجة إلى جواب، ولا تُعطى معلومات خاصة.
mode-hint-first = يوافق حاسوبك من نفسه على أول عرض.
mode-hint-choose = توافق على شخص واحد، وهو وحده يصله عنوانك.

## A post

post-opening = منشور
post-waiting = جارٍ البحث عن هذا المنشور…
post-urgent = عاجل
post-for-some = لأشخاص مختارين
post-for = { $author }، من أجل { $person }
post-standing = الحال
post-next = ما التالي:
post-mine = وعدك
post-mine-offer = ما طلبته
post-times = المواعيد
post-promises = عروض المساعدة
post-promises-offer = الطلبات عليه
post-promises-others = عروض أخرى
post-about = من المفيد معرفته
post-summary = من ومتى وأين
post-any-time = أي وقت
post-standing-offer = يبقى حتى يُسحب
post-how = الطريقة
post-you-choose = الاختيار لك
post-author-chooses = الاختيار عند { $author }
post-consent = كيف كانت الموافقة
post-ends = يظهر حتى
post-delivery = أين هو
doorstep-title = عند الباب
doorstep-only-you = لا يقرأ هذا غيرك وغير { $author }.

## Promise

promise-title = هل يمكنك هذا؟
promise-title-backup = هل يمكنك أن تكون الاحتياط؟
promise-title-offer = هل تريد هذا؟
promise-title-next = هل تريد الدور التالي؟
promise-amount-helpers = كم شخصًا يأتي معك، وأنت منهم؟
promise-amount-hours = كم ساعة؟
promise-amount-items = كم؟
promise-times = أي المواعيد؟
promise-every = في كل مرة، بانتظام
promise-times-none = اختر موعدًا واحدًا على الأقل.
promise-say = كلمة إلى { $author }
promise-say-hint = مثلًا متى يمكنك الحضور. يقرؤها كل من في الدائرة.
promise = يمكنني هذا
promise-backup = يمكنني أن أكون الاحتياط
promise-offer = أريد هذا
promise-next = أريد الدور التالي
promise-after = الجواب عند { $author }، وبعده يصلك العنوان. يمكنك سحب وعدك في أي وقت.
promise-after-turn-up = لا حاجة إلى جواب. يمكنك سحب وعدك في أي وقت.
withdraw = سحب الوعد
withdraw-title = هل تسحب وعدك؟
withdraw-after = يذهب مكانك إلى غيرك، ويُسأل الاحتياط أولًا. لن يسألك أحد عن السبب. يمكنك أن تعد من جديد لاحقًا.
withdraw-yes = نعم، سحبه
sure-no = لا، ليس الآن
withdraw-no = لا، إبقاؤه

## Answer

answer-doorstep = ماذا يحتاج { $name } عند الباب؟
answer-doorstep-hint = العنوان، والهاتف، وطريقة الدخول. يصل مع موافقتك إلى { $name } وحده؛ ولا يقرؤه أحد غيره.
answer-accept = نعم، أهلًا بك
answer-stand-by = كن الاحتياط
answer-decline = ليس هذه المرة
answer-change = تغيير جوابي

## كيف كان الأمر

outcome-group = كيف كان الأمر
outcome-question = هل تمّ؟
outcome-happened = نعم، تمّ
outcome-partly = جزء منه
outcome-did-not = لا، لم يتم
outcome-why = قل لماذا
outcome-reason = لماذا؟
outcome-reason-hint = بكلمات محايدة، إن أردت. لا يقرؤها إلا أنت و{ $other }.
outcome-said-happened = تمّ
outcome-said-partly = تمّ جزء منه
outcome-said-did-not = لم يتم
outcome-say = قل كيف كان الأمر
outcome-change = قله بطريقة أخرى

## هل ما زالت الحاجة قائمة

renewal = هل ما زال قائمًا
renew-days = { $days ->
    [14] نعم، أسبوعين آخرين
   *[other] نعم، { $days } يومًا آخر
}
renew-standing = نعم، يبقى
renew-done = تمّ الأمر
renew-remove = إزالته
renew-take-back = سحبه

## تغيير

edit = تغييره
edit-title = تغيير هذا المنشور
edit-promised = وعد به: { $names }. إن غيّرت الوقت أو المكان سُئلوا هل ما زال مناسبًا، وإلى أن يقولوا نعم قد يتقدّم غيرهم. أما الكلمات فتغييرها حرّ.
edit-save = احفظ التغيير
edit-cancel = اتركه كما كان
yes-again = نعم، ما زال مناسبًا
withdraw-cannot = لا، لا أستطيع

## ما جرى

history = ما جرى حتى الآن
undo = تراجع
post-same = نشر { $author } الشيء نفسه:
post-mine-times = متى
promise-time-gone = موعد لم يعد فيه
withdraw-times = من أي مواعيد؟

## شكر

thanks = شكرًا
thank = قل شكرًا
thank-change = غيّر شكري
thank-text = جملة لـ { $names }
thank-who = من يقرؤها؟
thank-circle = كل من في الدائرة
thank-alone = { $name } وأنا فقط
thanks-alone = إلى { $name }؛ لا يقرؤها إلا الاثنان
thank-missing = اكتب جملة من فضلك.
thank-go = قلها

## Writing a post

new-need-what = ماذا تحتاج؟
new-offer-what = ماذا تعرض؟
new-title-missing = اكتب في سطر واحد ما الأمر.
new-place = أين تقريبًا؟
new-place-hint = زاوية أو تقاطع أو حي. لا تكتب عنوانك: يأتي فيما بعد، ولمن سيحضر وحده.
new-detail = ماذا ينبغي أن يعرف الناس أيضًا؟
new-detail-offer = ماذا ينبغي أن يعرف الناس أيضًا؟
when-question = متى؟
when-day = اليوم
when-any = أي وقت
when-other = يوم آخر…
when-date = التاريخ
when-date-wrong = اكتبه هكذا من فضلك: 2027-02-14.
when-from = من
when-to = إلى
when-time-wrong = اكتب ساعة من فضلك، مثل 9:20.
when-order = ينتهي قبل أن يبدأ.
when-choose = اختر يومًا
when-day-missing = اختر يومًا من فضلك.
when-add = موعد آخر
when-remove = إزالة
when-number = الموعد { $number }
new-until-wrong = اكتبه هكذا من فضلك: 2026-12-24.
repeat-question = هل يتكرر؟
repeat-once = لا، هذه المرة فقط
repeat-day = كل يوم
repeat-week = كل أسبوع
repeat-fortnight = كل أسبوعين
repeat-month = كل شهر، في التاريخ نفسه
repeat-other = كما هو الآن
repeat-days = في أي أيام؟
repeat-ends = إلى متى؟
repeat-ends-never = حتى أنهيه
repeat-ends-count = عدد من المرات
repeat-ends-day = حتى يوم معيّن
repeat-count = كم مرة في المجموع؟
repeat-last = ما آخر يوم؟
private-title = يبدو أن هذا خاص
private-hint = سيقرأ هذا كل من في الدائرة. العنوان والهاتف يمكن قولهما لاحقًا لمن يأتي وحده. ويمكن أيضًا نشره كما هو.

## Close

close-need = انتهى الأمر
close-offer = سحب هذا العرض
close-title = كيف انتهى الأمر؟
close-title-offer = هل تسحب هذا العرض؟
close-how = كيف انتهى
close-met = تمّ الأمر
close-not-needed = لم تعد إليه حاجة
close-withdrawn = لم أعد أستطيع تقديمه
close-duplicate = منشور آخر يقول الشيء نفسه
close-which = أي منشور؟
close-choose = اختيار منشور
close-no-other = لا يوجد منشور آخر من هذا النوع.
close-after = يراه كل من وعد ويصبح في حلّ. والحواسيب البعيدة تعلم به عندما تعود قريبة.
close-yes = نعم، إنهاؤه
close-no = لا، تركه
forget-this = نسيان هذا
forget-title = هل تريد نسيانه نهائيًا؟
forget-yes = نعم، نسيانه
forget-at-once = فورًا، بكلمات الاستعادة الخاصة بي
forget-at-once-hint = من دونها يُبقيه كل جهاز مخفيًا أسبوعًا قبل ألا يبقى منه شيء.
forget-no = الاحتفاظ به
back-words = كلمات الاستعادة الـ 24 الخاصة بك
back-words-hint = من ورقتك، بترتيبها، وبينها مسافات.

## Safe keeping

looks-language = اللغة
looks-language-partly = جزئيًا؛ والباقي بالإنجليزية
looks-language-now = الصفحة الآن بالعربية.

## Who might help whom

who-might-title = من يمكنه أن يساعد
who-might-hint = أنت وحدك ترى هذا، ولا يُخبَر به أحد. يمكنك أن تسألهم.
pick = أضف
rota-title = من يمكنه أن يذهب ومتى؟
rota-hint = اقتراح لك وحدك، غيّره كما تشاء. يقول لك من تسأل: لا يذهب أحد إلا بوعد منه.
rota-who = من يمكنه أن يذهب، ولماذا
rota-keep = يبقى
rota-keep-who = يبقى: { $name }، { $when }
rota-not = ليس حينها
rota-not-who = ليس حينها: { $name }، { $when }
rota-place = شخص آخر…
rota-place-when = شخص آخر: { $when }
rota-covered = مُغطّى بالفعل.
rota-anew = ابدأ من جديد

## Leaving

leave = مغادرة هذه الدائرة
