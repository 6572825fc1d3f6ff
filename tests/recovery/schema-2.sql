-- Schema 2, written by tests/recovery/renew.py.
begin;
CREATE TABLE stories (
  id text primary key,
  title text not null,
  source_article_id text references articles(id) deferrable initially deferred,
  articles integer not null,
  first_published text,
  last_published text,
  retellings integer not null default 0
);
CREATE TABLE articles (
  id text primary key,
  story_id text references stories(id) deferrable initially deferred,
  document text not null,
  version integer not null,
  supersedes text references articles(id) deferrable initially deferred,
  title text not null,
  publisher text,
  url text,
  author text,
  published text,
  place text,
  wire text,
  language text,
  text text not null,
  sha256 text not null,
  words integer not null,
  sentences integer not null,
  role text not null check (role in ('source', 'retelling', 'follow_up', 'unrelated')),
  derived_from text references articles(id) deferrable initially deferred,
  derivation text check (derivation in ('wholly', 'partially', 'non')),
  path text not null,
  encoding text not null,
  provenance text not null,
  unique (document, version)
);
CREATE TABLE sentences (
  id text primary key,
  article_id text not null references articles(id) deferrable initially deferred,
  position integer not null,
  paragraph integer not null,
  kind text not null check (kind in ('headline', 'subheading', 'dateline', 'body', 'caption', 'credit', 'furniture')),
  text text not null,
  start integer not null,
  "end" integer not null,
  words integer not null,
  unique (article_id, position),
  check (0 <= start and start < "end")
);
CREATE TABLE entities (
  id text primary key,
  name text not null,
  type text not null,
  mentions integer not null,
  articles integer not null,
  spellings text not null,
  reason text
);
CREATE TABLE mentions (
  id text primary key,
  sentence_id text not null references sentences(id) deferrable initially deferred,
  article_id text not null references articles(id) deferrable initially deferred,
  entity_id text not null references entities(id) deferrable initially deferred,
  text text not null,
  start integer not null,
  "end" integer not null,
  type text not null,
  reason text
);
CREATE TABLE attributions (
  id text primary key,
  article_id text not null references articles(id) deferrable initially deferred,
  sentence_id text not null references sentences(id) deferrable initially deferred,
  kind text not null check (kind in ('direct', 'indirect', 'mixed')),
  source_text text,
  source_start integer,
  source_end integer,
  source_entity_id text references entities(id) deferrable initially deferred,
  source_type text not null check (source_type in
    ('named_person', 'unnamed_person', 'organisation', 'document', 'media', 'unknown')),
  cue text not null,
  cue_start integer not null,
  cue_end integer not null,
  content text not null,
  content_start integer not null,
  content_end integer not null,
  content_parts text not null,
  via_attribution_id text references attributions(id) deferrable initially deferred
);
CREATE TABLE derivations (
  id text primary key,
  source_article_id text not null references articles(id) deferrable initially deferred,
  article_id text not null references articles(id) deferrable initially deferred,
  score real not null check (score between 0 and 1),
  degree text not null check (degree in ('wholly', 'partially', 'non')),
  words_found real not null,
  longest_run integer not null,
  sentences_kept real not null,
  order_kept real not null,
  evidence text not null,
  suggestions integer not null default 0,
  unique (source_article_id, article_id)
);
CREATE TABLE changes (
  id text primary key,
  derivation_id text references derivations(id) deferrable initially deferred,
  source_article_id text not null references articles(id) deferrable initially deferred,
  article_id text not null references articles(id) deferrable initially deferred,
  position integer not null,
  operation text not null check (operation in ('kept', 'reworded', 'merged', 'split', 'dropped', 'added')),
  moved integer not null check (moved in (0, 1)),
  similarity real not null check (similarity between 0 and 1),
  source_text text,
  text text,
  source_start integer,
  source_end integer,
  start integer,
  "end" integer,
  source_parts text not null,
  parts text not null,
  retired integer not null default 0 check (retired in (0, 1)),
  -- What a reference to this row shows to people.
  summary text generated always as (operation || ': ' ||
    case when length(coalesce(text, source_text)) > 80 then substr(coalesce(text, source_text), 1, 79) || '…'
    else coalesce(text, source_text) end) virtual,
  suggestions integer not null default 0,
  check (source_start is not null or start is not null)
);
CREATE TABLE change_sentences (
  change_id text not null references changes(id) deferrable initially deferred,
  sentence_id text not null references sentences(id) deferrable initially deferred,
  side text not null check (side in ('source', 'article')),
  ordinal integer not null,
  primary key (change_id, side, ordinal)
);
CREATE TABLE suggestions (
  id text primary key,
  change_id text not null references changes(id) deferrable initially deferred,
  label text not null references labels(id) deferrable initially deferred,
  rule text not null,
  confidence real not null check (confidence between 0 and 1),
  source_start integer,
  source_end integer,
  start integer,
  "end" integer,
  before text,
  after text,
  explanation text not null
);
CREATE TABLE builds (
  id integer primary key,
  started text not null,
  finished text,
  retold_version text not null,
  inputs text not null,
  articles_read integer not null,
  articles_skipped integer not null,
  errors integer not null,
  settings text not null
);
CREATE TABLE build_errors (
  build_id integer not null references builds(id),
  path text not null,
  stage text not null,
  message text not null
);
CREATE TABLE counts (
  what text not null,
  key text not null,
  n integer not null,
  primary key (what, key)
) without rowid;
CREATE TABLE labels (
  id text primary key not null check (id glob '[a-z]*' and id not glob '*[^a-z0-9_]*'),
  name text not null,
  group_name text not null,
  definition text not null,
  use_when text not null,
  example text not null,
  maps_to text not null,
  version integer not null,
  ordinal integer not null
);
CREATE TABLE labels_shipped (
  id text primary key,
  content text not null
);
CREATE TABLE corrections (
  document text primary key not null check (document <> ''),
  title text not null default '',
  publisher text not null default '',
  author text not null default '',
  published text not null default '',
  url text not null default '',
  note text not null default ''
);
CREATE TABLE annotations (
  id text primary key,
  change_id text not null references changes(id) deferrable initially deferred,
  article_id text not null references articles(id) deferrable initially deferred,
  source_article_id text not null references articles(id) deferrable initially deferred,
  suggestion_id text,
  label text not null references labels(id) deferrable initially deferred,
  verdict text not null check (verdict in ('accepted', 'rejected', 'added')),
  source_start integer,
  source_end integer,
  start integer,
  "end" integer,
  before text,
  after text,
  severity integer check (severity between 1 and 3),
  certainty integer check (certainty between 1 and 3),
  comment text not null default '',
  annotator text not null,
  codebook_version integer not null,
  pass text not null default 'assisted' check (pass in ('blind', 'assisted')),
  withdrawn integer not null default 0 check (withdrawn in (0, 1)),
  orphaned integer not null default 0 check (orphaned in (0, 1)),
  revision integer not null default 1,
  created text not null,
  updated text not null
);
CREATE TABLE decisions (
  id text primary key,
  change_id text not null references changes(id) deferrable initially deferred,
  annotator text not null,
  status text not null check (status in ('done', 'skipped', 'flagged')),
  operation text check (operation in ('kept', 'reworded', 'merged', 'split', 'dropped', 'added')),
  comment text not null default '',
  withdrawn integer not null default 0 check (withdrawn in (0, 1)),
  orphaned integer not null default 0 check (orphaned in (0, 1)),
  revision integer not null default 1,
  created text not null,
  updated text not null,
  unique (change_id, annotator)
);
CREATE TABLE annotation_events (
  id integer primary key autoincrement,
  at text not null,
  actor text not null,
  action text not null,
  table_name text not null,
  row_id text not null,
  before text,
  after text
);
CREATE TABLE adjudications (
  id text not null unique,
  change_id text not null references changes(id) deferrable initially deferred,
  label text not null references labels(id) deferrable initially deferred,
  verdict text not null check (verdict in ('accepted', 'rejected')),
  adjudicator text not null,
  comment text not null default '',
  orphaned integer not null default 0 check (orphaned in (0, 1)),
  revision integer not null default 1,
  created text not null,
  updated text not null,
  primary key (change_id, label)
);
CREATE TABLE comments (
  id text primary key,
  change_id text not null references changes(id) deferrable initially deferred,
  parent_id text references comments(id) deferrable initially deferred,
  annotator text not null,
  text text not null,
  withdrawn integer not null default 0 check (withdrawn in (0, 1)),
  orphaned integer not null default 0 check (orphaned in (0, 1)),
  revision integer not null default 1,
  created text not null,
  updated text not null
);
CREATE TABLE realignments (
  id text primary key,
  source_article_id text not null references articles(id) deferrable initially deferred,
  article_id text not null references articles(id) deferrable initially deferred,
  annotator text not null,
  operation text not null check (operation in ('kept', 'reworded', 'merged', 'split', 'dropped', 'added')),
  source_parts text not null,
  parts text not null,
  replaces text not null,
  comment text not null default '',
  withdrawn integer not null default 0 check (withdrawn in (0, 1)),
  revision integer not null default 1,
  created text not null,
  updated text not null
);
CREATE TABLE assignments (
  id text primary key,
  annotator text not null,
  story_id text not null,
  pass text not null default 'assisted' check (pass in ('blind', 'assisted')),
  annotators_per_edge integer not null default 1 check (annotators_per_edge between 1 and 100),
  assigned_by text not null,
  withdrawn integer not null default 0 check (withdrawn in (0, 1)),
  revision integer not null default 1,
  created text not null,
  updated text not null,
  unique (annotator, story_id)
);
CREATE TABLE leases (
  change_id text primary key,
  annotator text not null,
  until text not null
);
CREATE TABLE authored_counts (
  what text not null,
  key text not null,
  n integer not null,
  primary key (what, key)
) without rowid;
CREATE VIRTUAL TABLE "sentences_fts" USING FTS5 (
    "text",
    tokenize='porter',
    content="sentences"
);
CREATE VIRTUAL TABLE "articles_fts" USING FTS5 (
    "title", "text",
    tokenize='porter',
    content="articles"
);
insert into stories ("id", "title", "source_article_id", "articles", "first_published", "last_published", "retellings") values ('s-272dc0808333', 'Harbour town closes its ferry after inspection finds cracked hull', 'ferry_wire-651afc04713a', 2, NULL, NULL, 1);
insert into articles ("id", "story_id", "document", "version", "supersedes", "title", "publisher", "url", "author", "published", "place", "wire", "language", "text", "sha256", "words", "sentences", "role", "derived_from", "derivation", "path", "encoding", "provenance") values ('ferry_courier-5f33e4d52010', 's-272dc0808333', 'stories/ferry_courier.txt', 1, NULL, 'Marlow Bay ferry closed', NULL, NULL, 'Jo Park', NULL, NULL, NULL, 'en', 'Home | News | Sport

Marlow Bay ferry closed

2 min read

By Jo Park, Courier staff

Marlow Bay closed its only ferry on Tuesday. An inspection had found a crack in the hull, Mayor Teresa Ito said.

What islanders say

“Unfair” is how baker Peter Lund described the closure. Islanders will have to travel by fishing boat until a replacement arrives.

What happens next

The Northern Grace carries about 1,200 passengers a day between Marlow Bay and the island of Skell, and it is the third ferry to be closed on this coast since 2019.

Ito said that passengers could not be put at risk.

Grace Lines, the owner of the ferry, declined to comment.

Subscribe to our newsletter for more stories like this.
Scroll to Top
', '22d33c7a5a67d12575f55670ee77f52737fd4cc31fe145a8a4c24c42b2209fdc', 127, 15, 'retelling', 'ferry_wire-651afc04713a', 'wholly', 'stories/ferry_courier.txt', 'utf-8', '{"author": "byline", "language": "detected", "title": "headline"}');
insert into articles ("id", "story_id", "document", "version", "supersedes", "title", "publisher", "url", "author", "published", "place", "wire", "language", "text", "sha256", "words", "sentences", "role", "derived_from", "derivation", "path", "encoding", "provenance") values ('ferry_wire-651afc04713a', 's-272dc0808333', 'stories/ferry_wire.txt', 1, NULL, 'Harbour town closes its ferry after inspection finds cracked hull', NULL, NULL, 'Anna Weiss', NULL, 'Marlow Bay', 'Reuters', 'en', 'Harbour town closes its ferry after inspection finds cracked hull

MARLOW BAY (Reuters) - The harbour town of Marlow Bay closed its only ferry on Tuesday after an inspection found a crack 48 centimetres long in the hull, Mayor Teresa Ito said.

The ferry, the Northern Grace, carries about 1,200 passengers a day between Marlow Bay and the island of Skell.

“We cannot put a single passenger at risk, and we will not reopen until the hull has been replaced,” Ito told reporters outside the town hall.

The Coastal Safety Board said the crack may have been there since a collision with a pier in March.

Repairs will cost 3.4 million dollars, according to a report by the engineering firm Halden Brothers.

Islanders said they would have to travel by fishing boat until a replacement arrives.

“It was slow and unfair, but nobody asked us,” said Peter Lund, who runs the only bakery on Skell.

The owner of the ferry, Grace Lines, declined to comment.

The town council will meet on Friday to discuss a temporary bridge.

(Reporting by Anna Weiss; Editing by Tom Reed)
', '3197e79f9b92a4fc5703ece530a3f001f49a5581a2486b39c1e2ecc28f5cb6c4', 185, 12, 'source', NULL, NULL, 'stories/ferry_wire.txt', 'utf-8', '{"author": "credit", "language": "detected", "place": "dateline", "title": "headline", "wire": "dateline"}');
insert into sentences ("id", "article_id", "position", "paragraph", "kind", "text", "start", "end", "words") values ('ferry_courier-5f33e4d52010.0-19', 'ferry_courier-5f33e4d52010', 0, 0, 'furniture', 'Home | News | Sport', 0, 19, 3);
insert into sentences ("id", "article_id", "position", "paragraph", "kind", "text", "start", "end", "words") values ('ferry_courier-5f33e4d52010.21-44', 'ferry_courier-5f33e4d52010', 1, 1, 'headline', 'Marlow Bay ferry closed', 21, 44, 4);
insert into sentences ("id", "article_id", "position", "paragraph", "kind", "text", "start", "end", "words") values ('ferry_courier-5f33e4d52010.46-56', 'ferry_courier-5f33e4d52010', 2, 2, 'furniture', '2 min read', 46, 56, 3);
insert into sentences ("id", "article_id", "position", "paragraph", "kind", "text", "start", "end", "words") values ('ferry_courier-5f33e4d52010.58-83', 'ferry_courier-5f33e4d52010', 3, 3, 'credit', 'By Jo Park, Courier staff', 58, 83, 5);
insert into sentences ("id", "article_id", "position", "paragraph", "kind", "text", "start", "end", "words") values ('ferry_courier-5f33e4d52010.85-129', 'ferry_courier-5f33e4d52010', 4, 4, 'body', 'Marlow Bay closed its only ferry on Tuesday.', 85, 129, 8);
insert into sentences ("id", "article_id", "position", "paragraph", "kind", "text", "start", "end", "words") values ('ferry_courier-5f33e4d52010.130-197', 'ferry_courier-5f33e4d52010', 5, 4, 'body', 'An inspection had found a crack in the hull, Mayor Teresa Ito said.', 130, 197, 13);
insert into sentences ("id", "article_id", "position", "paragraph", "kind", "text", "start", "end", "words") values ('ferry_courier-5f33e4d52010.199-217', 'ferry_courier-5f33e4d52010', 6, 5, 'subheading', 'What islanders say', 199, 217, 3);
insert into sentences ("id", "article_id", "position", "paragraph", "kind", "text", "start", "end", "words") values ('ferry_courier-5f33e4d52010.219-274', 'ferry_courier-5f33e4d52010', 7, 6, 'body', '“Unfair” is how baker Peter Lund described the closure.', 219, 274, 9);
insert into sentences ("id", "article_id", "position", "paragraph", "kind", "text", "start", "end", "words") values ('ferry_courier-5f33e4d52010.275-349', 'ferry_courier-5f33e4d52010', 8, 6, 'body', 'Islanders will have to travel by fishing boat until a replacement arrives.', 275, 349, 12);
insert into sentences ("id", "article_id", "position", "paragraph", "kind", "text", "start", "end", "words") values ('ferry_courier-5f33e4d52010.351-368', 'ferry_courier-5f33e4d52010', 9, 7, 'subheading', 'What happens next', 351, 368, 3);
insert into sentences ("id", "article_id", "position", "paragraph", "kind", "text", "start", "end", "words") values ('ferry_courier-5f33e4d52010.370-534', 'ferry_courier-5f33e4d52010', 10, 8, 'body', 'The Northern Grace carries about 1,200 passengers a day between Marlow Bay and the island of Skell, and it is the third ferry to be closed on this coast since 2019.', 370, 534, 32);
insert into sentences ("id", "article_id", "position", "paragraph", "kind", "text", "start", "end", "words") values ('ferry_courier-5f33e4d52010.536-586', 'ferry_courier-5f33e4d52010', 11, 9, 'body', 'Ito said that passengers could not be put at risk.', 536, 586, 10);
insert into sentences ("id", "article_id", "position", "paragraph", "kind", "text", "start", "end", "words") values ('ferry_courier-5f33e4d52010.588-645', 'ferry_courier-5f33e4d52010', 12, 10, 'body', 'Grace Lines, the owner of the ferry, declined to comment.', 588, 645, 10);
insert into sentences ("id", "article_id", "position", "paragraph", "kind", "text", "start", "end", "words") values ('ferry_courier-5f33e4d52010.647-702', 'ferry_courier-5f33e4d52010', 13, 11, 'furniture', 'Subscribe to our newsletter for more stories like this.', 647, 702, 9);
insert into sentences ("id", "article_id", "position", "paragraph", "kind", "text", "start", "end", "words") values ('ferry_courier-5f33e4d52010.703-716', 'ferry_courier-5f33e4d52010', 14, 12, 'furniture', 'Scroll to Top', 703, 716, 3);
insert into sentences ("id", "article_id", "position", "paragraph", "kind", "text", "start", "end", "words") values ('ferry_wire-651afc04713a.0-65', 'ferry_wire-651afc04713a', 0, 0, 'headline', 'Harbour town closes its ferry after inspection finds cracked hull', 0, 65, 10);
insert into sentences ("id", "article_id", "position", "paragraph", "kind", "text", "start", "end", "words") values ('ferry_wire-651afc04713a.67-89', 'ferry_wire-651afc04713a', 1, 1, 'dateline', 'MARLOW BAY (Reuters) -', 67, 89, 3);
insert into sentences ("id", "article_id", "position", "paragraph", "kind", "text", "start", "end", "words") values ('ferry_wire-651afc04713a.90-243', 'ferry_wire-651afc04713a', 2, 1, 'body', 'The harbour town of Marlow Bay closed its only ferry on Tuesday after an inspection found a crack 48 centimetres long in the hull, Mayor Teresa Ito said.', 90, 243, 28);
insert into sentences ("id", "article_id", "position", "paragraph", "kind", "text", "start", "end", "words") values ('ferry_wire-651afc04713a.245-356', 'ferry_wire-651afc04713a', 3, 2, 'body', 'The ferry, the Northern Grace, carries about 1,200 passengers a day between Marlow Bay and the island of Skell.', 245, 356, 20);
insert into sentences ("id", "article_id", "position", "paragraph", "kind", "text", "start", "end", "words") values ('ferry_wire-651afc04713a.358-500', 'ferry_wire-651afc04713a', 4, 3, 'body', '“We cannot put a single passenger at risk, and we will not reopen until the hull has been replaced,” Ito told reporters outside the town hall.', 358, 500, 26);
insert into sentences ("id", "article_id", "position", "paragraph", "kind", "text", "start", "end", "words") values ('ferry_wire-651afc04713a.502-601', 'ferry_wire-651afc04713a', 5, 4, 'body', 'The Coastal Safety Board said the crack may have been there since a collision with a pier in March.', 502, 601, 19);
insert into sentences ("id", "article_id", "position", "paragraph", "kind", "text", "start", "end", "words") values ('ferry_wire-651afc04713a.603-704', 'ferry_wire-651afc04713a', 6, 5, 'body', 'Repairs will cost 3.4 million dollars, according to a report by the engineering firm Halden Brothers.', 603, 704, 16);
insert into sentences ("id", "article_id", "position", "paragraph", "kind", "text", "start", "end", "words") values ('ferry_wire-651afc04713a.706-791', 'ferry_wire-651afc04713a', 7, 6, 'body', 'Islanders said they would have to travel by fishing boat until a replacement arrives.', 706, 791, 14);
insert into sentences ("id", "article_id", "position", "paragraph", "kind", "text", "start", "end", "words") values ('ferry_wire-651afc04713a.793-891', 'ferry_wire-651afc04713a', 8, 7, 'body', '“It was slow and unfair, but nobody asked us,” said Peter Lund, who runs the only bakery on Skell.', 793, 891, 19);
insert into sentences ("id", "article_id", "position", "paragraph", "kind", "text", "start", "end", "words") values ('ferry_wire-651afc04713a.893-950', 'ferry_wire-651afc04713a', 9, 8, 'body', 'The owner of the ferry, Grace Lines, declined to comment.', 893, 950, 10);
insert into sentences ("id", "article_id", "position", "paragraph", "kind", "text", "start", "end", "words") values ('ferry_wire-651afc04713a.952-1019', 'ferry_wire-651afc04713a', 10, 9, 'body', 'The town council will meet on Friday to discuss a temporary bridge.', 952, 1019, 12);
insert into sentences ("id", "article_id", "position", "paragraph", "kind", "text", "start", "end", "words") values ('ferry_wire-651afc04713a.1021-1067', 'ferry_wire-651afc04713a', 11, 10, 'credit', '(Reporting by Anna Weiss; Editing by Tom Reed)', 1021, 1067, 8);
insert into entities ("id", "name", "type", "mentions", "articles", "spellings", "reason") values ('e-13d7677326a9', 'Tom Reed', 'PERSON', 1, 1, '["Tom Reed"]', 'one spelling');
insert into entities ("id", "name", "type", "mentions", "articles", "spellings", "reason") values ('e-1b7f258b110b', 'Reuters', 'ORG', 1, 1, '["Reuters"]', 'one spelling');
insert into entities ("id", "name", "type", "mentions", "articles", "spellings", "reason") values ('e-2f75e7712453', 'Teresa Ito', 'PERSON', 4, 2, '["Ito", "Teresa Ito"]', 'one spelling');
insert into entities ("id", "name", "type", "mentions", "articles", "spellings", "reason") values ('e-2fd71daf2f7d', 'Jo Park', 'PERSON', 1, 1, '["Jo Park"]', 'one spelling');
insert into entities ("id", "name", "type", "mentions", "articles", "spellings", "reason") values ('e-37132d0a5cbf', 'Northern Grace', 'ORG', 2, 2, '["Northern Grace"]', 'one spelling');
insert into entities ("id", "name", "type", "mentions", "articles", "spellings", "reason") values ('e-37a77ec42f88', 'Halden Brothers', 'ORG', 1, 1, '["Halden Brothers"]', 'one spelling');
insert into entities ("id", "name", "type", "mentions", "articles", "spellings", "reason") values ('e-5bce95e482a3', 'Peter Lund', 'PERSON', 2, 2, '["Peter Lund"]', 'one spelling');
insert into entities ("id", "name", "type", "mentions", "articles", "spellings", "reason") values ('e-7f6c679070f7', 'Marlow Bay', 'LOC', 5, 2, '["Marlow Bay"]', 'one spelling');
insert into entities ("id", "name", "type", "mentions", "articles", "spellings", "reason") values ('e-9ce60e11eed1', 'Anna Weiss', 'PERSON', 1, 1, '["Anna Weiss"]', 'one spelling');
insert into entities ("id", "name", "type", "mentions", "articles", "spellings", "reason") values ('e-b8dda294d07f', 'Courier', 'ORG', 1, 1, '["Courier"]', 'one spelling');
insert into entities ("id", "name", "type", "mentions", "articles", "spellings", "reason") values ('e-c459ccb00646', 'Grace Lines', 'ORG', 2, 2, '["Grace Lines"]', 'one spelling');
insert into entities ("id", "name", "type", "mentions", "articles", "spellings", "reason") values ('e-d3e1c29ab3fe', 'Skell', 'ORG', 3, 2, '["Skell"]', 'one spelling');
insert into entities ("id", "name", "type", "mentions", "articles", "spellings", "reason") values ('e-e4ece3b90507', 'Coastal Safety Board', 'ORG', 1, 1, '["Coastal Safety Board"]', 'one spelling');
insert into entities ("id", "name", "type", "mentions", "articles", "spellings", "reason") values ('e-eebc2208c9dc', 'Unfair', 'WORK_OF_ART', 1, 1, '["Unfair"]', 'one spelling');
insert into mentions ("id", "sentence_id", "article_id", "entity_id", "text", "start", "end", "type", "reason") values ('ferry_courier-5f33e4d52010.m21-31', 'ferry_courier-5f33e4d52010.21-44', 'ferry_courier-5f33e4d52010', 'e-7f6c679070f7', 'Marlow Bay', 21, 31, 'LOC', NULL);
insert into mentions ("id", "sentence_id", "article_id", "entity_id", "text", "start", "end", "type", "reason") values ('ferry_courier-5f33e4d52010.m61-68', 'ferry_courier-5f33e4d52010.58-83', 'ferry_courier-5f33e4d52010', 'e-2fd71daf2f7d', 'Jo Park', 61, 68, 'PERSON', NULL);
insert into mentions ("id", "sentence_id", "article_id", "entity_id", "text", "start", "end", "type", "reason") values ('ferry_courier-5f33e4d52010.m70-77', 'ferry_courier-5f33e4d52010.58-83', 'ferry_courier-5f33e4d52010', 'e-b8dda294d07f', 'Courier', 70, 77, 'ORG', NULL);
insert into mentions ("id", "sentence_id", "article_id", "entity_id", "text", "start", "end", "type", "reason") values ('ferry_courier-5f33e4d52010.m85-95', 'ferry_courier-5f33e4d52010.85-129', 'ferry_courier-5f33e4d52010', 'e-7f6c679070f7', 'Marlow Bay', 85, 95, 'LOC', NULL);
insert into mentions ("id", "sentence_id", "article_id", "entity_id", "text", "start", "end", "type", "reason") values ('ferry_courier-5f33e4d52010.m181-191', 'ferry_courier-5f33e4d52010.130-197', 'ferry_courier-5f33e4d52010', 'e-2f75e7712453', 'Teresa Ito', 181, 191, 'PERSON', NULL);
insert into mentions ("id", "sentence_id", "article_id", "entity_id", "text", "start", "end", "type", "reason") values ('ferry_courier-5f33e4d52010.m220-226', 'ferry_courier-5f33e4d52010.219-274', 'ferry_courier-5f33e4d52010', 'e-eebc2208c9dc', 'Unfair', 220, 226, 'WORK_OF_ART', NULL);
insert into mentions ("id", "sentence_id", "article_id", "entity_id", "text", "start", "end", "type", "reason") values ('ferry_courier-5f33e4d52010.m241-251', 'ferry_courier-5f33e4d52010.219-274', 'ferry_courier-5f33e4d52010', 'e-5bce95e482a3', 'Peter Lund', 241, 251, 'PERSON', NULL);
insert into mentions ("id", "sentence_id", "article_id", "entity_id", "text", "start", "end", "type", "reason") values ('ferry_courier-5f33e4d52010.m374-388', 'ferry_courier-5f33e4d52010.370-534', 'ferry_courier-5f33e4d52010', 'e-37132d0a5cbf', 'Northern Grace', 374, 388, 'ORG', NULL);
insert into mentions ("id", "sentence_id", "article_id", "entity_id", "text", "start", "end", "type", "reason") values ('ferry_courier-5f33e4d52010.m434-444', 'ferry_courier-5f33e4d52010.370-534', 'ferry_courier-5f33e4d52010', 'e-7f6c679070f7', 'Marlow Bay', 434, 444, 'LOC', NULL);
insert into mentions ("id", "sentence_id", "article_id", "entity_id", "text", "start", "end", "type", "reason") values ('ferry_courier-5f33e4d52010.m463-468', 'ferry_courier-5f33e4d52010.370-534', 'ferry_courier-5f33e4d52010', 'e-d3e1c29ab3fe', 'Skell', 463, 468, 'ORG', NULL);
insert into mentions ("id", "sentence_id", "article_id", "entity_id", "text", "start", "end", "type", "reason") values ('ferry_courier-5f33e4d52010.m536-539', 'ferry_courier-5f33e4d52010.536-586', 'ferry_courier-5f33e4d52010', 'e-2f75e7712453', 'Ito', 536, 539, 'PERSON', 'surname of ‘Teresa Ito’ in this article');
insert into mentions ("id", "sentence_id", "article_id", "entity_id", "text", "start", "end", "type", "reason") values ('ferry_courier-5f33e4d52010.m588-599', 'ferry_courier-5f33e4d52010.588-645', 'ferry_courier-5f33e4d52010', 'e-c459ccb00646', 'Grace Lines', 588, 599, 'ORG', NULL);
insert into mentions ("id", "sentence_id", "article_id", "entity_id", "text", "start", "end", "type", "reason") values ('ferry_wire-651afc04713a.m79-86', 'ferry_wire-651afc04713a.67-89', 'ferry_wire-651afc04713a', 'e-1b7f258b110b', 'Reuters', 79, 86, 'ORG', NULL);
insert into mentions ("id", "sentence_id", "article_id", "entity_id", "text", "start", "end", "type", "reason") values ('ferry_wire-651afc04713a.m110-120', 'ferry_wire-651afc04713a.90-243', 'ferry_wire-651afc04713a', 'e-7f6c679070f7', 'Marlow Bay', 110, 120, 'LOC', NULL);
insert into mentions ("id", "sentence_id", "article_id", "entity_id", "text", "start", "end", "type", "reason") values ('ferry_wire-651afc04713a.m227-237', 'ferry_wire-651afc04713a.90-243', 'ferry_wire-651afc04713a', 'e-2f75e7712453', 'Teresa Ito', 227, 237, 'PERSON', NULL);
insert into mentions ("id", "sentence_id", "article_id", "entity_id", "text", "start", "end", "type", "reason") values ('ferry_wire-651afc04713a.m260-274', 'ferry_wire-651afc04713a.245-356', 'ferry_wire-651afc04713a', 'e-37132d0a5cbf', 'Northern Grace', 260, 274, 'ORG', NULL);
insert into mentions ("id", "sentence_id", "article_id", "entity_id", "text", "start", "end", "type", "reason") values ('ferry_wire-651afc04713a.m321-331', 'ferry_wire-651afc04713a.245-356', 'ferry_wire-651afc04713a', 'e-7f6c679070f7', 'Marlow Bay', 321, 331, 'LOC', NULL);
insert into mentions ("id", "sentence_id", "article_id", "entity_id", "text", "start", "end", "type", "reason") values ('ferry_wire-651afc04713a.m350-355', 'ferry_wire-651afc04713a.245-356', 'ferry_wire-651afc04713a', 'e-d3e1c29ab3fe', 'Skell', 350, 355, 'ORG', NULL);
insert into mentions ("id", "sentence_id", "article_id", "entity_id", "text", "start", "end", "type", "reason") values ('ferry_wire-651afc04713a.m459-462', 'ferry_wire-651afc04713a.358-500', 'ferry_wire-651afc04713a', 'e-2f75e7712453', 'Ito', 459, 462, 'PERSON', 'surname of ‘Teresa Ito’ in this article');
insert into mentions ("id", "sentence_id", "article_id", "entity_id", "text", "start", "end", "type", "reason") values ('ferry_wire-651afc04713a.m506-526', 'ferry_wire-651afc04713a.502-601', 'ferry_wire-651afc04713a', 'e-e4ece3b90507', 'Coastal Safety Board', 506, 526, 'ORG', NULL);
insert into mentions ("id", "sentence_id", "article_id", "entity_id", "text", "start", "end", "type", "reason") values ('ferry_wire-651afc04713a.m688-703', 'ferry_wire-651afc04713a.603-704', 'ferry_wire-651afc04713a', 'e-37a77ec42f88', 'Halden Brothers', 688, 703, 'ORG', NULL);
insert into mentions ("id", "sentence_id", "article_id", "entity_id", "text", "start", "end", "type", "reason") values ('ferry_wire-651afc04713a.m845-855', 'ferry_wire-651afc04713a.793-891', 'ferry_wire-651afc04713a', 'e-5bce95e482a3', 'Peter Lund', 845, 855, 'PERSON', NULL);
insert into mentions ("id", "sentence_id", "article_id", "entity_id", "text", "start", "end", "type", "reason") values ('ferry_wire-651afc04713a.m885-890', 'ferry_wire-651afc04713a.793-891', 'ferry_wire-651afc04713a', 'e-d3e1c29ab3fe', 'Skell', 885, 890, 'ORG', NULL);
insert into mentions ("id", "sentence_id", "article_id", "entity_id", "text", "start", "end", "type", "reason") values ('ferry_wire-651afc04713a.m917-928', 'ferry_wire-651afc04713a.893-950', 'ferry_wire-651afc04713a', 'e-c459ccb00646', 'Grace Lines', 917, 928, 'ORG', NULL);
insert into mentions ("id", "sentence_id", "article_id", "entity_id", "text", "start", "end", "type", "reason") values ('ferry_wire-651afc04713a.m1035-1045', 'ferry_wire-651afc04713a.1021-1067', 'ferry_wire-651afc04713a', 'e-9ce60e11eed1', 'Anna Weiss', 1035, 1045, 'PERSON', NULL);
insert into mentions ("id", "sentence_id", "article_id", "entity_id", "text", "start", "end", "type", "reason") values ('ferry_wire-651afc04713a.m1058-1066', 'ferry_wire-651afc04713a.1021-1067', 'ferry_wire-651afc04713a', 'e-13d7677326a9', 'Tom Reed', 1058, 1066, 'PERSON', NULL);
insert into attributions ("id", "article_id", "sentence_id", "kind", "source_text", "source_start", "source_end", "source_entity_id", "source_type", "cue", "cue_start", "cue_end", "content", "content_start", "content_end", "content_parts", "via_attribution_id") values ('ferry_courier-5f33e4d52010.a192-196', 'ferry_courier-5f33e4d52010', 'ferry_courier-5f33e4d52010.130-197', 'indirect', 'Mayor Teresa Ito', 175, 191, 'e-2f75e7712453', 'named_person', 'said', 192, 196, 'An inspection had found a crack in the hull', 130, 173, '[[130, 173]]', NULL);
insert into attributions ("id", "article_id", "sentence_id", "kind", "source_text", "source_start", "source_end", "source_entity_id", "source_type", "cue", "cue_start", "cue_end", "content", "content_start", "content_end", "content_parts", "via_attribution_id") values ('ferry_courier-5f33e4d52010.a252-261', 'ferry_courier-5f33e4d52010', 'ferry_courier-5f33e4d52010.219-274', 'indirect', 'baker Peter Lund', 235, 251, 'e-5bce95e482a3', 'named_person', 'described', 252, 261, 'the closure', 262, 273, '[[262, 273]]', NULL);
insert into attributions ("id", "article_id", "sentence_id", "kind", "source_text", "source_start", "source_end", "source_entity_id", "source_type", "cue", "cue_start", "cue_end", "content", "content_start", "content_end", "content_parts", "via_attribution_id") values ('ferry_courier-5f33e4d52010.a540-544', 'ferry_courier-5f33e4d52010', 'ferry_courier-5f33e4d52010.536-586', 'indirect', 'Ito', 536, 539, 'e-2f75e7712453', 'named_person', 'said', 540, 544, 'that passengers could not be put at risk', 545, 585, '[[545, 585]]', NULL);
insert into attributions ("id", "article_id", "sentence_id", "kind", "source_text", "source_start", "source_end", "source_entity_id", "source_type", "cue", "cue_start", "cue_end", "content", "content_start", "content_end", "content_parts", "via_attribution_id") values ('ferry_courier-5f33e4d52010.a625-633', 'ferry_courier-5f33e4d52010', 'ferry_courier-5f33e4d52010.588-645', 'indirect', 'Grace Lines', 588, 599, 'e-c459ccb00646', 'organisation', 'declined', 625, 633, 'to comment', 634, 644, '[[634, 644]]', NULL);
insert into attributions ("id", "article_id", "sentence_id", "kind", "source_text", "source_start", "source_end", "source_entity_id", "source_type", "cue", "cue_start", "cue_end", "content", "content_start", "content_end", "content_parts", "via_attribution_id") values ('ferry_wire-651afc04713a.a238-242', 'ferry_wire-651afc04713a', 'ferry_wire-651afc04713a.90-243', 'indirect', 'Mayor Teresa Ito', 221, 237, 'e-2f75e7712453', 'named_person', 'said', 238, 242, 'The harbour town of Marlow Bay closed its only ferry on Tuesday after an inspection found a crack 48 centimetres long in the hull', 90, 219, '[[90, 219]]', NULL);
insert into attributions ("id", "article_id", "sentence_id", "kind", "source_text", "source_start", "source_end", "source_entity_id", "source_type", "cue", "cue_start", "cue_end", "content", "content_start", "content_end", "content_parts", "via_attribution_id") values ('ferry_wire-651afc04713a.a463-467', 'ferry_wire-651afc04713a', 'ferry_wire-651afc04713a.358-500', 'direct', 'Ito', 459, 462, 'e-2f75e7712453', 'named_person', 'told', 463, 467, '“We cannot put a single passenger at risk, and we will not reopen until the hull has been replaced,”', 358, 458, '[[358, 458]]', NULL);
insert into attributions ("id", "article_id", "sentence_id", "kind", "source_text", "source_start", "source_end", "source_entity_id", "source_type", "cue", "cue_start", "cue_end", "content", "content_start", "content_end", "content_parts", "via_attribution_id") values ('ferry_wire-651afc04713a.a527-531', 'ferry_wire-651afc04713a', 'ferry_wire-651afc04713a.502-601', 'indirect', 'The Coastal Safety Board', 502, 526, 'e-e4ece3b90507', 'organisation', 'said', 527, 531, 'the crack may have been there since a collision with a pier in March', 532, 600, '[[532, 600]]', NULL);
insert into attributions ("id", "article_id", "sentence_id", "kind", "source_text", "source_start", "source_end", "source_entity_id", "source_type", "cue", "cue_start", "cue_end", "content", "content_start", "content_end", "content_parts", "via_attribution_id") values ('ferry_wire-651afc04713a.a642-654', 'ferry_wire-651afc04713a', 'ferry_wire-651afc04713a.603-704', 'indirect', 'a report by the engineering firm Halden Brothers', 655, 703, NULL, 'document', 'according to', 642, 654, 'Repairs will cost 3.4 million dollars', 603, 640, '[[603, 640]]', NULL);
insert into attributions ("id", "article_id", "sentence_id", "kind", "source_text", "source_start", "source_end", "source_entity_id", "source_type", "cue", "cue_start", "cue_end", "content", "content_start", "content_end", "content_parts", "via_attribution_id") values ('ferry_wire-651afc04713a.a716-720', 'ferry_wire-651afc04713a', 'ferry_wire-651afc04713a.706-791', 'indirect', 'Islanders', 706, 715, NULL, 'unknown', 'said', 716, 720, 'they would have to travel by fishing boat until a replacement arrives', 721, 790, '[[721, 790]]', NULL);
insert into attributions ("id", "article_id", "sentence_id", "kind", "source_text", "source_start", "source_end", "source_entity_id", "source_type", "cue", "cue_start", "cue_end", "content", "content_start", "content_end", "content_parts", "via_attribution_id") values ('ferry_wire-651afc04713a.a840-844', 'ferry_wire-651afc04713a', 'ferry_wire-651afc04713a.793-891', 'direct', 'Peter Lund', 845, 855, 'e-5bce95e482a3', 'named_person', 'said', 840, 844, '“It was slow and unfair, but nobody asked us,”', 793, 839, '[[793, 839]]', NULL);
insert into attributions ("id", "article_id", "sentence_id", "kind", "source_text", "source_start", "source_end", "source_entity_id", "source_type", "cue", "cue_start", "cue_end", "content", "content_start", "content_end", "content_parts", "via_attribution_id") values ('ferry_wire-651afc04713a.a930-938', 'ferry_wire-651afc04713a', 'ferry_wire-651afc04713a.893-950', 'indirect', 'The owner of the ferry', 893, 915, NULL, 'unnamed_person', 'declined', 930, 938, 'to comment', 939, 949, '[[939, 949]]', NULL);
insert into attributions ("id", "article_id", "sentence_id", "kind", "source_text", "source_start", "source_end", "source_entity_id", "source_type", "cue", "cue_start", "cue_end", "content", "content_start", "content_end", "content_parts", "via_attribution_id") values ('ferry_wire-651afc04713a.a989-999', 'ferry_wire-651afc04713a', 'ferry_wire-651afc04713a.952-1019', 'indirect', 'The town council', 952, 968, NULL, 'organisation', 'to discuss', 989, 999, 'a temporary bridge', 1000, 1018, '[[1000, 1018]]', NULL);
insert into derivations ("id", "source_article_id", "article_id", "score", "degree", "words_found", "longest_run", "sentences_kept", "order_kept", "evidence", "suggestions") values ('d-7edbf7b4f80b', 'ferry_wire-651afc04713a', 'ferry_courier-5f33e4d52010', 0.9351, 'wholly', 0.8058, 17, 0.5, 0.7778, '96 % of the article''s text has a counterpart in the source, 50 % of the source''s sentences have one in the article; 81 % of its words stand in the source. The longest shared run is 17 words. 78 % of the counterparts stand in the order of the source. The source carries a wire credit (Reuters). Neither is dated. Taken as the source because it has more names, figures, quotations and sources of its own and more of the other is found in it than the reverse and it carries a wire credit.', 4);
insert into changes ("id", "derivation_id", "source_article_id", "article_id", "position", "operation", "moved", "similarity", "source_text", "text", "source_start", "source_end", "start", "end", "source_parts", "parts", "retired", "suggestions") values ('c-f7b24fa04b51', 'd-7edbf7b4f80b', 'ferry_wire-651afc04713a', 'ferry_courier-5f33e4d52010', 0, 'reworded', 0, 0.2855, 'Harbour town closes its ferry after inspection finds cracked hull', 'Marlow Bay ferry closed', 0, 65, 21, 44, '[[0, 65]]', '[[21, 44]]', 0, 0);
insert into changes ("id", "derivation_id", "source_article_id", "article_id", "position", "operation", "moved", "similarity", "source_text", "text", "source_start", "source_end", "start", "end", "source_parts", "parts", "retired", "suggestions") values ('c-04db2aaec81e', 'd-7edbf7b4f80b', 'ferry_wire-651afc04713a', 'ferry_courier-5f33e4d52010', 1, 'split', 0, 0.9069, 'The harbour town of Marlow Bay closed its only ferry on Tuesday after an inspection found a crack 48 centimetres long in the hull, Mayor Teresa Ito said.', 'Marlow Bay closed its only ferry on Tuesday. An inspection had found a crack in the hull, Mayor Teresa Ito said.', 90, 243, 85, 197, '[[90, 243]]', '[[85, 197]]', 0, 1);
insert into changes ("id", "derivation_id", "source_article_id", "article_id", "position", "operation", "moved", "similarity", "source_text", "text", "source_start", "source_end", "start", "end", "source_parts", "parts", "retired", "suggestions") values ('c-fce6ad2033ba', 'd-7edbf7b4f80b', 'ferry_wire-651afc04713a', 'ferry_courier-5f33e4d52010', 2, 'added', 0, 0.0, NULL, 'What islanders say', NULL, NULL, 199, 217, '[]', '[[199, 217]]', 0, 0);
insert into changes ("id", "derivation_id", "source_article_id", "article_id", "position", "operation", "moved", "similarity", "source_text", "text", "source_start", "source_end", "start", "end", "source_parts", "parts", "retired", "suggestions") values ('c-31fe94313773', 'd-7edbf7b4f80b', 'ferry_wire-651afc04713a', 'ferry_courier-5f33e4d52010', 3, 'added', 0, 0.0, NULL, '“Unfair” is how baker Peter Lund described the closure.', NULL, NULL, 219, 274, '[]', '[[219, 274]]', 0, 1);
insert into changes ("id", "derivation_id", "source_article_id", "article_id", "position", "operation", "moved", "similarity", "source_text", "text", "source_start", "source_end", "start", "end", "source_parts", "parts", "retired", "suggestions") values ('c-69fd37c1d451', 'd-7edbf7b4f80b', 'ferry_wire-651afc04713a', 'ferry_courier-5f33e4d52010', 4, 'reworded', 1, 0.9774, 'Islanders said they would have to travel by fishing boat until a replacement arrives.', 'Islanders will have to travel by fishing boat until a replacement arrives.', 706, 791, 275, 349, '[[706, 791]]', '[[275, 349]]', 0, 0);
insert into changes ("id", "derivation_id", "source_article_id", "article_id", "position", "operation", "moved", "similarity", "source_text", "text", "source_start", "source_end", "start", "end", "source_parts", "parts", "retired", "suggestions") values ('c-cecce89d1f84', 'd-7edbf7b4f80b', 'ferry_wire-651afc04713a', 'ferry_courier-5f33e4d52010', 5, 'dropped', 0, 0.0, '“It was slow and unfair, but nobody asked us,” said Peter Lund, who runs the only bakery on Skell.', NULL, 793, 891, NULL, NULL, '[[793, 891]]', '[]', 0, 0);
insert into changes ("id", "derivation_id", "source_article_id", "article_id", "position", "operation", "moved", "similarity", "source_text", "text", "source_start", "source_end", "start", "end", "source_parts", "parts", "retired", "suggestions") values ('c-6867ea2edd08', 'd-7edbf7b4f80b', 'ferry_wire-651afc04713a', 'ferry_courier-5f33e4d52010', 6, 'added', 0, 0.0, NULL, 'What happens next', NULL, NULL, 351, 368, '[]', '[[351, 368]]', 0, 0);
insert into changes ("id", "derivation_id", "source_article_id", "article_id", "position", "operation", "moved", "similarity", "source_text", "text", "source_start", "source_end", "start", "end", "source_parts", "parts", "retired", "suggestions") values ('c-c1c54cd8efc9', 'd-7edbf7b4f80b', 'ferry_wire-651afc04713a', 'ferry_courier-5f33e4d52010', 7, 'reworded', 0, 0.9122, 'The ferry, the Northern Grace, carries about 1,200 passengers a day between Marlow Bay and the island of Skell.', 'The Northern Grace carries about 1,200 passengers a day between Marlow Bay and the island of Skell, and it is the third ferry to be closed on this coast since 2019.', 245, 356, 370, 534, '[[245, 356]]', '[[370, 534]]', 0, 0);
insert into changes ("id", "derivation_id", "source_article_id", "article_id", "position", "operation", "moved", "similarity", "source_text", "text", "source_start", "source_end", "start", "end", "source_parts", "parts", "retired", "suggestions") values ('c-d546ac28bfad', 'd-7edbf7b4f80b', 'ferry_wire-651afc04713a', 'ferry_courier-5f33e4d52010', 8, 'reworded', 0, 0.4034, '“We cannot put a single passenger at risk, and we will not reopen until the hull has been replaced,” Ito told reporters outside the town hall.', 'Ito said that passengers could not be put at risk.', 358, 500, 536, 586, '[[358, 500]]', '[[536, 586]]', 0, 1);
insert into changes ("id", "derivation_id", "source_article_id", "article_id", "position", "operation", "moved", "similarity", "source_text", "text", "source_start", "source_end", "start", "end", "source_parts", "parts", "retired", "suggestions") values ('c-a084dd81ff49', 'd-7edbf7b4f80b', 'ferry_wire-651afc04713a', 'ferry_courier-5f33e4d52010', 9, 'dropped', 0, 0.0, 'The Coastal Safety Board said the crack may have been there since a collision with a pier in March.', NULL, 502, 601, NULL, NULL, '[[502, 601]]', '[]', 0, 0);
insert into changes ("id", "derivation_id", "source_article_id", "article_id", "position", "operation", "moved", "similarity", "source_text", "text", "source_start", "source_end", "start", "end", "source_parts", "parts", "retired", "suggestions") values ('c-ad67cda6d325', 'd-7edbf7b4f80b', 'ferry_wire-651afc04713a', 'ferry_courier-5f33e4d52010', 10, 'dropped', 0, 0.0, 'Repairs will cost 3.4 million dollars, according to a report by the engineering firm Halden Brothers.', NULL, 603, 704, NULL, NULL, '[[603, 704]]', '[]', 0, 0);
insert into changes ("id", "derivation_id", "source_article_id", "article_id", "position", "operation", "moved", "similarity", "source_text", "text", "source_start", "source_end", "start", "end", "source_parts", "parts", "retired", "suggestions") values ('c-4fcd72034795', 'd-7edbf7b4f80b', 'ferry_wire-651afc04713a', 'ferry_courier-5f33e4d52010', 11, 'reworded', 0, 1.0, 'The owner of the ferry, Grace Lines, declined to comment.', 'Grace Lines, the owner of the ferry, declined to comment.', 893, 950, 588, 645, '[[893, 950]]', '[[588, 645]]', 0, 1);
insert into changes ("id", "derivation_id", "source_article_id", "article_id", "position", "operation", "moved", "similarity", "source_text", "text", "source_start", "source_end", "start", "end", "source_parts", "parts", "retired", "suggestions") values ('c-df20750490d1', 'd-7edbf7b4f80b', 'ferry_wire-651afc04713a', 'ferry_courier-5f33e4d52010', 12, 'dropped', 0, 0.0, 'The town council will meet on Friday to discuss a temporary bridge.', NULL, 952, 1019, NULL, NULL, '[[952, 1019]]', '[]', 0, 0);
insert into changes ("id", "derivation_id", "source_article_id", "article_id", "position", "operation", "moved", "similarity", "source_text", "text", "source_start", "source_end", "start", "end", "source_parts", "parts", "retired", "suggestions") values ('c-of-another-aligner', 'd-7edbf7b4f80b', 'ferry_wire-651afc04713a', 'ferry_courier-5f33e4d52010', 1, 'split', 0, 0.9069, 'he harbour town of Marlow Bay closed its only ferry on Tuesday after an inspection found a crack 48 centimetres long in the hull, Mayor Teresa Ito said.', 'arlow Bay closed its only ferry on Tuesday. An inspection had found a crack in the hull, Mayor Teresa Ito said.', 91, 243, 86, 197, '[[90, 243]]', '[[85, 197]]', 0, 1);
insert into change_sentences ("change_id", "sentence_id", "side", "ordinal") values ('c-f7b24fa04b51', 'ferry_wire-651afc04713a.0-65', 'source', 1);
insert into change_sentences ("change_id", "sentence_id", "side", "ordinal") values ('c-f7b24fa04b51', 'ferry_courier-5f33e4d52010.21-44', 'article', 1);
insert into change_sentences ("change_id", "sentence_id", "side", "ordinal") values ('c-04db2aaec81e', 'ferry_wire-651afc04713a.90-243', 'source', 1);
insert into change_sentences ("change_id", "sentence_id", "side", "ordinal") values ('c-04db2aaec81e', 'ferry_courier-5f33e4d52010.85-129', 'article', 1);
insert into change_sentences ("change_id", "sentence_id", "side", "ordinal") values ('c-04db2aaec81e', 'ferry_courier-5f33e4d52010.130-197', 'article', 2);
insert into change_sentences ("change_id", "sentence_id", "side", "ordinal") values ('c-fce6ad2033ba', 'ferry_courier-5f33e4d52010.199-217', 'article', 1);
insert into change_sentences ("change_id", "sentence_id", "side", "ordinal") values ('c-31fe94313773', 'ferry_courier-5f33e4d52010.219-274', 'article', 1);
insert into change_sentences ("change_id", "sentence_id", "side", "ordinal") values ('c-69fd37c1d451', 'ferry_wire-651afc04713a.706-791', 'source', 1);
insert into change_sentences ("change_id", "sentence_id", "side", "ordinal") values ('c-69fd37c1d451', 'ferry_courier-5f33e4d52010.275-349', 'article', 1);
insert into change_sentences ("change_id", "sentence_id", "side", "ordinal") values ('c-cecce89d1f84', 'ferry_wire-651afc04713a.793-891', 'source', 1);
insert into change_sentences ("change_id", "sentence_id", "side", "ordinal") values ('c-6867ea2edd08', 'ferry_courier-5f33e4d52010.351-368', 'article', 1);
insert into change_sentences ("change_id", "sentence_id", "side", "ordinal") values ('c-c1c54cd8efc9', 'ferry_wire-651afc04713a.245-356', 'source', 1);
insert into change_sentences ("change_id", "sentence_id", "side", "ordinal") values ('c-c1c54cd8efc9', 'ferry_courier-5f33e4d52010.370-534', 'article', 1);
insert into change_sentences ("change_id", "sentence_id", "side", "ordinal") values ('c-d546ac28bfad', 'ferry_wire-651afc04713a.358-500', 'source', 1);
insert into change_sentences ("change_id", "sentence_id", "side", "ordinal") values ('c-d546ac28bfad', 'ferry_courier-5f33e4d52010.536-586', 'article', 1);
insert into change_sentences ("change_id", "sentence_id", "side", "ordinal") values ('c-a084dd81ff49', 'ferry_wire-651afc04713a.502-601', 'source', 1);
insert into change_sentences ("change_id", "sentence_id", "side", "ordinal") values ('c-ad67cda6d325', 'ferry_wire-651afc04713a.603-704', 'source', 1);
insert into change_sentences ("change_id", "sentence_id", "side", "ordinal") values ('c-4fcd72034795', 'ferry_wire-651afc04713a.893-950', 'source', 1);
insert into change_sentences ("change_id", "sentence_id", "side", "ordinal") values ('c-4fcd72034795', 'ferry_courier-5f33e4d52010.588-645', 'article', 1);
insert into change_sentences ("change_id", "sentence_id", "side", "ordinal") values ('c-df20750490d1', 'ferry_wire-651afc04713a.952-1019', 'source', 1);
insert into suggestions ("id", "change_id", "label", "rule", "confidence", "source_start", "source_end", "start", "end", "before", "after", "explanation") values ('g-ffaef00d4d2b', 'c-04db2aaec81e', 'style_only', 'reworded_without_other_change', 0.7, 90, 243, 85, 197, 'The harbour town of Marlow Bay closed its only ferry on Tuesday after an inspection found a crack 48 centimetres long in the hull, Mayor Teresa Ito said.', 'Marlow Bay closed its only ferry on Tuesday. An inspection had found a crack in the hull, Mayor Teresa Ito said.', 'Other words or another order, and no rule found a change of meaning.');
insert into suggestions ("id", "change_id", "label", "rule", "confidence", "source_start", "source_end", "start", "end", "before", "after", "explanation") values ('g-a34abd19edfb', 'c-31fe94313773', 'claim_added', 'new_assertion', 0.57, NULL, NULL, 219, 274, NULL, '“Unfair” is how baker Peter Lund described the closure.', 'A new assertion: no sentence of the wire says this. The wire has 50% of its content words in one sentence.');
insert into suggestions ("id", "change_id", "label", "rule", "confidence", "source_start", "source_end", "start", "end", "before", "after", "explanation") values ('g-4ef807467bc0', 'c-d546ac28bfad', 'quote_paraphrased', 'quotation_told_without_marks', 0.71, 359, 457, 536, 586, 'We cannot put a single passenger at risk, and we will not reopen until the hull has been replaced,', 'Ito said that passengers could not be put at risk.', 'The wire quotes “We cannot put a single passenger at risk, and we will not…”; the retelling says it without quotation marks, with 4 of its 19 words.');
insert into suggestions ("id", "change_id", "label", "rule", "confidence", "source_start", "source_end", "start", "end", "before", "after", "explanation") values ('g-debb43df7dfc', 'c-4fcd72034795', 'style_only', 'reworded_without_other_change', 0.85, 893, 950, 588, 645, 'The owner of the ferry, Grace Lines, declined to comment.', 'Grace Lines, the owner of the ferry, declined to comment.', 'Other words or another order, and no rule found a change of meaning.');
insert into builds ("id", "started", "finished", "retold_version", "inputs", "articles_read", "articles_skipped", "errors", "settings") values (1, '2026-11-21T22:59:17+00:00', '2026-11-21T22:59:22+00:00', '0.1.0', '["stories"]', 2, 0, 0, '{}');
insert into counts ("what", "key", "n") values ('operation', 'added', 3);
insert into counts ("what", "key", "n") values ('operation', 'dropped', 4);
insert into counts ("what", "key", "n") values ('operation', 'reworded', 5);
insert into counts ("what", "key", "n") values ('operation', 'split', 1);
insert into counts ("what", "key", "n") values ('publisher', '', 2);
insert into counts ("what", "key", "n") values ('rows', 'articles', 2);
insert into counts ("what", "key", "n") values ('rows', 'attributions', 12);
insert into counts ("what", "key", "n") values ('rows', 'change_sentences', 20);
insert into counts ("what", "key", "n") values ('rows', 'changes', 13);
insert into counts ("what", "key", "n") values ('rows', 'derivations', 1);
insert into counts ("what", "key", "n") values ('rows', 'entities', 14);
insert into counts ("what", "key", "n") values ('rows', 'mentions', 26);
insert into counts ("what", "key", "n") values ('rows', 'sentences', 27);
insert into counts ("what", "key", "n") values ('rows', 'stories', 1);
insert into counts ("what", "key", "n") values ('rows', 'suggestions', 4);
insert into counts ("what", "key", "n") values ('rule', 'claim_added new_assertion', 1);
insert into counts ("what", "key", "n") values ('rule', 'quote_paraphrased quotation_told_without_marks', 1);
insert into counts ("what", "key", "n") values ('rule', 'style_only reworded_without_other_change', 2);
insert into counts ("what", "key", "n") values ('source_type', 'document', 1);
insert into counts ("what", "key", "n") values ('source_type', 'named_person', 6);
insert into counts ("what", "key", "n") values ('source_type', 'organisation', 3);
insert into counts ("what", "key", "n") values ('source_type', 'unknown', 1);
insert into counts ("what", "key", "n") values ('source_type', 'unnamed_person', 1);
insert into labels ("id", "name", "group_name", "definition", "use_when", "example", "maps_to", "version", "ordinal") values ('quote_altered', 'quote altered', 'Quotes', 'Words inside quotation marks differ from the wire''s, although the same speaker is quoted.', 'Words inside the marks differ, same speaker.', '“We will rebuild” → “We must rebuild”', 'METER: verbatim/rewrite; NewsEdits 2.0: quote update; Wikipedia: fact update; Faigley and Witte: meaning change', 1, 1);
insert into labels ("id", "name", "group_name", "definition", "use_when", "example", "maps_to", "version", "ordinal") values ('quote_trimmed', 'quote trimmed', 'Quotes', 'The quotation is shorter than the wire''s, and the words that remain are unchanged and in order.', 'Shorter, remaining words intact.', '“It was slow and unfair” → “unfair”', 'NewsEdits 2.0: quote deletion; arXivEdits: content deletion; Faigley and Witte: deletion', 1, 2);
insert into labels ("id", "name", "group_name", "definition", "use_when", "example", "maps_to", "version", "ordinal") values ('quote_paraphrased', 'quote paraphrased', 'Quotes', 'The wire quotes; the retelling says the same without quotation marks.', 'Marks gone, content kept.', '“I quit,” she said → She resigned', 'PolNeAR: direct to indirect; NewsEdits 2.0: quote deletion; Faigley and Witte: substitution', 1, 3);
insert into labels ("id", "name", "group_name", "definition", "use_when", "example", "maps_to", "version", "ordinal") values ('quote_unsupported', 'quote unsupported', 'Quotes', 'The retelling quotes words that stand in no quotation of the wire.', 'Quoted words found in no quote of the wire.', 'He was upset → “I’m furious,” he said', 'NewsEdits 2.0: quote addition; PolNeAR: indirect to direct; Faigley and Witte: meaning change', 1, 4);
insert into labels ("id", "name", "group_name", "definition", "use_when", "example", "maps_to", "version", "ordinal") values ('attribution_dropped', 'attribution dropped', 'Attribution', 'A claim stays, but whoever made it, or the word that says it was claimed, is gone.', 'Claim stays, its source or cue is gone.', 'Police said two fled → Two fled', 'PolNeAR: source and cue lost; NewsEdits 2.0: source deletion; BASIL: informational bias', 1, 5);
insert into labels ("id", "name", "group_name", "definition", "use_when", "example", "maps_to", "version", "ordinal") values ('attribution_changed', 'attribution changed', 'Attribution', 'A claim is given to another, a vaguer or a more specific source.', 'Another, vaguer or more specific source.', 'Mayor Ito said → officials said', 'PolNeAR: source differs; NewsEdits 2.0: source update; BASIL: informational bias', 1, 6);
insert into labels ("id", "name", "group_name", "definition", "use_when", "example", "maps_to", "version", "ordinal") values ('attribution_added', 'attribution added', 'Attribution', 'What the wire states plainly is given to a source.', 'A plain claim gains a source.', 'Rents rose → Rents rose, analysts say', 'PolNeAR: source and cue gained; NewsEdits 2.0: source addition', 1, 7);
insert into labels ("id", "name", "group_name", "definition", "use_when", "example", "maps_to", "version", "ordinal") values ('number_changed', 'number changed', 'Facts', 'A value, date or unit is not the wire''s, even after rounding.', 'Value, date or unit not equivalent after rounding.', '48 → nearly 60', 'NewsEdits 2.0: fact update; Wikipedia: fact update; arXivEdits: content substitution; Faigley and Witte: meaning change', 1, 8);
insert into labels ("id", "name", "group_name", "definition", "use_when", "example", "maps_to", "version", "ordinal") values ('entity_changed', 'name or role changed', 'Facts', 'A person, organisation, place or role is another than the wire''s.', 'A name, role or place differs.', 'Lima → Quito', 'NewsEdits 2.0: fact update; Wikipedia: fact update; Faigley and Witte: meaning change', 1, 9);
insert into labels ("id", "name", "group_name", "definition", "use_when", "example", "maps_to", "version", "ordinal") values ('certainty_shifted', 'certainty shifted', 'Facts', 'A hedge, a modal verb or a negation makes the claim more or less certain than in the wire.', 'Hedge, modality or negation differs.', 'may close → will close', 'NewsEdits 2.0: certainty update; arXivEdits: content substitution; BASIL: informational bias', 1, 10);
insert into labels ("id", "name", "group_name", "definition", "use_when", "example", "maps_to", "version", "ordinal") values ('fact_changed', 'fact changed', 'Facts', 'The wire''s proposition and the retelling''s cannot both hold.', 'The two propositions cannot both hold.', 'the bus hit a car → a car hit the bus', 'NewsEdits 2.0: fact update; Wikipedia: fact update; Faigley and Witte: macrostructure change', 1, 11);
insert into labels ("id", "name", "group_name", "definition", "use_when", "example", "maps_to", "version", "ordinal") values ('detail_dropped', 'detail dropped', 'Selection', 'A checkable detail of the wire is lost while the rest of the sentence stays.', 'A checkable detail is lost.', 'aged 40, of Leeds → aged 40', 'NewsEdits 2.0: fact deletion; arXivEdits: content deletion; BASIL: informational bias', 1, 12);
insert into labels ("id", "name", "group_name", "definition", "use_when", "example", "maps_to", "version", "ordinal") values ('context_added', 'context added', 'Selection', 'Background or a definition that the wire does not give.', 'Background or definition not in the wire.', '… → the third strike since 2019', 'NewsEdits 2.0: background addition; Wikipedia: elaboration; arXivEdits: content insertion', 1, 13);
insert into labels ("id", "name", "group_name", "definition", "use_when", "example", "maps_to", "version", "ordinal") values ('claim_added', 'claim added', 'Selection', 'A new assertion about this event.', 'A new assertion about this event.', '… → shops also shut', 'NewsEdits 2.0: fact addition; Wikipedia: elaboration; arXivEdits: content insertion', 1, 14);
insert into labels ("id", "name", "group_name", "definition", "use_when", "example", "maps_to", "version", "ordinal") values ('opinion_added', 'opinion added', 'Framing', 'Evaluation or inference in the outlet’s own voice.', 'Evaluation or inference in the outlet’s own voice.', '… → a shameful delay', 'BASIL: lexical bias; NewsEdits 2.0: analysis addition; Wikipedia: point of view', 1, 15);
insert into labels ("id", "name", "group_name", "definition", "use_when", "example", "maps_to", "version", "ordinal") values ('loaded_wording', 'loaded wording', 'Framing', 'The same fact in a more charged or a softer word.', 'Same fact, charged or softened word.', 'protesters → mob', 'BASIL: lexical bias; Wikipedia: point of view; Faigley and Witte: substitution', 1, 16);
insert into labels ("id", "name", "group_name", "definition", "use_when", "example", "maps_to", "version", "ordinal") values ('emphasis_shifted', 'emphasis shifted', 'Framing', 'Order, lead or agency gives something more or less prominence than in the wire.', 'Order, lead or agency changes prominence.', 'cause last → cause in the lead', 'NewsEdits 2.0: emphasis; arXivEdits: reordering; Faigley and Witte: permutation', 1, 17);
insert into labels ("id", "name", "group_name", "definition", "use_when", "example", "maps_to", "version", "ordinal") values ('style_only', 'style only', 'Framing', 'Other words, the same meaning. Excludes every other label.', 'Meaning preserved; excludes every other label.', 'hurt → injured', 'METER: rewrite; NewsEdits 2.0: style; arXivEdits: improve style; Wikipedia: copy editing; Faigley and Witte: meaning-preserving change', 1, 18);
insert into labels_shipped ("id", "content") values ('quote_altered', '{"definition": "Words inside quotation marks differ from the wire''s, although the same speaker is quoted.", "example": "\u201cWe will rebuild\u201d \u2192 \u201cWe must rebuild\u201d", "group_name": "Quotes", "id": "quote_altered", "maps_to": "METER: verbatim/rewrite; NewsEdits 2.0: quote update; Wikipedia: fact update; Faigley and Witte: meaning change", "name": "quote altered", "ordinal": 1, "use_when": "Words inside the marks differ, same speaker.", "version": 1}');
insert into labels_shipped ("id", "content") values ('quote_trimmed', '{"definition": "The quotation is shorter than the wire''s, and the words that remain are unchanged and in order.", "example": "\u201cIt was slow and unfair\u201d \u2192 \u201cunfair\u201d", "group_name": "Quotes", "id": "quote_trimmed", "maps_to": "NewsEdits 2.0: quote deletion; arXivEdits: content deletion; Faigley and Witte: deletion", "name": "quote trimmed", "ordinal": 2, "use_when": "Shorter, remaining words intact.", "version": 1}');
insert into labels_shipped ("id", "content") values ('quote_paraphrased', '{"definition": "The wire quotes; the retelling says the same without quotation marks.", "example": "\u201cI quit,\u201d she said \u2192 She resigned", "group_name": "Quotes", "id": "quote_paraphrased", "maps_to": "PolNeAR: direct to indirect; NewsEdits 2.0: quote deletion; Faigley and Witte: substitution", "name": "quote paraphrased", "ordinal": 3, "use_when": "Marks gone, content kept.", "version": 1}');
insert into labels_shipped ("id", "content") values ('quote_unsupported', '{"definition": "The retelling quotes words that stand in no quotation of the wire.", "example": "He was upset \u2192 \u201cI\u2019m furious,\u201d he said", "group_name": "Quotes", "id": "quote_unsupported", "maps_to": "NewsEdits 2.0: quote addition; PolNeAR: indirect to direct; Faigley and Witte: meaning change", "name": "quote unsupported", "ordinal": 4, "use_when": "Quoted words found in no quote of the wire.", "version": 1}');
insert into labels_shipped ("id", "content") values ('attribution_dropped', '{"definition": "A claim stays, but whoever made it, or the word that says it was claimed, is gone.", "example": "Police said two fled \u2192 Two fled", "group_name": "Attribution", "id": "attribution_dropped", "maps_to": "PolNeAR: source and cue lost; NewsEdits 2.0: source deletion; BASIL: informational bias", "name": "attribution dropped", "ordinal": 5, "use_when": "Claim stays, its source or cue is gone.", "version": 1}');
insert into labels_shipped ("id", "content") values ('attribution_changed', '{"definition": "A claim is given to another, a vaguer or a more specific source.", "example": "Mayor Ito said \u2192 officials said", "group_name": "Attribution", "id": "attribution_changed", "maps_to": "PolNeAR: source differs; NewsEdits 2.0: source update; BASIL: informational bias", "name": "attribution changed", "ordinal": 6, "use_when": "Another, vaguer or more specific source.", "version": 1}');
insert into labels_shipped ("id", "content") values ('attribution_added', '{"definition": "What the wire states plainly is given to a source.", "example": "Rents rose \u2192 Rents rose, analysts say", "group_name": "Attribution", "id": "attribution_added", "maps_to": "PolNeAR: source and cue gained; NewsEdits 2.0: source addition", "name": "attribution added", "ordinal": 7, "use_when": "A plain claim gains a source.", "version": 1}');
insert into labels_shipped ("id", "content") values ('number_changed', '{"definition": "A value, date or unit is not the wire''s, even after rounding.", "example": "48 \u2192 nearly 60", "group_name": "Facts", "id": "number_changed", "maps_to": "NewsEdits 2.0: fact update; Wikipedia: fact update; arXivEdits: content substitution; Faigley and Witte: meaning change", "name": "number changed", "ordinal": 8, "use_when": "Value, date or unit not equivalent after rounding.", "version": 1}');
insert into labels_shipped ("id", "content") values ('entity_changed', '{"definition": "A person, organisation, place or role is another than the wire''s.", "example": "Lima \u2192 Quito", "group_name": "Facts", "id": "entity_changed", "maps_to": "NewsEdits 2.0: fact update; Wikipedia: fact update; Faigley and Witte: meaning change", "name": "name or role changed", "ordinal": 9, "use_when": "A name, role or place differs.", "version": 1}');
insert into labels_shipped ("id", "content") values ('certainty_shifted', '{"definition": "A hedge, a modal verb or a negation makes the claim more or less certain than in the wire.", "example": "may close \u2192 will close", "group_name": "Facts", "id": "certainty_shifted", "maps_to": "NewsEdits 2.0: certainty update; arXivEdits: content substitution; BASIL: informational bias", "name": "certainty shifted", "ordinal": 10, "use_when": "Hedge, modality or negation differs.", "version": 1}');
insert into labels_shipped ("id", "content") values ('fact_changed', '{"definition": "The wire''s proposition and the retelling''s cannot both hold.", "example": "the bus hit a car \u2192 a car hit the bus", "group_name": "Facts", "id": "fact_changed", "maps_to": "NewsEdits 2.0: fact update; Wikipedia: fact update; Faigley and Witte: macrostructure change", "name": "fact changed", "ordinal": 11, "use_when": "The two propositions cannot both hold.", "version": 1}');
insert into labels_shipped ("id", "content") values ('detail_dropped', '{"definition": "A checkable detail of the wire is lost while the rest of the sentence stays.", "example": "aged 40, of Leeds \u2192 aged 40", "group_name": "Selection", "id": "detail_dropped", "maps_to": "NewsEdits 2.0: fact deletion; arXivEdits: content deletion; BASIL: informational bias", "name": "detail dropped", "ordinal": 12, "use_when": "A checkable detail is lost.", "version": 1}');
insert into labels_shipped ("id", "content") values ('context_added', '{"definition": "Background or a definition that the wire does not give.", "example": "\u2026 \u2192 the third strike since 2019", "group_name": "Selection", "id": "context_added", "maps_to": "NewsEdits 2.0: background addition; Wikipedia: elaboration; arXivEdits: content insertion", "name": "context added", "ordinal": 13, "use_when": "Background or definition not in the wire.", "version": 1}');
insert into labels_shipped ("id", "content") values ('claim_added', '{"definition": "A new assertion about this event.", "example": "\u2026 \u2192 shops also shut", "group_name": "Selection", "id": "claim_added", "maps_to": "NewsEdits 2.0: fact addition; Wikipedia: elaboration; arXivEdits: content insertion", "name": "claim added", "ordinal": 14, "use_when": "A new assertion about this event.", "version": 1}');
insert into labels_shipped ("id", "content") values ('opinion_added', '{"definition": "Evaluation or inference in the outlet\u2019s own voice.", "example": "\u2026 \u2192 a shameful delay", "group_name": "Framing", "id": "opinion_added", "maps_to": "BASIL: lexical bias; NewsEdits 2.0: analysis addition; Wikipedia: point of view", "name": "opinion added", "ordinal": 15, "use_when": "Evaluation or inference in the outlet\u2019s own voice.", "version": 1}');
insert into labels_shipped ("id", "content") values ('loaded_wording', '{"definition": "The same fact in a more charged or a softer word.", "example": "protesters \u2192 mob", "group_name": "Framing", "id": "loaded_wording", "maps_to": "BASIL: lexical bias; Wikipedia: point of view; Faigley and Witte: substitution", "name": "loaded wording", "ordinal": 16, "use_when": "Same fact, charged or softened word.", "version": 1}');
insert into labels_shipped ("id", "content") values ('emphasis_shifted', '{"definition": "Order, lead or agency gives something more or less prominence than in the wire.", "example": "cause last \u2192 cause in the lead", "group_name": "Framing", "id": "emphasis_shifted", "maps_to": "NewsEdits 2.0: emphasis; arXivEdits: reordering; Faigley and Witte: permutation", "name": "emphasis shifted", "ordinal": 17, "use_when": "Order, lead or agency changes prominence.", "version": 1}');
insert into labels_shipped ("id", "content") values ('style_only', '{"definition": "Other words, the same meaning. Excludes every other label.", "example": "hurt \u2192 injured", "group_name": "Framing", "id": "style_only", "maps_to": "METER: rewrite; NewsEdits 2.0: style; arXivEdits: improve style; Wikipedia: copy editing; Faigley and Witte: meaning-preserving change", "name": "style only", "ordinal": 18, "use_when": "Meaning preserved; excludes every other label.", "version": 1}');
insert into corrections ("document", "title", "publisher", "author", "published", "url", "note") values ('stories/ferry_wire.txt', '', '', '', '', '', 'by hand');
insert into annotations ("id", "change_id", "article_id", "source_article_id", "suggestion_id", "label", "verdict", "source_start", "source_end", "start", "end", "before", "after", "severity", "certainty", "comment", "annotator", "codebook_version", "pass", "withdrawn", "orphaned", "revision", "created", "updated") values ('n-edd50d01900bc8e73420', 'c-04db2aaec81e', 'ferry_courier-5f33e4d52010', 'ferry_wire-651afc04713a', NULL, 'style_only', 'added', NULL, NULL, NULL, NULL, '{"exact": "The harbour town of Marlow Bay closed its only ferry on Tuesday after an inspection found a crack 48 centimetres long in the hull, Mayor Teresa Ito said.", "prefix": "ed hull\n\nMARLOW BAY (Reuters) - ", "suffix": "\n\nThe ferry, the Northern Grace,"}', '{"exact": "Marlow Bay closed its only ferry on Tuesday. An inspection had found a crack in the hull, Mayor Teresa Ito said.", "prefix": "ead\n\nBy Jo Park, Courier staff\n\n", "suffix": "\n\nWhat islanders say\n\n“Unfair” i"}', NULL, NULL, 'of a person', 'ida', 1, 'assisted', 0, 0, 1, '2026-11-21T22:59:22.790+00:00', '2026-11-21T22:59:22.790+00:00');
insert into annotations ("id", "change_id", "article_id", "source_article_id", "suggestion_id", "label", "verdict", "source_start", "source_end", "start", "end", "before", "after", "severity", "certainty", "comment", "annotator", "codebook_version", "pass", "withdrawn", "orphaned", "revision", "created", "updated") values ('n-245dd08d6b02c37ed95e', 'c-6867ea2edd08', 'ferry_courier-5f33e4d52010', 'ferry_wire-651afc04713a', NULL, 'style_only', 'added', NULL, NULL, NULL, NULL, NULL, '{"exact": "What happens next", "prefix": "t until a replacement arrives.\n\n", "suffix": "\n\nThe Northern Grace carries abo"}', NULL, NULL, 'of a person', 'ida', 1, 'assisted', 0, 0, 1, '2026-11-21T22:59:22.794+00:00', '2026-11-21T22:59:22.794+00:00');
insert into annotations ("id", "change_id", "article_id", "source_article_id", "suggestion_id", "label", "verdict", "source_start", "source_end", "start", "end", "before", "after", "severity", "certainty", "comment", "annotator", "codebook_version", "pass", "withdrawn", "orphaned", "revision", "created", "updated") values ('n-c0d91693b46687f9279e', 'c-ad67cda6d325', 'ferry_courier-5f33e4d52010', 'ferry_wire-651afc04713a', NULL, 'style_only', 'added', NULL, NULL, NULL, NULL, '{"exact": "Repairs will cost 3.4 million dollars, according to a report by the engineering firm Halden Brothers.", "prefix": "ollision with a pier in March.\n\n", "suffix": "\n\nIslanders said they would have"}', NULL, NULL, NULL, 'of a person', 'ida', 1, 'assisted', 0, 0, 1, '2026-11-21T22:59:22.798+00:00', '2026-11-21T22:59:22.798+00:00');
insert into annotations ("id", "change_id", "article_id", "source_article_id", "suggestion_id", "label", "verdict", "source_start", "source_end", "start", "end", "before", "after", "severity", "certainty", "comment", "annotator", "codebook_version", "pass", "withdrawn", "orphaned", "revision", "created", "updated") values ('n-1d240534806a6815e46f', 'c-d546ac28bfad', 'ferry_courier-5f33e4d52010', 'ferry_wire-651afc04713a', NULL, 'style_only', 'added', NULL, NULL, NULL, NULL, '{"exact": "“We cannot put a single passenger at risk, and we will not reopen until the hull has been replaced,” Ito told reporters outside the town hall.", "prefix": "w Bay and the island of Skell.\n\n", "suffix": "\n\nThe Coastal Safety Board said "}', '{"exact": "Ito said that passengers could not be put at risk.", "prefix": "osed on this coast since 2019.\n\n", "suffix": "\n\nGrace Lines, the owner of the "}', NULL, NULL, 'of a person', 'ida', 1, 'assisted', 0, 0, 1, '2026-11-21T22:59:22.802+00:00', '2026-11-21T22:59:22.802+00:00');
insert into annotations ("id", "change_id", "article_id", "source_article_id", "suggestion_id", "label", "verdict", "source_start", "source_end", "start", "end", "before", "after", "severity", "certainty", "comment", "annotator", "codebook_version", "pass", "withdrawn", "orphaned", "revision", "created", "updated") values ('n-f36d503e80689b7751ff', 'c-fce6ad2033ba', 'ferry_courier-5f33e4d52010', 'ferry_wire-651afc04713a', NULL, 'style_only', 'added', NULL, NULL, NULL, NULL, NULL, '{"exact": "What islanders say", "prefix": "e hull, Mayor Teresa Ito said.\n\n", "suffix": "\n\n“Unfair” is how baker Peter Lu"}', NULL, NULL, 'of a person', 'ida', 1, 'assisted', 0, 0, 1, '2026-11-21T22:59:22.810+00:00', '2026-11-21T22:59:22.810+00:00');
insert into annotations ("id", "change_id", "article_id", "source_article_id", "suggestion_id", "label", "verdict", "source_start", "source_end", "start", "end", "before", "after", "severity", "certainty", "comment", "annotator", "codebook_version", "pass", "withdrawn", "orphaned", "revision", "created", "updated") values ('n-49f0158561abf6cedcbf', 'c-of-another-aligner', 'ferry_courier-5f33e4d52010', 'ferry_wire-651afc04713a', NULL, 'style_only', 'added', NULL, NULL, NULL, NULL, '{"exact": "he harbour town of Marlow Bay closed its only ferry on Tuesday after an inspection found a crack 48 centimetres long in the hull, Mayor Teresa Ito said.", "prefix": "d hull\n\nMARLOW BAY (Reuters) - T", "suffix": "\n\nThe ferry, the Northern Grace,"}', '{"exact": "arlow Bay closed its only ferry on Tuesday. An inspection had found a crack in the hull, Mayor Teresa Ito said.", "prefix": "ad\n\nBy Jo Park, Courier staff\n\nM", "suffix": "\n\nWhat islanders say\n\n“Unfair” i"}', NULL, NULL, 'of a person', 'ida', 1, 'assisted', 0, 0, 1, '2026-11-21T22:59:22.814+00:00', '2026-11-21T22:59:22.814+00:00');
insert into decisions ("id", "change_id", "annotator", "status", "operation", "comment", "withdrawn", "orphaned", "revision", "created", "updated") values ('d-15ed4001f25e273c0698', 'c-04db2aaec81e', 'ida', 'done', NULL, '', 0, 0, 1, '2026-11-21T22:59:22.791+00:00', '2026-11-21T22:59:22.791+00:00');
insert into decisions ("id", "change_id", "annotator", "status", "operation", "comment", "withdrawn", "orphaned", "revision", "created", "updated") values ('d-ce2c482faa4675b628f8', 'c-6867ea2edd08', 'ida', 'done', NULL, '', 0, 0, 1, '2026-11-21T22:59:22.794+00:00', '2026-11-21T22:59:22.794+00:00');
insert into decisions ("id", "change_id", "annotator", "status", "operation", "comment", "withdrawn", "orphaned", "revision", "created", "updated") values ('d-e04e28f858bcb52f5aba', 'c-ad67cda6d325', 'ida', 'done', NULL, '', 0, 0, 1, '2026-11-21T22:59:22.798+00:00', '2026-11-21T22:59:22.798+00:00');
insert into decisions ("id", "change_id", "annotator", "status", "operation", "comment", "withdrawn", "orphaned", "revision", "created", "updated") values ('d-1efc10c1ea966f8b7cc7', 'c-d546ac28bfad', 'ida', 'done', NULL, '', 0, 0, 1, '2026-11-21T22:59:22.802+00:00', '2026-11-21T22:59:22.802+00:00');
insert into decisions ("id", "change_id", "annotator", "status", "operation", "comment", "withdrawn", "orphaned", "revision", "created", "updated") values ('d-327ef501e935c35a33f9', 'c-fce6ad2033ba', 'ida', 'done', NULL, '', 0, 0, 1, '2026-11-21T22:59:22.810+00:00', '2026-11-21T22:59:22.810+00:00');
insert into decisions ("id", "change_id", "annotator", "status", "operation", "comment", "withdrawn", "orphaned", "revision", "created", "updated") values ('d-f53c452806527669a423', 'c-of-another-aligner', 'ida', 'done', NULL, '', 0, 0, 1, '2026-11-21T22:59:22.814+00:00', '2026-11-21T22:59:22.814+00:00');
insert into annotation_events ("id", "at", "actor", "action", "table_name", "row_id", "before", "after") values (1, '2026-11-21T22:59:22.790+00:00', 'ida', 'created', 'annotations', 'n-edd50d01900bc8e73420', NULL, '{"after": "{\"exact\": \"Marlow Bay closed its only ferry on Tuesday. An inspection had found a crack in the hull, Mayor Teresa Ito said.\", \"prefix\": \"ead\\n\\nBy Jo Park, Courier staff\\n\\n\", \"suffix\": \"\\n\\nWhat islanders say\\n\\n“Unfair” i\"}", "annotator": "ida", "article_id": "ferry_courier-5f33e4d52010", "before": "{\"exact\": \"The harbour town of Marlow Bay closed its only ferry on Tuesday after an inspection found a crack 48 centimetres long in the hull, Mayor Teresa Ito said.\", \"prefix\": \"ed hull\\n\\nMARLOW BAY (Reuters) - \", \"suffix\": \"\\n\\nThe ferry, the Northern Grace,\"}", "certainty": null, "change_id": "c-04db2aaec81e", "codebook_version": 1, "comment": "of a person", "created": "2026-11-21T22:59:22.790+00:00", "end": null, "id": "n-edd50d01900bc8e73420", "label": "style_only", "orphaned": 0, "pass": "assisted", "revision": 1, "severity": null, "source_article_id": "ferry_wire-651afc04713a", "source_end": null, "source_start": null, "start": null, "suggestion_id": null, "updated": "2026-11-21T22:59:22.790+00:00", "verdict": "added", "withdrawn": 0}');
insert into annotation_events ("id", "at", "actor", "action", "table_name", "row_id", "before", "after") values (2, '2026-11-21T22:59:22.791+00:00', 'ida', 'created', 'decisions', 'd-15ed4001f25e273c0698', NULL, '{"annotator": "ida", "change_id": "c-04db2aaec81e", "comment": "", "created": "2026-11-21T22:59:22.791+00:00", "id": "d-15ed4001f25e273c0698", "operation": null, "orphaned": 0, "revision": 1, "status": "done", "updated": "2026-11-21T22:59:22.791+00:00", "withdrawn": 0}');
insert into annotation_events ("id", "at", "actor", "action", "table_name", "row_id", "before", "after") values (3, '2026-11-21T22:59:22.791+00:00', 'ida', 'created', 'comments', 'm-0406053a4287f6cdd609', NULL, '{"annotator": "ida", "change_id": "c-04db2aaec81e", "created": "2026-11-21T22:59:22.791+00:00", "id": "m-0406053a4287f6cdd609", "orphaned": 0, "parent_id": null, "revision": 1, "text": "why so?", "updated": "2026-11-21T22:59:22.791+00:00", "withdrawn": 0}');
insert into annotation_events ("id", "at", "actor", "action", "table_name", "row_id", "before", "after") values (4, '2026-11-21T22:59:22.794+00:00', 'ida', 'created', 'annotations', 'n-245dd08d6b02c37ed95e', NULL, '{"after": "{\"exact\": \"What happens next\", \"prefix\": \"t until a replacement arrives.\\n\\n\", \"suffix\": \"\\n\\nThe Northern Grace carries abo\"}", "annotator": "ida", "article_id": "ferry_courier-5f33e4d52010", "before": null, "certainty": null, "change_id": "c-6867ea2edd08", "codebook_version": 1, "comment": "of a person", "created": "2026-11-21T22:59:22.794+00:00", "end": null, "id": "n-245dd08d6b02c37ed95e", "label": "style_only", "orphaned": 0, "pass": "assisted", "revision": 1, "severity": null, "source_article_id": "ferry_wire-651afc04713a", "source_end": null, "source_start": null, "start": null, "suggestion_id": null, "updated": "2026-11-21T22:59:22.794+00:00", "verdict": "added", "withdrawn": 0}');
insert into annotation_events ("id", "at", "actor", "action", "table_name", "row_id", "before", "after") values (5, '2026-11-21T22:59:22.794+00:00', 'ida', 'created', 'decisions', 'd-ce2c482faa4675b628f8', NULL, '{"annotator": "ida", "change_id": "c-6867ea2edd08", "comment": "", "created": "2026-11-21T22:59:22.794+00:00", "id": "d-ce2c482faa4675b628f8", "operation": null, "orphaned": 0, "revision": 1, "status": "done", "updated": "2026-11-21T22:59:22.794+00:00", "withdrawn": 0}');
insert into annotation_events ("id", "at", "actor", "action", "table_name", "row_id", "before", "after") values (6, '2026-11-21T22:59:22.794+00:00', 'ida', 'created', 'comments', 'm-93850e6a564fc803e0f6', NULL, '{"annotator": "ida", "change_id": "c-6867ea2edd08", "created": "2026-11-21T22:59:22.794+00:00", "id": "m-93850e6a564fc803e0f6", "orphaned": 0, "parent_id": null, "revision": 1, "text": "why so?", "updated": "2026-11-21T22:59:22.794+00:00", "withdrawn": 0}');
insert into annotation_events ("id", "at", "actor", "action", "table_name", "row_id", "before", "after") values (7, '2026-11-21T22:59:22.798+00:00', 'ida', 'created', 'annotations', 'n-c0d91693b46687f9279e', NULL, '{"after": null, "annotator": "ida", "article_id": "ferry_courier-5f33e4d52010", "before": "{\"exact\": \"Repairs will cost 3.4 million dollars, according to a report by the engineering firm Halden Brothers.\", \"prefix\": \"ollision with a pier in March.\\n\\n\", \"suffix\": \"\\n\\nIslanders said they would have\"}", "certainty": null, "change_id": "c-ad67cda6d325", "codebook_version": 1, "comment": "of a person", "created": "2026-11-21T22:59:22.798+00:00", "end": null, "id": "n-c0d91693b46687f9279e", "label": "style_only", "orphaned": 0, "pass": "assisted", "revision": 1, "severity": null, "source_article_id": "ferry_wire-651afc04713a", "source_end": null, "source_start": null, "start": null, "suggestion_id": null, "updated": "2026-11-21T22:59:22.798+00:00", "verdict": "added", "withdrawn": 0}');
insert into annotation_events ("id", "at", "actor", "action", "table_name", "row_id", "before", "after") values (8, '2026-11-21T22:59:22.798+00:00', 'ida', 'created', 'decisions', 'd-e04e28f858bcb52f5aba', NULL, '{"annotator": "ida", "change_id": "c-ad67cda6d325", "comment": "", "created": "2026-11-21T22:59:22.798+00:00", "id": "d-e04e28f858bcb52f5aba", "operation": null, "orphaned": 0, "revision": 1, "status": "done", "updated": "2026-11-21T22:59:22.798+00:00", "withdrawn": 0}');
insert into annotation_events ("id", "at", "actor", "action", "table_name", "row_id", "before", "after") values (9, '2026-11-21T22:59:22.798+00:00', 'ida', 'created', 'comments', 'm-a24c5bb8f8d5a54f4ffd', NULL, '{"annotator": "ida", "change_id": "c-ad67cda6d325", "created": "2026-11-21T22:59:22.798+00:00", "id": "m-a24c5bb8f8d5a54f4ffd", "orphaned": 0, "parent_id": null, "revision": 1, "text": "why so?", "updated": "2026-11-21T22:59:22.798+00:00", "withdrawn": 0}');
insert into annotation_events ("id", "at", "actor", "action", "table_name", "row_id", "before", "after") values (10, '2026-11-21T22:59:22.802+00:00', 'ida', 'created', 'annotations', 'n-1d240534806a6815e46f', NULL, '{"after": "{\"exact\": \"Ito said that passengers could not be put at risk.\", \"prefix\": \"osed on this coast since 2019.\\n\\n\", \"suffix\": \"\\n\\nGrace Lines, the owner of the \"}", "annotator": "ida", "article_id": "ferry_courier-5f33e4d52010", "before": "{\"exact\": \"“We cannot put a single passenger at risk, and we will not reopen until the hull has been replaced,” Ito told reporters outside the town hall.\", \"prefix\": \"w Bay and the island of Skell.\\n\\n\", \"suffix\": \"\\n\\nThe Coastal Safety Board said \"}", "certainty": null, "change_id": "c-d546ac28bfad", "codebook_version": 1, "comment": "of a person", "created": "2026-11-21T22:59:22.802+00:00", "end": null, "id": "n-1d240534806a6815e46f", "label": "style_only", "orphaned": 0, "pass": "assisted", "revision": 1, "severity": null, "source_article_id": "ferry_wire-651afc04713a", "source_end": null, "source_start": null, "start": null, "suggestion_id": null, "updated": "2026-11-21T22:59:22.802+00:00", "verdict": "added", "withdrawn": 0}');
insert into annotation_events ("id", "at", "actor", "action", "table_name", "row_id", "before", "after") values (11, '2026-11-21T22:59:22.802+00:00', 'ida', 'created', 'decisions', 'd-1efc10c1ea966f8b7cc7', NULL, '{"annotator": "ida", "change_id": "c-d546ac28bfad", "comment": "", "created": "2026-11-21T22:59:22.802+00:00", "id": "d-1efc10c1ea966f8b7cc7", "operation": null, "orphaned": 0, "revision": 1, "status": "done", "updated": "2026-11-21T22:59:22.802+00:00", "withdrawn": 0}');
insert into annotation_events ("id", "at", "actor", "action", "table_name", "row_id", "before", "after") values (12, '2026-11-21T22:59:22.802+00:00', 'ida', 'created', 'comments', 'm-cef4df8046c98c7deffb', NULL, '{"annotator": "ida", "change_id": "c-d546ac28bfad", "created": "2026-11-21T22:59:22.802+00:00", "id": "m-cef4df8046c98c7deffb", "orphaned": 0, "parent_id": null, "revision": 1, "text": "why so?", "updated": "2026-11-21T22:59:22.802+00:00", "withdrawn": 0}');
insert into annotation_events ("id", "at", "actor", "action", "table_name", "row_id", "before", "after") values (13, '2026-11-21T22:59:22.810+00:00', 'ida', 'created', 'annotations', 'n-f36d503e80689b7751ff', NULL, '{"after": "{\"exact\": \"What islanders say\", \"prefix\": \"e hull, Mayor Teresa Ito said.\\n\\n\", \"suffix\": \"\\n\\n“Unfair” is how baker Peter Lu\"}", "annotator": "ida", "article_id": "ferry_courier-5f33e4d52010", "before": null, "certainty": null, "change_id": "c-fce6ad2033ba", "codebook_version": 1, "comment": "of a person", "created": "2026-11-21T22:59:22.810+00:00", "end": null, "id": "n-f36d503e80689b7751ff", "label": "style_only", "orphaned": 0, "pass": "assisted", "revision": 1, "severity": null, "source_article_id": "ferry_wire-651afc04713a", "source_end": null, "source_start": null, "start": null, "suggestion_id": null, "updated": "2026-11-21T22:59:22.810+00:00", "verdict": "added", "withdrawn": 0}');
insert into annotation_events ("id", "at", "actor", "action", "table_name", "row_id", "before", "after") values (14, '2026-11-21T22:59:22.810+00:00', 'ida', 'created', 'decisions', 'd-327ef501e935c35a33f9', NULL, '{"annotator": "ida", "change_id": "c-fce6ad2033ba", "comment": "", "created": "2026-11-21T22:59:22.810+00:00", "id": "d-327ef501e935c35a33f9", "operation": null, "orphaned": 0, "revision": 1, "status": "done", "updated": "2026-11-21T22:59:22.810+00:00", "withdrawn": 0}');
insert into annotation_events ("id", "at", "actor", "action", "table_name", "row_id", "before", "after") values (15, '2026-11-21T22:59:22.810+00:00', 'ida', 'created', 'comments', 'm-b035c7bcd147329bf74a', NULL, '{"annotator": "ida", "change_id": "c-fce6ad2033ba", "created": "2026-11-21T22:59:22.810+00:00", "id": "m-b035c7bcd147329bf74a", "orphaned": 0, "parent_id": null, "revision": 1, "text": "why so?", "updated": "2026-11-21T22:59:22.810+00:00", "withdrawn": 0}');
insert into annotation_events ("id", "at", "actor", "action", "table_name", "row_id", "before", "after") values (16, '2026-11-21T22:59:22.814+00:00', 'ida', 'created', 'annotations', 'n-49f0158561abf6cedcbf', NULL, '{"after": "{\"exact\": \"arlow Bay closed its only ferry on Tuesday. An inspection had found a crack in the hull, Mayor Teresa Ito said.\", \"prefix\": \"ad\\n\\nBy Jo Park, Courier staff\\n\\nM\", \"suffix\": \"\\n\\nWhat islanders say\\n\\n“Unfair” i\"}", "annotator": "ida", "article_id": "ferry_courier-5f33e4d52010", "before": "{\"exact\": \"he harbour town of Marlow Bay closed its only ferry on Tuesday after an inspection found a crack 48 centimetres long in the hull, Mayor Teresa Ito said.\", \"prefix\": \"d hull\\n\\nMARLOW BAY (Reuters) - T\", \"suffix\": \"\\n\\nThe ferry, the Northern Grace,\"}", "certainty": null, "change_id": "c-of-another-aligner", "codebook_version": 1, "comment": "of a person", "created": "2026-11-21T22:59:22.814+00:00", "end": null, "id": "n-49f0158561abf6cedcbf", "label": "style_only", "orphaned": 0, "pass": "assisted", "revision": 1, "severity": null, "source_article_id": "ferry_wire-651afc04713a", "source_end": null, "source_start": null, "start": null, "suggestion_id": null, "updated": "2026-11-21T22:59:22.814+00:00", "verdict": "added", "withdrawn": 0}');
insert into annotation_events ("id", "at", "actor", "action", "table_name", "row_id", "before", "after") values (17, '2026-11-21T22:59:22.814+00:00', 'ida', 'created', 'decisions', 'd-f53c452806527669a423', NULL, '{"annotator": "ida", "change_id": "c-of-another-aligner", "comment": "", "created": "2026-11-21T22:59:22.814+00:00", "id": "d-f53c452806527669a423", "operation": null, "orphaned": 0, "revision": 1, "status": "done", "updated": "2026-11-21T22:59:22.814+00:00", "withdrawn": 0}');
insert into annotation_events ("id", "at", "actor", "action", "table_name", "row_id", "before", "after") values (18, '2026-11-21T22:59:22.814+00:00', 'ida', 'created', 'comments', 'm-dcbed4f28709381f78f4', NULL, '{"annotator": "ida", "change_id": "c-of-another-aligner", "created": "2026-11-21T22:59:22.814+00:00", "id": "m-dcbed4f28709381f78f4", "orphaned": 0, "parent_id": null, "revision": 1, "text": "why so?", "updated": "2026-11-21T22:59:22.814+00:00", "withdrawn": 0}');
insert into comments ("id", "change_id", "parent_id", "annotator", "text", "withdrawn", "orphaned", "revision", "created", "updated") values ('m-0406053a4287f6cdd609', 'c-04db2aaec81e', NULL, 'ida', 'why so?', 0, 0, 1, '2026-11-21T22:59:22.791+00:00', '2026-11-21T22:59:22.791+00:00');
insert into comments ("id", "change_id", "parent_id", "annotator", "text", "withdrawn", "orphaned", "revision", "created", "updated") values ('m-93850e6a564fc803e0f6', 'c-6867ea2edd08', NULL, 'ida', 'why so?', 0, 0, 1, '2026-11-21T22:59:22.794+00:00', '2026-11-21T22:59:22.794+00:00');
insert into comments ("id", "change_id", "parent_id", "annotator", "text", "withdrawn", "orphaned", "revision", "created", "updated") values ('m-a24c5bb8f8d5a54f4ffd', 'c-ad67cda6d325', NULL, 'ida', 'why so?', 0, 0, 1, '2026-11-21T22:59:22.798+00:00', '2026-11-21T22:59:22.798+00:00');
insert into comments ("id", "change_id", "parent_id", "annotator", "text", "withdrawn", "orphaned", "revision", "created", "updated") values ('m-cef4df8046c98c7deffb', 'c-d546ac28bfad', NULL, 'ida', 'why so?', 0, 0, 1, '2026-11-21T22:59:22.802+00:00', '2026-11-21T22:59:22.802+00:00');
insert into comments ("id", "change_id", "parent_id", "annotator", "text", "withdrawn", "orphaned", "revision", "created", "updated") values ('m-b035c7bcd147329bf74a', 'c-fce6ad2033ba', NULL, 'ida', 'why so?', 0, 0, 1, '2026-11-21T22:59:22.810+00:00', '2026-11-21T22:59:22.810+00:00');
insert into comments ("id", "change_id", "parent_id", "annotator", "text", "withdrawn", "orphaned", "revision", "created", "updated") values ('m-dcbed4f28709381f78f4', 'c-of-another-aligner', NULL, 'ida', 'why so?', 0, 0, 1, '2026-11-21T22:59:22.814+00:00', '2026-11-21T22:59:22.814+00:00');
insert into authored_counts ("what", "key", "n") values ('annotator', 'ida', 6);
insert into authored_counts ("what", "key", "n") values ('commenter', 'ida', 6);
insert into authored_counts ("what", "key", "n") values ('rows', 'annotation_events', 18);
insert into authored_counts ("what", "key", "n") values ('rows', 'annotations', 6);
insert into authored_counts ("what", "key", "n") values ('rows', 'comments', 6);
insert into authored_counts ("what", "key", "n") values ('rows', 'decisions', 6);
insert into authored_counts ("what", "key", "n") values ('verdict', 'style_only added', 6);
insert into sentences_fts (sentences_fts) values ('rebuild');
insert into articles_fts (articles_fts) values ('rebuild');
CREATE TRIGGER annotation_events_no_update before update on annotation_events
begin select raise(abort, 'annotation_events is append-only'); end;
CREATE TRIGGER annotation_events_no_delete before delete on annotation_events
begin select raise(abort, 'annotation_events is append-only'); end;
CREATE INDEX articles_story_id on articles (story_id);
CREATE INDEX articles_publisher on articles (publisher);
CREATE INDEX articles_role_publisher on articles (role, publisher);
CREATE INDEX articles_role_story_id on articles (role, story_id);
CREATE INDEX articles_role_derivation on articles (role, derivation);
CREATE INDEX articles_role_published on articles (role, published);
CREATE INDEX articles_wire on articles (wire);
CREATE INDEX articles_language on articles (language);
CREATE INDEX articles_derivation on articles (derivation);
CREATE INDEX articles_derived_from on articles (derived_from);
CREATE INDEX articles_supersedes on articles (supersedes);
CREATE INDEX articles_published on articles (published);
CREATE INDEX stories_source_article_id on stories (source_article_id);
CREATE INDEX sentences_kind on sentences (kind, position, id);
CREATE INDEX sentences_kind_article_id on sentences (kind, article_id);
CREATE INDEX entities_type on entities (type);
CREATE INDEX mentions_sentence_id on mentions (sentence_id);
CREATE INDEX mentions_article_id on mentions (article_id, type);
CREATE INDEX mentions_entity_id on mentions (entity_id);
CREATE INDEX mentions_type on mentions (type, article_id);
CREATE INDEX attributions_article_id on attributions (article_id);
CREATE INDEX attributions_sentence_id on attributions (sentence_id);
CREATE INDEX attributions_kind on attributions (kind, article_id, source_type);
CREATE INDEX attributions_source_type on attributions (source_type, article_id, kind);
CREATE INDEX attributions_source_entity_id on attributions (source_entity_id);
CREATE INDEX attributions_via on attributions (via_attribution_id);
CREATE INDEX derivations_article_id on derivations (article_id);
CREATE INDEX derivations_degree on derivations (degree);
CREATE INDEX changes_derivation_id on changes (derivation_id);
CREATE INDEX changes_source_article_id on changes (source_article_id, article_id, position);
CREATE INDEX changes_article_id on changes (article_id, position);
CREATE INDEX changes_operation on changes (operation, article_id, moved);
CREATE INDEX changes_operation_position on changes (operation, position, id);
CREATE INDEX changes_moved on changes (moved, article_id, operation);
CREATE INDEX change_sentences_sentence_id on change_sentences (sentence_id);
CREATE INDEX suggestions_change_id on suggestions (change_id);
CREATE INDEX suggestions_label on suggestions (label, confidence);
CREATE INDEX suggestions_label_rule on suggestions (label, rule);
CREATE INDEX suggestions_rule on suggestions (rule, label);
CREATE INDEX build_errors_build_id on build_errors (build_id);
CREATE INDEX annotations_change_id on annotations (change_id);
CREATE INDEX annotations_article_id on annotations (article_id);
CREATE INDEX annotations_source_article_id on annotations (source_article_id);
CREATE INDEX annotations_label on annotations (label);
CREATE INDEX annotations_verdict on annotations (verdict);
CREATE INDEX annotations_annotator on annotations (annotator);
CREATE INDEX decisions_annotator on decisions (annotator);
CREATE INDEX decisions_status on decisions (status);
CREATE INDEX annotation_events_row on annotation_events (table_name, row_id);
CREATE INDEX adjudications_label on adjudications (label);
CREATE INDEX stories_articles on stories (articles);
CREATE INDEX stories_retellings on stories (retellings desc, articles desc, first_published, title, id);
CREATE INDEX sentences_position on sentences (position, id);
CREATE INDEX entities_mentions on entities (mentions);
CREATE INDEX derivations_score on derivations (score);
CREATE INDEX derivations_suggestions on derivations (suggestions);
CREATE INDEX changes_position on changes (position, id);
CREATE INDEX suggestions_confidence on suggestions (confidence);
CREATE INDEX changes_suggestions on changes (suggestions desc, source_article_id, article_id, position)
  where suggestions > 0;
CREATE INDEX annotations_updated on annotations (updated);
CREATE INDEX decisions_updated on decisions (updated);
CREATE INDEX adjudications_created on adjudications (created);
CREATE INDEX annotation_events_action on annotation_events (action);
CREATE INDEX annotation_events_actor on annotation_events (actor);
CREATE INDEX annotations_pass on annotations (pass);
CREATE INDEX decisions_operation on decisions (operation);
CREATE INDEX adjudications_verdict on adjudications (verdict);
CREATE INDEX adjudications_adjudicator on adjudications (adjudicator);
CREATE INDEX build_errors_stage on build_errors (stage);
CREATE INDEX labels_group_name on labels (group_name);
CREATE INDEX comments_change_id on comments (change_id);
CREATE INDEX comments_annotator on comments (annotator);
CREATE INDEX realignments_article on realignments (source_article_id, article_id);
CREATE INDEX realignments_annotator on realignments (annotator);
CREATE INDEX realignments_operation on realignments (operation);
CREATE INDEX assignments_story_id on assignments (story_id);
CREATE INDEX assignments_pass on assignments (pass);
CREATE INDEX leases_annotator on leases (annotator);
CREATE INDEX comments_created on comments (created);
CREATE INDEX comments_parent_id on comments (parent_id);
CREATE INDEX realignments_article_id on realignments (article_id);
CREATE INDEX realignments_updated on realignments (updated);
CREATE INDEX assignments_annotator on assignments (annotator);
CREATE INDEX assignments_updated on assignments (updated);
CREATE TRIGGER "sentences_ai" AFTER INSERT ON "sentences" BEGIN
  INSERT INTO "sentences_fts" (rowid, "text") VALUES (new.rowid, new."text");
END;
CREATE TRIGGER "sentences_ad" AFTER DELETE ON "sentences" BEGIN
  INSERT INTO "sentences_fts" ("sentences_fts", rowid, "text") VALUES('delete', old.rowid, old."text");
END;
CREATE TRIGGER "sentences_au" AFTER UPDATE ON "sentences" BEGIN
  INSERT INTO "sentences_fts" ("sentences_fts", rowid, "text") VALUES('delete', old.rowid, old."text");
  INSERT INTO "sentences_fts" (rowid, "text") VALUES (new.rowid, new."text");
END;
CREATE TRIGGER "articles_ai" AFTER INSERT ON "articles" BEGIN
  INSERT INTO "articles_fts" (rowid, "title", "text") VALUES (new.rowid, new."title", new."text");
END;
CREATE TRIGGER "articles_ad" AFTER DELETE ON "articles" BEGIN
  INSERT INTO "articles_fts" ("articles_fts", rowid, "title", "text") VALUES('delete', old.rowid, old."title", old."text");
END;
CREATE TRIGGER "articles_au" AFTER UPDATE ON "articles" BEGIN
  INSERT INTO "articles_fts" ("articles_fts", rowid, "title", "text") VALUES('delete', old.rowid, old."title", old."text");
  INSERT INTO "articles_fts" (rowid, "title", "text") VALUES (new.rowid, new."title", new."text");
END;
CREATE TRIGGER counted_stories_insert after insert on stories begin
  insert into counts select 'rows', 'stories', 1 where true
    on conflict (what, key) do update set n = n + 1;
end;
CREATE TRIGGER counted_stories_delete after delete on stories begin
  update counts set n = n - 1 where what = 'rows' and key = 'stories' and true;
  delete from counts where what = 'rows' and key = 'stories' and n = 0;
end;
CREATE TRIGGER counted_articles_insert after insert on articles begin
  insert into counts select 'rows', 'articles', 1 where true
    on conflict (what, key) do update set n = n + 1;
  insert into counts select 'publisher', coalesce(new.publisher, ''), 1 where true
    on conflict (what, key) do update set n = n + 1;
end;
CREATE TRIGGER counted_articles_delete after delete on articles begin
  update counts set n = n - 1 where what = 'rows' and key = 'articles' and true;
  delete from counts where what = 'rows' and key = 'articles' and n = 0;
  update counts set n = n - 1 where what = 'publisher' and key = coalesce(old.publisher, '') and true;
  delete from counts where what = 'publisher' and key = coalesce(old.publisher, '') and n = 0;
end;
CREATE TRIGGER counted_articles_update after update of publisher on articles begin
  update counts set n = n - 1 where what = 'publisher' and key = coalesce(old.publisher, '') and true;
  delete from counts where what = 'publisher' and key = coalesce(old.publisher, '') and n = 0;
  insert into counts select 'publisher', coalesce(new.publisher, ''), 1 where true
    on conflict (what, key) do update set n = n + 1;
end;
CREATE TRIGGER counted_entities_insert after insert on entities begin
  insert into counts select 'rows', 'entities', 1 where true
    on conflict (what, key) do update set n = n + 1;
end;
CREATE TRIGGER counted_entities_delete after delete on entities begin
  update counts set n = n - 1 where what = 'rows' and key = 'entities' and true;
  delete from counts where what = 'rows' and key = 'entities' and n = 0;
end;
CREATE TRIGGER counted_derivations_insert after insert on derivations begin
  insert into counts select 'rows', 'derivations', 1 where true
    on conflict (what, key) do update set n = n + 1;
end;
CREATE TRIGGER counted_derivations_delete after delete on derivations begin
  update counts set n = n - 1 where what = 'rows' and key = 'derivations' and true;
  delete from counts where what = 'rows' and key = 'derivations' and n = 0;
end;
CREATE TRIGGER counted_annotations_insert after insert on annotations begin
  insert into authored_counts select 'rows', 'annotations', 1 where true
    on conflict (what, key) do update set n = n + 1;
  insert into authored_counts select 'annotator', new.annotator, 1 where not new.withdrawn
    on conflict (what, key) do update set n = n + 1;
  insert into authored_counts select 'verdict', new.label || ' ' || new.verdict, 1 where not new.withdrawn
    on conflict (what, key) do update set n = n + 1;
end;
CREATE TRIGGER counted_annotations_delete after delete on annotations begin
  update authored_counts set n = n - 1 where what = 'rows' and key = 'annotations' and true;
  delete from authored_counts where what = 'rows' and key = 'annotations' and n = 0;
  update authored_counts set n = n - 1 where what = 'annotator' and key = old.annotator and not old.withdrawn;
  delete from authored_counts where what = 'annotator' and key = old.annotator and n = 0;
  update authored_counts set n = n - 1 where what = 'verdict' and key = old.label || ' ' || old.verdict and not old.withdrawn;
  delete from authored_counts where what = 'verdict' and key = old.label || ' ' || old.verdict and n = 0;
end;
CREATE TRIGGER counted_annotations_update after update of annotator, withdrawn, label, verdict on annotations begin
  update authored_counts set n = n - 1 where what = 'annotator' and key = old.annotator and not old.withdrawn;
  delete from authored_counts where what = 'annotator' and key = old.annotator and n = 0;
  insert into authored_counts select 'annotator', new.annotator, 1 where not new.withdrawn
    on conflict (what, key) do update set n = n + 1;
  update authored_counts set n = n - 1 where what = 'verdict' and key = old.label || ' ' || old.verdict and not old.withdrawn;
  delete from authored_counts where what = 'verdict' and key = old.label || ' ' || old.verdict and n = 0;
  insert into authored_counts select 'verdict', new.label || ' ' || new.verdict, 1 where not new.withdrawn
    on conflict (what, key) do update set n = n + 1;
end;
CREATE TRIGGER counted_decisions_insert after insert on decisions begin
  insert into authored_counts select 'rows', 'decisions', 1 where true
    on conflict (what, key) do update set n = n + 1;
end;
CREATE TRIGGER counted_decisions_delete after delete on decisions begin
  update authored_counts set n = n - 1 where what = 'rows' and key = 'decisions' and true;
  delete from authored_counts where what = 'rows' and key = 'decisions' and n = 0;
end;
CREATE TRIGGER counted_comments_insert after insert on comments begin
  insert into authored_counts select 'rows', 'comments', 1 where true
    on conflict (what, key) do update set n = n + 1;
  insert into authored_counts select 'commenter', new.annotator, 1 where not new.withdrawn
    on conflict (what, key) do update set n = n + 1;
end;
CREATE TRIGGER counted_comments_delete after delete on comments begin
  update authored_counts set n = n - 1 where what = 'rows' and key = 'comments' and true;
  delete from authored_counts where what = 'rows' and key = 'comments' and n = 0;
  update authored_counts set n = n - 1 where what = 'commenter' and key = old.annotator and not old.withdrawn;
  delete from authored_counts where what = 'commenter' and key = old.annotator and n = 0;
end;
CREATE TRIGGER counted_comments_update after update of annotator, withdrawn on comments begin
  update authored_counts set n = n - 1 where what = 'commenter' and key = old.annotator and not old.withdrawn;
  delete from authored_counts where what = 'commenter' and key = old.annotator and n = 0;
  insert into authored_counts select 'commenter', new.annotator, 1 where not new.withdrawn
    on conflict (what, key) do update set n = n + 1;
end;
CREATE TRIGGER counted_annotation_events_insert after insert on annotation_events begin
  insert into authored_counts select 'rows', 'annotation_events', 1 where true
    on conflict (what, key) do update set n = n + 1;
end;
CREATE TRIGGER counted_annotation_events_delete after delete on annotation_events begin
  update authored_counts set n = n - 1 where what = 'rows' and key = 'annotation_events' and true;
  delete from authored_counts where what = 'rows' and key = 'annotation_events' and n = 0;
end;
CREATE TRIGGER counting_articles_insert after insert on articles when new.role = 'retelling' begin
  update stories set retellings = retellings + 1 where id = new.story_id;
end;
CREATE TRIGGER counting_articles_delete after delete on articles when old.role = 'retelling' begin
  update stories set retellings = retellings - 1 where id = old.story_id;
end;
CREATE TRIGGER counting_articles_update after update of story_id, role on articles
when old.story_id is not new.story_id or old.role <> new.role begin
  update stories set retellings = retellings - (old.role = 'retelling') where id = old.story_id;
  update stories set retellings = retellings + (new.role = 'retelling') where id = new.story_id;
end;
CREATE TRIGGER counting_stories_late after insert on stories
when exists (select 1 from articles where story_id = new.id) begin
  update stories set retellings =
    (select count(*) from articles where story_id = new.id and +role = 'retelling') where id = new.id;
end;
pragma application_id = 1382380655;
pragma user_version = 2;
commit;
