-- Publishers, authors, categories and books.
INSERT INTO shop.publishers (name, city, country_code, founded_year, imprints, website)
SELECT
  pg_temp.pick(nouns) || ' ' || pg_temp.pick('{& Sons,Press,Verlag,Éditions,House,Books,Publishing Ltd.}') || ' ' || n,
  cities[place], countries[place],
  CASE WHEN random() < 0.9 THEN random(1780, 2020) END,
  CASE n % 4
    WHEN 0 THEN '{}'::text[]
    WHEN 1 THEN ARRAY[pg_temp.pick(adjectives) || ' Editions', pg_temp.pick(nouns) || ', Jr.']
    ELSE ARRAY[pg_temp.pick(adjectives) || ' ' || pg_temp.pick(nouns)]
  END,
  CASE WHEN random() < 0.7 THEN 'https://publisher-' || n || '.example/' END
FROM words, LATERAL (SELECT n, random(1, cardinality(cities)) AS place FROM generate_series(1, 80) AS n) AS numbered;

INSERT INTO shop.authors (given_name, family_name, pen_names, born_on, died_on, biography)
SELECT
  CASE WHEN random() < 0.98 THEN pg_temp.pick(given) END,
  pg_temp.pick(family),
  CASE WHEN random() < 0.1 THEN ARRAY[left(pg_temp.pick(given), 1) || '. ' || pg_temp.pick(family)] ELSE '{}' END,
  born_on,
  CASE WHEN born_on < '1950-01-01' AND random() < 0.7 THEN born_on + random(12000, 30000) END,
  CASE WHEN random() < 0.2 THEN '' ELSE
    'Born in ' || pg_temp.pick(places) || '. ' || pg_temp.pick(sentences) || ' ' || pg_temp.pick(sentences) END
FROM words, LATERAL (
  SELECT n, CASE WHEN random() < 0.95 THEN date '1890-01-01' + random(0, 40000) END AS born_on
  FROM generate_series(1, 900) AS n) AS numbered;

INSERT INTO shop.categories (parent_id, name, sort_order)
SELECT NULL, name, place
FROM unnest('{Fiction,Non-fiction,Children,Science & Technology,Arts,Travel,Food & Drink}'::text[]) WITH ORDINALITY AS top (name, place);
INSERT INTO shop.categories (parent_id, name, sort_order)
SELECT parent, name, place
FROM (VALUES
  (1, '{Crime,Historical,Science fiction,Fantasy,Short stories,Poetry,Romance,Thriller}'::text[]),
  (2, '{History,Biography,Economics,Philosophy,Politics,Nature}'),
  (3, '{Picture books,First readers,Young adult}'),
  (4, '{Mathematics,Computing,Physics,Medicine,Engineering}'),
  (5, '{Music,Painting,Architecture,Film}'),
  (6, '{Europe,Asia,Africa,Americas,Maps}'),
  (7, '{Baking,Wine,Vegetarian}')) AS sub (parent, names), unnest(names) WITH ORDINALITY AS named (name, place);
INSERT INTO shop.categories (parent_id, name, sort_order)
SELECT id, child, place FROM shop.categories
CROSS JOIN LATERAL unnest(CASE name
  WHEN 'Computing' THEN '{Databases,Programming languages,Operating systems}'::text[]
  WHEN 'Crime' THEN '{Nordic noir,Cosy crime}'
  WHEN 'Databases' THEN '{PostgreSQL}' ELSE '{}' END) WITH ORDINALITY AS leaf (child, place);

-- A small indexed PNG: the pixels are one of three drawings, the palette gives each book its colours.
CREATE FUNCTION pg_temp.png_palette(colours bytea) RETURNS bytea LANGUAGE sql IMMUTABLE AS $$
  SELECT '\x0000000c'::bytea || chunk || decode(lpad(to_hex(crc32(chunk)), 8, '0'), 'hex')
  FROM (SELECT 'PLTE'::bytea || colours AS chunk) AS palette $$;
CREATE FUNCTION pg_temp.cover(n int) RETURNS bytea LANGUAGE sql IMMUTABLE AS $$
  SELECT '\x89504e470d0a1a0a0000000d4948445200000018000000240203000000eea112bd'::bytea
    || pg_temp.png_palette(substring(decode(md5('cover' || n), 'hex') FOR 9) || '\xfdf6e3')
    || (ARRAY[
      '\x000000244944415478da6308600003d229ad55ab566150184a9028722d2281faffff3f124548030019301aafdca4d9b7'::bytea,
      '\x0000003d4944415478da63080503060706206044a7560101068555255ecafe3f98faffff009062feffff0390e2ffffff0f4914541fd414989924bb054c413c0d00c32d37b0d5aa4a71',
      '\x000000394944415478da6360200c9856014103760a1530ffffff818138c01800420cac0e20c4200a460c216084478a012cc5c800966265205e233629007a5c18e839d59ed5'
    ])[1 + n % 3]
    || '\x0000000049454e44ae426082'::bytea $$;

INSERT INTO shop.books (isbn, title, subtitle, publisher_id, format, language, pages, published_on, price, tax_rate,
  weight_grams, size, keywords, details, description, cover, is_available, created_at, updated_at)
