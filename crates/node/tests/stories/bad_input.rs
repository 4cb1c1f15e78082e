//! What cannot be is refused with a reason that a face can say, and changes nothing.

use closeknit_api::{
    ErrorCode, Request, Value, calls,
    views::{Closing, MemberKind, Verdict},
};
use closeknit_node::{Engine, Moment};

use closeknit_simulator::neighbourhood::Neighbourhood;

fn post(title: &str) -> calls::Post {
    calls::Post { category: "ride".into(), title: title.into(), ..calls::Post::default() }
}

#[test]
fn a_post_that_cannot_be_is_refused_and_nothing_is_written() {
    let mut street = Neighbourhood::new();
    let alice = street.person("alice");
    street.starts(alice, "Millrace");
    let when = |when: &str| calls::Post { when: Some(when.into()), ..post("Lift") };
    let times = |times: &[&str]| Some(times.iter().map(|time| (*time).to_owned()).collect());
    let from_to =
        |from: &str, to: &str| calls::Post { from: Some(from.into()), to: Some(to.into()), ..post("Lift") };
    let cases = [
        (post(&"x".repeat(10_240)), ErrorCode::BadInput, ("reason", "too-long")),
        (post(" \n "), ErrorCode::BadInput, ("reason", "empty")),
        (post("two\u{0}lines"), ErrorCode::BadInput, ("reason", "control")),
        (
            calls::Post { detail: Some("x".repeat(10_240)), ..post("Lift") },
            ErrorCode::BadInput,
            ("field", "detail"),
        ),
        (
            calls::Post { place: Some("x".repeat(10_240)), ..post("Lift") },
            ErrorCode::BadInput,
            ("field", "place"),
        ),
        (calls::Post { want: Some(0), ..post("Lift") }, ErrorCode::BadInput, ("field", "want")),
        (calls::Post { want: Some(60_000), ..post("Lift") }, ErrorCode::BadInput, ("field", "want")),
        (
            calls::Post { person: Some("Mum".into()), ..post("Lift") },
            ErrorCode::BadInput,
            ("field", "consent"),
        ),
        (
            calls::Post { category: "rides".into(), ..post("Lift") },
            ErrorCode::UnknownCategory,
            ("given", "rides"),
        ),
        (calls::Post { category: String::new(), ..post("Lift") }, ErrorCode::UnknownCategory, ("given", "")),
        (when("2026-11-26T12:30/2026-11-26T09:20"), ErrorCode::EndsBeforeItBegins, ("", "")),
        (from_to("2026-11-26T12:30", "2026-11-26T09:20"), ErrorCode::EndsBeforeItBegins, ("", "")),
        (when("when the cows come home"), ErrorCode::BadTime, ("given", "when the cows come home")),
        (from_to("2026-02-31T09:00", "2026-02-31T10:00"), ErrorCode::BadTime, ("", "")),
        (calls::Post { from: Some("2026-11-26T09:20".into()), ..post("Lift") }, ErrorCode::BadTime, ("", "")),
        (
            calls::Post { times: times(&["2026-11-26T09:00/2026-11-26T10:00", "soon"]), ..post("Lift") },
            ErrorCode::BadTime,
            ("given", "soon"),
        ),
        (
            calls::Post {
                times: times(&["2026-11-26T09:00/2026-11-26T10:00", "2026-11-26T09:00/2026-11-26T11:00"]),
                ..post("Lift")
            },
            ErrorCode::BadInput,
            ("reason", "twice"),
        ),
        (
            calls::Post { repeat: Some("now and then".into()), ..when("thursday 9-12") },
            ErrorCode::BadRepeat,
            ("given", "now and then"),
        ),
        (
            calls::Post { repeat: Some("daily".into()), ..post("Lift") },
            ErrorCode::BadInput,
            ("field", "when"),
        ),
        (calls::Post { lend_days: Some(400), ..post("Lift") }, ErrorCode::BadInput, ("field", "lend_days")),
        (calls::Post { until: Some("never".into()), ..post("Lift") }, ErrorCode::BadTime, ("given", "never")),
    ];
    let before = street.tell(alice, &calls::CountAll {});
    for (call, code, (name, value)) in cases {
        let error = street.refused(alice, &call);
        assert_eq!(error.code, code, "{call:?}: {error:?}");
        if !name.is_empty() {
            assert_eq!(error.values.get(name), Some(&Value::Text(value.into())), "{error:?}");
        }
    }
    assert_eq!(street.tell(alice, &calls::CountAll {}), before);
}

