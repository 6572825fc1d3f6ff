-- stories.retellings: how many of a story's articles were made from another, in whatever order rows come and go.
create trigger counting_articles_insert after insert on articles when new.role = 'retelling' begin
  update stories set retellings = retellings + 1 where id = new.story_id;
end;
create trigger counting_articles_delete after delete on articles when old.role = 'retelling' begin
  update stories set retellings = retellings - 1 where id = old.story_id;
end;
create trigger counting_articles_update after update of story_id, role on articles
when old.story_id is not new.story_id or old.role <> new.role begin
  update stories set retellings = retellings - (old.role = 'retelling') where id = old.story_id;
  update stories set retellings = retellings + (new.role = 'retelling') where id = new.story_id;
end;
create trigger counting_stories_late after insert on stories
when exists (select 1 from articles where story_id = new.id) begin
  update stories set retellings =
    (select count(*) from articles where story_id = new.id and +role = 'retelling') where id = new.id;
end;
