//! What stands on the disk, what it takes to open it, and locking.

use std::{
    collections::BTreeMap,
    fs,
    os::unix::fs::PermissionsExt as _,
    path::{Path, PathBuf},
    sync::{Arc, Mutex},
    time::Duration,
};

use closeknit_api::{
    ErrorCode, Request, Response, calls,
    views::{AtRestView, StatusView, Verdict},
};
use closeknit_ids::CircleId;
use closeknit_node::{Engine, Keychain, Moment, Openers, Vault};
use closeknit_store::{Batch, Durability, ProfileLock, Scope, Store};
use closeknit_trust::device::DeviceKeys;
use jiff::Timestamp;
use rand::{SeedableRng as _, rngs::StdRng};
use zeroize::Zeroizing;

use super::forgetting::needs_with_detail;
use closeknit_simulator::neighbourhood::{Neighbourhood, contains};

const CANARY: &str = "Canary Birdcage 3";
const PASSPHRASE: &str = "four candles and a ladder";
const PLAIN: &[u8] = include_bytes!("../../../store/tests/fixtures/version-1.db");

/// A keychain that can be taken away.
#[derive(Debug, Default)]
struct Pocket(Mutex<BTreeMap<String, Vec<u8>>>);

impl Keychain for Pocket {
    fn put(&self, name: &str, secret: &[u8]) -> Result<(), String> {
        self.0.lock().unwrap().insert(name.to_owned(), secret.to_vec());
        Ok(())
    }

    fn get(&self, name: &str) -> Result<Option<Zeroizing<Vec<u8>>>, String> {
        Ok(self.0.lock().unwrap().get(name).cloned().map(Zeroizing::new))
    }

    fn remove(&self, name: &str) -> Result<(), String> {
        self.0.lock().unwrap().remove(name);
        Ok(())
    }
}

/// Somebody alone with one profile.
struct Home {
    directory: tempfile::TempDir,
    keychain: Option<Arc<dyn Keychain>>,
}

impl Home {
    fn new(keychain: Option<Arc<dyn Keychain>>) -> Self {
        Self { directory: tempfile::tempdir().unwrap(), keychain }
    }

    fn profile(&self) -> PathBuf {
        self.directory.path().join("profile")
    }

    fn open(&self, passphrase: Option<&str>) -> Result<Engine, ErrorCode> {
        let openers = Openers { keychain: self.keychain.as_ref(), passphrase };
        Engine::open_with(&self.profile(), openers).map_err(|error| error.code)
    }

    fn files(&self) -> BTreeMap<PathBuf, Vec<u8>> {
        all_files(&self.profile()).into_iter().map(|path| (path.clone(), fs::read(path).unwrap())).collect()
    }
}

fn all_files(directory: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(directory).unwrap().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { all_files(&path) } else { vec![path] }).collect()
}

fn ask<C: closeknit_api::Call>(engine: &mut Engine, steady_ms: u64, call: &C) -> Result<C::Reply, ErrorCode> {
    let at = Moment { now: "2026-11-24T11:00:00Z".parse::<Timestamp>().unwrap(), steady_ms };
    match engine.call(at, &Request::of(call).unwrap()).0 {
        Response::Ok(value) => Ok(serde_json::from_value(value).unwrap()),
        Response::Error(error) => Err(error.code),
    }
}

fn tick(engine: &mut Engine, steady_ms: u64) {
    let now = "2026-11-24T11:00:00Z".parse().unwrap();
    engine.handle(Moment { now, steady_ms }, closeknit_node::Input::Tick);
}

fn starts(engine: &mut Engine) {
    let start = calls::Start { name: CANARY.into(), circle: "Millrace".into(), ..calls::Start::default() };
    ask(engine, 0, &start).unwrap();
}

fn set(passphrase: Option<&str>, before: Option<&str>) -> calls::SetPassphrase {
    calls::SetPassphrase { passphrase: passphrase.map(Into::into), before: before.map(Into::into) }
}

fn says(view: &AtRestView) -> Vec<&str> {
    view.says.iter().map(|says| says.id.as_str()).collect()
}

fn shown(status: &StatusView) -> usize {
    status.circles.len()
}

