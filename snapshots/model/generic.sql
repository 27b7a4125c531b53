-- places
select l.word, p.name as place, p.city from linked_label l left join linked_place p on p.id::text = l.object_id and l.content_type_id = (select id from django_content_type where app_label = 'linked' and model = 'place') order by l.id
-- assets
select l.word, a.name as asset from linked_label l left join linked_asset a on a.id::text = l.object_id and l.content_type_id = (select id from django_content_type where app_label = 'linked' and model = 'asset') order by l.id
-- several
select l.word, case t.model when 'place' then (select name from linked_place where id::text = l.object_id) when 'restaurant' then (select name from linked_place where id::text = l.object_id) else (select name from linked_asset where id::text = l.object_id) end as name from linked_label l join django_content_type t on t.id = l.content_type_id order by l.id
-- of_a_place
select l.word from linked_label l join django_content_type t on t.id = l.content_type_id and t.model = 'place' join linked_place p on p.id::text = l.object_id where p.city = 'Ulm' order by l.id
-- words
select p.name, count(l.id) as labels, sum(l.weight) as weight, string_agg(l.word, ' ' order by l.word) as words from linked_place p left join linked_label l on l.object_id = p.id::text and l.content_type_id = (select id from django_content_type where app_label = 'linked' and model = 'place') group by p.id, p.name order by p.id
-- by_join
select a.name, l.word from linked_asset a join linked_label l on l.object_id = a.id::text and l.content_type_id = (select id from django_content_type where app_label = 'linked' and model = 'asset') and l.weight > 0 order by 1, 2
-- without
select name from linked_asset where name = 'Ladder'
-- kinds
select t.model as kind, count(*) as labels from linked_label l join django_content_type t on t.id = l.content_type_id group by t.model order by 1
