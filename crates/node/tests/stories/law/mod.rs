//! export(restore(b)) = b: whatever a circle went through, a backup of what was brought back from a backup
//! carries the same, but for the new machine's own enrolment.

mod generated;

use std::{cell::Cell, collections::BTreeSet, env, fs::File, ops::ControlFlow, path::Path};

use closeknit_api::{Call, Request, Response, calls};
use closeknit_archive::{ArchiveError, DocumentName, Item, OpenWith};
use closeknit_ids::{CircleId, MemberId};
use closeknit_node::{Engine, Moment};
use closeknit_trust::statement::{Body, Statement};
use rand::{SeedableRng as _, rngs::StdRng};

use self::generated::Generated;

/// Everything signed that is in a backup, each where it stands.
#[derive(Debug, Default, PartialEq, Eq)]
struct Payload {
    circles: Vec<(CircleId, String, MemberId)>,
    statements: BTreeSet<Vec<u8>>,
    tips: BTreeSet<Vec<u8>>,
    changes: BTreeSet<(DocumentName, Vec<u8>)>,
}

impl Payload {
    fn of(path: &Path, generated: &Generated) -> Self {
        let mut go_on = |_| ControlFlow::Continue(());
        let with = [generated.words().identity()];
        let opened =
            closeknit_archive::open(File::open(path).unwrap(), OpenWith::Identities(&with), &mut go_on);
        let mut backup = opened.unwrap();
        let circles = &backup.info().about.circles;
        let circles = circles.iter().map(|info| (info.circle, info.name.clone(), info.member)).collect();
        let mut payload = Self { circles, ..Self::default() };
        let taken = backup.items(&mut go_on, |item| {
            match item {
                Item::Statement { bytes, .. } => payload.statements.insert(bytes),
                Item::Tip { bytes } => payload.tips.insert(bytes),
                Item::Change { of, bytes } => payload.changes.insert((of, bytes)),
            };
            Ok::<_, ArchiveError>(())
        });
        taken.unwrap();
        payload
    }
}

fn ask<C: Call>(engine: &mut Engine, at: Moment, call: &C) -> C::Reply {
    match engine.call(at, &Request::of(call).unwrap()).0 {
        Response::Ok(reply) => serde_json::from_value(reply).unwrap(),
        Response::Error(error) => panic!("{}: {error:?}", C::NAME),
    }
}

/// Restores the backup of one generated circle on a new machine and backs that up.
fn check(seed: u64, directory: &Path) -> Generated {
    let mut rng = StdRng::seed_from_u64(seed);
    let generated = Generated::circle(&mut rng);
    let (first, second) = (directory.join("first"), directory.join("second"));
    generated.back_up(&first);
    let profile = directory.join("profile");
    let mut engine = Engine::open(&profile).unwrap();
    let at = Moment { now: "2026-11-24T11:00:00Z".parse().unwrap(), steady_ms: 0 };
    let words = Some(generated.words().phrase().to_string());
    let path = |path: &Path| path.display().to_string();
    let said = ask(&mut engine, at, &calls::RestoreBackup { path: path(&first), words, passphrase: None });
    assert_eq!(said.says.id, "backup-restored", "case {seed}: {said:?}");
    ask(&mut engine, at, &calls::WriteBackup { path: path(&second), passphrase: None });

    let (before, mut after) = (Payload::of(&first, &generated), Payload::of(&second, &generated));
    let new: Vec<_> = after.statements.difference(&before.statements).cloned().collect();
    assert_eq!(new.len(), 1, "case {seed}: this machine's enrolment");
    let enrol = Statement::parse(&new[0]).unwrap();
    assert!(matches!(enrol.body(), Body::Enrol(_)) && enrol.signed_by_member_key(), "case {seed}");
    after.statements.remove(&new[0]);
    assert!(before == after, "case {seed}: {}", difference(&before, &after));
    drop(engine);
    std::fs::remove_dir_all(&profile).unwrap();
    generated
}

fn difference(before: &Payload, after: &Payload) -> String {
    let lost = |what: &str, lost: usize, added: usize| format!("{what}: {lost} lost, {added} added; ");
    let of =
        |a: &BTreeSet<Vec<u8>>, b: &BTreeSet<Vec<u8>>| (a.difference(b).count(), b.difference(a).count());
    let (statements, tips) = (of(&before.statements, &after.statements), of(&before.tips, &after.tips));
    let changes = (
        before.changes.difference(&after.changes).count(),
        after.changes.difference(&before.changes).count(),
    );
    [("statements", statements), ("tips", tips), ("changes", changes)]
        .map(|(what, (a, b))| lost(what, a, b))
        .concat()
}

/// `cargo app soak --cases` tries more.
#[test]
fn a_backup_of_what_was_brought_back_carries_the_same() {
    let cases = env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(1_000);
    let next = std::sync::atomic::AtomicU64::new(0);
    let work = || {
        let directory = closeknit_simulator::neighbourhood::directory("closeknit-law");
        let mut happened = generated::Happened::default();
        let done = Cell::new(0);
        loop {
            let seed = next.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
            if seed >= cases {
                return happened;
            }
            happened.add(check(seed, directory.path()).happened);
            done.set(done.get() + 1);
        }
    };
    let all = std::thread::scope(|scope| {
        let both = [(); 2].map(|()| scope.spawn(work));
        let mut all = generated::Happened::default();
        both.into_iter().for_each(|one| all.add(one.join().unwrap()));
        all
    });
    println!("{cases} circles: {all:?}");
    assert!(all.everything(), "never happened: {all:?}");
}
