//! Run-length columns, read run by run. Nothing is expanded before its length is known.

use crate::reader::Reader;

/// The column is not well formed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Broken;

/// A value as a column holds it.
pub(crate) trait Value<'a>: Copy {
    fn read(reader: &mut Reader<'a>) -> Option<Self>;
}

impl Value<'_> for u64 {
    fn read(reader: &mut Reader<'_>) -> Option<Self> {
        reader.unsigned()
    }
}

impl Value<'_> for i64 {
    fn read(reader: &mut Reader<'_>) -> Option<Self> {
        reader.signed()
    }
}

impl<'a> Value<'a> for &'a [u8] {
    fn read(reader: &mut Reader<'a>) -> Option<Self> {
        reader.prefixed()
    }
}

/// The runs of a column: how often, and what (nothing stands for null).
#[derive(Debug, Clone)]
pub(crate) struct Runs<'a> {
    reader: Reader<'a>,
    literals: u64,
}

impl<'a> Runs<'a> {
    pub(crate) const fn new(column: &'a [u8]) -> Self {
        Self { reader: Reader::new(column), literals: 0 }
    }

    pub(crate) fn next<V: Value<'a>>(&mut self) -> Result<Option<(u64, Option<V>)>, Broken> {
        if self.literals == 0 {
            if self.reader.is_empty() {
                return Ok(None);
            }
            match self.reader.signed().ok_or(Broken)? {
                0 => {
                    let nulls = self.reader.unsigned().filter(|count| *count > 0).ok_or(Broken)?;
                    return Ok(Some((nulls, None)));
                }
                count if count > 0 => {
                    let value = V::read(&mut self.reader).ok_or(Broken)?;
                    return Ok(Some((count.unsigned_abs(), Some(value))));
                }
                literals => self.literals = literals.unsigned_abs(),
            }
        }
        let value = V::read(&mut self.reader).ok_or(Broken)?;
        self.literals = self.literals.saturating_sub(1);
        Ok(Some((1, Some(value))))
    }

    /// The sum of `weight` over all rows, and how many rows there are.
    pub(crate) fn sum<V: Value<'a>>(column: &'a [u8], weight: impl Fn(V) -> u64) -> Result<Sum, Broken> {
        let mut runs = Self::new(column);
        let mut sum = Sum::default();
        while let Some((count, value)) = runs.next()? {
            sum.rows = sum.rows.checked_add(count).ok_or(Broken)?;
            let weight = value.map_or(0, &weight).checked_mul(count).ok_or(Broken)?;
            sum.weight = sum.weight.checked_add(weight).ok_or(Broken)?;
        }
        Ok(sum)
    }

    pub(crate) fn rows<V: Value<'a>>(column: &'a [u8]) -> Result<u64, Broken> {
        Self::sum(column, |_: V| 0).map(|sum| sum.rows)
    }
}

/// What a column comes to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Sum {
    pub(crate) rows: u64,
    pub(crate) weight: u64,
}

/// Rows of a boolean column: runs of false and true take turns.
pub(crate) fn boolean_rows(column: &[u8]) -> Result<u64, Broken> {
    let mut reader = Reader::new(column);
    let mut rows: u64 = 0;
    while !reader.is_empty() {
        rows = reader.unsigned().and_then(|count| rows.checked_add(count)).ok_or(Broken)?;
    }
    Ok(rows)
}

/// The rows of a column one by one; nulls for ever after its end. Whoever asks has counted them.
#[derive(Debug, Clone)]
pub(crate) struct Rows<'a, V> {
    runs: Runs<'a>,
    run: (u64, Option<V>),
}

impl<'a, V: Value<'a>> Rows<'a, V> {
    pub(crate) const fn new(column: &'a [u8]) -> Self {
        Self { runs: Runs::new(column), run: (0, None) }
    }

    pub(crate) fn next(&mut self) -> Result<Option<V>, Broken> {
        if self.run.0 == 0 {
            self.run = self.runs.next()?.unwrap_or((1, None));
        }
        self.run.0 -= 1;
        Ok(self.run.1)
    }
}

/// The rows of a column of differences, added up.
#[derive(Debug, Clone)]
pub(crate) struct Deltas<'a> {
    rows: Rows<'a, i64>,
    at: i64,
}

impl<'a> Deltas<'a> {
    pub(crate) const fn new(column: &'a [u8]) -> Self {
        Self { rows: Rows::new(column), at: 0 }
    }

    pub(crate) fn next(&mut self) -> Result<Option<i64>, Broken> {
        let Some(step) = self.rows.next()? else { return Ok(None) };
        self.at = self.at.checked_add(step).ok_or(Broken)?;
        Ok(Some(self.at))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_literals_and_nulls() {
        // Three times 7, the literals 1 and 2, two nulls.
        let column = [3, 7, 0x7e, 1, 2, 0, 2];
        assert_eq!(Runs::sum(&column, |v: u64| v), Ok(Sum { rows: 7, weight: 24 }));
        let mut rows = Rows::<u64>::new(&column);
        let read: Vec<_> = (0..9).map(|_| rows.next().unwrap()).collect();
        assert_eq!(
            read,
            [Some(7), Some(7), Some(7), Some(1), Some(2), None, None, None, None],
            "and nulls after the end"
        );
        let mut deltas = Deltas::new(&[2, 5, 0, 1, 0x7f, 0x7f]);
        let read: Vec<_> = (0..4).map(|_| deltas.next().unwrap()).collect();
        assert_eq!(read, [Some(5), Some(10), None, Some(9)]);
    }

    #[test]
    fn a_run_is_counted_and_not_expanded() {
        let bomb = [0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0xc0, 0x00, 1];
        assert_eq!(Runs::rows::<u64>(&bomb), Ok(1 << 62));
        assert_eq!(Runs::sum(&bomb, |_: u64| 4), Err(Broken), "sums that overflow are broken");
    }

    #[test]
    fn cut_columns_are_broken() {
        assert_eq!(Runs::rows::<u64>(&[3]), Err(Broken));
        assert_eq!(Runs::rows::<u64>(&[0x7e, 1]), Err(Broken));
        assert_eq!(Runs::rows::<u64>(&[0, 0]), Err(Broken));
        assert_eq!(boolean_rows(&[2, 0x80]), Err(Broken));
        assert_eq!(boolean_rows(&[0, 5, 2]), Ok(7));
    }
}
