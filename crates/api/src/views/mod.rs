//! What comes back: everything that is shown, decided.

macro_rules! views {
    ($($(#[$doc:meta])* struct $name:ident { $($(#[$field_doc:meta])* $field:ident: $type:ty,)* })*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
        pub struct $name { $($(#[$field_doc])* pub $field: $type,)* }
    )*};
}

macro_rules! words {
    ($($(#[$doc:meta])* enum $name:ident { $($(#[$word_doc:meta])* $word:ident,)* })*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
        #[serde(rename_all = "kebab-case")]
        pub enum $name { $($(#[$word_doc])* $word,)* }
    )*};
}

mod carrying;
mod choice;
mod circle;
mod keeping;
mod machines;
mod me;
mod near;
mod notes;
mod post;
mod today;

pub use carrying::*;
pub use choice::*;
pub use circle::*;
pub use keeping::*;
pub use machines::*;
pub use me::*;
pub use near::*;
pub use notes::*;
pub use post::*;
pub use today::*;
