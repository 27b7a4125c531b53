-- there
update rules_owner set name = 'Ada again', badge = 17 where nick = 'ada'
-- fresh
insert into rules_owner (nick, email, name, badge, retired) values ('eve', 'eve@example.org', 'Eve', 7, false)
-- by_the_other_field
insert into rules_owner (nick, email, name, badge, retired) values ('zed', 'dan@example.org', 'Zed', 8, false), ('yan', null, 'Yan', 9, true), ('xia', 'xia@example.org', 'Xia', 10, false)
on conflict (email) do update set nick = excluded.nick, name = rules_owner.name || ' now ' || excluded.name
-- left_out
insert into rules_owner (nick, email, name, badge, retired) values ('fay', 'fay@example.org', 'Fay', 17, false)
-- with_a_condition
insert into rules_owner (nick, email, name, badge, retired) values ('ada', 'a@example.org', 'A', 0, false), ('ben', 'b@example.org', 'B', 5, false), ('hal', 'h@example.org', 'H', 6, false)
on conflict (nick) do update set badge = excluded.badge, email = excluded.email where excluded.badge > rules_owner.badge
-- two_from_each_other
update rules_owner set email = name, name = coalesce(email, 'none') where nick = 'ada'
-- with_another_there
insert into rules_owner (nick, email, name, badge, retired) select 'of ' || name, name, name, min(id) + 100, false from rules_folder where id < 4 group by name
-- owners
select nick, email, name, badge, retired from rules_owner order by nick
