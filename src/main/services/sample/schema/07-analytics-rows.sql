-- Page views of 2025, a few before and after; exchange rates; values at the edges of their types.
INSERT INTO analytics.page_views (viewed_at, session_id, customer_id, path, book_id, client_address, user_agent, time_on_page, campaign)
SELECT timestamptz '2024-12-25Z' + n * (interval '380 days' / 70000), pg_temp.pseudo_uuid('session', n / 6),
  CASE WHEN (n / 6) % 3 = 0 THEN 1 + (n / 6 * 31) % 9000 END,
  CASE WHEN book_id IS NOT NULL THEN '/books/' || book_id ELSE pg_temp.pick('{/,/basket,/search?q=b%C3%BCcher,/categories/crime,/account}') END,
  book_id,
  CASE WHEN n % 11 = 0 THEN ('2001:db8::' || to_hex(n / 6 % 65536))::inet ELSE ('198.51.100.' || n / 6 % 254 + 1)::inet END,
  CASE WHEN random() < 0.97 THEN pg_temp.pick('{"Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0","Mozilla/5.0 (Macintosh) Safari/18.1","Mozilla/5.0 (Windows NT 10.0) Chrome/139.0","Mozilla/5.0 (Android 15) Mobile","curl/8.9"}') END,
  CASE WHEN random() < 0.85 THEN random(200, 600000) * interval '1 millisecond' END,
  CASE WHEN random() < 0.1 THEN jsonb_build_object('source', pg_temp.pick('{newsletter,search,partner}'), 'content', jsonb_build_object('variant', pg_temp.pick('{a,b}'), 'position', random(1, 10))) END
FROM (SELECT n, CASE WHEN random() < 0.7 THEN 1 + floor(4000 * random() ^ 3)::int END AS book_id
      FROM generate_series(1, 70000) AS n) AS numbered;

INSERT INTO analytics.exchange_rates (currency, valid_on, euros)
SELECT currency, day::date, base * (1 + (random()::numeric(38, 20) - 0.5) / 20)
FROM (VALUES ('GBP', 1.17), ('CHF', 1.05), ('SEK', 0.089), ('USD', 0.92), ('JPY', 0.0061)) AS known (currency, base),
  generate_series(timestamp '2024-01-01', timestamp '2025-12-31', interval '1 day') AS day
ORDER BY 1, 2;

INSERT INTO analytics.edge_values VALUES
  ('largest', 9223372036854775807, 99999999999999999999.9999999999, 1.7976931348623157e308, 'infinity', 'infinity',
    '178000000 years', repeat('A long text. ', 2000), '{"int": 9223372036854775807, "digits": 0.1000000000000000055511151231257827}', '\xffffffffffffffff', '{2147483647}'),
  ('smallest', -9223372036854775808, -99999999999999999999.9999999999, -1.7976931348623157e308, '-infinity', '-infinity',
    '-178000000 years', '', '{}', '\x', '{}'),
  ('beyond a double', 9007199254740993, 123456789012345678901234567890, 0.1, '2025-03-30 00:59:59.999999Z', '0001-01-01',
    '1 microsecond', 'I like "quotes", ''apostrophes'', \backslashes, and, commas', '[9007199254740993, 1.10, 1e40]', '\x00', '{1,NULL,3}'),
  ('special numbers', 0, 'NaN', 'NaN', '4713-01-01 00:00:00Z BC', '4713-01-01 BC',
    '1 year -2 months +3 days -04:05:06.7', E'two\nlines\tand a tab', 'null', '\xdeadbeef', '{{1,2},{3,4}}'),
  ('infinite numbers', -1, '-Infinity', 'Infinity', '294276-12-31 23:59:59.999999Z', '5874897-12-31',
    'infinity', 'null', '"null"', convert_to('bytes that are text', 'UTF8'), '[0:1]={10,20}'),
  ('scripts', NULL, 1.000, '-0', '1970-01-01Z', '1970-01-01', '0',
    'Ünïcödé 日本語 العربية עברית 👩‍👩‍👧‍👦 é (two code points)', '{"ключ": "значение", "": [[], {}]}', NULL, NULL),
  ('spaces', 7, 0.00000000000000000000000000001, 1e-300, '2024-02-29 12:00:00.5+05:45', '2024-02-29',
    '24:00:00', '  around  and no-break: [ ]', '" "', '\x2020', '{0}'),
  ('nothing', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
