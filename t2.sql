use djq_blog;
select locate('a' COLLATE utf8mb4_0900_bin, a.name), locate('a', a.name COLLATE utf8mb4_0900_bin), locate('a' COLLATE utf8mb4_bin, a.name), collation(a.name), coercibility('a' COLLATE utf8mb4_0900_bin), locate('a' COLLATE utf8mb4_0900_bin, 'Ada'), locate('a', 'Ada' COLLATE utf8mb4_0900_bin), locate(cast('a' as char) COLLATE utf8mb4_0900_bin, 'Ada') from blog_author a where id=1;
select locate(binary 'a', a.name),  a.name COLLATE utf8mb4_0900_bin like '%a%' , instr(a.name COLLATE utf8mb4_0900_bin, 'a'), version() from blog_author a where id=1
