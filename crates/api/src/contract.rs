//! The contract as TypeScript.

use std::{any::TypeId, collections::BTreeMap};

use ts_rs::{Config, TS, TypeVisitor};

use crate::{ApiError, Tag, calls};

/// Gathers the declaration of every type that the calls reach.
struct Gather<'a> {
    config: &'a Config,
    seen: BTreeMap<TypeId, ()>,
    declarations: BTreeMap<String, String>,
}

impl TypeVisitor for Gather<'_> {
    fn visit<T: TS + 'static + ?Sized>(&mut self) {
        if self.seen.insert(TypeId::of::<T>(), ()).is_some() {
            return;
        }
        // Only types of our own have a file of their own; strings and lists are written in place.
        if T::output_path().is_some() {
            let docs = T::docs().unwrap_or_default();
            self.declarations
                .insert(T::name(self.config), format!("{docs}export {}\n", T::decl(self.config)));
        }
        T::visit_dependencies(self);
    }
}

/// `ui/src/host/contract.ts`: all types, the map of calls, the tags.
#[must_use]
pub fn typescript() -> String {
    let config = Config::new().with_large_int("number");
    let mut gather = Gather { config: &config, seen: BTreeMap::new(), declarations: BTreeMap::new() };
    calls::visit(&mut gather);
    gather.visit::<ApiError>();
    gather.visit::<Tag>();
    let mut out = String::from(
        "// Written by `cargo test -p closeknit-api` from crates/api. Do not edit: change the contract there.\n\n",
    );
    for declaration in gather.declarations.values() {
        out.push_str(declaration);
        out.push('\n');
    }
    out.push_str("/** Every call: what it takes and what comes back. */\nexport interface Calls {\n");
    for call in calls::all() {
        out.push_str(&format!(
            "  \"{}\": {{ args: {}; reply: {} }};\n",
            call.name,
            (call.args)(&config),
            (call.reply)(&config)
        ));
    }
    out.push_str("}\n");
    out
}
