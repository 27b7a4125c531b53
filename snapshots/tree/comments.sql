-- thread
with recursive t as (select id, 1 as depth, author_name from blog_comment where parent_id = 56 union all select c.id, depth + 1, c.author_name from blog_comment c join t on c.parent_id = t.id) select * from t order by depth, id
-- way_up
with recursive t as (select id, id as above, 0 as depth from blog_comment where parent_id is not null union all select t.id, c.parent_id, depth + 1 from t join blog_comment c on c.id = t.above where c.parent_id is not null) select * from t order by id, depth
-- numbers
with recursive t as (select parent_id as a, id as d, 1 as depth from blog_comment where parent_id is not null union all select c.parent_id, t.d, depth + 1 from t join blog_comment c on c.id = t.a where c.parent_id is not null) select id, (select count(*) from t where a = c.id), (select max(depth) from t where a = c.id), (select count(*) from t where d = c.id) from blog_comment c order by id
-- roots
with recursive t as (select parent_id as a, id as d, 1 as depth from blog_comment where parent_id is not null union all select c.parent_id, t.d, depth + 1 from t join blog_comment c on c.id = t.a where c.parent_id is not null) select id, (select count(*) from t where a = c.id and depth > 1) from blog_comment c where parent_id is null and exists (select 1 from t where a = c.id) order by id
-- below_or_none
with recursive t as (select parent_id as a, id as d, 1 as depth from blog_comment where parent_id is not null union all select c.parent_id, t.d, depth + 1 from t join blog_comment c on c.id = t.a where c.parent_id is not null) select c.id, t.d, t.depth from blog_comment c left join t on t.a = c.id where c.id <= 60 order by 1, 3, 2
-- among
with recursive t as (select parent_id as a, id as d from blog_comment where parent_id is not null union all select c.parent_id, t.d from t join blog_comment c on c.id = t.a where c.parent_id is not null) select id from blog_comment c where exists (select 1 from t join blog_comment x on x.id = t.a where t.d = c.id and x.author_name = c.author_name) order by id
