-- Customers and what they ordered, from 2023 to the end of 2025.
INSERT INTO shop.customers (email, given_name, family_name, phone, born_on, default_address_number, wants_newsletter,
  preferences, loyalty_points, registered_at, last_seen_at)
SELECT 'customer' || n || '@' || pg_temp.pick('{mail,post,inbox}') || '.example',
  pg_temp.pick(given), pg_temp.pick(family),
  CASE WHEN random() < 0.5 THEN '+' || random(30, 49) || ' ' || random(100, 999) || ' ' || random(100000, 999999) WHEN random() < 0.1 THEN '' END,
  CASE WHEN random() < 0.8 THEN date '1940-01-01' + random(0, 24000) END,
  CASE WHEN random() < 0.95 THEN 1 END,
  (ARRAY[true, false, NULL])[random(1, 3)],
  CASE WHEN random() < 0.4 THEN '{}' ELSE jsonb_build_object(
    'language', pg_temp.pick('{en,de,fr,es}'), 'theme', pg_temp.pick('{light,dark,system}'),
    'notifications', jsonb_build_object('email', random() < 0.5, 'digest', pg_temp.pick('{daily,weekly,never}')),
    'favourite_categories', to_jsonb(ARRAY[random(1, 45), random(1, 45)])) END,
  random(0, 20000), registered_at,
  CASE WHEN random() < 0.9 THEN registered_at + random() * (timestamptz '2026-01-01Z' - registered_at) END
FROM words, LATERAL (
  SELECT n, timestamptz '2019-01-01Z' + n * (interval '2556 days' / 9000) + random(0, 3600) * interval '1 second' AS registered_at
  FROM generate_series(1, 9000) AS n) AS numbered;

INSERT INTO shop.addresses (customer_id, number, label, lines, postal_code, city, country_code)
SELECT customer, number, CASE number WHEN 1 THEN '' WHEN 2 THEN 'Work' ELSE 'Parents' END,
  CASE WHEN random() < 0.1
    THEN ARRAY['c/o ' || pg_temp.pick(family), pg_temp.pick(streets) || ' ' || random(1, 180)]
    ELSE ARRAY[pg_temp.pick(streets) || ' ' || random(1, 180)] END,
  lpad(random(1000, 99999)::text, 5, '0'), cities[place], countries[place]
FROM words, LATERAL (
  SELECT customer, number, random(1, cardinality(cities)) AS place
  FROM generate_series(1, 9000) AS customer, generate_series(1, CASE WHEN customer % 7 = 0 THEN 3 WHEN customer % 4 = 0 THEN 2 ELSE 1 END) AS number
) AS numbered;

INSERT INTO shop.orders (reference, customer_id, address_number, status, placed_at, shipped_at, delivery_estimate, currency, shipping_fee, note)
SELECT pg_temp.pseudo_uuid('order', n), customer_id, 1, status::shop.order_status, placed_at,
  CASE WHEN status IN ('shipped', 'delivered', 'returned') THEN placed_at + random(3600, 260000) * interval '1 second' END,
  daterange(placed_at::date + 2, placed_at::date + 5, '[]'),
  pg_temp.pick('{EUR,EUR,EUR,EUR,GBP,CHF,SEK}'),
  CASE WHEN random() < 0.6 THEN 0 ELSE 4.90 END,
  CASE WHEN random() < 0.05 THEN 'Please leave with the neighbours (O''Brien)' WHEN random() < 0.03 THEN ''
    WHEN random() < 0.02 THEN E'Gift wrap, please.\nThe card should say:\n\t"Alles Gute! 🎂"' END
FROM (
  SELECT n, placed_at,
    1 + floor(random() * 9000 * extract(epoch FROM placed_at - timestamptz '2019-01-02Z')::float8 / extract(epoch FROM interval '2556 days')::float8)::int AS customer_id,
    CASE WHEN n > 35700 THEN pg_temp.pick('{placed,paid,packed,shipped,cancelled}')
      WHEN random() < 0.05 THEN 'cancelled' WHEN random() < 0.03 THEN 'returned' ELSE 'delivered' END AS status
  FROM (
    SELECT n, timestamptz '2023-01-01Z' + n * (interval '1096 days' / 36001) + random(0, 1200) * interval '1 second' AS placed_at
    FROM generate_series(1, 36000) AS n) AS times
) AS numbered;

-- A few books sell most: the cube of an even distribution.
INSERT INTO shop.order_items (order_id, line, book_id, quantity, unit_price, discount_percent)
SELECT order_id, line, book_id, CASE WHEN random() < 0.85 THEN 1 WHEN random() < 0.98 THEN random(2, 5) ELSE random(20, 250) END,
  books.price, CASE WHEN random() < 0.8 THEN 0 ELSE (ARRAY[5, 10, 12.5, 33.33])[random(1, 4)] END
