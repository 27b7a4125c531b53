-- all_of_them
select name, flag, small, whole, big, ratio, exact, text, raw, day, clock, moment, length, key, address, data from typed_everything order by id
-- by_value
select name, key::text, host(address) from typed_everything where key = '0dbd4b4c-5b5c-4c1e-9c6e-000000000001' or address = '::1' order by id
