-- several
select id, status, rating from blog_entry where pub_date >= '2024-02-29 00:00+00' and rating >= 0 order by id
-- several 2
select id, status, rating from blog_entry where pub_date >= '2024-06-01 00:00+00' and rating >= 4 order by id
-- in_list
select id, title from blog_entry where id in (1, 5, 9) order by id
-- in_list 2
select id, title from blog_entry where false
-- in_list 3
select id, title from blog_entry where id in (1, 150) order by id
-- in_texts
select id, name from blog_author where id in (9, 10, 11, 12, 13, 25) order by id
-- not_in_list
select id from blog_company where id not in (2, 3) order by id
-- inferred
select id from blog_entry where rating = 3 order by id
-- one_of
select id from blog_entry where status = 'draft' order by id
-- may_be_null
select id from blog_entry where rating is null order by id
-- may_be_null 2
select id from blog_entry where rating = 2 order by id
