-- plain
select * from (values (2, null), (3, 'it''s')) v order by 1
-- one_row
select date '2024-01-31', 9.90, true, timestamptz '2024-01-31 12:00:00+00', null::text
-- joined
select id, w from (values (1, 2.5), (2, 3)) v(id, w) order by 1
-- missing_rows_are_null
select v.id, a.name from (values (1), (2), (1000)) v(id) left join blog_author a on a.id = v.id order by 1
-- among
select id from blog_entry where id in (1, 5, 9) order by id
-- grouped
select * from (values ('a', 4), ('b', 2), (null, 4)) v order by 1 nulls last
-- keys
select name, case id when 1 then 'first' else 'second' end from blog_author where id in (1, 2) order by id
-- with_parameters
select * from (values (2, 'y'), (7, 'x'), (8, null)) v order by 1
-- in_a_subquery
select id, id * (id + 1) / 2 from blog_author where id <= 3 order by id
-- whole
select * from (values (3), (2), (1)) v order by 1 desc
