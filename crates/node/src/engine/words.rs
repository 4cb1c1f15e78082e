//! The recovery words: shown, asked back, and then forgotten here.

use closeknit_api::{ErrorCode, Tag, calls, views::WordsView};
use closeknit_store::Durability;
use rand_core::Rng as _;

use super::{
    Engine, Moment,
    failure::{Failure, Outcome},
    practice::Practice,
    settings,
};

/// So many words are asked back.
const ASKED: usize = 3;

impl Engine {
    pub(super) fn words(&mut self, _: Moment, _: &calls::Words) -> Outcome<WordsView> {
        let kept = settings::words_kept(self.store.view())?;
        let words = self.secrets.words().map(|words| words.phrase().split(' ').map(str::to_owned).collect());
        if self.asked_words.is_empty() {
            while self.asked_words.len() < ASKED {
                let number = u8::try_from(self.rng.next_u32() % 24).unwrap_or_default() + 1;
                if !self.asked_words.contains(&number) {
                    self.asked_words.push(number);
                }
            }
            self.asked_words.sort_unstable();
        }
        Ok(WordsView { words, ask: self.asked_words.clone(), kept })
    }

    /// The right three words show that the sheet exists. Then the profile forgets the words, unless
    /// a draft still needs them to begin its circle.
    pub(super) fn check_words(&mut self, at: Moment, call: &calls::CheckWords) -> Outcome<WordsView> {
        let Some(words) = self.secrets.words() else { return self.words(at, &calls::Words {}) };
        let phrase = words.phrase();
        let right: Vec<&str> = phrase.split(' ').collect();
        for (number, typed) in
            self.asked_words.iter().zip(call.words.iter().map(|word| word.trim().to_lowercase()))
        {
            let expected = right.get(usize::from(number.saturating_sub(1))).copied().unwrap_or_default();
            if typed != expected {
                return Err(Failure::new(ErrorCode::BadWords)
                    .with("reason", "unknown")
                    .with("number", number)
                    .with("word", typed));
            }
        }
        if self.asked_words.is_empty() || call.words.len() != self.asked_words.len() {
            return Err(Failure::new(ErrorCode::BadWords)
                .with("reason", "count")
                .with("found", call.words.len()));
        }
        let recipient = words.recipient();
        let practice = Practice::of(&right, at.now, &mut self.rng);
        self.store.write(Durability::Full, |batch| {
            settings::set_words_kept(batch)?;
            settings::set_practice(batch, &practice)?;
            settings::set_backup_recipient(batch, &recipient)
        })?;
        if !self.circles.values().any(super::circle::Circle::is_draft) {
            self.seal_before_words_go(at)?;
            self.forget_words()?;
        }
        self.asked_words.clear();
        self.tag(Tag::Status);
        self.words(at, &calls::Words {})
    }

    /// The words are on paper: from now on only this machine's own key opens things here.
    pub(super) fn forget_words(&mut self) -> Outcome<()> {
        self.secrets.forget_words(&self.directory)?;
        self.use_keys();
        Ok(())
    }

    /// Every circle opens with the keys that are here now.
    pub(super) fn use_keys(&mut self) {
        for (id, circle) in &mut self.circles {
            let nonce = settings::nonce(self.store.view(), *id).ok();
            circle.take_keys(self.secrets.identities(nonce.as_ref()));
        }
    }
}
