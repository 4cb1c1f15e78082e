use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{hours::Carried, record::CommitmentRef};

/// Why a promise cannot be weighed so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum WeightError {
    /// More than [`Weights::MOST_MINUTES`].
    #[error("a promise takes at most {} hours", Weights::MOST_MINUTES / 60)]
    TooLong,
    /// More than [`Weights::MOST`] promises.
    #[error("more than {} promises are weighed", Weights::MOST)]
    TooMany,
}

/// What single promises take, in minutes each time, where somebody knows better than the post says. For their
/// own machines only.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Vec<(CommitmentRef, u16)>", into = "Vec<(CommitmentRef, u16)>")]
pub struct Weights(BTreeMap<CommitmentRef, u16>);

impl Weights {
    /// The most promises.
    pub const MOST: usize = 1_000;
    /// The most that a promise can take at a time.
    pub const MOST_MINUTES: u16 = 100 * 60;

    /// Says what a promise takes; `None`: what its post says. It may take nothing.
    ///
    /// # Errors
    /// If it is too long, or too many are weighed.
    pub fn set(&mut self, promise: CommitmentRef, minutes: Option<u16>) -> Result<(), WeightError> {
        match minutes {
            None => {
                self.0.remove(&promise);
            }
            Some(minutes) if minutes > Self::MOST_MINUTES => return Err(WeightError::TooLong),
            Some(_) if self.0.len() == Self::MOST && !self.0.contains_key(&promise) => {
                return Err(WeightError::TooMany);
            }
            Some(minutes) => {
                self.0.insert(promise, minutes);
            }
        }
        Ok(())
    }

    /// What a promise takes, if it is weighed.
    #[must_use]
    pub fn get(&self, promise: CommitmentRef) -> Option<u16> {
        self.0.get(&promise).copied()
    }

    /// Forgets all promises but these.
    pub fn keep_only(&mut self, these: impl Fn(CommitmentRef) -> bool) {
        self.0.retain(|promise, _| these(*promise));
    }

    /// What somebody carries ([`crate::hours::carried`]), weighed their own way.
    #[must_use]
    pub fn weigh(&self, mut carried: Vec<Carried>) -> Vec<Carried> {
        for carried in &mut carried {
            if let Some(minutes) = self.get(carried.promise) {
                carried.minutes = minutes.into();
            }
        }
        carried
    }
}

impl TryFrom<Vec<(CommitmentRef, u16)>> for Weights {
    type Error = WeightError;
    fn try_from(list: Vec<(CommitmentRef, u16)>) -> Result<Self, WeightError> {
        let mut weights = Self::default();
        list.into_iter().try_for_each(|(promise, minutes)| weights.set(promise, Some(minutes)))?;
        Ok(weights)
    }
}

impl From<Weights> for Vec<(CommitmentRef, u16)> {
    fn from(weights: Weights) -> Self {
        weights.0.into_iter().collect()
    }
}
