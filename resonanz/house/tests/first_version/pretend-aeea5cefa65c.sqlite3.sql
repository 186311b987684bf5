BEGIN TRANSACTION;
CREATE TABLE done (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL,
    target TEXT NOT NULL,
    at TEXT NOT NULL,
    UNIQUE (kind, target)
);
INSERT INTO "done" VALUES(1,'favourite','zimt-bodo','2026-11-22T08:38:08.304038+00:00');
CREATE TABLE said (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    key TEXT NOT NULL UNIQUE,
    at TEXT NOT NULL,
    text TEXT NOT NULL,
    audience TEXT NOT NULL,
    warning TEXT NOT NULL,
    language TEXT NOT NULL,
    answers TEXT NOT NULL
);
INSERT INTO "said" VALUES(1,'9f21b97e-cdde-4d56-b230-5d1b194102bc','2026-11-22T08:38:08.249787+00:00','@bodo@muehlwinkel.example Thank you, we look into it (0).

— Alice','public','','en','zimt-bodo');
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('said',1);
INSERT INTO "sqlite_sequence" VALUES('done',1);
COMMIT;
