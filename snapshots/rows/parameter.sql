-- plain
select * from (values ('a', 'First'), ('b', 'it''s'), ('c', null)) v order by 1
-- plain 2
select 'a', 'b' where false
-- joined
select e.author_id, e.id, e.rating from blog_entry e where e.author_id = 1 and rating >= 4 or author_id = 2 and rating >= 1 order by e.id
-- joined 2
select 1, 2, 3 where false
-- a_models_key
select name from blog_author where id in (1, 2) order by id
-- grouped
select * from (values ('a', 4, 2), ('b', 2, 1)) v order by 1
-- among
select 5
-- rows_among
select id from blog_entry where (author_id, rating) in ((1, 5), (2, 3)) order by id
