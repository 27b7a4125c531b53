-- unenforced
select l.folder_id, f.name, case when f.id is not null then json_build_object('id', f.id) end from rules_log l left join rules_folder f on f.id = l.folder_id order by l.folder_id, l.id
-- not_related
select f.id, c.colour, case when c.id is not null then json_build_object('id', c.id) end from rules_folder f left join rules_cover c on c.folder_id = f.id where f.id < 5 order by f.id
