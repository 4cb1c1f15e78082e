### لماذا يناسب شخصٌ طلبًا: أسباب قصيرة، عدة منها في سطر واحد.

## عن الوقت والمكان

because-free = { $day } { $part }
because-free-in-part = جزء من { $day } { $part }
because-free-for-some = وقتك حرّ لعدد { $fits } من { $of } من الأوقات
because-near = على بُعد { $minutes } دقيقة
because-same-area = المنطقة نفسها

## عمّا لدى شخص وما يعرفه ويتكلمه

because-you-have = لديك: { $thing }
because-they-have = لديه: { $thing }
because-you-can = مهارتك: { $skill }
because-they-can = مهارة: { $skill }
because-you-speak = تتكلم { $language }
because-they-speak = يتكلم { $language }
because-both-speak = كلاكما يتكلم { $language }

## عمّا يحبه شخص وما يُظهره

because-you-like = تحب أن تفعل هذا
because-they-give-some = لديه بعض الوقت لهذا
because-they-give-some-on = لديه بعض الوقت لهذا يوم { $day }
because-they-give-plenty = لديه وقت كثير لهذا
because-they-give-plenty-on = لديه وقت كثير لهذا يوم { $day }
because-they-offer = يعرض: { $post }
because-you-long-since = أسابيع منذ آخر مساعدة منك: { $weeks }
because-they-long-since = أسابيع منذ آخر مساعدة منه: { $weeks }

## الأيام وأجزاؤها

weekday-monday = الاثنين
weekday-tuesday = الثلاثاء
weekday-wednesday = الأربعاء
weekday-thursday = الخميس
weekday-friday = الجمعة
weekday-saturday = السبت
weekday-sunday = الأحد
day-part-morning = صباحًا
day-part-afternoon = بعد الظهر
day-part-evening = مساءً
day-part-night = ليلًا

## لماذا يقف شخص في جدول مقترح

rota-pinned = { $helper }: أنت وضعته هنا.
rota-pinned-over = { $helper }: أنت وضعته هنا، مع أن هذا أكثر مما قال إنه يستطيع.
rota-pinned-elsewhere = { $helper }: أنت وضعته هنا، مع أنه في مكان آخر في ذلك الوقت.
rota-most-room = { $helper }: من بين { $of } يستطيعون، لديه أكثر وقت باقٍ.
rota-nobody-else = { $helper }: لا أحد غيره يستطيع.
rota-missing-nobody-free = ما زال ينقص: { $missing }. لا أحد غيرهم حرّ حينها.
rota-missing-all-full = ما زال ينقص: { $missing }. الآخرون الأحرار حينها لديهم ما يكفي.
