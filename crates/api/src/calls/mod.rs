//! Every call: its arguments, its name, and what comes back.

use ts_rs::Config;

/// One of [`all`].
#[derive(Debug, Clone, Copy)]
pub struct CallInfo {
    /// [`crate::Call::NAME`].
    pub name: &'static str,
    /// The TypeScript name of its arguments.
    pub args: fn(&Config) -> String,
    /// The TypeScript name of its reply.
    pub reply: fn(&Config) -> String,
}

macro_rules! calls {
    ($($(#[$doc:meta])* $name:literal $args:ident -> $reply:ident { $($(#[$field_doc:meta])* $field:ident: $type:ty,)* })*) => {
        $(
            $(#[$doc])*
            #[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
            #[serde(default, deny_unknown_fields)]
            #[ts(optional_fields)]
            pub struct $args { $($(#[$field_doc])* pub $field: $type,)* }

            impl crate::Call for $args {
                const NAME: &'static str = $name;
                type Reply = $reply;
            }
        )*

        pub(super) const CALLS: &[super::CallInfo] = &[$(
            super::CallInfo { name: $name, args: <$args as TS>::name, reply: <$reply as TS>::name },
        )*];

        pub(super) fn visit(visitor: &mut impl ts_rs::TypeVisitor) {
            $(
                visitor.visit::<$args>();
                visitor.visit::<$reply>();
            )*
        }
    };
}

mod carrying;
mod circle;
mod keeping;
mod machines;
mod me;
mod notes;
mod post;
mod today;

pub use self::{carrying::*, circle::*, keeping::*, machines::*, me::*, notes::*, post::*, today::*};

/// Every call, by what it is about.
pub fn all() -> impl Iterator<Item = &'static CallInfo> {
    let all = [
        circle::CALLS,
        today::CALLS,
        post::CALLS,
        notes::CALLS,
        me::CALLS,
        carrying::CALLS,
        machines::CALLS,
        keeping::CALLS,
    ];
    all.into_iter().flatten()
}

pub(crate) fn visit(visitor: &mut impl ts_rs::TypeVisitor) {
    circle::visit(visitor);
    today::visit(visitor);
    post::visit(visitor);
    notes::visit(visitor);
    me::visit(visitor);
    carrying::visit(visitor);
    machines::visit(visitor);
    keeping::visit(visitor);
}
