-- both_ways
with recursive up as (
  select n.id, p.id as far, 1 as depth, array[n.id, p.id] as path from rules_node n join rules_node p on p.id = n.parent_id where p.id <> n.id and n.id <= 13
  union all
  select up.id, p.id, up.depth + 1, up.path || p.id from up join rules_node n on n.id = up.far join rules_node p on p.id = n.parent_id
  where p.id <> all(up.path)
)
select n.id, a.name, a.weight, d.name, down.depth from rules_node n join up on up.id = n.id join rules_node a on a.id = up.far
join up as down on down.far = n.id join rules_node d on d.id = down.id where n.id <= 13 order by n.id, a.id, d.id
-- by_what_is_carried
with recursive up as (
  select n.id, p.id as far, 1 as depth, array[n.id, p.id] as path from rules_node n join rules_node p on p.id = n.parent_id where p.id <> n.id and n.id <= 13
  union all
  select up.id, p.id, up.depth + 1, up.path || p.id from up join rules_node n on n.id = up.far join rules_node p on p.id = n.parent_id
  where p.id <> all(up.path)
)
select up.far, d.id, d.weight, d.parent_id from up join rules_node d on d.id = up.id
where d.weight is null or d.weight > 1 or d.name ilike '%i%' order by up.far, d.name collate "C", d.id
-- left_without
with recursive up as (
  select n.id, p.id as far, 1 as depth, array[n.id, p.id] as path from rules_node n join rules_node p on p.id = n.parent_id where p.id <> n.id and n.id <= 13
  union all
  select up.id, p.id, up.depth + 1, up.path || p.id from up join rules_node n on n.id = up.far join rules_node p on p.id = n.parent_id
  where p.id <> all(up.path)
)
select n.id, n.name, a.name, a.weight, up.depth from rules_node n left join up on up.id = n.id left join rules_node a on a.id = up.far
where n.id <= 13 order by n.id, up.depth, a.id
-- a_step_behind
with recursive up as (
  select n.id, p.id as far, 1 as depth, array[n.id, p.id] as path from rules_node n join rules_node p on p.id = n.parent_id where p.id <> n.id and n.id <= 13
  union all
  select up.id, p.id, up.depth + 1, up.path || p.id from up join rules_node n on n.id = up.far join rules_node p on p.id = n.parent_id
  where p.id <> all(up.path)
)
select n.id, a.name, p.name, w.depth from rules_node n
join (select id, far, depth from up union all select id, id, 0 from rules_node) as w on w.id = n.id
join rules_node a on a.id = w.far left join rules_node p on p.id = a.parent_id where n.id <= 13 order by n.id, w.depth
-- grouped_by_the_start
with recursive up as (
  select n.id, p.id as far, 1 as depth, array[n.id, p.id] as path from rules_node n join rules_node p on p.id = n.parent_id where p.id <> n.id and n.id <= 13
  union all
  select up.id, p.id, up.depth + 1, up.path || p.id from up join rules_node n on n.id = up.far join rules_node p on p.id = n.parent_id
  where p.id <> all(up.path)
)
select n.id, n.name, count(*), sum(d.weight), max(w.depth) from rules_node n
join (select id, far, depth from up union all select id, id, 0 from rules_node) as w on w.far = n.id
join rules_node d on d.id = w.id where n.id <= 13 group by n.id order by n.id
-- grouped_by_the_relative
with recursive up as (
  select n.id, p.id as far, 1 as depth, array[n.id, p.id] as path from rules_node n join rules_node p on p.id = n.parent_id where p.id <> n.id and n.id <= 13
  union all
  select up.id, p.id, up.depth + 1, up.path || p.id from up join rules_node n on n.id = up.far join rules_node p on p.id = n.parent_id
  where p.id <> all(up.path)
)
select a.name, count(*), min(up.id) from up join rules_node a on a.id = up.far group by a.name order by a.name collate "C"
-- some_of_both
with recursive up as (
  select n.id, p.id as far, 1 as depth, array[n.id, p.id] as path from rules_node n join rules_node p on p.id = n.parent_id where p.id <> n.id and n.id <= 13
  union all
  select up.id, p.id, up.depth + 1, up.path || p.id from up join rules_node n on n.id = up.far join rules_node p on p.id = n.parent_id
  where p.id <> all(up.path)
)
select n.id, n.weight, a.name from rules_node n join up on up.id = n.id join rules_node a on a.id = up.far
where n.weight >= 2 and up.depth <= 3 and n.id <= 13 order by n.id, up.depth
