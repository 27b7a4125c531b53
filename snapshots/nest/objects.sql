-- required
select e.id, json_build_object('name', a.name, 'joined', a.joined) from blog_entry e join blog_author a on a.id = e.author_id where e.id < 10 order by e.id
-- nullable
select e.id, case when a.id is not null then json_build_object('name', a.name, 'company_id', a.company_id) end from blog_entry e left join blog_author a on a.id = e.editor_id where e.id < 16 order by e.id
-- in_object
select e.id, json_build_object('name', a.name, 'company', case when c.id is not null then json_build_object('name', c.name, 'city', c.city) end)
from blog_entry e join blog_author a on a.id = e.author_id left join blog_company c on c.id = a.company_id where e.id < 10 order by e.id
