-- The data contract of Retold. Table and column names are public: add freely, rename only with a migration.
-- Offsets are half-open ranges of Unicode code points into articles.text.

-- Derived tables: reproducible from the inputs, owned by the build ------------------------------------------

create table stories (
  id text primary key,
  title text not null,
  source_article_id text references articles(id) deferrable initially deferred,
  articles integer not null,
  first_published text,
  last_published text,
  retellings integer not null default 0
);

create table articles (
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

create table sentences (
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

create table entities (
  id text primary key,
  name text not null,
  type text not null,
  mentions integer not null,
  articles integer not null,
  spellings text not null,
  reason text
);

create table mentions (
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

create table attributions (
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

create table derivations (
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

create table changes (
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

create table change_sentences (
  change_id text not null references changes(id) deferrable initially deferred,
  sentence_id text not null references sentences(id) deferrable initially deferred,
  side text not null check (side in ('source', 'article')),
  ordinal integer not null,
  primary key (change_id, side, ordinal)
);

create table suggestions (
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

create table builds (
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

create table build_errors (
  build_id integer not null references builds(id),
  path text not null,
  stage text not null,
  message text not null
);

-- Counts that pages show, kept by triggers: see counts.py. No page counts a large table.
create table counts (
  what text not null,
  key text not null,
  n integer not null,
  primary key (what, key)
) without rowid;

-- Hand-kept tables: edited in the browser, honoured by the build ---------------------------------------------

-- One text key and no NULLs, so that the in-browser row editor can edit every cell.
create table labels (
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

-- What the codebook shipped, so that a new release replaces only wording that nobody edited.
create table labels_shipped (
  id text primary key,
  content text not null
);

-- A blank cell corrects nothing.
create table corrections (
  document text primary key not null check (document <> ''),
  title text not null default '',
  publisher text not null default '',
  author text not null default '',
  published text not null default '',
  url text not null default '',
  note text not null default ''
);

-- Authored tables: belong to people; no build deletes or rewrites what they entered ---------------------------

create table annotations (
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

create table decisions (
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

create table annotation_events (
  id integer primary key autoincrement,
  at text not null,
  actor text not null,
  action text not null,
  table_name text not null,
  row_id text not null,
  before text,
  after text
);

create table adjudications (
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

-- What people say about an edge, threaded. A comment is never edited: it is answered, or taken back.
create table comments (
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

-- A person's own cut of the text where the machine joined or parted sentences wrongly. The machine's edges stay.
create table realignments (
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

-- Who is to judge which story. Stories are derived and may be cut anew, so this is a name and not a foreign key.
create table assignments (
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

-- Which edge was handed to whom and until when, so that two people are not given the same one at once.
create table leases (
  change_id text primary key,
  annotator text not null,
  until text not null
);

-- As counts, of what people entered.
create table authored_counts (
  what text not null,
  key text not null,
  n integer not null,
  primary key (what, key)
) without rowid;

-- The history is append-only, whoever asks.
create trigger annotation_events_no_update before update on annotation_events
begin select raise(abort, 'annotation_events is append-only'); end;
create trigger annotation_events_no_delete before delete on annotation_events
begin select raise(abort, 'annotation_events is append-only'); end;

-- Indexes: every facet column, every foreign key --------------------------------------------------------------
-- Composite where a filter on one column leaves facets or an order to another: chosen by measuring, see
-- docs/maintainers/serving.md.

create index articles_story_id on articles (story_id);
create index articles_publisher on articles (publisher);
create index articles_role_publisher on articles (role, publisher);
create index articles_role_story_id on articles (role, story_id);
create index articles_role_derivation on articles (role, derivation);
create index articles_role_published on articles (role, published);
create index articles_wire on articles (wire);
create index articles_language on articles (language);
create index articles_derivation on articles (derivation);
create index articles_derived_from on articles (derived_from);
create index articles_supersedes on articles (supersedes);
create index articles_published on articles (published);
create index stories_source_article_id on stories (source_article_id);
create index sentences_kind on sentences (kind, position, id);
create index sentences_kind_article_id on sentences (kind, article_id);
create index entities_type on entities (type);
create index mentions_sentence_id on mentions (sentence_id);
create index mentions_article_id on mentions (article_id, type);
create index mentions_entity_id on mentions (entity_id);
create index mentions_type on mentions (type, article_id);
create index attributions_article_id on attributions (article_id);
create index attributions_sentence_id on attributions (sentence_id);
create index attributions_kind on attributions (kind, article_id, source_type);
create index attributions_source_type on attributions (source_type, article_id, kind);
create index attributions_source_entity_id on attributions (source_entity_id);
create index attributions_via on attributions (via_attribution_id);
create index derivations_article_id on derivations (article_id);
create index derivations_degree on derivations (degree);
create index changes_derivation_id on changes (derivation_id);
create index changes_source_article_id on changes (source_article_id, article_id, position);
create index changes_article_id on changes (article_id, position);
create index changes_operation on changes (operation, article_id, moved);
create index changes_operation_position on changes (operation, position, id);
create index changes_moved on changes (moved, article_id, operation);
create index change_sentences_sentence_id on change_sentences (sentence_id);
create index suggestions_change_id on suggestions (change_id);
create index suggestions_label on suggestions (label, confidence);
create index suggestions_label_rule on suggestions (label, rule);
create index suggestions_rule on suggestions (rule, label);
create index build_errors_build_id on build_errors (build_id);
create index annotations_change_id on annotations (change_id);
create index annotations_article_id on annotations (article_id);
create index annotations_source_article_id on annotations (source_article_id);
create index annotations_label on annotations (label);
create index annotations_verdict on annotations (verdict);
create index annotations_annotator on annotations (annotator);
create index decisions_annotator on decisions (annotator);
create index decisions_status on decisions (status);
create index annotation_events_row on annotation_events (table_name, row_id);
create index adjudications_label on adjudications (label);

-- Indexes for the order in which a table first shows itself.
create index stories_articles on stories (articles);
create index stories_retellings on stories (retellings desc, articles desc, first_published, title, id);
create index sentences_position on sentences (position, id);
create index entities_mentions on entities (mentions);
create index derivations_score on derivations (score);
create index derivations_suggestions on derivations (suggestions);
create index changes_position on changes (position, id);
create index suggestions_confidence on suggestions (confidence);
create index changes_suggestions on changes (suggestions desc, source_article_id, article_id, position)
  where suggestions > 0;
create index annotations_updated on annotations (updated);
create index decisions_updated on decisions (updated);
create index adjudications_created on adjudications (created);
create index annotation_events_action on annotation_events (action);
create index annotation_events_actor on annotation_events (actor);
create index annotations_pass on annotations (pass);
create index decisions_operation on decisions (operation);
create index adjudications_verdict on adjudications (verdict);
create index adjudications_adjudicator on adjudications (adjudicator);
create index build_errors_stage on build_errors (stage);
create index labels_group_name on labels (group_name);
create index comments_change_id on comments (change_id);
create index comments_annotator on comments (annotator);
create index realignments_article on realignments (source_article_id, article_id);
create index realignments_annotator on realignments (annotator);
create index realignments_operation on realignments (operation);
create index assignments_story_id on assignments (story_id);
create index assignments_pass on assignments (pass);
create index leases_annotator on leases (annotator);
create index comments_created on comments (created);
create index comments_parent_id on comments (parent_id);
create index realignments_article_id on realignments (article_id);
create index realignments_updated on realignments (updated);
create index assignments_annotator on assignments (annotator);
create index assignments_updated on assignments (updated);
