//! The same work for each of many, shared among the processors: what only looks at bytes needs no engine.

use std::thread;

/// Fewer are done sooner than a thread is started for them.
const FEW: usize = 32;

/// Does it for each, and gives the results in their order.
pub(super) fn each<T: Sync, R: Send>(items: &[T], work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let threads = thread::available_parallelism().map_or(1, usize::from).min(items.len() / FEW);
    if threads < 2 {
        return items.iter().map(work).collect();
    }
    let share = items.len().div_ceil(threads);
    thread::scope(|scope| {
        let work = &work;
        let mut shares = items.chunks(share);
        let own = shares.next().unwrap_or_default();
        let others: Vec<_> =
            shares.map(|share| scope.spawn(move || share.iter().map(work).collect::<Vec<_>>())).collect();
        let mut done: Vec<R> = own.iter().map(work).collect();
        for other in others {
            done.extend(other.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
        }
        done
    })
}

#[cfg(test)]
mod tests {
    use super::each;

    #[test]
    fn results_come_in_order_of_however_many() {
        for many in [0, 1, 31, 32, 63, 64, 65, 1_000] {
            let numbers: Vec<usize> = (0..many).collect();
            let doubled: Vec<usize> = numbers.iter().map(|number| number * 2).collect();
            assert_eq!(each(&numbers, |number| number * 2), doubled);
        }
    }
}
