-- common_all
select rating from blog_entry where id > 100 order by rating nulls last
