//! What the member is told while they look elsewhere: by the desktop's own notifications, in fixed words.
//!
//! The desktop may show them on a locked screen and keep them in a list of its own, so they name nobody.

use closeknit_api::{Request, Response, Tag, calls, views::NoticesView};
use closeknit_node::Node;
use closeknit_say::{Language, Speaker};
use tauri::{AppHandle, Manager as _, async_runtime};
use tokio::sync::broadcast;
use tracing::info;

/// Fetches what there is to tell whenever there is something, and shows it unless the window is looked at.
pub(crate) async fn follow(app: AppHandle, node: Node) {
    let mut changes = node.changes();
    loop {
        match changes.recv().await {
            Ok(tags) if tags.contains(&Tag::Notice) => {}
            Ok(_) => continue,
            // One may have been missed.
            Err(broadcast::error::RecvError::Lagged(_)) => {}
            Err(broadcast::error::RecvError::Closed) => return,
        }
        let Some(told) = fetch(&node).await else { continue };
        let is_looked_at =
            app.get_webview_window("main").is_some_and(|window| window.is_focused().unwrap_or(false));
        if told.says.is_empty() || is_looked_at {
            continue;
        }
        let _ = async_runtime::spawn_blocking(move || show(&words(&told))).await;
    }
}

async fn fetch(node: &Node) -> Option<NoticesView> {
    match node.call(Request::of(&calls::Notices {}).ok()?).await {
        Response::Ok(value) => serde_json::from_value(value).ok(),
        Response::Error(_) => None,
    }
}

/// All of it, a line each, in the language of the machine.
fn words(told: &NoticesView) -> String {
    let speaker = Speaker::new(Language::of_the_machine(|name| std::env::var(name).ok()));
    told.says.iter().map(|says| speaker.phrase(says)).collect::<Vec<_>>().join("\n")
}

/// Asks the desktop to show it. Where nobody shows such things, the page does.
#[cfg(target_os = "linux")]
fn show(body: &str) {
    use std::collections::HashMap;

    use gio::glib::{Variant, prelude::ToVariant as _};

    const NAME: &str = "org.freedesktop.Notifications";
    const PATH: &str = "/org/freedesktop/Notifications";
    const PATIENCE_MS: i32 = 2_000;
    let (actions, hints): (Vec<String>, HashMap<String, Variant>) = Default::default();
    let notification =
        ("Closeknit", 0_u32, "closeknit", "Closeknit", body, actions, hints, -1_i32).to_variant();
    let shown = gio::bus_get_sync(gio::BusType::Session, gio::Cancellable::NONE).and_then(|bus| {
        let flags = gio::DBusCallFlags::NONE;
        let (to, none) = (Some(NAME), gio::Cancellable::NONE);
        bus.call_sync(to, PATH, NAME, "Notify", Some(&notification), None, flags, PATIENCE_MS, none)
    });
    if let Err(error) = shown {
        info!(%error, "no desktop that shows notices");
    }
}

/// Other systems are not asked yet: what there is to tell stands on the page.
#[cfg(not(target_os = "linux"))]
fn show(_: &str) {}

#[cfg(test)]
mod tests {
    use closeknit_api::Phrase;

    use super::*;

    #[test]
    fn what_is_told_is_in_words() {
        let says = ["told-asked", "told-accepted"].map(|id| Phrase::new(id).number("count", 1)).to_vec();
        let words = words(&NoticesView { says });
        assert_eq!(words.lines().count(), 2);
        assert!(!words.contains(['[', '{']), "{words}");
    }
}
