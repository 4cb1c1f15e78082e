//! The page itself, carried inside the program.

use axum::{
    extract::Path,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};

include!(concat!(env!("OUT_DIR"), "/files.rs"));

const NOT_BUILT: &str = "<!doctype html><title>Closeknit</title>\
    <p>This program was built without its page. Build the page (npm run build in ui), then the program again.";

const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; \
    connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

pub(crate) async fn index() -> Response {
    file(Path("index.html".into())).await
}

pub(crate) async fn file(Path(path): Path<String>) -> Response {
    let found = FILES.iter().find(|(name, _, _)| name.strip_prefix('/') == Some(path.as_str()));
    match found {
        Some((_, media, content)) => answer(StatusCode::OK, media, content),
        None if path == "index.html" => {
            answer(StatusCode::OK, "text/html; charset=utf-8", NOT_BUILT.as_bytes())
        }
        None => answer(StatusCode::NOT_FOUND, "text/plain", b"not here"),
    }
}

fn answer(status: StatusCode, media: &'static str, content: &'static [u8]) -> Response {
    let headers = [
        (header::CONTENT_TYPE, media),
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::CACHE_CONTROL, "no-store"),
    ];
    (status, headers, content).into_response()
}
