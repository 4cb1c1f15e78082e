//! The same work for each of many, shared among the processors: what only looks at bytes needs no engine.

use std::{sync::LazyLock, thread};

/// Asked for once: the system reads several files to answer.
static PROCESSORS: LazyLock<usize> = LazyLock::new(|| thread::available_parallelism().map_or(1, usize::from));

/// Does it for each, and gives the results in their order. Fewer than `few` are not worth a thread.
pub(super) fn each<T: Send, R: Send>(items: Vec<T>, few: usize, work: impl Fn(T) -> R + Sync) -> Vec<R> {
    let threads = (items.len() / few).min(*PROCESSORS);
    if threads < 2 {
        return items.into_iter().map(work).collect();
    }
    let share = items.len().div_ceil(threads);
    let mut items = items.into_iter();
    let own: Vec<T> = items.by_ref().take(share).collect();
    thread::scope(|scope| {
        let work = &work;
        let mut others = Vec::new();
        while items.len() > 0 {
            let share: Vec<T> = items.by_ref().take(share).collect();
            others.push(scope.spawn(move || share.into_iter().map(work).collect::<Vec<_>>()));
        }
        let mut done: Vec<R> = own.into_iter().map(work).collect();
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
        for (many, few) in
            [0, 1, 2, 3, 31, 32, 63, 64, 65, 1_000].into_iter().flat_map(|many| [(many, 1), (many, 32)])
        {
            let numbers: Vec<usize> = (0..many).collect();
            let doubled: Vec<usize> = numbers.iter().map(|number| number * 2).collect();
            assert_eq!(each(numbers, few, |number| number * 2), doubled);
        }
    }
}
