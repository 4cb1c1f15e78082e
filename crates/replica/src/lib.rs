//! A member's Automerge document: schema, reader, writer, generations, and the gate
