-- a_tree_of_folders
delete from rules_box where (room, number) in (select room, number from rules_shelf where folder_id in (5, 12));
delete from rules_shelf where folder_id in (5, 12);
delete from rules_folder_readers where folder_id in (5, 12);
update rules_shortcut set folder_id = null where folder_id in (5, 12);
update rules_shortcut set version_id = null where version_id in (select v.id from rules_version v join rules_file f on f.id = v.file_id where f.folder_id in (5, 12));
update rules_bookmark set folder_id = 1 where folder_id in (5, 12);
update rules_bookmark set other_id = null where other_id in (5, 12);
delete from rules_version where file_id in (select id from rules_file where folder_id in (5, 12));
delete from rules_tagging t using django_content_type c where c.id = t.content_type_id and c.app_label = 'rules'
  and (c.model = 'file' and t.object_id in (select id from rules_file where folder_id in (5, 12))
    or c.model in ('folder', 'archive') and t.object_id in (5, 12));
delete from rules_file where folder_id in (5, 12);
delete from rules_cover where folder_id in (5, 12);
delete from rules_archive where folder_ptr_id = 12;
delete from rules_folder where id = 12;
delete from rules_folder where id = 5
-- a_key_of_two_columns
delete from rules_box where room = 'a' and number is not null;
delete from rules_shelf where room = 'a'
-- a_circle
delete from rules_node where name in ('circle 1', 'circle 3', 'into the circle', 'below');
delete from rules_node where name = 'circle 2'
-- its_own_parent
delete from rules_node where name in ('under its own parent', 'and below');
delete from rules_node where name = 'own parent'
-- deeper_than_a_server_recurses
delete from rules_node where name like 'deep%' and id > (select id from rules_node where name = 'deep 1700');
delete from rules_node where name = 'deep 1700'
-- restrict_without_a_constraint
delete from rules_log where folder_id = 999
