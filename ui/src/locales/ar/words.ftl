### Names of kinds and states, said by every face. The last part of each id is the word of the contract.

## Kinds of help

category-food-meal = وجبة مطبوخة
category-food-grocery = مشتريات البيت
category-errand = مشوار
category-medicine = أدوية
category-ride = توصيل بالسيارة
category-child = أطفال
category-elder = رعاية وصحبة
category-pet = حيوانات
category-check-in = زيارة أو مكالمة
category-chore = أعمال البيت
category-repair = تصليح ونقل أثاث
category-goods = أشياء تُعطى
category-lend = أشياء تُعار
category-tech = هاتف وحاسوب
category-language = لغات
category-paperwork = أوراق ورسائل
category-money = مال
category-room = مكان أو مبيت
category-learn = تعلّم
category-group = عمل جماعي

## Posts

kind-need = طلب
kind-offer = عرض

state-open = مفتوح
state-partly-covered = اكتمل بعضه
state-covered = اكتمل
state-asking = هل تمّ الأمر؟
state-met = تمّ الأمر
state-not-needed = لم تعد إليه حاجة
state-duplicate = مذكور في منشور آخر
state-expired = انتهى وقته

mode-turn-up = يكفي الحضور
mode-first = لأول عرض
mode-choose = الاختيار لصاحب المنشور

## Promises

promise-offered = معروض
promise-likely = على الأرجح
promise-going = سيحضر
promise-done = تمّ
promise-standing-by = احتياط
promise-declined = لا، شكرًا
promise-withdrawn = سُحب
promise-void = أُلغي
promise-check-again = يحتاج إلى تأكيد
promise-former-member = لم يعد في الدائرة

## Amounts

unit-helpers = { $count ->
    [zero] لا أحد
    [one] شخص واحد
    [two] شخصان
    [few] { $count } أشخاص
    [many] { $count } شخصًا
   *[other] { $count } شخص
}
unit-hours = { $count ->
    [zero] لا ساعات
    [one] ساعة واحدة
    [two] ساعتان
    [few] { $count } ساعات
    [many] { $count } ساعة
   *[other] { $count } ساعة
}
unit-items = { $count ->
    [zero] لا شيء
    [one] شيء واحد
    [two] شيئان
    [few] { $count } أشياء
    [many] { $count } شيئًا
   *[other] { $count } شيء
}

## Members

member-person = شخص
member-household = بيت
member-organisation = جمعية

## اللوحة

board-locked = { $count ->
    [zero] لا شيء مفتوح لغيرك وحدهم.
    [one] هناك طلب واحد آخر مفتوح لأشخاص غيرك وحدهم. جهازك يحفظه لهم ولا يستطيع قراءته.
    [two] هناك طلبان آخران مفتوحان لأشخاص غيرك وحدهم. جهازك يحفظهما لهم ولا يستطيع قراءتهما.
    [few] هناك { $count } طلبات أخرى مفتوحة لأشخاص غيرك وحدهم. جهازك يحفظها لهم ولا يستطيع قراءتها.
    [many] هناك { $count } طلبًا آخر مفتوحًا لأشخاص غيرك وحدهم. جهازك يحفظها لهم ولا يستطيع قراءتها.
   *[other] هناك { $count } طلب آخر مفتوحًا لأشخاص غيرك وحدهم. جهازك يحفظها لهم ولا يستطيع قراءتها.
}

## What a text gives away

private-phone = يبدو أن «{ $piece }» رقم هاتف.
private-email = يبدو أن «{ $piece }» بريد إلكتروني.
private-address = يبدو أن «{ $piece }» عنوان بيت.
private-identity = يبدو أن «{ $piece }» رقم بطاقة هوية.
private-account = يبدو أن «{ $piece }» رقم حساب مصرفي.
private-card = يبدو أن «{ $piece }» رقم بطاقة دفع.
private-number = يبدو أن «{ $piece }» رقم استمارة أو عقد.
private-link = «{ $piece }» رابط إلى صفحة على الشبكة.
