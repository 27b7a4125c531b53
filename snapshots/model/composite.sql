-- keys
select s.site, s.number, s.hours, p.name as cover from linked_shift s left join linked_place p on p.id = s.cover_id order by 1, 2
-- notes
select n.text, s.hours from linked_shiftnote n left join linked_shift s on s.site = n.site and s.number = n.number order by n.id
-- counted
select s.site, s.number, (select count(*) from linked_shiftnote n where n.site = s.site and n.number = s.number) as notes from linked_shift s order by 1, 2
-- grouped
select s.site, s.number, s.hours, count(n.id) as notes from linked_shift s left join linked_shiftnote n on n.site = s.site and n.number = s.number group by s.site, s.number, s.hours order by 1, 2
-- by_order
select site, number from linked_shift where hours > 1 order by site, number
-- noted
select site, number from linked_shift where (site, number) in (('a', 1), ('b', 3)) order by 1, 2
-- distinct_shifts
select count(distinct case when site is not null and number is not null then (site, number) end) as shifts, count(*) as notes from linked_shiftnote
-- distinct_shifts_of_texts
select count(*) as pairs, count(*) as other_way from (select distinct site, number, text from linked_shiftnote where site is not null and number is not null) t
-- of_a_shift
select text from linked_shiftnote where text = 'late'
-- same_shift
select s.site, s.number, n.text from linked_shift s join linked_shiftnote n on n.site = s.site and n.number = s.number order by 1, 2, n.id
-- places
select p.name, count(*) as shifts, sum(s.hours) as hours, sum((select count(*) from linked_shiftnote n where n.site = s.site and n.number = s.number)) as notes from linked_place p join linked_shift s on s.cover_id = p.id group by p.id, p.name order by 1
-- through_let
select n.text, s.hours from linked_shiftnote n join linked_shift s on s.site = n.site and s.number = n.number where s.hours > 8
-- of_none
select text from linked_shiftnote where site is null or number is null
-- of_long_shifts
select n.text from linked_shiftnote n where exists (select 1 from (select site, number from linked_shift order by hours desc, site, number limit 2) s where s.site = n.site and s.number = n.number and s.number > 0) order by n.id
-- of_key_by_let
select s.site, s.number from (select site, number, hours from linked_shift order by hours, site, number limit 3) s where exists (select 1 from linked_shiftnote n where n.site = s.site and n.number = s.number) order by s.hours, s.site, s.number
