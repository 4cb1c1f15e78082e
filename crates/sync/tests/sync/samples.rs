//! One frame of every kind, with something in every field.

use closeknit_ids::{ActorId, DeviceId, DocId, StatementId};
use closeknit_sync::{
    Buckets, Entry, Outdated, Piece, Position, Root, ShortDigest, Version,
    join::{Ask, Bytes, JoinMessage, Refusal, Welcome},
    message::{
        Clock, DocumentAnswers, DocumentAsk, DocumentAsks, DocumentEntries, DocumentOffers, Hello, Ids,
        Listed, Message, Proof, StatementIds, StatementPage, Statements, Summary, Verdict, Writer,
    },
};

fn buckets() -> Buckets {
    let numbers: Vec<u8> = (0..2048_u32).map(|n| u8::try_from(n * 7 % 251).unwrap()).collect();
    let length = postcard::to_stdvec(&numbers.len()).unwrap();
    postcard::from_bytes(&[length, numbers].concat()).unwrap()
}

fn sums() -> ShortDigest {
    let numbers: Vec<u8> = (0..768_u32).map(|n| u8::try_from(n * 7 % 251).unwrap()).collect();
    postcard::from_bytes(&postcard::to_stdvec(&(300_u32, numbers)).unwrap()).unwrap()
}

fn root(n: u8) -> Root {
    postcard::from_bytes(&[n; 16]).unwrap()
}

/// What machines of one circle say to each other.
pub(crate) fn messages() -> Vec<(&'static str, Message)> {
    let id = |n: u8| StatementId([n; 32]);
    let entry = |n: u8| Entry { doc: DocId([n; 32]), generation: 300, version: Version([4; 16]) };
    let at = Position { actor: ActorId([5; 16]), seq: 300, hash: [6; 8] };
    let piece = |changes: Vec<Vec<u8>>, more: bool| Piece {
        doc: DocId([3; 32]),
        generation: 1,
        version: Version([4; 16]),
        tips: vec![vec![7; 90], vec![8; 91]],
        changes,
        more,
    };
    let statements = |more: bool| Statements { statements: vec![vec![8; 200], vec![9; 20]], more };
    let ids = Ids { ids: vec![id(1), id(2)], more: true };
    vec![
        ("hello", Message::Hello(Hello { lowest: 1, highest: 1 })),
        ("proof", Message::Proof(Proof { chain: vec![vec![1; 100], vec![2; 200]] })),
        ("summary", Message::Summary(Summary { number: 200, statements: root(1), documents: Some(root(2)) })),
        (
            "summary-of-statements",
            Message::Summary(Summary { number: 1, statements: root(1), documents: None }),
        ),
        ("clock", Message::Clock(Clock { seconds: 1_795_518_000 })),
        ("writer", Message::Writer(Writer { device: DeviceId([3; 32]) })),
        ("verdict", Message::Verdict(Verdict { of: 200, equal: true })),
        ("statement-digest", Message::StatementDigest(buckets())),
        ("statement-sums", Message::StatementSums(sums())),
        (
            "statement-ids",
            Message::StatementIds(StatementIds { buckets: vec![0, 9], ids: vec![id(0), id(9)], more: false }),
        ),
        ("statement-offers", Message::StatementOffers(ids.clone())),
        ("statement-wants", Message::StatementWants(ids)),
        ("statements", Message::Statements(statements(true))),
        (
            "statement-page",
            Message::StatementPage(StatementPage { statements: vec![vec![8; 200]], more: true }),
        ),
        (
            "statement-page-deflated",
            Message::StatementPage(StatementPage { statements: vec![vec![8; 200]; 9], more: false }),
        ),
        ("statements-next", Message::StatementsNext(())),
        ("statement-news", Message::StatementNews(statements(false))),
        ("document-digest", Message::DocumentDigest(buckets())),
        ("document-sums", Message::DocumentSums(sums())),
        (
            "document-entries",
            Message::DocumentEntries(DocumentEntries {
                buckets: vec![2, 3],
                entries: vec![
                    Listed { entry: entry(2), reached: Some(vec![at, Position { seq: 1, ..at }]) },
                    Listed { entry: entry(3), reached: None },
                ],
                more: false,
            }),
        ),
        (
            "document-offers",
            Message::DocumentOffers(DocumentOffers { entries: vec![entry(3), entry(4)], more: true }),
        ),
        (
            "document-ask",
            Message::DocumentAsk(DocumentAsk { doc: DocId([3; 32]), generation: 300, reached: vec![at] }),
        ),
        ("document-answer", Message::DocumentAnswer(piece(vec![vec![9; 40], vec![1; 30]], false))),
        ("document-answer-deflated", Message::DocumentAnswer(piece(vec![vec![9; 2_000], vec![1; 30]], true))),
        ("document-news", Message::DocumentNews(piece(vec![vec![9; 100]], false))),
        (
            "document-asks",
            Message::DocumentAsks(DocumentAsks {
                asks: vec![
                    DocumentAsk { doc: DocId([3; 32]), generation: 300, reached: vec![at] },
                    DocumentAsk { doc: DocId([4; 32]), generation: 0, reached: Vec::new() },
                ],
            }),
        ),
        (
            "document-answers",
            Message::DocumentAnswers(DocumentAnswers { pieces: vec![piece(vec![vec![9; 40]], false)] }),
        ),
        (
            "document-answers-deflated",
            Message::DocumentAnswers(DocumentAnswers { pieces: vec![piece(vec![vec![9; 2_000]], false); 3] }),
        ),
    ]
}

/// What a newcomer and an inviter say to each other.
pub(crate) fn join_messages() -> Vec<(&'static str, JoinMessage)> {
    vec![
        ("join-hello", JoinMessage::Hello(Hello { lowest: 1, highest: 300 })),
        ("join-ask", JoinMessage::Ask(Ask { proof: vec![1; 130], about: b"Sam".to_vec() })),
        ("join-welcome", JoinMessage::Welcome(Welcome { about: b"Rosa".to_vec(), commitment: [2; 32] })),
        ("join-commitment", JoinMessage::Commitment([3; 32])),
        ("join-nonce", JoinMessage::Nonce([4; 32])),
        ("join-confirmed", JoinMessage::Confirmed(())),
        ("join-offer", JoinMessage::Offer(Bytes(vec![5; 200]))),
        ("join-signature", JoinMessage::Signature(Bytes(vec![6; 64]))),
        ("join-circle", JoinMessage::Circle(Bytes(vec![7; 200]))),
        ("join-enrol", JoinMessage::Enrol(Bytes(vec![8; 200]))),
        (
            "join-statements",
            JoinMessage::Statements(Statements { statements: vec![vec![9; 200]], more: true }),
        ),
        ("join-next", JoinMessage::Next(())),
        ("join-done", JoinMessage::Done(())),
        ("join-refusal", JoinMessage::Refusal(Refusal::Expired)),
        ("join-refusal-version", JoinMessage::Refusal(Refusal::Version(Outdated::There))),
        ("join-refusal-later", JoinMessage::Refusal(Refusal::Other(300))),
    ]
}