#[test]
fn nothing_of_a_life_can_be_read_in_any_file_of_the_profile() {
    let (mut street, people) = Neighbourhood::circle(&[CANARY, "bob"]);
    let (alice, bob) = (people[0], people[1]);
    let need = needs_with_detail(&mut street, alice, CANARY, CANARY);
    street.promises(bob, &need);
    let promise = street.promise_of(bob, alice, &need);
    let doorstep = Some(CANARY.into());
    street.tell(alice, &calls::Answer { id: promise, verdict: Verdict::Accept, doorstep });
    street.tell(alice, &calls::Capacity { free: Some(CANARY.into()), ..calls::Capacity::default() });
    street.tell(alice, &calls::Profile { area: Some(CANARY.into()), ..calls::Profile::default() });
    street.tell(bob, &calls::Board { search: Some(CANARY.into()), ..calls::Board::default() });
    street.all_equal(&[alice, bob]);
    let utf16: Vec<u8> = CANARY.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let pieces = [CANARY.to_lowercase(), "birdcage".into(), "millrace".into()];
    for switched_on in [true, false] {
        for person in [alice, bob] {
            assert!(street.holds_bytes(person, CANARY.as_bytes()), "else the test sees nothing");
            let profile = street.profile(person);
            let words = street.tell(person, &calls::Words {}).words.unwrap();
            for path in all_files(&profile) {
                let bytes = fs::read(&path).unwrap();
                assert!(!contains(&bytes, &utf16), "{}", path.display());
                let bytes = bytes.to_ascii_lowercase();
                for piece in &pieces {
                    assert!(!contains(&bytes, piece.as_bytes()), "{piece} in {}", path.display());
                }
                assert!(!contains(&bytes, words.join(" ").as_bytes()), "{}", path.display());
                let mode = fs::metadata(&path).unwrap().permissions().mode();
                assert_eq!(mode & 0o077, 0, "{} is for its owner alone", path.display());
            }
            assert_eq!(fs::metadata(&profile).unwrap().permissions().mode() & 0o777, 0o700);
            if !switched_on {
                continue;
            }
            street.finish(person);
            street.switch_on(person).unwrap();
        }
    }
}

/// A profile of before, with a start that stopped after each thing it does.
#[test]
fn a_profile_of_before_is_sealed_wherever_a_start_stops() {
    let device = DeviceKeys::generate(&mut StdRng::seed_from_u64(1));
    let words = [7_u8; 32];
    for done in 0..5 {
        let home = Home::new(None);
        let profile = home.profile();
        fs::create_dir(&profile).unwrap();
        fs::write(profile.join("closeknit.db"), PLAIN).unwrap();
        fs::write(profile.join("device.key"), &*device.to_bytes()).unwrap();
        fs::write(profile.join("recovery.key"), words).unwrap();
        let lock = ProfileLock::take(&profile).unwrap();
        if done > 0 {
            let vault = Vault::open(&lock, Openers::default(), &mut StdRng::seed_from_u64(1)).unwrap();
            if done > 1 {
                drop(Store::open(&lock, &vault.page_key()).unwrap());
            }
            if done > 2 {
                vault.device_keys(&profile).unwrap().unwrap();
            }
            if done > 3 {
                fs::write(profile.join("recovery.key.unfinished"), b"half").unwrap();
            }
        }
        drop(lock);
        // There is no member in the circle of that file: it is left out.
        drop(home.open(None).unwrap());

        let vault = Vault::of(&profile, Openers::default()).unwrap();
        assert_eq!(vault.device_keys(&profile).unwrap().unwrap().id(), device.id(), "after {done}");
        let mut store = Store::open(&ProfileLock::take(&profile).unwrap(), &vault.page_key()).unwrap();
        assert_eq!(store.view().circles().unwrap()[0].name, "Millrace");
        assert_eq!(store.view().setting(Scope::Profile, "key").unwrap().as_deref(), Some(&b"a value"[..]));
        let remove = |batch: &mut Batch<'_>| batch.remove_circle(CircleId([1; 32]));
        store.write(Durability::Full, remove).unwrap();
        drop(store);
        let secret = &device.to_bytes()[16..48];
        for (path, bytes) in home.files() {
            for piece in [b"Millrace", secret, &words[..]] {
                assert!(!contains(&bytes, piece), "after {done}: {}", path.display());
            }
        }
        let mut engine = home.open(None).unwrap();
        assert!(ask(&mut engine, 0, &calls::Words {}).unwrap().words.is_some(), "after {done}");
    }
}

#[test]
fn a_profile_whose_key_is_gone_is_never_begun_anew() {
    let pocket: Arc<dyn Keychain> = Arc::new(Pocket::default());
    for keychain in [None, Some(pocket)] {
        let mut home = Home::new(keychain);
        starts(&mut home.open(None).unwrap());
        let key = home.profile().join("page.key");
        let there = fs::read(&key).unwrap();
        let before = home.files();
        if home.keychain.take().is_none() {
            fs::remove_file(&key).unwrap();
        }
        for _ in 0..2 {
            assert_eq!(home.open(None).unwrap_err(), ErrorCode::KeyGone);
        }
        fs::write(&key, there).unwrap();
        assert_eq!(home.files(), before, "nothing was touched");
    }
    // With the key of another profile neither.
    let (home, other) = (Home::new(None), Home::new(None));
    starts(&mut home.open(None).unwrap());
    drop(other.open(None).unwrap());
    let key = fs::read(home.profile().join("page.key")).unwrap();
    fs::copy(other.profile().join("page.key"), home.profile().join("page.key")).unwrap();
    let before = home.files();
    assert_eq!(home.open(None).unwrap_err(), ErrorCode::KeyGone);
    assert_eq!(home.files(), before);
    fs::write(home.profile().join("page.key"), key).unwrap();
    home.open(None).unwrap();
}

