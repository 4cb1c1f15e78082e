//! What `docs/vectors.json` says of the network, for the tests of what it is about.

/// A value by its name.
pub(crate) fn of(name: &str) -> &'static str {
    let all = include_str!("../../../docs/vectors.json");
    let (_, network) = all.split_once("\"network\": {").unwrap();
    let (_, value) = network.split_once(&format!("\"{name}\": \"")).unwrap();
    value.split('"').next().unwrap()
}

/// A value that is bytes.
pub(crate) fn bytes<const LENGTH: usize>(name: &str) -> [u8; LENGTH] {
    data_encoding::HEXLOWER.decode(of(name).as_bytes()).unwrap().try_into().unwrap()
}
