//! What kind of help a post is about: the list shipped with the program (mutual-aid, *Categories*).

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

/// The text names no category.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is no category")]
pub struct UnknownCategory(pub String);

macro_rules! categories {
    ($($name:ident $slug:literal),* $(,)?) => {
        /// What kind of help. The screens name them; documents hold the slug.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        #[allow(missing_docs)] // the names are the words of the list
        pub enum Category { $($name),* }

        impl Category {
            /// Every category, in the order in which lists show them.
            pub const ALL: &[Self] = &[$(Self::$name),*];

            /// The word that documents and the command line use.
            #[must_use]
            pub const fn slug(self) -> &'static str {
                match self { $(Self::$name => $slug),* }
            }
        }
    };
}

categories! {
    FoodMeal "food-meal", FoodGrocery "food-grocery", Errand "errand", Medicine "medicine", Ride "ride",
    Child "child", Elder "elder", Pet "pet", CheckIn "check-in", Chore "chore", Repair "repair",
    Goods "goods", Lend "lend", Tech "tech", Language "language", Paperwork "paperwork", Money "money",
    Room "room", Learn "learn", Group "group",
}

impl FromStr for Category {
    type Err = UnknownCategory;

    fn from_str(text: &str) -> Result<Self, UnknownCategory> {
        Self::ALL.iter().copied().find(|c| c.slug() == text).ok_or_else(|| UnknownCategory(text.to_owned()))
    }
}

impl TryFrom<String> for Category {
    type Error = UnknownCategory;
    fn try_from(text: String) -> Result<Self, UnknownCategory> {
        text.parse()
    }
}

impl From<Category> for String {
    fn from(category: Category) -> Self {
        category.slug().to_owned()
    }
}

impl fmt::Display for Category {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.slug())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs_there_and_back() {
        for category in Category::ALL {
            assert_eq!(category.slug().parse(), Ok(*category));
        }
        assert_eq!("food".parse::<Category>(), Err(UnknownCategory("food".into())));
    }
}