SELECT
  isbn || shop.isbn_check_digit(isbn),
  CASE shape
    WHEN 0 THEN 'The ' || pg_temp.pick(adjectives) || ' ' || pg_temp.pick(nouns)
    WHEN 1 THEN 'The ' || pg_temp.pick(nouns) || ' of ' || pg_temp.pick(places)
    WHEN 2 THEN pg_temp.pick(given) || '’s ' || pg_temp.pick(nouns)
    WHEN 3 THEN pg_temp.pick(openings) || ' ' || pg_temp.pick(topics) || ' in ' || pg_temp.pick(places)
    WHEN 4 THEN pg_temp.pick(adjectives) || ' ' || pg_temp.pick(nouns) || ', ' || pg_temp.pick(adjectives) || ' ' || pg_temp.pick(nouns)
    ELSE 'The ' || pg_temp.pick(adjectives) || ' ' || pg_temp.pick(nouns) || '''s Daughter'
  END,
  CASE WHEN random() < 0.3 THEN 'Or, ' || pg_temp.pick(openings) || ' ' || pg_temp.pick(topics) WHEN random() < 0.05 THEN '' END,
  random(1, 80),
  format,
  pg_temp.pick('{en,en,en,de,fr,es,it,pl,sv}'),
  CASE WHEN format <> 'audiobook' THEN random(48, 1100) END,
  CASE WHEN random() < 0.97 THEN date '1985-01-01' + random(0, 14900) END,
  random(399, 8999) / 100.0,
  CASE WHEN format IN ('ebook', 'audiobook') THEN 0.190 ELSE 0.070 END,
  CASE WHEN is_paper THEN (random(120, 2400) / 1.7)::real END,
  CASE WHEN is_paper THEN ROW(random(150, 320), random(100, 240), random(8, 70))::shop.dimensions END,
  ARRAY(SELECT DISTINCT lower(word) FROM unnest(ARRAY[pg_temp.pick(nouns), pg_temp.pick(topics), pg_temp.pick(places)]) AS word
        WHERE random() < 0.8 ORDER BY 1),
  jsonb_build_object(
    'edition', random(1, 7),
    'rating', jsonb_build_object('average', round(random(200, 500) / 100.0, 2), 'count', random(0, 5000)),
    'awards', CASE WHEN random() < 0.15 THEN jsonb_build_array(jsonb_build_object(
      'name', pg_temp.pick(places) || ' Prize', 'year', random(1990, 2025), 'won', random() < 0.5)) ELSE '[]' END,
    'translations', CASE WHEN random() < 0.3 THEN jsonb_build_array('de', jsonb_build_object('language', 'fr', 'year', random(2000, 2025))) END,
    'rights', jsonb_build_object('territories', jsonb_build_array('EU', 'GB'), 'until', NULL)),
  CASE WHEN n % 500 = 0 THEN array_to_string(ARRAY(SELECT pg_temp.pick(sentences) FROM generate_series(1, 120)), E'\n\n')
    WHEN random() < 0.92 THEN pg_temp.pick(sentences) || ' ' || pg_temp.pick(sentences) || ' ' || pg_temp.pick(sentences) END,
  CASE WHEN random() < 0.9 THEN pg_temp.cover(n) END,
  random() < 0.95,
  created_at, created_at + random(0, 30000000) * interval '1 second'
FROM words, LATERAL (
  SELECT n, (n * 7) % 6 AS shape, '978' || lpad(((n * 7368787::int8) % 1000000000)::text, 9, '0') AS isbn,
    format, format IN ('hardcover', 'paperback') AS is_paper,
    timestamptz '2019-01-01 06:00Z' + n * interval '12 hours' + random(0, 40000000) * interval '1 millisecond' AS created_at
  FROM (SELECT n, pg_temp.pick('{paperback,paperback,hardcover,ebook,audiobook}')::shop.book_format AS format
        FROM generate_series(1, 4000) AS n) AS formats) AS numbered;

INSERT INTO shop.book_authors (book_id, author_id, position, contribution)
SELECT book, 1 + (book * 37 + place * 211) % 900, place,
  CASE WHEN place = 1 THEN 'author' ELSE pg_temp.pick('{author,editor,translator,illustrator}') END
FROM generate_series(1, 4000) AS book, generate_series(1, CASE WHEN book % 5 = 0 THEN 3 WHEN book % 3 = 0 THEN 2 ELSE 1 END) AS place;

INSERT INTO shop.book_categories (book_id, category_id)
SELECT DISTINCT book, random(1, 45) FROM generate_series(1, 4000) AS book, generate_series(1, 2);

INSERT INTO shop.book_prices (book_id, valid_during, price, reason)
SELECT id, daterange(date '2023-01-01' + period * 365, CASE WHEN period < 2 THEN date '2023-01-01' + (period + 1) * 365 END),
  round(price * (0.90 + period * 0.05), 2), CASE WHEN period > 0 THEN pg_temp.pick('{new edition,paper prices,campaign,""}') END
FROM shop.books, generate_series(0, 2) AS period;
