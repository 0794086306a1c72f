-- Staff, sites, stock and its movements.
INSERT INTO warehouse.employees (department_id, manager_id, given_name, family_name, email, hired_on, left_on, weekly_hours, salary, languages)
SELECT 1 + (n - 1) % 7, CASE WHEN n > 1 THEN greatest(1, n / 6) END, pg_temp.pick(given), pg_temp.pick(family),
  'employee' || n || '@bookshop.example', hired_on, CASE WHEN random() < 0.1 THEN hired_on + random(90, 900) END,
  (ARRAY['40 hours', '32 hours', '20 hours', '37 hours 30 minutes'])[random(1, 4)]::interval,
  random(2800000, 9500000) / 100.0,
  CASE random(1, 3) WHEN 1 THEN '{en}' WHEN 2 THEN ARRAY['en', pg_temp.pick('{de,fr,es,pl}')]
    ELSE ARRAY[pg_temp.pick('{de,fr}'), 'en', pg_temp.pick('{it,sv,pt}')] END
FROM words, LATERAL (SELECT n, date '2012-01-01' + random(0, 4800) AS hired_on FROM generate_series(1, 140) AS n) AS numbered;

INSERT INTO warehouse.departments (name, head_id, cost_centre)
SELECT name, place, 'CC' || lpad((place * 1117)::text, 4, '0')
FROM unnest('{Receiving,Picking,Packing,Returns,Inventory,Transport,Maintenance}'::text[]) WITH ORDINALITY AS named (name, place);

INSERT INTO warehouse.sites (code, name, city, location, network, time_zone, opening_hours)
SELECT code, name, city, point(east, north), network::cidr, zone, hours::jsonb
FROM (VALUES
  ('BER', 'Berlin Süd', 'Berlin', 13.4050, 52.4200, '10.10.0.0/16', 'Europe/Berlin', '{"weekdays": ["06:00", "22:00"], "saturday": ["08:00", "14:00"], "sunday": null}'),
  ('LYS', 'Lyon Saint-Priest', 'Lyon', 4.9447, 45.6967, '10.20.0.0/16', 'Europe/Paris', '{"weekdays": ["07:00", "21:00"], "saturday": null, "sunday": null}'),
  ('DUB', 'Dublin Port', 'Dublin', -6.1990, 53.3478, '10.30.0.0/16', 'Europe/Dublin', '{"weekdays": ["00:00", "24:00"], "saturday": ["00:00", "24:00"], "sunday": ["00:00", "24:00"]}'),
  ('KRK', 'Kraków Nowa Huta', 'Kraków', 20.0370, 50.0720, '10.40.0.0/16', 'Europe/Warsaw', '{"weekdays": ["06:00", "20:00"], "saturday": null, "sunday": null, "holidays": {"2025-11-11": "closed"}}'),
  ('MAD', 'Madrid Getafe', 'Madrid', -3.7310, 40.3050, '10.50.0.0/16', 'Europe/Madrid', '{"weekdays": ["08:00", "23:00"], "saturday": ["09:00", "15:00"], "sunday": null}')
) AS known (code, name, city, east, north, network, zone, hours);

INSERT INTO warehouse.shelves (site_code, code, capacity, is_cold)
SELECT code, chr(64 + aisle) || '-' || lpad(bay::text, 2, '0'), (ARRAY[80, 120, 200, 400])[random(1, 4)], aisle = 12
FROM warehouse.sites, generate_series(1, 12) AS aisle, generate_series(1, 10) AS bay ORDER BY code, aisle, bay;

INSERT INTO warehouse.stock (site_code, book_id, shelf_code, quantity, reorder_level, counted_at)
SELECT code, id, CASE WHEN random() < 0.97 THEN chr(64 + random(1, 12)) || '-' || lpad(random(1, 10)::text, 2, '0') END,
  CASE WHEN random() < 0.06 THEN 0 ELSE floor(random() ^ 2 * 300)::int END, random(2, 25),
  CASE WHEN random() < 0.9 THEN timestamptz '2025-12-31 18:00Z' - random(0, 400) * interval '1 day' END
FROM (SELECT code, id FROM warehouse.sites, shop.books WHERE format IN ('hardcover', 'paperback') ORDER BY code, id OFFSET 0) AS pairs;

-- Each sold line of a paper book left one of the sites; deliveries and corrections came between.
INSERT INTO warehouse.stock_movements (site_code, book_id, kind, quantity, moved_at, order_id, order_line, employee_id)
SELECT (ARRAY['BER', 'LYS', 'DUB', 'KRK', 'MAD'])[random(1, 5)], book_id, 'sale', -quantity, shipped_at, order_id, line,
  CASE WHEN random() < 0.95 THEN random(1, 140) END
FROM shop.order_items JOIN shop.orders ON orders.id = order_id JOIN shop.books ON books.id = book_id
WHERE shipped_at IS NOT NULL AND format IN ('hardcover', 'paperback') ORDER BY shipped_at, order_id, line;
INSERT INTO warehouse.stock_movements (site_code, book_id, kind, quantity, moved_at, employee_id)
SELECT site_code, book_id, kind::warehouse.movement_kind,
  CASE kind WHEN 'delivery' THEN random(10, 400) WHEN 'damage' THEN -1 ELSE (ARRAY[-3, -2, -1, 1, 2])[random(1, 5)] END,
  timestamptz '2023-01-01 07:00Z' + random() * interval '1095 days', random(1, 140)
FROM (SELECT site_code, book_id, pg_temp.pick('{delivery,delivery,delivery,transfer,correction,damage}') AS kind
      FROM warehouse.stock WHERE book_id % 2 = 0 ORDER BY site_code, book_id OFFSET 0) AS picked;

INSERT INTO warehouse.dock_bookings (site_code, dock, slot, carrier, pallets, vehicle)
SELECT code, dock, tstzrange(starts_at, starts_at + random(30, 110) * interval '1 minute'),
  pg_temp.pick('{Nordfracht,Transports Rhône,Céltica Logistics,Szybki,Iberia Carga}'), CASE WHEN random() < 0.9 THEN random(1, 33) END,
  CASE WHEN random() < 0.5 THEN left(md5(code || starts_at::text), 12)::macaddr END
FROM warehouse.sites, generate_series(1, 3) AS dock,
  generate_series(timestamptz '2025-11-03 06:00Z', timestamptz '2025-12-31 18:00Z', interval '4 hours') AS starts_at
ORDER BY code, dock, starts_at;