#[test]
fn the_keychain_keeps_it_and_erasing_takes_it_out_again() {
    let pocket = Arc::new(Pocket::default());
    let home = Home::new(Some(Arc::clone(&pocket) as Arc<dyn Keychain>));
    let mut engine = home.open(None).unwrap();
    starts(&mut engine);
    assert_eq!(says(&ask(&mut engine, 0, &calls::AtRest {}).unwrap()), ["at-rest-keychain", "at-rest-words"]);
    drop(engine);
    let kept: Vec<_> = pocket.0.lock().unwrap().values().cloned().collect();
    assert_eq!(kept.len(), 1);
    for (path, bytes) in home.files() {
        assert!(!contains(&bytes, &kept[0]), "{}", path.display());
    }
    let mut engine = home.open(None).unwrap();
    ask(&mut engine, 0, &calls::Erase { name: "Millrace".into() }).unwrap();
    assert!(pocket.0.lock().unwrap().is_empty());
}

#[test]
fn under_a_passphrase_nothing_opens_without_it() {
    let pocket = Arc::new(Pocket::default());
    let home = Home::new(Some(Arc::clone(&pocket) as Arc<dyn Keychain>));
    let mut engine = home.open(None).unwrap();
    starts(&mut engine);
    assert_eq!(ask(&mut engine, 0, &calls::Lock {}).unwrap_err(), ErrorCode::NoPassphrase);
    assert_eq!(ask(&mut engine, 0, &set(Some("short"), None)).unwrap_err(), ErrorCode::BadInput);
    let view = ask(&mut engine, 0, &set(Some(PASSPHRASE), None)).unwrap();
    assert_eq!(says(&view), ["at-rest-passphrase", "at-rest-lost", "at-rest-words"]);
    assert!(pocket.0.lock().unwrap().is_empty(), "it stands nowhere else");
    drop(engine);

    assert_eq!(home.open(None).unwrap_err(), ErrorCode::Locked);
    assert_eq!(home.open(Some("five candles and a ladder")).unwrap_err(), ErrorCode::WrongPassphrase);
    let mut engine = home.open(Some(PASSPHRASE)).unwrap();
    assert_eq!(ask(&mut engine, 0, &set(None, None)).unwrap_err(), ErrorCode::WrongPassphrase);
    let view = ask(&mut engine, 0, &set(None, Some(PASSPHRASE))).unwrap();
    assert_eq!(says(&view), ["at-rest-keychain", "at-rest-words"]);
    drop(engine);
    assert_eq!(shown(&ask(&mut home.open(None).unwrap(), 0, &calls::Status {}).unwrap()), 1);
}

#[test]
fn it_locks_now_or_when_nobody_was_here_for_a_while() {
    const MINUTE: u64 = 60_000;
    let home = Home::new(None);
    let mut engine = home.open(None).unwrap();
    starts(&mut engine);
    tick(&mut engine, 100 * MINUTE);
    assert_eq!(shown(&ask(&mut engine, 100 * MINUTE, &calls::Status {}).unwrap()), 1, "no passphrase");
    ask(&mut engine, 100 * MINUTE, &set(Some(PASSPHRASE), None)).unwrap();
    ask(&mut engine, 100 * MINUTE, &calls::LockAfter { minutes: 5 }).unwrap();

    tick(&mut engine, 104 * MINUTE);
    ask(&mut engine, 104 * MINUTE, &calls::StillHere {}).unwrap();
    tick(&mut engine, 108 * MINUTE);
    // The page fetches what neighbours change, whether somebody looks or not.
    ask(&mut engine, 108 * MINUTE, &calls::Board::default()).unwrap();
    tick(&mut engine, 109 * MINUTE);
    let at = 109 * MINUTE;
    let status = ask(&mut engine, at, &calls::Status {}).unwrap();
    assert!(status.locked && status.circles.is_empty() && status.name.is_none());
    assert_eq!(ask(&mut engine, at, &calls::Board::default()).unwrap_err(), ErrorCode::Locked);
    assert_eq!(ask(&mut engine, at, &calls::Words {}).unwrap_err(), ErrorCode::Locked);
    assert_eq!(ask(&mut engine, at, &calls::WhatGoes {}).unwrap().name, "closeknit");

    let unlock = |passphrase: &str| calls::Unlock { passphrase: passphrase.into() };
    assert_eq!(ask(&mut engine, at, &unlock("something else")).unwrap_err(), ErrorCode::WrongPassphrase);
    assert_eq!(ask(&mut engine, at, &calls::Board::default()).unwrap_err(), ErrorCode::Locked);
    ask(&mut engine, at, &unlock(PASSPHRASE)).unwrap();
    assert_eq!(shown(&ask(&mut engine, at, &calls::Status {}).unwrap()), 1);
    ask(&mut engine, at, &calls::LockAfter { minutes: 0 }).unwrap();
    tick(&mut engine, at + Duration::from_secs(86_400).as_millis() as u64);
    assert!(ask(&mut engine, at, &calls::Board::default()).is_ok(), "never, if that is wished");
    ask(&mut engine, at, &calls::Lock {}).unwrap();
    assert_eq!(ask(&mut engine, at, &calls::Today {}).unwrap_err(), ErrorCode::Locked);
}
