COMMENT ON DATABASE bookshop IS 'Sample data: an invented online bookshop, 2023 to 2025. Everything in it may be changed or dropped.';
COMMENT ON SCHEMA shop IS 'Catalogue, customers and orders.';
COMMENT ON SCHEMA warehouse IS 'Sites, stock, staff and deliveries.';
COMMENT ON SCHEMA analytics IS 'Page views, exchange rates and aggregates.';

COMMENT ON TYPE shop.order_status IS 'In the order in which an order usually passes through them.';
COMMENT ON TYPE shop.dimensions IS 'Outer size of a book in millimetres.';
COMMENT ON DOMAIN shop.isbn13 IS 'Thirteen digits with a correct check digit, no hyphens.';
COMMENT ON DOMAIN shop.email_address IS 'Checked for its form only.';
COMMENT ON DOMAIN shop.money_amount IS 'An amount that is never negative, in the currency of its order, else in euros.';

COMMENT ON TABLE shop.publishers IS 'Companies that publish the books.';
COMMENT ON TABLE shop.authors IS 'Everyone who contributed to a book: authors, editors, translators, illustrators.';
COMMENT ON TABLE shop.categories IS 'A tree of categories, three levels deep; see the view category_tree.';
COMMENT ON TABLE shop.books IS 'Editions on sale: one row for each ISBN.';
COMMENT ON TABLE shop.book_authors IS 'Who contributed what to which book.';
COMMENT ON TABLE shop.book_categories IS 'Which book stands in which categories.';
COMMENT ON TABLE shop.book_prices IS 'Price history; the periods of one book cannot overlap.';
COMMENT ON TABLE shop.customers IS 'People with an account.';
COMMENT ON TABLE shop.addresses IS 'Postal addresses, numbered within each customer.';
COMMENT ON TABLE shop.orders IS 'One row for each order; totals are in the view order_summary.';
COMMENT ON TABLE shop.order_items IS 'The lines of an order.';
COMMENT ON TABLE shop.order_events IS 'Changes of status, written by a trigger; complete for recent orders only.';
COMMENT ON TABLE shop.payments IS 'Payments received.';
COMMENT ON TABLE shop.returns IS 'Books sent back, by order line.';
COMMENT ON TABLE shop.reviews IS 'At most one review of a book by a customer.';
COMMENT ON TABLE shop.gift_cards IS 'Gift cards and what is left on them.';
COMMENT ON TABLE warehouse.departments IS 'Departments; each has a head, who is an employee of it or of another.';
COMMENT ON TABLE warehouse.employees IS 'Staff; manager_id leads up to the one without a manager.';
COMMENT ON TABLE warehouse.sites IS 'The warehouses.';
COMMENT ON TABLE warehouse.shelves IS 'Shelves, named within each site.';
COMMENT ON TABLE warehouse.stock IS 'How many copies of a paper book a site holds, and on which shelf.';
COMMENT ON TABLE warehouse.stock_movements IS 'Everything that changed the stock since 2023.';
COMMENT ON TABLE warehouse.dock_bookings IS 'Time slots of carriers; two bookings of a dock cannot overlap.';
COMMENT ON TABLE analytics.page_views IS 'Visits to the shop, one partition for each month of 2025 and one for all else.';
COMMENT ON TABLE analytics.page_views_other IS 'Page views outside 2025.';
COMMENT ON TABLE analytics.exchange_rates IS 'What one unit of a currency was worth in euros, by day.';
COMMENT ON TABLE analytics.edge_values IS 'Values at the edges of their types: each is shown exactly as the server holds it.';
COMMENT ON VIEW shop.order_summary IS 'Orders with their customer and total.';
COMMENT ON VIEW shop.category_tree IS 'Categories with their whole path.';
COMMENT ON VIEW warehouse.low_stock IS 'What should be ordered again.';
COMMENT ON MATERIALIZED VIEW analytics.monthly_sales IS 'Sales by month, format and currency. CALL analytics.refresh() brings it up to date.';

DO $$
BEGIN
  FOR month IN 1..12 LOOP
    EXECUTE format('COMMENT ON TABLE analytics.%I IS %L', 'page_views_2025_' || lpad(month::text, 2, '0'),
      'Page views of ' || to_char(make_date(2025, month, 1), 'FMMonth YYYY') || '.');
  END LOOP;
END
$$;

COMMENT ON COLUMN shop.authors.full_name IS 'Generated from given_name and family_name.';
COMMENT ON COLUMN shop.authors.given_name IS 'NULL for authors known by one name.';
COMMENT ON COLUMN shop.books.cover IS 'A small PNG image.';
COMMENT ON COLUMN shop.books.details IS 'Edition, rating, awards, translations and rights, as the publishers send them.';
COMMENT ON COLUMN shop.books.language IS 'ISO 639-1 code.';
COMMENT ON COLUMN shop.books.price IS 'In euros, without tax.';
COMMENT ON COLUMN shop.books.price_with_tax IS 'Generated from price and tax_rate.';
COMMENT ON COLUMN shop.books.tax_rate IS '0.070 is 7 %.';
COMMENT ON COLUMN shop.books.weight_grams IS 'Paper books only.';
COMMENT ON COLUMN shop.customers.default_address_number IS 'With id, refers to the customer''s own addresses; the constraint is deferred.';
COMMENT ON COLUMN shop.customers.wants_newsletter IS 'NULL: never asked.';
COMMENT ON COLUMN shop.customers.phone IS 'NULL: not asked; empty: the customer has none.';
COMMENT ON COLUMN shop.orders.address_number IS 'With customer_id, the delivery address.';
COMMENT ON COLUMN shop.orders.currency IS 'ISO 4217 code.';
COMMENT ON COLUMN shop.orders.delivery_estimate IS 'The days between which the order should arrive.';
COMMENT ON COLUMN shop.orders.reference IS 'The number that the customer sees.';
COMMENT ON COLUMN shop.order_items.line_total IS 'Generated: quantity times unit_price less the discount.';
COMMENT ON COLUMN shop.order_items.unit_price IS 'The price at the time of the order.';
COMMENT ON COLUMN shop.payments.provider_response IS 'What the payment provider answered; NULL for methods without one.';
COMMENT ON COLUMN shop.gift_cards.expires_at IS 'infinity: never.';
COMMENT ON COLUMN warehouse.sites.location IS 'Longitude and latitude in degrees.';
COMMENT ON COLUMN warehouse.stock.shelf_code IS 'NULL: not yet put on a shelf.';
COMMENT ON COLUMN warehouse.stock_movements.quantity IS 'Negative when books leave the site.';
COMMENT ON COLUMN warehouse.stock_movements.order_id IS 'With order_line, the sold line; NULL for other kinds.';
COMMENT ON COLUMN analytics.exchange_rates.euros IS 'With twenty decimal places.';
COMMENT ON COLUMN analytics.page_views.time_on_page IS 'NULL: the visitor left without a trace.';
COMMENT ON CONSTRAINT book_prices_one_at_a_time ON shop.book_prices IS 'A book has one price on any day.';
COMMENT ON INDEX shop.orders_open_idx IS 'Only orders that still need work.';
COMMENT ON FUNCTION shop.search_books IS 'Full-text search over title and description, best first.';
COMMENT ON FUNCTION shop.customer_revenue IS 'What a customer has ordered since a point in time, without cancelled orders.';
COMMENT ON PROCEDURE shop.cancel_order IS 'Cancels an order that has not been shipped; refuses otherwise.';
COMMENT ON TRIGGER orders_record_status ON shop.orders IS 'Keeps order_events.';
