-- items
select name, tags[1] as first, tags[array_length(tags, 1)] as last, sizes[2] as second, sizes[array_length(sizes, 1) - 1] as before_last, closed[1] as closed from pg_room order by id
-- item_at 1
select name, sizes[1] as item from pg_room order by id
-- item_at 2
select name, sizes[array_length(sizes, 1)] as item from pg_room order by id
-- holding
select name from pg_room where name in ('blue', 'wide') order by id
-- held
select name from pg_room where name in ('blue', 'green', 'red') order by id
-- overlapping
select name from pg_room where name in ('blue', 'wide') order by id
-- none_of
select name from pg_room where name <> 'wide' order by id
-- given
select name from pg_room where name in ('blue', 'wide') order by id
-- inferred
select name from pg_room where name in ('blue', 'green', 'wide') order by id
-- equal
select name from pg_room where name in ('green', 'wide') order by id
-- empty
select name, cardinality(tags) = 0 as none, true as some from pg_room order by id
-- attributes
select name, attrs->'color' as color, attrs->'wall' as wall, exist(attrs, 'wall') as walled, attrs->'it''s' as odd from pg_room order by id
-- by_attribute
select attrs->'color' as color, count(*) as rooms from pg_room where name in ('blue', 'wide') group by 1 order by 1
-- ranges
select name, 2 >= lower(floors) and 2 < upper(floors) or floors = '(,)' as second, open @> date '2024-06-15' as june, booked @> timestamptz '2024-05-01 10:30:00+00' as ten, cost @> 2.5 as costs, cost @> 2.0 as two from pg_room order by id
-- open_on
select name from pg_room where name in ('blue', 'green') order by id
-- meeting
select a.name as a, b.name as b, a.booked -|- b.booked as next_to, a.open @> b.open as holds, b.floors @> 4 as four from pg_room a join pg_room b on a.floors -|- b.floors or a.open && b.open where a.id < b.id order by a.id, b.id
-- in_another_schema
select n.text, r.name as room from archive.note n join pg_room r on r.id = n.room_id order by n.id
