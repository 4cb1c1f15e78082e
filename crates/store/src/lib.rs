//! SQLite: the log, and the caches rebuilt from it
