-- From schema 1 to 2: counts kept by triggers instead of counted by pages. The triggers are put in place after this.
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
