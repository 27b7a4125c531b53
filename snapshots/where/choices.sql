-- published
select id, status from blog_entry where status = 'published' order by id limit 5
