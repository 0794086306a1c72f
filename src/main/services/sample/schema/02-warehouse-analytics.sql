-- The warehouse: who works where, what lies on which shelf, and what moved.
CREATE SCHEMA warehouse;
CREATE SCHEMA analytics;

CREATE TYPE warehouse.movement_kind AS ENUM
  ('delivery', 'sale', 'return', 'transfer', 'correction', 'damage');

CREATE TABLE warehouse.departments (
  id smallint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  name text NOT NULL UNIQUE,
  head_id int NOT NULL,
  cost_centre char(6) NOT NULL
);

CREATE TABLE warehouse.employees (
  id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  department_id smallint NOT NULL,
  manager_id int,
  given_name text NOT NULL,
  family_name text NOT NULL,
  email shop.email_address NOT NULL UNIQUE,
  hired_on date NOT NULL,
  left_on date,
  weekly_hours interval NOT NULL DEFAULT '40 hours',
  salary numeric(10, 2) NOT NULL CHECK (salary > 0),
  languages text[] NOT NULL DEFAULT '{en}'
);

CREATE TABLE warehouse.sites (
  code char(3) PRIMARY KEY CHECK (code ~ '^[A-Z]{3}$'),
  name text NOT NULL,
  city text NOT NULL,
  location point NOT NULL,
  network cidr NOT NULL,
  time_zone text NOT NULL,
  opening_hours jsonb NOT NULL
);

CREATE TABLE warehouse.shelves (
  site_code char(3) NOT NULL,
  code text NOT NULL,
  capacity int NOT NULL CHECK (capacity > 0),
  is_cold boolean NOT NULL DEFAULT false,
  PRIMARY KEY (site_code, code)
);

CREATE TABLE warehouse.stock (
  site_code char(3) NOT NULL,
  book_id int NOT NULL,
  shelf_code text,
  quantity int NOT NULL DEFAULT 0,
  reorder_level int NOT NULL DEFAULT 5,
  counted_at timestamptz,
  PRIMARY KEY (site_code, book_id)
);

CREATE TABLE warehouse.stock_movements (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  site_code char(3) NOT NULL,
  book_id int NOT NULL,
  kind warehouse.movement_kind NOT NULL,
  quantity int NOT NULL CHECK (quantity <> 0),
  moved_at timestamptz NOT NULL DEFAULT now(),
  order_id int,
  order_line smallint,
  employee_id int,
  CONSTRAINT stock_movements_whole_order_line CHECK (num_nulls(order_id, order_line) IN (0, 2))
);

CREATE TABLE warehouse.dock_bookings (
  id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  site_code char(3) NOT NULL,
  dock smallint NOT NULL,
  slot tstzrange NOT NULL,
  carrier text NOT NULL,
  pallets smallint,
  vehicle macaddr
);

-- Analytics: what is written once and read in bulk.
CREATE TABLE analytics.page_views (
  id bigint GENERATED ALWAYS AS IDENTITY,
  viewed_at timestamptz NOT NULL,
  session_id uuid NOT NULL,
  customer_id int,
  path text NOT NULL,
  book_id int,
  client_address inet NOT NULL,
  user_agent text,
  time_on_page interval,
  campaign jsonb,
  PRIMARY KEY (viewed_at, id)
) PARTITION BY RANGE (viewed_at);

DO $$
BEGIN
  FOR month IN 1..12 LOOP
    EXECUTE format(
      'CREATE TABLE analytics.%I PARTITION OF analytics.page_views FOR VALUES FROM (%L) TO (%L)',
      'page_views_2025_' || lpad(month::text, 2, '0'),
      make_timestamptz(2025, month, 1, 0, 0, 0, 'UTC'),
      make_timestamptz(2025, month, 1, 0, 0, 0, 'UTC') + interval '1 month'
    );
  END LOOP;
END
$$;
CREATE TABLE analytics.page_views_other PARTITION OF analytics.page_views DEFAULT;

CREATE TABLE analytics.exchange_rates (
  currency char(3) NOT NULL,
  valid_on date NOT NULL,
  euros numeric(38, 20) NOT NULL CHECK (euros > 0),
  PRIMARY KEY (currency, valid_on)
);

CREATE TABLE analytics.edge_values (
  label text PRIMARY KEY,
  an_int8 int8,
  a_numeric numeric,
  a_float8 float8,
  a_timestamptz timestamptz,
  a_date date,
  an_interval interval,
  a_text text,
  a_jsonb jsonb,
  a_bytea bytea,
  an_array int[]
);
