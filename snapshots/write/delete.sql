-- by_key
delete from blog_entry_tags where id in (1, 2, 3)
-- every_row
delete from blog_entry_tags
-- by_path
delete from blog_entry_tags t using blog_entry e, blog_author a, blog_tag g
where e.id = t.entry_id and a.id = e.author_id and g.id = t.tag_id and a.name collate "C" < 'M' and g.slug <> 'python'
-- by_join
delete from blog_entry_tags where entry_id in (select entry_id from blog_comment)
-- by_own_table
delete from blog_entry_tags where id not in (select max(id) from blog_entry_tags group by entry_id)
-- a_page
delete from blog_entry_tags where id in (select id from blog_entry_tags order by id desc limit 5)
-- nobody_points_there
delete from blog_book where price > 20
-- restricted
delete from blog_tag where id not in (select tag_id from blog_entry_tags)
-- links
select id, entry_id, tag_id from blog_entry_tags order by id
-- books
select id, title from blog_book order by id
-- tags
select id, slug from blog_tag order by id
