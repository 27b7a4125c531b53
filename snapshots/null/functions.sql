-- coalesced
select e.id, coalesce(e.rating, 0), coalesce(d.name, a.name, 'nobody'), coalesce(e.score, 1.5) from blog_entry e join blog_author a on a.id = e.author_id
left join blog_author d on d.id = e.editor_id order by e.id
-- null_if
select id, nullif(word_count, 0), nullif(status, 'draft') from blog_entry where id < 30 order by id
-- chosen
select id, case when rating > 0 then 'good' else 'other' end from blog_entry order by id limit 40
