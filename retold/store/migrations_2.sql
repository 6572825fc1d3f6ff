-- From schema 1 to 2: counts kept instead of counted by pages, and indexes for large databases. Triggers come after.
alter table stories add column retellings integer not null default 0;
alter table derivations add column suggestions integer not null default 0;
alter table changes add column suggestions integer not null default 0;
create table counts (
  what text not null,
  key text not null,
  n integer not null,
  primary key (what, key)
) without rowid;
create table authored_counts (
  what text not null,
  key text not null,
  n integer not null,
  primary key (what, key)
) without rowid;
drop index articles_role;
drop index sentences_kind;
drop index sentences_position;
drop index mentions_article_id;
drop index mentions_type;
drop index attributions_kind;
drop index attributions_source_type;
drop index changes_source_article_id;
drop index changes_operation;
drop index changes_moved;
drop index changes_position;
drop index suggestions_label;
drop index suggestions_rule;
drop index change_sentences_side;
create index articles_role_publisher on articles (role, publisher);
create index articles_role_story_id on articles (role, story_id);
create index articles_role_derivation on articles (role, derivation);
create index articles_role_published on articles (role, published);
create index sentences_kind on sentences (kind, position, id);
create index sentences_kind_article_id on sentences (kind, article_id);
create index sentences_position on sentences (position, id);
create index mentions_article_id on mentions (article_id, type);
create index mentions_type on mentions (type, article_id);
create index attributions_kind on attributions (kind, article_id, source_type);
create index attributions_source_type on attributions (source_type, article_id, kind);
create index changes_source_article_id on changes (source_article_id, article_id, position);
create index changes_operation on changes (operation, article_id, moved);
create index changes_operation_position on changes (operation, position, id);
create index changes_moved on changes (moved, article_id, operation);
create index changes_position on changes (position, id);
create index suggestions_label on suggestions (label, confidence);
create index suggestions_label_rule on suggestions (label, rule);
create index suggestions_rule on suggestions (rule, label);
create index stories_retellings on stories (retellings desc, articles desc, first_published, title, id);
create index derivations_suggestions on derivations (suggestions);
create index changes_suggestions on changes (suggestions desc, source_article_id, article_id, position)
  where suggestions > 0;
