### ما يمكن أن يحمله كل شخص: له وحده، وما لدى الدائرة.

## قبل الوعد وبعده

carrying-would-be-over = بهذا يصير المجموع { $promised } من ساعاتك الـ{ $cap } هذا الأسبوع. يمكنك أن تعد به مع ذلك.
carrying-would-be-over-then = بهذا يصير المجموع { $promised } من ساعاتك الـ{ $cap } في أسبوع { $on }. يمكنك أن تعد به مع ذلك.
carrying-over = بهذا يصير المجموع { $promised } من ساعاتك الـ{ $cap } هذا الأسبوع.
carrying-over-then = بهذا يصير المجموع { $promised } من ساعاتك الـ{ $cap } في أسبوع { $on }.
carrying-release-unanswered = { $post }: لم يقل أحد نعم بعد. يعيد إليك من الساعات: { $hours }.
carrying-release-latest = { $post }: هذا آخر ما وعدت به. يعيد إليك من الساعات: { $hours }.
carrying-free = ساعاتك الحرة هذا الأسبوع: { $hours }.

## ما أعطاه كل شخص وما تلقّاه، له وحده

carrying-balance = في الأسابيع الأربعة الأخيرة: مرّات ساعدت فيها: { $helped }، ومرّات ساعدوك فيها: { $was_helped }.
carrying-balance-helped = في الأسابيع الأربعة الأخيرة: مرّات ساعدت فيها: { $helped }. يمكنك أن تطلب شيئًا أنت أيضًا.
carrying-balance-was-helped = في الأسابيع الأربعة الأخيرة: مرّات ساعدوك فيها: { $was_helped }. حسنٌ أنك طلبت.
carrying-balance-none = كانت الأسابيع الأربعة الأخيرة هادئة. لا بأس بذلك.

## ما لدى الدائرة

carrying-nobody = { $category }: لا أحد يوم { $days }.
carrying-nobody-yet = { $category }: لا أحد بعد.
carrying-several = { $category }: عدة جيران يوم { $days }.
