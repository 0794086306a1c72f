-- The shop: what is sold, to whom, and what was ordered.
CREATE EXTENSION btree_gist;
CREATE EXTENSION pg_trgm;

CREATE SCHEMA shop;

CREATE TYPE shop.book_format AS ENUM ('hardcover', 'paperback', 'ebook', 'audiobook');
CREATE TYPE shop.order_status AS ENUM
  ('placed', 'paid', 'packed', 'shipped', 'delivered', 'cancelled', 'returned');
CREATE TYPE shop.payment_method AS ENUM ('card', 'transfer', 'direct debit', 'wallet', 'gift card');
CREATE TYPE shop.dimensions AS (height_mm smallint, width_mm smallint, thickness_mm smallint);

CREATE FUNCTION shop.isbn_check_digit(first_twelve text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN (10 - (
  SELECT sum(digit::int * CASE WHEN place % 2 = 1 THEN 1 ELSE 3 END)
  FROM string_to_table(first_twelve, NULL) WITH ORDINALITY AS digits (digit, place)
) % 10) % 10;

CREATE DOMAIN shop.isbn13 AS text
  CONSTRAINT isbn13_form CHECK (VALUE ~ '^97[89][0-9]{10}$')
  CONSTRAINT isbn13_check_digit CHECK (right(VALUE, 1) = shop.isbn_check_digit(left(VALUE, 12)));

CREATE DOMAIN shop.email_address AS text
  CONSTRAINT email_address_form CHECK (VALUE ~ '^[^@[:space:]]+@[^@[:space:]]+[.][^@[:space:]]+$');

CREATE DOMAIN shop.money_amount AS numeric(12, 2)
  CONSTRAINT money_amount_not_negative CHECK (VALUE >= 0);

CREATE TABLE shop.publishers (
  id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  name text NOT NULL UNIQUE,
  city text NOT NULL,
  country_code char(2) NOT NULL,
  founded_year smallint CHECK (founded_year BETWEEN 1450 AND 2100),
  imprints text[] NOT NULL DEFAULT '{}',
  website text
);

CREATE TABLE shop.authors (
  id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  given_name text,
  family_name text NOT NULL,
  full_name text GENERATED ALWAYS AS (ltrim(coalesce(given_name, '') || ' ' || family_name)) STORED,
  pen_names text[] NOT NULL DEFAULT '{}',
  born_on date,
  died_on date,
  biography text NOT NULL DEFAULT '',
  CONSTRAINT authors_life_in_order CHECK (died_on > born_on)
);

CREATE TABLE shop.categories (
  id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  parent_id int,
  name text NOT NULL,
  sort_order smallint NOT NULL DEFAULT 0,
  CONSTRAINT categories_not_own_parent CHECK (parent_id <> id)
);

CREATE TABLE shop.books (
  id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  isbn shop.isbn13 NOT NULL UNIQUE,
  title text NOT NULL,
  subtitle text,
  publisher_id int NOT NULL,
  format shop.book_format NOT NULL,
  language char(2) NOT NULL,
  pages int CHECK (pages > 0),
  published_on date,
  price shop.money_amount NOT NULL,
  tax_rate numeric(4, 3) NOT NULL DEFAULT 0.070,
  price_with_tax numeric(12, 2) GENERATED ALWAYS AS (round(price * (1 + tax_rate), 2)) STORED,
  weight_grams real,
  size shop.dimensions,
  keywords text[] NOT NULL DEFAULT '{}',
  details jsonb NOT NULL DEFAULT '{}' CHECK (jsonb_typeof(details) = 'object'),
  description text,
  cover bytea,
  is_available boolean NOT NULL DEFAULT true,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT books_only_paper_has_weight CHECK (format IN ('hardcover', 'paperback') OR weight_grams IS NULL)
);

CREATE TABLE shop.book_authors (
  book_id int NOT NULL,
  author_id int NOT NULL,
  position smallint NOT NULL DEFAULT 1,
  contribution text NOT NULL DEFAULT 'author'
    CHECK (contribution IN ('author', 'editor', 'translator', 'illustrator')),
  PRIMARY KEY (book_id, author_id)
);

CREATE TABLE shop.book_categories (
  book_id int NOT NULL,
  category_id int NOT NULL,
  PRIMARY KEY (book_id, category_id)
);

CREATE TABLE shop.book_prices (
  book_id int NOT NULL,
  valid_during daterange NOT NULL,
  price shop.money_amount NOT NULL,
  reason text,
  CONSTRAINT book_prices_not_empty CHECK (NOT isempty(valid_during))
);

CREATE TABLE shop.customers (
  id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  email shop.email_address NOT NULL,
  given_name text NOT NULL,
  family_name text NOT NULL,
  phone text,
  born_on date,
  default_address_number smallint,
  wants_newsletter boolean,
  preferences jsonb NOT NULL DEFAULT '{}',
  loyalty_points bigint NOT NULL DEFAULT 0 CHECK (loyalty_points >= 0),
  registered_at timestamptz NOT NULL DEFAULT now(),
  last_seen_at timestamptz
);

CREATE TABLE shop.addresses (
  customer_id int NOT NULL,
  number smallint NOT NULL CHECK (number > 0),
  label text NOT NULL DEFAULT '',
  lines text[] NOT NULL CHECK (cardinality(lines) BETWEEN 1 AND 4),
  postal_code text NOT NULL,
  city text NOT NULL,
  country_code char(2) NOT NULL,
  PRIMARY KEY (customer_id, number)
);

CREATE TABLE shop.orders (
  id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  reference uuid NOT NULL DEFAULT gen_random_uuid(),
  customer_id int NOT NULL,
  address_number smallint NOT NULL,
  status shop.order_status NOT NULL DEFAULT 'placed',
  placed_at timestamptz NOT NULL DEFAULT now(),
  shipped_at timestamptz,
  delivery_estimate daterange,
  currency char(3) NOT NULL DEFAULT 'EUR',
  shipping_fee shop.money_amount NOT NULL DEFAULT 0,
  note text,
  CONSTRAINT orders_shipped_after_placed CHECK (shipped_at >= placed_at)
);

CREATE TABLE shop.order_items (
  order_id int NOT NULL,
  line smallint NOT NULL CHECK (line > 0),
  book_id int NOT NULL,
  quantity int NOT NULL CHECK (quantity > 0),
  unit_price shop.money_amount NOT NULL,
  discount_percent numeric(5, 2) NOT NULL DEFAULT 0 CHECK (discount_percent BETWEEN 0 AND 100),
  line_total numeric(14, 2)
    GENERATED ALWAYS AS (round(quantity * unit_price * (100 - discount_percent) / 100, 2)) STORED,
  PRIMARY KEY (order_id, line)
);

CREATE TABLE shop.order_events (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  order_id int NOT NULL,
  old_status shop.order_status,
  new_status shop.order_status NOT NULL,
  happened_at timestamptz NOT NULL DEFAULT now(),
  changed_by text NOT NULL DEFAULT current_user
);

CREATE TABLE shop.payments (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  order_id int NOT NULL,
  method shop.payment_method NOT NULL,
  amount shop.money_amount NOT NULL,
  paid_at timestamptz NOT NULL DEFAULT now(),
  provider_response jsonb
);

CREATE TABLE shop.returns (
  id int GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
  order_id int NOT NULL,
  line smallint NOT NULL,
  quantity int NOT NULL CHECK (quantity > 0),
  reason text NOT NULL,
  received_on date,
  refund shop.money_amount
);

CREATE TABLE shop.reviews (
  book_id int NOT NULL,
  customer_id int NOT NULL,
  rating smallint NOT NULL CHECK (rating BETWEEN 1 AND 5),
  title text,
  body text NOT NULL DEFAULT '',
  helpful_votes int NOT NULL DEFAULT 0,
  written_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (book_id, customer_id)
);

CREATE TABLE shop.gift_cards (
  code text PRIMARY KEY CHECK (code ~ '^[0-9A-F]{4}(-[0-9A-F]{4}){3}$'),
  issued_to int,
  balance shop.money_amount NOT NULL,
  valid_during tstzrange NOT NULL,
  expires_at timestamptz NOT NULL DEFAULT 'infinity'
);