FROM (
  SELECT order_id, line, 1 + floor(4000 * random() ^ 3)::int AS book_id
  FROM (SELECT n AS order_id, 1 + floor(random() ^ 2 * 5)::int AS lines FROM generate_series(1, 36000) AS n) AS sizes,
    generate_series(1, lines) AS line
) AS items JOIN shop.books ON books.id = book_id
ORDER BY order_id, line;

INSERT INTO shop.order_events (order_id, old_status, new_status, happened_at, changed_by)
SELECT id, CASE WHEN step > 1 THEN 'placed'::shop.order_status END, CASE step WHEN 1 THEN 'placed' ELSE status END,
  placed_at + (step - 1) * interval '1 day 02:30', CASE step WHEN 1 THEN 'web' ELSE 'warehouse' END
FROM shop.orders, generate_series(1, CASE WHEN status = 'placed' THEN 1 ELSE 2 END) AS step
WHERE id > 30000 ORDER BY id, step;

INSERT INTO shop.payments (id, order_id, method, amount, paid_at, provider_response)
SELECT pg_temp.pseudo_uuid('payment', id), id, method, total + shipping_fee, placed_at + random(5, 900) * interval '1 second',
  CASE WHEN method = 'card' THEN jsonb_build_object('authorised', true, 'network', pg_temp.pick('{visa,mastercard,amex}'),
      'risk', jsonb_build_object('score', round(random()::numeric, 6), 'checks', jsonb_build_array('cvc', 'address')), 'last4', lpad(random(0, 9999)::text, 4, '0'))
    WHEN method = 'wallet' THEN jsonb_build_object('transaction', md5('wallet' || id), 'fee', 0.10) END
FROM (SELECT order_id, sum(line_total) AS total FROM shop.order_items GROUP BY order_id) AS totals
JOIN (SELECT *, pg_temp.pick('{card,card,card,wallet,wallet,transfer,direct debit,gift card}')::shop.payment_method AS method
      FROM shop.orders WHERE status NOT IN ('placed', 'cancelled') ORDER BY id OFFSET 0) AS paid ON id = order_id;

INSERT INTO shop.returns (order_id, line, quantity, reason, received_on, refund)
SELECT order_id, line, quantity, pg_temp.pick('{damaged,wrong book,not liked,ordered twice,arrived too late}'),
  CASE WHEN random() < 0.9 THEN (shipped_at + interval '12 days')::date END, CASE WHEN random() < 0.8 THEN line_total END
FROM shop.order_items JOIN shop.orders ON orders.id = order_id WHERE status = 'returned' ORDER BY order_id, line;

INSERT INTO shop.reviews (book_id, customer_id, rating, title, body, helpful_votes, written_at)
SELECT book_id, customer_id, (ARRAY[1, 2, 3, 4, 4, 5, 5, 5])[random(1, 8)], CASE WHEN random() < 0.8 THEN pg_temp.pick(review_titles) END,
  CASE WHEN random() < 0.1 THEN '' WHEN random() < 0.01
    THEN array_to_string(ARRAY(SELECT pg_temp.pick(review_sentences) FROM generate_series(1, 80)), ' ')
    ELSE pg_temp.pick(review_sentences) || ' ' || pg_temp.pick(review_sentences) END,
  floor(random() ^ 6 * 400), timestamptz '2023-01-01Z' + random() * interval '1090 days'
FROM words, (
  SELECT DISTINCT book_id, customer_id
  FROM (SELECT 1 + floor(4000 * random() ^ 2)::int AS book_id, random(1, 9000) AS customer_id FROM generate_series(1, 14000)) AS pairs
  ORDER BY 1, 2) AS pairs;

INSERT INTO shop.gift_cards (code, issued_to, balance, valid_during, expires_at)
SELECT upper(regexp_replace(left(md5('gift' || n), 16), '(....)(....)(....)(....)', '\1-\2-\3-\4')),
  CASE WHEN random() < 0.8 THEN random(1, 9000) END, random(0, 20000) / 100.0,
  tstzrange(issued_at, CASE WHEN n % 10 > 0 THEN issued_at + interval '3 years' END), CASE WHEN n % 10 > 0 THEN issued_at + interval '3 years' ELSE 'infinity' END
FROM (SELECT n, timestamptz '2023-01-01Z' + random(0, 1000) * interval '1 day' AS issued_at FROM generate_series(1, 600) AS n) AS cards;
