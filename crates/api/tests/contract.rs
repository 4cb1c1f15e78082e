//! The TypeScript contract in the page is the one written here.

use std::{fs, path::Path};

use closeknit_api::{
    ErrorCode, Request,
    calls::{self, Board},
    typescript,
};

/// Writes the file anew and fails if it was not already so: run it once more and commit.
#[test]
fn the_page_has_this_contract() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../ui/src/host/contract.ts");
    let now = typescript();
    let before = fs::read_to_string(&path).unwrap_or_default();
    if before != now {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, &now).unwrap();
        panic!("ui/src/host/contract.ts was out of date; it is written anew, commit it");
    }
}

#[test]
fn names_are_used_once() {
    let mut names: Vec<_> = calls::all().map(|call| call.name).collect();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), calls::all().count());
    let mut codes: Vec<_> = ErrorCode::ALL.iter().map(|code| code.slug()).collect();
    codes.sort_unstable();
    codes.dedup();
    assert_eq!(codes.len(), ErrorCode::ALL.len());
}

#[test]
fn what_is_left_out_is_left_open_and_what_is_unknown_is_refused() {
    assert_eq!(serde_json::from_str::<Board>("{}").unwrap(), Board::default());
    assert!(serde_json::from_str::<Board>(r#"{"colour": "red"}"#).is_err());
    let request: Request = serde_json::from_str(r#"{"call": "status"}"#).unwrap();
    assert_eq!(request.call, "status");
}
