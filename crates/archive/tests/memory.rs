//! Memory does not grow with the backup. A process of its own, since it reads its own peak.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may stop at a surprise")]
#![cfg(target_os = "linux")]

mod story;

use closeknit_archive::ArchiveError;
use closeknit_ids::ActorId;
use story::*;

/// The most memory that this process ever had, in KiB.
fn peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
    line.trim().trim_end_matches(" kB").parse().unwrap()
}

/// Writes and reads generations of 1,000 changes of 1 KiB and a document of 1 MiB each.
fn write_and_read(mib: u32) {
    let generations = mib / 2;
    let shelf = Shelf::new();
    let document = vec![7; 1024 * 1024];
    let written = shelf
        .write(|bag| {
            for generation in 0..generations {
                bag.document(MILLRACE, ROSA, generation, &document)?;
                for seq in 0..1_000 {
                    bag.change(ActorId([1; 16]), seq, &[7; 1024])?;
                }
            }
            Ok(())
        })
        .unwrap();
    assert!(written.size > u64::from(generations) * 2_000_000);
    let mut changes = 0;
    let mut backup = shelf.open().unwrap();
    backup
        .items(&mut on, |_| {
            changes += 1;
            Ok::<_, ArchiveError>(())
        })
        .unwrap();
    assert_eq!(changes, generations * 1_000);
    println!("{} MiB: peak {} KiB", written.size >> 20, peak());
}

/// `CLOSEKNIT_BACKUP_MIB=2048` tries the size that the design names.
#[test]
fn a_large_backup_takes_no_more_memory_than_a_small_one() {
    let mib = std::env::var("CLOSEKNIT_BACKUP_MIB").map_or(20, |mib| mib.parse().unwrap());
    write_and_read(4);
    let small = peak();
    write_and_read(mib);
    // The list of files is held in memory up to 16 MiB, in a buffer that doubles as it grows.
    let list = u64::from(mib.min(128)) * 512 * 250 / 1024 * 2;
    assert!(peak() < small + list + 1024, "{small} KiB, then {} KiB", peak());
    assert!(peak() < 64 * 1024, "{} KiB", peak());
}
