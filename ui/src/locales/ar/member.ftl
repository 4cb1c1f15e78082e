### What the member itself says: sentences decided by the engine (crates/node), said by every face.
### Only what the welcome, the board and a post show; the rest is said in English.

## At the door: somebody with an invitation of ours

door-compare = على الباب: { $name }. هل يظهر { $code } على شاشته أيضًا؟
door-waiting = وافقت على دخول { $name }. بانتظار موافقة الطرف الآخر…
door-joined = تمّ الدخول: { $name }.
door-refused-person = رفضت دخول { $name }. لم يُشارَك شيء.
door-refused-not-same = جواب { $name }: الرمزان مختلفان. لم يدخل أحد.
door-refused-busy = على الباب عدد كبير من الناس الآن.
door-refused-version = حاسوب { $name } عليه إصدار آخر من Closeknit. يجب تحديث الاثنين ثم المحاولة من جديد.
door-refused-not-a-voter = لم يدخل أحد: لا يمكن لجمعية أن تبدأ دائرة، ولا يُدخِل أحدًا إلا من له صوت فيها.
door-refused-left = غاب { $name } قبل الانتهاء.
door-refused-broken = لم يجب حاسوب { $name } كما ينبغي. لم يدخل أحد.
door-refused-used = حاول شخص الدخول بدعوة مستعملة. لم يدخل أحد.
door-refused-expired = حاول شخص الدخول بدعوة قديمة. لم يدخل أحد.
door-refused-wrong = حاول شخص الدخول بدعوة غير معروفة هنا. لم يدخل أحد.

## How far a post has come

audience-chosen = لا يقرأ هذا إلا { $names } وأنت.
delivery-draft = محفوظ على هذا الحاسوب. لا أحد غيرك في الدائرة بعد.
delivery-here = محفوظ على هذا الحاسوب. سيُشارَك عندما يكون أحد قريبًا.
delivery-sent = محفوظ هنا، وعلى { $count } على الأقل من الأجهزة الأخرى، وعددها { $all }.
delivery-seen = على { $count } على الأقل من الأجهزة الأخرى، وعددها { $all }. وصل إلى نظر { $names }.
delivery-seen-many = على { $count } على الأقل من الأجهزة الأخرى، وعددها { $all }. شاهده { $seen } على الأقل.
delivery-theirs = كاتب هذا { $name }؛ وقد وصل إلى هذا الحاسوب.

## Notices

notice-clock = يبدو أن ساعة هذا الحاسوب غير صحيحة: تقول حواسيب أخرى إن الوقت { $when }. لم يضِع شيء؛ الرجاء ضبط الساعة.
notice-database-set-aside = ملف سجلات دائرتك كان تالفًا. وُضع جانبًا في { $path } ولم يُحذف. { $saved ->
    [zero] لم تمكن قراءة شيء منه؛ الباقي يعود عندما يكون أحد الجيران قريبًا.
    [one] قُرئت منه قطعة واحدة وعادت؛ الباقي يعود عندما يكون أحد الجيران قريبًا.
    [two] قُرئت منه قطعتان وعادتا؛ الباقي يعود عندما يكون أحد الجيران قريبًا.
    [few] قُرئت منه { $saved } قطع وعادت؛ الباقي يعود عندما يكون أحد الجيران قريبًا.
    [many] قُرئت منه { $saved } قطعة وعادت؛ الباقي يعود عندما يكون أحد الجيران قريبًا.
   *[other] قُرئت منه { $saved } قطعة وعادت؛ الباقي يعود عندما يكون أحد الجيران قريبًا.
}
notice-no-network = لا شبكة: { $reason }. كل شيء يعمل على هذا الحاسوب؛ تبدأ المشاركة عندما تعود الشبكة ويُشغَّل Closeknit من جديد.
notice-skipped = { $count ->
    [zero] لا شيء من إصدار أحدث.
    [one] مدخل واحد من إصدار أحدث من Closeknit لا يمكن عرضه هنا. هو محفوظ.
    [two] مدخلان من إصدار أحدث من Closeknit لا يمكن عرضهما هنا. هما محفوظان.
    [few] { $count } مدخلات من إصدار أحدث من Closeknit لا يمكن عرضها هنا. هي محفوظة.
    [many] { $count } مدخلًا من إصدار أحدث من Closeknit لا يمكن عرضها هنا. هي محفوظة.
   *[other] { $count } مدخل من إصدار أحدث من Closeknit لا يمكن عرضها هنا. هي محفوظة.
}
notice-cloned = يبدو أن حاسوبين يستعملان النسخة نفسها من سجلاتك. لم يضِع شيء، لكن شغّل واحدًا منهما فقط.
notice-stopped = شيء مما كتبه { $name } لا تمكن قراءته بأمان، فتقف مدخلاته هناك حتى يواصل. لم يُمسّ شيء آخر.
notice-disk-full = القرص ممتلئ. ما حُفظ سليم، لكن لا يمكن حفظ شيء جديد أو استلامه. أفسح بعض المكان ثم واصل.