#[test]
fn a_profile_and_a_capacity_that_cannot_be_are_refused() {
    let mut street = Neighbourhood::new();
    let alice = street.person("alice");
    let start = |name: &str, circle: &str| calls::Start {
        name: name.into(),
        circle: circle.into(),
        ..Default::default()
    };
    assert_eq!(street.refusal(alice, &start("", "Millrace")), ErrorCode::BadInput);
    assert_eq!(street.refusal(alice, &start("alice", "")), ErrorCode::BadInput);
    let zone = calls::Start { zone: Some("Middle/Earth".into()), ..start("alice", "Millrace") };
    assert_eq!(street.refusal(alice, &zone), ErrorCode::BadTime);
    let kind = Some(MemberKind::Organisation);
    assert_eq!(
        street.refusal(alice, &calls::Start { kind, ..start("Food bank", "Millrace") }),
        ErrorCode::BadInput
    );
    assert_eq!(street.tell(alice, &calls::Status {}).circles.len(), 0, "no half circle is left");

    street.starts(alice, "Millrace");
    let before = street.tell(alice, &calls::Me {});
    let many = |n: usize| Some((0..n).map(|n| format!("skill {n}")).collect::<Vec<_>>());
    let category = |name: &str, times: usize| Some(vec![name.to_owned(); times]);
    let capacity = calls::Capacity::default;
    let profile = calls::Profile::default;
    assert_eq!(
        street.refusal(alice, &calls::Profile { name: Some(" ".into()), ..profile() }),
        ErrorCode::BadInput
    );
    assert_eq!(street.refusal(alice, &calls::Profile { skills: many(33), ..profile() }), ErrorCode::BadInput);
    assert_eq!(
        street.refusal(alice, &calls::Capacity { hours: Some(200), ..capacity() }),
        ErrorCode::BadInput
    );
    assert_eq!(
        street.refusal(alice, &calls::Capacity { can: category("rides", 1), ..capacity() }),
        ErrorCode::UnknownCategory
    );
    assert_eq!(
        street.refusal(alice, &calls::Capacity { resting_until: Some("soon".into()), ..capacity() }),
        ErrorCode::BadTime
    );
    assert_eq!(street.tell(alice, &calls::Me {}), before);

    // The same category over and over is that category.
    let many_times = calls::Capacity { can: category("ride", 20_000), ..capacity() };
    assert_eq!(street.tell(alice, &many_times).can, ["ride"]);
}

#[test]
fn what_is_not_ones_own_cannot_be_done_and_what_is_not_there_is_said_not_to_be() {
    let (mut street, people) = Neighbourhood::circle(&["alice", "bob", "carol"]);
    let (alice, bob, carol) = (people[0], people[1], people[2]);
    let need = street.needs(alice, "Lift to the eye clinic");
    let promised = street.promises(bob, &need).mine.unwrap();
    let before = street.tell(carol, &calls::CountAll {});
    let promise = |id: &str| calls::Promise { id: id.into(), ..Default::default() };
    let answer = calls::Answer { id: promised.clone(), verdict: Verdict::Accept, doorstep: None };
    let close = |id: &str| calls::Close { id: id.into(), how: Closing::Met, duplicate_of: None };
    assert_eq!(street.refusal(alice, &promise(&need)), ErrorCode::OwnPost);
    assert_eq!(street.refusal(carol, &answer), ErrorCode::NotYours);
    assert_eq!(street.refusal(carol, &close(&need)), ErrorCode::NotYours);
    assert_eq!(
        street.refusal(carol, &calls::Withdraw { id: promised.clone(), slots: None }),
        ErrorCode::NotYours
    );
    assert_eq!(street.refusal(bob, &promise("zz")), ErrorCode::NotFound);
    assert_eq!(street.refusal(bob, &promise("")), ErrorCode::NotFound);
    assert_eq!(
        street.refusal(bob, &calls::Promise { amount: Some(0), ..promise(&need) }),
        ErrorCode::BadInput
    );
    let long = calls::Answer { doorstep: Some("x".repeat(10_240)), ..answer };
    assert_eq!(street.refusal(alice, &long), ErrorCode::BadInput);
    assert_eq!(street.refusal(alice, &calls::Switch { circle: "Elsewhere".into() }), ErrorCode::NotFound);
    assert_eq!(street.refusal(alice, &calls::Know { address: "10.0.0.9:1".into() }), ErrorCode::BadInput);
    let nothing = calls::Confirm { id: "door-99".into(), yes: true };
    assert_eq!(street.refusal(alice, &nothing), ErrorCode::NotFound);
    let call = calls::Close { how: Closing::Duplicate, ..close(&need) };
    assert_eq!(street.refusal(alice, &call), ErrorCode::NotFound);
    let itself = calls::Close { duplicate_of: Some(need.clone()), ..call };
    assert_eq!(street.refusal(alice, &itself), ErrorCode::BadInput);
    assert_eq!(street.tell(carol, &calls::CountAll {}), before);
    street.all_equal(&people);

    // A short beginning is enough as long as it names one.
    let mut posts = vec![need];
    let first = |post: &String| post.chars().next();
    while posts.iter().filter(|post| first(post) == first(posts.last().unwrap())).count() < 2 {
        posts.push(street.needs(alice, "One more"));
    }
    let last = posts.last().unwrap();
    let error = street.refused(bob, &calls::Show { id: last.chars().take(1).collect() });
    assert_eq!(error.code, ErrorCode::Ambiguous);
    assert_eq!(street.shows(bob, &last.chars().take(12).collect::<String>()).card.id, *last);
    street.tell(alice, &close(last));
    let error = street.refused(bob, &promise(last));
    assert_eq!(error.code, ErrorCode::PostEnded);
    assert_eq!(error.values["title"], Value::Text("One more".into()));
}

