-- Foreign keys, exclusion constraints and indexes: after the rows, where they are made fastest.
ALTER TABLE shop.categories ADD FOREIGN KEY (parent_id) REFERENCES shop.categories;
ALTER TABLE shop.books ADD FOREIGN KEY (publisher_id) REFERENCES shop.publishers;
ALTER TABLE shop.book_authors
  ADD FOREIGN KEY (book_id) REFERENCES shop.books ON DELETE CASCADE,
  ADD FOREIGN KEY (author_id) REFERENCES shop.authors;
ALTER TABLE shop.book_categories
  ADD FOREIGN KEY (book_id) REFERENCES shop.books ON DELETE CASCADE,
  ADD FOREIGN KEY (category_id) REFERENCES shop.categories;
ALTER TABLE shop.book_prices
  ADD FOREIGN KEY (book_id) REFERENCES shop.books ON DELETE CASCADE,
  ADD CONSTRAINT book_prices_one_at_a_time EXCLUDE USING gist (book_id WITH =, valid_during WITH &&);
-- A customer has addresses, and one of them is the customer's default: each table refers to the other.
ALTER TABLE shop.addresses
  ADD FOREIGN KEY (customer_id) REFERENCES shop.customers ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE shop.customers
  ADD CONSTRAINT customers_default_address_fkey FOREIGN KEY (id, default_address_number)
    REFERENCES shop.addresses (customer_id, number) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE shop.orders
  ADD FOREIGN KEY (customer_id) REFERENCES shop.customers,
  ADD CONSTRAINT orders_address_fkey FOREIGN KEY (customer_id, address_number)
    REFERENCES shop.addresses (customer_id, number) ON UPDATE CASCADE;
ALTER TABLE shop.order_items
  ADD FOREIGN KEY (order_id) REFERENCES shop.orders ON DELETE CASCADE,
  ADD FOREIGN KEY (book_id) REFERENCES shop.books;
ALTER TABLE shop.order_events ADD FOREIGN KEY (order_id) REFERENCES shop.orders ON DELETE CASCADE;
ALTER TABLE shop.payments ADD FOREIGN KEY (order_id) REFERENCES shop.orders;
ALTER TABLE shop.returns
  ADD CONSTRAINT returns_order_item_fkey FOREIGN KEY (order_id, line) REFERENCES shop.order_items (order_id, line);
ALTER TABLE shop.reviews
  ADD FOREIGN KEY (book_id) REFERENCES shop.books ON DELETE CASCADE,
  ADD FOREIGN KEY (customer_id) REFERENCES shop.customers ON DELETE CASCADE;
ALTER TABLE shop.gift_cards ADD FOREIGN KEY (issued_to) REFERENCES shop.customers ON DELETE SET NULL;

ALTER TABLE warehouse.departments
  ADD FOREIGN KEY (head_id) REFERENCES warehouse.employees DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE warehouse.employees
  ADD FOREIGN KEY (department_id) REFERENCES warehouse.departments DEFERRABLE INITIALLY DEFERRED,
  ADD FOREIGN KEY (manager_id) REFERENCES warehouse.employees ON DELETE SET NULL;
ALTER TABLE warehouse.shelves ADD FOREIGN KEY (site_code) REFERENCES warehouse.sites;
ALTER TABLE warehouse.stock
  ADD FOREIGN KEY (site_code) REFERENCES warehouse.sites,
  ADD FOREIGN KEY (book_id) REFERENCES shop.books,
  ADD CONSTRAINT stock_shelf_fkey FOREIGN KEY (site_code, shelf_code) REFERENCES warehouse.shelves (site_code, code);
ALTER TABLE warehouse.stock_movements
  ADD CONSTRAINT stock_movements_stock_fkey FOREIGN KEY (site_code, book_id) REFERENCES warehouse.stock (site_code, book_id),
  ADD CONSTRAINT stock_movements_order_item_fkey FOREIGN KEY (order_id, order_line) REFERENCES shop.order_items (order_id, line),
  ADD FOREIGN KEY (employee_id) REFERENCES warehouse.employees;
ALTER TABLE warehouse.dock_bookings
  ADD FOREIGN KEY (site_code) REFERENCES warehouse.sites,
  ADD CONSTRAINT dock_bookings_no_overlap EXCLUDE USING gist (site_code WITH =, dock WITH =, slot WITH &&);
ALTER TABLE analytics.page_views
  ADD FOREIGN KEY (customer_id) REFERENCES shop.customers,
  ADD FOREIGN KEY (book_id) REFERENCES shop.books;

CREATE UNIQUE INDEX customers_email_key ON shop.customers (lower(email));
CREATE INDEX customers_name_idx ON shop.customers (family_name, given_name) INCLUDE (email);
CREATE INDEX books_title_trgm_idx ON shop.books USING gin (title gin_trgm_ops);
CREATE INDEX books_details_idx ON shop.books USING gin (details jsonb_path_ops);
CREATE INDEX books_keywords_idx ON shop.books USING gin (keywords);
CREATE INDEX books_search_idx ON shop.books USING gin (to_tsvector('english', title || ' ' || coalesce(description, '')));
CREATE INDEX books_publisher_idx ON shop.books (publisher_id);
CREATE INDEX book_authors_author_idx ON shop.book_authors (author_id);
CREATE INDEX orders_customer_idx ON shop.orders (customer_id, placed_at DESC);
CREATE INDEX orders_placed_at_idx ON shop.orders USING brin (placed_at);
CREATE INDEX orders_open_idx ON shop.orders (placed_at) WHERE status IN ('placed', 'paid', 'packed');
CREATE INDEX order_items_book_idx ON shop.order_items (book_id) INCLUDE (quantity, line_total);
CREATE INDEX payments_order_idx ON shop.payments USING hash (order_id);
CREATE INDEX reviews_customer_idx ON shop.reviews (customer_id);
CREATE INDEX stock_low_idx ON warehouse.stock (site_code, book_id) WHERE quantity <= reorder_level;
CREATE INDEX stock_movements_stock_idx ON warehouse.stock_movements (site_code, book_id, moved_at);
CREATE INDEX page_views_book_idx ON analytics.page_views (book_id, viewed_at) WHERE book_id IS NOT NULL;
CREATE INDEX page_views_session_idx ON analytics.page_views (session_id);
CREATE STATISTICS shop.orders_currency_status ON currency, status FROM shop.orders;
