-- Version 1. Ids are plain bytes; times are seconds since 1970.

-- Every table but the profile-wide settings hangs on a circle and goes with it.
CREATE TABLE circle (
  seq     INTEGER PRIMARY KEY,
  id      BLOB NOT NULL UNIQUE CHECK (length(id) = 32),
  draft   INTEGER NOT NULL CHECK (draft IN (0, 1)),
  name    TEXT NOT NULL,
  zone    TEXT NOT NULL,
  created INTEGER NOT NULL,
  became  BLOB REFERENCES circle (id) ON DELETE SET NULL CHECK (became IS NULL OR draft = 1)
) STRICT;

-- The log: what was signed, byte for byte, in the order of its arrival.

CREATE TABLE statement (
  seq    INTEGER PRIMARY KEY,
  circle BLOB NOT NULL REFERENCES circle (id) ON DELETE CASCADE,
  id     BLOB NOT NULL CHECK (length(id) = 32),
  bytes  BLOB NOT NULL,
  UNIQUE (circle, id)
) STRICT;

CREATE TABLE tip (
  seq        INTEGER PRIMARY KEY,
  circle     BLOB NOT NULL REFERENCES circle (id) ON DELETE CASCADE,
  doc        BLOB NOT NULL CHECK (length(doc) = 32),
  generation INTEGER NOT NULL CHECK (generation >= 0),
  device     BLOB NOT NULL CHECK (length(device) = 32),
  head       BLOB NOT NULL CHECK (length(head) = 32),
  bytes      BLOB NOT NULL,
  UNIQUE (circle, doc, generation, device, head)
) STRICT;

CREATE TABLE change (
  seq        INTEGER PRIMARY KEY,
  circle     BLOB NOT NULL REFERENCES circle (id) ON DELETE CASCADE,
  doc        BLOB NOT NULL CHECK (length(doc) = 32),
  generation INTEGER NOT NULL CHECK (generation >= 0),
  hash       BLOB NOT NULL CHECK (length(hash) = 32),
  actor      BLOB NOT NULL CHECK (length(actor) = 16),
  actor_seq  INTEGER NOT NULL CHECK (actor_seq >= 0),
  bytes      BLOB NOT NULL,
  UNIQUE (circle, doc, generation, hash)
) STRICT;

-- On the way in: not admitted yet, never read as part of a document.

CREATE TABLE staged (
  seq        INTEGER PRIMARY KEY,
  circle     BLOB NOT NULL REFERENCES circle (id) ON DELETE CASCADE,
  doc        BLOB NOT NULL CHECK (length(doc) = 32),
  generation INTEGER NOT NULL CHECK (generation >= 0),
  head       BLOB NOT NULL CHECK (length(head) = 32),
  hash       BLOB NOT NULL CHECK (length(hash) = 32),
  bytes      BLOB NOT NULL,
  UNIQUE (circle, doc, generation, head, hash)
) STRICT;

CREATE TABLE in_flight (
  circle   BLOB NOT NULL REFERENCES circle (id) ON DELETE CASCADE,
  doc      BLOB NOT NULL CHECK (length(doc) = 32),
  hash     BLOB NOT NULL CHECK (length(hash) = 32),
  attempts INTEGER NOT NULL CHECK (attempts > 0),
  PRIMARY KEY (circle, doc, hash)
) STRICT;

CREATE TABLE refused (
  circle  BLOB NOT NULL REFERENCES circle (id) ON DELETE CASCADE,
  doc     BLOB NOT NULL CHECK (length(doc) = 32),
  tip     BLOB NOT NULL CHECK (length(tip) = 32),
  version TEXT NOT NULL,
  reason  TEXT NOT NULL,
  PRIMARY KEY (circle, doc, tip, version)
) STRICT;

CREATE TABLE quarantined (
  circle  BLOB NOT NULL REFERENCES circle (id) ON DELETE CASCADE,
  doc     BLOB NOT NULL CHECK (length(doc) = 32),
  hash    BLOB NOT NULL CHECK (length(hash) = 32),
  version TEXT NOT NULL,
  reason  TEXT NOT NULL,
  PRIMARY KEY (circle, doc, hash)
) STRICT;

-- A cache of the documents: what the screens read.

CREATE TABLE record (
  seq     INTEGER PRIMARY KEY,
  circle  BLOB NOT NULL REFERENCES circle (id) ON DELETE CASCADE,
  member  BLOB NOT NULL CHECK (length(member) = 32),
  kind    TEXT NOT NULL,
  record  BLOB NOT NULL CHECK (length(record) = 16),
  body    BLOB NOT NULL,
  changed INTEGER NOT NULL,
  UNIQUE (circle, member, kind, record)
) STRICT;

-- What only this machine knows.

CREATE TABLE setting (
  seq    INTEGER PRIMARY KEY,
  circle BLOB REFERENCES circle (id) ON DELETE CASCADE,
  key    TEXT NOT NULL,
  value  BLOB NOT NULL
) STRICT;
CREATE UNIQUE INDEX setting_key ON setting (ifnull(circle, x''), key);

CREATE TABLE address (
  seq            INTEGER PRIMARY KEY,
  circle         BLOB NOT NULL REFERENCES circle (id) ON DELETE CASCADE,
  device         BLOB NOT NULL CHECK (length(device) = 32),
  address        TEXT NOT NULL,
  last_seen      INTEGER NOT NULL,
  last_exchange  INTEGER,
  UNIQUE (circle, device, address)
) STRICT;

CREATE TABLE invitation (
  seq       INTEGER PRIMARY KEY,
  circle    BLOB NOT NULL REFERENCES circle (id) ON DELETE CASCADE,
  id        BLOB NOT NULL CHECK (length(id) = 32),
  secret    BLOB NOT NULL,
  uses_left INTEGER NOT NULL CHECK (uses_left >= 0),
  expires   INTEGER NOT NULL,
  UNIQUE (circle, id)
) STRICT;