#[test]
fn a_call_that_is_not_of_the_contract_is_refused() {
    let directory = tempfile::tempdir().unwrap();
    let mut engine = Engine::open(directory.path()).unwrap();
    let at = Moment { now: "2026-11-24T11:00:00Z".parse().unwrap(), steady_ms: 0 };
    for (call, args) in [
        ("fly", serde_json::json!({})),
        ("status", serde_json::json!({ "to": "the moon" })),
        ("start", serde_json::json!({ "name": 7 })),
    ] {
        let request = Request { call: call.into(), args, circle: None };
        let (response, outputs) = engine.call(at, &request);
        let closeknit_api::Response::Error(error) = response else { panic!("{call} was answered") };
        assert_eq!(error.code, ErrorCode::BadRequest, "{call}");
        assert!(outputs.is_empty());
    }
}

#[test]
fn a_document_that_is_full_says_so_and_keeps_what_it_has() {
    let (mut street, people) = Neighbourhood::circle(&["alice", "bob"]);
    let (alice, bob) = (people[0], people[1]);
    street.part_all();
    let detail = "🪜".repeat(2_000);
    let mut posted = 0;
    let error = loop {
        let call = calls::Post { detail: Some(detail.clone()), ..post(&format!("Need {posted}")) };
        match street.ask(alice, &call) {
            Ok(_) => posted += 1,
            Err(error) => break error,
        }
        assert!(posted < 1_000, "there is no end to it");
    };
    assert_eq!(error.code, ErrorCode::DocumentFull);
    // Shorter ones still fit, until none does.
    for characters in [1_000, 100, 1] {
        let detail = Some("🪜".repeat(characters));
        let shorter = calls::Post { detail, ..post("A shorter need") };
        while street.ask(alice, &shorter).is_ok() {
            posted += 1;
        }
    }
    // Nobody is stuck: bob comes forward, alice says yes and closes; only promising is too much.
    let need = street.ask(alice, &calls::Board::default()).unwrap().posts[0].id.clone();
    let bobs = street.needs(bob, "Two heavy bags");
    street.meet(&people);
    street.promises(bob, &need);
    let promise = street.promise_of(bob, alice, &need);
    let doorstep = Some("12 Mill Lane".to_owned());
    street.tell(alice, &calls::Answer { id: promise, doorstep, ..calls::Answer::default() });
    assert_eq!(street.refusal(alice, &post("One more")), ErrorCode::DocumentFull);
    let come_forward = calls::Promise { id: bobs, say: Some("x".repeat(400)), ..calls::Promise::default() };
    assert_eq!(street.refusal(alice, &come_forward), ErrorCode::DocumentFull);
    street.tell(alice, &calls::Close { id: need, ..calls::Close::default() });
    let (needs, others) = (posted + 1, 6);
    let records = street.tell(alice, &calls::CountAll {}).records;
    assert_eq!(records, posted + others, "two profiles, bob's need and promise, an answer, a closure");
    street.meet(&people);
    street.all_equal(&people);
    assert_eq!(street.tell(bob, &calls::Board::default()).total, needs);
}
