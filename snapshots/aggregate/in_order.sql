-- titles
select a.id, (select string_agg(e.slug, ',' order by e.pub_date desc nulls last, e.id) from blog_entry e where e.author_id = a.id), (select string_agg(e.slug, ',' order by e.slug) from blog_entry e where e.author_id = a.id) from blog_author a where a.id < 12 order by a.id
-- newest_three
select a.id, (select string_agg(f.slug, ',' order by f.pub_date desc nulls last, f.id) from (select * from blog_entry e where e.author_id = a.id order by e.pub_date desc nulls last, e.id limit 3) f) from blog_author a where a.id < 12 order by a.id
-- way_up
with recursive up as (select id, parent_id as above, 1 as depth from blog_comment where parent_id is not null union all select up.id, c.parent_id, up.depth + 1 from up join blog_comment c on c.id = up.above where c.parent_id is not null)
select id, string_agg(above::text, '/' order by depth desc) from up group by id order by id
-- all_tags
select string_agg(slug, ',' order by slug desc, id) from blog_tag where slug <> 'x'
-- objects_of_ordered_rows
select json_object_agg(slug, id) from blog_tag
