-- nearest_let
select id, id * 10 from blog_entry where id < 4 and id * 10 > 10 order by 2
-- given_before_own
select id, -id, word_count from blog_entry where id < 6 order by 2
-- not_each_other
select id, word_count, rating, id + 1 from blog_entry where id < 6 order by id
-- not_each_other_in_select
select id, word_count, rating from blog_entry where id < 6 order by id
-- own_of_one_source
select e.slug, a.email from blog_entry e join blog_author a on a.id = e.author_id where e.id < 4 order by e.slug
-- computed
select id, upper(title) as loud from blog_entry where id < 4 order by loud, id
-- inner_before_outer
select a.id, (select json_build_object('id', e.id, 'author_id', e.author_id) from blog_entry e where e.author_id = a.id and e.id > a.id order by e.id limit 1)
from blog_author a where a.id < 6 order by a.id
-- outer_where_inner_has_none
select a.id, (select count(*) from blog_entry e where e.author_id = a.id and e.title collate "C" > a.email collate "C") from blog_author a where a.id < 6 order by a.id
-- given_outside
select a.id, (select json_agg(json_build_object('id', e.id, 'title', e.title) order by e.id)
  from (select * from blog_entry e where e.author_id = a.id and e.id > a.id * 10 order by e.id limit 2) e)
from blog_author a where a.id < 6 order by a.id
-- a_definition
select id, 7 from blog_entry where id < 7 order by id
-- computed_of_a_name_that_others_have
select id, 4, slug from blog_tag where id < 4 order by id
-- cte_before_model
select id, title from blog_entry where id < 4 order by id
-- cte_of_the_model_it_hides
select id, slug from blog_tag where id < 4 order by id
-- by_the_models_name
select id, title from blog_entry where id < 4 order by id
-- select_hides_nothing
select e.id from blog_entry e where e.id < 5 order by e.author_id, e.id
-- select_twice
select id + 1, title, status from blog_entry where id < 4 order by id
-- after_groups
select company, status, most, entries from (
  select a.id, c.name as company, e.status, max(e.word_count / 100) as most, count(*) as entries, sum(e.word_count / 100) as words
  from blog_entry e join blog_author a on a.id = e.author_id left join blog_company c on c.id = a.company_id
  where e.status <> 'archived'
  group by a.id, c.name, e.status having max(e.word_count / 100) > 2
) g order by most desc, id, words, status collate "C" limit 12
-- key_named_as_a_field
select word_count / 200 as r, count(*), max(rating) from blog_entry where id < 30 group by r order by r
-- one_row
select count(*) filter (where word_count > 500), count(*), max(word_count) from blog_entry
-- names_of_outputs
select a.name, lower(e.title), coalesce((select json_agg(json_build_object('slug', t.slug)) from blog_entry_tags l join blog_tag t on t.id = l.tag_id where l.entry_id = e.id), '[]'),
  json_build_object('email', a.email), e.author_id
from blog_entry e join blog_author a on a.id = e.author_id where e.id < 4 order by e.id
-- nameless
select id, title from (
  select id, title from blog_entry where id in (2, 3, 4) union all
  select id * 2, slug || '!' from blog_tag where id = (select max(id) - 1 from blog_tag)
) u order by id, title collate "C"
-- keys_alone
select status, rating > 2 as good from blog_entry group by 1, 2 order by status collate "C", good nulls last
