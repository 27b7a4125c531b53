-- composite
select p.name, (select json_agg(json_build_object('site', s.site, 'number', s.number, 'hours', s.hours::text, 'notes',
   (select json_agg(json_build_object('text', n.text, 'shift', json_build_object('hours', s.hours::text, 'cover', json_build_object('name', p.name))) order by n.id) from linked_shiftnote n where n.site = s.site and n.number = s.number)) order by s.site collate "C", s.number)
  from linked_shift s where s.cover_id = p.id)
from linked_place p order by p.id
-- declared
select p.name, (select json_agg(json_build_object('name', t.name, 'twins', (select json_agg(json_build_object('name', u.name) order by u.id) from (select * from linked_place u where u.city = t.city and u.id <> t.id order by id limit 2) u)) order by t.id)
  from linked_place t where t.city = p.city and t.id <> p.id)
from linked_place p order by p.id
