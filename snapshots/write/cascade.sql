-- an_author
delete from blog_comment where entry_id in (select id from blog_entry where author_id = 3);
delete from blog_comment where parent_id not in (select id from blog_comment);
delete from blog_comment where parent_id not in (select id from blog_comment);
delete from blog_comment where parent_id not in (select id from blog_comment);
delete from blog_entry_tags where entry_id in (select id from blog_entry where author_id = 3);
delete from blog_entry where author_id = 3;
update blog_entry set editor_id = null where editor_id = 3;
delete from blog_book where author_id = 3;
delete from blog_author where id = 3
-- authors_by_path
delete from blog_comment where entry_id in (select e.id from blog_entry e join blog_author a on a.id = e.author_id join blog_company c on c.id = a.company_id where c.city = 'Boston');
delete from blog_comment where parent_id not in (select id from blog_comment);
delete from blog_comment where parent_id not in (select id from blog_comment);
delete from blog_comment where parent_id not in (select id from blog_comment);
delete from blog_entry_tags where entry_id in (select e.id from blog_entry e join blog_author a on a.id = e.author_id join blog_company c on c.id = a.company_id where c.city = 'Boston');
delete from blog_entry where author_id in (select a.id from blog_author a join blog_company c on c.id = a.company_id where c.city = 'Boston');
update blog_entry set editor_id = null where editor_id in (select a.id from blog_author a join blog_company c on c.id = a.company_id where c.city = 'Boston');
delete from blog_book where author_id in (select a.id from blog_author a join blog_company c on c.id = a.company_id where c.city = 'Boston');
delete from blog_author where company_id in (select id from blog_company where city = 'Boston')
-- a_tag
delete from blog_entry_tags where tag_id = (select id from blog_tag where slug = 'rust');
delete from blog_tag where slug = 'rust'
-- a_thread
with recursive gone as (
  select id from blog_comment where parent_id is null and id < 200
  union select c.id from blog_comment c join gone g on g.id = c.parent_id
)
delete from blog_comment where id in (select id from gone) and not (parent_id is null and id < 200);
delete from blog_comment where parent_id is null and id < 200
-- every_comment
delete from blog_comment
-- a_company
update blog_author set company_id = null where company_id in (1, 2);
delete from blog_company where id in (1, 2)
-- a_page_of_entries
delete from blog_comment where entry_id in (select id from blog_entry order by id desc limit 7);
delete from blog_comment where parent_id not in (select id from blog_comment);
delete from blog_comment where parent_id not in (select id from blog_comment);
delete from blog_comment where parent_id not in (select id from blog_comment);
delete from blog_entry_tags where entry_id in (select id from blog_entry order by id desc limit 7);
delete from blog_entry where id in (select id from blog_entry order by id desc limit 7)
-- nothing_points_there
delete from blog_book where id = 1
-- none
delete from blog_author where id = -1
-- entries
select id, slug, author_id, editor_id from blog_entry order by id
-- comments
select id, entry_id, parent_id from blog_comment order by id
-- links
select id, entry_id, tag_id from blog_entry_tags order by id
-- tags
select id, slug from blog_tag order by id
-- books
select id, author_id from blog_book order by id
-- authors
select id, company_id from blog_author order by id
-- companies
select id, name from blog_company order by id
