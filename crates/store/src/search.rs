//! Finding records by their words.

use closeknit_ids::{CircleId, MemberId, RecordId};

use crate::{
    Durability, Store, StoreError, View,
    store::column::{id16, id32},
};

/// Of a longer search only so many words count.
const MOST_WORDS: usize = 16;
/// Of a longer word only so many letters.
const MOST_LETTERS: usize = 64;

impl View<'_> {
    /// The records of a circle that have a word beginning like each of those in `typed`, in whatever case and
    /// with whatever accents. `None` if there is no word in it.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub fn found(
        &self,
        circle: CircleId,
        typed: &str,
    ) -> Result<Option<Vec<(MemberId, RecordId)>>, StoreError> {
        let query = query(typed);
        if query.is_empty() {
            return Ok(None);
        }
        let found = self.all(
            "SELECT record.member, record.record FROM found JOIN record ON record.seq = found.rowid
             WHERE found MATCH ?1 AND record.circle = ?2",
            (query, circle.as_bytes()),
            |row| Ok((MemberId(id32(row, 0)?), RecordId(id16(row, 1)?))),
        )?;
        Ok(Some(found))
    }
}

impl Store {
    /// Puts the words of at most so many records that wait into the index, and says whether some wait still.
    /// [`View::found`] finds only what is in it.
    ///
    /// # Errors
    /// If the index cannot be written; the words wait on.
    pub fn index_words(&mut self, most: u32) -> Result<bool, StoreError> {
        let waiting = |view: View<'_>, most| {
            view.all("SELECT seq FROM unindexed LIMIT ?1", [most], |row| row.get::<_, i64>(0))
        };
        let due = waiting(self.view(), most)?;
        if due.is_empty() {
            return Ok(false);
        }
        self.write(Durability::Normal, |batch| {
            for seq in due {
                batch.run(
                    "INSERT INTO found (rowid, words) SELECT seq, words FROM record WHERE seq = ?1",
                    [seq],
                )?;
                batch.run("DELETE FROM unindexed WHERE seq = ?1", [seq])?;
            }
            Ok::<_, StoreError>(())
        })?;
        Ok(!waiting(self.view(), 1)?.is_empty())
    }

    /// Makes the index anew if it is not as it was written, and says whether it was not. [`Store::open`] does
    /// not look: of a large circle that takes longer than all else.
    ///
    /// # Errors
    /// If the rows themselves cannot be read, or the index not be written.
    pub fn mend_search(&mut self) -> Result<bool, StoreError> {
        self.index_words(u32::MAX)?;
        let look = "INSERT INTO found (found) VALUES ('integrity-check')";
        match self.write(Durability::Normal, |batch| batch.run(look, [])) {
            Err(StoreError::Damaged(_)) => {}
            looked => return looked.map(|_| false),
        }
        self.write(Durability::Full, |batch| {
            batch.run("INSERT INTO found (found) VALUES ('rebuild')", [])?;
            batch.run("DELETE FROM unindexed", [])
        })?;
        Ok(true)
    }
}

/// What was typed as the index understands it: each word quoted, so that nothing in it is more than a word.
fn query(typed: &str) -> String {
    let words = typed.split_whitespace().filter(|word| word.chars().any(char::is_alphanumeric));
    let quoted = words.take(MOST_WORDS).map(|word| {
        let letters: String = word.chars().filter(|letter| !letter.is_control()).take(MOST_LETTERS).collect();
        format!("\"{}\"*", letters.replace('"', " "))
    });
    quoted.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_typed_is_words_and_nothing_else() {
        assert_eq!(query("  eye  clin "), "\"eye\"* \"clin\"*");
        assert_eq!(query("words : * \" - ("), "\"words\"*");
        assert_eq!(query("a\"b NOT"), "\"a b\"* \"NOT\"*");
        assert_eq!(query("nul\0l"), "\"null\"*");
        assert_eq!(query(" … !"), "");
        assert_eq!(query(&"w ".repeat(99)).matches('w').count(), MOST_WORDS);
        assert_eq!(query(&"w".repeat(999)).len(), MOST_LETTERS + 3);
    }
}
