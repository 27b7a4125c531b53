-- everything_above
with recursive up as (
  select n.id, p.id as far, 1 as depth, array[n.id, p.id] as path from rules_node n join rules_node p on p.id = n.parent_id where p.id <> n.id and n.id <= 13
  union all
  select up.id, p.id, up.depth + 1, up.path || p.id from up join rules_node n on n.id = up.far join rules_node p on p.id = n.parent_id
  where p.id <> all(up.path)
)
select n.name, p.name as above, up.depth from up join rules_node n on n.id = up.id join rules_node p on p.id = up.far order by n.id, up.depth, p.id
-- everything_below
with recursive up as (
  select n.id, p.id as far, 1 as depth, array[n.id, p.id] as path from rules_node n join rules_node p on p.id = n.parent_id where p.id <> n.id and n.id <= 13
  union all
  select up.id, p.id, up.depth + 1, up.path || p.id from up join rules_node n on n.id = up.far join rules_node p on p.id = n.parent_id
  where p.id <> all(up.path)
)
select p.name, n.name as below, up.depth from up join rules_node n on n.id = up.id join rules_node p on p.id = up.far order by p.id, up.depth, n.id
-- numbers
with recursive up as (
  select n.id, p.id as far, 1 as depth, array[n.id, p.id] as path from rules_node n join rules_node p on p.id = n.parent_id where p.id <> n.id and n.id <= 13
  union all
  select up.id, p.id, up.depth + 1, up.path || p.id from up join rules_node n on n.id = up.far join rules_node p on p.id = n.parent_id
  where p.id <> all(up.path)
)
select n.name, (select count(*) from up where up.id = n.id), (select count(*) from up where up.far = n.id),
  (select sum(w.weight) from up join rules_node w on w.id = up.id where up.far = n.id),
  coalesce((select max(depth) from up where up.id = n.id), 0), false
from rules_node n where n.id <= 13 order by n.id
-- below_a_root
select n.name, d.name, d.depth
from rules_node n left join (values (1, 2, 'branch', 1), (1, 3, 'leaf', 2)) as d (root, id, name, depth) on d.root = n.id
where n.parent_id is null and n.id <= 13 order by n.id, d.id
-- length_of_the_chain
select id, 3000, 3000 from rules_node where name = 'deep 0'
-- up_the_chain
select n.id, 3000, 3000, (select sum(weight) from rules_node where name like 'deep %' and id < n.id), (select id from rules_node where name = 'deep 0')
from rules_node n where n.name = 'deep 3000'
-- far_down_the_chain
select 'deep ' || n, 'deep ' || (n + d), d from unnest(array[1, 1998]) n, generate_series(999, 1001) d order by 1, 3
-- chain_nested
select 'deep 1500', json_build_array(json_build_object('name', 'deep 2999', 'depth', 1499), json_build_object('name', 'deep 3000', 'depth', 1500)),
  json_build_array(json_build_object('name', 'deep 0', 'depth', 1500), json_build_object('name', 'deep 1', 'depth', 1499))
-- ends_of_the_chain
select 'deep 3000'
-- counted_by_hand
select 3001, 3000
-- around_by_hand
select id, parent_id from rules_node where name like 'circle%' order by id
